"""One case, one workspace: steps left, papers in the middle, the true page right, clocks above."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.pages.case_places import CasePlaces
from ui.widgets.appraisal_pane import AppraisalPane
from ui.widgets.case_day_line import CaseDayLine
from ui.widgets.case_reading_pane import CaseReadingPane
from ui.widgets.case_records import RECORD_GROUPS, CaseRecords
from ui.widgets.case_rehearsal_pane import RehearsalPane
from ui.widgets.case_search_pane import CaseSearchPane
from ui.widgets.citation_pane import CitationPane
from ui.widgets.clock_strip import ClockStrip
from ui.widgets.deadline_pane import DeadlinePane
from ui.widgets.document_pane import DocumentPane
from ui.widgets.event_panel import EventPanel
from ui.widgets.grouped_tabs import GroupedTabs
from ui.widgets.intake_pane import IntakePane
from ui.widgets.intervention_panel import InterventionPanel
from ui.widgets.law_pane import LawPane
from ui.widgets.lawyer_pane import LawyerPane
from ui.widgets.linked_cases_row import LinkedCasesRow
from ui.widgets.preview_bar import PreviewBar
from ui.widgets.print_panel import PrintPanel
from ui.widgets.proof_pane import ProofPane
from ui.widgets.review_pane import ReviewPane
from ui.widgets.review_rounds_pane import ReviewRoundsPane
from ui.widgets.review_task_pane import ReviewTaskPane
from ui.widgets.ruling_pane import RulingPane
from ui.widgets.service_pane import SERVICE_STEP, ServicePane
from ui.widgets.similar_cases_pane import SimilarCasesPane
from ui.widgets.splits import split_of
from ui.widgets.step_rules import StepRules
from ui.widgets.step_timeline import StepTimeline
from ui.widgets.text_labels import label, link, row_of
from workstation.domain.intake import CORRECTED
from workstation.operations.case_citations import CitedPlace
from workstation.operations.cases import CaseView
from workstation.operations.changes import Changes
from workstation.procedure import RunningDeadline, StepStatus
from workstation.procedure.procedures import Procedure
from workstation.review.records import Passage

_LAW_KINDS = ("law", "matters", "authority")
_LEFT, _MIDDLE, _RIGHT = 250, 470, 620
_PRESENT = frozenset({StepStatus.NOW, StepStatus.DUE, StepStatus.BLOCKED})


class CasePage(QWidget):
    """The workspace of one case, on any day of it."""

    title_changed = Signal(str)
    citation_activated = Signal(str, object)
    case_requested = Signal(str)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.case_id = case_id
        self._desk = desk
        self._view: CaseView | None = None
        self._step = 0
        self.title, self.particulars = label("", "title"), label("", "muted")
        self.law_notice = link("")
        self.day = CaseDayLine()
        self.links = LinkedCasesRow()
        self.strip = ClockStrip(desk.workstation.office.rules)
        self.timeline = StepTimeline()
        self.rules = StepRules(desk)
        self.documents = DocumentPane(desk, case_id)
        self.events = EventPanel(desk, case_id)
        self.review = ReviewPane(desk, case_id)
        self.review_rounds = ReviewRoundsPane(desk, case_id)
        self.review_tasks = ReviewTaskPane(desk, case_id)
        self.proof = ProofPane(desk, case_id)
        self.law = LawPane(desk, case_id)
        self.similar = SimilarCasesPane(desk, case_id)
        self.rehearsal = RehearsalPane(desk, case_id)
        self.rulings = RulingPane(desk, case_id)
        self.appraisal = AppraisalPane(desk, case_id)
        self.citations = CitationPane(desk, case_id)
        self.lawyer = LawyerPane(desk, case_id)
        self.deadlines = DeadlinePane(desk, case_id)
        self.service = ServicePane(desk)
        self.printing = PrintPanel(desk, case_id)
        self.intake = IntakePane(desk, case_id)
        self.finding = CaseSearchPane(desk, case_id)
        self.records = CaseRecords(desk.workstation.office.rules.fact_labels)
        self.interventions = InterventionPanel(desk, case_id)
        self.page = PreviewBar()
        self.places = CasePlaces(self.timeline, self.documents, self.page, self)
        self.tabs = GroupedTabs(("文书", "办理", "事实", "审核", "评查", "记录"), "案件各栏")
        self._build()
        self._connect()
        self._connect_service()
        self._connect_keys()
        self.reload()

    def _build(self) -> None:
        head = QWidget()
        head_layout = QVBoxLayout(head)
        head_layout.setContentsMargins(16, 8, 16, 4)
        head_layout.setSpacing(2)
        head_layout.addLayout(row_of(self.title, None, self.day))
        head_layout.addWidget(self.particulars)
        head_layout.addLayout(row_of(self.law_notice, None))
        self.law_notice.hide()
        head_layout.addWidget(self.links)
        middle = QWidget()
        middle_layout = QVBoxLayout(middle)
        middle_layout.setContentsMargins(12, 4, 12, 8)
        middle_layout.addWidget(self.tabs)
        self.splitter = split_of(
            self.timeline, middle, self.page, sizes=(_LEFT, _MIDDLE, _RIGHT), stretch=(0, 1, 1)
        )
        self.timeline.setMinimumWidth(200)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for above in (head, self.strip):
            layout.addWidget(above)
        layout.addWidget(self.splitter, 1)
        self.setFocusProxy(self.timeline)
        # Last: each widget that is given a parent has its whole tree styled anew.
        self._build_tabs()

    def _build_tabs(self) -> None:
        add = self.tabs.add
        add(self.documents, "文书", "填写")
        add(self.printing, "文书", "打印")
        add(self.finding, "文书", "查找", "在本案的文书、草稿、证据中查找（Ctrl+F）")
        add(self.events, "办理", "事项")
        add(self.service, "办理", "送达", "须送达的文书、最迟送达的日期和送达回证")
        add(self.deadlines, "办理", "期限")
        add(self.review_tasks, "办理", "任务", "法制审核退回的任务，逐项答复")
        add(self.rules, "办理", "规则", "本步骤的规则与条文")
        add(self.intake, "事实", "登记", "受案时登记的当事人、案源和事项，更正登记")
        for title, group in RECORD_GROUPS.items():
            add(self.records.tables[title], group, title)
        add(self.review, "审核", "清单", "法制审核的63项")
        add(self.review_rounds, "审核", "法制审核", "分轮审核：送审、十项结论、意见书、退回与改动")
        add(self.proof, "审核", "自洽", "全卷各份文书之间的关系，逐项比对")
        add(self.law, "审核", "裁量", "新旧法比较与裁量候选阶次")
        add(self.similar, "审核", "类案", "类案镜：本局同类已结案件")
        add(self.citations, "审核", "引用", "全案引用的法条：核对与条文汇编")
        add(self.appraisal, "评查", "评分", "案卷评查：一票否决、百分制")
        add(self.rehearsal, "评查", "沙盘", "复议沙盘：规则演练，非法律意见")
        add(self.rulings, "评查", "裁判", "复议、诉讼的结果，败诉的原因和本应查出的审核项")
        add(self.lawyer, "评查", "律师", "交驻局律师（案卷胶囊），收回律师和 Word 中的意见")
        add(self.interventions, "记录", "干预", "领导干部干预执法活动登记（封存）")

    def _connect_service(self) -> None:
        self.service.service_wanted.connect(self.open_service)
        self.service.correction_wanted.connect(self.correct_paper)
        self.intake.correction_wanted.connect(self.correct_paper)
        self.service.paper_wanted.connect(self._on_receipt_wanted)

    def _connect(self) -> None:
        self._desk.bus.changed.connect(self._on_changed)
        self.timeline.step_selected.connect(self.open_step)
        self.timeline.step_opened.connect(lambda _step: self.tabs.show_pane(self.documents))
        self.timeline.rules_requested.connect(lambda _step: self.tabs.show_pane(self.rules))
        self.page.preview.field_clicked.connect(self._on_field_clicked)
        self.page.preview.find_citations = self._desk.workstation.law.citations_in
        self.page.preview.citation_clicked.connect(self._on_citation)
        self.strip.cure_wanted.connect(self.open_event)
        self.strip.clock_chosen.connect(self.open_clock)
        self.links.case_requested.connect(self.case_requested)
        self.similar.case_requested.connect(self.case_requested)
        self.appraisal.paper_wanted.connect(self.show_paper)
        citing = (self.rules, self.events, self.rehearsal, self.appraisal, self.deadlines)
        for quoting in (*citing, self.law, self.review, self.strip, self.service):
            quoting.citation_activated.connect(self._on_citation)
        self.events.law_wanted.connect(self._on_law_wanted)
        self.citations.citation_activated.connect(self.citation_activated)
        self.citations.place_activated.connect(self._on_cited_place)
        review = (self.review, self.review_rounds, self.review_tasks)
        for pane in (*review, self.proof, self.rehearsal, self.lawyer):
            pane.place_wanted.connect(self.open_place)
        self.review.place_shown.connect(self.show_place)
        self.finding.place_wanted.connect(self._on_found)
        self.finding.evidence_wanted.connect(self._on_found_evidence)
        self.law.concluded.connect(self._on_concluded)
        self.law.touched.connect(self._on_touched)
        self.law_notice.clicked.connect(self._on_law_wanted)
        self.events.recorded.connect(self.reload)
        self.events.cure_wanted.connect(self.open_event)

    def _connect_keys(self) -> None:
        self.day.changed.connect(self.reload)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda by=by: self.timeline.step_by(by))
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self.find_words)

    def reload(self) -> None:
        """Read the case again, as of the chosen day."""
        cases, case_id, day = self._desk.workstation.cases, self.case_id, self.day.as_of
        self._desk.tasks.read(
            lambda: cases.view(case_id, day), owner=self, done=self._show, latest="case"
        )

    def show_day(self, day: date | None) -> None:
        """Show the case as it stood on ``day`` (None: today)."""
        self.day.choose(day)

    def open_step(self, step: int) -> None:
        """Show the papers, events and rules of a step."""
        self._step = step
        if self._view is not None:
            self.documents.show_step(self._view, step)
            self.events.show_step(self._view, step)
            self.rules.show_step(self._view, step)
            self.printing.show_step(step)

    def go_to(self, step: int) -> None:
        """Choose a step, at once or when the case has been read."""
        self._step = step
        self.timeline.choose(step)

    def open_event(self, step: int, kind: str) -> None:
        """Go to a step and offer one of its events; the intake has a pane of its own."""
        if kind == CORRECTED:
            self.tabs.show_pane(self.intake)
            return
        self.timeline.choose(step)
        self.tabs.show_pane(self.events)
        if kind:
            self.events.choose(kind)
        self.events.setFocus()

    def open_service(self, step: int, kind: str, form: str, occurrence: int) -> None:
        """Go to the event that serves a paper, with its service begun."""
        self.open_event(step, kind)
        self.events.serve(form, occurrence)

    def open_clock(self, deadline: RunningDeadline) -> None:
        """Show a clock of the case with its days."""
        self.tabs.show_pane(self.deadlines)
        self.deadlines.choose(deadline)
        self.deadlines.setFocus()

    def open_place(self, place: Passage) -> None:
        """Go to where a finding lies: the field of a paper, or the events of a step."""
        if not place.document:
            self.open_event(place.step or self._step, "")
            return
        self._open_field(place.step, place.document, place.field, place.page)

    def show_place(self, place: Passage) -> None:
        """Show the page a finding lies on, with its field marked; the pane in view stays."""
        if place.document:
            self.places.show_page(place.step, place.document, place.field, place.page)

    def show_check(self, check: str) -> None:
        """Show the list of checks at one of them; the list alone where ``check`` is empty."""
        self.tabs.show_pane(self.review)
        self.review.choose(check)
        self.review.setFocus()

    def find_words(self) -> None:
        """Look for words in this case."""
        self.tabs.show_pane(self.finding)
        self.finding.box.selectAll()
        self.finding.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_found(self, place: Passage) -> None:
        """Show the page of a paper, or open the field of a draft; the list stays in view."""
        if place.field:
            self.open_place(place)
        else:
            self.show_place(place)

    def _on_found_evidence(self, position: int) -> None:
        self.tabs.show_pane(self.records.tables["证据"])
        self.records.tables["证据"].selectRow(position - 1)

    def show_paper(self, form: str) -> None:
        """Show the page of the last paper of a form; the pane in view stays."""
        paper = self._view.file.document(form) if self._view is not None else None
        if paper is not None:
            self.places.show_page(paper.step, paper.key, "", 1)

    def _on_receipt_wanted(self, key: str) -> None:
        self._open_field(SERVICE_STEP, key, "receiver")

    def correct_paper(self, step: int, texts: Mapping[str, str]) -> None:
        """Go to the correction of an issued paper (更正文书) with what is known of it."""
        self.open_event(step, "document_corrected")
        self.events.prefill(texts)

    @property
    def law_days(self) -> tuple[tuple[str, date], ...]:
        """The day of the act, and the day the case is looked at where that isn't today."""
        if self._view is None:
            return ()
        days = (("违法行为日", self._view.act_day), ("案件截至日", self.day.as_of))
        return tuple((name, day) for name, day in days if day is not None)

    def save_draft(self) -> None:
        """Save what is being typed."""
        self.documents.save_draft()

    def make_room(self, *, for_panel: bool) -> None:
        """Leave the true page out for a panel beside the case, or show it again."""
        self.page.setVisible(not for_panel)

    def recolour(self) -> None:
        """Draw what is painted by hand in the colours of the theme."""
        self.timeline.viewport().update()
        self.page.preview.viewport().update()

    def _show(self, view: CaseView | None) -> None:
        if view is None:
            return
        self._view = view
        case = view.file.case
        self.title.setText(case.title)
        sealed = "　已归档" if view.sealed else ""
        short = "" if view.procedure is Procedure.ORDINARY else f"　·　{view.procedure.value}"
        self.particulars.setText(
            f"{case.number or case.lead.number}　·　承办 {'、'.join(case.officers)}"
            f"　·　{case.party.name}{short}{sealed}"
        )
        self.title_changed.emit(case.title)
        self.links.show_links(view.links)
        self.strip.show_case(view)
        self.timeline.show_steps(view.steps)
        self.deadlines.show_case(view)
        for recording in (self.service, self.intake):
            recording.show_case(view)
        self.records.show_case(view)
        for pane in self._reading_panes():
            pane.show_case(view)
        if not self._step:
            present = [state.n for state in view.steps if state.status in _PRESENT]
            decided = view.file.document("D51")
            self._step = present[0] if present else (13 if decided else view.steps[-1].n)
        self.timeline.choose(self._step)
        self.open_step(self._step)

    def _reading_panes(self) -> tuple[LawPane | CitationPane | CaseReadingPane, ...]:
        about = (self.law, self.citations, self.similar, self.rehearsal, self.rulings)
        review = (self.review, self.review_rounds, self.review_tasks, self.proof)
        return *about, *review, self.appraisal, self.lawyer, self.finding

    def _on_field_clicked(self, name: str) -> None:
        self.tabs.show_pane(self.documents)
        self.documents.focus_field(name)

    def _open_field(self, step: int, document: str, field: str, page: int = 0) -> None:
        self.tabs.show_pane(self.documents)
        self.places.open_field(step, document, field, page)

    def _on_cited_place(self, place: CitedPlace) -> None:
        self._open_field(place.step, place.document, place.field)

    def _on_law_wanted(self) -> None:
        self.tabs.show_pane(self.law)
        self.law.setFocus()

    def _on_touched(self, text: str) -> None:
        first = text.split("；", maxsplit=1)[0]
        self.law_notice.setText(f"修法雷达 · {first}　查看比较")
        self.law_notice.setToolTip(text)
        self.law_notice.setVisible(bool(text))

    def _on_concluded(self, applied: str, reason: str) -> None:
        told = self._view is not None and self._view.file.last("notice_served") is not None
        step, kind = (13, "decision_made") if told else (9, "notice_approved")
        self.open_event(step, kind)
        self.events.prefill({"law_applied": applied, "law_comparison": reason})

    def _on_citation(self, text: str) -> None:
        day = self._view.as_of if self._view else None
        self.citation_activated.emit(text, day)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("case", self.case_id) or changes.touches("holidays"):
            self.reload()
        elif self._view is not None and any(map(changes.touches, _LAW_KINDS)):
            self.law.show_case(self._view)
