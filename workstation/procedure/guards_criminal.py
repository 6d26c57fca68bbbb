"""Guards on the way from administrative to criminal procedure (行刑衔接)."""

from workstation.domain.people import Role
from workstation.procedure.case_readings import (
    PENALTY,
    act_day,
    coercion_in_force,
    day_of,
    fine_of,
    money,
    names_of,
    outcome_of,
    text_of,
)
from workstation.procedure.crimes import CrimeThreshold
from workstation.procedure.criminal import (
    APPROVED,
    FILED,
    MATERIALS,
    PENDING,
    REFUSED,
    CriminalStage,
    answer_of_police,
    criminal_stage,
)
from workstation.procedure.deadlines import compute
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words

_NEVER_ABSENT = MATERIALS[:2]


def _met(question: GuardQuestion) -> tuple[CrimeThreshold, ...]:
    case = question.case_file.case
    field = question.matter.field if question.matter else ""
    acted = act_day(case) or case.lead.found_at.date()
    return tuple(
        crime
        for crime in question.rules.crimes
        if crime.is_met(money(case.facts.get(crime.fact)), field, acted)
    )


def criminal_question_answered(question: GuardQuestion) -> Refusal | None:
    """Where facts or matter point to a crime, a person says whether there is one (§27)."""
    if question.event.kind == "decision_made" and outcome_of(question.event) != PENALTY:
        return None
    if question.case_file.first("crime_considered") is not None:
        return None
    met = _met(question)
    hint = question.matter.marks.criminal if question.matter else ""
    if not met and not hint:
        return None
    why = "；".join(threshold.in_words() for threshold in met) or f"事项清单提示：{hint}"
    return Refusal(
        message=f"本案事实可能达到刑事追诉标准，尚未作涉嫌犯罪审查。{why}。",
        hint="请办理“涉嫌犯罪审查”：涉嫌犯罪的依法移送公安机关（D54、D55），不得以罚代刑。",
    )


def no_crime_has_its_reason(question: GuardQuestion) -> Refusal | None:
    """Finding no crime says why, above all where a threshold is met."""
    data = question.event.data
    if text_of(data.get("conclusion")) != "不涉嫌犯罪":
        return None
    met = _met(question)
    if not text_of(data.get("reason")):
        return Refusal(
            message="结论为不涉嫌犯罪，没有写明与追诉标准的对照。",
            hint="请逐项写明金额、情节、后果为何没有达到追诉标准。",
        )
    if not met:
        return None
    return Refusal(
        message=f"案件事实达到对照表中的标准，结论却为不涉嫌犯罪：{met[0].in_words()}。",
        hint="请核对数量和标准原文；结论由法制审核人员复核（YS1）。",
        hard=False,
    )


def crime_suspected_first(question: GuardQuestion) -> Refusal | None:
    """A task force is named for a case suspected of crime (移送规定§5)."""
    if criminal_stage(question.case_file) is not CriminalStage.NONE:
        return None
    return Refusal(
        message="案卷中没有涉嫌犯罪的审查结论。",
        hint="请先办理“涉嫌犯罪审查”，结论为涉嫌犯罪。",
    )


def transfer_decided_by_the_first_head(question: GuardQuestion) -> Refusal | None:
    """The first head (正职) or whoever presides decides, not a deputy (移送规定§5)."""
    approver = text_of(question.event.data.get("approver"))
    person = question.person(approver)
    people = question.surroundings.office.people
    named = any(Role.PRINCIPAL in p.roles for p in people)
    roles = person.roles if person else ()
    first = Role.PRINCIPAL in roles or (
        not named and Role.HEAD in roles and Role.DEPUTY_HEAD not in roles
    )
    presiding = question.is_head(approver) and text_of(question.event.data.get("presiding"))
    if first or presiding:
        return None
    return Refusal(
        message=(
            "移送涉嫌犯罪案件由正职负责人或者主持工作的负责人审批，"
            f"“{approver or '（未填）'}”不是。"
        ),
        hint=(
            "请由正职负责人审批（设置 · 人员与证件中登记“主要负责人”）；"
            "主持工作的，填写其依据文件。"
        ),
    )


def transfer_decided_in_time(question: GuardQuestion) -> Refusal | None:
    """The decision comes within three days of the report (移送规定§5)."""
    reported = question.case_file.last("transfer_reported")
    if reported is None:
        return None
    last = question.deadline("DL24", reported.day).last_day
    if question.event.day <= last:
        return None
    return Refusal(
        message=f"{in_words(reported.day)}报告，应于{in_words(last)}前作出决定，已逾期。",
        hint="由负责人说明逾期原因后如实记录。",
    )


def transfer_refused_with_reason(question: GuardQuestion) -> Refusal | None:
    """Not approving a transfer is reasoned on record (移送规定§5)."""
    data = question.event.data
    if text_of(data.get("decision")) == APPROVED or text_of(data.get("reason")):
        return None
    return Refusal(
        message="不批准移送没有写明理由。", hint="决定不批准的，应当将不予批准的理由记录在案。"
    )


def transfer_approved_first(question: GuardQuestion) -> Refusal | None:
    """A case moves on the first head's approval (移送规定§5)."""
    decided = question.case_file.last("transfer_decided")
    if decided is not None and text_of(decided.data.get("decision")) == APPROVED:
        return None
    return Refusal(
        message="移送没有经正职负责人批准。", hint="请先办理“移送涉嫌犯罪案件审批”（D54）。"
    )


