"""How values meet other libraries: what a class of values inherits for it. Each library is loaded on first need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, final

if TYPE_CHECKING:
    from typing import Self

    from phonenumbers import PhoneNumber


class _Validated:
    """Base of values that can be fields of pydantic models. pydantic asks by the names of its protocol, so
    nothing of it is loaded before.

    :cvar _form: a value is written as one text, as its two ends, or as a list of its items.
    :cvar _parts: the types that ends or items have.
    """

    __slots__ = ()
    _form: ClassVar[Literal["text", "ends", "items"]]
    _parts: ClassVar[tuple[type, ...]] = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pstnkit.numbering.validation import core_schema_of

        return core_schema_of(cls, handler)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        from pstnkit.numbering.validation import json_schema_of

        return json_schema_of(cls)


@final
class AsWritten:
    """Marks a field of a pydantic model in which people write a number: text is read by
    :meth:`TelephoneNumber.parse`.

    >>> from typing import Annotated
    >>> from pydantic import TypeAdapter
    >>> from pstnkit import TelephoneNumber
    >>> TypeAdapter(Annotated[TelephoneNumber, AsWritten()]).validate_python("(415) 555-0132")
    TelephoneNumber('+14155550132')

    """

    __slots__ = ()

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pstnkit.numbering.validation import written_core_schema_of

        return written_core_schema_of(source)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        from pstnkit.numbering.validation import written_json_schema

        return written_json_schema()

    def __repr__(self) -> str:
        return "AsWritten()"


class _KnownToPhonenumbers:
    """What phonenumbers knows of a telephone number, and how a number becomes one of its and back."""

    __slots__ = ()

    if TYPE_CHECKING:
        _digits: int

        @classmethod
        def _of(cls, digits: int) -> Self: ...

    @property
    def place(self) -> str | None:
        """Where the number is at home, in English: a city, or the state, province or country where nothing
        closer is known. None where nothing is, as for toll-free numbers.

        The names are those of phonenumbers, loaded on first need. The states of an area code are in the plan:
        :attr:`AreaCode.subdivisions`.

        >>> from pstnkit import TelephoneNumber
        >>> TelephoneNumber("4153982010").place, TelephoneNumber("8003569377").place
        ('San Francisco, CA', None)

        """
        from pstnkit.numbering.whereabouts import place_of

        return place_of(self._digits)

    @property
    def timezones(self) -> tuple[str, ...]:
        """The IANA names of the time zones that the number may be in; empty for numbers without a place.

        They are those of its area code in the bundled plan. Where an area code spans several, phonenumbers
        may know in which of them the exchange lies; otherwise all of them are given.

        >>> from pstnkit import TelephoneNumber
        >>> TelephoneNumber("8504321234").timezones, TelephoneNumber("8502221234").timezones
        (('America/Chicago',), ('America/Chicago', 'America/New_York'))

        """
        from pstnkit.numbering.whereabouts import timezones_of

        return timezones_of(self._digits)

    @property
    def carrier_name(self) -> str | None:
        """The carrier that the number's block was handed to, as far as phonenumbers knows; else None.

        It knows Caribbean and Pacific carriers, and hardly any in the United States and Canada. A number that
        has been ported since is with another.

        >>> from pstnkit import TelephoneNumber
        >>> TelephoneNumber("8765115013").carrier_name, TelephoneNumber("4152012671").carrier_name
        ('C&W', None)

        """
        from pstnkit.numbering.whereabouts import carrier_name_of

        return carrier_name_of(self._digits)

    def to_phonenumbers(self, *, extension: str | None = None) -> PhoneNumber:
        """The same number as a ``phonenumbers.PhoneNumber``, with an ``extension`` (1 to 40 digits, else
        :class:`ValueError`) where one belongs to it.

        >>> from pstnkit import TelephoneNumber
        >>> found = TelephoneNumber("4152012671").to_phonenumbers(extension="12")
        >>> found.country_code, found.national_number, found.extension
        (1, 4152012671, '12')

        """
        from pstnkit.numbering.libphonenumber import phone_number_of

        return phone_number_of(self._digits, extension)

    @classmethod
    def from_phonenumbers(cls, number: PhoneNumber) -> Self:
        """The number that a ``phonenumbers.PhoneNumber`` is.

        Whether libphonenumber calls it valid plays no part. Raises :class:`InvalidNumber` when it is no
        number of the plan, and when it says more: an extension, a leading zero, a carrier to be dialed
        through. How it was written (``raw_input``) is no part of a number. Raises :class:`TypeError` for
        what is no ``PhoneNumber``.

        >>> import phonenumbers
        >>> from pstnkit import TelephoneNumber
        >>> TelephoneNumber.from_phonenumbers(phonenumbers.parse("(415) 201-2671", "US"))
        TelephoneNumber('+14152012671')

        """
        from pstnkit.numbering.libphonenumber import digits_of

        return cls._of(digits_of(number))
