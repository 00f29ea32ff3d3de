"""Tells hypothesis how the values of pstnkit are made, whenever it is imported.

The entry point ``hypothesis`` of the package names :func:`register`, so nobody has to call it:

>>> from hypothesis import given
>>> from hypothesis import strategies as st
>>> from pstnkit import NumberRange
>>> @given(st.from_type(NumberRange))
... def a_range_begins_with_its_first_number(part):
...     assert part[0] == part.first
>>> a_range_begins_with_its_first_number()

``HYPOTHESIS_NO_PLUGINS`` in the environment keeps hypothesis from asking.
"""

from __future__ import annotations

from typing import Any, get_args


def register() -> None:
    """Register the strategies of :mod:`pstnkit.testing` for the types of values; again does no harm.

    They are loaded when the first example is made, not before: hypothesis calls this on every import of its
    own.
    """
    from hypothesis import strategies as st

    from pstnkit.numbering.area_code import AreaCode
    from pstnkit.numbering.numbermap import NumberMap
    from pstnkit.numbering.numberset import NumberSet
    from pstnkit.numbering.telephone import Exchange, NumberRange, TelephoneNumber

    def made_by(name: str) -> Any:
        def strategy(_: type) -> st.SearchStrategy[Any]:
            from pstnkit.testing import strategies

            made: st.SearchStrategy[Any] = getattr(strategies, name)()
            return made

        return strategy

    def maps(asked: Any) -> st.SearchStrategy[NumberMap[Any]]:
        from pstnkit.testing.strategies import number_maps

        [values] = get_args(asked) or [None]
        return number_maps(st.from_type(values) if values is not None else st.none())

    st.register_type_strategy(TelephoneNumber, made_by("telephone_numbers"))
    st.register_type_strategy(Exchange, made_by("exchanges"))
    st.register_type_strategy(NumberRange, made_by("number_ranges"))
    st.register_type_strategy(NumberSet, made_by("number_sets"))
    st.register_type_strategy(AreaCode, made_by("area_code_answers"))
    st.register_type_strategy(NumberMap, maps)
