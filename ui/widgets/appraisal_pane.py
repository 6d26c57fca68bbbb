"""Appraising one closed case (案卷评查): the items left, the true page right, one line to mark."""

from collections.abc import Callable
from html import escape
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtWidgets import QComboBox, QSplitter, QTextBrowser, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.theme import current_tokens
from ui.widgets.appraisal_entry import AppraisalEntry, Objection
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.appraisal_records import CaseAppraisal
from workstation.operations.certificates import Certificate
from workstation.operations.changes import Changes
from workstation.review.appraisals import Line, Mark, Seat, Sheet, differences

_HEADINGS = ("编号", "得分", "建议", "项目")
_WIDTHS = (56, 76, 48)
_FORM, _ARTICLE = "form:", "article:"
_EMPTY = "本案没有被抽到任何评查批次。结案以后，在“台账 · 评查”（F7）抽取一个批次。"


class AppraisalPane(CaseReadingPane):
    """Reads when it is looked at; Ctrl+↑ and Ctrl+↓ move, Enter shows the paper of an item."""

    citation_activated = Signal(str)
    paper_wanted = Signal(str)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, case_id, parent)
        self._stale = True
        self._found: tuple[CaseAppraisal, ...] = ()
        self.headline = label("", "heading", wraps=True)
        self.round, self.seat, self.person = QComboBox(), QComboBox(), QComboBox()
        self.assign, self.compare, self.export = (
            button("指定"),
            button("初评复评对照"),
            button("生成评查表"),
        )
        self.model = RecordTableModel(_HEADINGS)
        self.table = record_table(self.model, "评查项目", _WIDTHS)
        self.detail = QTextBrowser()
        self.entry = AppraisalEntry()
        self.state = label("", "muted", wraps=True)
        self._build()

    def _build(self) -> None:
        self.round.setAccessibleName("评查批次")
        self.seat.setAccessibleName("席位")
        self.person.setAccessibleName("评查人")
        self.person.setEditable(True)
        self.detail.setOpenLinks(False)
        self.detail.setAccessibleName("项目的扣分办法、建议和记录")
        for seat in Seat:
            self.seat.addItem(seat.value, seat)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setSizes([360, 180])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 8)
        layout.addWidget(self.headline)
        head = row_of(self.round, self.seat, self.person, self.assign)
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(split, 1)
        layout.addWidget(self.entry)
        foot = row_of(self.state, self.compare, self.export)
        foot.setStretch(0, 1)
        layout.addLayout(foot)
        self.setFocusProxy(self.table)
        self.round.currentIndexChanged.connect(self._fill)
        self.seat.currentIndexChanged.connect(self._fill)
        self.assign.clicked.connect(self.assign_person)
        self.compare.clicked.connect(self.show_differences)
        self.export.clicked.connect(self.write_sheet)
        self.table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.table.activated.connect(self.show_paper)
        self.detail.anchorClicked.connect(self._on_link)
        self.entry.marked.connect(self.keep)
        self.entry.objected.connect(self.object)
        self._step_with_keys()

    def reload(self) -> None:
        """Read the appraisals of the case again."""
        self._stale = False
        self._ask()

    @override
    def _ask(self) -> None:
        appraisals, case_id = self._desk.workstation.appraisals, self._case_id
        self._desk.tasks.read(
            lambda: appraisals.of_case(case_id),
            owner=self,
            done=self._show,
            failed=self._on_failed,
            latest="appraisal",
        )

    def _show(self, found: tuple[CaseAppraisal, ...] | None) -> None:
        if found is None:
            return
        chosen = self.round.currentData()
        self._found = found
        self.round.blockSignals(True)
        self.round.clear()
        for one in found:
            self.round.addItem(f"{one.round.id}　{one.round.name}", one.round.id)
        self.round.setCurrentIndex(max(self.round.findData(chosen), 0))
        self.round.blockSignals(False)
        self._fill()

    @property
    def appraisal(self) -> CaseAppraisal | None:
        """The appraisal of the chosen round."""
        place = self.round.currentIndex()
        return self._found[place] if 0 <= place < len(self._found) else None

    @property
    def sheet(self) -> Sheet | None:
        """The sheet of the chosen seat."""
        return self.appraisal.sheet(Seat(self.seat.currentData())) if self.appraisal else None

    def _fill(self) -> None:
        found, sheet, kept = self.appraisal, self.sheet, self.target()
        for made in (self.assign, self.export, self.person):
            made.setEnabled(found is not None)
        self.compare.setEnabled(found is not None and _both_done(found))
        self.person.setEditText(sheet.appraiser if sheet else "")
        self.headline.setText(_headline(found, sheet))
        rows = _rows(sheet) if sheet is not None else []
        self.model.show(rows, [row[0] for row in rows])
        if rows:
            names = [row[0] for row in rows]
            self.table.selectRow(names.index(kept) if kept in names else 0)
        else:
            self.entry.offer(None, "")
            self.detail.setPlainText(
                _EMPTY if found is None else "填写与本案无关的评查人姓名，点“指定”后开始评分。"
            )

    def target(self) -> str:
        """Return the chosen item (G25), veto (V7) or adjustment (J1), or nothing."""
        return str(self.table.currentIndex().siblingAtColumn(0).data(KEY_ROLE) or "")

    @override
    def step_by(self, by: int) -> None:
        """Choose the next item (1) or the one before (-1)."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.table.selectRow(row)

    def show_paper(self) -> None:
        """Ask for the first paper that the chosen item is about."""
        sheet, target = self.sheet, self.target()
        if sheet is not None and target.startswith("G"):
            forms = sheet.standard.item(target).forms
            if forms:
                self.paper_wanted.emit(forms[0])

    def assign_person(self) -> None:
        """Give the chosen seat to the person who was typed."""
        found, person = self.appraisal, self.person.currentText()
        if found is not None:
            appraisals, seat = self._desk.workstation.appraisals, Seat(self.seat.currentData())
            where = (found.round.id, found.case_id)
            self._write(lambda: appraisals.assign(*where, seat, person, by="窗口"), "指定评查人")

    def keep(self, mark: Mark) -> None:
        """Keep a mark on the chosen sheet."""
        found = self.appraisal
        if found is not None:
            appraisals, seat = self._desk.workstation.appraisals, Seat(self.seat.currentData())
            where = (found.round.id, found.case_id)
            self._write(lambda: appraisals.mark(*where, seat, mark), "记评查")

    def object(self, act: Objection, mark: str, reason: str) -> None:
        """Keep an appeal of the unit that was typed as the person, or his answer to one."""
        found, person = self.appraisal, self.person.currentText()
        if found is None:
            return
        appraisals, where = self._desk.workstation.appraisals, (found.round.id, found.case_id)
        target = f"{self.seat.currentText()}/{mark}"

        def write() -> Changes:
            if act is Objection.APPEAL:
                return appraisals.appeal(*where, target, reason, unit_name=person)
            upheld = act is Objection.UPHOLD
            return appraisals.answer(*where, target, reason, upheld=upheld, person=person)

        self._write(write, "申诉")

    def _write(self, work: Callable[[], Changes], title: str) -> None:
        self._desk.tasks.write(
            work,
            owner=self,
            done=self._on_written,
            failed=self._on_failed,
            title=title,
        )

    def _on_written(self, changes: Changes) -> None:
        self._say("")
        self._desk.bus.publish(changes)
        self.reload()

    def show_differences(self) -> None:
        """Show where the first and the second appraiser differ, side by side."""
        found = self.appraisal
        if found is not None and _both_done(found):
            self.detail.setHtml(_differences_html(found))

    def write_sheet(self) -> None:
        """Write 《案卷评查表》 into a folder the user names."""
        found, workstation = self.appraisal, self._desk.workstation
        if found is None:
            return
        folder = self._desk.prompter.choose_folder(self, "评查表导出到", workstation.home.output)
        if folder is None:
            return

        def made() -> tuple[Certificate, tuple[Path, Path]]:
            paper = workstation.appraisal_papers.sheet(found)
            return paper, paper.write(folder)

        self._desk.tasks.read(made, owner=self, done=self._on_exported, failed=self._on_failed)

    def _on_exported(self, made: tuple[Certificate, tuple[Path, Path]] | None) -> None:
        if made is not None:
            self._say(f"已生成 {made[1][0].name} 和 PDF，在 {made[1][0].parent}")

    def _on_chosen(self, _index: QModelIndex) -> None:
        sheet, target = self.sheet, self.target()
        if sheet is not None and target:
            self.entry.offer(sheet, target)
            told = _detail_html(sheet, target) + _appeals_html(self.appraisal, sheet)
            self.detail.setHtml(told)

    def _on_link(self, url: QUrl) -> None:
        text = url.toString()
        if text.startswith(_FORM):
            self.paper_wanted.emit(text.removeprefix(_FORM))
        else:
            self.citation_activated.emit(text.removeprefix(_ARTICLE))

    def _on_failed(self, error: WorkstationError) -> None:
        self._say(f"✕ {error.message}{error.hint}", "error")

    def _say(self, text: str, role: str = "muted") -> None:
        set_role(self.state, role)
        self.state.setText(text)


def _both_done(found: CaseAppraisal) -> bool:
    sheets = (found.sheet(Seat.FIRST), found.sheet(Seat.SECOND))
    return all(sheet is not None and sheet.closed is not None for sheet in sheets)


def _headline(found: CaseAppraisal | None, sheet: Sheet | None) -> str:
    if found is None:
        return "案卷评查"
    result = found.outcome
    told = result.waits_for if result.score is None else f"结果 {result.score}分 {result.grade}"
    own = f"　·　{sheet.seat.value} {sheet.score}分 {sheet.grade}" if sheet else ""
    waiting = f"　·　{len(sheet.open)}条建议待答复" if sheet and sheet.open else ""
    return f"{told}{own}{waiting}"


def _rows(sheet: Sheet) -> list[tuple[str, ...]]:
    proposed = [p.target for p in sheet.open]
    vetoed = {mark.target for mark in sheet.vetoes}
    adjusted = [mark.target for mark in sheet.adjustments]

    def told(target: str) -> str:
        return f"？{proposed.count(target)}" if target in proposed else ""

    rows: list[tuple[str, ...]] = [
        (v.id, "✕ 否决" if v.id in vetoed else "", told(v.id), v.item)
        for v in sheet.standard.vetoes
    ]
    rows += [
        (line.item.id, _score(line), told(line.item.id), line.item.item) for line in sheet.lines
    ]
    rows += [
        (a.id, f"{a.points:+} ×{adjusted.count(a.id)}" if a.id in adjusted else "", "", a.item)
        for a in sheet.standard.adjustments
    ]
    return rows


def _score(line: Line) -> str:
    return f"{line.score}/{line.item.points}" if line.taken_in else "不参评"


def _detail_html(sheet: Sheet, target: str) -> str:
    tokens = current_tokens()
    marks = (*sheet.vetoes, *sheet.deductions, *sheet.adjustments)
    linked = {m.id for line in sheet.lines for m in line.linked}
    parts = [_head_html(sheet, target)]
    parts += [
        f"<p style='color:{tokens.warn}'>？{p.check} 建议扣分：{escape(p.message)}</p>"
        for p in sheet.open
        if p.target == target
    ]
    parts += [
        f"<p>{m.id}　{m.kind.value}{f' {m.points}分' if m.points else ''}　{escape(m.reason)}"
        f"（{escape(m.place)}，{escape(m.person)}）"
        f"{'　同一错误，已在别处扣分' if m.id in linked else ''}</p>"
        for m in marks
        if m.target == target
    ]
    return "".join(parts)


def _appeals_html(found: CaseAppraisal | None, sheet: Sheet) -> str:
    own = [a for a in found.appeals if a.target.startswith(sheet.seat.value)] if found else []
    told = {None: "待答复", True: "成立", False: "不成立"}
    return "".join(
        f"<p>申诉 {escape(a.target)}（{escape(a.unit)}）：{escape(a.statement)}<br>"
        f"{told[a.upheld]}　{escape(a.answer)}　{escape(a.answered_by)}</p>"
        for a in own
    )


def _head_html(sheet: Sheet, target: str) -> str:
    standard = sheet.standard
    if target.startswith("V"):
        veto = standard.veto(target)
        basis = "、".join(_link(_ARTICLE + str(a), str(a)) for a in veto.basis)
        return f"<p><b>{target}　{escape(veto.item)}</b><br>依据：{basis}</p>"
    if target.startswith("J"):
        return f"<p><b>{target}　{escape(standard.adjustment(target).item)}</b></p>"
    line = next(line for line in sheet.lines if line.item.id == target)
    forms = "、".join(_link(_FORM + form, form) for form in line.item.forms)
    why = f"<br>不参评：{escape(line.why_not)}" if line.why_not else ""
    return (
        f"<p><b>{target}　{escape(line.item.item)}</b><br>{escape(line.item.part)}　满分"
        f"{line.item.points}分　扣分办法：{escape(line.item.rule)}"
        f"<br>查看：{forms or '全卷'}{why}</p>"
    )


def _differences_html(found: CaseAppraisal) -> str:
    first, second = found.sheet(Seat.FIRST), found.sheet(Seat.SECOND)
    if first is None or second is None:
        return ""
    rows = "".join(
        f"<tr><td>{d.target} {escape(d.item)}</td><td>{escape(d.first) or '—'}</td>"
        f"<td>{escape(d.second) or '—'}</td></tr>"
        for d in differences(first, second)
    )
    head = (
        f"<tr><td></td><td><b>初评 {first.score}分</b></td>"
        f"<td><b>复评 {second.score}分</b></td></tr>"
    )
    return f"<table width='100%' cellspacing='0' cellpadding='4'>{head}{rows}</table>"


def _link(target: str, text: str) -> str:
    accent = current_tokens().accent
    return f"<a href='{escape(target)}' style='color:{accent}'>{escape(text)}</a>"
