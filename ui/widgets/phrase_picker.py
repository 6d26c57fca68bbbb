"""Below a form: phrases (常用语) that fit the field, filled from the case; Ctrl+J opens them."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ui.desk import Desk
from ui.widgets.choice_panel import ChoicePanel
from ui.widgets.phrase_forms import PhraseForm, WithdrawalForm
from ui.widgets.record_form import RecordForm
from ui.widgets.text_labels import button, row_of, set_role
from workstation.domain.phrases import Phrase
from workstation.errors import WorkstationError
from workstation.operations.changes import Changes
from workstation.operations.phrases import KeepableText, NewPhrase, OfferedPhrase, changes_of

_ROWS, _LINES = 3, 5
_NO_FIELD = "先把光标放进要写的栏目，再按 Ctrl+J。"
_NONE_FITS = (
    "这一栏还没有常用语。可勾选“也看其他栏目的”，"
    "或者先在栏目中选中写好的一段，再按“把选中的文字存为常用语”。"
)
_NONE_FOUND = "没有找到。换个词，或者勾选“也看其他栏目的”。"
_NOTHING_SELECTED = "先在栏目中选中要留用的一段文字。"


class PhrasePicker(ChoicePanel):
    """Type to narrow the list, Enter puts the phrase at the cursor of the field, Esc goes back."""

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__("常用语", "Ctrl+J", "可选用的常用语", parent)
        self._desk = desk
        self._case_id = case_id
        self._form: RecordForm | None = None
        self._offered: tuple[OfferedPhrase, ...] = ()
        self._listed: list[OfferedPhrase] = []
        self.search = QLineEdit()
        self.search.setAccessibleName("查找常用语")
        self.search.setPlaceholderText("名称、类别或者文字")
        self.search.setClearButtonEnabled(True)
        self.everywhere = QCheckBox("也看其他栏目的")
        self.wording = QPlainTextEdit()
        self.wording.setReadOnly(True)
        self.wording.setTabChangesFocus(True)
        self.wording.setAccessibleName("常用语全文")
        self._choosing = QWidget()
        self.insert = button("放入光标处")
        self.insert.setToolTip("Enter")
        self.keep = button("把选中的文字存为常用语", flat=True)
        self.withdraw = button("撤下", flat=True)
        self.keeping = PhraseForm()
        self.withdrawal = WithdrawalForm()
        self._build()

    def _build(self) -> None:
        choosing = QVBoxLayout(self._choosing)
        choosing.setContentsMargins(0, 0, 0, 0)
        choosing.setSpacing(4)
        choosing.addLayout(row_of(self.search, self.everywhere))
        line = self.wording.fontMetrics().lineSpacing()
        self.wording.setFixedHeight(line * _LINES + 16)
        self.list.setFixedHeight(line * _ROWS + 8)
        choosing.addWidget(self.list)
        choosing.addWidget(self.wording)
        choosing.addLayout(row_of(self.keep, self.withdraw, None, self.insert))
        choosing.addWidget(self.withdrawal)
        self.inside.addWidget(self._choosing)
        self.inside.addWidget(self.keeping)
        self.search.textChanged.connect(self._fill)
        self.everywhere.toggled.connect(self._fill)
        self.list.currentRowChanged.connect(self._show_current)
        self.list.itemActivated.connect(self.take)
        self.search.returnPressed.connect(self.take)
        self.search.installEventFilter(self)
        self.insert.clicked.connect(self.take)
        self.keep.clicked.connect(self.start_keeping)
        self.withdraw.clicked.connect(self._start_withdrawal)
        self.keeping.kept.connect(self._on_kept)
        self.keeping.left.connect(self._show_choosing)
        self.withdrawal.agreed.connect(self._on_withdrawal)
        QShortcut(QKeySequence("Ctrl+J"), self).activated.connect(self.open.toggle)
        QShortcut(QKeySequence("Ctrl+Shift+J"), self).activated.connect(self._next_blank)
        back = QShortcut(QKeySequence("Esc"), self.panel)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._back_to_field)
        self.show_form(None)

    def show_form(self, form: RecordForm | None) -> None:
        """Serve the fields of a form; hide where there is none."""
        self._form = form
        self.offer(offered=form is not None and bool(form.definition.fields))
        self._say("")
        self.fold()

    @override
    def unfold(self) -> None:
        self._show_choosing()
        self.search.clear()
        field = self._form.current_field if self._form is not None else None
        if self._form is None or field is None:
            self._say(_NO_FIELD)
            self.fold()
            return
        self._say("")
        # The form gives room to the list; its field must stay in view.
        QTimer.singleShot(0, self._form, self._form.show_current_field)
        phrases, form = self._desk.workstation.phrases, self._form.definition.id
        self._desk.tasks.read(
            lambda: phrases.offered(self._case_id, form, field.name),
            owner=self,
            done=self._show_offered,
            latest="phrases",
        )

    def _show_choosing(self) -> None:
        self.keeping.hide()
        self.withdrawal.hide()
        self._choosing.show()
        self.search.setFocus()

    def _show_offered(self, offered: tuple[OfferedPhrase, ...] | None) -> None:
        self._offered = offered or ()
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        self._listed.clear()
        typed = self.search.text().strip()
        for offer in self._offered:
            phrase = offer.phrase
            searched = f"{phrase.name}{phrase.kind}{offer.text}{''.join(phrase.basis)}"
            if typed not in searched or not (offer.fits or self.everywhere.isChecked()):
                continue
            whose = "本局" if phrase.own else "程序自带"
            mark = "" if phrase.verified else " · 未核实"
            wrong = "　⚠ 依据已失效" if offer.warning else ""
            self._listed.append(offer)
            self.list.addItem(f"{phrase.name}　　{phrase.kind} · {whose}{mark}{wrong}")
        self.list.setCurrentRow(0)
        self._show_current()

    def current(self) -> OfferedPhrase | None:
        """Return the phrase chosen in the list."""
        row = self.list.currentRow()
        return self._listed[row] if 0 <= row < len(self._listed) else None

    def _show_current(self) -> None:
        offer = self.current()
        self.insert.setEnabled(offer is not None)
        self.withdraw.setVisible(offer is not None and offer.phrase.own)
        self.withdrawal.hide()
        if offer is None:
            empty = _NONE_FOUND if self.search.text() else _NONE_FITS
            self.wording.setPlainText(empty)
            return
        basis = "、".join(offer.phrase.basis) or "没有写依据"
        lines = [f"⚠ 依据已失效：{offer.warning}"] if offer.warning else []
        lines += [offer.text, f"依据：{basis}"]
        if offer.left:
            lines.append(f"须手填：{'、'.join(offer.left)}（Ctrl+Shift+J 逐处选中）")
        self.wording.setPlainText("\n".join(lines))

    @override
    def take(self) -> None:
        """Put the chosen phrase where the cursor stands in the field."""
        offer = self.current()
        if offer is None or self._form is None:
            return
        if not self._form.insert_phrase(offer.text):
            field = self._form.current_field
            name = f"“{field.label}”" if field is not None else "这一栏"
            self._say(f"{name}不能写入文字。请把光标放进可以写文字的栏目。")
            return
        self.fold()

    def _next_blank(self) -> None:
        if self._form is not None and not self._form.select_blank():
            self._say("这一栏没有要填的空白了。", role="ok")

    def _back_to_field(self) -> None:
        self.fold()
        field = self._form.current_field if self._form is not None else None
        if self._form is not None and field is not None:
            self._form.focus_field(field.name)

    def start_keeping(self) -> None:
        """Offer the words selected in the field as a phrase, the case's facts taken out."""
        selected = self._form.selected_words().strip() if self._form is not None else ""
        if not selected:
            self._say(_NOTHING_SELECTED)
            return
        phrases = self._desk.workstation.phrases
        self._desk.tasks.read(
            lambda: phrases.keepable(self._case_id, selected),
            owner=self,
            done=self._show_keeping,
            latest="keepable",
        )

    def _show_keeping(self, found: KeepableText | None) -> None:
        field = self._form.current_field if self._form is not None else None
        if found is None or self._form is None or field is None:
            return
        kinds = tuple(dict.fromkeys(offer.phrase.kind for offer in self._offered))
        place = f"{self._form.definition.id}.{field.name}"
        self._say("")
        self._choosing.hide()
        self.keeping.start(found, kinds, place)

    def _on_kept(self, new: NewPhrase) -> None:
        phrases = self._desk.workstation.phrases
        self._desk.tasks.write(
            lambda: phrases.add(new), owner=self, done=self._on_added, failed=self._refused
        )

    def _on_added(self, phrase: Phrase) -> None:
        self._written(changes_of(phrase), f"已存为本局常用语 {phrase.code}“{phrase.name}”。")

    def _start_withdrawal(self) -> None:
        self.withdrawal.start()

    def _on_withdrawal(self, by: str, reason: str) -> None:
        offer = self.current()
        if offer is None:
            return
        phrases, code = self._desk.workstation.phrases, offer.phrase.code
        self._desk.tasks.write(
            lambda: phrases.withdraw(code, by, reason),
            owner=self,
            done=self._on_withdrawn,
            failed=self._refused,
        )

    def _on_withdrawn(self, phrase: Phrase) -> None:
        self._written(
            changes_of(phrase), f"已撤下 {phrase.code}“{phrase.name}”；用过它的文书不变。"
        )

    def _written(self, changes: Changes, sentence: str) -> None:
        self._desk.bus.publish(changes)
        self.unfold()
        self._say(sentence, role="ok")

    def _refused(self, error: WorkstationError) -> None:
        self._say(f"{error.message}{error.hint}", role="error")

    def _say(self, text: str, *, role: str = "warn") -> None:
        set_role(self.message, role)
        self.message.setText(text)
        self.message.setVisible(bool(text))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let up and down in the line of the search move in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            if event.key() in moves and self.list.count():
                row = self.list.currentRow() + moves[Qt.Key(event.key())]
                self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
                return True
        return super().eventFilter(watched, event)
