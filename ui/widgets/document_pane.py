"""The papers of a step: choose one, fill it, see what it lacks; drafts save themselves."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.paper_printing import PaperPrinting
from ui.printing import PrintedPages
from ui.widgets.citation_aid import CitationAid
from ui.widgets.merge_bar import MergeBar
from ui.widgets.paper_choice import PaperChoice
from ui.widgets.phrase_picker import PhrasePicker
from ui.widgets.question_picker import QuestionPicker
from ui.widgets.read_back_bar import ReadBackBar
from ui.widgets.record_form import RecordForm
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.documents.display_list import LaidOutDocument
from workstation.domain.cases import paper_key
from workstation.operations.cases import CaseView
from workstation.operations.changes import Changes
from workstation.operations.forms import ExportedDocument, FormView, Preview
from workstation.operations.print_plans import PaperState
from workstation.operations.value_traces import ValueTrace

_SAVE_DELAY = 800
_PREVIEW_DELAY = 40


class DocumentPane(QWidget):
    """One paper at a time; ``page_ready`` carries its pages, or a message why there are none."""

    page_ready = Signal(object, str)
    field_focused = Signal(str)
    traced = Signal(dict)
    citation_activated = Signal(str, object)

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._view: CaseView | None = None
        self._step = 0
        self._form: RecordForm | None = None
        self._shown: FormView | None = None
        self._layout_shown: LaidOutDocument | None = None
        self._issued_key = ""
        self.printing = PaperPrinting(desk, case_id, self)
        self._wanted_field = ""
        self.choice = PaperChoice(desk.workstation.forms.catalogue())
        self.state = label("", "muted", wraps=True)
        self._holder = QVBoxLayout()
        self._discard = button("放弃草稿", flat=True)
        self._save = button("存草稿")
        self._export = button("导出")
        self._print = button("打印")
        self.read_back = ReadBackBar(desk, case_id)
        self.merges = MergeBar(desk, case_id)
        self.questions = QuestionPicker(desk, case_id)
        self.phrases = PhrasePicker(desk, case_id)
        self._citations = CitationAid(desk, case_id, self)
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_DELAY)
        self._preview_timer = QTimer(self, singleShot=True, interval=_PREVIEW_DELAY)
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.choice)
        layout.addWidget(self.state)
        layout.addWidget(self.merges)
        layout.addLayout(self._holder, 1)
        for below in (self.questions, self.phrases, self.read_back):
            layout.addWidget(below)
        aids = (self.questions.open, self.phrases.open)
        layout.addLayout(row_of(*aids, self.read_back.choosing, self.read_back.annotating, None))
        layout.addLayout(row_of(self._discard, None, self._save, self._export, self._print))
        self.choice.currentIndexChanged.connect(self._on_chosen)
        self._desk.bus.changed.connect(self._on_changed)
        self._timer.timeout.connect(self.save_draft)
        self._preview_timer.timeout.connect(self._ask_preview)
        self._discard.clicked.connect(self.discard_draft)
        self._save.clicked.connect(self.save_draft)
        self.read_back.taken.connect(self._on_chosen)
        self.merges.merged.connect(self._on_chosen)
        self._export.clicked.connect(self.export)
        self._print.clicked.connect(self.print)
        self.printing.told.connect(self._say)
        for keys, slot in (
            ("Ctrl+S", self.save_draft),
            ("Ctrl+P", self.print),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Shift+Z", self.redo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def show_step(self, view: CaseView, step: int) -> None:
        """List the papers of a step: those issued, then those that can be begun."""
        if self._view is not None and self._view.file == view.file and self._step == step:
            return
        self.save_draft()
        self._view, self._step = view, step
        self.choice.show_step(view, step)
        self._on_chosen()
        self._ask_papers()

    def _ask_papers(self) -> None:
        office, case_id = self._desk.workstation, self._case_id
        self._desk.tasks.read(
            lambda: (office.printing.states(case_id), office.merges.papers(case_id)),
            owner=self,
            done=self._mark_papers,
            latest="papers",
        )

    def _mark_papers(self, read: tuple[dict[str, PaperState], tuple[str, ...]] | None) -> None:
        """Mark in the list drafts that the case has left behind, and sheets to print again."""
        if read is not None:
            self.choice.mark(*read)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("printing", self._case_id) or changes.touches("draft"):
            self._ask_papers()

    def choose(self, form: str, occurrence: int = 1) -> None:
        """Show one paper of the step."""
        self.choice.choose(form, occurrence)

    @property
    def shown_paper(self) -> tuple[str, int] | None:
        """The form and occurrence of the paper that is open, None while one is being read."""
        return (self._shown.definition.id, self._shown.occurrence) if self._shown else None

    def show_place(self, form: str, occurrence: int, name: str) -> None:
        """Show a paper of the step with the cursor in one of its fields, once it is opened."""
        self._wanted_field = name
        if self._form is not None and self.choice.paper() == (form, occurrence):
            self._focus_wanted()
        else:
            self.choose(form, occurrence)

    def _focus_wanted(self) -> None:
        name, self._wanted_field = self._wanted_field, ""
        if name:
            self.focus_field(name)

    def focus_field(self, name: str) -> None:
        """Put the cursor into the field a value on the page came from."""
        if self._form is not None:
            self._form.focus_field(name)

    def insert_citation(self, text: str, day: date) -> str:
        """Put a citation into the field typed in last; returns its label, or nothing."""
        paper = self.choice.paper()
        return self._citations.insert(text, paper, day) if paper is not None else ""

    def selected_words(self) -> str:
        """Return the words selected in the field typed in last."""
        return self._form.selected_words() if self._form is not None else ""

    def undo(self) -> None:
        """Take the last change back."""
        if self._form is not None:
            self._form.undo_stack.undo()

    def redo(self) -> None:
        """Make the change that was taken back again."""
        if self._form is not None:
            self._form.undo_stack.redo()

    def _on_chosen(self) -> None:
        self.save_draft()
        self._drop_form()
        key = self.choice.paper()
        if key is None:
            self.state.setText("本步没有规定的文书。可在“办理”页记录本步的事件。")
            self.page_ready.emit(None, "本步没有文书")
            return
        forms = self._desk.workstation.forms
        form_id, occurrence = key
        self._desk.tasks.read(
            lambda: forms.open_form(self._case_id, form_id, occurrence),
            owner=self,
            done=self._on_opened,
            latest="form",
        )

    def _drop_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        self._serve(None)
        self._shown = None

    def _serve(self, form: RecordForm | None) -> None:
        for aid in (self.questions, self.phrases):
            aid.show_form(form)
        issued = self._shown.issued if self._shown and not self._shown.is_draft else None
        self._citations.show_form(form, issued.dated if issued else None)

    def _on_opened(self, view: FormView | None) -> None:
        if view is None:
            return
        self._drop_form()
        self._shown = view
        self._form = RecordForm(view.definition)
        self._form.set_values(view.values, view.defaulted)
        self._form.show_findings(view.missing, view.problems)
        self._form.values_changed.connect(self._on_edited)
        self._form.field_focused.connect(self.field_focused)
        self._holder.addWidget(self._form)
        self._serve(self._form)
        self._show_state()
        self._focus_wanted()
        edited = view.draft_saved_at is not None and view.issued is None
        key = paper_key(view.definition.id, view.occurrence)
        self.merges.show_paper(key if edited else "")
        self._ask_traces(key)
        if view.is_draft:
            self._ask_preview()
        else:
            self._ask_issued()

    def _ask_traces(self, key: str) -> None:
        traces, case_id = self._desk.workstation.traces, self._case_id
        self._desk.tasks.read(
            lambda: traces.trace(case_id, key),
            owner=self,
            done=self._on_traced,
            latest="traces",
        )

    def _on_traced(self, traces: tuple[ValueTrace, ...] | None) -> None:
        """Say at every field and on the page where its value comes from."""
        sentences = {trace.field: trace.sentence for trace in traces or ()}
        if self._form is not None:
            self._form.show_traces(sentences)
        self.traced.emit(sentences)

    def _show_state(self) -> None:
        view = self._shown
        if view is None:
            return
        has_draft = view.draft_saved_at is not None
        self.read_back.show_paper(view.issued.key if view.issued else "")
        self._discard.setVisible(has_draft)
        self._export.setEnabled(view.issued is not None)
        if view.issued is not None and not has_draft:
            self._say("已制发并冻结。继续修改只产生草稿，不改动已制发的文本。", "ok")
        elif view.issued is not None:
            text = "正在看的是修改草稿；已制发的文本原样保存，“放弃草稿”即回到它。"
            self._say(text, "warn")
        else:
            self._say("草稿，自动保存。办理本步事件时勾选本文书即可制发。", "muted")

    def _ask_issued(self) -> None:
        view = self._shown
        if view is None or view.issued is None:
            return
        forms, key = self._desk.workstation.forms, view.issued.key
        self._desk.tasks.read(
            lambda: forms.page_of(self._case_id, key),
            owner=self,
            done=lambda layout: self._show_page(layout, key),
            latest="page",
        )

    def _ask_preview(self) -> None:
        if self._form is None or self._shown is None:
            return
        forms, shown, values = self._desk.workstation.forms, self._shown, self._given()
        self._desk.tasks.read(
            lambda: forms.preview(self._case_id, shown.definition.id, shown.occurrence, values),
            owner=self,
            done=self._on_preview,
            latest="page",
        )

    def _on_preview(self, preview: Preview | None) -> None:
        if preview is None:
            return
        if self._form is not None:
            self._form.show_findings(preview.missing, preview.problems)
        if preview.error is not None:
            error = preview.error
            self.page_ready.emit(self._layout_shown, f"{error.message}{error.hint}")
            self._say(f"{error.message}{error.hint}", "error")
            return
        self._show_state()
        self._show_page(preview.layout, "")

    def _show_page(self, layout: LaidOutDocument | None, issued_key: str) -> None:
        self._layout_shown, self._issued_key = layout, issued_key
        self.page_ready.emit(layout, "")

    def _given(self) -> Mapping[str, Any]:
        if self._form is None or self._shown is None:
            return {}
        changed = self._form.changed_values(self._shown.values)
        return dict(self._shown.given) | changed

    def _on_edited(self, _values: Mapping[str, Any]) -> None:
        self._timer.start()
        self._preview_timer.start()

    def save_draft(self) -> None:
        """Save what was typed, if anything was."""
        self._timer.stop()
        shown, given = self._shown, dict(self._given())
        if shown is None or given == dict(shown.given):
            return
        forms = self._desk.workstation.forms
        form_id, occurrence = shown.definition.id, shown.occurrence
        self._desk.tasks.write(
            lambda: forms.save_draft(self._case_id, form_id, occurrence, given),
            owner=self,
            done=self._on_saved,
        )

    def _on_saved(self, changes: Changes) -> None:
        self._desk.bus.publish(changes)
        shown = self._shown
        if shown is not None and shown.draft_saved_at is None:
            self._discard.show()

    def discard_draft(self) -> None:
        """Forget the draft; an issued paper shows its own text again."""
        shown = self._shown
        if shown is None:
            return
        self._timer.stop()
        self._drop_form()
        forms = self._desk.workstation.forms
        form_id, occurrence = shown.definition.id, shown.occurrence
        self._desk.tasks.write(
            lambda: forms.discard_draft(self._case_id, form_id, occurrence),
            owner=self,
            done=self._on_discarded,
        )

    def _on_discarded(self, changes: Changes) -> None:
        self._desk.bus.publish(changes)
        self._on_chosen()

    def export(self) -> None:
        """Write the issued paper as Word and PDF into a folder the user names."""
        output = self._desk.workstation.home.output
        if self._shown is None or self._shown.issued is None:
            return
        folder = self._desk.prompter.choose_folder(self, "导出到", output)
        if folder is None:
            return
        forms, key = self._desk.workstation.forms, self._shown.issued.key
        self._desk.tasks.write(
            lambda: forms.export(self._case_id, key, Path(folder)),
            owner=self,
            done=self._on_exported,
            title="导出文书",
        )

    def _on_exported(self, exported: ExportedDocument) -> None:
        where = f"已导出 {exported.docx.name} 和 {exported.pdf.name}，在 {exported.pdf.parent}"
        self._say(where, "ok")

    def print(self) -> None:
        """Print what the page shows: the issued paper, or the draft with its watermark."""
        if self._layout_shown is None or self._shown is None:
            return
        title = f"{self._shown.definition.title} {date.today():%Y%m%d}"
        pages = PrintedPages(title=title, layout=self._layout_shown)
        self.printing.print(self, pages, self._shown.definition, self._issued_key)

    def _say(self, text: str, role: str) -> None:
        set_role(self.state, role)
        self.state.setText(text)
