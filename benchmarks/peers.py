"""What else an inventory could be kept in: each peer keeps the same free numbers, and answers the same two questions.

``count(length)`` is how many maximal runs of at least that length there are, none of them across two exchanges;
``first(npa, length, limit)`` are the first and last numbers of the lowest of them in one area code. Each is written as
somebody would who knows the tool. What is not installed is left out (``pip install --group bench``).
"""

from __future__ import annotations

import importlib
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from pstnkit import NumberSet

Run = tuple[int, int]
LINES = 10_000
AREA = 10_000_000
_STRIDE = 16_384
"""How far apart exchanges lie in a roaring bitmap: so far that no run reaches from one into the next."""


class Peer(Protocol):
    """Something that free numbers can be kept in."""

    def count(self, length: int) -> int: ...
    def first(self, npa: int, length: int, limit: int) -> list[Run]: ...


_ROW_NUMBERS = "SELECT n, n / 10000 AS exchange, n - row_number() OVER (ORDER BY n) AS run FROM free"
_ROW_NUMBERS_DUCKDB = _ROW_NUMBERS.replace("n / 10000", "n // 10000")
_BREAKS = "SELECT n, n % 10000 = 0 OR n - lag(n, 1, -1) OVER (ORDER BY n) <> 1 AS begins FROM free"
_ISLANDS = f"SELECT n, sum(begins) OVER (ORDER BY n) AS run FROM ({_BREAKS})"


