"""Civic addresses: their fields and parts, everything that can be wrong with them, and two spellings of one place."""

from __future__ import annotations

import copy
import pickle
from contextlib import suppress
from typing import Any

import pytest
from attrs import asdict, evolve
from hypothesis import given
from hypothesis import strategies as st

from accounts_cases import ADDRESS, PROPOSED
from pstnkit.accounts.address_checks import AddressCorrected
from pstnkit.accounts.address_findings import AddressFindingKind as Finding
from pstnkit.accounts.address_findings import address_findings
from pstnkit.accounts.addresses import AddressFaultKind as Fault
from pstnkit.accounts.addresses import CivicAddress, Difference, InvalidAddress
from pstnkit.accounts.postal import read_postal_code, read_state, states_of_postal_code
from pstnkit.accounts.street_line import HouseNumber, StreetName, Unit, read_units
from pstnkit.accounts.street_words import UnitKind


def faults(**changes: Any) -> list[tuple[str, Fault]]:
    """What is wrong with a sound address once it is changed so."""
    known = {name: value for name, value in asdict(PROPOSED).items() if name != "country"}
    with pytest.raises(InvalidAddress) as error:
        CivicAddress(**(known | changes))
    return [(fault.field, fault.kind) for fault in error.value.faults]


def test_an_address_names_every_field_that_it_lacks() -> None:
    missing = faults(house_number=None, street=" ", city="", state="", postal_code=None)
    assert missing == [
        (name, Fault.MISSING) for name in ("house_number", "street", "city", "state", "postal_code")
    ]


def test_all_faults_are_told_at_once_each_with_its_field_and_what_stood_there() -> None:
    with pytest.raises(InvalidAddress) as error:
        CivicAddress(
            house_number="the red one", street="", city="Austin", state="TX", postal_code="7870", unit="Tower"
        )
    assert str(error.value) == (
        "the street is missing; the house number 'the red one' is none: write it like 500, 500B, 500 1/2 or 112-10; "
        "the postal code '7870' is none of its country; "
        "the unit 'Tower' names none, like STE 4 or FL 3; a landmark goes into additional"
    )
    for twin in (copy.copy(error.value), pickle.loads(pickle.dumps(error.value))):
        assert (twin.faults, str(twin)) == (error.value.faults, str(error.value))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"house_number": "Lot 4"}, [("house_number", Fault.HOUSE_NUMBER)]),
        ({"state": "XX"}, [("state", Fault.STATE)]),
        ({"state": "XX", "country": "US"}, [("state", Fault.STATE)]),
        ({"country": "Mexico"}, [("country", Fault.COUNTRY)]),
        ({"country": "Canada"}, [("state", Fault.OTHER_COUNTRY), ("postal_code", Fault.POSTAL_CODE)]),
        ({"state": "ON"}, [("postal_code", Fault.POSTAL_CODE)]),
        ({"postal_code": "941071"}, [("postal_code", Fault.POSTAL_CODE)]),
        ({"unit": "STE"}, [("unit", Fault.UNIT)]),
        ({"unit": "STE 4 APT 5"}, [("unit", Fault.TWICE)]),
        ({"unit": "FL 3", "floor": "4"}, [("floor", Fault.TWICE)]),
    ],
)
def test_what_cannot_be_an_address_is_refused_by_field(
    changes: dict[str, str], found: list[tuple[str, Fault]]
) -> None:
    assert faults(**changes) == found


def test_an_address_is_kept_as_it_was_meant() -> None:
    meant = CivicAddress(
        house_number=" 500",
        street="Anson   St",
        city="San Francisco",
        state="us-ca",
        postal_code="94107",
        country="U.S.A.",
        unit=" ",
    )
    assert (meant, meant.unit) == (PROPOSED, None)
    assert (meant.number, str(meant.street_name)) == (HouseNumber(500), "ANSON ST")
    with pytest.raises(TypeError, match="expected text, not int"):
        evolve(meant, house_number=500)  # type: ignore[arg-type]


