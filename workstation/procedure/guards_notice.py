"""Guards on prior notice, statement and defence, hearing and collective deliberation."""

from datetime import date

from workstation.procedure.case_readings import (
    confiscated_of,
    day_of,
    fine_of,
    hearing_requested,
    hearing_threshold,
    investigators,
    is_waiver,
    names_of,
    offers_hearing,
    reaches,
    text_of,
)
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words


def fine_is_one_amount(question: GuardQuestion) -> Refusal | None:
    """A fine is told as one amount, never as a range (行政处罚法§44)."""
    stated = question.event.data.get("fine")
    if stated is None:
        return None
    amount = fine_of(question.event, question.case_file)
    if amount is not None and amount >= 0:
        return None
    return Refusal(
        message=f"罚款数额“{stated}”不是一个确定的数额。",
        hint="请填写一个确定的数额（元）；不得写幅度区间或者“依法处理”。",
    )


def hearing_right_offered(question: GuardQuestion) -> Refusal | None:
    """From the threshold on, the party is told of the right to a hearing (行政处罚法§63)."""
    event, parameters = question.event, question.rules.parameters
    fine = fine_of(event, question.case_file)
    if fine is None or offers_hearing(event, question.case_file):
        return None
    if parameters.counts_confiscation_towards_hearing:
        fine += confiscated_of(event)
    matter = question.matter
    field = matter.field if matter else ""
    threshold = hearing_threshold(parameters, question.case_file.case.party, field)
    if threshold is None or not reaches(threshold, fine):
        return None
    return Refusal(
        message=(
            f"拟罚款{fine:,.0f}元，达到{threshold.party}{threshold.amount:,.0f}元的较大数额标准"
            f"（{question.rules.book.rule('hearing_thresholds').on(event.day).source}），没有告知听证权利。"
        ),
        hint="请在告知书中一并告知要求听证的权利和期限（五个工作日）。",
    )


def notice_matches_approval(question: GuardQuestion) -> Refusal | None:
    """What is served is what was approved."""
    approved = question.case_file.last("notice_approved")
    if approved is None:
        return None
    told = fine_of(question.event, question.case_file)
    allowed = fine_of(approved, question.case_file)
    if told is None or allowed is None or told == allowed:
        return None
    return Refusal(
        message=f"告知书的罚款{told:,.2f}元与审批的{allowed:,.2f}元不一致。",
        hint="请按审批数额制作告知书；需要变更的，重新审批。",
    )


def _hearing_day(question: GuardQuestion) -> date | None:
    if question.event.kind == "hearing_held":
        return question.event.day
    return day_of(question.event.data.get("on"))


def _notice_day(question: GuardQuestion) -> date | None:
    if question.event.kind == "hearing_notified":
        return max((d.at.date() for d in question.deliveries), default=question.event.day)
    notified = question.case_file.last("hearing_notified")
    return notified.day if notified else None


def hearing_notice_long_enough(question: GuardQuestion) -> Refusal | None:
    """Seven full working days lie between notice and hearing (行政处罚法§64, §85).

    The period protects the party, so working weekends are not counted towards it.
    """
    hearing, notice = _hearing_day(question), _notice_day(question)
    if question.preview or notice is None:
        return None
    if hearing is None:
        return Refusal(message="没有填写听证举行日期。", hint="请填写听证举行日。")
    last = question.deadline("DL08", hearing).last_day
    if notice <= last:
        return None
    return Refusal(
        message=(
            f"听证定于{in_words(hearing)}，通知最迟应于{in_words(last)}送达，"
            f"实际{in_words(notice)}送达，不足七个工作日。"
        ),
        hint="请推迟听证日期并重新送达听证通知书（D46）；调休上班日不计入，从严留足。",
    )


def hearing_day_is_not_a_holiday(question: GuardQuestion) -> Refusal | None:
    """A hearing is held on a working day."""
    hearing = _hearing_day(question)
    if question.preview or hearing is None:
        return None
    kind = question.rules.calendar.describe(hearing)
    if kind.working:
        return None
    return Refusal(
        message=f"听证日{in_words(hearing)}不是工作日（{kind.why}）。", hint="请改在工作日举行。"
    )