class SqliteWindows:
    """SQLite, a row for each number, and window functions.

    There are two usual ways to ask for "gaps and islands": to sum up where islands begin, or to take the number of the
    row from the number. The latter is the quicker one.
    """

    def __init__(self, integers: array[int]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE TABLE free (n INTEGER PRIMARY KEY)")
        self._database.executemany("INSERT INTO free VALUES (?)", ((n,) for n in integers))

    def count(self, length: int) -> int:
        return self._counted(f"SELECT 1 FROM ({_ISLANDS}) GROUP BY run HAVING count(*) >= ?", length)

    def count_by_row_numbers(self, length: int) -> int:
        """The same, asked in the quicker way."""
        runs = f"SELECT 1 FROM ({_ROW_NUMBERS}) GROUP BY exchange, run HAVING count(*) >= ?"
        return self._counted(runs, length)

    def _counted(self, runs: str, length: int) -> int:
        [(found,)] = self._database.execute(f"SELECT count(*) FROM ({runs})", (length,))
        return int(found)

    def first(self, npa: int, length: int, limit: int) -> list[Run]:
        inside = f"{_ROW_NUMBERS} WHERE n BETWEEN ? AND ?"
        runs = f"SELECT min(n), max(n) FROM ({inside}) GROUP BY exchange, run HAVING count(*) >= ?"
        ends = (npa * AREA, npa * AREA + AREA - 1, length, limit)
        return self._database.execute(f"{runs} ORDER BY 1 LIMIT ?", ends).fetchall()


class SqliteRuns:
    """SQLite, a row for each maximal run, indexed by length: to be mended whenever a number is sold."""

    def __init__(self, integers: array[int]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            "CREATE TABLE runs (s INTEGER PRIMARY KEY, e INTEGER NOT NULL, length INTEGER NOT NULL)"
        )
        self._database.executemany("INSERT INTO runs VALUES (?, ?, ?)", _runs(integers))
        self._database.execute("CREATE INDEX by_length ON runs (length)")
        self._database.execute("ANALYZE")

    def count(self, length: int) -> int:
        [(found,)] = self._database.execute("SELECT count(*) FROM runs WHERE length >= ?", (length,))
        return int(found)

    def first(self, npa: int, length: int, limit: int) -> list[Run]:
        # The + keeps SQLite from taking the index by length, which is slower here.
        query = "SELECT s, e FROM runs WHERE s BETWEEN ? AND ? AND +length >= ? ORDER BY s LIMIT ?"
        return self._database.execute(query, (npa * AREA, npa * AREA + AREA - 1, length, limit)).fetchall()

    def take(self, number: int) -> None:
        """Mend the table: a free number is taken."""
        below = "SELECT s, e FROM runs WHERE s <= ? ORDER BY s DESC LIMIT 1"
        [(first, last)] = self._database.execute(below, (number,))
        self._database.execute("DELETE FROM runs WHERE s = ?", (first,))
        self._put(first, number - 1)
        self._put(number + 1, last)

    def give(self, number: int) -> None:
        """Mend the table: a number is free again."""
        first = last = number
        before = "SELECT s FROM runs WHERE s = (SELECT max(s) FROM runs WHERE s < ?) AND e = ?"
        if number % LINES and (found := self._database.execute(before, (number, number - 1)).fetchone()):
            first = found[0]
        behind = "SELECT e FROM runs WHERE s = ?"
        if (number + 1) % LINES and (found := self._database.execute(behind, (number + 1,)).fetchone()):
            last = found[0]
        self._database.execute("DELETE FROM runs WHERE s IN (?, ?)", (first, number + 1))
        self._put(first, last)

    def _put(self, first: int, last: int) -> None:
        if first <= last:
            self._database.execute("INSERT INTO runs VALUES (?, ?, ?)", (first, last, last - first + 1))


class DuckDB:
    """DuckDB, a row for each number, and window functions; it uses every core."""

    def __init__(self, integers: array[int]) -> None:
        numpy = importlib.import_module("numpy")
        self._connection = importlib.import_module("duckdb").connect()
        self._connection.register("given", {"n": numpy.asarray(integers)})
        self._connection.execute("CREATE TABLE free AS SELECT n FROM given")
        self._connection.unregister("given")

    def count(self, length: int) -> int:
        runs = f"SELECT 1 FROM ({_ROW_NUMBERS_DUCKDB}) GROUP BY exchange, run HAVING count(*) >= ?"
        return int(self._connection.execute(f"SELECT count(*) FROM ({runs})", [length]).fetchone()[0])

    def first(self, npa: int, length: int, limit: int) -> list[Run]:
        inside = f"{_ROW_NUMBERS_DUCKDB} WHERE n BETWEEN ? AND ?"
        runs = f"SELECT min(n), max(n) FROM ({inside}) GROUP BY exchange, run HAVING count(*) >= ?"
        ends = [npa * AREA, npa * AREA + AREA - 1, length, limit]
        found: list[Run] = self._connection.execute(f"{runs} ORDER BY 1 LIMIT ?", ends).fetchall()
        return found


class Numpy:
    """numpy, a sorted array of integers."""

    def __init__(self, integers: array[int]) -> None:
        self._numpy: Any = importlib.import_module("numpy")
        self._sorted = self._numpy.asarray(integers).copy()

    def count(self, length: int) -> int:
        _, lengths = self._all(self._sorted)
        return int((lengths >= length).sum())

    def first(self, npa: int, length: int, limit: int) -> list[Run]:
        low, high = self._numpy.searchsorted(self._sorted, [npa * AREA, npa * AREA + AREA])
        inside = self._sorted[low:high]
        begins, lengths = self._all(inside)
        chosen = self._numpy.flatnonzero(lengths >= length)[:limit]
        firsts = inside[begins[chosen]].tolist()
        return [(n, n + more - 1) for n, more in zip(firsts, lengths[chosen].tolist(), strict=True)]

    def _all(self, numbers: Any) -> tuple[Any, Any]:
        breaks = (self._numpy.diff(numbers) != 1) | (numbers[1:] % LINES == 0)
        begins = self._numpy.concatenate(([0], self._numpy.flatnonzero(breaks) + 1))
        return begins, self._numpy.diff(begins, append=len(numbers))


class Polars:
    """polars, a sorted column of integers; it uses every core."""

    def __init__(self, integers: array[int]) -> None:
        self._polars: Any = importlib.import_module("polars")
        self._frame = self._polars.DataFrame({"n": self._polars.Series(integers)}).set_sorted("n")

    def count(self, length: int) -> int:
        return int(self._runs(self._frame.lazy(), length).select(self._polars.len()).collect().item())

    def first(self, npa: int, length: int, limit: int) -> list[Run]:
        n = self._polars.col("n")
        inside = self._frame.lazy().filter(n.is_between(npa * AREA, npa * AREA + AREA - 1))
        found: list[Run] = self._runs(inside, length).sort("first").head(limit).collect().rows()
        return found

    def _runs(self, frame: Any, length: int) -> Any:
        n, polars = self._polars.col("n"), self._polars
        run = (n - polars.int_range(polars.len())).alias("run")
        ends = (n.min().alias("first"), n.max().alias("last"))
        runs = frame.group_by((n // LINES).alias("exchange"), run).agg(*ends)
        return runs.filter(polars.col("last") - polars.col("first") >= length - 1).select("first", "last")


class Roaring:
    """pyroaring, a compressed bitmap; windows are found by moving it over itself."""

    def __init__(self, integers: array[int]) -> None:
        self._kind: Any = importlib.import_module("pyroaring").BitMap
        self._exchanges = sorted({number // LINES for number in integers})
        places = {code: _STRIDE * place for place, code in enumerate(self._exchanges)}
        self._bitmap = self._kind(array("I", (places[n // LINES] + n % LINES for n in integers)))
        self._bitmap.run_optimize()

    def count(self, length: int) -> int:
        windows = self._windows(self._bitmap, length)
        return len(windows) - int(windows.intersection_cardinality(windows.shift(1)))

    def first(self, npa: int, length: int, limit: int) -> list[Run]:
        low = bisect_left(self._exchanges, npa * 1000)
        high = bisect_left(self._exchanges, npa * 1000 + 1000)
        inside = self._kind(range(low * _STRIDE, high * _STRIDE)) & self._bitmap
        windows = self._windows(inside, length)
        begins, ends = windows - windows.shift(1), windows - windows.shift(-1)
        count = min(limit, len(begins))
        pairs = zip(begins[:count], ends[:count], strict=True)
        return [(self._number(first), self._number(last) + length - 1) for first, last in pairs]

    def _windows(self, bitmap: Any, length: int) -> Any:
        have = 1
        while have < length:
            step = min(have, length - have)
            bitmap = bitmap & bitmap.shift(-step)
            have += step
        return bitmap

    def _number(self, place: int) -> int:
        exchange, line = divmod(place, _STRIDE)
        return self._exchanges[exchange] * LINES + line


PEERS: dict[str, Callable[[array[int]], Peer]] = {
    "SQLite, window functions": SqliteWindows,
    "SQLite, a table of runs": SqliteRuns,
    "DuckDB": DuckDB,
    "numpy": Numpy,
    "polars": Polars,
    "pyroaring": Roaring,
}


def _runs(integers: array[int]) -> Iterator[tuple[int, int, int]]:
    for run in NumberSet.from_integers(integers).ranges():
        yield int(run.first), int(run.last), len(run)
