"""The shelf: archived cases and sealed volumes; binding with a preview, verifying in words."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import KEY_ROLE, RecordTableModel
from ui.widgets.record_table import record_table
from ui.widgets.task_progress import TaskProgress
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.archive.binding import CatalogueEntry
from workstation.errors import WorkstationError
from workstation.operations.archive import BoundVolume, SealedVolume, Verification
from workstation.operations.cases import CaseSummary
from workstation.operations.changes import Changes

_ARCHIVING = 18


class ArchivePage(QWidget):
    """Cases at the left, the catalogue of the chosen one at the right."""

    case_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._volumes: dict[str, SealedVolume] = {}
        self.cases = RecordTableModel(("案件", "归档号", "保管期限", "封卷"))
        self.catalogue = RecordTableModel(("卷", "序号", "文号", "题名", "日期", "页号"))
        self.case_table = record_table(self.cases, "案件与案卷", (210, 96, 84))
        self.catalogue_table = record_table(self.catalogue, "卷内目录", (60, 52, 236, 300, 112))
        self.heading = label("卷内目录", "heading")
        self.verdict = label("", "muted", wraps=True)
        self.progress = TaskProgress(desk.tasks, 160)
        self._bind = button("装订封卷", primary=True)
        self._verify = button("校验案卷包")
        self._other = button("校验其他文件夹…", flat=True)
        self._folder = button("打开所在文件夹", flat=True)
        self._copy = button("复制封卷摘要", flat=True)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self.reload()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.addWidget(label("案件与案卷", "heading"))
        left.addWidget(self.case_table, 1)
        right = QVBoxLayout()
        right.addLayout(row_of(self.heading, None, self._copy, self._folder))
        right.addWidget(self.catalogue_table, 1)
        right.addWidget(self.verdict)
        right.addLayout(row_of(self._other, None, self.progress, self._verify, self._bind))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(16)
        layout.addLayout(left, 4)
        layout.addLayout(right, 7)
        self.setFocusProxy(self.case_table)

    def _connect(self) -> None:
        self.case_table.selectionModel().currentRowChanged.connect(self._on_chosen)
        self.case_table.doubleClicked.connect(
            lambda index: self.case_opened.emit(str(index.data(KEY_ROLE)))
        )
        self._bind.clicked.connect(self.bind)
        self._verify.clicked.connect(self.verify_chosen)
        self._other.clicked.connect(self._on_other)
        self._folder.clicked.connect(self._on_folder)
        self._copy.clicked.connect(self._on_copy)
        self._desk.bus.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read the cases and volumes again."""
        workstation = self._desk.workstation

        def read() -> tuple[tuple[CaseSummary, ...], tuple[SealedVolume, ...]]:
            return workstation.cases.summaries(limit=500), workstation.archive.volumes()

        self._desk.tasks.read(read, owner=self, done=self._show, latest="shelf")

    def _show(self, found: tuple[tuple[CaseSummary, ...], tuple[SealedVolume, ...]]) -> None:
        if found is None:
            return
        summaries, volumes = found
        self._volumes = {volume.case_id: volume for volume in reversed(volumes)}
        shown = [s for s in summaries if s.step == _ARCHIVING or s.id in self._volumes]
        rows = []
        for summary in shown:
            volume = self._volumes.get(summary.id)
            rows.append(
                (
                    summary.title,
                    volume.archive_number if volume else "—",
                    volume.retention if volume else "—",
                    volume.sealed_on.isoformat() if volume else "未封卷",
                )
            )
        self.cases.show(rows, [summary.id for summary in shown])
        if shown:
            self.case_table.selectRow(0)
        else:
            self._say("还没有归档的案件。案件结案并记录“归档”事件后，会出现在这里。", "muted")

    @property
    def chosen(self) -> str:
        """The id of the chosen case, or an empty text."""
        return str(self.case_table.currentIndex().data(KEY_ROLE) or "")

    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        case_id = self.chosen
        volume = self._volumes.get(case_id)
        for widget in (self._verify, self._folder, self._copy):
            widget.setEnabled(volume is not None)
        self._bind.setEnabled(bool(case_id))
        if not case_id:
            return
        if volume is not None:
            self._say(
                f"已封卷 {volume.sealed_on}，正卷 {volume.pages} 页。{volume.package}", "muted"
            )
        else:
            self._say("尚未封卷。目录按现有文书预览，页号为装订后的实际页号。", "muted")
        archive = self._desk.workstation.archive
        self._desk.tasks.read(
            lambda: archive.catalogue(case_id),
            owner=self,
            done=self._show_catalogue,
            latest="catalogue",
        )

    def _show_catalogue(self, entries: tuple[CatalogueEntry, ...] | None) -> None:
        if entries is None:
            return
        self.heading.setText(f"卷内目录（{len(entries)} 件）")
        self.catalogue.show([_catalogue_row(entry) for entry in entries])

    def bind(self) -> None:
        """Bind and seal the chosen case in a folder the user names."""
        case_id = self.chosen
        home = self._desk.workstation.home
        folder = self._desk.prompter.choose_folder(self, "案卷放到", home.output)
        if not case_id or folder is None:
            return
        archive = self._desk.workstation.archive
        self._bind.setEnabled(False)
        task = self._desk.tasks.long(
            lambda progress, stop: archive.bind(case_id, folder, progress, stop),
            title="装订封卷",
            owner=self,
            done=self._on_bound,
            failed=self._on_failed,
        )
        self.progress.follow(task)

    def _on_bound(self, volume: BoundVolume | None) -> None:
        self._bind.setEnabled(True)
        if volume is None:
            self._say("已取消，没有生成案卷。", "warn")
            return
        self._say(
            f"已封卷：正卷 {volume.pages} 页。案卷包 {volume.package}　摘要 {volume.seal}", "ok"
        )
        self._desk.bus.publish(volume.changes)

    def verify_chosen(self) -> None:
        """Verify the package of the chosen case."""
        volume = self._volumes.get(self.chosen)
        if volume is not None:
            self.verify(volume.package)

    def verify(self, path: Path) -> None:
        """Verify a package folder and say the result in words."""
        archive = self._desk.workstation.archive
        self._say(f"正在校验 {path} …", "muted")
        self._desk.tasks.read(
            lambda: archive.verify(path),
            owner=self,
            done=self._on_verified,
            failed=self._on_failed,
        )

    def _on_verified(self, found: Verification) -> None:
        if found.valid:
            self._say(
                f"✓ 校验通过：{found.files} 个文件与封卷时完全一致。封卷摘要 {found.seal}", "ok"
            )
            return
        lines = "\n".join(f"✕ {problem}" for problem in found.problems[:12])
        self._say(f"校验未通过，共 {len(found.problems)} 处：\n{lines}", "error")

    def _on_other(self) -> None:
        start = self._desk.workstation.home.output
        folder = self._desk.prompter.choose_folder(self, "选择案卷包文件夹", start)
        if folder is not None:
            self.verify(folder)

    def _on_folder(self) -> None:
        volume = self._volumes.get(self.chosen)
        if volume is not None:
            QDesktopServices.openUrl(volume.package.parent.as_uri())

    def _on_copy(self) -> None:
        volume = self._volumes.get(self.chosen)
        if volume is not None:
            QGuiApplication.clipboard().setText(volume.seal)
            self._say(f"已复制封卷摘要 {volume.seal}", "ok")

    def _on_failed(self, error: WorkstationError) -> None:
        self._bind.setEnabled(True)
        self._say(f"{error.message}{error.hint}", "error")

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("volume") or changes.touches("case"):
            self.reload()

    def _say(self, text: str, role: str) -> None:
        set_role(self.verdict, role)
        self.verdict.setText(text)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls()]
        if paths:
            self.verify(paths[0])


def _catalogue_row(entry: CatalogueEntry) -> tuple[str, ...]:
    pages = str(entry.from_page)
    if entry.to_page > entry.from_page:
        pages += f"—{entry.to_page}"
    dated = entry.dated.isoformat() if entry.dated else ""
    return (entry.volume, str(entry.position), entry.number, entry.title, dated, pages)
