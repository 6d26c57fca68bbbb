"""Guards on parting and joining cases, and on fining one act twice (行政处罚法§29)."""

from datetime import date

from workstation.procedure.case_readings import act_day, day_of, fine_of, text_of
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.records import OtherCase


def split_names_its_part(question: GuardQuestion) -> Refusal | None:
    """A part is split off for an act or a party that it names."""
    if text_of(question.event.data.get("what")):
        return None
    return Refusal(
        message="没有写明分出的是哪一违法行为或者哪一当事人。",
        hint="请写明分出部分的违法事实；本案只保留其余部分。",
    )


def split_matter_is_another(question: GuardQuestion) -> Refusal | None:
    """One act of one party is one case: a split changes the act or the party (行政处罚法§29)."""
    data, case = question.event.data, question.case_file.case
    other_party = text_of(data.get("party_name"))
    same_party = not other_party or other_party == case.party.name
    if not same_party or text_of(data.get("matter")) != case.matter_code:
        return None
    return Refusal(
        message="分出的案件与本案是同一当事人、同一事项。",
        hint="同一违法行为不得分成几案处罚；确是另一违法行为的，请在理由中写明两行为的区别。",
    )


def joined_parties_belong_together(question: GuardQuestion) -> Refusal | None:
    """Cases are joined for the same party, or for an act several did together."""
    data = question.event.data
    other = text_of(data.get("other_id")) or text_of(data.get("other"))
    known = {c.id for c in question.surroundings.other_cases}
    known |= {c.number for c in question.surroundings.other_cases}
    if other in known or data.get("joint") is True:
        return None
    return Refusal(
        message="要并入的案件不是同一当事人的案件。",
        hint="同一当事人的在办案件可以并案；共同违法的，请勾选“共同违法”并在理由中写明。",
    )


def lead_stands_alone(question: GuardQuestion) -> Refusal | None:
    """A second lead on the same party, day and place is joined or knowingly kept apart (§29)."""
    if text_of(question.event.data.get("kept_apart")):
        return None
    for other in question.surroundings.other_cases:
        if other.is_open and not other.linked and _same_act(question, other):
            sure = "" if other.same_number else "（仅名称相同，请先核对是否同一当事人）"
            return Refusal(
                message=(
                    f"同一当事人{sure}{_span(other)}在同一地点的行为，"
                    f"已有在办案件{other.number}《{other.title}》。"
                ),
                hint="同一行为请并入该案办理；确系不同行为的，请填写“不并案的理由”。",
            )
    return None


def no_second_fine(question: GuardQuestion) -> Refusal | None:
    """One act is fined once (行政处罚法§29); whether two acts are one is for a person to say."""
    fine = fine_of(question.event, question.case_file)
    if not fine:
        return None
    for other in question.surroundings.other_cases:
        amount = other.fine if other.decided_on else other.proposed_fine
        if amount and _same_act(question, other):
            how = "已决定" if other.decided_on else "拟"
            sure = "" if other.same_number else "（仅名称相同，请先核对是否同一当事人）"
            return Refusal(
                message=(
                    f"同一当事人{sure}在{other.number}案中{how}罚款{amount:,.2f}元，"
                    f"行为时间{_span(other)}、地点与本案重合，可能是同一违法行为。"
                ),
                hint=(
                    "同一违法行为不得两次罚款；违反几个规范的，按罚款数额高的处罚。"
                    "确系不同行为的，请在调查终结报告中说明。"
                ),
            )
    return None


def _same_act(question: GuardQuestion, other: OtherCase) -> bool:
    case = question.case_file.case
    first = day_of(case.facts.get("act_start")) or act_day(case)
    last = act_day(case) or first
    if first is None or last is None or other.act_from is None:
        return False
    overlaps = first <= (other.act_to or date.max) and other.act_from <= last
    place = text_of(case.facts.get("place"))
    return overlaps and (other.linked or place == other.place)


def _span(other: OtherCase) -> str:
    first, last = other.act_from, other.act_to
    if first is None:
        return ""
    until = f"至{in_words(last)}" if last is not None and last != first else ""
    return in_words(first) + until


GUARDS: dict[str, Guard] = {
    "split_names_its_part": split_names_its_part,
    "split_matter_is_another": split_matter_is_another,
    "joined_parties_belong_together": joined_parties_belong_together,
    "lead_stands_alone": lead_stands_alone,
    "no_second_fine": no_second_fine,
}