def host_independent(question: GuardQuestion) -> Refusal | None:
    """The host did not investigate the case (行政处罚法§64); nor, in practice, review it."""
    stated = text_of(question.event.data.get("host"))
    if not stated and question.event.kind == "hearing_held":
        stated = question.event.actor
    if not stated:
        return None
    if stated in investigators(question.case_file):
        return Refusal(
            message=f"听证主持人{stated}是本案调查人员。",
            hint="请由行政机关指定非本案调查人员主持。",
        )
    reviews = question.case_file.all_of("review_concluded")
    if any(stated in (text_of(r.data.get("reviewer")), r.actor) for r in reviews):
        return Refusal(
            message=f"听证主持人{stated}审核过本案。",
            hint="法律未禁止，实践中宜另行指定主持人。",
            hard=False,
        )
    return None


def hearing_held_when_requested(question: GuardQuestion) -> Refusal | None:
    """A hearing that was asked for is held before anybody decides (行政处罚法§63)."""
    asked = hearing_requested(question.case_file)
    if asked is None or question.case_file.first("hearing_held") is not None:
        return None
    return Refusal(
        message=f"当事人于{in_words(asked.day)}申请听证，听证尚未举行。",
        hint="请先组织听证（D46、D47、D48）；当事人撤回申请的，登记书面撤回。",
    )


def statements_reviewed(question: GuardQuestion) -> Refusal | None:
    """What the party put forward is examined and answered (行政处罚法§45)."""
    pending = [s for s in question.case_file.all_of("statement_received") if not is_waiver(s)]
    reviewed = question.case_file.last("statement_reviewed")
    if not pending or (reviewed is not None and reviewed.at >= pending[-1].at):
        return None
    return Refusal(
        message=f"当事人{in_words(pending[-1].day)}的陈述申辩尚未复核。",
        hint="请逐点复核事实、理由和证据，作出复核意见（D44）。",
    )


def enough_heads_deliberate(question: GuardQuestion) -> Refusal | None:
    """Collective deliberation takes at least the set number of heads (行政处罚法§57)."""
    heads = dict.fromkeys(names_of(question.event.data.get("heads")))
    strangers = [name for name in heads if not question.is_head(name)]
    if strangers:
        return Refusal(
            message=f"{'、'.join(strangers)}不是本局负责人，不能参加表决。",
            hint="请把非负责人列为列席人员；负责人在“设置 · 人员与证件”中登记。",
        )
    required = question.rules.parameters.minimum_heads
    if len(heads) >= required:
        return None
    return Refusal(
        message=f"参加集体讨论的负责人{len(heads)}名，少于{required}名。",
        hint=f"请由不少于{required}名负责人讨论，逐人记录意见并签名（D49）。",
    )


def heads_are_not_investigators(question: GuardQuestion) -> Refusal | None:
    """Officers of the case attend without a vote."""
    heads = names_of(question.event.data.get("heads"))
    both = [name for name in heads if name in investigators(question.case_file)]
    if not both:
        return None
    return Refusal(
        message=f"本案调查人员{'、'.join(both)}不能参加集体讨论的表决。", hint="请改列为列席人员。"
    )


GUARDS: dict[str, Guard] = {
    "fine_is_one_amount": fine_is_one_amount,
    "hearing_right_offered": hearing_right_offered,
    "notice_matches_approval": notice_matches_approval,
    "hearing_notice_long_enough": hearing_notice_long_enough,
    "hearing_day_is_not_a_holiday": hearing_day_is_not_a_holiday,
    "host_independent": host_independent,
    "hearing_held_when_requested": hearing_held_when_requested,
    "statements_reviewed": statements_reviewed,
    "enough_heads_deliberate": enough_heads_deliberate,
    "heads_are_not_investigators": heads_are_not_investigators,
}
