"""Guards on not filing and not penalising: five grounds, each with its own facts."""

from datetime import timedelta

from workstation.domain.cases import CaseFile
from workstation.procedure.case_readings import (
    PENALTY,
    act_day,
    act_end,
    age_on,
    day_of,
    limitation_code,
    outcome_of,
    result_of,
    text_of,
)
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.other_cases import earlier_violations
from workstation.procedure.records import OtherCase

NO_PENALTY = "不予处罚"
NOT_ESTABLISHED = "违法事实不成立"
SLIGHT = "轻微并及时改正，没有造成危害后果"
FIRST = "初次违法且危害后果轻微并及时改正"
NO_FAULT = "当事人有证据足以证明没有主观过错"
NOT_ACCOUNTABLE = "不满十四周岁，或者精神病人、智力残疾人"
TIME_BARRED = "超过追责时效"
GROUNDS = {
    SLIGHT: "行政处罚法§33第1款",
    FIRST: "行政处罚法§33第1款",
    NO_FAULT: "行政处罚法§33第2款",
    NOT_ACCOUNTABLE: "行政处罚法§30、§31",
    TIME_BARRED: "行政处罚法§36",
}
_PENAL_AGE = 14
_YOUNG_ARCHIVE = timedelta(days=2 * 365)


def _ground(question: GuardQuestion, *grounds: str) -> bool:
    event = question.event
    return (
        outcome_of(event) == NO_PENALTY and text_of(event.data.get("no_penalty_ground")) in grounds
    )


def no_penalty_ground_stated(question: GuardQuestion) -> Refusal | None:
    """Not penalising rests on one of five grounds, never on a bare 免罚 (§30, §31, §33, §36)."""
    ground = text_of(question.event.data.get("no_penalty_ground"))
    if outcome_of(question.event) != NO_PENALTY or ground in GROUNDS:
        return None
    return Refusal(
        message="不予处罚没有写明属于哪一种法定情形。",
        hint=f"请选择：{'；'.join(GROUNDS)}。",
    )


def _corrected(case_file: CaseFile, done: tuple[str, ...]) -> bool:
    checks = [*case_file.all_of("correction_reviewed"), *case_file.all_of("compliance_rechecked")]
    latest = max(checks, key=lambda check: check.at, default=None)
    return latest is not None and result_of(latest) in done


def correction_on_record(question: GuardQuestion) -> Refusal | None:
    """Correction in time is shown by a check on record (行政处罚法§33第1款; D36)."""
    if not _ground(question, SLIGHT, FIRST):
        return None
    if _corrected(question.case_file, question.rules.parameters.done_correction_results):
        return None
    return Refusal(
        message="以“及时改正”为条件不予处罚，案卷中没有结果为已改正的复查记录。",
        hint="请办理“整改复查”（D36），结果为已改正。",
    )


def consequences_assessed(question: GuardQuestion) -> Refusal | None:
    """No harm, or slight harm only, is found by a person and never the contrary on file (§33)."""
    if not _ground(question, SLIGHT, FIRST):
        return None
    stated = text_of(question.event.data.get("harm_finding"))
    harmful = question.case_file.case.facts.get("harmful") is True
    if stated and not (harmful and _ground(question, SLIGHT)):
        return None
    if harmful:
        return Refusal(
            message="案件事实记载有危害后果，不能以没有造成危害后果为由不予处罚。",
            hint="请核对事实；危害后果轻微且初次违法的，改选相应情形。",
        )
    return Refusal(
        message="没有写明对危害后果的认定。", hint="请填写“危害后果的认定”及所依据的证据。"
    )


def leniency_has_list_or_reason(question: GuardQuestion) -> Refusal | None:
    """A list entry with its version, or the reasons of the single case under §33."""
    if not _ground(question, SLIGHT, FIRST):
        return None
    data = question.event.data
    listed = text_of(data.get("list_number")) and text_of(data.get("list_version"))
    if listed or text_of(data.get("case_reason")):
        return None
    return Refusal(
        message="没有写明柔性清单的编号和版本，也没有个案适用第三十三条的理由。",
        hint="清单内的填写编号和版本（文件号）；清单外的填写个案理由。清单只能细化法定条件。",
    )


def _earlier(question: GuardQuestion) -> tuple[OtherCase, ...]:
    return earlier_violations(question.case_file.case, question.surroundings, question.event.day)


def _named(found: tuple[OtherCase, ...]) -> str:
    return "；".join(
        f"{other.number}（{in_words(other.decided_on)}{other.outcome}）"
        for other in found
        if other.decided_on is not None
    )


