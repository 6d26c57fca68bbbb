"""Below an issued paper: what somebody changed in its Word file, and taking that over."""

from itertools import takewhile
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.widgets.text_labels import button, label, row_of, set_role
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.paper_remarks import AnnotatedPaper, KeptRemark
from workstation.operations.read_backs import EditedPaper

_BY = "窗口"
_KINDS = "Word 文档 (*.docx)"
_MOST_LINES = 8
_LONGEST = 40
_AROUND = 8
_Compared = tuple[EditedPaper, tuple[tuple[KeptRemark, ...], Changes]]


class ReadBackBar(QWidget):
    """``taken`` follows after the changed fields became a draft."""

    taken = Signal()

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._key = ""
        self._edited: EditedPaper | None = None
        self.outcome = label("", "muted", wraps=True)
        self.choosing = button("读回改过的 Word…", flat=True)
        self._take = button("采用为草稿")
        self.annotating = button("带批注的 Word…", flat=True)
        self.annotating.setToolTip("把审核清单和律师对本文书的意见写成 Word 批注，另存一份")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.outcome)
        layout.addLayout(row_of(self._take, None))
        self.choosing.clicked.connect(self.choose)
        self._take.clicked.connect(self.take)
        self.annotating.clicked.connect(self.annotate)
        self.show_paper("")

    def show_paper(self, key: str) -> None:
        """Stand ready for one issued paper; an empty key hides the bar."""
        if key and key == self._key:
            return
        self._key = key
        self._edited = None
        self.outcome.clear()
        self.outcome.hide()
        self._take.hide()
        for widget in (self, self.choosing, self.annotating):
            widget.setVisible(bool(key))

    def choose(self) -> None:
        """Ask for the file and compare it."""
        start = self._desk.workstation.home.output
        path = self._desk.prompter.choose_file(self, "选择改过的 Word 文件", start, _KINDS)
        if path is not None:
            self.compare(path)

    def compare(self, path: Path) -> None:
        """List what a file says differently from the issued paper, and take in its comments."""
        key, workstation, case_id = self._key, self._desk.workstation, self._case_id
        self._desk.tasks.write(
            lambda: (
                workstation.read_backs.compare(case_id, key, path),
                workstation.paper_remarks.take_in(case_id, key, path, _BY),
            ),
            owner=self,
            done=self._show,
            failed=self._on_failed,
        )

    def annotate(self) -> None:
        """Write a copy of the paper with the opinions on it as comments of Word."""
        key, workstation, case_id = self._key, self._desk.workstation, self._case_id
        start = workstation.home.output
        folder = self._desk.prompter.choose_folder(self, "带批注的文书存到", start)
        if folder is None:
            return
        self._desk.tasks.read(
            lambda: workstation.paper_remarks.annotate(case_id, key, folder),
            owner=self,
            done=self._annotated,
            failed=self._on_failed,
        )

    def _annotated(self, made: AnnotatedPaper) -> None:
        self._say(
            f"已写入{len(made.remarks)}条意见：{made.path.name}，在 {made.path.parent}", "muted"
        )

    def _show(self, compared: _Compared) -> None:
        edited, (remarks, changes) = compared
        self._desk.bus.publish(changes)
        if edited.document.key != self._key:
            return
        self._edited = edited
        found = edited.found
        lines = [f"{c.label}：{_difference(c.before, c.after or '')}" for c in found.fields]
        lines += [f"{c.place}文字：{_difference(c.before, c.after)}" for c in found.wording]
        more = len(lines) - _MOST_LINES
        shown = lines[:_MOST_LINES] + ([f"另有{more}处"] if more > 0 else [])
        head = (
            f"栏目改动{len(found.fields)}处，固定文字改动{len(found.wording)}处；"
            f"可采用{len(edited.values)}栏。已制发的文本不变。"
        )
        told = "\n".join([head, *shown]) if lines else "与已制发的文本没有不同。"
        if remarks:
            told += f"\n批注和修订{len(remarks)}条，已收入“审核 · 律师”。"
        self._say(told, "warn")
        self._take.setVisible(bool(edited.values))

    def take(self) -> None:
        """Keep the changed fields as a draft."""
        edited, read_backs = self._edited, self._desk.workstation.read_backs
        if edited is None:
            return
        self._desk.tasks.write(
            lambda: read_backs.take(self._case_id, edited),
            owner=self,
            done=self._on_taken,
            failed=self._on_failed,
        )

    def _on_taken(self, changes: Changes) -> None:
        self._take.hide()
        self._desk.bus.publish(changes)
        self.taken.emit()

    def _on_failed(self, error: WorkstationError) -> None:
        self._say(f"{error.message}{error.hint}", "error")

    def _say(self, text: str, role: str) -> None:
        set_role(self.outcome, role)
        self.outcome.setText(text)
        self.outcome.show()


def _difference(before: str, after: str) -> str:
    """Return what was there and what is now, long texts cut down to where they part."""
    if max(len(before), len(after)) > _LONGEST:
        start = max(_shared(before, after) - _AROUND, 0)
        ends = _shared(before[start:][::-1], after[start:][::-1])
        end = max(ends - _AROUND, 0)
        before, after = (_cut(text, start, end) for text in (before, after))
    return f"“{_in_one_line(before)}” → “{_in_one_line(after)}”"


def _shared(first: str, second: str) -> int:
    """Return how many characters both begin with."""
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    )


def _cut(text: str, start: int, end: int) -> str:
    kept = text[start : len(text) - end]
    return f"{'…' if start else ''}{kept}{'…' if end else ''}"


def _in_one_line(text: str) -> str:
    line = text.replace("\n", "／") or "（无）"
    return line if len(line) <= 2 * _LONGEST else f"{line[: 2 * _LONGEST]}…"
