"""Above a draft: the case changed behind edited wording; what was merged, and what to choose."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.widgets.conflict_list import ConflictList
from ui.widgets.text_labels import button, card, label, row_of
from workstation.operations.changes import Changes
from workstation.operations.draft_merges import FieldMerge, TakenMerges


class MergeBar(QWidget):
    """``merged`` follows after the draft was written; the form must be read again."""

    merged = Signal()

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case_id = case_id
        self._key = ""
        self._taken: tuple[FieldMerge, ...] = ()
        self._pending: tuple[FieldMerge, ...] = ()
        self._shown_merge: FieldMerge | None = None
        self.told = label("", "ok", wraps=True)
        self.undo = button("撤销", flat=True)
        self.head = label("", "warn", wraps=True)
        self.conflicts = ConflictList()
        self.merge = button("按所选合并")
        self.keep_mine = button("都用我写的", flat=True)
        self.take_theirs = button("都用案件现在的", flat=True)
        self._line, self._choice = QWidget(), card()
        self._build()
        self.show_paper("")

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        line = row_of(self.told, self.undo)
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self._line.setLayout(line)
        choice = QVBoxLayout(self._choice)
        choice.setContentsMargins(12, 8, 12, 8)
        choice.setSpacing(6)
        choice.addWidget(self.head)
        choice.addWidget(self.conflicts)
        choice.addLayout(row_of(self.merge, self.keep_mine, self.take_theirs, None))
        layout.addWidget(self._line)
        layout.addWidget(self._choice)
        self.undo.setAccessibleName("撤销并入，恢复自己写的文字")
        self.undo.clicked.connect(self.put_back)
        self.conflicts.decided.connect(self._show_left)
        self.merge.clicked.connect(self.decide)
        self.keep_mine.clicked.connect(lambda: self.choose(own=True))
        self.take_theirs.clicked.connect(lambda: self.choose(own=False))

    def show_paper(self, key: str) -> None:
        """Look after the draft of one paper; an empty key leaves nothing to do."""
        if key != self._key:
            self._taken = ()
        self._key, self._pending = key, ()
        self._show()
        if not key:
            return
        merges = self._desk.workstation.merges
        self._desk.tasks.read(
            lambda: merges.pending(self._case_id, key),
            owner=self,
            done=self._on_pending,
            latest="merges",
        )

    def _on_pending(self, pending: tuple[FieldMerge, ...] | None) -> None:
        self._pending = tuple(m for m in pending or () if m.merge.conflicts)
        self._show()
        if len(self._pending) < len(pending or ()):
            merges, key = self._desk.workstation.merges, self._key
            self._desk.tasks.write(
                lambda: merges.take(self._case_id, key), owner=self, done=self._on_taken
            )

    def _on_taken(self, taken: TakenMerges) -> None:
        if taken.merges:
            self._taken = taken.merges
        self._on_written(taken.changes)

    def _on_written(self, changes: Changes) -> None:
        self._desk.bus.publish(changes)
        self.merged.emit()

    def put_back(self) -> None:
        """Let the merged fields read again as they were edited."""
        merges, key, taken = self._desk.workstation.merges, self._key, self._taken
        self._taken = ()
        self._desk.tasks.write(
            lambda: merges.put_back(self._case_id, key, taken),
            owner=self,
            done=self._on_written,
        )

    def choose(self, *, own: bool) -> None:
        """Decide the field shown for the user's own wording, or for that of the case."""
        self._decide([own] * len(self.conflicts.choices()))

    def decide(self) -> None:
        """Merge the field shown as chosen, place by place."""
        self._decide(self.conflicts.choices())

    def _decide(self, choices: Sequence[bool | None]) -> None:
        if not self._pending or None in choices:
            return
        merges, key, name = self._desk.workstation.merges, self._key, self._pending[0].field
        mine = [f"{name}:{place}" for place, own in enumerate(choices, start=1) if own]
        theirs = [f"{name}:{place}" for place, own in enumerate(choices, start=1) if not own]
        self._desk.tasks.write(
            lambda: merges.choose(self._case_id, key, mine=mine, theirs=theirs),
            owner=self,
            done=self._on_written,
        )

    def _show_left(self) -> None:
        """Say how many places are not chosen; all of them make the merge possible."""
        left = self.conflicts.choices().count(None)
        self.merge.setEnabled(not left)
        self.merge.setText("按所选合并" if not left else f"按所选合并（还有{left}处未选）")

    def _show(self) -> None:
        labels = "、".join(f"“{merge.label}”" for merge in self._taken)
        self.told.setText(f"案件事实有变，新内容已并入{labels}，您改的文字保留。")
        self._line.setVisible(bool(self._taken))
        self._choice.setVisible(bool(self._pending))
        self.setVisible(bool(self._taken or self._pending))
        if not self._pending:
            return
        first = self._pending[0]
        more = f"（另有{len(self._pending) - 1}栏）" if len(self._pending) > 1 else ""
        self.head.setText(f"“{first.label}”您改过的地方，案件事实也变了，逐处选用一种{more}")
        if self._shown_merge != first:
            self._shown_merge = first
            self.conflicts.show_conflicts(first.merge.conflicts)
            self._show_left()
        for chosen in (self.merge, self.keep_mine, self.take_theirs):
            chosen.setAccessibleDescription(first.label)
