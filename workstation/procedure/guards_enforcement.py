"""Guards on enforcement: demand, court, suspension and end, third parties, nights and holidays."""

from datetime import date, datetime, timedelta

from workstation.domain.cases import CaseFile
from workstation.procedure.case_readings import day_of, served_day, text_of
from workstation.procedure.deadlines import compute
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.payments import deferred_until
from workstation.procedure.period_records import DayKind
from workstation.procedure.procedures import is_summary
from workstation.procedure.remedies import RECONSIDERATION, pending, remedies
from workstation.procedure.rules import ProcedureRules

_HARMS = frozenset({"危害交通安全", "造成环境污染", "破坏自然资源"})
_NO_MEANS = "当事人履行确有困难或者暂无履行能力"
_THREE_YEARS_OVER = "中止执行满三年未恢复"
_DECISION_ANNULLED = "据以执行的行政决定被撤销"


def demand_period_over(question: GuardQuestion) -> Refusal | None:
    """Ten working days pass after the demand before a court is asked (行政强制法§54, §69)."""
    demand = question.case_file.last("demand_served")
    if demand is None:
        return Refusal(
            message="尚未催告当事人履行义务。",
            hint="请先送达催告书（D61），满十个工作日仍不履行的再申请。",
        )
    last = question.deadline("DL21", demand.day).last_day
    if question.event.day > last:
        return None
    return Refusal(
        message=f"催告书{in_words(demand.day)}送达，十个工作日至{in_words(last)}，尚未届满。",
        hint=f"请在{in_words(last)}之后申请。",
    )


def last_day_to_sue(case_file: CaseFile, rules: ProcedureRules) -> date | None:
    """Return the last day to sue: six months, or fifteen days after reconsideration.

    A decision made on the spot is taken to reconsideration first (行政复议法§23): whoever does
    not, loses the suit with it. None before the decision was served (行政诉讼法§45, §46).
    """
    served = case_file.last("decision_served")
    if served is None:
        return None
    start, code = served_day(served, rules), "DL16" if is_summary(case_file) else "DL17"
    for remedy in remedies(case_file):
        if remedy.path == RECONSIDERATION and remedy.ended is not None:
            start = day_of(remedy.ended.data.get("party_received_on")) or remedy.ended.day
            code = "DL18"
    rule = rules.on(start).deadlines.rule(code)
    return compute(rule, start, calendar=rules.calendar).last_day


def application_window_open(question: GuardQuestion) -> Refusal | None:
    """A court is asked after the time to sue or the last instalment, within three months (§53)."""
    ends = last_day_to_sue(question.case_file, question.rules)
    if ends is None:
        return None
    until = deferred_until(question.case_file)
    opens = max(ends, until) if until else ends
    closes = question.deadline("DL22", opens).last_day
    if opens < question.event.day <= closes:
        return None
    what = "分期或者暂缓期限" if until and until == opens else "起诉期限"
    return Refusal(
        message=(
            f"申请法院强制执行应在{what}届满（{in_words(opens)}）后、{in_words(closes)}前提出，"
            f"{in_words(question.event.day)}不在期内。"
        ),
        hint="未到期的继续催告、加处罚款；已过期的报负责人研究处理。",
    )


def no_remedy_pending(question: GuardQuestion) -> Refusal | None:
    """A court enforces what the party neither contests nor performs (行政强制法§53)."""
    review = pending(question.case_file)
    if review is None:
        return None
    return Refusal(
        message=f"当事人{in_words(review.began)}已提起{review.path}，尚未结束，不能申请非诉执行。",
        hint="待复议决定、裁判生效后，按生效文书执行。",
    )


def demand_statement_answered(question: GuardQuestion) -> Refusal | None:
    """What the party says after the demand is heard and checked (行政强制法§36)."""
    statement = question.case_file.last("demand_statement_received")
    if statement is None or text_of(statement.data.get("review")):
        return None
    return Refusal(
        message="当事人催告后提出了意见，没有复核结论。",
        hint="请对提出的事实、理由和证据进行记录、复核，再登记一次“催告后的陈述申辩及复核”。",
    )


def application_signed_by_head(question: GuardQuestion) -> Refusal | None:
    """A head signs the application to the court (行政强制法§55)."""
    signed = text_of(question.event.data.get("signed_by"))
    if signed and question.is_head(signed):
        return None
    stated = f"“{signed}”不是行政机关负责人" if signed else "没有填写签名的负责人"
    return Refusal(
        message=f"强制执行申请书应当由行政机关负责人签名，{stated}。",
        hint="请填写签名的行政机关负责人（D64）。",
        hard=bool(signed),
    )


