"""The section on texts of law: what the bureau imported, and taking files in."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.models.record_table_model import RecordTableModel
from ui.models.typed_dates import parse_day
from ui.pages.settings.taking_section import TakingSection
from ui.prompts import READABLE_FILES
from ui.widgets.record_table import record_table
from ui.widgets.text_labels import button, label
from workstation.legislation.file_imports import FileOutcome, GivenDays
from workstation.legislation.imported_texts import LawImport
from workstation.operations.changes import Changes

_IMPORTS = ("题名", "种类", "公布", "施行", "条数", "文件", "收入", "状态")
_IMPORT_WIDTHS = (260, 90, 95, 95, 55, 190, 190)
_FOUND = ("文件", "识别为", "种类", "公布", "施行", "条数", "说明")
_FOUND_WIDTHS = (190, 230, 90, 95, 95, 55)
_KINDS = f"法规文本 ({READABLE_FILES})"
_INTRODUCTION = (
    "国家法律随程序安装；行政法规、规章、地方性法规和规范性文件在这里导入。先看识别出的题名、日期、"
    "条数和可疑之处，再收入；与本库已有文本相同的不重复收入，收入的可以撤回。"
)


class LawSection(TakingSection):
    """Nothing is taken in before it was shown what each file was recognised as."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._paths: tuple[Path, ...] = ()
        self._imports: tuple[LawImport, ...] = ()
        self.imports = RecordTableModel(_IMPORTS)
        self.found = RecordTableModel(_FOUND)
        self.table = record_table(self.imports, "本局导入的法规", _IMPORT_WIDTHS)
        self._found_table = record_table(self.found, "识别结果", _FOUND_WIDTHS)
        self.file = button("导入文件…")
        self.folder = button("导入文件夹…")
        self.undo = button("撤回所选", flat=True)
        self.effective = QLineEdit()
        self.take = button("收入法规库", primary=True)
        self._lay_out(
            _INTRODUCTION,
            (self.file, self.folder, self.undo),
            self.table,
            (label("识别结果", "heading"), self._found_table),
            (self.effective, "施行日期（文件没有写明的，在此补填）", 300),
            self.take,
        )
        self.file.clicked.connect(self.choose_file)
        self.folder.clicked.connect(self.choose_folder)
        self.undo.clicked.connect(self.undo_chosen)
        self.take.clicked.connect(self.take_in)
        self.reload()

    @override
    def reload(self) -> None:
        """Read what was imported again."""
        self._desk.tasks.read(
            self._desk.workstation.law.imports, owner=self, done=self._show, latest="imports"
        )

    def choose_file(self) -> None:
        """Ask for a file and show what it is recognised as."""
        path = self._desk.prompter.choose_file(self, "导入法规", Path.home(), _KINDS)
        if path is not None:
            self.read_paths((path,))

    def choose_folder(self) -> None:
        """Ask for a folder and show what its files are recognised as."""
        path = self._desk.prompter.choose_folder(self, "导入文件夹", Path.home())
        if path is not None:
            self.read_paths((path,))

    def read_paths(self, paths: tuple[Path, ...]) -> None:
        """Show what files, or all files of a folder, are recognised as; nothing is taken in."""
        self._paths = paths
        self._say("正在识别…可在状态栏停止。")
        law = self._desk.workstation.law
        given = self._given()
        self._desk.tasks.long(
            lambda progress, stop: law.recognise_all(paths, given, progress, stop),
            title="识别法规文件",
            owner=self,
            done=self._show_found,
            failed=self._failed,
        )

    def take_in(self) -> None:
        """Take the files in that are shown; the index is built anew in the background."""
        paths, by, given = self._paths, self.by.text().strip(), self._given()
        law = self._desk.workstation.law
        self.take.setEnabled(False)
        self._say("正在收入…可在状态栏停止，已收入的保留。")
        self._desk.tasks.long(
            lambda progress, stop: law.import_files(
                paths, by, given=given, progress=progress, stop=stop
            ),
            title="收入法规",
            owner=self,
            done=self._taken_in,
            failed=self._failed,
        )

    def undo_chosen(self) -> None:
        """Take the chosen text out of the store again."""
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._imports) or self._imports[row].undone_at:
            self._say("请先选中一部仍在库中的法规。")
            return
        number, law = self._imports[row].id, self._desk.workstation.law
        self._desk.tasks.write(
            lambda: law.undo_import(number),
            owner=self,
            done=self._publish,
            failed=self._failed,
            title="撤回导入",
        )

    def _given(self) -> GivenDays:
        return GivenDays(effective=parse_day(self.effective.text(), date.today()))

    def _show(self, imports: tuple[LawImport, ...] | None) -> None:
        self._imports = imports or ()
        self.imports.show([_import_row(known) for known in self._imports])
        if not self._imports and not self._paths:
            self._say("还没有导入过。点“导入文件”选一份法规，或者“导入文件夹”整批识别。")

    def _show_found(self, outcomes: tuple[FileOutcome, ...]) -> None:
        self.found.show([_outcome_row(outcome) for outcome in outcomes])
        ready = sum(outcome.law is not None and not outcome.left_out for outcome in outcomes)
        self._below.show()
        self._say(f"共{len(outcomes)}份，可以收入{ready}份。核对说明后填写登记人，再收入。")
        self._allow()

    def _taken_in(self, outcomes: tuple[FileOutcome, ...]) -> None:
        taken = sum(bool(outcome.import_id) for outcome in outcomes)
        self.found.show([_outcome_row(outcome) for outcome in outcomes])
        self._say(f"已收入{taken}份，未收入{len(outcomes) - taken}份（原因见“说明”）。")
        self._publish(Changes.of("law", "imported"))

    @override
    def _forget(self) -> None:
        self._paths = ()
        super()._forget()

    @override
    def _allow(self) -> None:
        self.take.setEnabled(bool(self._paths) and bool(self.by.text().strip()))


def _import_row(known: LawImport) -> tuple[str, ...]:
    return (
        known.title,
        known.kind,
        known.promulgated.isoformat(),
        known.effective.isoformat(),
        str(known.articles),
        known.file,
        f"{known.made_at.replace('T', ' ')[:16]} {known.made_by}",
        f"已撤回 {known.undone_at[:10]}" if known.undone_at else "在库",
    )


def _outcome_row(outcome: FileOutcome) -> tuple[str, ...]:
    law = outcome.law
    if law is None:
        error = outcome.error
        why = f"✕ {error.message}{error.hint}" if error else "✕"
        return (outcome.path.name, "—", "", "", "", "", why)
    said = [f"⚠ {warning}" for warning in law.warnings]
    if outcome.left_out:
        said.insert(0, f"— {outcome.left_out}")
    elif outcome.import_id:
        said.insert(0, "✓ 已收入")
    return (
        outcome.path.name,
        law.title,
        law.kind,
        outcome.promulgated.isoformat() if outcome.promulgated else "",
        outcome.effective.isoformat() if outcome.effective else "",
        str(sum(article.number > 0 for article in law.articles)),
        "；".join(said) or "没有发现可疑之处",
    )
