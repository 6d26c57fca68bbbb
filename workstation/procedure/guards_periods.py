"""Guards on what lengthens the period of the case: no day is left out twice."""

from workstation.procedure.deadlines import overlapping
from workstation.procedure.decision_period import deduction_of, period_deductions
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.records import Deduction


def deductions_apart(question: GuardQuestion) -> Refusal | None:
    """A day can be left out of the ninety days once only (行政处罚法§60)."""
    event = question.event
    added = deduction_of(question.case_file, event, event.day)
    if added is None:
        return None
    for span in period_deductions(question.case_file, event.day):
        if overlapping((span, added)) is not None:
            return Refusal(
                message=f"不计入办案期限的期间重叠：{_named(span)}与{_named(added)}。",
                hint="同一日只能扣除一次。请改正起止日；前一段是中止的，先记录恢复。",
            )
    return None


def _named(span: Deduction) -> str:
    return f"{in_words(span.first)}至{in_words(span.last)}（{span.why}）"


GUARDS: dict[str, Guard] = {"deductions_apart": deductions_apart}