def query_agrees_with_archive(question: GuardQuestion) -> Refusal | None:
    """What the query is said to show is what the bureau's own archive shows."""
    if question.preview or text_of(question.event.data.get("result")) == "有同类违法":
        return None
    found = _earlier(question)
    if not found:
        return None
    sure = any(other.same_number for other in found)
    return Refusal(
        message=f"本局档案中该当事人有同类违法：{_named(found)}。",
        hint="请把查询结果改为“有同类违法”。" if sure else "只有名称相同，请核对是否同一当事人。",
        hard=sure,
    )


def archive_is_old_enough(question: GuardQuestion) -> Refusal | None:
    """A young archive proves little about a first violation."""
    since = day_of(question.event.data.get("archive_from"))
    if question.preview or (since and since <= question.event.day - _YOUNG_ARCHIVE):
        return None
    stated = f"只自{in_words(since)}起" if since else "没有写明起始日"
    return Refusal(
        message=f"所查档案{stated}，不足以说明更早没有同类违法。",
        hint="请同时查询上级平台、行政处罚公示和原主管部门的记录，并写入“查得的情况”。",
    )


def first_violation_shown(question: GuardQuestion) -> Refusal | None:
    """First violation is shown by a query of the archive that found none (§33第1款后句)."""
    if not _ground(question, FIRST):
        return None
    found = tuple(other for other in _earlier(question) if other.same_number)
    if found:
        return Refusal(
            message=f"当事人不是初次违法，本局档案中有：{_named(found)}。",
            hint="不能适用首违不罚；请依法裁量，或者核对是否同一当事人。",
        )
    query = question.case_file.last("archive_queried")
    if query is not None and text_of(query.data.get("result")) == "没有同类违法":
        return None
    stated = "查询结果为有同类违法" if query else "没有既往违法查询的记录"
    return Refusal(
        message=f"以初次违法为由不予处罚，{stated}。",
        hint="请先办理“既往违法查询”，查询日和结果随决定入卷。",
    )


def commitment_on_record(question: GuardQuestion) -> Refusal | None:
    """The lists ask for the party's written commitment in cases of first violation."""
    if not _ground(question, FIRST) or question.case_file.first("commitment_received"):
        return None
    return Refusal(
        message="没有当事人的承诺书。", hint="清单要求承诺的，请登记“收到当事人承诺书”。"
    )


def no_fault_shown(question: GuardQuestion) -> Refusal | None:
    """The party's evidence must suffice to show that there was no fault (§33第2款)."""
    if not _ground(question, NO_FAULT) or text_of(question.event.data.get("fault_evidence")):
        return None
    return Refusal(
        message="没有写明当事人证明自己没有主观过错的证据。",
        hint="由当事人举证；请填写证据名称和采信的理由。法律、行政法规另有规定的，从其规定。",
    )


def party_not_accountable(question: GuardQuestion) -> Refusal | None:
    """Under fourteen or not in control; the guardian is told to see to it (§30, §31)."""
    if not _ground(question, NOT_ACCOUNTABLE):
        return None
    data, case = question.event.data, question.case_file.case
    born, acted = case.party.birth_date, act_day(case)
    child = born is not None and acted is not None and age_on(born, acted) < _PENAL_AGE
    if not child and not text_of(data.get("medical_opinion")):
        return Refusal(
            message="当事人行为时已满十四周岁，也没有不能辨认、控制自己行为的鉴定意见。",
            hint="请核对出生日期；属于精神病人、智力残疾人的，填写鉴定意见。",
        )
    if text_of(data.get("guardian_order")):
        return None
    return Refusal(
        message="没有责令监护人管教、看管的记录。",
        hint="请填写“责令监护人管教（看管、治疗）的情况”。",
    )


def limitation_has_passed(question: GuardQuestion) -> Refusal | None:
    """Time-barred means that the period had ended when the act was found (§36)."""
    if not _ground(question, TIME_BARRED):
        return None
    return _still_in_time(question)


def _still_in_time(question: GuardQuestion) -> Refusal | None:
    case = question.case_file.case
    ended, found = act_end(case), case.lead.found_at.date()
    if ended is None:
        return Refusal(
            message="行为终了日没有记载（持续中的，时效尚未起算），不能认定超过追责时效。",
            hint="请先查明并填写行为终了日。",
        )
    code = limitation_code(case, question.matter_on(found))
    last = question.deadline(code, ended.date()).last_day
    if found > last:
        return None
    return Refusal(
        message=f"行为{in_words(ended.date())}终了，追责时效至{in_words(last)}，"
        f"{in_words(found)}已被发现，没有超过时效。",
        hint="请改选其他情形，或者依法处理。",
    )