def test_what_the_unit_says_of_building_floor_and_room_goes_to_their_fields() -> None:
    address = evolve(PROPOSED, unit="Bldg 2, 3rd Floor, Suite 300, Room 310")
    assert (address.building, address.floor, address.unit, address.room) == ("2", "3", "STE 300", "310")
    assert [str(unit) for unit in address.units] == ["BLDG 2", "FL 3", "STE 300", "RM 310"]
    apart = evolve(PROPOSED, unit="suite 300", building="Building 2", floor="3rd floor", room="rm 310")
    assert apart == address
    assert evolve(PROPOSED, building="north", floor="mezzanine").floor == "MEZZANINE"
    assert str(evolve(address, additional="behind the bakery")) == (
        "500 Anson St BLDG 2 FL 3 STE 300 RM 310 (behind the bakery), San Francisco, CA 94107, US"
    )


@pytest.mark.parametrize(
    ("part", "within"), [("unit", True), ("floor", True), ("room", True), ("building", False)]
)
def test_suite_floor_or_room_say_where_in_a_building(part: str, within: bool) -> None:
    assert not PROPOSED.is_within_a_building
    assert evolve(PROPOSED, **{part: "4"}).is_within_a_building is within


@pytest.mark.parametrize(
    ("text", "number", "written"),
    [
        ("500", HouseNumber(500), "500"),
        ("500b", HouseNumber(500, "B"), "500B"),
        ("500-B", HouseNumber(500, "B"), "500B"),
        ("500 1/2", HouseNumber(500, "1/2"), "500 1/2"),
        ("500½", HouseNumber(500, "1/2"), "500 1/2"),
        ("112-10", HouseNumber(10, None, "112-"), "112-10"),
        ("n6w23001", HouseNumber(23001, None, "N6W"), "N6W23001"),
        ("W123", HouseNumber(123, None, "W"), "W123"),
    ],
)
def test_a_house_number_has_its_parts(text: str, number: HouseNumber, written: str) -> None:
    assert (HouseNumber.parse(text), str(number)) == (number, written)


@pytest.mark.parametrize("text", ["", "Lot 4", "12 34", "1/2", "1234567", "500 ABC"])
def test_what_is_no_house_number_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="is no house number"):
        HouseNumber.parse(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Anson Street", "ANSON ST"),
        ("w. exchange st.", "W EXCHANGE ST"),
        ("Main Street Northwest", "MAIN ST NW"),
        ("North Street", "NORTH ST"),
        ("Avenue E", "AV E"),
        ("Avenue", "AVENUE"),
        ("Broadway", "BROADWAY"),
        ("Chemin de la Montagne", "CH DE LA MONTAGNE"),
        ("Highway 61", "HWY 61"),
    ],
)
def test_a_street_has_its_parts(text: str, written: str) -> None:
    assert str(StreetName.parse(text)) == written


@pytest.mark.parametrize("kind", UnitKind)
def test_every_unit_word_is_read_and_those_that_say_enough_stand_alone(kind: UnitKind) -> None:
    assert Unit.parse(f"{kind.value.lower()} 4") == Unit(kind, "4")
    if kind.stands_alone:
        assert str(Unit.parse(kind.value)) == kind.value
    else:
        with pytest.raises(ValueError, match="does not say which"):
            Unit.parse(kind.value)


@pytest.mark.parametrize("text", ["Tower", "4B 5C", "STE 4 Tower"])
def test_words_that_name_no_unit_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="names no unit that is known"):
        read_units(text)


def test_one_unit_is_one_unit() -> None:
    assert str(Unit.parse("Suite #4")) == "STE 4"
    assert str(Unit.parse("4b")) == "UNIT 4B"
    for text in ("", "FL 3 RM 310"):
        with pytest.raises(ValueError, match="units"):
            Unit.parse(text)


def test_states_are_known_by_letters_and_by_name() -> None:
    assert read_state("N.W.T.") is None
    assert [read_state(text) for text in ("N.Y.", "québec", "New  York", "CA-ON", "Puerto Rico")] == [
        ("NY", "US"),
        ("QC", "CA"),
        ("NY", "US"),
        ("ON", "CA"),
        ("PR", "US"),
    ]


@pytest.mark.parametrize("letter", "DFIOQU")
@pytest.mark.parametrize("place", [0, 2, 5])
def test_letters_that_no_canadian_code_has_are_refused(letter: str, place: int) -> None:
    code = "M5V 2T6"
    assert read_postal_code(code, "CA") == code
    assert read_postal_code(code[:place] + letter + code[place + 1 :], "CA") is None


