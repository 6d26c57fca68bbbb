import hashlib
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from tests.unit.storage.samples import (
    DOCX,
    make_case,
    make_delivery,
    make_document,
    make_event,
    make_evidence,
)
from workstation.domain.cases import CaseFile
from workstation.storage import Database
from workstation.storage.errors import (
    CaseNotFoundError,
    DocumentDamagedError,
    DocumentNotFoundError,
)


@pytest.fixture
def filled(database: Database) -> Database:
    with database.writing() as unit:
        unit.cases.add(make_case())
        unit.events.append("c0ffee", make_event())
        unit.documents.add("c0ffee", make_document(), DOCX)
        unit.documents.add_delivery(make_delivery())
        unit.evidence.add("c0ffee", make_evidence())
    return database


def test_a_case_file_comes_back_whole(filled: Database) -> None:
    with filled.reading() as unit:
        file = unit.cases.load_case_file("c0ffee")

    assert file == CaseFile(
        case=make_case(),
        events=(replace(make_event(), position=1),),
        documents=(make_document(),),
        deliveries=(make_delivery(),),
        evidence=(replace(make_evidence(), position=1),),
    )


def test_events_and_evidence_get_positions_in_order(filled: Database) -> None:
    with filled.writing() as unit:
        event = unit.events.append("c0ffee", make_event("note_added"))
        evidence = unit.evidence.add("c0ffee", make_evidence())

    assert (event.position, evidence.position) == (2, 2)


def test_positions_are_counted_per_case(filled: Database) -> None:
    with filled.writing() as unit:
        unit.cases.add(make_case("beef"))

        assert unit.events.append("beef", make_event()).position == 1


def test_events_of_other_cases_are_found_by_time(filled: Database) -> None:
    with filled.writing() as unit:
        unit.cases.add(make_case("beef"))
        unit.events.append("beef", make_event("person_questioned", 3))
        unit.events.append("beef", make_event("note_added", 3, day=25))
    day = (datetime.fromisoformat("2026-08-21T00:00"), datetime.fromisoformat("2026-08-21T23:59"))

    with filled.reading() as unit:
        found = unit.events.between(*day, except_case="c0ffee")

    assert [(case_id, event.kind) for case_id, event in found] == [("beef", "person_questioned")]


def test_events_that_do_not_state_a_thing_are_left_out(filled: Database) -> None:
    until = replace(make_event("person_questioned", 3), data={"until": "2026-08-21T11:00"})
    with filled.writing() as unit:
        unit.cases.add(make_case("beef"))
        unit.events.append("beef", until)
        unit.events.append("beef", make_event("note_added", 3))
    day = (datetime.fromisoformat("2026-08-21T00:00"), datetime.fromisoformat("2026-08-21T23:59"))

    with filled.reading() as unit:
        found = unit.events.between(*day, except_case="c0ffee", stating="until")

    assert [event.kind for _, event in found] == ["person_questioned"]


def test_the_frozen_file_comes_back_byte_for_byte(filled: Database) -> None:
    with filled.reading() as unit:
        assert unit.documents.docx_of("d1") == DOCX


def test_a_file_that_is_not_the_one_named_is_refused(filled: Database) -> None:
    with filled.writing() as unit, pytest.raises(ValueError, match="digest"):
        unit.documents.add("c0ffee", make_document("d2", nth=2), b"other")


def test_a_frozen_file_changed_behind_the_program_is_not_handed_out(filled: Database) -> None:
    with filled._writing_engine.begin() as connection:
        connection.execute(text("DROP TRIGGER document_files_no_update"))
        connection.execute(text("UPDATE document_files SET docx = x'00'"))

    with filled.reading() as unit, pytest.raises(DocumentDamagedError, match="立案审批表"):
        unit.documents.docx_of("d1")


def test_pages_can_be_noted_after_issue(filled: Database) -> None:
    with filled.writing() as unit:
        unit.documents.set_pages("d1", 3)

    with filled.reading() as unit:
        assert unit.documents.get("d1") == replace(make_document(), pages=3)


def test_occurrences_of_a_form_are_counted(filled: Database) -> None:
    with filled.reading() as unit:
        following = [unit.documents.next_occurrence("c0ffee", form) for form in ("D06", "D51")]

    assert following == [2, 1]


def test_a_document_that_is_not_there_is_named(filled: Database) -> None:
    with filled.writing() as unit, pytest.raises(DocumentNotFoundError, match="d9"):
        unit.documents.add_delivery(make_delivery("d9"))


def test_whether_evidence_was_accepted_is_noted_with_the_reason(filled: Database) -> None:
    with filled.writing() as unit:
        unit.evidence.decide("c0ffee", 1, accepted=False, reason="来源不明")

    with filled.reading() as unit:
        (evidence,) = unit.evidence.of_case("c0ffee")
    assert (evidence.accepted, evidence.reason) == (False, "来源不明")


def test_digests_of_all_evidence_files_are_listed_once(filled: Database) -> None:
    digest = hashlib.sha256(b"video").hexdigest()
    with filled.writing() as unit:
        unit.evidence.add("c0ffee", make_evidence(sha256=digest))
        unit.evidence.add("c0ffee", make_evidence(sha256=digest))

    with filled.reading() as unit:
        assert unit.evidence.digests() == {digest}


def test_nothing_is_stored_in_a_case_that_is_not_there(filled: Database) -> None:
    with filled.writing() as unit:
        with pytest.raises(CaseNotFoundError):
            unit.events.append("none", make_event())
        with pytest.raises(CaseNotFoundError):
            unit.documents.add("none", make_document("d2"), DOCX)
        with pytest.raises(CaseNotFoundError):
            unit.evidence.add("none", make_evidence())
        with pytest.raises(CaseNotFoundError):
            unit.evidence.decide("c0ffee", 9, accepted=True, reason="")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_events SET title = '改'",
        "DELETE FROM case_events",
        "UPDATE documents SET number = '改'",
        "UPDATE documents SET field_values = '{}'",
        "DELETE FROM documents",
        "UPDATE document_files SET docx = x'00'",
        "DELETE FROM document_files",
    ],
)
def test_what_happened_can_not_be_rewritten_through_sql(filled: Database, statement: str) -> None:
    with (
        filled._writing_engine.connect() as connection,
        pytest.raises(IntegrityError, match="append-only"),
    ):
        connection.execute(text(statement))


def test_times_with_a_zone_are_refused(filled: Database) -> None:
    aware = replace(make_event(), at=datetime.fromisoformat("2026-08-21T09:30+08:00"))

    with pytest.raises(StatementError, match="local time"), filled.writing() as unit:
        unit.events.append("c0ffee", aware)
