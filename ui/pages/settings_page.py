"""Settings: the sections in a list at the left, the chosen one at the right."""

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.desk import Desk
from ui.pages.settings.matter_list_section import MatterListSection
from ui.pages.settings.section_entry import SectionEntry
from ui.pages.settings.sections import SECTIONS
from ui.pages.settings.template_section import TemplateSection
from ui.widgets.text_labels import label

_LIST_WIDTH = 190
_ROW_HEIGHT = 34
_KEY_ROLE = int(Qt.ItemDataRole.UserRole)


class SettingsPage(QWidget):
    """Arrows choose a section, Enter goes into it, Alt+Left comes back, Ctrl+F finds one."""

    citation_activated = Signal(str, object)
    case_opened = Signal(str)

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        sections: tuple[SectionEntry, ...] = SECTIONS,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._entries = {entry.key: entry for entry in sections}
        self._made: dict[str, QWidget] = {}
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText("找一节（Ctrl+F）")
        self.find_box.setAccessibleName("查找设置的一节")
        self.find_box.setClearButtonEnabled(True)
        self.list = _SectionList()
        for entry in sections:
            item = QListWidgetItem(entry.title)
            item.setData(_KEY_ROLE, entry.key)
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            self.list.addItem(item)
        self.heading = label("", "title")
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.list.setCurrentRow(0)

    def _build(self) -> None:
        left = QWidget()
        left.setFixedWidth(_LIST_WIDTH)
        left_layout = QVBoxLayout(left)
        left_layout.setContentsMargins(0, 0, 0, 0)
        left_layout.addWidget(label("设置", "title"))
        left_layout.addWidget(self.find_box)
        left_layout.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.addWidget(self.heading)
        right.addWidget(self._stack, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(16)
        layout.addWidget(left)
        layout.addLayout(right, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.entered_section.connect(self._enter)
        self.find_box.textChanged.connect(self._narrow)
        self.find_box.returnPressed.connect(self.list.setFocus)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        find = QShortcut(QKeySequence("Ctrl+F"), self, context=context)
        find.activated.connect(self._find)
        back = QShortcut(QKeySequence("Alt+Left"), self, context=context)
        back.activated.connect(self.list.setFocus)

    @property
    def section(self) -> QWidget:
        """The section that is shown."""
        item = self.list.currentItem()
        return self._made[item.data(_KEY_ROLE)]

    def open_section(self, key: str) -> QWidget:
        """Show a section, making it on first use.

        Raises:
            KeyError: there is none of that key.
        """
        if self.find_box.text():
            self.find_box.clear()
        row = list(self._entries).index(key) if key in self._entries else -1
        if row < 0:
            raise KeyError(key)
        self.list.setCurrentRow(row)
        return self.section

    def show_matter(self, code: str) -> None:
        """Show one matter of the list."""
        section = self.open_section("matters")
        if isinstance(section, MatterListSection):
            section.narrow_to(code)

    def show_form(self, form_id: str) -> None:
        """Show a form with its pages and versions."""
        section = self.open_section("templates")
        if isinstance(section, TemplateSection):
            section.choose_form(form_id)

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        entry = self._entries[item.data(_KEY_ROLE)]
        if entry.key not in self._made:
            self._add(entry.key, entry.make(self._desk))
        self.heading.setText(entry.title)
        self._stack.setCurrentWidget(self._made[entry.key])

    def _add(self, key: str, section: QWidget) -> None:
        self._made[key] = section
        self._stack.addWidget(section)
        for name in ("citation_activated", "case_opened"):
            signal = getattr(section, name, None)
            if signal is not None:
                signal.connect(getattr(self, name))
        if isinstance(section, MatterListSection):
            section.form_wanted.connect(self.show_form)

    def _enter(self) -> None:
        self.section.setFocus(Qt.FocusReason.TabFocusReason)

    def _narrow(self, text: str) -> None:
        words = text.split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(not all(word in item.text() for word in words))
        shown = [r for r in range(self.list.count()) if not self.list.item(r).isHidden()]
        if shown and self.list.currentRow() not in shown:
            command = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.setCurrentRow(shown[0], command)

    def _find(self) -> None:
        own = getattr(self.section, "find_box", None)
        focused = QApplication.focusWidget()
        inside = focused is not None and self.section.isAncestorOf(focused)
        box = own if inside and own is not None else self.find_box
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()


class _SectionList(QListWidget):
    """The list of sections: Enter goes into the chosen one."""

    entered_section = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sections")
        self.setAccessibleName("设置的各节")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSpacing(2)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right}:
            self.entered_section.emit()
        else:
            super().keyPressEvent(event)
