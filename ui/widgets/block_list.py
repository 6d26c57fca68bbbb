"""What stands in the way: message, article, way out, and release in writing where law allows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.text_labels import label, link, row_of
from workstation.domain.cases import Override
from workstation.procedure import Block
from workstation.procedure.cures import Cure


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTerms:
    """What a list of blocks is shown with: who may release, why, and where each is cured."""

    heads: Sequence[str] = ()
    notes: Mapping[str, str]
    cure_of: Callable[[Block], Cure | None]
    releasable: bool = True


class BlockCard(QFrame):
    """One block; a hard one that law leaves room for can be released here."""

    citation_activated = Signal(str)
    cure_wanted = Signal(int, str)

    def __init__(self, block: Block, terms: BlockTerms) -> None:
        super().__init__()
        self.block = block
        self.setProperty("role", "card")
        self.release: QPushButton | None = None
        self.approver = QComboBox()
        self.reason = QLineEdit()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 6)
        layout.setSpacing(4)
        word, role = ("✕ 阻断：", "error") if block.hard else ("！提示：", "warn")
        layout.addWidget(label(f"{word}{block.message}", role, wraps=True))
        if block.hint:
            layout.addWidget(label(block.hint, wraps=True))
        self._buttons = row_of(spacing=4)
        self._add_links(terms)
        layout.addLayout(self._buttons)
        if block.hard and terms.releasable:
            self._add_release(terms, layout)

    def _add_links(self, terms: BlockTerms) -> None:
        if self.block.basis:
            basis = link(f"依据 {self.block.basis}")
            basis.setAccessibleName(f"查看依据 {self.block.basis}")
            basis.clicked.connect(lambda: self.citation_activated.emit(self.block.basis))
            self._buttons.addWidget(basis)
        cure = terms.cure_of(self.block)
        if cure is not None:
            go = link("去办理")
            go.setAccessibleName(f"去第{cure.step}步办理")
            go.clicked.connect(lambda: self.cure_wanted.emit(cure.step, cure.kind))
            self._buttons.addWidget(go)
        self._buttons.addStretch(1)

    def _add_release(self, terms: BlockTerms, layout: QVBoxLayout) -> None:
        if not self.block.overridable:
            layout.addWidget(
                label("不能书面放行：该项是法定要求，法律没有留出余地。", "muted", wraps=True)
            )
            return
        release = link("由负责人书面放行")
        release.setCheckable(True)
        self._buttons.insertWidget(self._buttons.count() - 1, release)
        self.release = release
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        note = terms.notes.get(self.block.guard, "")
        if note:
            rows.addWidget(label(note, "muted", wraps=True))
        self.approver.addItem("（批准人）", "")
        for name in terms.heads:
            self.approver.addItem(name, name)
        self.approver.setAccessibleName("批准放行的负责人")
        self.reason.setAccessibleName("放行的理由")
        self.reason.setPlaceholderText("理由，将印入案卷")
        fields = row_of(self.approver, self.reason)
        fields.setStretch(1, 1)
        rows.addLayout(fields)
        inner.hide()
        layout.addWidget(inner)
        release.toggled.connect(inner.setVisible)
        release.toggled.connect(lambda on: self.approver.setFocus() if on else None)

    def override_given(self) -> Override | None:
        """Return the release as typed, or None where none is being given."""
        if self.release is None or not self.release.isChecked():
            return None
        approver = str(self.approver.currentData() or "")
        return Override(
            guard=self.block.guard, approver=approver, reason=self.reason.text().strip()
        )

    def restore(self, override: Override) -> None:
        """Show a release that was typed before."""
        if self.release is not None:
            self.release.setChecked(True)
            self.approver.setCurrentIndex(max(self.approver.findData(override.approver), 0))
            self.reason.setText(override.reason)


class BlockList(QWidget):
    """Blocks one under another; hidden while there are none."""

    citation_activated = Signal(str)
    cure_wanted = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: tuple[BlockCard, ...] = ()
        self._typed: dict[str, Override] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.hide()

    def show_blocks(self, blocks: Sequence[Block], terms: BlockTerms) -> None:
        """Show blocks; a release typed for one of them stays typed."""
        if [card.block for card in self.cards] == list(blocks) and blocks:
            return
        self._typed |= {override.guard: override for override in self.overrides()}
        for card in self.cards:
            self._layout.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = tuple(BlockCard(block, terms) for block in blocks)
        for card in self.cards:
            card.citation_activated.connect(self.citation_activated)
            card.cure_wanted.connect(self.cure_wanted)
            if card.block.guard in self._typed:
                card.restore(self._typed[card.block.guard])
            self._layout.addWidget(card)
        self.setVisible(bool(blocks))

    def forget(self) -> None:
        """Drop the releases typed so far."""
        self._typed.clear()
        for card in self.cards:
            if card.release is not None:
                card.release.setChecked(False)

    def overrides(self) -> tuple[Override, ...]:
        """Return the releases being given."""
        given = [card.override_given() for card in self.cards]
        return tuple(override for override in given if override is not None)
