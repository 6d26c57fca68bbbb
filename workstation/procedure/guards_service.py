"""Guards on service: what a receipt must note, and which event serves which paper."""

from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal
from workstation.procedure.service_methods import particulars_of


def service_is_noted(question: GuardQuestion) -> Refusal | None:
    """A receipt notes what its way of service asks for (民事诉讼法§87—§95)."""
    service = question.rules.service
    for delivery in question.deliveries:
        method = service.method(delivery.method)
        if method is None:
            names = "、".join(known.name for known in service.methods)
            return Refusal(
                message=f"“{delivery.method}”不是法定的送达方式。", hint=f"请选用：{names}。"
            )
        lacking = method.lacking(particulars_of(delivery))
        if lacking:
            return Refusal(
                message=f"{delivery.method}没有写明{'、'.join(lacking)}。",
                hint=f"请补填（{method.basis}）：{method.says}",
            )
    return None


def service_serves_something(question: GuardQuestion) -> Refusal | None:
    """An event of service alone holds at least one delivery, none of which has its own event."""
    if not question.deliveries:
        if question.preview:
            return None
        return Refusal(
            message="没有填写送达哪一份文书。",
            hint="请至少填写一份送达：文书、方式、签收人、时间。",
        )
    for form in question.enclosed.delivered:
        own = question.rules.events.serving(form)
        if own is not None and question.case_file.first(own.kind) is None:
            return Refusal(
                message=f"{form} 的送达要作为“{own.title}”登记，期限自该事项起算。",
                hint=f"请改为登记“{own.title}”。",
            )
    return None


GUARDS: dict[str, Guard] = {
    "service_is_noted": service_is_noted,
    "service_serves_something": service_serves_something,
}
