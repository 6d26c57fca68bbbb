"""Guards on seals and seizures (行政强制法)."""

from datetime import datetime, timedelta

from workstation.domain.matters import AuthorityKind
from workstation.procedure.case_readings import coercion_in_force, day_of, moment_of, text_of
from workstation.procedure.coercion import (
    LIFTING_GROUNDS,
    Coercion,
    coercions,
    period_of,
    untimed_periods,
)
from workstation.procedure.deadlines import overlapping
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words

_URGENT_HOURS = timedelta(hours=24)


def coercion_authorised(question: GuardQuestion) -> Refusal | None:
    """Sealing and seizure need a statute's grant and can't be delegated (行政强制法§10, §17)."""
    matter = question.matter
    if matter is None or matter.coercion is None:
        return Refusal(
            message="本案事项没有查封、扣押的法律、法规授权条款。",
            hint="没有单行法律、法规授权的不得采取强制措施；证据可能灭失的，可以先行登记保存。",
        )
    if matter.authority is AuthorityKind.DELEGATED:
        return Refusal(
            message="本案事项属委托执法，行政强制措施权不得委托。",
            hint="请由委托机关以自己的名义实施。",
        )
    return None


def coercion_has_own_authority(question: GuardQuestion) -> Refusal | None:
    """The clause that allows coercion is another than the one that penalises (§10)."""
    matter = question.matter
    if matter is None or matter.coercion is None or matter.coercion != matter.penalty:
        return None
    return Refusal(
        message=f"事项中查封、扣押的授权条款与处罚条款同为{matter.penalty}。",
        hint="处罚条款不当然授权强制措施；请核对该条是否规定查封、扣押，并在事项清单中改正。",
    )


def coercion_approved(question: GuardQuestion) -> Refusal | None:
    """A head approves beforehand; in urgent cases within 24 hours (行政强制法§18, §19)."""
    data = question.event.data
    approver = text_of(data.get("approver"))
    urgent = data.get("urgent") is True
    approved_at: datetime | None = moment_of(data.get("approved_at"))
    if urgent and approved_at is not None and approved_at > question.event.at + _URGENT_HOURS:
        return Refusal(
            message="当场实施的强制措施超过二十四小时才补办批准。",
            hint="请核对实施和补批的时间；未补批的应当立即解除。",
        )
    if (urgent and approved_at is None) or question.is_head(approver):
        return None
    return Refusal(
        message="查封、扣押没有记载行政机关负责人的批准。",
        hint="请报行政机关负责人批准（D29）；情况紧急当场实施的，二十四小时内补办。",
    )


def coercion_object_lawful(question: GuardQuestion) -> Refusal | None:
    """Nothing unrelated, no necessities of life, nothing sealed already (行政强制法§23)."""
    data = question.event.data
    wrongs = {
        "unrelated": "与违法行为无关",
        "necessities": "属于公民个人及其所扶养家属的生活必需品",
        "already_seized": "已被其他国家机关依法查封",
    }
    found = [words for key, words in wrongs.items() if data.get(key) is True]
    if not found:
        return None
    return Refusal(
        message=f"拟查封、扣押的场所、设施或者财物{'，'.join(found)}，不得查封、扣押。",
        hint="请去掉不得查封、扣押的财物；已被查封的不得重复查封。",
    )


def coercion_approval_in_time(question: GuardQuestion) -> Refusal | None:
    """A head is told and approves within twenty-four hours of an urgent measure (§19)."""
    urgent = [c for c in _in_force(question) if c.applied.data.get("urgent") is True]
    if not urgent:
        return Refusal(
            message="没有当场实施、尚待补办批准的查封、扣押。",
            hint="请核对是否已经记载批准人或者已经解除。",
            overridable=False,
        )
    limit = urgent[-1].applied.at + _URGENT_HOURS
    if question.preview or question.event.at <= limit:
        return None
    return Refusal(
        message=f"当场实施后应于{limit:%Y-%m-%d %H:%M}前报告并补办批准，已逾期。",
        hint="由负责人说明逾期原因后如实记录；认为不应当采取的，立即解除。",
    )


def coercion_approval_by_head(question: GuardQuestion) -> Refusal | None:
    """A head approves afterwards (行政强制法§19)."""
    approver = text_of(question.event.data.get("approver"))
    if question.is_head(approver):
        return None
    return Refusal(
        message=f"补办批准的“{approver or '（未填）'}”不是行政机关负责人。",
        hint="请填写批准的行政机关负责人。",
    )


def _in_force(question: GuardQuestion) -> tuple[Coercion, ...]:
    return tuple(c for c in coercions(question.case_file, question.rules) if c.released is None)


