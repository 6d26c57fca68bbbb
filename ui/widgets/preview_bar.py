"""The preview with its line of tools: zoom, fit, page number, a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.preview.page_preview import PagePreview
from ui.widgets.text_labels import button, label, row_of
from workstation.documents.display_list import LaidOutDocument

_STEP = 1.2


class PreviewBar(QWidget):
    """A preview and its tools."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = PagePreview()
        self._window: PagePreview | None = None
        self._traces: dict[str, str] = {}
        self._page = label("", "muted")
        self._zoom = label("", "muted")
        smaller, larger = button("−", flat=True), button("+", flat=True)
        smaller.setAccessibleName("缩小")
        larger.setAccessibleName("放大")
        fit, detach = button("适宽", flat=True), button("分离", flat=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 16, 4)
        layout.setSpacing(4)
        layout.addWidget(self.preview, 1)
        layout.addLayout(
            row_of(smaller, self._zoom, larger, fit, detach, None, self._page, spacing=4)
        )
        smaller.clicked.connect(lambda: self.preview.zoom_by(1 / _STEP))
        larger.clicked.connect(lambda: self.preview.zoom_by(_STEP))
        fit.clicked.connect(self.preview.fit_width)
        detach.clicked.connect(self.detach)
        self.preview.page_changed.connect(self._on_page_changed)
        self.preview.zoom_changed.connect(lambda percent: self._zoom.setText(f"{percent}%"))

    def show_document(self, document: LaidOutDocument | None, message: str = "") -> None:
        """Show pages here and in the detached window."""
        self.preview.show_document(document, message)
        if self._window is not None:
            self._window.show_document(document, message)

    def show_traces(self, sentences: dict[str, str]) -> None:
        """Say of hovered values where they come from, here and in the detached window."""
        self._traces = sentences
        self.preview.show_traces(sentences)
        if self._window is not None:
            self._window.show_traces(sentences)

    def detach(self) -> None:
        """Show the same pages in a window of their own, for a second screen."""
        if self._window is None:
            self._window = PagePreview(self)
            self._window.setWindowFlag(Qt.WindowType.Window)
            self._window.setWindowTitle("文书预览")
            self._window.resize(820, 1040)
        self._window.show_document(self.preview.document)
        self._window.show_traces(self._traces)
        self._window.show()

    def _on_page_changed(self, page: int, pages: int) -> None:
        self._page.setText(f"第 {page} 页 共 {pages} 页" if pages else "")
