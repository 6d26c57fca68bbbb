"""Guards on who acts: officers, certificates, records, receivers, age of the party."""

from collections.abc import Sequence
from datetime import date, datetime

from workstation.domain.parties import PartyKind
from workstation.procedure.case_readings import (
    PENALTY,
    act_day,
    age_on,
    ends_at,
    officers_of,
    outcome_of,
    party_category,
    text_of,
)
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words

_OFFICERS_REQUIRED = 2
_PENAL_AGE = 14
_FULL_AGE = 18
_IN_PERSON = frozenset({"直接送达", "留置送达"})


def two_valid_officers(question: GuardQuestion) -> Refusal | None:
    """At least two officers with different certificates, all valid on the day (行政处罚法§42)."""
    names = officers_of(question.event, question.case_file.case)
    return _officers_refused(question, names, question.event.day, question.event.title)


def serving_officers_valid(question: GuardQuestion) -> Refusal | None:
    """Service in person is done by two officers whose certificates are valid that day."""
    for delivery in question.deliveries:
        if delivery.method not in _IN_PERSON:
            continue
        refusal = _officers_refused(question, delivery.officers, delivery.at.date(), "送达")
        if refusal is not None:
            return refusal
    return None


def _officers_refused(
    question: GuardQuestion, names: Sequence[str], day: date, what: str
) -> Refusal | None:
    certificates: set[str] = set()
    for name in dict.fromkeys(names):
        person = question.person(name)
        if person is None or not person.certificate:
            return Refusal(
                message=f"“{what}”的执法人员“{name}”在本局名册中没有执法证件。",
                hint="请改由持证执法人员办理，或登记其证件（设置 · 人员与证件）；辅助人员不计。",
            )
        if not person.holds_certificate_on(day):
            until = f"，有效期至{in_words(person.valid_to)}" if person.valid_to else ""
            return Refusal(
                message=(
                    f"“{what}”的执法人员{name}（{person.certificate}）"
                    f"在{in_words(day)}证件无效{until}。"
                ),
                hint="请改由证件在有效期内的两名执法人员办理；已换证的，先登记新证的有效期。",
            )
        certificates.add(person.certificate)
    if len(certificates) < _OFFICERS_REQUIRED:
        return Refusal(
            message=f"“{what}”的执法人员只有{len(certificates)}名，法律要求不少于两名。",
            hint="请补填两名不同证号的执法人员。",
        )
    return None


def records_do_not_overlap(question: GuardQuestion) -> Refusal | None:
    """One officer can't be on two records (笔录) at the same time."""
    event = question.event
    ends = ends_at(event)
    if ends is None:
        return None
    if ends <= event.at:
        return Refusal(
            message=f"“{event.title}”的结束时间不晚于开始时间。", hint="请核对笔录的起止时分。"
        )
    for officer in officers_of(event, question.case_file.case):
        for start, end, what in _engagements(question, officer):
            if event.at < end and start < ends:
                return Refusal(
                    message=(
                        f"{officer}在{start:%Y-%m-%d %H:%M}至{end:%H:%M}正在办理“{what}”，"
                        f"与“{event.title}”的时段重叠。"
                    ),
                    hint="请核对两份笔录的起止时分和执法人员，如实改正。",
                )
    return None


def _engagements(question: GuardQuestion, officer: str) -> list[tuple[datetime, datetime, str]]:
    found = [
        (e.start, e.end, e.what) for e in question.surroundings.engagements if e.officer == officer
    ]
    for event in question.case_file.events:
        ends = ends_at(event)
        if event.position == question.event.position or ends is None or ends <= event.at:
            continue
        if "officers" in event.data and officer in officers_of(event, question.case_file.case):
            found.append((event.at, ends, event.title))
    return found


def minor_has_guardian(question: GuardQuestion) -> Refusal | None:
    """A person under eighteen is questioned with a guardian present."""
    data, party = question.event.data, question.case_file.case.party
    person = text_of(data.get("person"))
    born = party.birth_date if person and person == party.name else None
    young = born is not None and age_on(born, question.event.day) < _FULL_AGE
    if not (young or data.get("minor") is True) or text_of(data.get("guardian")):
        return None
    return Refusal(
        message=f"被询问人{person}不满十八周岁，没有写明到场的监护人。",
        hint="请通知监护人到场并在笔录上签名；监护人不能到场的，写明到场的其他成年亲属或者有关代表。",
    )


def party_identified(question: GuardQuestion) -> Refusal | None:
    """A penalty is announced to a known party only."""
    if question.case_file.case.party.kind is not PartyKind.UNIDENTIFIED:
        return None
    return Refusal(
        message="当事人身份尚未查明，不能告知拟作出的处罚。",
        hint="请先查明当事人并填写名称、证照号码和住址。",
    )


def party_of_age_to_be_penalised(question: GuardQuestion) -> Refusal | None:
    """Under 14 there is no penalty; under 18 it is lighter or mitigated (行政处罚法§30)."""
    case, event = question.case_file.case, question.event
    acted = act_day(case)
    if not case.party.is_person or case.party.birth_date is None or acted is None:
        return None
    if event.kind == "decision_made" and outcome_of(event) != PENALTY:
        return None
    age = age_on(case.party.birth_date, acted)
    if age < _PENAL_AGE:
        return Refusal(
            message=f"当事人行为时{age}周岁，不满十四周岁，不予行政处罚。",
            hint="请作出不予行政处罚决定（D52），责令监护人加以管教。",
        )
    lighter = text_of(event.data.get("leniency_basis")) or text_of(
        event.data.get("mitigation_basis")
    )
    if age >= _FULL_AGE or lighter:
        return None
    return Refusal(
        message=f"当事人行为时{age}周岁，应当从轻或者减轻处罚，尚未写明从轻、减轻的依据。",
        hint="请在决定中填写“从轻处罚的依据”或者“减轻处罚的依据”。",
        hard=event.kind == "decision_made" and not question.preview,
    )


def receivers_lawful(question: GuardQuestion) -> Refusal | None:
    """Whoever signs for a document is one of those 民事诉讼法§88 names."""
    category = party_category(question.case_file.case.party)
    roles = question.rules.parameters.receiver_roles.get(category, ())
    for delivery in question.deliveries:
        if delivery.method == "直接送达" and delivery.receiver_role not in roles:
            return Refusal(
                message=(
                    f"签收人{delivery.receiver}的身份“{delivery.receiver_role or '未填'}”"
                    "不能代为签收。"
                ),
                hint=f"请向以下人员之一送达：{'、'.join(roles)}；拒收的改用留置送达。",
            )
    return None


def announcement_is_last_resort(question: GuardQuestion) -> Refusal | None:
    """Service by announcement needs failed attempts on record (民事诉讼法§95)."""
    announced = any(d.method == "公告送达" for d in question.deliveries)
    announced = announced or question.event.data.get("announced_on") is not None
    if not announced or text_of(question.event.data.get("failed_attempts")):
        return None
    return Refusal(
        message="公告送达没有此前送达未成的记录。",
        hint="请先用直接、留置、邮寄等方式送达，并填写“此前送达未成的经过”，再公告送达。",
    )


GUARDS: dict[str, Guard] = {
    "two_valid_officers": two_valid_officers,
    "serving_officers_valid": serving_officers_valid,
    "records_do_not_overlap": records_do_not_overlap,
    "minor_has_guardian": minor_has_guardian,
    "party_identified": party_identified,
    "party_of_age_to_be_penalised": party_of_age_to_be_penalised,
    "receivers_lawful": receivers_lawful,
    "announcement_is_last_resort": announcement_is_last_resort,
}
