"""Guards on leads and filing: dates, the limitation period, the matter, the period's changes."""

from datetime import date, time

from workstation.procedure.case_readings import (
    act_end,
    is_resumption,
    limitation_code,
    text_of,
)
from workstation.procedure.deadlines import compute
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words


def lead_dates_in_order(question: GuardQuestion) -> Refusal | None:
    """The act comes before its discovery, and discovery before registration."""
    case, registered = question.case_file.case, question.event
    lead = case.lead
    ended = act_end(case)
    if ended is not None and ended > lead.found_at:
        return Refusal(
            message=(
                f"发现时间{lead.found_at:%Y-%m-%d %H:%M}早于"
                f"违法行为终了时间{ended:%Y-%m-%d %H:%M}。"
            ),
            hint="请核对行为时间和发现时间；行为仍在继续的，行为终了填“持续中”。",
        )
    whole_day = registered.at.time() == time()
    late = lead.found_at.date() > registered.day or (
        not whole_day and lead.found_at > registered.at
    )
    if late or lead.received_at.date() > registered.day:
        return Refusal(
            message=f"案源登记日期{in_words(registered.day)}早于发现或者收到线索的日期。",
            hint="请核对发现时间、收到时间和登记时间，登记不得早于发现。",
        )
    return None


def act_end_known(question: GuardQuestion) -> Refusal | None:
    """The end of the act is stated, or that it goes on: the limitation period needs it."""
    case = question.case_file.case
    ongoing = case.facts.get("act_end") == "持续中" or bool(case.facts.get("act_ongoing"))
    if act_end(case) is not None or ongoing:
        return None
    return Refusal(
        message="没有写明违法行为的终了时间。",
        hint="请填写行为终了时间；仍在继续的填“持续中”（追责时效自行为终了之日起算）。",
    )


def limitation_not_passed(question: GuardQuestion) -> Refusal | None:
    """The act was found within the limitation period (行政处罚法§36, 生态环境法典§1054)."""
    case = question.case_file.case
    ended = act_end(case)
    if ended is None:
        return None
    rule = question.rules.deadlines.rule(limitation_code(case, question.matter))
    last = compute(rule, ended.date(), calendar=question.rules.calendar).last_day
    found = case.lead.found_at.date()
    if found <= last:
        return None
    hint = "请办理不予立案（D03）。"
    if rule.code == "DL27":
        hint += "造成危害后果、依法适用五年时效的，请先在案件事实中认定危害后果并附证据。"
    return Refusal(
        message=(
            f"违法行为{in_words(ended.date())}终了，{in_words(found)}才被发现，已过{rule.name}"
            f"（至{in_words(last)}），不再给予行政处罚。"
        ),
        hint=hint,
    )


def matter_in_force(question: GuardQuestion) -> Refusal | None:
    """The bureau holds the power over this matter on the day of the event (行政处罚法§17, §38)."""
    if question.matter is not None:
        return None
    code, day = question.case_file.case.matter_code, question.event.day
    versions = [m for m in question.surroundings.matters if m.code == code]
    if not versions:
        return Refusal(
            message=f"本局权力事项清单中没有事项“{code or '（未选择）'}”。",
            hint="请为案件选择本局有权办理的事项；不属本局职权的，移送有管辖权的机关（D05）。",
        )
    known = "；".join(_span(m.version, m.valid_from, m.valid_to) for m in versions)
    return Refusal(
        message=f"事项“{code}”在{in_words(day)}没有有效版本（{known}）。",
        hint="请核对事项清单的调整通告；事项已划出的，移送有管辖权的机关。",
    )


def _span(version: str, first: date, last: date | None) -> str:
    return f"{version}：{first.isoformat()}至{last.isoformat() if last else '今'}"


def period_change_has_basis(question: GuardQuestion) -> Refusal | None:
    """Extending, suspending or deducting needs a named provision (行政处罚法§60)."""
    if is_resumption(question.event) or text_of(question.event.data.get("basis")):
        return None
    return Refusal(
        message="延长、中止或者扣除办案期限没有写明依据的条款。",
        hint="行政处罚法第六十条只认法律、法规、规章的另有规定，请填写具体条款；没有依据的不得变更。",
    )


GUARDS: dict[str, Guard] = {
    "lead_dates_in_order": lead_dates_in_order,
    "act_end_known": act_end_known,
    "limitation_not_passed": limitation_not_passed,
    "matter_in_force": matter_in_force,
    "period_change_has_basis": period_change_has_basis,
}
