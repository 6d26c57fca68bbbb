"""Which events may happen now."""

from datetime import date

from workstation.bootstrap import Workstation

DAY = date(2026, 8, 25)


def test_the_kinds_of_the_step_come_before_those_of_any_step(
    desk: Workstation, case_id: str
) -> None:
    found = desk.cases.possible_events(case_id, 9, DAY)

    assert [p.anywhere for p in found] == sorted(p.anywhere for p in found)
    assert found[0].kind.step == 9
    assert "note_added" in [p.kind.kind for p in found if p.anywhere]


def test_what_is_not_possible_yet_says_why(desk: Workstation, case_id: str) -> None:
    found = {p.kind.kind: p for p in desk.cases.possible_events(case_id, 9, DAY)}

    refusal = found["notice_approved"].refusal
    assert refusal is not None
    assert "尚未办理" in refusal.message
    assert found["note_added"].refusal is None


def test_what_only_a_penalty_needs_does_not_shut_out_the_other_outcomes(
    desk: Workstation, case_id: str
) -> None:
    found = {p.kind.kind: p for p in desk.cases.possible_events(case_id, 13, DAY)}

    blocks = {block.guard: block for block in found["decision_made"].blocks}
    assert not blocks["notice_served_first"].hard
    assert blocks["review_passed"].hard
