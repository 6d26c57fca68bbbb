"""Recording what happened: the event, its day, its particulars and the papers it issues."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.desk import Desk
from ui.widgets.block_list import BlockList, BlockTerms
from ui.widgets.event_chooser import EventChooser
from ui.widgets.event_enclosures import Enclosed, EventEnclosures
from ui.widgets.event_fields import (
    RECORDS,
    add_field,
    problem_of,
    show_relevant,
    typed_value,
)
from ui.widgets.input_rows import InputRows
from ui.widgets.text_labels import button, label, link, row_of, set_role
from workstation.domain.cases import JsonValue
from workstation.domain.matters import Matter
from workstation.domain.people import Office
from workstation.errors import WorkstationError
from workstation.operations.cases import CaseSummary, CaseView
from workstation.operations.event_files import EventRequest
from workstation.operations.possible_events import PossibleEvent, kinds_of_step
from workstation.operations.recording import GuardRefusedError, Recorded
from workstation.procedure import Block
from workstation.procedure.cures import Cure, cure_of
from workstation.procedure.event_kinds import EventField, EventKind
from workstation.procedure.guard_questions import HEAD_ROLES

_ASK_DELAY = 250
# What is filled in after a look at both laws and at the discretion tiers.
_LAW_FIELDS = frozenset({"law_applied", "recommended_fine"})


@dataclass(slots=True)
class _Kept:
    """What was typed for a kind of event and not recorded yet."""

    texts: dict[str, str] = field(default_factory=dict)
    enclosed: Enclosed | None = None


class EventPanel(QWidget):
    """The events that may happen in a step; a refusal is shown with its article and way out."""

    recorded = Signal()
    citation_activated = Signal(str)
    cure_wanted = Signal(int, str)
    law_wanted = Signal()

    def __init__(self, desk: Desk, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.case_id = case_id
        self._rules = desk.workstation.office.rules
        self._view: CaseView | None = None
        self._step = 0
        self._kind: EventKind | None = None
        self._people: tuple[str, ...] = ()
        self._heads: tuple[str, ...] = ()
        self._matters: tuple[Matter, ...] = ()
        self._cases: tuple[CaseSummary, ...] = ()
        self._kept: dict[str, _Kept] = {}
        self._refused: tuple[Block, ...] = ()
        self._defaults: dict[str, str] = {}
        self.rows = InputRows()
        self.chooser = EventChooser()
        self.blocks = BlockList()
        self.message = label("", "error", wraps=True)
        self._law = link("查看裁量候选阶次与新旧法比较")
        self.enclosures = EventEnclosures(desk)
        self._record = button("记录事件", primary=True)
        self._ask = QTimer(self, singleShot=True, interval=_ASK_DELAY)
        self._body = QVBoxLayout()
        self._build()
        self._connect()
        self._read_office()

    def _build(self) -> None:
        inner = QWidget()
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(4, 6, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.chooser)
        layout.addWidget(self.blocks)
        layout.addLayout(row_of(self._law, None))
        self._law.hide()
        layout.addLayout(self._body)
        layout.addWidget(self.enclosures)
        layout.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        bar = row_of(self.message, self._record)
        bar.setStretch(0, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area, 1)
        outer.addLayout(bar)
        self._record.setToolTip("Ctrl+Enter")
        self.setFocusProxy(self.chooser)

    def _connect(self) -> None:
        self.chooser.chosen.connect(self._on_chosen)
        self.blocks.citation_activated.connect(self.citation_activated)
        self.enclosures.citation_activated.connect(self.citation_activated)
        self.blocks.cure_wanted.connect(self.cure_wanted)
        self._law.clicked.connect(self.law_wanted)
        self._record.clicked.connect(self.record)
        self._ask.timeout.connect(self._ask_possible)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.record)

    def _read_office(self) -> None:
        office, links = self._desk.workstation.office, self._desk.workstation.links
        case_id = self.case_id
        self._desk.tasks.read(
            lambda: (office.office(), office.matters(), links.candidates(case_id)),
            owner=self,
            done=self._on_office_read,
            latest="people",
        )

    def _on_office_read(
        self, read: tuple[Office, tuple[Matter, ...], tuple[CaseSummary, ...]]
    ) -> None:
        office, self._matters, self._cases = read
        self._people = tuple(person.name for person in office.people)
        self.enclosures.show_people(self._people)
        self._heads = tuple(p.name for p in office.people if HEAD_ROLES & set(p.roles))
        if self._kind is not None:
            self._rebuild(self._kind)
        self._show_blocks()

    def show_step(self, view: CaseView, step: int) -> None:
        """Offer the events of a step; what was typed for others is kept."""
        moved = step != self._step
        changed = self._view is None or self._view.file != view.file
        asked = self._fields(self._kind) if self._kind else ()
        self._view = view
        if changed and self._kind is not None and self._is_outdated(self._kind, asked):
            self._keep()
            self._rebuild(self._kind)
        if changed:
            self.enclosures.show_case(view)
        if moved:
            self._keep()
            self._kind, self._step = None, step
            self._show_forms()
            self.message.clear()
            self.chooser.search.clear()
        if moved or changed:
            self._offer(kinds_of_step(step, self._rules), keep=not moved)
            self._ask.start(0)

    def choose(self, kind: str) -> None:
        """Choose an event of the step."""
        self.chooser.search.clear()
        self.chooser.choose(kind)

    def prefill(self, texts: Mapping[str, str]) -> None:
        """Put texts into fields of the chosen event that it has."""
        for name, text in texts.items():
            if name in self.rows.names:
                self.rows.put(name, text)

    def serve(self, form: str, occurrence: int) -> None:
        """Let the chosen event be the service of a paper, and bring that into view."""
        card = self.enclosures.serve(form, occurrence)
        QTimer.singleShot(0, card, lambda: self._area.ensureWidgetVisible(card))

    def _offer(self, events: tuple[PossibleEvent, ...], *, keep: bool) -> None:
        state = next(s for s in self._view.steps if s.n == self._step) if self._view else None
        if not keep:
            self.chooser.list.clearSelection()
            self.chooser.list.setCurrentIndex(self.chooser.events.index(-1))
        self.chooser.show_events(events, state.next_event if state else "")
        self._on_chosen(self.chooser.kind())

    def _on_chosen(self, name: str) -> None:
        kind = self._rules.events.kind(name) if name else None
        if kind is not self._kind:
            # After a record the next event is offered by itself; what was said stays.
            if self._kind is not None:
                self.message.clear()
            self._keep()
            self._kind = kind
            self._refused = ()
            self.blocks.forget()
            if kind is not None:
                self._rebuild(kind)
            else:
                self._show_forms()
            fields = {entry.key for entry in kind.fields} if kind else set()
            self._law.setVisible(bool(fields & _LAW_FIELDS))
        self._show_blocks()

    def _show_forms(self) -> None:
        for part in (self.rows, self.enclosures):
            part.setVisible(self._kind is not None)
        if self._view is None or self._kind is None:
            self.enclosures.show_nothing()
            return
        self.enclosures.set_moment(self.rows.text("at"))
        self.enclosures.show_event(self._view, self._kind, self._step)

    def _rebuild(self, kind: EventKind) -> None:
        old = self.rows
        self.rows = InputRows()
        self._body.addWidget(self.rows)
        old.hide()
        old.deleteLater()
        self.rows.add_day("at", "时间", required=True, with_time=True)
        self.rows.set_text("at", datetime.now().strftime("%Y-%m-%d %H:%M"))
        actor = self.rows.add_names("actor", "经办", self._people)
        actor.setPlaceholderText(kind.actor)
        self.rows.add_line("title", "名称", hint=kind.title)
        for entry in self._fields(kind):
            add_field(self.rows, entry, self._people, self._records())
            if entry.type == "names" and entry.key == "officers" and self._view is not None:
                self.rows.set_text(entry.key, "、".join(self._view.file.case.officers))
        self._defaults = {name: self.rows.text(name) for name in self.rows.names}
        kept = self._kept.get(kind.kind, _Kept())
        for name, text in kept.texts.items():
            if name in self.rows.names:
                self.rows.put(name, text)
        show_relevant(self.rows, self._fields(kind))
        self._show_forms()
        if kept.enclosed is not None:
            self.enclosures.restore(kept.enclosed)
        self.rows.changed.connect(self._on_edited)

    def _fields(self, kind: EventKind) -> tuple[EventField, ...]:
        """Return the fields of ``kind`` that the procedure of the case asks for."""
        return kind.fields_in(self._view.procedure if self._view else "")

    def _is_outdated(self, kind: EventKind, asked: tuple[EventField, ...]) -> bool:
        """Tell whether the case now asks for other fields, or offers other records in them."""
        now = self._fields(kind)
        return now != asked or any(field.type in RECORDS for field in now)

    def _records(self) -> dict[str, dict[str, str]]:
        """Return what fields that name a record offer, by their type."""
        documents = self._view.file.documents if self._view else ()
        day = self._day()
        return {
            "document": {f"{d.key}　{d.title}　{d.number}": d.key for d in documents},
            "case": {f"{c.number}　{c.title}": c.id for c in self._cases},
            "matter": {f"{m.name}（{m.code}）": m.code for m in self._matters if m.holds_on(day)},
        }

    def _on_edited(self, name: str) -> None:
        self.rows.show_error(name, "")
        if self._kind is not None:
            show_relevant(self.rows, self._fields(self._kind))
        if name == "at":
            self.enclosures.set_moment(self.rows.text("at"))
            self._ask.start()

    def _keep(self) -> None:
        if self._kind is None:
            return
        texts = {name: self.rows.text(name) for name in self.rows.names}
        typed = {n: text for n, text in texts.items() if text != self._defaults.get(n)}
        self._kept[self._kind.kind] = _Kept(typed, self.enclosures.keep())

    def _day(self) -> date:
        moment = self.rows.moment("at") if "at" in self.rows.names else None
        return moment.date() if moment else date.today()

    def _ask_possible(self) -> None:
        cases, case_id, step, day = (
            self._desk.workstation.cases,
            self.case_id,
            self._step,
            self._day(),
        )
        if not step:
            return
        self._desk.tasks.read(
            lambda: (step, cases.possible_events(case_id, step, day)),
            owner=self,
            done=self._on_possible,
            latest="possible",
        )

    def _on_possible(self, found: tuple[int, tuple[PossibleEvent, ...]] | None) -> None:
        if found is not None and found[0] == self._step:
            self._offer(found[1], keep=True)

    def _show_blocks(self) -> None:
        """Show what refused the event when it was recorded, else what stands against it now."""
        choice = self.chooser.choice()
        standing = choice.possible.blocks if choice else ()
        self._record.setEnabled(choice is not None and choice.possible.refusal is None)
        self.blocks.show_blocks(self._refused or standing, self._terms())

    def _terms(self) -> BlockTerms:
        current = self._kind.kind if self._kind else ""

        def cure(block: Block) -> Cure | None:
            return cure_of(block, self._rules.events, current)

        notes = {name: rule.override_note for name, rule in self._rules.guards.items()}
        return BlockTerms(heads=self._heads, notes=notes, cure_of=cure)

    def record(self) -> None:
        """Record the event; what is refused is said above the form and nothing is written."""
        choice = self.chooser.choice()
        if choice is None or choice.possible.refusal is not None:
            self._say("✕ 这一事件现在还不能办理，原因与办法见上。", "error")
            return
        request = self._request()
        if request is None:
            return
        cases = self._desk.workstation.cases
        self._record.setEnabled(False)
        self._desk.tasks.write(
            lambda: cases.record(self.case_id, request),
            owner=self,
            done=self._on_recorded,
            failed=self._on_refused,
            title="记录事件",
        )

    def _request(self) -> EventRequest | None:
        kind, moment = self._kind, self.rows.moment("at") if self._kind else None
        if kind is None or not self._is_complete(kind) or moment is None:
            return None
        enclosed = self.enclosures
        return EventRequest(
            kind=kind.kind,
            step=self._step,
            at=moment,
            title=self.rows.text("title") or kind.title,
            actor=self.rows.text("actor") or kind.actor,
            data=self._data(kind),
            facts=enclosed.typed_facts(),
            documents=enclosed.typed_documents(self.case_id, moment),
            deliveries=enclosed.typed_deliveries(),
            evidence=enclosed.typed_evidence(),
            overrides=self.blocks.overrides(),
        )

    def _is_complete(self, kind: EventKind) -> bool:
        problems = {entry.key: problem_of(entry, self.rows) for entry in self._fields(kind)}
        if self.rows.moment("at") is None:
            problems["at"] = "看不懂这个时间，请写作 2026-09-21 10:20"
        for name, problem in problems.items():
            self.rows.show_error(name, problem)
        faulty = [name for name, problem in problems.items() if problem]
        others = self.enclosures.faults()
        if faulty or others:
            self._say(f"✕ 有 {len(faulty) + others} 栏没有填好，尚未记录。", "error")
        if faulty:
            self.rows.input(faulty[0]).setFocus()
        return not faulty and not others

    def _data(self, kind: EventKind) -> Mapping[str, JsonValue]:
        values = {entry.key: typed_value(entry, self.rows) for entry in self._fields(kind)}
        return {key: value for key, value in values.items() if value not in ("", None, [])}

    def _say(self, text: str, role: str) -> None:
        set_role(self.message, role)
        self.message.setText(text)

    def _on_recorded(self, recorded: Recorded) -> None:
        title = self._kind.title if self._kind else ""
        if self._kind is not None:
            kind, self._kind = self._kind, None
            self._kept.pop(kind.kind, None)
            self._refused = ()
            self._show_forms()
        self.blocks.show_blocks((), self._terms())
        warnings = "；".join(block.message for block in recorded.warnings)
        self._say(f"“{title}”已记入案件。{warnings}", "warn" if warnings else "ok")
        self.chooser.list.setCurrentIndex(self.chooser.events.index(-1))
        self._desk.bus.publish(recorded.changes)
        self.recorded.emit()

    def _on_refused(self, error: WorkstationError) -> None:
        self._record.setEnabled(True)
        if not isinstance(error, GuardRefusedError):
            self._say(f"✕ {error.message}{error.hint}", "error")
            return
        self._refused = error.blocks
        self._show_blocks()
        self._say(f"✕ 有 {len(error.blocks)} 项阻断，尚未记录；原因与办法见上。", "error")
        self._area.ensureWidgetVisible(self.blocks)
