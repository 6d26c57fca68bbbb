"""The legal review of one case: the checks by group, what was found, where, and a way to it."""

from functools import partial
from html import escape

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.desk import Desk
from ui.theme import current_tokens
from ui.widgets.basis_view import BasisView
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.group_chips import GroupChips
from ui.widgets.list_keys import move_with_letters, on_key
from ui.widgets.passages import PLACE, link_html, passages_html
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.reviews import CONCLUSIONS, CaseReview
from workstation.review.records import Finding, Level, State

_ARTICLE = "article:"
_MARKS = {
    State.FAILED: "✕",
    State.FOR_A_PERSON: "？",
    State.PASSED: "✓",
    State.NOT_APPLICABLE: "—",
}
# What is wrong, what waits for a person, what is in order, what this case is not subject to.
_SHOWN = (State.FAILED, State.FOR_A_PERSON, State.PASSED, State.NOT_APPLICABLE)
_LOOKED_AT = "写明看了什么、结论的理由（如：核对询问笔录第3页、监控原件，均属实），留痕不可删改"
_OVERRULES = "改判的理由，留痕不可删改"
_NOTHING = {
    State.FAILED: "没有不符合的审核项。点“待人工”逐项作出结论。",
    State.FOR_A_PERSON: "没有等人作结论的审核项。",
    State.PASSED: "还没有符合的审核项。",
    State.NOT_APPLICABLE: "各项都适用于本案。",
}


