"""Recording why a ruling went against the office: against the real database."""

from datetime import date, datetime

import pytest

from workstation.bootstrap import Workstation
from workstation.domain.cases import CaseEvent, JsonValue
from workstation.errors import InvalidInputError
from workstation.operations.ruling_reasons import NewReason
from workstation.review.ruling_reasons import NOT_COVERED

COURT = NewReason(ground="程序违法", check="cx5", article="行政诉讼法§70", note="申辩期未满")


@pytest.fixture
def lost_case(desk: Workstation, case_id: str) -> str:
    """The case, decided and annulled by a court whose judgment is final."""
    _happened(desk, case_id, "decision_made", "2026-09-11T10:00")
    _happened(desk, case_id, "lawsuit_received", "2026-11-23T09:00")
    _happened(desk, case_id, "lawsuit_judged", "2027-03-01T09:00", outcome="撤销", effective=True)
    return case_id


def _happened(desk: Workstation, case_id: str, kind: str, at: str, **data: JsonValue) -> None:
    moment = datetime.fromisoformat(at)
    event = CaseEvent(position=0, kind=kind, step=16, at=moment, title=kind, data=data)
    with desk.database.writing() as unit:
        unit.events.append(case_id, event)


def test_a_reason_keeps_what_the_list_said_when_the_decision_was_made(
    desk: Workstation, lost_case: str
) -> None:
    desk.ruling_reasons.record(lost_case, COURT, "顾知白")

    (ruling,) = desk.ruling_reasons.of_case(lost_case)
    (reason,) = ruling.reasons
    assert (reason.check, reason.person, reason.ground) == ("CX5", "顾知白", "程序违法")
    assert reason.article == "《中华人民共和国行政诉讼法》第七十条"
    findings = desk.reviews.check_case(lost_case, date(2026, 9, 11)).findings
    assert reason.said == next(f.state.value for f in findings if f.check.id == "CX5")


def test_a_withdrawn_reason_is_no_longer_counted_and_stays_in_the_log(
    desk: Workstation, lost_case: str
) -> None:
    desk.ruling_reasons.record(lost_case, COURT, "顾知白")
    ((reason,),) = (r.reasons for r in desk.ruling_reasons.of_case(lost_case))

    desk.ruling_reasons.withdraw(lost_case, reason.id, "看错了判决", "顾知白")
    desk.ruling_reasons.record(lost_case, NewReason(ground="事实证据", check="ZJ2"), "顾知白")

    found = desk.ruling_reasons.statistics()
    assert [(missed.check, missed.lost) for missed in found.checks] == [("ZJ2", (lost_case,))]
    with desk.database.reading() as unit:
        kinds = [entry.kind for entry in unit.log.of_case(lost_case)]
    assert kinds[-3:] == [
        "ruling_reason_recorded",
        "ruling_reason_withdrawn",
        "ruling_reason_recorded",
    ]


def test_a_ground_that_no_check_covers_is_counted_apart_and_told_in_the_rehearsal(
    desk: Workstation, lost_case: str
) -> None:
    weak = desk.rehearsals.of_case(lost_case, date(2027, 3, 2)).weaknesses[0].finding.check.id
    for check in (NOT_COVERED, weak):
        desk.ruling_reasons.record(lost_case, NewReason(ground="程序违法", check=check), "顾知白")

    rehearsal = desk.rehearsals.of_case(lost_case, date(2027, 3, 2))

    assert {missed.check for missed in desk.ruling_reasons.statistics().checks} == {"", weak}
    said = {w.finding.check.id: rehearsal.losses(w) for w in rehearsal.weaknesses}
    assert {check for check, sentence in said.items() if sentence} == {weak}
    assert "1件中，1件因此（只计件数；件数少" in said[weak]


def test_only_rulings_of_the_days_and_the_matter_are_counted(
    desk: Workstation, lost_case: str
) -> None:
    matter = desk.cases.view(lost_case).file.case.matter_code

    def counted(*wanted: object) -> int:
        return desk.ruling_reasons.statistics(*wanted).lost  # type: ignore[arg-type]

    assert counted(date(2027, 3, 1), date(2027, 3, 1), matter) == 1
    assert counted(date(2027, 3, 2)) == 0
    assert counted(None, date(2027, 2, 28)) == 0
    assert counted(None, None, "另一事项") == 0


REFUSED = (
    (NewReason(ground="没道理", check="CX5"), "没有名为“没道理”的事由"),
    (NewReason(ground="程序违法", check="XX9"), "没有编号为“XX9”的审核项"),
    (NewReason(ground="程序违法", check="CX5", article="七十条"), "看不懂条文"),
    (NewReason(ground="程序违法", check="CX5", article="行政诉讼法§999"), "不能引用"),
    (NewReason(ground="程序违法", check="CX5", ruling=99), "没有序号为“99”"),
)


def test_what_no_ruling_can_say_is_refused(desk: Workstation, lost_case: str) -> None:
    for new, message in REFUSED:
        with pytest.raises(InvalidInputError, match=message):
            desk.ruling_reasons.record(lost_case, new, "顾知白")

    assert desk.ruling_reasons.of_case(lost_case)[0].reasons == ()


def test_what_was_named_with_the_ruling_counts_until_a_reason_is_recorded(
    desk: Workstation, case_id: str
) -> None:
    _happened(desk, case_id, "lawsuit_received", "2026-11-23T09:00")
    told: dict[str, JsonValue] = {"outcome": "撤销", "lost_because": "zj2、证人未出庭"}
    _happened(desk, case_id, "lawsuit_judged", "2027-03-01T09:00", **told)

    (ruling,) = desk.ruling_reasons.of_case(case_id)

    assert [(reason.check, reason.note) for reason in ruling.reasons] == [
        ("ZJ2", ""),
        ("", "证人未出庭"),
    ]