def transferred_within_twenty_four_hours(question: GuardQuestion) -> Refusal | None:
    """An approved case reaches the police within twenty-four hours (移送规定§5)."""
    decided = question.case_file.last("transfer_decided")
    if decided is None:
        return None
    rule = question.rules.on(decided.day).deadlines.rule("DL25")
    limit = compute(rule, decided.at, calendar=question.rules.calendar).moment
    if limit is None or question.event.at <= limit:
        return None
    return Refusal(
        message=f"{decided.at:%Y-%m-%d %H:%M}批准移送，应于{limit:%Y-%m-%d %H:%M}前移送，已逾期。",
        hint="请立即移送，由负责人说明逾期原因后如实记录。",
    )


def transfer_materials_complete(question: GuardQuestion) -> Refusal | None:
    """Five kinds of material go along; what there is none of is explained (移送规定§6)."""
    data = question.event.data
    given = names_of(data.get("materials"))
    missing = [name for name in MATERIALS if name not in given]
    explained = text_of(data.get("absent")) and not set(missing) & set(_NEVER_ABSENT)
    if not missing or explained:
        return None
    return Refusal(
        message=f"移送材料缺{'、'.join(missing)}。",
        hint="请补齐五类材料；没有涉案物品、检验鉴定等材料的，填写缺某类材料的原因。",
    )


def seized_property_goes_along(question: GuardQuestion) -> Refusal | None:
    """What is sealed or seized goes along, and the party is told in writing (行政强制法§21)."""
    if not coercion_in_force(question.case_file):
        return None
    data = question.event.data
    if data.get("property_moved") is True and day_of(data.get("party_told_on")) is not None:
        return None
    return Refusal(
        message="本案有查封、扣押的财物，没有一并移送并书面告知当事人的记录。",
        hint="请勾选“查封、扣押的财物一并移送”，并填写书面告知当事人之日。",
    )


def police_filed_first(question: GuardQuestion) -> Refusal | None:
    """Property and outcome follow a case that the police filed (移送规定§12)."""
    if answer_of_police(question.case_file, FILED) is not None:
        return None
    return Refusal(
        message="公安机关尚未决定立案。", hint="请先登记“公安机关的立案决定”，结果为立案。"
    )


def property_handed_over_in_time(question: GuardQuestion) -> Refusal | None:
    """Property is handed over within three days of the notice of filing (移送规定§12)."""
    return _late(question, FILED, "DL26-2", "移交涉案物品和材料")


def police_refused_first(question: GuardQuestion) -> Refusal | None:
    """Only a refusal to file can be contested (移送规定§9)."""
    if answer_of_police(question.case_file, REFUSED) is not None:
        return None
    return Refusal(
        message="公安机关没有作出不予立案的决定。",
        hint="请先登记“公安机关的立案决定”，结果为不予立案。",
    )


def refusal_contested_in_time(question: GuardQuestion) -> Refusal | None:
    """A refusal is contested within three days of its notice (移送规定§9)."""
    return _late(question, REFUSED, "DL26-3", "提请复议或者建议立案监督")


def _late(question: GuardQuestion, result: str, code: str, what: str) -> Refusal | None:
    answer = answer_of_police(question.case_file, result)
    if answer is None:
        return None
    last = question.deadline(code, answer.day).last_day
    if question.event.day <= last:
        return None
    return Refusal(
        message=f"应于{in_words(last)}前{what}，已逾期。",
        hint="由负责人说明逾期原因后如实记录。",
    )


def _fines(question: GuardQuestion) -> bool:
    event = question.event
    if event.kind == "decision_made" and outcome_of(event) != PENALTY:
        return False
    return question.preview or bool(fine_of(event, question.case_file))


def no_penalty_instead_of_transfer(question: GuardQuestion) -> Refusal | None:
    """No fine while the case is on its way to the police or with them (移送规定§11)."""
    stage = criminal_stage(question.case_file)
    if stage not in PENDING or not _fines(question):
        return None
    return Refusal(
        message=f"本案{stage.value}，不得以行政处罚代替移送，罚款的程序暂停。",
        hint="请依法移送；公安机关不予立案、退回或者刑事程序终结后，再依法实施行政处罚。",
    )


def no_fine_beside_a_criminal_fine(question: GuardQuestion) -> Refusal | None:
    """After a criminal fine the bureau imposes none for the same act (行政处罚法§35)."""
    concluded = question.case_file.last("criminal_concluded")
    fined = concluded is not None and text_of(concluded.data.get("result")) == "判处罚金"
    if not fined or not _fines(question):
        return None
    return Refusal(
        message="人民法院已就同一行为判处罚金，行政机关尚未给予罚款的，不再给予罚款。",
        hint="依法可以给予其他种类的行政处罚；不需处罚的，结案。",
    )


GUARDS: dict[str, Guard] = {
    "criminal_question_answered": criminal_question_answered,
    "no_crime_has_its_reason": no_crime_has_its_reason,
    "crime_suspected_first": crime_suspected_first,
    "transfer_decided_by_the_first_head": transfer_decided_by_the_first_head,
    "transfer_decided_in_time": transfer_decided_in_time,
    "transfer_refused_with_reason": transfer_refused_with_reason,
    "transfer_approved_first": transfer_approved_first,
    "transferred_within_twenty_four_hours": transferred_within_twenty_four_hours,
    "transfer_materials_complete": transfer_materials_complete,
    "seized_property_goes_along": seized_property_goes_along,
    "police_filed_first": police_filed_first,
    "property_handed_over_in_time": property_handed_over_in_time,
    "police_refused_first": police_refused_first,
    "refusal_contested_in_time": refusal_contested_in_time,
    "no_penalty_instead_of_transfer": no_penalty_instead_of_transfer,
    "no_fine_beside_a_criminal_fine": no_fine_beside_a_criminal_fine,
}
