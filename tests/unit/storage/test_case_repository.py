from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.storage.samples import make_case, make_event
from workstation.domain.cases import Case
from workstation.domain.parties import Party, PartyKind
from workstation.storage import Database, DeadlineEntry, new_record_id
from workstation.storage.errors import AmbiguousCaseError, CaseNotFoundError, StaleCaseError


def add(database: Database, *cases: Case) -> None:
    with database.writing() as unit:
        for case in cases:
            unit.cases.add(case)


def test_a_case_comes_back_as_it_was_added(database: Database) -> None:
    add(database, make_case())

    with database.reading() as unit:
        assert unit.cases.get("c0ffee") == make_case()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(party=st.builds(Party), title=st.text(), facts=st.dictionaries(st.text(), st.text()))
def test_every_party_title_and_fact_survives_the_database(
    database: Database, party: Party, title: str, facts: dict[str, str]
) -> None:
    case = replace(make_case(new_record_id()), party=party, title=title, facts=dict(facts))

    add(database, case)

    with database.reading() as unit:
        assert unit.cases.get(case.id) == case


def test_the_order_of_facts_is_kept(database: Database) -> None:
    add(database, make_case())

    with database.reading() as unit:
        assert list(unit.cases.get("c0ffee").facts) == ["volume_m3", "trips", "place", "seen"]


def test_an_update_replaces_facts_officers_and_party(database: Database) -> None:
    add(database, make_case())
    party = replace(make_case().party, name="改名公司", birth_date=date(1990, 1, 1))
    changed = replace(make_case(), facts={"trips": 3}, officers=("苏砚舟",), party=party)

    with database.writing() as unit:
        updated = unit.cases.update(changed)

    assert updated == replace(changed, version=2)
    with database.reading() as unit:
        assert unit.cases.get("c0ffee") == updated


def test_a_change_of_the_lead_alone_raises_the_version(database: Database) -> None:
    add(database, make_case())
    lead = replace(make_case().lead, reporter="匿名")

    with database.writing() as unit:
        updated = unit.cases.update(replace(make_case(), lead=lead))

    assert updated.version == 2


def test_an_update_from_a_stale_copy_is_refused_and_changes_nothing(database: Database) -> None:
    add(database, make_case())
    with database.writing() as unit:
        unit.cases.update(replace(make_case(), summary="先到"))

    with pytest.raises(StaleCaseError, match="已被他人修改"), database.writing() as unit:
        unit.cases.update(replace(make_case(), summary="后到"))

    with database.reading() as unit:
        assert unit.cases.get("c0ffee").summary == "先到"


def test_appending_an_event_leaves_the_version_alone(database: Database) -> None:
    add(database, make_case())

    with database.writing() as unit:
        unit.events.append("c0ffee", make_event())

    with database.reading() as unit:
        assert unit.cases.get("c0ffee").version == 1


@pytest.mark.parametrize(
    "wanted", ["c0ffee", "c0ff", " 屿案源〔2026〕c0ffee号", "屿综执立字〔2026〕0186号"]
)
def test_a_case_is_found_by_id_prefix_lead_number_and_number(
    database: Database, wanted: str
) -> None:
    add(database, replace(make_case(), number="屿综执立字〔2026〕0186号"), make_case("beef"))

    with database.reading() as unit:
        assert unit.cases.find(wanted) == "c0ffee"


@pytest.mark.parametrize("wanted", ["", "nothing", "%", "c_"])
def test_a_case_that_is_not_there_is_named(database: Database, wanted: str) -> None:
    add(database, make_case())

    with database.reading() as unit, pytest.raises(CaseNotFoundError):
        unit.cases.find(wanted)


def test_a_prefix_of_two_ids_is_ambiguous(database: Database) -> None:
    add(database, make_case("aa1"), make_case("aa2"))

    with database.reading() as unit, pytest.raises(AmbiguousCaseError, match="2个"):
        unit.cases.find("aa")


def test_getting_an_unknown_case_is_refused(database: Database) -> None:
    with database.reading() as unit, pytest.raises(CaseNotFoundError, match="none"):
        unit.cases.get("none")


