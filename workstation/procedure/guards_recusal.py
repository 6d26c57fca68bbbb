"""Guards on recusal (行政处罚法§43) and on changing the officers of a case."""

from collections.abc import Iterator

from workstation.domain.cases import CaseEvent, CaseFile
from workstation.procedure.case_readings import names_of, officers_of, text_of
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words

_ACTING = ("officers", "host", "recorder", "reviewer", "heads", "new_officers")


def recused(case_file: CaseFile) -> dict[str, CaseEvent]:
    """Return who must stay out of the case, each with the decision that says so."""
    granted = (e for e in case_file.all_of("recusal_decided") if e.data.get("granted") is True)
    return {text_of(event.data.get("person")): event for event in granted}


def open_recusals(case_file: CaseFile) -> tuple[CaseEvent, ...]:
    """Return the applications and reports that no head has decided yet, oldest first."""
    decided = [(text_of(e.data.get("person")), e.at) for e in case_file.all_of("recusal_decided")]
    return tuple(
        asked
        for asked in case_file.all_of("recusal_requested")
        if not any(
            person == text_of(asked.data.get("person")) and at >= asked.at
            for person, at in decided
        )
    )


def recusal_requested_first(question: GuardQuestion) -> Refusal | None:
    """A recusal is decided on an application, a report or the bureau's own finding."""
    person = text_of(question.event.data.get("person"))
    waiting = [text_of(e.data.get("person")) for e in open_recusals(question.case_file)]
    if person in waiting or (question.preview and waiting):
        return None
    who = f"“{person}”" if person else "任何人员"
    return Refusal(
        message=f"案卷中没有针对{who}的、尚未决定的回避申请或者报告。",
        hint="请先登记“回避申请、自行报告”，写明事由，再由负责人决定。",
    )


def recusal_decided_by_head(question: GuardQuestion) -> Refusal | None:
    """The head of the agency decides, and never on their own recusal (行政处罚法§43第3款)."""
    data = question.event.data
    head, person = text_of(data.get("decided_by")), text_of(data.get("person"))
    if question.is_head(head) and head != person:
        return None
    why = "不能决定自己的回避" if head and head == person else "不是行政机关负责人"
    return Refusal(
        message=f"回避由行政机关负责人决定，“{head or '未填'}”{why}。",
        hint="请填写作出决定的行政机关负责人（设置 · 人员与证件中的正职或者副职负责人）。",
    )


def recused_stay_out(question: GuardQuestion) -> Refusal | None:
    """Whoever was recused takes no part in the case any more (行政处罚法§43第1款)."""
    out = recused(question.case_file)
    for name in _taking_part(question) if out else ():
        decision = out.get(name)
        if decision is not None and decision.day <= question.event.day:
            return Refusal(
                message=(
                    f"{name}已于{in_words(decision.day)}决定回避，"
                    f"不得再参加本案的“{question.event.title}”。"
                ),
                hint="请改由其他执法人员办理；仍是本案承办人的，先办理“变更承办人”。",
            )
    return None


def _taking_part(question: GuardQuestion) -> Iterator[str]:
    event, catalogue = question.event, question.rules.events
    kind = catalogue.kind(event.kind)
    if kind.kind == "recusal_decided":
        return
    for key in _ACTING:
        yield from names_of(event.data.get(key))
    if any(field.key == "officers" for field in kind.fields):
        yield from officers_of(event, question.case_file.case)
    for delivery in question.deliveries:
        yield from delivery.officers


def recusals_are_decided(question: GuardQuestion) -> Refusal | None:
    """Investigation goes on, but no penalty is decided while a recusal is open (§43第3款)."""
    waiting = open_recusals(question.case_file)
    if not waiting:
        return None
    person = text_of(waiting[0].data.get("person"))
    return Refusal(
        message=f"对{person}的回避（{in_words(waiting[0].day)}提出）尚未决定。",
        hint="请先由负责人作出“回避决定”；决定作出之前不停止调查，但不得作出处罚决定。",
    )


def officers_really_change(question: GuardQuestion) -> Refusal | None:
    """A change of officers names others than the case already has."""
    named = names_of(question.event.data.get("officers"))
    if question.preview or set(named) != set(question.case_file.case.officers):
        return None
    return Refusal(
        message=f"所填承办人（{'、'.join(named)}）与现在的承办人相同。",
        hint="请填写变更后的全部承办人。",
    )


GUARDS: dict[str, Guard] = {
    "recusal_requested_first": recusal_requested_first,
    "recusal_decided_by_head": recusal_decided_by_head,
    "recused_stay_out": recused_stay_out,
    "recusals_are_decided": recusals_are_decided,
    "officers_really_change": officers_really_change,
}