def suspension_has_its_ground(question: GuardQuestion) -> Refusal | None:
    """Execution is suspended on one of four grounds, with reasons (行政强制法§39)."""
    data = question.event.data
    if text_of(data.get("ground")) and text_of(data.get("reason")):
        return None
    return Refusal(
        message="中止执行没有写明属于哪一种情形及理由。",
        hint="请选择行政强制法第三十九条第一款的情形并写明理由。",
    )


def resumed_within_three_years(question: GuardQuestion) -> Refusal | None:
    """After three years of suspension for want of means nothing is executed (行政强制法§39)."""
    suspended = question.case_file.last("execution_suspended")
    if suspended is None or suspended.data.get("harmless") is not True:
        return None
    last = question.deadline("DL28", suspended.day).last_day
    if question.event.day <= last:
        return None
    return Refusal(
        message=f"{in_words(suspended.day)}中止执行，至{in_words(last)}已满三年，不再执行。",
        hint="请办理“终结执行”，情形选择“中止执行满三年未恢复”。",
    )


def execution_end_has_its_ground(question: GuardQuestion) -> Refusal | None:
    """Execution ends on the grounds of 行政强制法§40, which the file must bear out."""
    data, case_file = question.event.data, question.case_file
    ground = text_of(data.get("ground"))
    if not ground or not text_of(data.get("reason")):
        return Refusal(
            message="终结执行没有写明属于哪一种情形及其事实、证据。",
            hint="请选择行政强制法第四十条的情形并写明事实和证据。",
        )
    if ground == _THREE_YEARS_OVER:
        suspended = case_file.last("execution_suspended")
        harmless = suspended is not None and suspended.data.get("harmless") is True
        if (
            suspended is None
            or not harmless
            or question.event.day <= question.deadline("DL28", suspended.day).last_day
        ):
            return Refusal(
                message="中止执行未满三年，或者不属于没有明显社会危害、确无能力履行的中止。",
                hint="未满三年的不能以此终结；情形消失的应当恢复执行。",
            )
    if ground == _DECISION_ANNULLED and not any(
        remedy.ended is not None for remedy in remedies(case_file)
    ):
        return Refusal(
            message="案卷中没有撤销本案决定的复议决定或者生效裁判。",
            hint="请先登记复议决定或者生效裁判。",
        )
    return None


def substitute_performance_allowed(question: GuardQuestion) -> Refusal | None:
    """Third parties perform only what harms traffic, environment or resources (行政强制法§50)."""
    harm = text_of(question.event.data.get("harm"))
    if harm not in _HARMS:
        return Refusal(
            message="代履行只适用于后果已经或者将危害交通安全、造成环境污染或者破坏自然资源的情形。",
            hint="其他情形请催告后申请法院强制执行。",
        )
    if any(question.case_file.first(kind) for kind in ("correction_ordered", "decision_made")):
        return None
    return Refusal(
        message="没有要求当事人排除妨碍、恢复原状的决定。",
        hint="请先责令改正（D35）或者作出决定，当事人逾期不履行、经催告仍不履行的，再代履行。",
    )


def substitute_decision_complete(question: GuardQuestion) -> Refusal | None:
    """The decision names manner, time, cost and performer (行政强制法§51第1款第（一）项)."""
    data = question.event.data
    wanted = {"manner": "方式和时间", "cost": "费用预算", "performer": "代履行人"}
    missing = [name for key, name in wanted.items() if data.get(key) in (None, "")]
    if not missing:
        return None
    return Refusal(
        message=f"代履行决定没有载明{'、'.join(missing)}。",
        hint="代履行决定书应当载明理由和依据、方式和时间、标的、费用预算及代履行人（D63）。",
    )


def substitute_demanded_in_time(question: GuardQuestion) -> Refusal | None:
    """The party is called on three working days before, unless at once (行政强制法§51, §52)."""
    case_file = question.case_file
    if question.event.data.get("immediate") is True:
        return None
    if case_file.first("substitute_decided") is None:
        return Refusal(
            message="尚未作出代履行决定。",
            hint="请先作出并送达“代履行决定”（D63）；立即清除遗洒物、障碍物或者污染物的除外。",
        )
    latest = question.deadline("DL23", question.event.day).last_day
    demands = [e for e in case_file.all_of("demand_served") if e.day <= latest]
    if demands:
        return None
    return Refusal(
        message=f"代履行三日前应当催告，最迟{in_words(latest)}送达催告书，没有该日以前的催告。",
        hint="请先送达催告书（D61），满三个工作日再代履行；当事人履行的，停止代履行。",
    )


