"""The papers of a case and their pages: the way to a page of one, or a field with its mark."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.widgets.document_pane import DocumentPane
from ui.widgets.preview_bar import PreviewBar
from ui.widgets.step_timeline import StepTimeline
from workstation.documents.display_list import LaidOutDocument
from workstation.domain.cases import paper_of


class CasePlaces(QObject):
    """Chooses step and paper; the page comes into view when that very paper has been read."""

    def __init__(
        self,
        timeline: StepTimeline,
        documents: DocumentPane,
        page: PreviewBar,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._timeline = timeline
        self._documents = documents
        self._bar = page
        self._paper: tuple[str, int] | None = None
        self._field, self._page = "", 0
        documents.page_ready.connect(self._on_page_ready)
        documents.field_focused.connect(page.preview.highlight_field)
        documents.traced.connect(page.show_traces)

    def show_page(self, step: int, document: str, field: str, page: int) -> None:
        """Show a page (from 1; 0: that of the field) of a paper; what is typed in stays open."""
        self._seek(step, document, field, page)
        self._documents.choose(*paper_of(document))
        self._arrive()

    def open_field(self, step: int, document: str, field: str, page: int = 0) -> None:
        """Show a paper with the cursor and the mark at a field."""
        self._seek(step, document, field, page)
        self._documents.show_place(*paper_of(document), field)
        self._arrive()

    def _seek(self, step: int, document: str, field: str, page: int) -> None:
        self._paper = paper_of(document)
        self._field, self._page = field, 0 if field else page
        self._timeline.choose(step)

    def _arrive(self) -> None:
        if self._documents.shown_paper == self._paper:
            if self._page:
                self._bar.preview.go_to_page(self._page)
            self._bar.preview.highlight_field(self._field)

    def _on_page_ready(self, layout: LaidOutDocument | None, message: str) -> None:
        self._bar.show_document(layout, message)
        if layout is not None and self._documents.shown_paper == self._paper:
            self._arrive()
            self._paper = None