class ReviewPane(CaseReadingPane):
    """Checks when it is looked at: the list, the finding, the law below; the page at the right.

    Ctrl+↑ and Ctrl+↓ move from finding to finding; in the list J and K do too, Enter goes to the
    place, 1, 2 and 3 begin a conclusion.
    """

    citation_activated = Signal(str)
    place_wanted = Signal(object)
    place_shown = Signal(object)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, case_id, parent)
        self._looked_at = False
        self._findings: tuple[Finding, ...] = ()
        self._sought = ""
        self.headline = label("", "heading", wraps=True)
        self.chips = GroupChips({state.value: state.value for state in _SHOWN}, "审核结论")
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setAccessibleName("审核清单")
        self.tree.setRootIsDecorated(False)
        self.detail = QTextBrowser()
        self.detail.setOpenLinks(False)
        self.detail.setAccessibleName("审核发现")
        self.basis = BasisView(desk)
        self.conclusion = QComboBox()
        for state in CONCLUSIONS:
            self.conclusion.addItem(state.value, state)
        self.conclusion.setAccessibleName("结论")
        self.person = QComboBox()
        self.person.setAccessibleName("作结论的人")
        self.person.setPlaceholderText("没有可以审核本案的人员")
        self.person.setToolTip(
            "本局登记了法律职业资格、未参与本案调查、未经手送审的法制审核人员（设置 · 人员与证件）"
        )
        self.reason = QLineEdit()
        self.reason.setAccessibleName("看了什么、结论的理由")
        self.overrule = button("记下结论")
        self.state = label("", "error", wraps=True)
        self._build()

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.tree)
        split.addWidget(self.detail)
        split.addWidget(self.basis)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setStretchFactor(2, 1)
        split.setChildrenCollapsible(False)
        self.tree.header().setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 8)
        layout.addWidget(self.headline)
        layout.addWidget(self.chips)
        layout.addWidget(split, 1)
        layout.addWidget(self.reason)
        layout.addLayout(row_of(self.person, self.conclusion, None, self.overrule))
        layout.addWidget(self.state)
        self.state.hide()
        self.setFocusProxy(self.tree)
        self.chips.chosen.connect(self._fill)
        self.tree.currentItemChanged.connect(self._show_detail)
        self.tree.itemActivated.connect(self.go_to_place)
        self.detail.anchorClicked.connect(self._on_link)
        self.overrule.clicked.connect(self.record_conclusion)
        self.reason.returnPressed.connect(self.record_conclusion)
        self._step_with_keys()
        move_with_letters(self.tree, self.step_by)
        for place in range(len(CONCLUSIONS)):
            on_key(self.tree, str(place + 1), partial(self.begin_conclusion, place))

    @override
    def _ask(self) -> None:
        if self._view is None:
            return
        day, workstation, case_id = self._view.as_of, self._desk.workstation, self._case_id
        self.headline.setText("正在逐项检查……")

        def read() -> tuple[CaseReview, tuple[str, ...]]:
            reviews = workstation.reviews
            return reviews.check_case(case_id, day), reviews.reviewers(case_id)

        self._desk.tasks.read(read, owner=self, done=self._show, latest="review")

    def _show(self, found: tuple[CaseReview, tuple[str, ...]] | None) -> None:
        if found is None:
            return
        case_review, reviewers = found
        self._findings = case_review.findings
        blocking = sum(finding.stands_in_the_way for finding in self._findings)
        set_role(self.headline, "error" if blocking else "heading")
        self.headline.setText(_headline(case_review, blocking))
        self._choose_chip(case_review)
        chosen = self.person.currentText()
        self.person.clear()
        self.person.addItems(list(reviewers))
        self.person.setCurrentIndex(max(self.person.findText(chosen), 0))
        self._fill()
        self.choose(self._sought)

    def choose(self, check: str) -> None:
        """Choose a check (CX5) in the list, at once or when the case has been checked."""
        finding = next((f for f in self._findings if f.check.id == check), None)
        self._sought = "" if finding else check
        if finding is None:
            return
        self.chips.choose(finding.state.value)
        for row in self._rows():
            if row.data(0, Qt.ItemDataRole.UserRole) is finding:
                self.tree.setCurrentItem(row)

    def _choose_chip(self, case_review: CaseReview) -> None:
        """Count the chips; the first time show what is wrong, else what waits for a person."""
        self.chips.show_counts(case_review.summary)
        if not self._looked_at:
            self._looked_at = True
            failed = case_review.summary[State.FAILED.value]
            self.chips.choose((State.FAILED if failed else State.FOR_A_PERSON).value)

    def _wanted(self) -> list[Finding]:
        state = State(self.chips.key())
        return [finding for finding in self._findings if finding.state is state]

    def _fill(self) -> None:
        finding = self.chosen()
        kept = finding.check.id if finding else ""
        self.tree.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for found in self._wanted():
            group = groups.get(found.check.group)
            if group is None:
                group = groups[found.check.group] = QTreeWidgetItem([found.check.group])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.tree.addTopLevelItem(group)
                group.setFirstColumnSpanned(True)
            group.addChild(_row(found))
        self.tree.expandAll()
        self.tree.setColumnWidth(0, 160)
        rows = self._rows()
        same = [row for row in rows if row.data(0, Qt.ItemDataRole.UserRole).check.id == kept]
        if rows:
            self.tree.setCurrentItem((same or rows)[0])
        else:
            self.detail.setPlainText(_NOTHING[State(self.chips.key())])

    def _rows(self) -> list[QTreeWidgetItem]:
        groups = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        rows = (g.child(n) for g in groups if g is not None for n in range(g.childCount()))
        return [row for row in rows if row is not None]

    def chosen(self) -> Finding | None:
        """Return the finding that is chosen in the list."""
        item = self.tree.currentItem()
        found = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None
        return found if isinstance(found, Finding) else None

    @override
    def step_by(self, by: int) -> None:
        """Choose the next finding (1) or the one before (-1)."""
        rows, item = self._rows(), self.tree.currentItem()
        if rows:
            place = rows.index(item) + by if item in rows else 0
            self.tree.setCurrentItem(rows[max(0, min(place, len(rows) - 1))])

    def go_to_place(self) -> None:
        """Ask for the first place of the chosen finding."""
        finding = self.chosen()
        if finding is not None and finding.place is not None:
            self.place_wanted.emit(finding.place)

    def begin_conclusion(self, place: int) -> None:
        """Choose a conclusion by its place and go on to its reason; Enter there records it."""
        if self.chosen() is not None:
            self.conclusion.setCurrentIndex(place)
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def record_conclusion(self) -> None:
        """Keep the reviewer's conclusion on the chosen check."""
        finding = self.chosen()
        if finding is None:
            return
        reviews, case_id = self._desk.workstation.reviews, self._case_id
        reason, person = self.reason.text(), self.person.currentText()
        state = State(self.conclusion.currentData())
        check = finding.check.id
        self._desk.tasks.write(
            lambda: reviews.overrule(case_id, check, reason, person=person, state=state),
            owner=self,
            done=self._on_recorded,
            failed=self._on_failed,
            title="记下审核结论",
        )

    def _on_recorded(self, changes: Changes) -> None:
        self.reason.clear()
        self.state.hide()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.bus.publish(changes)

    def _on_failed(self, error: WorkstationError) -> None:
        self.state.setText(f"✕ {error.message}{error.hint}")
        self.state.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_detail(self) -> None:
        finding = self.chosen()
        if finding is not None:
            self.detail.setHtml(_detail_html(finding))
            self.basis.show_articles(finding.check.basis, self._view.as_of if self._view else None)
            if finding.place is not None and self.tree.hasFocus():
                self.place_shown.emit(finding.place)
            waits = finding.state is State.FOR_A_PERSON
            self.reason.setPlaceholderText(_LOOKED_AT if waits else _OVERRULES)

    def _on_link(self, url: QUrl) -> None:
        text, finding = url.toString(), self.chosen()
        if text.startswith(_ARTICLE):
            self.citation_activated.emit(text.removeprefix(_ARTICLE))
        elif text.startswith(PLACE) and finding is not None:
            self.place_wanted.emit(finding.passages[int(text.removeprefix(PLACE))])


