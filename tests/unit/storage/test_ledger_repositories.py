from dataclasses import replace
from datetime import date

import pytest

from tests.unit.storage.samples import make_case
from workstation.storage import Database, DeadlineEntry, DueFilter


@pytest.fixture
def filled(database: Database) -> Database:
    with database.writing() as unit:
        unit.cases.add(make_case("one"))
        unit.cases.add(make_case("two"))
    return database


def test_a_draft_comes_back_with_values_and_base_version(filled: Database) -> None:
    with filled.writing() as unit:
        saved = unit.drafts.put("one", "D51", 1, {"facts": "草稿", "rows": [1]}, 4)

    with filled.reading() as unit:
        draft = unit.drafts.get("one", "D51")
    assert draft == saved
    assert draft is not None
    assert (dict(draft.values), draft.base_version) == ({"facts": "草稿", "rows": [1]}, 4)


def test_a_later_draft_takes_the_place_of_the_one_before(filled: Database) -> None:
    with filled.writing() as unit:
        unit.drafts.put("one", "D51", 1, {"facts": "甲"}, 1)
        unit.drafts.put("one", "D51", 1, {"facts": "乙"}, 2)

    with filled.reading() as unit:
        assert [draft.values for draft in unit.drafts.of_case("one")] == [{"facts": "乙"}]


def test_drafts_of_a_case_are_listed_by_form_and_occurrence(filled: Database) -> None:
    with filled.writing() as unit:
        for form, occurrence in (("D51", 1), ("D12", 2), ("D12", 1)):
            unit.drafts.put("one", form, occurrence, {}, 1)
        unit.drafts.put("two", "D01", 1, {}, 1)

    with filled.reading() as unit:
        found = [(draft.form, draft.occurrence) for draft in unit.drafts.of_case("one")]
    assert found == [("D12", 1), ("D12", 2), ("D51", 1)]


def test_a_discarded_draft_is_gone_and_discarding_again_is_harmless(filled: Database) -> None:
    with filled.writing() as unit:
        unit.drafts.put("one", "D51", 1, {}, 1)
        unit.drafts.delete("one", "D51")
        unit.drafts.delete("one", "D51")

    with filled.reading() as unit:
        assert unit.drafts.get("one", "D51") is None


def test_deadlines_replace_those_before_and_keep_their_order(filled: Database) -> None:
    entries = [
        _entry("DL06", 9),
        _entry("DL01", 3),
        DeadlineEntry(code="X", name="待", last_day=None),
    ]
    with filled.writing() as unit:
        unit.deadlines.replace("one", [_entry("OLD", 1)])

    with filled.writing() as unit:
        unit.deadlines.replace("one", entries)

    with filled.reading() as unit:
        assert unit.deadlines.of_case("one") == tuple(entries)


def test_open_deadlines_of_all_cases_are_due_nearest_first(filled: Database) -> None:
    with filled.writing() as unit:
        unit.deadlines.replace("one", [_entry("DL06", 9), _entry("DONE", 1, done=True)])
        unit.deadlines.replace("two", [_entry("DL01", 3), _entry("LATE", 20)])

    with filled.reading() as unit:
        due = unit.deadlines.due(DueFilter(last=date(2026, 9, 10)))
    assert [(d.case_id, d.code) for d in due] == [("two", "DL01"), ("one", "DL06")]
    assert due[0].case_title == make_case().title


def test_many_cases_are_stored_as_one_by_one(filled: Database) -> None:
    late, later, done = _entry("DL06", 9), _entry("DL01", 12), _entry("DONE", 1, done=True)
    with filled.writing() as unit:
        unit.deadlines.replace("one", [_entry("OLD", 1)])
        unit.deadlines.replace_all({"one": [later, done, late], "two": []})

    with filled.reading() as unit:
        assert unit.deadlines.of_case("one") == (later, done, late)
        assert unit.deadlines.of_case("two") == ()
        found = {case.id: (case.next_due_name, case.next_due) for case in unit.cases.summaries()}
    assert found["one"] == (late.name, late.last_day)
    assert found["two"] == ("", None)


def test_a_case_with_every_deadline_done_has_none_next(filled: Database) -> None:
    with filled.writing() as unit:
        unit.deadlines.replace("one", [_entry("DL06", 9)])
        unit.deadlines.replace("one", [_entry("DL06", 9, done=True)])

    with filled.reading() as unit:
        assert {summary.next_due for summary in unit.cases.summaries()} == {None}


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (DueFilter(), ["DL01", "DL06", "LATE"]),
        (DueFilter(first=date(2026, 9, 4), last=date(2026, 9, 9)), ["DL06"]),
        (DueFilter(holder="当事人"), ["DL06"]),
        (DueFilter(code="LATE"), ["LATE"]),
        (DueFilter(officer="林问渠"), ["DL01", "DL06", "LATE"]),
        (DueFilter(text="没有这个词"), []),
        (DueFilter(ending=frozenset({"DL06"}), today=date(2026, 9, 9)), ["DL01", "DL06", "LATE"]),
        (DueFilter(ending=frozenset({"DL06"}), today=date(2026, 9, 10)), ["DL01", "LATE"]),
    ],
)
def test_due_deadlines_are_filtered_and_counted_alike(
    filled: Database, wanted: DueFilter, codes: list[str]
) -> None:
    party = replace(_entry("DL06", 9), holder="当事人")
    with filled.writing() as unit:
        unit.deadlines.replace("one", [party, _entry("LATE", 20)])
        unit.deadlines.replace("two", [_entry("DL01", 3)])

    with filled.reading() as unit:
        assert [d.code for d in unit.deadlines.due(wanted)] == codes
        assert unit.deadlines.count_due(wanted) == len(codes)
        assert [d.code for d in unit.deadlines.due(wanted, limit=5, offset=1)] == codes[1:]


def _entry(code: str, day: int, *, done: bool = False) -> DeadlineEntry:
    return DeadlineEntry(
        code=code, name="期限", last_day=date(2026, 9, day), provisional=day > 5, done=done
    )
