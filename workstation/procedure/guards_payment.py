"""Guards on payment: collection on the spot, deferment, surcharge, agreement, refund."""

from decimal import Decimal

from workstation.procedure.case_readings import money, text_of
from workstation.procedure.execution import Execution, execution_of
from workstation.procedure.guard_questions import Guard, GuardQuestion, Refusal, in_words
from workstation.procedure.payments import instalments
from workstation.procedure.procedures import is_summary
from workstation.procedure.remedies import pending, standing_amounts

_SMALL_FINE = Decimal(100)
_REMOTE = "边远、水上、交通不便地区"


def ledger(question: GuardQuestion) -> Execution | None:
    """Return the ledger of the case at the end of the event's day, before the event."""
    return execution_of(question.case_file, question.event.day, question.rules)


def collected_on_the_spot_lawfully(question: GuardQuestion) -> Refusal | None:
    """Officers take money only in the cases of 行政处罚法§68 and §69."""
    case_file, data = question.case_file, question.event.data
    ground = text_of(data.get("ground"))
    reason = text_of(data.get("reason"))
    if ground == _REMOTE:
        asked = data.get("requested") is True and reason
        return (
            None
            if asked
            else Refusal(
                message="边远、水上、交通不便地区当场收缴，须当事人缴纳确有困难并由其提出。",
                hint="请写明困难情况并勾选“当事人提出当场缴纳”；否则由当事人到银行缴纳。",
            )
        )
    if not is_summary(case_file):
        return Refusal(
            message="本案不是当场作出的处罚决定，执法人员不得自行收缴罚款。",
            hint="由当事人到指定银行或者通过电子支付系统缴纳；边远、水上、交通不便地区除外。",
        )
    amount = money(data.get("amount")) or Decimal(0)
    if ground == "一百元以下罚款" and amount > _SMALL_FINE:
        return Refusal(
            message=f"收缴{amount:,.2f}元，超过一百元。",
            hint="一百元以下罚款才可以按此情形当场收缴；其他情形请写明事后难以执行的理由。",
        )
    if ground == "不当场收缴事后难以执行" and not reason:
        return Refusal(message="没有写明事后难以执行的理由。", hint="请写明理由，入卷备查。")
    return None


def receipt_given_on_the_spot(question: GuardQuestion) -> Refusal | None:
    """Whoever takes money hands out the treasury's receipt (行政处罚法§70)."""
    if text_of(question.event.data.get("receipt")):
        return None
    return Refusal(
        message="当场收缴罚款没有填写专用票据号；不出具专用票据的，当事人有权拒绝缴纳。",
        hint="请填写财政部门统一制发的专用票据号。",
    )


def spot_fine_handed_in_time(question: GuardQuestion) -> Refusal | None:
    """Money taken reaches the bureau within two working days (行政处罚法§71)."""
    taken = question.case_file.last("fine_collected_on_spot")
    if taken is None:
        return None
    last = question.deadline("DL13", taken.day).last_day
    if question.event.day <= last:
        return None
    return Refusal(
        message=f"{in_words(taken.day)}收缴的罚款应于{in_words(last)}前交至行政机关，已逾期。",
        hint="请立即上交，由负责人说明逾期原因后如实记录。",
    )


def relief_was_requested(question: GuardQuestion) -> Refusal | None:
    """Payment is deferred on the party's application (行政处罚法§66)."""
    if question.case_file.first("payment_relief_requested") is not None:
        return None
    return Refusal(
        message="案卷中没有当事人暂缓、分期缴纳的申请。",
        hint="请先登记“申请暂缓、分期缴纳”（D59）。",
    )


def plan_covers_the_fine(question: GuardQuestion) -> Refusal | None:
    """Instalments add up to the fine still open and end with the deferment."""
    parts = instalments(question.event)
    book = ledger(question)
    if not parts or book is None:
        return None
    total = sum((part.amount for part in parts), Decimal(0))
    if total != book.remaining_fine:
        return Refusal(
            message=f"分期合计{total:,.2f}元，与尚未缴纳的罚款{book.remaining_fine:,.2f}元不一致。",
            hint="请核对各期数额；只有罚款可以暂缓、分期，没收的违法所得不在其内。",
        )
    if parts[0].day >= question.event.day:
        return None
    return Refusal(
        message=f"第一期{in_words(parts[0].day)}早于批准之日。", hint="请核对各期的缴纳日。"
    )


def relief_approved(question: GuardQuestion) -> Refusal | None:
    """The bureau approves a deferment (行政处罚法§66)."""
    approver = text_of(question.event.data.get("approver"))
    if approver and question.is_head(approver):
        return None
    stated = f"“{approver}”不是行政机关负责人" if approver else "没有填写批准人"
    return Refusal(
        message=f"暂缓、分期缴纳须经行政机关批准，{stated}。",
        hint="请填写批准的行政机关负责人。",
        hard=bool(approver),
    )


def surcharge_runs(question: GuardQuestion) -> Refusal | None:
    """A surcharge presupposes a fine overdue and no review pending (行政处罚法§72, §73)."""
    book = ledger(question)
    if book is None or (not book.remaining_fine and not book.surcharge.accrued):
        return Refusal(
            message="没有逾期未缴的罚款，不能加处罚款。",
            hint="没收的违法所得不加处；请核对缴款记录。",
        )
    if question.event.day <= book.payment_last_day:
        return Refusal(
            message=f"缴款期限（含暂缓、分期）至{in_words(book.payment_last_day)}，尚未届满。",
            hint=f"自{in_words(book.surcharge.runs_from)}起才能加处。",
        )
    review = pending(question.case_file)
    if review is None:
        return None
    return Refusal(
        message=f"{review.path}自{in_words(review.began)}起尚未结束，期间不计算加处罚款。",
        hint="待复议、诉讼终结后再作出加处罚款决定。",
    )