def test_a_summary_shows_number_step_last_event_and_next_deadline(database: Database) -> None:
    add(database, make_case())

    with database.writing() as unit:
        unit.events.append("c0ffee", make_event("scene_inspected", 3, day=19))
        unit.events.append("c0ffee", make_event("case_filed", 2, day=21))
        unit.deadlines.replace("c0ffee", [_due("办案", 20), _due("保存", 1), _due("已办", 0)])

    with database.reading() as unit:
        (summary,) = unit.cases.summaries()
    assert (summary.step, summary.last_event) == (3, "立案")
    assert summary.filed_on == date(2026, 8, 21)
    assert summary.last_event_at == datetime.fromisoformat("2026-08-21T09:30")
    assert (summary.next_due, summary.next_due_name) == (date(2026, 9, 2), "保存")
    assert summary.officers == ("林问渠", "苏砚舟")


def test_a_summary_follows_an_update(database: Database) -> None:
    add(database, make_case())

    with database.writing() as unit:
        unit.cases.update(replace(make_case(), number="立字1号", title="新名称"))

    with database.reading() as unit:
        (summary,) = unit.cases.summaries("新名称")
    assert summary.number == "立字1号"


def test_before_filing_the_lead_number_stands_for_the_number(database: Database) -> None:
    add(database, make_case())

    with database.reading() as unit:
        assert unit.cases.summaries()[0].number == "屿案源〔2026〕c0ffee号"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 3), ("渣土", 3), ("ALPHA", 1), ("林问渠 beta", 1), ("100%", 1), ("_", 0), ("无此案", 0)],
)
def test_the_list_holds_the_cases_with_every_word(
    database: Database, text: str, expected: int
) -> None:
    titles = {"a": "Alpha案", "b": "beta案", "c": "含水100%案"}
    add(database, *(make_case(case_id, title=title) for case_id, title in titles.items()))

    with database.reading() as unit:
        assert unit.cases.count(text) == expected
        assert len(unit.cases.summaries(text)) == expected


def test_pages_of_the_list_follow_each_other_latest_event_first(database: Database) -> None:
    add(database, *(make_case(f"case{n}") for n in range(5)))
    with database.writing() as unit:
        for n in (3, 1, 4, 0, 2):
            unit.events.append(f"case{n}", make_event(day=20 + n))

    with database.reading() as unit:
        pages = [unit.cases.summaries(limit=2, offset=offset) for offset in (0, 2, 4)]

    found = [[summary.id for summary in page] for page in pages]
    assert found == [["case4", "case3"], ["case2", "case1"], ["case0"]]


def _due(name: str, day: int) -> DeadlineEntry:
    last_day = date(2026, 9, 1 + day)
    return DeadlineEntry(code="DL06", name=name, last_day=last_day, done=name == "已办")


def _of(case_id: str, name: str, number: str) -> Case:
    case = make_case(case_id)
    return replace(case, party=replace(case.party, name=name, number=number))


@pytest.mark.parametrize(
    ("name", "number", "found"),
    [
        ("鲸礁公司", "91330399MA0000015L", ("renamed", "same", "unnumbered")),
        ("鲸礁公司", "", ("other", "same", "unnumbered")),
        ("无此公司", "", ()),
    ],
)
def test_cases_of_a_party_share_its_number_or_else_its_name(
    database: Database, name: str, number: str, found: tuple[str, ...]
) -> None:
    known, another = "91330399MA0000015L", "91330399MA00000293"
    add(database, _of("same", "鲸礁公司", known), _of("renamed", "旧名公司", known))
    add(database, _of("other", "鲸礁公司", another), _of("unnumbered", "鲸礁公司", ""))
    party = replace(make_case().party, name=name, number=number)

    with database.reading() as unit:
        assert unit.cases.of_party(party, except_case="none") == found
        assert "same" not in unit.cases.of_party(party, except_case="same")


def test_a_party_not_identified_has_no_other_cases(database: Database) -> None:
    case = make_case()
    unknown = replace(case.party, kind=PartyKind.UNIDENTIFIED, name="身份不明")
    add(database, replace(case, party=unknown))

    with database.reading() as unit:
        assert unit.cases.of_party(unknown) == ()