def education_on_record(question: GuardQuestion) -> Refusal | None:
    """Whoever is not penalised is educated; that is a duty and on record (§33第3款)."""
    if outcome_of(question.event) != NO_PENALTY:
        return None
    told = question.case_file.first("party_educated") is not None
    if told or text_of(question.event.data.get("education")):
        return None
    return Refusal(
        message="依法不予处罚，没有对当事人进行教育的记录。",
        hint="请先办理“对当事人批评教育”；未成年人由监护人到场。",
    )


def slight_case_goes_unpunished(question: GuardQuestion) -> Refusal | None:
    """Slight, corrected and without harm: not penalising is a must (§33第1款前句)."""
    facts = question.case_file.case.facts
    if outcome_of(question.event) != PENALTY and question.event.kind == "decision_made":
        return None
    if facts.get("slight") is not True or facts.get("harmless") is not True:
        return None
    if not _corrected(question.case_file, question.rules.parameters.done_correction_results):
        return None
    return Refusal(
        message="案件事实认定为违法行为轻微、及时改正且没有造成危害后果，应当不予处罚。",
        hint="请作出不予处罚决定（D52）；认定有误的，先更正案件事实。",
    )


def not_established_has_reason(question: GuardQuestion) -> Refusal | None:
    """Facts that do not stand up are reasoned (行政处罚法§57第1款第（三）项)."""
    event = question.event
    if outcome_of(event) != NOT_ESTABLISHED or text_of(event.data.get("reason")):
        return None
    return Refusal(
        message="结论为违法事实不成立，没有写明理由。", hint="请写明哪些事实、为何不能成立。"
    )


def rejection_ground_stated(question: GuardQuestion) -> Refusal | None:
    """Not filing rests on one of the conditions of filing that is lacking (行政处罚法§54)."""
    if text_of(question.event.data.get("ground")):
        return None
    return Refusal(
        message="不予立案没有选择属于哪一种情形。",
        hint="请选择：没有违法事实、超过追责时效、不属于本机关管辖、轻微并已改正、其他。",
    )


def rejection_limitation_passed(question: GuardQuestion) -> Refusal | None:
    """Rejected as time-barred, the period must have passed (行政处罚法§36)."""
    if text_of(question.event.data.get("ground")) != TIME_BARRED:
        return None
    return _still_in_time(question)


def rejection_passed_on(question: GuardQuestion) -> Refusal | None:
    """A lead of another body's jurisdiction goes to that body."""
    data = question.event.data
    if text_of(data.get("ground")) != "不属于本机关管辖" or text_of(data.get("receiver")):
        return None
    return Refusal(
        message="不属于本机关管辖，没有写明移送的机关。",
        hint="请填写有管辖权的机关并制发案件移送函（D05），留存回执。",
    )


def rejection_correction_noted(question: GuardQuestion) -> Refusal | None:
    """Rejected as slight and corrected, the correction is on record."""
    data = question.event.data
    if text_of(data.get("ground")) != "违法行为轻微并已改正" or text_of(data.get("correction")):
        return None
    return Refusal(
        message="以轻微并已改正为由不予立案，没有写明改正的情况。",
        hint="请填写改正的情况和核实的证据（照片、复查记录）。",
    )


GUARDS: dict[str, Guard] = {
    "no_penalty_ground_stated": no_penalty_ground_stated,
    "correction_on_record": correction_on_record,
    "consequences_assessed": consequences_assessed,
    "leniency_has_list_or_reason": leniency_has_list_or_reason,
    "query_agrees_with_archive": query_agrees_with_archive,
    "archive_is_old_enough": archive_is_old_enough,
    "first_violation_shown": first_violation_shown,
    "commitment_on_record": commitment_on_record,
    "no_fault_shown": no_fault_shown,
    "party_not_accountable": party_not_accountable,
    "limitation_has_passed": limitation_has_passed,
    "education_on_record": education_on_record,
    "slight_case_goes_unpunished": slight_case_goes_unpunished,
    "not_established_has_reason": not_established_has_reason,
    "rejection_ground_stated": rejection_ground_stated,
    "rejection_limitation_passed": rejection_limitation_passed,
    "rejection_passed_on": rejection_passed_on,
    "rejection_correction_noted": rejection_correction_noted,
}