@pytest.mark.parametrize("letter", "WZ")
def test_w_and_z_begin_no_canadian_code(letter: str) -> None:
    assert read_postal_code(f"{letter}5V 2T6", "CA") is None
    assert read_postal_code(f"M5{letter} 2T6", "CA") == f"M5{letter} 2T6"


@pytest.mark.parametrize(
    ("code", "states"),
    [
        ("94107", ("CA",)),
        ("00501", ("NY",)),
        ("00901", ("PR",)),
        ("96799", ("HI", "AS")),
        ("99950", ("AK",)),
        ("09012", ()),
        ("X0A 0H0", ("NT", "NU")),
    ],
)
def test_the_beginning_of_a_postal_code_tells_its_states(code: str, states: tuple[str, ...]) -> None:
    assert states_of_postal_code(code) == states


def test_what_catches_the_eye_is_a_finding_and_no_refusal() -> None:
    sound = evolve(PROPOSED, unit="STE 4")
    assert address_findings(sound) == ()
    [elsewhere] = address_findings(evolve(sound, state="NV"))
    assert (elsewhere.kind, elsewhere.field, elsewhere.states) == (
        Finding.POSTAL_CODE_OF_ANOTHER_STATE,
        "postal_code",
        ("CA",),
    )
    assert str(elsewhere) == "postal codes 941... are in CA, not in NV"
    [nowhere] = address_findings(evolve(sound, postal_code="09012"))
    assert str(nowhere) == "postal codes 090... are not known to be in any state"
    [box] = address_findings(evolve(sound, street="P.O. Box 12"))
    assert str(box) == "'P.O. Box 12' is a post office box, and nobody can be sent there"
    [wide] = address_findings(PROPOSED)
    assert wide.kind is Finding.NOT_WITHIN_A_BUILDING
    assert "no suite, floor or room" in str(wide)


@pytest.mark.parametrize("street", ["PO Box 1", "Post Office Box 1", "Box 12", "General Delivery", "C.P. 12"])
def test_a_post_office_box_is_known_by_its_words(street: str) -> None:
    kinds = {finding.kind for finding in address_findings(evolve(PROPOSED, street=street))}
    assert Finding.POST_OFFICE_BOX in kinds
    assert address_findings(evolve(PROPOSED, street="Boxwood St", unit="STE 4")) == ()


# --- two addresses ------------------------------------------------------------------------------------------


def test_a_correction_is_shown_field_by_field() -> None:
    corrected = AddressCorrected(ADDRESS, PROPOSED)
    assert corrected.candidates == (PROPOSED,)
    assert corrected.differences == (
        Difference("street", "Ansun St", "Anson St"),
        Difference("postal_code", "94108", "94107"),
    )
    assert ADDRESS.differences(ADDRESS) == ()


@pytest.mark.parametrize(
    "written",
    [
        {"street": "ANSON STREET"},
        {"street": "anson st."},
        {"city": "SAN FRANCISCO"},
        {"postal_code": "94107-1234"},
        {"house_number": "500 "},
    ],
)
def test_the_same_written_otherwise_is_no_difference(written: dict[str, str]) -> None:
    other = evolve(PROPOSED, **written)
    assert PROPOSED.differences(other) == other.differences(PROPOSED) == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("house_number", "500B"),
        ("street", "Anson Ave"),
        ("street", "W Anson St"),
        ("city", "Oakland"),
        ("state", "NV"),
        ("postal_code", "94103"),
        ("unit", "STE 4"),
        ("floor", "3"),
        ("additional", "at the back"),
    ],
)
def test_what_means_another_place_is_a_difference(name: str, value: str) -> None:
    other = evolve(PROPOSED, **{name: value})
    assert PROPOSED.differences(other) == (Difference(name, getattr(PROPOSED, name), value),)
    assert other.differences(PROPOSED) == (Difference(name, value, getattr(PROPOSED, name)),)