def surcharge_amount_right(question: GuardQuestion) -> Refusal | None:
    """The surcharge is what the days come to, and never more than the fine (行政处罚法§72)."""
    book = ledger(question)
    amount = money(question.event.data.get("amount"))
    if book is None or amount is None:
        return None
    if amount > book.fine:
        return Refusal(
            message=f"加处罚款{amount:,.2f}元超出罚款数额{book.fine:,.2f}元。",
            hint="加处罚款的数额不得超出罚款的数额，没收款不计入基数。",
        )
    if amount == book.surcharge.accrued:
        return None
    days = book.surcharge.days
    return Refusal(
        message=(
            f"至本日应加处{book.surcharge.accrued:,.2f}元（{days}日，每日百分之三），"
            f"所填为{amount:,.2f}元。"
        ),
        hint=f"请改为{book.surcharge.accrued:,.2f}元，或者核对缴款、复议诉讼的记录。",
    )


def surcharge_standard_told(question: GuardQuestion) -> Refusal | None:
    """The party is told how a surcharge is reckoned (行政强制法§45)."""
    if question.event.data.get("told") is True or question.case_file.document("D51") is not None:
        return None
    return Refusal(
        message="没有告知当事人加处罚款标准的记录。",
        hint="决定书已写明标准的，勾选“已告知加处罚款的标准”。",
    )


def agreement_leaves_the_fine(question: GuardQuestion) -> Refusal | None:
    """An agreement may waive surcharge after remedial measures, never the fine (行政强制法§42)."""
    data = question.event.data
    fine = money(data.get("waived_fine"))
    if fine:
        return Refusal(
            message=f"执行协议减免罚款本金{fine:,.2f}元，法律只允许减免加处的罚款或者滞纳金。",
            hint="请去掉减免的本金；当事人确有困难的，可以约定分阶段履行或者申请分期。",
        )
    waived = money(data.get("waived_surcharge"))
    if not waived or text_of(data.get("remedied")):
        return None
    return Refusal(
        message="减免加处罚款，没有写明当事人采取的补救措施。",
        hint="当事人采取补救措施的，才可以减免加处的罚款；请填写补救措施。",
    )


def agreement_harms_nobody(question: GuardQuestion) -> Refusal | None:
    """An agreement harms neither public interest nor third parties (行政强制法§42)."""
    if text_of(question.event.data.get("public_interest")):
        return None
    return Refusal(
        message="没有说明执行协议不损害公共利益和他人合法权益。", hint="请填写该栏说明。"
    )


def refund_is_due(question: GuardQuestion) -> Refusal | None:
    """Money goes back when the decision fell or was reduced (行政强制法§41)."""
    book = ledger(question)
    if book is not None and book.refund_due:
        return None
    fine, confiscated = standing_amounts(question.case_file)
    return Refusal(
        message=f"现行决定的罚没款为{fine + confiscated:,.2f}元，没有多缴，无须退还。",
        hint="退还以原决定被变更、撤销为前提；请先登记复议决定或者生效裁判。",
    )


def refund_not_too_large(question: GuardQuestion) -> Refusal | None:
    """No more is paid back than was paid too much."""
    book = ledger(question)
    amount = money(question.event.data.get("amount"))
    if book is None or amount is None or amount <= book.refund_due:
        return None
    return Refusal(
        message=f"退还{amount:,.2f}元，多于应退的{book.refund_due:,.2f}元。",
        hint="请核对缴款记录和变更后的数额。",
    )


def surcharge_settled(question: GuardQuestion) -> Refusal | None:
    """A decided surcharge is paid, waived or before a court when the case closes (§72)."""
    case_file = question.case_file
    ended = any(case_file.first(k) for k in ("enforcement_applied", "execution_ended"))
    book = ledger(question)
    if ended or book is None or not book.surcharge.decided or not book.remaining_surcharge:
        return None
    return Refusal(
        message=f"加处罚款还有{book.remaining_surcharge:,.2f}元没有缴纳。",
        hint="请登记缴款（D60），或者申请法院强制执行（D64）、订立执行协议。",
    )


GUARDS: dict[str, Guard] = {
    "collected_on_the_spot_lawfully": collected_on_the_spot_lawfully,
    "receipt_given_on_the_spot": receipt_given_on_the_spot,
    "spot_fine_handed_in_time": spot_fine_handed_in_time,
    "relief_was_requested": relief_was_requested,
    "plan_covers_the_fine": plan_covers_the_fine,
    "relief_approved": relief_approved,
    "surcharge_runs": surcharge_runs,
    "surcharge_amount_right": surcharge_amount_right,
    "surcharge_standard_told": surcharge_standard_told,
    "agreement_leaves_the_fine": agreement_leaves_the_fine,
    "agreement_harms_nobody": agreement_harms_nobody,
    "refund_is_due": refund_is_due,
    "refund_not_too_large": refund_not_too_large,
    "surcharge_settled": surcharge_settled,
}
