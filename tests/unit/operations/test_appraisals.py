"""A round of appraisal in an office: drawing, independence, proposals, a sheet, an appeal."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from workstation.bootstrap import Workstation
from workstation.domain.cases import CaseEvent
from workstation.errors import InvalidInputError
from workstation.legislation.citations import Verdict
from workstation.legislation.package_source import StatutePackageMissingError
from workstation.operations.appraisal_marks import accepting, new_mark
from workstation.operations.appraisal_records import CaseAppraisal
from workstation.review.appraisals import MarkKind, Seat

_SPAN = (date(2026, 1, 1), date(2026, 12, 31))
_APPRAISER = "言外山"


@pytest.fixture
def closed(desk: Workstation, case_id: str) -> str:
    """The filed demo case without papers, closed; its missing papers are failed checks."""
    with desk.database.writing() as unit:
        unit.events.append(
            case_id,
            CaseEvent(
                position=0,
                kind="case_closed",
                step=17,
                at=datetime(2026, 11, 4, 10),
                title="结案",
                actor="叶怀山",
            ),
        )
    return case_id


@pytest.fixture
def opened(desk: Workstation, closed: str) -> CaseAppraisal:
    """The case drawn, with its first appraiser."""
    desk.appraisals.sample("年度评查", _SPAN, Decimal(1), seed="s", person="方小满")
    desk.appraisals.assign("2026-1", closed, Seat.FIRST, _APPRAISER, by="方小满")
    return desk.appraisals.open("2026-1", closed)


def _year(desk: Workstation) -> str:
    return desk.appraisals.rounds()[0].id


def _refuse_all(desk: Workstation, case: str, *, seat: Seat = Seat.FIRST) -> None:
    sheet = desk.appraisals.open(_year(desk), case).sheet(seat)
    assert sheet is not None
    for proposal in sheet.open:
        mark = new_mark(MarkKind.REJECT, proposal.id, sheet.appraiser, "纸质文书在卷")
        desk.appraisals.mark(_year(desk), case, seat, mark)


def test_a_round_keeps_its_seed_and_cases(desk: Workstation, closed: str) -> None:
    made = desk.appraisals.sample("年度评查", _SPAN, Decimal("0.1"), seed="s", person="方小满")

    (kept,) = desk.appraisals.rounds()
    assert kept == made
    assert (kept.seed, [drawn.case_id for drawn in kept.drawn]) == ("s", [closed])


@pytest.mark.parametrize(("share", "by"), [("0", "程序"), ("1.1", "程序"), ("0.5", "星座")])
def test_a_draw_that_makes_no_sense_is_refused(
    desk: Workstation, closed: str, share: str, by: str
) -> None:
    assert closed
    with pytest.raises(InvalidInputError):
        desk.appraisals.sample("年度评查", _SPAN, Decimal(share), by=by, person="方小满")


@pytest.mark.usefixtures("case_id")
def test_an_open_case_is_not_drawn(desk: Workstation) -> None:
    with pytest.raises(InvalidInputError, match="没有可以评查"):
        desk.appraisals.sample("年度评查", _SPAN, Decimal(1), person="方小满")


@pytest.mark.parametrize("person", ["林问渠", "叶怀山", " "])
def test_who_had_a_part_in_the_case_may_not_appraise_it(
    desk: Workstation, closed: str, person: str
) -> None:
    desk.appraisals.sample("年度评查", _SPAN, Decimal(1), person="方小满")

    with pytest.raises(InvalidInputError):
        desk.appraisals.assign(_year(desk), closed, Seat.FIRST, person, by="方小满")


def test_one_person_holds_one_seat(desk: Workstation, opened: CaseAppraisal) -> None:
    with pytest.raises(InvalidInputError, match="初评"):
        desk.appraisals.assign(
            opened.round.id, opened.case_id, Seat.SECOND, _APPRAISER, by="方小满"
        )


def test_the_machine_proposes_and_scores_nothing(opened: CaseAppraisal) -> None:
    sheet = opened.sheet(Seat.FIRST)
    assert sheet is not None

    assert "G1:WS1" in {proposal.id for proposal in sheet.open}
    assert sheet.score == 100
    assert opened.outcome.score is None


def test_an_accepted_proposal_hangs_where_the_check_found_it(
    desk: Workstation, opened: CaseAppraisal
) -> None:
    sheet = opened.sheet(Seat.FIRST)
    assert sheet is not None
    proposal = next(p for p in sheet.open if p.id == "G1:WS1")

    mark = accepting(proposal, _APPRAISER, Decimal("0.5"))
    desk.appraisals.mark(opened.round.id, opened.case_id, Seat.FIRST, mark)

    after = desk.appraisals.open(opened.round.id, opened.case_id).sheet(Seat.FIRST)
    assert after is not None
    (kept,) = after.deductions
    assert (kept.target, kept.points, kept.error) == ("G1", Decimal("0.5"), "WS1")
    assert kept.place
    assert "G1:WS1" not in {p.id for p in after.open}


def test_a_sheet_closes_only_when_every_proposal_is_answered(
    desk: Workstation, opened: CaseAppraisal
) -> None:
    close = new_mark(MarkKind.CLOSE, "", _APPRAISER)
    with pytest.raises(InvalidInputError, match="没有答复"):
        desk.appraisals.mark(opened.round.id, opened.case_id, Seat.FIRST, close)

    _refuse_all(desk, opened.case_id)
    desk.appraisals.mark(opened.round.id, opened.case_id, Seat.FIRST, close)

    result = desk.appraisals.open(opened.round.id, opened.case_id).outcome
    assert result.score == 100
    assert result.grade == "优秀"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": ""}, "理由"),
        ({"document": ""}, "页码"),
        ({"points": Decimal(7)}, "满分6"),
        ({"target": "G99"}, "G99"),
        ({"person": "路人"}, "言外山"),
    ],
)
def test_an_incomplete_deduction_is_refused(
    desk: Workstation, opened: CaseAppraisal, changes: dict[str, object], message: str
) -> None:
    made = replace(
        new_mark(MarkKind.DEDUCT, "G30", _APPRAISER, "说理不足"),
        points=Decimal(1),
        document="D51",
    )

    with pytest.raises(InvalidInputError, match=message):
        desk.appraisals.mark(
            opened.round.id,
            opened.case_id,
            Seat.FIRST,
            replace(made, **changes),  # type: ignore[arg-type]
        )


def test_an_upheld_appeal_takes_the_deduction_back(
    desk: Workstation, opened: CaseAppraisal
) -> None:
    where = (opened.round.id, opened.case_id)
    made = new_mark(MarkKind.DEDUCT, "G30", _APPRAISER, "说理不足")
    desk.appraisals.mark(*where, Seat.FIRST, replace(made, points=Decimal(6), document="D51"))
    _refuse_all(desk, opened.case_id)
    desk.appraisals.mark(*where, Seat.FIRST, new_mark(MarkKind.CLOSE, "", _APPRAISER))
    before = desk.appraisals.open(*where).outcome.score
    desk.appraisals.appeal(*where, "初评/K1", "第三段已经说理", unit_name="市容中队")
    with pytest.raises(InvalidInputError, match="评过本案"):
        desk.appraisals.answer(*where, "初评/K1", "属实", upheld=True, person=_APPRAISER)

    desk.appraisals.answer(*where, "初评/K1", "属实", upheld=True, person="周砥")

    after = desk.appraisals.open(*where)
    assert before is not None
    assert before < 100
    assert after.outcome.score == 100
    assert after.appeals[0].upheld is True


def test_sheet_and_report_are_papers(desk: Workstation, opened: CaseAppraisal) -> None:
    papers = desk.appraisal_papers

    sheet = papers.sheet(opened)
    report = papers.report(desk.appraisals.results(opened.round.id))

    assert sheet.pdf().startswith(b"%PDF")
    assert report.docx.startswith(b"PK")
    assert "2026-1" in report.name


def test_every_article_of_the_standard_and_the_rehearsal_is_law_today(desk: Workstation) -> None:
    try:
        desk.law.open_texts()
    except StatutePackageMissingError:
        pytest.skip("the statute package is not installed")
    cited = {a for s in desk.appraisals.standards for veto in s.vetoes for a in veto.basis}
    cited |= {a for attack in desk.rehearsals.attacks.values() for a in attack.ground.basis}

    wrong = {str(a): desk.law.verdict(a) for a in cited if desk.law.verdict(a) is not Verdict.OK}

    assert not wrong


def test_two_appraisers_do_not_see_each_other_before_both_are_done(
    desk: Workstation, opened: CaseAppraisal
) -> None:
    where = (opened.round.id, opened.case_id)
    desk.appraisals.assign(*where, Seat.SECOND, "言外水", by="方小满")

    printed = desk.appraisals.open(*where)

    assert printed.as_json()["sheets"] == []
    assert [s["seat"] for s in printed.as_json(Seat.SECOND)["sheets"]] == ["复评"]
    assert opened.as_json()["sheets"]
