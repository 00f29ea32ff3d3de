"""Columns of telephone numbers: what goes in comes out, in order, and nothing else goes in."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from sqlalchemy import (
    Column,
    MetaData,
    Select,
    Table,
    create_engine,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.dialects import mysql, oracle, postgresql, sqlite
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    composite,
    mapped_column,
)
from sqlalchemy.schema import CreateTable

from pstnkit import CallerError, Exchange, InvalidNumber, NumberRange, NumberSet, TelephoneNumber
from pstnkit.stores.columns import TelephoneNumberType, within
from pstnkit.testing import number_sets, telephone_numbers

DIALECTS: list[Any] = [postgresql.dialect, mysql.dialect, sqlite.dialect, oracle.dialect]
NUMBER = TelephoneNumber("4155550132")
POSTGRESQL, MYSQL, SQLITE, ORACLE = (made() for made in DIALECTS)
HOUSE = NumberRange("4155550100", "4155550199")
OTHERS = [TelephoneNumber(digits) for digits in ("2125550132", "4155540132", "4155560132", "6285550132")]


class Base(DeclarativeBase):
    """The tables of this test; a column of numbers is made from its annotation."""

    type_annotation_map = {TelephoneNumber: TelephoneNumberType()}  # noqa: RUF012


class Line(Base):
    """A table whose primary key is a number."""

    __tablename__ = "line"

    number: Mapped[TelephoneNumber] = mapped_column(primary_key=True)
    written: Mapped[TelephoneNumber] = mapped_column(TelephoneNumberType(stored_as="e164"), index=True)
    forward: Mapped[TelephoneNumber | None]


class Block(Base):
    """A table of ranges."""

    __tablename__ = "block"

    id: Mapped[int] = mapped_column(primary_key=True)
    numbers: Mapped[NumberRange] = composite(
        mapped_column("first", TelephoneNumberType()), mapped_column("last", TelephoneNumberType())
    )


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Line(number=n, written=n) for n in [*OTHERS, *HOUSE[:40]])
        session.commit()
        yield session
    engine.dispose()


COLUMNS = pytest.mark.parametrize("column", [Line.number, Line.written], ids=["bigint", "e164"])


def found(session: Session, query: Select[Any]) -> list[TelephoneNumber]:
    return list(session.scalars(query))


class TestStorage:
    @given(telephone_numbers())
    def test_every_number_comes_back(self, number: TelephoneNumber) -> None:
        for stored_as, kept in (("bigint", int(number)), ("e164", str(number))):
            kind = TelephoneNumberType(stored_as)  # type: ignore[arg-type]
            assert kind.process_bind_param(number, SQLITE) == kept
            assert kind.process_result_value(kept, SQLITE) == number

    def test_numbers_and_nulls_come_back_through_the_database(self, session: Session) -> None:
        line = session.get(Line, NUMBER)
        assert line is not None
        assert (line.number, line.written, line.forward) == (NUMBER, NUMBER, None)
        line.forward = NUMBER + 1
        session.commit()
        session.expire_all()
        assert found(session, select(Line.number).where(Line.forward == NUMBER + 1)) == [NUMBER]
        assert session.scalar(select(func.count()).where(Line.forward.is_(None))) == 43

    def test_what_is_stored_is_ten_digits_or_e164(self, session: Session) -> None:
        stored = session.execute(text("SELECT number, written FROM line WHERE number = 4155550132")).one()
        assert tuple(stored) == (4155550132, "+14155550132")

    def test_a_range_is_two_columns(self, session: Session) -> None:
        session.add(Block(numbers=HOUSE))
        session.commit()
        session.expire_all()
        block = session.scalars(select(Block).where(Block.numbers == HOUSE)).one()
        assert block.numbers == HOUSE

    def test_a_damaged_row_raises_and_is_no_number(self, session: Session) -> None:
        session.execute(
            text("UPDATE line SET number = 4150550132, written = '415' WHERE number = 4155550132")
        )
        with pytest.raises(InvalidNumber, match="has the exchange 055"):
            found(session, select(Line.number))
        with pytest.raises(InvalidNumber, match="'415' has 3 digits"):
            found(session, select(Line.written))

    @pytest.mark.parametrize(
        ("dialect", "integer", "characters"),
        [
            (POSTGRESQL, "BIGINT", "VARCHAR(12)"),
            (MYSQL, "BIGINT", "VARCHAR(12)"),
            (SQLITE, "BIGINT", "VARCHAR(12)"),
            (ORACLE, "NUMBER(19)", "VARCHAR2(12 CHAR)"),
        ],
        ids=lambda value: value.name if hasattr(value, "name") else None,
    )
    def test_each_database_has_its_type_and_a_key_is_never_counted_up(
        self, dialect: Any, integer: str, characters: str
    ) -> None:
        table = Line.metadata.tables["line"]
        written = " ".join(str(CreateTable(table).compile(dialect=dialect)).replace('"', "").split())
        assert f"number {integer} NOT NULL, written {characters} NOT NULL, forward {integer}" in written
        assert table.columns.number.autoincrement is False

    def test_who_wants_a_counter_may_say_so(self) -> None:
        column: Column[Any] = Column("number", TelephoneNumberType(), autoincrement=True)
        assert column.autoincrement is True


class TestQuestions:
    @COLUMNS
    def test_numbers_are_compared_and_in_order(self, session: Session, column: Any) -> None:
        assert found(session, select(column).where(column == NUMBER)) == [NUMBER]
        assert found(session, select(column).order_by(column)) == sorted([*OTHERS, *HOUSE[:40]])
        assert found(session, select(column).where(column > HOUSE.first + 38).order_by(column)) == [
            HOUSE.first + 39,
            *OTHERS[2:],
        ]
        assert session.scalar(select(func.max(column))) == OTHERS[-1]

    @COLUMNS
    def test_in_takes_any_collection_of_numbers(self, session: Session, column: Any) -> None:
        for numbers in (HOUSE[:3], NumberSet(HOUSE[:3]), list(HOUSE[:3])):
            assert found(session, select(column).where(column.in_(numbers)).order_by(column)) == list(
                HOUSE[:3]
            )
        assert found(session, select(column).where(column.in_([]))) == []

    @COLUMNS
    def test_within_is_a_stretch_of_the_index(self, session: Session, column: Any) -> None:
        query = select(column).order_by(column)
        assert found(session, query.where(within(column, NumberRange(HOUSE[10], HOUSE[19])))) == list(
            HOUSE[10:20]
        )
        assert found(session, query.where(within(column, Exchange("415555")))) == list(HOUSE[:40])
        assert found(session, query.where(within(column, "415"))) == [OTHERS[1], *HOUSE[:40], OTHERS[2]]
        assert found(session, query.where(~within(column, "415"))) == [OTHERS[0], OTHERS[3]]
        plan = session.execute(
            text(f"EXPLAIN QUERY PLAN {_literal(query.where(within(column, HOUSE)))}")
        ).one()
        assert "SEARCH line USING" in plan.detail

    @COLUMNS
    @given(numbers=number_sets(Exchange("415555"), max_ranges=4))
    def test_within_a_set_is_within_one_of_its_ranges(self, column: Any, numbers: NumberSet) -> None:
        engine = create_engine("sqlite://")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add_all(Line(number=n, written=n) for n in HOUSE)
            session.flush()
            kept = found(session, select(column).where(within(column, numbers)).order_by(column))
        engine.dispose()
        assert kept == [number for number in HOUSE if number in numbers]

    @pytest.mark.parametrize("numbers", [NUMBER, 415, None, ["4155550132"], b"415"])
    def test_within_refuses_other_types_by_name(self, numbers: Any) -> None:
        with pytest.raises(TypeError, match=f"three digits of an area code, not {type(numbers).__name__}"):
            within(Line.number, numbers)

    @pytest.mark.parametrize("npa", ["", "41", "4155", "911", "٤١٥"])
    def test_within_refuses_what_is_no_area_code(self, npa: str) -> None:
        with pytest.raises(CallerError):
            within(Line.number, npa)

    def test_text_can_be_matched_where_it_is_text(self, session: Session) -> None:
        query = select(Line.written).order_by(Line.written)
        assert found(session, query.where(Line.written.like("%0132"))) == sorted([*OTHERS, NUMBER])
        assert found(session, query.where(Line.written.startswith("+1628"))) == [OTHERS[3]]
        assert found(session, query.where(~Line.written.contains("415555"))) == OTHERS
        assert found(session, query.where(Line.written.endswith("0139"))) == [HOUSE.first + 39]

    # SQLAlchemy 2.1 warns of it, too.
    @pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning")
    @pytest.mark.parametrize("match", ["like", "startswith", "contains", "endswith", "ilike"])
    def test_integers_have_no_text_to_match(self, match: str) -> None:
        with pytest.raises(TypeError, match="no text to match: ask with within"):
            getattr(Line.number, match)("%0132")


class TestRefusals:
    @COLUMNS
    @pytest.mark.parametrize(
        "stranger", ["+14155550132", 4155550132, True, b"4155550132", Exchange("415555")]
    )
    def test_only_numbers_go_in(self, session: Session, column: Any, stranger: Any) -> None:
        with pytest.raises(StatementError, match=f"takes a TelephoneNumber, not {type(stranger).__name__}"):
            found(session, select(column).where(column == stranger))
        with pytest.raises(StatementError, match=f"takes a TelephoneNumber, not {type(stranger).__name__}"):
            session.execute(insert(Line), [{"number": stranger, "written": stranger}])

    @pytest.mark.parametrize("stored_as", ["text", "", None, 1])
    def test_an_unknown_way_to_store_is_refused(self, stored_as: Any) -> None:
        with pytest.raises(CallerError, match="'bigint' or 'e164', not"):
            TelephoneNumberType(stored_as=stored_as)


class TestTheTypeItself:
    @pytest.mark.parametrize("kind", [TelephoneNumberType(), TelephoneNumberType(stored_as="e164")], ids=repr)
    def test_its_repr_makes_it_again_as_migrations_need_it(self, kind: TelephoneNumberType) -> None:
        twin = eval(repr(kind))
        assert (twin.stored_as, repr(twin)) == (kind.stored_as, repr(kind))
        assert str(twin.compile(POSTGRESQL)) == str(kind.compile(POSTGRESQL))

    def test_it_says_what_its_values_are(self) -> None:
        assert TelephoneNumberType().python_type is TelephoneNumber

    def test_statements_are_cached_by_how_numbers_are_stored(self) -> None:
        keys = {
            kind._static_cache_key
            for kind in (TelephoneNumberType(), TelephoneNumberType(), TelephoneNumberType("e164"))
        }
        assert len(keys) == 2

    def test_it_survives_pickle_and_the_copy_of_a_table(self) -> None:
        table = Table("t", MetaData(), Column("number", TelephoneNumberType("e164"), primary_key=True))
        for twin in (pickle.loads(pickle.dumps(table)), table.to_metadata(MetaData())):
            assert repr(twin.c.number.type) == "TelephoneNumberType(stored_as='e164')"
        assert repr(copy.copy(TelephoneNumberType("e164"))) == "TelephoneNumberType(stored_as='e164')"

    def test_a_number_can_be_written_into_the_statement(self) -> None:
        query = select(Line.number).where(Line.number == NUMBER, Line.written == NUMBER)
        assert _literal(query).endswith("line.number = 4155550132 AND line.written = '+14155550132'")

    def test_a_reflected_table_has_the_plain_types(self, session: Session) -> None:
        columns = {
            column["name"]: str(column["type"]) for column in inspect(session.bind).get_columns("line")
        }
        assert columns == {"number": "BIGINT", "written": "VARCHAR(12)", "forward": "BIGINT"}


def _literal(query: Select[Any]) -> str:
    return " ".join(str(query.compile(compile_kwargs={"literal_binds": True})).split())
