"""The bureau's own Word templates: export one, edit it in Word or WPS, drop it back here.

A file is checked at once; its sample pages or its faults stand at the right, and only a sound one
can be put in force. Every version stays in the list and can be gone back to.
"""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.widgets.entry_line import EntryLine
from ui.widgets.preview_bar import PreviewBar
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.documents.display_list import LaidOutDocument
from workstation.documents.template_diff import TextChange
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.templates import (
    NewTemplate,
    TemplateCheck,
    TemplateVersion,
    read_template,
)

_KINDS = "Word 文档 (*.docx)"
_SIZES = [480, 660]
_PAGES, _FAULTS, _CHANGES = range(3)


class TemplateSection(QWidget):
    """Forms and versions at the left, pages, faults or differences at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = ""
        self._versions: tuple[TemplateVersion, ...] = ()
        self._candidate: tuple[str, bytes] | None = None
        self.find_box = QLineEdit()
        self.find_box.setPlaceholderText("按编号或名称找文书")
        self.find_box.setAccessibleName("查找文书模板")
        self.find_box.setClearButtonEnabled(True)
        self.forms = RecordTableModel(("编号", "文书", "现用模板"))
        self.shown_forms = QSortFilterProxyModel(self)
        self.shown_forms.setSourceModel(self.forms)
        self.shown_forms.setFilterKeyColumn(-1)
        self.history = RecordTableModel(("版本", "启用日", "说明", "登记人", "状态"))
        self.faults = RecordTableModel(("位置", "问题", "怎么改", "附近文字"))
        self.changes = RecordTableModel(("位置", "改动", "原来", "现在"))
        self.form_table = record_table(self.shown_forms, "文书", (50, 230))
        self.history_table = record_table(self.history, "模板版本", (44, 100, 140, 84))
        self.fault_table = record_table(self.faults, "模板问题", (150, 250, 250))
        self.change_table = record_table(self.changes, "文字差异", (130, 50, 260))
        self.fault_table.setWordWrap(True)
        self.change_table.setWordWrap(True)
        self.preview = PreviewBar()
        self.stack = QStackedWidget()
        self.state = label("", "muted", wraps=True)
        self._export = button("导出模板")
        self._check = button("选择改好的模板…")
        self._compare = button("与自带的比较", flat=True)
        self._back = button("恢复所选版本", flat=True)
        self._install = button("启用", primary=True)
        self.entry = EntryLine("增加缴款方式", self._install)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self.reload()

    def _build(self) -> None:
        left = QWidget()
        left_layout = QVBoxLayout(left)
        left_layout.setContentsMargins(0, 0, 8, 0)
        left_layout.setSpacing(8)
        left_layout.addWidget(self.find_box)
        left_layout.addWidget(self.form_table, 3)
        left_layout.addWidget(label("版本", "heading"))
        left_layout.addWidget(self.history_table, 1)
        left_layout.addLayout(row_of(self._back, self._compare, None))
        for widget in (self.preview, self.fault_table, self.change_table):
            self.stack.addWidget(widget)
        right = QWidget()
        right_layout = QVBoxLayout(right)
        right_layout.setContentsMargins(8, 0, 0, 0)
        right_layout.setSpacing(8)
        right_layout.addLayout(row_of(self._export, self._check, None))
        right_layout.addWidget(self.state)
        right_layout.addWidget(self.stack, 1)
        right_layout.addWidget(self.entry)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes(_SIZES)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.setFocusProxy(self.form_table)

    def _connect(self) -> None:
        self.find_box.textChanged.connect(self.shown_forms.setFilterFixedString)
        self.form_table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.history_table.selectionModel().currentRowChanged.connect(self._on_version)
        self._export.clicked.connect(self.export)
        self._check.clicked.connect(self.choose)
        self._compare.clicked.connect(self.compare)
        self._back.clicked.connect(self.roll_back)
        self._install.clicked.connect(self.install)
        self._desk.bus.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read again which templates are in force."""
        workstation = self._desk.workstation
        self._desk.tasks.read(
            workstation.templates.forms_in_own_hands,
            owner=self,
            done=self._show_forms,
            latest="templates",
        )

    def _show_forms(self, own: Mapping[str, TemplateVersion] | None) -> None:
        if own is None:
            return
        chosen = self.chosen
        forms = list(self._desk.workstation.forms.catalogue())
        rows = [(form.id, form.title, _in_use(own.get(form.id))) for form in forms]
        self.forms.show(rows, [form.id for form in forms])
        keys = [form.id for form in forms]
        self.choose_form(self._wanted or (chosen if chosen in keys else keys[0]))
        self._wanted = ""

    def choose_form(self, form_id: str) -> None:
        """Show one form's template and its versions, at once or when the forms were read."""
        if not self.shown_forms.rowCount():
            self._wanted = form_id
        for row in range(self.shown_forms.rowCount()):
            index = self.shown_forms.index(row, 0)
            if index.data(KEY_ROLE) == form_id:
                self.form_table.setCurrentIndex(index)

    @property
    def chosen(self) -> str:
        """The id of the chosen form, or an empty text."""
        return str(self.form_table.currentIndex().data(KEY_ROLE) or "")

    @property
    def chosen_version(self) -> int:
        """The number of the chosen version; the shipped one where none is chosen."""
        return int(self.history_table.currentIndex().data(KEY_ROLE) or 0)

    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._set_candidate(None)
        self._read_versions()

    def _read_versions(self) -> None:
        form_id = self.chosen
        if not form_id:
            return
        templates = self._desk.workstation.templates
        self._desk.tasks.read(
            lambda: templates.versions(form_id),
            owner=self,
            done=self._show_versions,
            latest="versions",
        )

    def _show_versions(self, versions: tuple[TemplateVersion, ...] | None) -> None:
        if versions is None:
            return
        self._versions = versions
        shown = list(reversed(versions))
        self.history.show([_version_row(v) for v in shown], [str(v.number) for v in shown])
        current = next((n for n, v in enumerate(shown) if v.in_force), 0)
        self.history_table.selectRow(current)

    def _on_version(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        form_id, number = self.chosen, self.chosen_version
        version = next((v for v in self._versions if v.number == number), None)
        self._back.setEnabled(version is not None and not version.in_force)
        self._compare.setEnabled(number > 0 or self._candidate is not None)
        if version is None or self._candidate is not None:
            return
        templates = self._desk.workstation.templates
        self._desk.tasks.read(
            lambda: templates.preview(form_id, number),
            owner=self,
            done=self._show_pages,
            failed=self._on_failed,
            latest="pages",
        )

    def _show_pages(self, layout: LaidOutDocument | None) -> None:
        if layout is None:
            return
        self._say(
            "用样例数据试填的页面。导出后可用 Word 或 WPS 修改，改好的文件拖到这里。", "muted"
        )
        self.preview.show_document(layout)
        self.stack.setCurrentIndex(_PAGES)

    def export(self) -> None:
        """Write the chosen version as a .docx into a folder the user names."""
        form_id, number = self.chosen, self.chosen_version
        start = self._desk.workstation.home.output
        folder = self._desk.prompter.choose_folder(self, "模板导出到", start)
        if not form_id or folder is None:
            return
        templates = self._desk.workstation.templates
        self._desk.tasks.write(
            lambda: templates.export(form_id, folder, number),
            owner=self,
            done=lambda path: self._say(f"已导出 {path}。请勿改动 {{{{ }}}} 中的内容。", "ok"),
            failed=self._on_failed,
            title="导出模板",
        )

    def choose(self) -> None:
        """Ask for a template file and check it."""
        start = self._desk.workstation.home.output
        path = self._desk.prompter.choose_file(self, "选择改好的模板", start, _KINDS)
        if path is not None:
            self.check(path)

    def check(self, path: Path) -> None:
        """Check a file as the chosen form's template and show its pages or its faults."""
        form_id = self.chosen
        templates = self._desk.workstation.templates
        self._say(f"正在检查 {path.name} …", "muted")

        def work() -> tuple[Path, bytes, TemplateCheck]:
            content = read_template(path)
            return path, content, templates.check(form_id, content)

        self._desk.tasks.read(
            work, owner=self, done=self._show_check, failed=self._on_failed, latest="pages"
        )

    def _show_check(self, found: tuple[Path, bytes, TemplateCheck] | None) -> None:
        if found is None:
            return
        path, content, checked = found
        if checked.layout is None:
            self._set_candidate(None)
            rows = [(f.place, f.what, f.fix, f.near) for f in checked.faults]
            self.faults.show(rows)
            self.fault_table.resizeRowsToContents()
            self.stack.setCurrentIndex(_FAULTS)
            self._say(
                f"{path.name} 有{len(rows)}处问题，改正后再检查；现用模板没有变动。", "error"
            )
            return
        self._set_candidate((path.name, content))
        self.preview.show_document(checked.layout)
        self.stack.setCurrentIndex(_PAGES)
        pages = len(checked.layout.pages)
        self._say(f"✓ {path.name} 没有问题，样例共{pages}页。填写登记人和说明后启用。", "ok")

    def _set_candidate(self, candidate: tuple[str, bytes] | None) -> None:
        self._candidate = candidate
        self._install.setEnabled(candidate is not None)
        if candidate is not None:
            self._compare.setEnabled(True)

    def compare(self) -> None:
        """Show what the checked file, or the chosen version, says differently from the shipped."""
        form_id, number = self.chosen, self.chosen_version
        candidate = self._candidate
        templates = self._desk.workstation.templates

        def work() -> tuple[TextChange, ...]:
            content = candidate[1] if candidate else templates.content(form_id, number)
            return templates.compare(form_id, content, 0)

        self._desk.tasks.read(
            work, owner=self, done=self._show_changes, failed=self._on_failed, latest="pages"
        )

    def _show_changes(self, changes: tuple[TextChange, ...] | None) -> None:
        if changes is None:
            return
        self.changes.show([(c.place, c.kind.value, c.before, c.after) for c in changes])
        self.change_table.resizeRowsToContents()
        self.stack.setCurrentIndex(_CHANGES)
        words = f"文字有{len(changes)}处不同" if changes else "文字相同，只有格式可能不同"
        self._say(f"与程序自带的模板比较：{words}。", "muted")

    def install(self) -> None:
        """Put the checked file in force."""
        day = self._day()
        if self._candidate is None or day is None:
            return
        name, content = self._candidate
        new = NewTemplate(
            form_id=self.chosen,
            content=content,
            file_name=name,
            valid_from=day,
            note=self.entry.note.text(),
            entered_by=self.entry.entered_by.text(),
        )
        templates = self._desk.workstation.templates
        self._write(lambda: templates.install(new))

    def roll_back(self) -> None:
        """Put the chosen version in force again."""
        form_id, number, day = self.chosen, self.chosen_version, self._day()
        if day is None:
            return
        templates, entry = self._desk.workstation.templates, self.entry
        said = {"note": entry.note.text(), "entered_by": entry.entered_by.text()}
        self._write(lambda: templates.roll_back(form_id, number, valid_from=day, **said))

    def _write(self, work: Callable[[], Changes]) -> None:
        self._desk.tasks.write(
            work, owner=self, done=self._on_written, failed=self._on_failed, title="启用模板"
        )

    def _on_written(self, changes: Changes) -> None:
        self._set_candidate(None)
        self.entry.note.clear()
        self._desk.bus.publish(changes)

    def _day(self) -> date | None:
        day = self.entry.day
        if day is None:
            self._say("启用日应写作 2026-09-21 或“今天”。", "error")
        return day

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("template") or changes.touches("office"):
            self.reload()
            self._read_versions()

    def _on_failed(self, error: WorkstationError) -> None:
        self._say(f"{error.message}{error.hint}", "error")

    def _say(self, text: str, role: str) -> None:
        set_role(self.state, role)
        self.state.setText(text)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData().urls()) is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event.mimeData().urls())
        if path is not None:
            self.check(path)


def _dropped(urls: list[QUrl]) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() == ".docx" else None


def _in_use(version: TemplateVersion | None) -> str:
    if version is None:
        return "程序自带"
    return f"本局第{version.restored or version.number}版"


def _version_row(version: TemplateVersion) -> tuple[str, ...]:
    state = "现用" if version.in_force else ""
    note = version.note
    if version.restored is not None:
        note = f"恢复第{version.restored}版：{note}"
    day = version.valid_from.isoformat() if version.valid_from else "—"
    return (str(version.number), day, note or "程序自带模板", version.entered_by, state)