def _headline(case_review: CaseReview, blocking: int) -> str:
    if blocking:
        return f"有{blocking}项阻断下一步，须改正或者由审核人写明理由另作结论。"
    failed, waiting = (
        case_review.summary[state.value] for state in (State.FAILED, State.FOR_A_PERSON)
    )
    if failed:
        return f"没有阻断的问题；不符合{failed}项，等人作结论{waiting}项。"
    return f"机器没有查出问题；等人作结论{waiting}项。" if waiting else "各项都已有结论。"


def _row(finding: Finding) -> QTreeWidgetItem:
    word = finding.level.value if finding.state is State.FAILED else finding.state.value
    said = finding.message if finding.state is State.FAILED else finding.check.item
    item = QTreeWidgetItem([f"{_MARKS[finding.state]} {finding.check.id}　{word}", said])
    item.setToolTip(1, f"{finding.check.item}\n{finding.message}")
    item.setData(0, Qt.ItemDataRole.UserRole, finding)
    accessible = f"{finding.check.item}，{word}，{finding.message}"
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, accessible)
    return item


def _detail_html(finding: Finding) -> str:
    tokens = current_tokens()
    failed = finding.state is State.FAILED
    tone = tokens.error if failed and finding.level is Level.BLOCKING else tokens.text
    head = (
        f"<p><b>{finding.check.id}　{escape(finding.check.item)}</b><br>"
        f"<span style='color:{tokens.muted}'>{finding.check.mode.value}　"
        f"{finding.level.value}</span></p>"
    )
    parts = [head]
    if finding.problems:
        place = 0
        for problem in finding.problems:
            parts.append(f"<p style='color:{tone}'>✕ {escape(problem.message)}</p>")
            parts.append(passages_html(problem.passages, place))
            parts.append(f"<p>处理：{escape(problem.fix)}</p>")
            place += len(problem.passages)
    else:
        parts.append(f"<p>{escape(finding.message or finding.state.value)}</p>")
        parts.append(f"<p>{escape(finding.fix)}</p>" if finding.fix else "")
    basis = "、".join(link_html(_ARTICLE + str(a), str(a)) for a in finding.check.basis)
    parts.append(f"<p>依据：{basis}　{escape(finding.check.standard)}</p>")
    if finding.overruled is not None:
        said = finding.overruled
        parts.append(
            f"<p><b>{escape(said.person)}的结论：{said.state.value}</b>"
            f"（{said.day.isoformat()}）：{escape(said.reason)}</p>"
        )
    return "".join(parts)
