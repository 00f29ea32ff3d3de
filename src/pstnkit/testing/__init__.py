"""What a test of code over pstnkit needs, with the extra ``testing``: hypothesis strategies for the values, and suites
that a class of yours has to pass to take a place in pstnkit.

>>> from hypothesis import given
>>> from pstnkit.testing import telephone_numbers
>>> @given(telephone_numbers())
... def every_number_reads_back(number):
...     assert type(number)(str(number)) == number
>>> every_number_reads_back()

Where pstnkit is installed, hypothesis finds them by itself: ``st.from_type(TelephoneNumber)`` and
``st.builds`` of a class with fields of such types need no further word (:mod:`pstnkit.testing.plugin`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pstnkit.testing.ledger_stores import LedgerStoreSuite as LedgerStoreSuite
    from pstnkit.testing.savable import savable_values as savable_values
    from pstnkit.testing.signing_services import SigningServiceSuite as SigningServiceSuite
    from pstnkit.testing.strategies import area_code_answers as area_code_answers
    from pstnkit.testing.strategies import area_codes as area_codes
    from pstnkit.testing.strategies import exchanges as exchanges
    from pstnkit.testing.strategies import number_maps as number_maps
    from pstnkit.testing.strategies import number_ranges as number_ranges
    from pstnkit.testing.strategies import number_sets as number_sets
    from pstnkit.testing.strategies import ordinary_numbers as ordinary_numbers
    from pstnkit.testing.strategies import pastes as pastes
    from pstnkit.testing.strategies import telephone_numbers as telephone_numbers
    from pstnkit.testing.strategies import written_numbers as written_numbers

__all__ = [
    "LedgerStoreSuite",
    "SigningServiceSuite",
    "area_code_answers",
    "area_codes",
    "exchanges",
    "number_maps",
    "number_ranges",
    "number_sets",
    "ordinary_numbers",
    "pastes",
    "savable_values",
    "telephone_numbers",
    "written_numbers",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for on first use: the plug-in alone is loaded with every import of hypothesis."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "LedgerStoreSuite":
        from pstnkit.testing.ledger_stores import LedgerStoreSuite

        return LedgerStoreSuite
    if name == "SigningServiceSuite":
        from pstnkit.testing.signing_services import SigningServiceSuite

        return SigningServiceSuite
    if name == "savable_values":
        from pstnkit.testing.savable import savable_values

        return savable_values
    from pstnkit.testing import strategies

    return getattr(strategies, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
