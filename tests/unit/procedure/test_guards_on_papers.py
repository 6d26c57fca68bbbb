"""Guards that look at the papers, services and pieces of evidence that come with an event."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.unit.procedure.conftest import make_delivery
from tests.unit.procedure.enclosed_papers import made
from workstation.domain.cases import CaseFile, IssuedDocument
from workstation.domain.evidence import Evidence, EvidenceKind
from workstation.domain.parties import Party, PartyKind
from workstation.procedure import Enclosures, Paper

Before = Callable[..., CaseFile]
Refused = Callable[..., dict[str, Any]]

HEADS = [{"name": name, "opinion": "同意罚款。"} for name in ("陆屿川", "叶怀山", "周砥")]
REVIEW = {"opinion": "同意", "reason": "事实清楚，证据充分，程序合法。"}
# guard, form, event kind, values that are wrong, values that are right
VALUES = [
    (
        "papers_state_the_amounts",
        "D51",
        "decision_made",
        {"fine": 110000, "confiscated": 1600},
        {"fine": 100000, "confiscated": 1600},
    ),
    (
        "papers_state_the_amounts",
        "D51",
        "decision_made",
        {"fine": 100000, "confiscated": 0},
        {"fine": "100000.00"},
    ),
    (
        "every_head_gives_an_opinion",
        "D49",
        "deliberated",
        {"heads": HEADS[:2], "conclusion": "一致同意。"},
        {"heads": HEADS, "conclusion": "一致同意。"},
    ),
    (
        "every_head_gives_an_opinion",
        "D49",
        "deliberated",
        {"heads": HEADS, "conclusion": ""},
        {"heads": HEADS, "conclusion": "一致同意。"},
    ),
    ("review_is_reasoned", "D40", "review_concluded", {**REVIEW, "reason": "同意。"}, REVIEW),
    ("review_is_reasoned", "D40", "review_concluded", {**REVIEW, "law": "违法"}, REVIEW),
    ("review_is_reasoned", "D40", "review_concluded", {**REVIEW, "opinion": "不同意"}, REVIEW),
    (
        "signed_in_order",
        "D50",
        "decision_made",
        {"officer_date": "2026-10-15", "head_date": "2026-10-14"},
        {"officer_date": "2026-10-14", "head_date": "2026-10-15"},
    ),
    (
        "signed_in_order",
        "D50",
        "decision_made",
        {"head_date": "2026-10-16"},
        {"head_date": "2026-10-15"},
    ),
    (
        "hours_noted_on_records",
        "D12",
        "person_questioned",
        {"started_at": "2026-08-24T10:45", "ended_at": "2026-08-24T09:30"},
        {"started_at": "2026-08-24T09:30", "ended_at": "2026-08-24T10:45"},
    ),
    (
        "hours_noted_on_records",
        "D12",
        "person_questioned",
        {"started_at": "2026-08-24T09:30", "ended_at": "2026-08-24T11:00"},
        {"started_at": "2026-08-24T09:30", "ended_at": "2026-08-24T10:45"},
    ),
    (
        "correction_is_no_penalty",
        "D51",
        "decision_made",
        {"other_penalty": "责令限期改正"},
        {"other_penalty": "责令停产停业"},
    ),
    (
        "publication_is_stripped",
        "D58",
        "decision_published",
        {"facts_summary": "驾驶员（公民身份号码990399198804230033）"},
        {"public_number": "91330399MA0000015L"},
    ),
    (
        "publication_is_stripped",
        "D58",
        "decision_published",
        {"facts_summary": "联系电话0000-00000000"},
        {"facts_summary": "倾倒建筑垃圾16.4立方米"},
    ),
    (
        "basis_is_paired",
        "D51",
        "decision_made",
        {"violated": "生态环境法典§1169§1", "penalty": "生态环境法典§1169§1"},
        {"violated": "生态环境法典§518§2", "penalty": "生态环境法典§1169§1"},
    ),
]


@pytest.mark.parametrize("row", VALUES)
def test_a_paper_that_says_otherwise_than_the_case_is_blocked(
    before: Before, refused: Refused, row: tuple[str, str, str, dict[str, Any], dict[str, Any]]
) -> None:
    guard, form, kind, wrong, right = row
    file = before(kind)

    found = refused(file, kind, enclosed=made(form, kind, **wrong))

    assert found[guard].hard
    assert guard not in refused(file, kind, enclosed=made(form, kind, **right))


def test_another_clause_than_the_listed_one_warns(before: Before, refused: Refused) -> None:
    enclosed = made("D51", "decision_made", penalty="生态环境法典§1170§1")

    blocks = refused(before("decision_made"), "decision_made", enclosed=enclosed)

    assert not blocks["basis_is_paired"].hard


# guard, form, event kind, the day and number that are wrong
DATES = [
    ("papers_dated_by_then", "D50", "decision_made", {"dated": "2026-10-16"}),
    ("papers_dated_by_then", "D50", "decision_made", {"dated": "2026-08-18"}),
    ("decision_dated_as_made", "D51", "decision_made", {"dated": "2026-10-14"}),
    ("number_has_its_brackets", "D51", "decision_made", {"number": "屿综执罚决字[2026]0186号"}),
]


@pytest.mark.parametrize(("guard", "form", "kind", "wrong"), DATES)
def test_a_paper_of_the_wrong_day_or_number_is_blocked_before_it_is_made(
    before: Before, refused: Refused, guard: str, form: str, kind: str, wrong: dict[str, str]
) -> None:
    file = before(kind)

    found = refused(file, kind, enclosed=replace(made(form, kind, **wrong), made=False))

    assert found[guard].hard
    right = replace(made(form, kind), made=False)
    assert guard not in refused(file, kind, enclosed=right)


def issued(form: str, day: str, **values: Any) -> IssuedDocument:
    return IssuedDocument(
        id=form,
        form=form,
        occurrence=1,
        title=f"文书{form}",
        number="",
        dated=date.fromisoformat(day),
        step=1,
        values=values,
        docx_sha256="",
        template_sha256="",
        event_position=1,
    )


RECEIPT = {
    "form": "D51",
    "method": "直接送达",
    "receiver": "卓望野",
    "receiver_role": "法定代表人",
    "at": "2026-10-19T10:20",
    "place": "龙屿市望潮大道0号",
    "officers": ["林问渠", "苏砚舟"],
}


@pytest.mark.parametrize(("day", "stands"), [("2026-10-20", True), ("2026-10-15", False)])
def test_a_receipt_older_than_its_paper_is_blocked(
    before: Before,
    refused: Refused,
    day: str,
    stands: bool,  # noqa: FBT001 - a column of the table
) -> None:
    file = replace(before("decision_served"), documents=(issued("D51", day),))
    enclosed = Enclosures(delivered=("D51",))

    blocks = refused(file, "decision_served", enclosed=enclosed, deliveries=[RECEIPT])

    assert ("receipts_follow_papers" in blocks) is stands


@pytest.mark.parametrize(
    ("papers", "stands"),
    [
        ((), True),
        ((issued("D13", "2026-08-25", electronic=False),), True),
        ((issued("D13", "2026-08-25", electronic=True),), False),
    ],
)
def test_electronic_service_needs_a_signed_consent(
    before: Before,
    refused: Refused,
    papers: tuple[IssuedDocument, ...],
    stands: bool,  # noqa: FBT001 - a column of the table
) -> None:
    file = replace(before("decision_served"), documents=papers)

    blocks = refused(file, "decision_served", deliveries=[{**RECEIPT, "method": "电子送达"}])

    assert ("electronic_service_is_agreed" in blocks) is stands


def test_a_case_closes_with_a_receipt_for_every_paper_served(
    before: Before, refused: Refused
) -> None:
    file = replace(before("case_closed"), documents=(issued("D51", "2026-10-15"),))
    served = replace(file, deliveries=(make_delivery(RECEIPT),))

    blocks = refused(file, "case_closed")

    assert blocks["served_papers_have_receipts"].hard
    assert "served_papers_have_receipts" not in refused(served, "case_closed")


NEEDED = ["D01", "D06", "D12", "D23", "D37", "D38", "D39", "D40", "D41", "D50", "D51", "D66"]


def test_a_volume_that_lacks_a_paper_is_noted(before: Before, refused: Refused) -> None:
    heard = ["D46", "D47", "D48", "D49"]
    whole = tuple(issued(form, "2026-10-15") for form in (*NEEDED, *heard))
    lacking = tuple(d for d in whole if d.form not in {"D38", "D49"})

    blocks = refused(replace(before("case_closed"), documents=lacking), "case_closed")

    assert "D38、D49" in blocks["volume_holds_what_it_must"].message
    complete = refused(replace(before("case_closed"), documents=whole), "case_closed")
    assert "volume_holds_what_it_must" not in complete


PIECE = Evidence(
    position=1,
    name="营业执照复印件",
    kind=EvidenceKind.DOCUMENTARY,
    source="当事人提供",
    obtained_by="林问渠",
    obtained_on=date(2026, 8, 20),
    proves="主体资格",
)
# guard, event kind, what is wrong with the piece
PIECES = [
    ("evidence_is_noted", "evidence_collected", {"source": "—"}),
    ("evidence_is_noted", "evidence_collected", {"obtained_by": " "}),
    ("evidence_is_noted", "evidence_collected", {"proves": ""}),
    ("evidence_is_obtained_by_then", "evidence_collected", {"obtained_on": date(2026, 8, 21)}),
    ("evidence_precedes_the_decision", "decision_published", {"obtained_on": date(2026, 10, 20)}),
    ("party_identity_is_evidenced", "investigation_closed", {"name": "现场照片"}),
]


@pytest.mark.parametrize(("guard", "kind", "wrong"), PIECES)
def test_a_piece_of_evidence_that_lacks_something_is_noted(
    before: Before, refused: Refused, guard: str, kind: str, wrong: dict[str, Any]
) -> None:
    file = before(kind)

    blocks = refused(file, kind, enclosed=Enclosures(evidence=(replace(PIECE, **wrong),)))

    assert blocks[guard].message
    assert guard not in refused(file, kind, enclosed=Enclosures(evidence=(PIECE,)))


def test_an_investigation_ends_when_every_piece_is_judged(
    before: Before, refused: Refused
) -> None:
    file = replace(before("investigation_closed"), evidence=(PIECE,))
    judged = replace(file, evidence=(replace(PIECE, accepted=True),))

    blocks = refused(file, "investigation_closed", evidence_examined=None)

    assert blocks["evidence_is_judged"].hard
    assert refused(judged, "investigation_closed", evidence_examined=None) == {}
    assert refused(file, "investigation_closed", evidence_examined=True) == {}


@pytest.mark.parametrize("stated", ["来源不明", "7：来源不明"])
def test_a_rejected_piece_is_named_with_a_reason(
    before: Before, refused: Refused, stated: str
) -> None:
    file = replace(before("investigation_closed"), evidence=(PIECE,))

    blocks = refused(file, "investigation_closed", rejected_evidence=stated)

    assert blocks["rejections_name_pieces"].hard
    assert refused(file, "investigation_closed", rejected_evidence="1：来源不明") == {}


@pytest.mark.parametrize(("day", "stands"), [("2026-09-09", True), ("2026-09-15", False)])
def test_a_waiver_is_written_after_the_notice(
    before: Before,
    refused: Refused,
    day: str,
    stands: bool,  # noqa: FBT001 - a column of the table
) -> None:
    file = before("statement_received")
    waiver = Paper(form="D45", title="声明", number="", dated=date.fromisoformat(day))

    none = refused(file, "statement_received", waived=True)
    one = refused(file, "statement_received", waived=True, enclosed=Enclosures(papers=(waiver,)))

    assert none["waiver_is_written"].hard
    assert ("waiver_is_written" in one) is stands
    assert "waiver_is_written" not in refused(file, "statement_received")


def test_a_person_is_published_by_family_name_only(before: Before, refused: Refused) -> None:
    person = Party(kind=PartyKind.CITIZEN, name="江大帆", birth_date=date(1980, 3, 1))
    file = before("decision_published", party=person)

    full = refused(file, "decision_published", enclosed=_published("江大帆"))

    assert full["publication_is_stripped"].hard
    assert refused(file, "decision_published", enclosed=_published("江某")) == {}


def _published(name: str) -> Enclosures:
    return made("D58", "decision_published", public_name=name)


def test_nothing_of_a_minor_is_published(before: Before, refused: Refused) -> None:
    minor = Party(kind=PartyKind.CITIZEN, name="江小帆", birth_date=date(2010, 3, 1))
    adult = replace(minor, birth_date=date(1980, 3, 1))

    blocks = refused(before("decision_published", party=minor), "decision_published")

    assert blocks["minors_are_not_published"].hard
    assert refused(before("decision_published", party=adult), "decision_published") == {}
