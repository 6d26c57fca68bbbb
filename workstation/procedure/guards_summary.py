"""Guards of the summary procedure (行政处罚法§51–§53, §68–§71; 行政复议法§23)."""

import re
from decimal import Decimal

from workstation.procedure.case_readings import (
    PENALTY,
    confiscated_of,
    money,
    outcome_of,
    party_category,
    text_of,
)
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.procedures import is_summary, procedure_of

_WARNING = "警告"
_PENALTIES = frozenset({_WARNING, "罚款", "警告并处罚款"})
_RANGE = re.compile(r"(\D*)(\d+)\s*[-—–至]\s*(?:\D*)(\d+)")
_NUMBER = re.compile(r"(\D*)(\d+)")
_TO_ORDINARY = "请先办理“转为普通程序”，当事人、事实和证据都保留，不必重填。"


def kind_of_this_procedure(question: GuardQuestion) -> Refusal | None:
    """What belongs to one procedure is not done in the other (行政处罚法§51, §54)."""
    kind = question.rules.events.kind(question.event.kind)
    procedure = procedure_of(question.case_file)
    if kind.procedure in {"", procedure.value}:
        return None
    if is_summary(question.case_file):
        return Refusal(
            message=f"本案适用简易程序，当场作出决定，没有“{kind.title}”。", hint=_TO_ORDINARY
        )
    return Refusal(
        message=f"本案适用普通程序，不能办理“{kind.title}”。",
        hint="尚未立案、符合当场处罚条件的，先办理“适用简易程序”。",
    )


def case_not_filed_yet(question: GuardQuestion) -> Refusal | None:
    """A case that was filed follows the ordinary procedure to its end."""
    filed = question.case_file.first("case_filed")
    if filed is None:
        return None
    return Refusal(
        message=f"本案已于{in_words(filed.day)}立案，应当按普通程序办理。",
        hint="当场处罚须在立案之前决定；已经立案的，继续办理普通程序。",
    )


def facts_are_clear(question: GuardQuestion) -> Refusal | None:
    """A penalty on the spot needs facts beyond doubt and a legal basis (行政处罚法§51)."""
    if question.event.data.get("facts_clear") is True:
        return None
    return Refusal(
        message="没有确认“违法事实确凿并有法定依据”。",
        hint="确认后才可以当场处罚；事实还要调查的，按普通程序立案。",
    )


def matter_allows_summary(question: GuardQuestion) -> Refusal | None:
    """Where the least fine exceeds the limit there is no penalty on the spot."""
    matter, limit = question.matter, _limit(question)
    if matter is None or limit is None or matter.fine_min <= limit:
        return None
    return Refusal(
        message=f"该事项罚款最低{matter.fine_min:,.0f}元，超过当场处罚的上限{limit:,.0f}元。",
        hint="请按普通程序立案办理。",
    )


def _limit(question: GuardQuestion) -> Decimal | None:
    category = party_category(question.case_file.case.party)
    limits = question.rules.parameters.summary_fine_limits
    return next((limit.amount for limit in limits if limit.party == category), None)


def summary_penalty_within_limits(question: GuardQuestion) -> Refusal | None:
    """On the spot only a warning or a fine of 200 or 3,000 yuan at most (行政处罚法§51)."""
    event = question.event
    penalty = text_of(event.data.get("penalty"))
    if outcome_of(event) != PENALTY or penalty not in _PENALTIES or confiscated_of(event):
        return Refusal(
            message="当场只能作出警告、罚款的处罚，不能没收、通报批评或者作出其他决定。",
            hint=f"请填写处罚种类（警告、罚款、警告并处罚款）；需要作出其他决定的，{_TO_ORDINARY}",
        )
    fine, limit = money(event.data.get("fine")) or Decimal(0), _limit(question)
    if (fine == 0) != (penalty == _WARNING):
        return Refusal(
            message=f"处罚种类“{penalty}”与罚款数额{fine:,.2f}元不一致。",
            hint="只给予警告的，罚款数额留空；处以罚款的，填写数额。",
        )
    if limit is None or fine <= limit:
        return None
    category = party_category(question.case_file.case.party)
    return Refusal(
        message=f"罚款{fine:,.2f}元，超过对{category}当场处罚的上限{limit:,.0f}元。",
        hint=_TO_ORDINARY,
    )


