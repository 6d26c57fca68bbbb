"""Guards on which law applies: 从旧兼从轻 (行政处罚法§37)."""

from workstation.procedure.case_readings import text_of
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal
from workstation.procedure.law_comparison import (
    AppliedLaw,
    LawComparison,
    LawSide,
    applied_law,
    compare_laws,
)


def law_of_the_act_day_considered(question: GuardQuestion) -> Refusal | None:
    """Where the matter's law changed after the act, a person concludes which one applies (§37)."""
    compared = _compared(question)
    if compared is None or not compared.needed or _conclusion(question):
        return None
    return Refusal(
        message=(
            f"行为日适用{_words(compared.old)}，现行为{_words(compared.new)}，"
            f"尚未作从旧兼从轻的比较。机器比对：{compared.lightness.value}。"
        ),
        hint=(
            "请比较新旧规定的违反条款、主体条件和处罚幅度，选择适用哪一规定并写明理由"
            "（新旧法比较结论）。"
        ),
    )


def applied_law_is_the_lighter(question: GuardQuestion) -> Refusal | None:
    """The old law applies unless the new one is lighter (行政处罚法§37); a person may differ."""
    compared = _compared(question)
    applied = applied_law(question.case_file, question.event)
    if compared is None or not compared.needed or applied is None:
        return None
    if compared.proposed is None or applied is compared.proposed:
        return None
    return Refusal(
        message=(
            f"机器比对为“{compared.lightness.value}”，按从旧兼从轻应适用"
            f"{compared.proposed.value}，所选为{applied.value}。"
        ),
        hint="请核对处罚幅度和主体条件；确有理由的，在新旧法比较结论中写明，供法制审核复核。",
    )


def applied_law_covers_the_party(question: GuardQuestion) -> Refusal | None:
    """The law applied must have a penalty for this party (行政处罚法§4, §38)."""
    compared = _compared(question)
    applied = applied_law(question.case_file, question.event)
    if compared is None or applied is None or compared.side(applied).applying:
        return None
    side = compared.side(applied)
    why = "；".join(f"{part.provision}{reason}" for part, reason in side.passed_over)
    return Refusal(
        message=f"{applied.value}对当事人没有可适用的处罚规定。{why}",
        hint=f"请改用{_other(applied).value}，或者依法不予处罚；当事人身份有误的，先更正。",
    )


def _other(applied: AppliedLaw) -> AppliedLaw:
    return AppliedLaw.NEW if applied is AppliedLaw.OLD else AppliedLaw.OLD


def _compared(question: GuardQuestion) -> LawComparison | None:
    if question.matter is None:
        return None
    return compare_laws(
        question.case_file, question.event.day, question.rules, question.surroundings
    )


def _conclusion(question: GuardQuestion) -> str:
    notice = question.case_file.last("notice_approved")
    earlier = text_of(notice.data.get("law_comparison")) if notice else ""
    return text_of(question.event.data.get("law_comparison")) or earlier


def _words(side: LawSide) -> str:
    if side.matter is None:
        return "没有该事项的有效版本"
    return f"{side.matter.version}（{side.matter.penalty}）"


GUARDS: dict[str, Guard] = {
    "law_of_the_act_day_considered": law_of_the_act_day_considered,
    "applied_law_is_the_lighter": applied_law_is_the_lighter,
    "applied_law_covers_the_party": applied_law_covers_the_party,
}