def not_at_night_or_on_a_holiday(question: GuardQuestion) -> Refusal | None:
    """Nothing is enforced at night or on a holiday unless urgent (行政强制法§43)."""
    event = question.event
    if event.data.get("urgent") is True or event.data.get("immediate") is True:
        return None
    ends = _end_of(event.data.get("until"), event.at)
    for moment in (event.at, ends):
        if question.preview:
            break
        if _at_night(moment, question):
            return Refusal(
                message=f"{moment:%H:%M}属于夜间，不得实施强制执行。",
                hint="请改在白天实施；情况紧急的，勾选“情况紧急”并写明情况。",
            )
    kind = question.rules.calendar.describe(event.day)
    if kind.kind is not DayKind.HOLIDAY:
        return None
    return Refusal(
        message=f"{in_words(event.day)}是法定节假日（{kind.why}），不得实施强制执行。",
        hint="请改在其他日期实施；情况紧急的，勾选“情况紧急”并写明情况。",
    )


def _end_of(value: object, start: datetime) -> datetime:
    if isinstance(value, str) and "T" in value:
        return datetime.fromisoformat(value) - timedelta(minutes=1)
    return start


def _at_night(moment: datetime, question: GuardQuestion) -> bool:
    parameters = question.rules.parameters
    return moment.hour >= parameters.night_begins or moment.hour < parameters.night_ends


def utilities_not_cut(question: GuardQuestion) -> Refusal | None:
    """Residents are not forced by cutting water, power, heat or gas (行政强制法§43)."""
    if question.event.data.get("cuts_utilities") is not True:
        return None
    return Refusal(
        message="不得对居民生活采取停止供水、供电、供热、供燃气等方式迫使当事人履行。",
        hint="请改用其他执行方式。",
    )


def demolition_after_remedies(question: GuardQuestion) -> Refusal | None:
    """Buildings are torn down after the time for reconsideration and suit (行政强制法§44)."""
    if question.event.data.get("demolition") is not True:
        return None
    ends = last_day_to_sue(question.case_file, question.rules)
    review = pending(question.case_file)
    if review is None and ends is not None and question.event.day > ends:
        return None
    until = f"起诉期限至{in_words(ends)}" if ends else "决定书尚未送达"
    return Refusal(
        message=f"拆除违法建筑物须当事人期内不复议、不起诉又不拆除；{until}"
        + (f"，且{review.path}尚未结束。" if review else "。"),
        hint="请公告限期自行拆除，期限届满后再依法拆除。",
    )


def confiscated_goods_disposed_lawfully(question: GuardQuestion) -> Refusal | None:
    """Confiscated goods are auctioned or handled by rule (行政处罚法§74)."""
    data = question.event.data
    manner = text_of(data.get("manner"))
    approver = text_of(data.get("approver"))
    if not question.is_head(approver):
        return Refusal(
            message=f"没收物处理没有行政机关负责人的批准（所填：{approver or '无'}）。",
            hint="请报行政机关负责人批准（D65）。",
        )
    if manner == "公开拍卖" or text_of(data.get("basis")):
        return None
    return Refusal(
        message=f"“{manner or '未选处理方式'}”没有写明依据。",
        hint="除依法应当销毁的以外，没收物应当公开拍卖或者按照国家有关规定处理；请写明规定。",
    )


GUARDS: dict[str, Guard] = {
    "demand_period_over": demand_period_over,
    "application_window_open": application_window_open,
    "no_remedy_pending": no_remedy_pending,
    "demand_statement_answered": demand_statement_answered,
    "application_signed_by_head": application_signed_by_head,
    "suspension_has_its_ground": suspension_has_its_ground,
    "resumed_within_three_years": resumed_within_three_years,
    "execution_end_has_its_ground": execution_end_has_its_ground,
    "substitute_performance_allowed": substitute_performance_allowed,
    "substitute_decision_complete": substitute_decision_complete,
    "substitute_demanded_in_time": substitute_demanded_in_time,
    "not_at_night_or_on_a_holiday": not_at_night_or_on_a_holiday,
    "utilities_not_cut": utilities_not_cut,
    "demolition_after_remedies": demolition_after_remedies,
    "confiscated_goods_disposed_lawfully": confiscated_goods_disposed_lawfully,
}
