"""Facts, evidence, service and what happened, as tables of one case."""

from collections.abc import Mapping
from datetime import date

from ui.models.record_table_model import RecordTableModel
from ui.widgets.record_table import record_table
from workstation.domain.cases import Case, CaseEvent
from workstation.domain.evidence import Evidence
from workstation.operations.cases import CaseView
from workstation.procedure import Deduction, Execution

_HEADINGS = {
    "事实": ("事项", "内容"),
    "证据": ("序号", "名称", "种类", "取得日期", "采信", "证明对象"),
    "记录": ("时间", "步骤", "事件", "经办", "书面放行"),
}
# Under which group of the workspace each table stands.
RECORD_GROUPS = {"事实": "事实", "证据": "事实", "记录": "记录"}


class CaseRecords:
    """The tables beside the papers; they only show."""

    def __init__(self, facts: Mapping[str, str]) -> None:
        self._facts = facts
        self._models = {title: RecordTableModel(heads) for title, heads in _HEADINGS.items()}
        self.tables = {title: record_table(model, title) for title, model in self._models.items()}

    def show_case(self, view: CaseView) -> None:
        """Show a case on its day."""
        file = view.file
        self._models["事实"].show(_execution(view.execution) + _facts(file.case, self._facts))
        self._models["证据"].show(
            [
                (
                    str(e.position),
                    e.name,
                    e.kind.value,
                    e.obtained_on.isoformat(),
                    _judgement(e),
                    e.proves,
                )
                for e in file.evidence
            ]
        )
        self._models["记录"].show(
            [
                (f"{e.at:%Y-%m-%d %H:%M}", str(e.step), e.title, e.actor, _released(e, view))
                for e in file.events
            ]
        )


def _judgement(piece: Evidence) -> str:
    if piece.accepted is None:
        return "未审查"
    return "采信" if piece.accepted else f"不采信：{piece.reason}"


def _released(event: CaseEvent, view: CaseView) -> str:
    found = [r for r in view.releases if (r.at, r.event) == (event.at, event.title)]
    return "；".join(f"{r.title}（{r.approver}：{r.reason}）" for r in found)


def _execution(book: Execution | None) -> list[tuple[str, str]]:
    """What is owed on the day, in yuan."""
    if book is None:
        return []
    surcharge = book.surcharge
    added = (
        f"{surcharge.accrued:,.2f} 元（{surcharge.days} 日，每日百分之三，"
        f"自 {surcharge.runs_from} 起，上限 {book.fine:,.2f} 元）"
    )
    rows = [
        ("应缴合计（截至当日）", f"{book.due:,.2f} 元"),
        ("罚款", f"{book.fine:,.2f} 元，已缴 {book.paid.fine:,.2f} 元"),
        ("没收违法所得", f"{book.confiscated:,.2f} 元，已缴 {book.paid.confiscated:,.2f} 元"),
        ("缴款末日", book.payment_last_day.isoformat()),
        ("加处罚款", f"{added}，已缴 {book.paid.surcharge:,.2f} 元"),
    ]
    rows += [("停算期间", _span(span)) for span in book.suspended]
    for number, part in enumerate(book.plan):
        state = "" if book.part_open(number) else "，已缴"
        rows.append((f"第{number + 1}期", f"{part.day} 前缴 {part.amount:,.2f} 元{state}"))
    return rows + [("执行说明", note) for note in book.notes]


def _span(span: Deduction) -> str:
    last = "今" if span.last == date.max else span.last.isoformat()
    return f"{span.first} 至 {last}　{span.why}"


def _facts(case: Case, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    party = case.party
    rows = [
        ("案由", case.cause),
        ("当事人", party.introduction),
        ("案源", f"{case.lead.source.value}　{case.lead.number}"),
        ("简要案情", case.summary),
        ("权力事项", case.matter_code),
    ]
    return rows + [(labels.get(key, key), str(value)) for key, value in case.facts.items()]
