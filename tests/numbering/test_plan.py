"""The numbering plan answers for an area code on a day."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_reports import report_text
from pstnkit.catalog import SENTENCES, key_of
from pstnkit.errors import CallerError
from pstnkit.numbering import shape
from pstnkit.numbering.area_code_filters import InvalidAreaCodeFilter
from pstnkit.numbering.plan import (
    AreaCode,
    AreaCodeKind,
    AreaCodeStatus,
    NumberingPlan,
    UnknownAreaCode,
    plan,
)
from pstnkit.numbering.plan_text import ALL_AREA_CODES

few = settings(max_examples=settings().max_examples // 4)  # each looks at all 800 codes
npas = st.sampled_from(ALL_AREA_CODES)
days = st.dates(date(1940, 1, 1), date(2040, 1, 1))


def complexes(npa: str, on: date | None = None) -> set[str]:
    return {"/".join(sorted(members)) for members in plan.area_code(npa, on).overlays}


class TestOneAreaCode:
    def test_a_geographic_code_has_a_country_places_and_time_zones(self) -> None:
        assert plan.area_code("415") == AreaCode(
            npa="415",
            kind=AreaCodeKind.GEOGRAPHIC,
            country="US",
            subdivisions=("US-CA",),
            timezones=("America/Los_Angeles",),
            timezones_certain=True,
            overlays=frozenset({frozenset({"415", "628"})}),
            status=AreaCodeStatus.IN_SERVICE,
            in_service=date(1947, 1, 1),
        )

    @pytest.mark.parametrize(
        ("npa", "kind", "country", "subdivisions"),
        [
            ("800", "toll_free", None, ()),
            ("500", "personal", None, ()),
            ("900", "premium", None, ()),
            ("700", "non_geographic", None, ()),
            ("710", "non_geographic", "US", ()),
            ("600", "non_geographic", "CA", ()),
            ("876", "geographic", "JM", ()),
            ("787", "geographic", "PR", ("US-PR",)),
            ("671", "geographic", "GU", ("US-GU",)),
            ("902", "geographic", "CA", ("CA-NS", "CA-PE")),
            ("867", "geographic", "CA", ("CA-YT", "CA-NT", "CA-NU")),
            ("222", None, None, ()),
        ],
    )
    def test_each_kind_belongs_where_it_belongs(
        self, npa: str, kind: str | None, country: str | None, subdivisions: tuple[str, ...]
    ) -> None:
        code = plan.area_code(npa)
        assert (code.kind, code.country, code.subdivisions) == (kind, country, subdivisions)

    @pytest.mark.parametrize(
        ("npa", "status"),
        [
            ("415", "in_service"),
            ("543", "in_service"),
            ("565", "planned"),
            ("761", "planned"),
            ("822", "planned"),
            ("222", "unassigned"),
            ("232", "reserved"),
            ("880", "reserved"),
            *(
                (npa, "not_assignable")
                for npa in ("211", "911", "290", "999", "370", "969", "555", "950", "988")
            ),
        ],
    )
    def test_status_on_the_plans_own_day(self, npa: str, status: str) -> None:
        assert plan.area_code(npa).status == status
        assert plan.area_code(npa, plan.as_of).status == status

    @pytest.mark.parametrize(
        "text", ["", "41", "4155", "012", "115", "abc", "4 5", "٤١٥", "415\n", "+41", "²15"]
    )
    def test_what_is_no_area_code_is_refused_and_quoted(self, text: str) -> None:
        with pytest.raises(UnknownAreaCode) as caught:
            plan.area_code(text)
        assert isinstance(caught.value, CallerError)
        assert isinstance(caught.value, ValueError)
        assert caught.value.text == text
        assert str(caught.value) == f"{text!r} is no area code; one is three digits, the first 2 to 9"

    def test_an_endless_text_is_quoted_in_part(self) -> None:
        with pytest.raises(UnknownAreaCode, match=r"^'4+'\.\.\. \(1000000 characters\) is no area code"):
            plan.area_code("4" * 1_000_000)

    def test_whoever_asks_first_the_answer_holds_plain_text(self) -> None:
        class Favorite(StrEnum):
            HOME = "559"

        assert repr(plan.area_code(Favorite.HOME).npa) == repr(plan.area_code("559").npa) == "'559'"

    def test_the_refusal_survives_pickle_and_copy(self) -> None:
        error = UnknownAreaCode("12")
        for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
            assert (twin.text, str(twin)) == ("12", str(error))

    @pytest.mark.parametrize("npa", [415, None, b"415", 415.0])
    def test_an_area_code_is_asked_for_as_text(self, npa: object) -> None:
        with pytest.raises(TypeError, match="an area code is a str, not "):
            plan.area_code(npa)  # type: ignore[arg-type]

    @pytest.mark.parametrize("on", ["2026-01-01", 20260101, datetime(2026, 1, 1, tzinfo=UTC)])
    def test_the_day_is_a_date(self, on: object) -> None:
        with pytest.raises(TypeError, match=f"on is a date, not {type(on).__name__}"):
            plan.area_code("415", on)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="on is a date"):
            plan.statuses(on)  # type: ignore[arg-type]

    @given(st.text())
    def test_any_text_is_an_area_code_or_refused(self, text: str) -> None:
        if text in ALL_AREA_CODES:
            assert plan.area_code(text).npa == text
        else:
            with pytest.raises(UnknownAreaCode):
                plan.area_code(text)


class TestDays:
    def test_the_horizon_is_six_months_after_the_last_correction(self) -> None:
        assert (plan.as_of, plan.horizon) == (date(2026, 9, 30), date(2027, 3, 30))

    @pytest.mark.parametrize(
        ("as_of", "horizon"),
        [("2026-08-31", "2027-02-28"), ("2027-08-31", "2028-02-29"), ("2026-01-05", "2026-07-05"),
         ("2026-05-31", "2026-11-30"), ("2026-06-30", "2026-12-30"), ("2026-07-01", "2027-01-01")],
    )  # fmt: skip
    def test_six_months_end_within_a_month(self, as_of: str, horizon: str) -> None:
        moved = NumberingPlan(plan.to_text().replace("as-of 2026-09-30", f"as-of {as_of}"))
        assert moved.horizon == date.fromisoformat(horizon)

    def test_an_announced_day_counts_when_it_comes(self) -> None:
        opening = date(2027, 12, 6)
        assert plan.area_code("565").in_service == opening
        assert plan.area_code("565", opening - timedelta(days=1)).status == "planned"
        assert plan.area_code("565", opening).status == "in_service"
        assert plan.area_code("565", date(2028, 6, 1)).status == "in_service"

    def test_before_it_opened_a_code_was_planned(self) -> None:
        assert plan.area_code("465", date(2026, 6, 17)).status == "planned"
        assert plan.area_code("465", date(2026, 6, 18)).status == "in_service"
        assert plan.area_code("415", date(1900, 1, 1)).status == "planned"

    @pytest.mark.parametrize("npa", ["222", "232", "761", "822", "880"])
    def test_beyond_the_horizon_a_code_without_a_day_is_unconfirmed(self, npa: str) -> None:
        beyond = plan.horizon + timedelta(days=1)
        assert plan.area_code(npa, plan.horizon).status == plan.area_code(npa).status
        assert plan.area_code(npa, beyond).status == "unconfirmed"

    @pytest.mark.parametrize("npa", ["211", "290", "370", "555", "950", "988"])
    def test_what_is_never_assigned_stays_so_beyond_the_horizon(self, npa: str) -> None:
        assert plan.area_code(npa, date(2050, 1, 1)).status == "not_assignable"

    @given(npas, days)
    def test_status_follows_from_three_facts(self, npa: str, on: date) -> None:
        known, asked = plan.area_code(npa), plan.area_code(npa, on)
        if known.in_service is not None:
            expected = "in_service" if known.in_service <= on else "planned"
        elif on > plan.horizon and known.status != "not_assignable":
            expected = "unconfirmed"
        else:
            expected = known.status
        assert asked.status == expected

    @given(npas, days)
    def test_a_code_in_service_stays_in_service(self, npa: str, on: date) -> None:
        if plan.area_code(npa, on).status == "in_service":
            assert plan.area_code(npa, on + timedelta(days=400)).status == "in_service"

    @few
    @given(days)
    def test_statuses_are_those_of_the_area_codes_in_order(self, on: date) -> None:
        statuses = plan.statuses(on)
        assert tuple(statuses) == ALL_AREA_CODES
        assert all(plan.area_code(npa, on).status is status for npa, status in statuses.items())

    def test_statuses_cannot_be_changed(self) -> None:
        with pytest.raises(TypeError):
            plan.statuses()["415"] = AreaCodeStatus.PLANNED  # type: ignore[index]


class TestOverlays:
    def test_an_overlay_is_not_an_equivalence(self) -> None:
        assert complexes("917") == {"212/332/646/917", "347/465/718/917/929"}
        assert complexes("212") == {"212/332/646/917"}

    def test_a_code_to_come_joins_on_its_day(self) -> None:
        assert complexes("418") == {"367/418/581"}
        assert complexes("273") == set()
        assert (
            complexes("418", date(2027, 2, 27)) == complexes("273", date(2027, 2, 27)) == {"273/367/418/581"}
        )

    def test_a_code_alone_is_no_complex(self) -> None:
        assert complexes("912") == set()
        assert complexes("912", date(2027, 12, 6)) == {"565/912"}

    @given(npas, days)
    def test_each_complex_holds_the_code_and_is_known_to_each_member(self, npa: str, on: date) -> None:
        for members in plan.area_code(npa, on).overlays:
            assert npa in members
            assert len(members) > 1
            for member in members:
                other = plan.area_code(member, on)
                assert members in other.overlays
                assert other.status == "in_service"

    @few
    @given(days)
    def test_codes_in_two_complexes_never_make_one_of_them(self, on: date) -> None:
        everywhere = {members for code in plan.area_codes(on=on) for members in code.overlays}
        assert not any(one < other for one in everywhere for other in everywhere)


class TestLists:
    def test_the_codes_of_a_state_in_order(self) -> None:
        codes = [code.npa for code in plan.area_codes(subdivision="US-CA")]
        assert codes == sorted(codes)
        assert len(codes) == 41
        assert {"415", "628", "213"} <= set(codes)

    def test_a_code_of_two_provinces_is_listed_in_both(self) -> None:
        assert plan.area_codes(subdivision="CA-NS") == plan.area_codes(subdivision="CA-PE") != ()

    def test_conditions_add_up(self) -> None:
        georgia = plan.area_codes(subdivision="US-GA", country="US", kind="geographic", status="planned")
        assert [code.npa for code in georgia] == ["565"]
        assert plan.area_codes(subdivision="US-GA", status="planned", on=date(2028, 1, 1)) == ()

    def test_conditions_take_members_as_well_as_text(self) -> None:
        assert plan.area_codes(kind=AreaCodeKind.PREMIUM, status=AreaCodeStatus.IN_SERVICE) == (
            plan.area_code("900"),
        )

    @pytest.mark.parametrize("field", ["subdivision", "country", "kind", "timezone", "status"])
    def test_every_value_that_it_names_lists_something(self, field: str) -> None:
        with pytest.raises(InvalidAreaCodeFilter) as caught:
            plan.area_codes(**{field: "nothing"})  # type: ignore[arg-type]
        listed = {known for known in caught.value.known if plan.area_codes(**{field: known})}  # type: ignore[arg-type]
        assert set(caught.value.known) - listed <= {"unconfirmed"}

    @pytest.mark.parametrize("field", ["subdivision", "country", "kind", "timezone", "status"])
    def test_conditions_are_text(self, field: str) -> None:
        with pytest.raises(TypeError, match=f"{field} is a str, not list"):
            plan.area_codes(**{field: ["US-CA"]})  # type: ignore[arg-type]

    @given(npas, days)
    def test_overlays_are_those_that_share_a_complex_and_no_more(self, npa: str, on: date) -> None:
        shared = {other for members in plan.area_code(npa, on).overlays for other in members} - {npa}
        assert [code.npa for code in plan.area_codes(overlay=npa, on=on)] == sorted(shared)

    def test_an_overlay_is_asked_for_on_a_day_and_does_not_carry_over(self) -> None:
        assert plan.area_codes(overlay="912") == ()
        assert [code.npa for code in plan.area_codes(overlay="912", on=date(2027, 12, 6))] == ["565"]
        assert {code.npa for code in plan.area_codes(overlay="917")} >= {"212", "718"}
        assert "718" not in {code.npa for code in plan.area_codes(overlay="212")}
        assert plan.area_codes(overlay="415", subdivision="US-NV") == ()

    @pytest.mark.parametrize("overlay", ["41", "115", ""])
    def test_what_is_overlaid_is_an_area_code(self, overlay: str) -> None:
        with pytest.raises(UnknownAreaCode):
            plan.area_codes(overlay=overlay)
        with pytest.raises(TypeError, match="an area code is a str, not int"):
            plan.area_codes(overlay=415)  # type: ignore[arg-type]

    def test_a_code_of_two_time_zones_is_listed_in_both(self) -> None:
        chicago, new_york = (
            {code.npa for code in plan.area_codes(timezone=f"America/{city}", kind="geographic")}
            for city in ("Chicago", "New_York")
        )
        assert {"850", "219"} <= chicago & new_york
        assert "312" in chicago - new_york

    @given(
        st.fixed_dictionaries(
            {},
            optional={
                "subdivision": st.sampled_from(["US-CA", "US-IN", "CA-NS", "US-PR", "US-GA"]),
                "country": st.sampled_from(["US", "CA", "PR"]),
                "kind": st.sampled_from(AreaCodeKind),
                "timezone": st.sampled_from(["America/Chicago", "America/New_York", "America/Halifax"]),
                "status": st.sampled_from(["in_service", "planned", "unconfirmed"]),
            },
        ),
        days,
    )
    def test_a_list_is_what_asking_each_code_gives(self, conditions: dict[str, str], on: date) -> None:
        names = {"subdivision": "subdivisions", "timezone": "timezones"}
        expected = []
        for npa in ALL_AREA_CODES:
            code = plan.area_code(npa, on)
            facts = {name: getattr(code, names.get(name, name)) for name in conditions}
            if all(
                wanted in facts[name] if name in names else wanted == facts[name]
                for name, wanted in conditions.items()
            ):
                expected.append(code)
        assert list(plan.area_codes(**conditions, on=on)) == expected

    @pytest.mark.parametrize(
        ("field", "value", "meant"),
        [
            ("subdivision", "CA", "US-CA"),
            ("subdivision", "us-ca", "US-CA"),
            ("subdivision", "ZZ", None),
            ("kind", "toll-free", "toll_free"),
            ("status", "IN_SERVICE", "in_service"),
            ("timezone", "New York", "America/New_York"),
            ("timezone", "US/Eastern", None),
            ("country", "", None),
            ("country", "us", "US"),
        ],
    )
    def test_an_error_says_what_may_be_meant(self, field: str, value: str, meant: str | None) -> None:
        with pytest.raises(InvalidAreaCodeFilter) as caught:
            plan.area_codes(**{field: value})  # type: ignore[arg-type]
        assert caught.value.meant == meant
        assert (f"(perhaps {meant})" in str(caught.value)) == (meant is not None)

    def test_without_conditions_all_800_are_listed(self) -> None:
        assert tuple(code.npa for code in plan.area_codes()) == ALL_AREA_CODES

    def test_the_days_counts_are_those_of_the_administrator(self) -> None:
        counts = {kind: len(plan.area_codes(kind=kind, status="in_service")) for kind in AreaCodeKind}
        assert counts == {
            "geographic": 454,
            "toll_free": 7,
            "premium": 1,
            "personal": 19,
            "non_geographic": 5,
        }

    @pytest.mark.parametrize(
        ("field", "value"),
        [("subdivision", "CA"), ("subdivision", "US-ZZ"), ("country", "USA"), ("country", "FR"),
         ("kind", "toll-free"), ("status", "open"), ("status", "IN_SERVICE"), ("timezone", "US/Pacific")],
    )  # fmt: skip
    def test_an_unknown_value_is_an_error_that_names_the_known_ones(self, field: str, value: str) -> None:
        with pytest.raises(InvalidAreaCodeFilter) as caught:
            plan.area_codes(**{field: value})  # type: ignore[arg-type]
        error = caught.value
        assert isinstance(error, CallerError)
        assert (error.field, error.value) == (field, value)
        assert error.known == tuple(sorted(error.known))
        assert str(error).startswith(f"{field} {value!r} is unknown to the plan")
        assert f"; it knows {error.known[0]}, " in str(error)
        assert (pickle.loads(pickle.dumps(error)).known, copy.copy(error).field) == (error.known, field)


class TestValues:
    def test_kinds_and_statuses_are_their_text(self) -> None:
        assert [str(kind) for kind in AreaCodeKind] == [kind.value for kind in AreaCodeKind]
        assert {f"{status}" for status in AreaCodeStatus} == {
            "in_service", "planned", "unassigned", "reserved", "not_assignable", "unconfirmed",
        }  # fmt: skip

    def test_every_kind_and_status_has_a_sentence(self) -> None:
        assert {
            key_of(member) for enum in (AreaCodeKind, AreaCodeStatus) for member in enum
        } <= SENTENCES.keys()

    def test_an_area_code_is_immutable_and_final(self) -> None:
        code = plan.area_code("415")
        with pytest.raises(AttributeError, match="cannot set 'npa'"):
            code.npa = "416"
        with pytest.raises(AttributeError, match="cannot delete 'npa'"):
            del code.npa
        assert not hasattr(code, "__dict__")
        with pytest.raises(TypeError, match="AreaCode cannot be subclassed"):
            type("Special", (AreaCode,), {})

    def test_an_area_code_takes_plain_words_for_kind_and_status(self) -> None:
        made = AreaCode(npa="415", kind="premium", status="planned")
        assert (made.kind, made.status) == (AreaCodeKind.PREMIUM, AreaCodeStatus.PLANNED)
        assert type(made.status) is AreaCodeStatus

    @pytest.mark.parametrize(
        ("fields", "error"),
        [
            ({"npa": "41", "status": "planned"}, UnknownAreaCode),
            ({"npa": "٤١٥", "status": "planned"}, UnknownAreaCode),
            ({"npa": "115", "status": "planned"}, UnknownAreaCode),
            ({"npa": 415, "status": "planned"}, TypeError),
            ({"npa": "415", "status": "open"}, ValueError),
            ({"npa": "415", "status": "planned", "kind": "fast"}, ValueError),
        ],
    )
    def test_an_area_code_that_can_be_none_cannot_be_made(
        self, fields: dict[str, str], error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            AreaCode(**fields)  # type: ignore[arg-type]

    def test_area_codes_are_equal_by_their_fields(self) -> None:
        code = plan.area_code("415")
        twin = AreaCode(**{name: getattr(code, name) for name in AreaCode.__slots__})
        assert twin == code
        assert hash(twin) == hash(code)
        assert plan.area_code("565") != plan.area_code("565", date(2028, 1, 1))
        assert code != "415"
        assert code != AreaCode(npa="415", status=AreaCodeStatus.IN_SERVICE)

    def test_an_area_code_survives_pickle_and_copy(self) -> None:
        code = plan.area_code("917")
        assert pickle.loads(pickle.dumps(code)) == code
        assert copy.copy(code) is code
        assert copy.deepcopy(code) is code

    def test_the_repr_of_an_area_code_names_its_fields(self) -> None:
        assert repr(plan.area_code("222")) == (
            "AreaCode(npa='222', kind=None, country=None, subdivisions=(), timezones=(), "
            "timezones_certain=True, overlays=frozenset(), status=<AreaCodeStatus.UNASSIGNED: 'unassigned'>, "
            "in_service=None)"
        )


class TestPlans:
    def test_a_plan_says_how_old_it_is(self) -> None:
        assert repr(plan) == "<NumberingPlan as of 2026-09-30, 486 area codes in service>"

    def test_a_plan_from_the_same_text_is_equal(self) -> None:
        twin = NumberingPlan(plan.to_text())
        assert twin == plan
        assert hash(twin) == hash(plan)
        assert twin.area_codes() == plan.area_codes()
        assert NumberingPlan(plan.to_text() + "\n# later\n") != plan
        assert plan != plan.to_text()

    def test_a_byte_order_mark_and_other_line_ends_make_no_other_plan(self) -> None:
        assert NumberingPlan("\ufeff" + plan.to_text().replace("\n", "\r\n")) == plan

    def test_another_plan_gives_other_answers(self) -> None:
        text = plan.to_text().replace("565 2027-12-06", "565 2026-01-01")
        assert NumberingPlan(text).area_code("565").status == "in_service"

    @pytest.mark.parametrize("text", [None, b"as-of 2026-09-30", Path("area_codes.txt")])
    def test_a_plan_is_made_from_text(self, text: object) -> None:
        with pytest.raises(TypeError, match=f"a str, not {type(text).__name__}"):
            NumberingPlan(text)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=f"the list of corrections is a str, not {type(text).__name__}"):
            NumberingPlan.from_report(report_text(), corrections=text)  # type: ignore[arg-type]

    def test_the_bundled_plan_travels_by_name_and_another_by_its_text(self) -> None:
        other = NumberingPlan(plan.to_text() + "\n# another\n")
        assert pickle.loads(pickle.dumps(plan)) is plan
        assert copy.deepcopy(plan) is plan
        assert pickle.loads(pickle.dumps(other)) == other

    def test_importing_the_plan_reads_no_file_and_asking_it_loads_nothing_heavy(self) -> None:
        probe = (
            "import sys; from pstnkit.numbering.plan import plan; assert plan._loaded is None; "
            "heavy = {'csv', 'json', 'zoneinfo', 'importlib.resources', 'pathlib', 'attr', "
            "'pstnkit.numbering.plan_text', 'pstnkit.numbering.plan_sources'} & sys.modules.keys(); "
            "plan.statuses(); plan.area_code('415'); "
            "late = {'pathlib', 'attr', 'csv'} & sys.modules.keys(); print(heavy, late)"
        )
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {probe}"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == "set() set()"


class TestShapeAgrees:
    """The constants of shape and the plan are two statements of the same facts."""

    @staticmethod
    def codes(kind: str) -> set[int]:
        return {int(code.npa) for code in plan.area_codes(kind=kind)}

    def test_every_assigned_code_without_a_place_is_in_its_set(self) -> None:
        assert self.codes("toll_free") <= shape.TOLL_FREE
        assert self.codes("personal") <= shape.PERSONAL
        assert self.codes("non_geographic") | self.codes("premium") <= shape.NON_GEOGRAPHIC

    def test_the_sets_hold_nothing_that_serves_a_place_or_can_never_be_assigned(self) -> None:
        for npa in shape.TOLL_FREE | shape.PERSONAL | shape.NON_GEOGRAPHIC:
            code = plan.area_code(str(npa))
            assert code.kind != "geographic"
            assert code.status in ("in_service", "planned", "reserved")

    def test_foreign_codes_are_those_of_other_countries_and_territories(self) -> None:
        elsewhere = {
            int(code.npa) for code in plan.area_codes(kind="geographic") if code.country not in ("US", "CA")
        }
        assert elsewhere == shape.FOREIGN

    @given(npas)
    def test_what_has_no_shape_is_never_assigned(self, npa: str) -> None:
        if shape.area_code_fault(int(npa)):
            assert plan.area_code(npa).status == "not_assignable"