def coercion_extension_lawful(question: GuardQuestion) -> Refusal | None:
    """One extension, before the first period ends, approved by a head (行政强制法§25)."""
    in_force = _in_force(question)
    if not in_force:
        return Refusal(message="没有在期的查封、扣押。", hint="已解除的不能延长。")
    latest = in_force[-1]
    if latest.extended is not None:
        return Refusal(message="查封、扣押已经延长过一次。", hint="不得再次延长，届满应当解除。")
    if question.event.day > latest.first.last_day:
        return Refusal(
            message=f"查封、扣押期限已于{in_words(latest.first.last_day)}届满。",
            hint="期限届满的应当及时解除（D33）。",
        )
    if question.is_head(text_of(question.event.data.get("approver"))):
        return None
    return Refusal(
        message="延长查封、扣押没有行政机关负责人的批准。", hint="请报行政机关负责人批准（D29）。"
    )


def coercion_extension_told(question: GuardQuestion) -> Refusal | None:
    """The party is told of an extension in writing, with reasons (行政强制法§25第2款)."""
    data = question.event.data
    if not text_of(data.get("reason")):
        return Refusal(
            message="延长查封、扣押没有说明理由。",
            hint="情况复杂的才可以延长；请写明理由并书面告知当事人（D32）。",
        )
    if day_of(data.get("told_on")) is not None:
        return None
    return Refusal(
        message="没有书面告知当事人延长决定的日期。",
        hint="延长决定应当及时书面告知当事人（D32），请补填告知日。",
        hard=False,
    )


def coercion_test_period_told(question: GuardQuestion) -> Refusal | None:
    """A test stops the period only where the party was told in writing (行政强制法§25第3款)."""
    event = question.event
    if not _in_force(question):
        return Refusal(message="没有在期的查封、扣押。", hint="已解除的无须扣除检测期间。")
    if question.preview:
        return None
    span = period_of(event)
    if span is None:
        return Refusal(
            message="检测、检验、检疫或者技术鉴定的期间没有写明起止日，或者没有书面告知当事人。",
            hint="期间应当明确并书面告知当事人；请填写起日、止日和告知日（D22）。",
        )
    if overlapping((*untimed_periods(question.case_file), span)) is None:
        return None
    return Refusal(
        message="不计入查封、扣押期限的期间与已记录的期间重叠。",
        hint="同一日只能扣除一次，请改正起止日。",
    )


def lifting_has_its_ground(question: GuardQuestion) -> Refusal | None:
    """A seal is lifted in five cases, and at once (行政强制法§28)."""
    ground = text_of(question.event.data.get("ground"))
    if ground in LIFTING_GROUNDS:
        return None
    return Refusal(
        message="解除查封、扣押没有写明属于哪一种情形。",
        hint="请选择行政强制法第二十八条的五种情形之一（D33）。",
        hard=bool(ground),
    )


def lifted_in_time(question: GuardQuestion) -> Refusal | None:
    """What has run out is lifted at once (行政强制法§28)."""
    in_force = _in_force(question)
    late = [c for c in in_force if c.last_day < question.event.day]
    if not late:
        return None
    return Refusal(
        message=f"查封、扣押期限已于{in_words(late[0].last_day)}届满，逾期才解除。",
        hint="请立即解除并退还，说明逾期原因；逾期可引起国家赔偿。",
    )


def property_returned(question: GuardQuestion) -> Refusal | None:
    """What is lifted goes back at once; perishables sold, the money (行政强制法§28第2款)."""
    data = question.event.data
    if text_of(data.get("returned_to")):
        return None
    return Refusal(
        message="没有写明财物退还的情况。",
        hint="解除的应当立即退还财物；已拍卖、变卖的退还价款，请填写退还的对象（D34）。",
    )


def disposal_is_lawful(question: GuardQuestion) -> Refusal | None:
    """Seized property is confiscated, destroyed, moved or sold on a basis of law (§27)."""
    if not coercion_in_force(question.case_file):
        return Refusal(message="没有在期的查封、扣押。", hint="已解除的无须处置。")
    data = question.event.data
    if question.preview or text_of(data.get("basis")):
        return None
    return Refusal(
        message="处置查封、扣押的财物没有写明依据。",
        hint="没收、销毁须有法律、行政法规规定；请填写依据（D34）。",
    )


GUARDS: dict[str, Guard] = {
    "coercion_authorised": coercion_authorised,
    "coercion_has_own_authority": coercion_has_own_authority,
    "coercion_approved": coercion_approved,
    "coercion_object_lawful": coercion_object_lawful,
    "coercion_approval_in_time": coercion_approval_in_time,
    "coercion_approval_by_head": coercion_approval_by_head,
    "coercion_extension_lawful": coercion_extension_lawful,
    "coercion_extension_told": coercion_extension_told,
    "coercion_test_period_told": coercion_test_period_told,
    "lifting_has_its_ground": lifting_has_its_ground,
    "lifted_in_time": lifted_in_time,
    "property_returned": property_returned,
    "disposal_is_lawful": disposal_is_lawful,
}