def certificates_shown(question: GuardQuestion) -> Refusal | None:
    """Officers show their certificates before anything else (行政处罚法§52第1款)."""
    if question.event.data.get("shown") is True:
        return None
    return Refusal(
        message="没有记明向当事人出示执法证件。", hint="请先出示执法证件，再告知和听取意见。"
    )


def statement_heard_on_the_spot(question: GuardQuestion) -> Refusal | None:
    """The party is heard, and an objection is answered, on the spot too (行政处罚法§44, §45)."""
    data = question.event.data
    if not text_of(data.get("statement")):
        return Refusal(
            message="没有记录当事人的陈述申辩。",
            hint="请如实记录；当事人没有意见的，写“没有异议”。",
        )
    if data.get("objects") is True and not text_of(data.get("reply")):
        return Refusal(
            message="当事人提出异议，没有复核的结论。",
            hint="请写明复核情况和是否采纳；当场不能查清的，转为普通程序。",
        )
    return None


def form_number_in_range(question: GuardQuestion) -> Refusal | None:
    """The decision is written on a numbered form of the bureau (行政处罚法§52第1款)."""
    number = text_of(question.event.data.get("form_number"))
    ranges = question.rules.parameters.summary_form_ranges
    if any(_holds(span, number) for span in ranges):
        return None
    return Refusal(
        message=f"预定格式决定书编号“{number or '未填'}”不在本局领用的号段内。",
        hint=f"号段：{'；'.join(ranges)}。新领的号段在“设置 · 参数”登记。",
    )


def _holds(span: str, number: str) -> bool:
    spread, single = _RANGE.fullmatch(span.strip()), _NUMBER.fullmatch(number)
    if spread is None or single is None or spread[1] != single[1]:
        return False
    if len(single[2]) != len(spread[2]):
        return False
    return int(spread[2]) <= int(single[2]) <= int(spread[3])


def reconsideration_first_told(question: GuardQuestion) -> Refusal | None:
    """The party is told that reconsideration comes before a suit (行政复议法§23)."""
    if question.event.data.get("remedy_told") is True:
        return None
    return Refusal(
        message="没有记明已告知“对当场处罚决定不服的，应当先申请行政复议”。",
        hint="请核对决定书（D53）的救济告知写明先复议、后诉讼，并勾选该项。",
    )


def summary_decision_reported_before_closing(question: GuardQuestion) -> Refusal | None:
    """A decision made on the spot is reported to the bureau (行政处罚法§52第3款)."""
    case_file = question.case_file
    decided = case_file.first("decision_made") is not None and is_summary(case_file)
    if not decided or case_file.first("summary_decision_reported") is not None:
        return None
    return Refusal(
        message="当场处罚决定尚未报所属行政机关备案。", hint="请办理“当场处罚决定备案”。"
    )


def spot_fine_banked_before_closing(question: GuardQuestion) -> Refusal | None:
    """Money taken on the spot has reached the bank (行政处罚法§71)."""
    case_file = question.case_file
    taken = len(case_file.all_of("fine_collected_on_spot"))
    if taken <= len(case_file.all_of("spot_fine_banked")):
        return None
    return Refusal(
        message="当场收缴的罚款尚未缴付指定的银行。",
        hint="请依次办理“当场收缴的罚款交至行政机关”和“当场收缴的罚款缴付银行”。",
    )


GUARDS: dict[str, Guard] = {
    "kind_of_this_procedure": kind_of_this_procedure,
    "case_not_filed_yet": case_not_filed_yet,
    "facts_are_clear": facts_are_clear,
    "matter_allows_summary": matter_allows_summary,
    "summary_penalty_within_limits": summary_penalty_within_limits,
    "certificates_shown": certificates_shown,
    "statement_heard_on_the_spot": statement_heard_on_the_spot,
    "form_number_in_range": form_number_in_range,
    "reconsideration_first_told": reconsideration_first_told,
    "summary_decision_reported_before_closing": summary_decision_reported_before_closing,
    "spot_fine_banked_before_closing": spot_fine_banked_before_closing,
}