# --- an address in one line ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("500 Anson St, San Francisco, CA 94107", {}),
        ("500 Anson St\nSan Francisco, California, 94107-1234\nUSA", {"postal_code": "94107-1234"}),
        ("500 Anson St Suite 300, San Francisco, CA 94107", {"unit": "STE 300"}),
        ("500 Anson St #300, San Francisco, CA 94107, United States", {"unit": "STE 300", "_": "UNIT 300"}),
        ("500 Anson St, 3rd floor, Room 310, San Francisco, CA 94107", {"floor": "3", "room": "310"}),
        ("500 Anson St 3rd floor, San Francisco, CA 94107", {"floor": "3"}),
        ("500 Anson St Lobby, San Francisco, CA 94107", {"unit": "LBBY"}),
        ("500 1/2 Anson St, San Francisco, CA 94107", {"house_number": "500 1/2"}),
        ("500 Pier St, San Francisco, CA 94107", {"street": "Pier St"}),
        ("500 Harbor Front Rd, San Francisco, CA 94107", {"street": "Harbor Front Rd"}),
        ("500 Front, San Francisco, CA 94107", {"street": "Front"}),
        ("500 Anson Slip A B, San Francisco, CA 94107", {"street": "Anson Slip A B"}),
        ("500 Anson St (rear door), San Francisco, CA 94107", {"additional": "rear door"}),
    ],
)
def test_one_line_is_read_as_it_is_written_on_an_envelope(text: str, meant: dict[str, str]) -> None:
    if "_" in meant:
        meant = {"unit": meant["_"]}
    assert CivicAddress.parse(text) == evolve(PROPOSED, **meant)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Canada",
        "San Francisco",
        "CA 94107",
        "500 Anson St, CA 94107",
        "500 Anson St, San Francisco",
        "500, San Francisco, CA 94107",
        "500 Anson St, San Francisco, 94107",
        "CA, 94107",
    ],
)
def test_a_line_that_is_no_address_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(InvalidAddress) as error:
        CivicAddress.parse(text)
    [fault] = error.value.faults
    assert (fault.field, fault.text, fault.kind) == ("address", text, Fault.LINE)


names = st.sampled_from(["Anson", "Old Signal", "Maple", "Orangewire", "St. Mary's", "Ninth"])
streets = st.builds(
    lambda before, name, kind, behind: " ".join(part for part in (before, name, kind, behind) if part),
    st.sampled_from(["", "W", "North", "SE"]),
    names,
    st.sampled_from(["St", "Avenue", "Blvd", "Way"]),
    st.sampled_from(["", "NW", "South"]),
)
values = st.from_regex(r"[1-9][0-9]{0,2}[A-Z]?", fullmatch=True)
addresses = st.builds(
    CivicAddress,
    house_number=st.one_of(values, st.just("112-10"), st.just("7 1/2")),
    street=streets,
    city=st.sampled_from(["San Francisco", "Saint-Jérôme", "Winston-Salem"]),
    state=st.sampled_from(["CA", "NY", "PR"]),
    postal_code=st.sampled_from(["94107", "10018-1234"]),
    unit=st.one_of(st.none(), values.map(lambda value: f"STE {value}"), st.just("LBBY")),
    building=st.one_of(st.none(), values),
    floor=st.one_of(st.none(), values),
    room=st.one_of(st.none(), values),
    additional=st.one_of(st.none(), st.sampled_from(["behind the bakery", "gate 4"])),
)


@given(addresses)
def test_what_an_address_writes_it_reads_again(address: CivicAddress) -> None:
    assert CivicAddress.parse(str(address)) == address


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_whatever_is_written_is_an_address_or_refused_as_none(text: str) -> None:
    for line in (text, f"500 {text}, San Francisco, CA 94107", f"500 Anson St {text}, Austin, TX 78701"):
        with suppress(InvalidAddress):
            assert CivicAddress.parse(line).differences(PROPOSED) is not None


@given(addresses, addresses)
def test_differences_are_of_fields_that_differ_and_go_both_ways(
    one: CivicAddress, other: CivicAddress
) -> None:
    found = one.differences(other)
    assert all(getattr(one, part.field) == part.entered != part.proposed for part in found)
    assert {part.field for part in found} == {part.field for part in other.differences(one)}
    taken = evolve(one, **{part.field: part.proposed for part in found})
    assert taken.differences(other) == ()
    assert evolve(one, street=one.street.upper(), city=one.city.upper()).differences(one) == ()


def test_what_is_quoted_of_a_long_line_is_short() -> None:
    with pytest.raises(InvalidAddress) as refused:
        CivicAddress.parse("9" * 100_000)
    assert len(str(refused.value)) < 400
    assert refused.value.faults[0].text == "9" * 100_000
