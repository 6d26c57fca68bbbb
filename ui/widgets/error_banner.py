"""The one place where a refusal or failure is shown: what happened, why, what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.text_labels import button, label
from workstation.errors import WorkstationError


class ErrorBanner(QFrame):
    """A strip under the top bar; Esc or the button puts it away."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self._message = label("", "error", wraps=True)
        self._hint = label("", "muted", wraps=True)
        for text in (self._message, self._hint):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._report = ""
        self._copy = button("复制错误报告")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._report))
        close = button("知道了")
        close.clicked.connect(self.dismiss)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._message)
        texts.addWidget(self._hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.addLayout(texts, 1)
        layout.addWidget(self._copy)
        layout.addWidget(close)
        self.hide()

    def show_error(self, error: WorkstationError) -> None:
        """Show a failure the user can act on."""
        self._show(error.message, error.hint, "")

    def show_report(self, report: str) -> None:
        """Show that the program itself failed; the report can be copied."""
        last = report.strip().splitlines()[-1] if report.strip() else ""
        self._show(
            "程序内部出错，刚才的操作没有完成；已填写的草稿都已保存。",
            f"请复制错误报告交给维护人员。（{last}）",
            report,
        )

    def dismiss(self) -> None:
        """Put the strip away."""
        self.hide()
        self.dismissed.emit()

    def _show(self, message: str, hint: str, report: str) -> None:
        self._report = report
        self._message.setText(f"✕ {message}")
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._copy.setVisible(bool(report))
        self.setAccessibleName(message)
        self.setAccessibleDescription(hint)
        self.show()
