"""The office's own closed cases beside this one (类案镜): figures, the cases, the reason kept."""

from decimal import Decimal
from html import escape

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.theme import current_tokens
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.cases import CaseView
from workstation.operations.changes import Changes
from workstation.operations.similar_cases import SimilarCases
from workstation.review.similar_cases import Circle, Likeness, SimilarCase

_HEADINGS = ("案号", "当事人", "决定日期", "罚款（元）", "阶次", "相同之处")
_WIDTHS = (196, 92, 88, 84, 56)
_FIGURES_HEIGHT = 214


class SimilarCasesPane(CaseReadingPane):
    """Reads when it is looked at; Enter opens the chosen case."""

    case_requested = Signal(str)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, case_id, parent)
        self.figures = QTextBrowser()
        self.figures.setAccessibleName("类案的件数、幅度、中位数")
        self.figures.setFixedHeight(_FIGURES_HEIGHT)
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "同类已结案件", _WIDTHS)
        self.sentence = label("", wraps=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("与类案不同的理由")
        self.reason.setPlaceholderText("理由：本案与类案不同的情节和证据")
        self.person = QComboBox()
        self.person.setAccessibleName("说明理由的承办人")
        self.keep = button("记下理由")
        self.state = label("", "muted", wraps=True)
        self._build()

    def _build(self) -> None:
        self._due = QWidget()
        due = QVBoxLayout(self._due)
        due.setContentsMargins(0, 0, 0, 0)
        due.addWidget(self.sentence)
        bar = row_of(self.reason, self.person, self.keep)
        bar.setStretch(0, 1)
        due.addLayout(bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 8)
        layout.addWidget(self.figures)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._due)
        layout.addWidget(self.state)
        self._due.hide()
        self.setFocusProxy(self.table)
        self.table.activated.connect(self._on_activated)
        self.keep.clicked.connect(self.keep_reason)
        self.reason.returnPressed.connect(self.keep_reason)

    @override
    def show_case(self, view: CaseView) -> None:
        """Take note of the case; it is compared once the pane is on the screen."""
        officers = list(view.file.case.officers)
        if officers != [self.person.itemText(n) for n in range(self.person.count())]:
            self.person.clear()
            self.person.addItems(officers)
        super().show_case(view)

    @override
    def _ask(self) -> None:
        view = self._view
        if view is None:
            return
        compared, case_id, day = self._desk.workstation.similar_cases, self._case_id, view.as_of
        self._desk.tasks.read(
            lambda: compared.of_case(case_id, day),
            owner=self,
            done=self._show,
            failed=self._on_failed,
            latest="similar",
        )

    def _show(self, found: SimilarCases | None) -> None:
        if found is None:
            return
        self.figures.setHtml(_figures_html(found))
        self.model.show([_row(c) for c in found.cases], [c.case_id for c in found.cases])
        self._due.setVisible(bool(found.sentence))
        said = found.explanation
        self.sentence.setText(f"决定书应当写明：{found.sentence}{said.reason if said else ''}")
        set_role(self.sentence, "muted" if said else "warn")
        kept = f"✓ {said.person}于{said.day.isoformat()}记下理由。" if said else ""
        self._say(kept or ("" if found.cases else _empty(found)), "ok" if said else "muted")

    def keep_reason(self) -> None:
        """Keep why the fine stands apart."""
        compared, case_id, reason = (
            self._desk.workstation.similar_cases,
            self._case_id,
            self.reason.text(),
        )
        person = self.person.currentText()
        self._desk.tasks.write(
            lambda: compared.explain(case_id, reason, person=person),
            owner=self,
            done=self._on_kept,
            failed=self._on_failed,
            title="记下类案差异理由",
        )

    def _on_kept(self, changes: Changes) -> None:
        self.reason.clear()
        self._desk.bus.publish(changes)

    def _on_failed(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str) -> None:
        set_role(self.state, role)
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def _on_activated(self, index: QModelIndex) -> None:
        key = index.siblingAtColumn(0).data(KEY_ROLE)
        if key:
            self.case_requested.emit(str(key))


def _empty(found: SimilarCases) -> str:
    return (
        f"近{found.months}个月本局没有同一事项的已结案件。结案后的案件自动列入，"
        "回溯的月数在“设置 · 参数”中调整。"
    )


def _row(case: SimilarCase) -> tuple[str, ...]:
    return (
        case.number,
        case.party,
        case.decided_on.isoformat(),
        _yuan(case.fine),
        "、".join(case.tiers) or "未定",
        case.likeness.value,
    )


def _figures_html(found: SimilarCases) -> str:
    tokens = current_tokens()
    own = f"本案罚款 {_yuan(found.fine)} 元" if found.fine is not None else "本案还没有罚款数额"
    facts = "　".join(part for part in (found.article, "、".join(found.tiers)) if part)
    head = (
        f"<p><b>{own}</b>　<span style='color:{tokens.muted}'>{escape(facts)}　"
        f"近{found.months}个月已结案件，只陈述事实，不作建议</span></p>"
    )
    titles = ("", "件数", "最低", "中位数", "最高", "本案位置")
    cells = "".join(
        f"<td style='color:{tokens.muted}'>{title}&nbsp;&nbsp;</td>" for title in titles
    )
    rows = "".join(_circle_html(circle, found.fine) for circle in found.circles)
    unstated = f"<p>另有{found.unstated}件没有写明罚款数额，未计入。</p>" if found.unstated else ""
    return f"{head}<table cellspacing='0' cellpadding='3'><tr>{cells}</tr>{rows}</table>{unstated}"


def _circle_html(circle: Circle, fine: Decimal | None) -> str:
    few = f"（不足{circle.minimum}）" if circle.is_small else ""
    place = ""
    if fine is not None and circle.fines:
        lower, same, higher = circle.place_of(fine)
        place = f"低于本案{lower}件，相同{same}件，高于本案{higher}件"
    middle = circle.median
    figures = (
        circle.likeness.value,
        f"{len(circle.fines)}{few}",
        _yuan(circle.fines[0]) if circle.fines else "—",
        _yuan(middle) if middle is not None else "—",
        _yuan(circle.fines[-1]) if circle.fines else "—",
        place or "—",
    )
    bold = circle.likeness is Likeness.EXACT
    return (
        "<tr>"
        + "".join(
            f"<td>{'<b>' if bold else ''}{text}{'</b>' if bold else ''}&nbsp;&nbsp;</td>"
            for text in figures
        )
        + "</tr>"
    )


def _yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00")
