"""从旧兼从轻 and discretion of one case: both laws side by side; a person concludes."""

from datetime import date
from html import escape

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QPlainTextEdit, QTextBrowser, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.theme import current_tokens
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.domain.discretion import Fit
from workstation.domain.matter_changes import amount_text, range_text
from workstation.domain.matters import PenaltyRange
from workstation.operations.case_tiers import TierView
from workstation.operations.cases import CaseView
from workstation.operations.law_radar import TouchedCase
from workstation.procedure import LawComparison
from workstation.procedure.law_comparison import AppliedLaw, LawSide

_LINK = "article:"
_MARKS = {Fit.HOLDS: "✓", Fit.FAILS: "✕", Fit.UNKNOWN: "?"}
Found = tuple[LawComparison | None, tuple[TierView, ...], tuple[TouchedCase, ...]]


class LawPane(QWidget):
    """Reads as of the day the case is shown on; the conclusion goes into the next event."""

    citation_activated = Signal(str)
    concluded = Signal(str, str)
    touched = Signal(str)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._day = date.today()
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName("新旧规定与裁量阶次")
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName("新旧法比较结论及理由")
        self.reason.setPlaceholderText("写明比较的结论和理由，带入告知审批或者处罚决定")
        self.reason.setFixedHeight(76)
        self.state = label("", "error", wraps=True)
        self._old = button("适用行为时的规定")
        self._new = button("适用现行规定")
        self._conclusion = QWidget()
        inner = QVBoxLayout(self._conclusion)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(label("由承办人得出结论（机器只比对幅度）", "heading"))
        inner.addWidget(self.reason)
        bar = row_of(self.state, self._old, self._new)
        bar.setStretch(0, 1)
        inner.addLayout(bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 8)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._conclusion)
        self._conclusion.hide()
        self.setFocusProxy(self.text)
        self.text.anchorClicked.connect(self._on_link)
        self._old.clicked.connect(self.conclude_old)
        self._new.clicked.connect(self.conclude_new)

    def show_case(self, view: CaseView) -> None:
        """Compare the law of the act with that of the day the case is shown on."""
        self._day = day = view.as_of
        case_id, workstation = self._case_id, self._desk.workstation

        def read() -> Found:
            touched: tuple[TouchedCase, ...] = ()
            if workstation.law.is_ready:
                touched = workstation.law_radar.for_case(case_id, day)
            return (
                workstation.cases.compare_laws(case_id, day),
                workstation.case_tiers.of_case(case_id, day),
                touched,
            )

        self._desk.tasks.read(read, owner=self, done=self._show, latest="law")

    def _show(self, found: Found | None) -> None:
        if found is None:
            return
        compared, tiers, touched = found
        parts = [_touched_html(touched), _comparison_html(compared), _tiers_html(tiers)]
        self.text.setHtml("".join(parts))
        self._conclusion.setVisible(compared is not None and compared.needed)
        self.touched.emit("；".join(f"{t.touch.value}：{t.message}" for t in touched))

    def conclude_old(self) -> None:
        """Apply the law of the act."""
        self._conclude(AppliedLaw.OLD)

    def conclude_new(self) -> None:
        """Apply the law of today."""
        self._conclude(AppliedLaw.NEW)

    def _conclude(self, applied: AppliedLaw) -> None:
        reason = self.reason.toPlainText().strip()
        if not reason:
            set_role(self.state, "error")
            self.state.setText("✕ 请先写明理由。")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.state.clear()
        self.concluded.emit(applied.value, reason)

    def _on_link(self, url: QUrl) -> None:
        text = url.toString()
        if text.startswith(_LINK):
            self.citation_activated.emit(text.removeprefix(_LINK))


def _touched_html(touched: tuple[TouchedCase, ...]) -> str:
    warn = current_tokens().warn
    return "".join(
        f"<p style='color:{warn}'>修法雷达 · {escape(t.touch.value)}：{escape(t.message)}"
        f"{escape(t.advice)}（{escape(t.basis)}）</p>"
        for t in touched
    )


def _comparison_html(compared: LawComparison | None) -> str:
    tokens = current_tokens()
    if compared is None:
        return "<h3>从旧兼从轻</h3><p>违法行为的时间还没有填写，不能比较。</p>"
    if not compared.needed:
        return (
            f"<h3>从旧兼从轻</h3><p>{escape(compared.lightness.value)}，不需要比较"
            f"（{escape(compared.basis)}）。</p>" + _side_html("适用的规定", compared.new)
        )
    proposed = compared.proposed.value if compared.proposed else "由人判断"
    return (
        f"<h3>从旧兼从轻</h3><table width='100%' cellspacing='0' cellpadding='6'><tr>"
        f"<td width='50%' valign='top'>{_side_html('行为时的规定', compared.old)}</td>"
        f"<td width='50%' valign='top'>{_side_html('现行规定', compared.new)}</td></tr></table>"
        f"<p>机器比对：<b>{escape(compared.lightness.value)}</b>。"
        f"按{escape(compared.basis)}指向：{escape(proposed)}。"
        f"<span style='color:{tokens.muted}'>只比对幅度，结论由人作出。</span></p>"
    )


def _side_html(title: str, side: LawSide) -> str:
    muted = current_tokens().muted
    version = side.matter.version if side.matter else "该日没有有效版本"
    head = (
        f"<h4>{title}</h4><p style='color:{muted}'>{side.day.isoformat()}　{escape(version)}</p>"
    )
    rows = [f"<p>✓ {_article(part)}<br>{escape(range_text(part))}</p>" for part in side.applying]
    rows += [
        f"<p style='color:{muted}'>✕ {_article(part)}<br>{escape(range_text(part))}"
        f"<br>不适用：{escape(why)}</p>"
        for part, why in side.passed_over
    ]
    return head + ("".join(rows) or "<p>没有可以适用的处罚规定。</p>")


def _article(part: PenaltyRange) -> str:
    provision = escape(str(part.provision))
    accent = current_tokens().accent
    return f"<a href='{_LINK}{provision}' style='color:{accent}'>{provision}</a>"


def _tiers_html(views: tuple[TierView, ...]) -> str:
    muted = current_tokens().muted
    if not views:
        return f"<h3>裁量阶次</h3><p style='color:{muted}'>该事项没有导入裁量阶次。</p>"
    parts = ["<h3>裁量阶次（只列候选，由人选定）</h3>"]
    for view in views:
        rows = "".join(
            f"<tr><td valign='top'>{_MARKS[c.fit]} {escape(c.fit.value)}</td>"
            f"<td valign='top'>{escape(c.tier.name)}</td>"
            f"<td valign='top'>{amount_text(c.tier.fine_min)}"
            f" 至 {amount_text(c.tier.fine_max)}</td>"
            f"<td valign='top'>{escape(c.tier.condition)}"
            f"<br><span style='color:{muted}'>{escape('；'.join(c.why))}</span></td></tr>"
            for c in view.candidates
        )
        source = escape(view.matter.tier_source)
        parts.append(
            f"<p style='color:{muted}'>{view.side}　{escape(view.matter.version)}　{source}</p>"
            f"<table width='100%' cellspacing='0' cellpadding='4'>{rows}</table>"
        )
    if len(views) > 1:
        parts.append(
            f"<p style='color:{muted}'>裁量基准是否也从旧兼从轻，"
            "法律没有写明（未核实），由本局决定。</p>"
        )
    return "".join(parts)
