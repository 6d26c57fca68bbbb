"""What comes with an event: the papers it issues, their service, evidence, facts of the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.desk import Desk
from ui.widgets.delivery_card import DeliveryCard, ServiceTerms, paper_choice
from ui.widgets.entry_cards import EntryList
from ui.widgets.event_fields import add_field, show_known, typed_value, unreadable
from ui.widgets.event_forms import EventForms
from ui.widgets.evidence_card import EvidenceCard, kind_of_file
from ui.widgets.input_rows import InputRows
from ui.widgets.text_labels import link, row_of
from workstation.domain.cases import JsonValue
from workstation.operations.cases import CaseView
from workstation.operations.event_files import DeliveryRequest, DocumentRequest, EvidenceRequest
from workstation.procedure.case_readings import party_category
from workstation.procedure.event_kinds import EventField, EventKind

_GENERAL = "papers_served"
_RECEIPT = "D56"
_CONSENT = "D13"
# What pieces taken at one time usually have in common.
_COMMON = ("source", "obtained_by", "obtained_on", "proves")
_KINDS = "照片、录像、文件 (*.*)"


@dataclass(slots=True)
class Enclosed:
    """What was typed of an event's enclosures and not recorded yet."""

    forms: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    deliveries: list[dict[str, str]] = field(default_factory=list)
    evidence: list[dict[str, str]] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


class EventEnclosures(QWidget):
    """Papers that go to the party bring their service with them; each may be taken away."""

    citation_activated = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rules = desk.workstation.office.rules
        self._view: CaseView | None = None
        self._kind: EventKind | None = None
        self._people: tuple[str, ...] = ()
        self._moment = ""
        self._known: dict[str, str] = {}
        self.forms = EventForms()
        self.deliveries = EntryList("送达（记录时一并制发送达回证）", "添加送达", self._delivery)
        self.evidence = EntryList("证据", "添加证据", self._piece)
        self._files = link("从文件添加…")
        self._alike = link("其余照第一件填")
        self._alike.setToolTip("把第一件的来源、取得人、取得日期、证明对象填入其余各件的空栏")
        self.facts = InputRows()
        self._facts_link = link("登记、更正案件事实")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self._alike.hide()
        for tool in (self._alike, self._files):
            self.evidence.head.addWidget(tool)
        self.evidence.edited.connect(self._on_pieces)
        for part in (self.forms, self.deliveries, self.evidence):
            self._layout.addWidget(part)
        self._layout.addLayout(row_of(self._facts_link, None))
        self._layout.addWidget(self.facts)
        self.forms.edited.connect(self._on_ticked)
        self._files.clicked.connect(self._on_files)
        self._alike.clicked.connect(self.fill_alike)
        self._facts_link.clicked.connect(self.show_facts)

    def show_people(self, people: tuple[str, ...]) -> None:
        """Offer these names where a person is typed."""
        self._people = people

    def show_event(self, view: CaseView, kind: EventKind, step: int) -> None:
        """Offer what may come with an event of ``kind`` in ``step``; nothing is typed yet."""
        self._view, self._kind = view, kind
        catalogue = self._desk.workstation.forms.catalogue()
        own = catalogue.of_step(step)
        brought = tuple(f for f in catalogue if f.id in kind.papers and f not in own)
        rest = (f for f in catalogue if f.id != _RECEIPT)
        self.forms.show_forms(tuple(f for f in (*own, *brought) if f.id != _RECEIPT), tuple(rest))
        self.deliveries.show_entries([])
        self.evidence.show_entries([])
        self._hide_facts()
        for key in self._own_service(view, kind):
            self.deliveries.add({"paper": key})

    def show_nothing(self) -> None:
        """No event is chosen: nothing can come with it."""
        self._kind = None
        self.deliveries.show_entries([])
        self.evidence.show_entries([])
        self._hide_facts()

    def _own_service(self, view: CaseView, kind: EventKind) -> tuple[str, ...]:
        """Return the papers whose service this event is; for 文书送达 the first that waits."""
        waiting = [d for d in view.file.documents if view.file.delivery_of(d) is None]
        if kind.kind == _GENERAL:
            waiting = [d for d in waiting if self._served_here(d.form)][:1]
            return tuple(paper_choice(d.form, d.occurrence) for d in waiting)
        found = {d.form: paper_choice(d.form, d.occurrence) for d in waiting}
        return tuple(key for form, key in found.items() if form in kind.serves)

    def serve(self, form: str, occurrence: int) -> DeliveryCard:
        """Let this event be the service of one paper, with the cursor in it."""
        key, cards = paper_choice(form, occurrence), self.deliveries.cards
        card = next((c for c in cards if c.rows.text("paper") == key), None)
        if card is None and self._kind is not None and self._kind.kind == _GENERAL and cards:
            card = cards[0]
            card.rows.put("paper", key)
        if card is None:
            card = self.deliveries.add({"paper": key})
        card.rows.input("method").setFocus()
        return card

    def show_case(self, view: CaseView) -> None:
        """Take note that the case has changed; what is typed stays."""
        self._view = view
        papers = self._papers()
        for card in self.deliveries.cards:
            card.show_papers(papers)

    def set_moment(self, text: str) -> None:
        """The event happened at ``text``: services and evidence that said the same follow."""
        before, self._moment = self._moment, text
        for card in self.deliveries.cards:
            if card.rows.text("at") in {"", before}:
                card.rows.set_text("at", text)
        for piece in self.evidence.cards:
            if piece.rows.text("obtained_on") in {"", _day(before)}:
                piece.rows.set_text("obtained_on", _day(text))

    def _delivery(self) -> DeliveryCard:
        card = DeliveryCard(self._terms(), self._papers())
        card.rows.set_text("at", self._moment)
        card.citation_activated.connect(self.citation_activated)
        card.proof_wanted.connect(lambda: self._prove(card))
        return card

    def _terms(self) -> ServiceTerms:
        view = self._view
        if view is None:
            message = "a service needs a case"
            raise RuntimeError(message)
        case = view.file.case
        roles = self._rules.parameters.receiver_roles.get(party_category(case.party), ())
        signed = view.file.document(_CONSENT)
        if signed is None:
            consent = "本案没有确认书（D13）。"
        else:
            agreed = signed.values.get("electronic") is True
            consent = "本案确认书（D13）：" + ("同意。" if agreed else "没有同意。")
        return ServiceTerms(
            rules=self._rules.service,
            party=case.party,
            roles=roles,
            officers=case.officers,
            people=self._people,
            consent=consent,
        )

    def _papers(self) -> dict[str, str]:
        """Return the papers that can be served: those ticked, those waiting, then the others."""
        file = self._view.file if self._view is not None else None
        documents = [d for d in file.documents if d.form != _RECEIPT] if file else []
        served = {d.document_id for d in file.deliveries} if file else set()
        choices = {f"{form}（随本事件制发）": paper_choice(form) for form in self.forms.checked()}
        for document in sorted(documents, key=lambda d: d.id in served):
            mark = "（已送达）" if document.id in served else ""
            text = f"{document.key}　{document.title}　{document.number}{mark}"
            choices[text] = paper_choice(document.form, document.occurrence)
        return choices

    def _on_ticked(self) -> None:
        """Let each ticked paper that is served with its event bring its service along."""
        if self._kind is None or self._view is None:
            return
        here = {paper_choice(form) for form in self.forms.checked() if self._served_here(form)}
        had = {card.rows.text("paper"): card for card in self.deliveries.cards}
        gone = [c for key, c in had.items() if key.endswith("#0") and key not in here]
        for card in gone:
            self.deliveries.take(card)
        papers = self._papers()
        for card in self.deliveries.cards:
            card.show_papers(papers)
        for key in sorted(here - had.keys()):
            self.deliveries.add({"paper": key})

    def _served_here(self, form_id: str) -> bool:
        kind = self._kind
        own = self._rules.events.serving(form_id)
        served = self._desk.workstation.forms.catalogue().get(form_id).served
        if kind is None or (form_id, kind.kind) in self._rules.service.otherwise:
            return False
        return served and (own is None or own is kind)

    def _piece(self) -> EvidenceCard:
        card = EvidenceCard(self._people)
        officers = self._view.file.case.officers if self._view is not None else ()
        card.put({"obtained_by": "、".join(officers), "obtained_on": _day(self._moment)})
        return card

    def _on_files(self) -> None:
        self.add_files({})

    def add_files(self, texts: Mapping[str, str]) -> tuple[Path, ...]:
        """Ask for files and add a piece of evidence for each; ``texts`` are typed into all."""
        ask = self._desk.prompter.choose_files
        files = ask(self, "选择证据文件", Path.home(), _KINDS)
        for file in files:
            own = {"name": file.stem, "kind": kind_of_file(file).value, "file": str(file)}
            self.evidence.add(own | dict(texts))
        return files

    def _on_pieces(self) -> None:
        self._alike.setVisible(len(self.evidence.cards) > 1)

    def fill_alike(self) -> None:
        """Fill what the other pieces leave blank with what the first one says."""
        first, *others = self.evidence.cards
        for card in others:
            blank = [name for name in _COMMON if not card.rows.text(name)]
            card.put({name: first.rows.text(name) for name in blank})

    def _prove(self, card: DeliveryCard) -> None:
        """Add pictures of a service as evidence and name them on its receipt."""
        title = card.rows.input("paper").currentText()  # type: ignore[union-attr]
        method, at = card.rows.text("method"), card.rows.text("at")
        files = self.add_files(
            {"source": f"{method}现场拍摄", "proves": f"{at} {title} 的{method}经过"}
        )
        if files:
            said = [card.rows.text("voucher"), *(file.stem for file in files)]
            card.rows.set_text("voucher", "、".join(filter(None, said)))

    def show_facts(self) -> None:
        """Show the facts of the case; those that are changed are recorded with the event."""
        if not self.facts.names and self._view is not None:
            for entry in self._rules.facts:
                add_field(self.facts, entry, self._people)
            show_known(self.facts, self._rules.facts, self._view.file.case.facts)
            self._known = {name: self.facts.text(name) for name in self.facts.names}
        self.facts.show()
        self.facts.focus_first()

    def _hide_facts(self) -> None:
        old = self.facts
        self.facts = InputRows()
        self._layout.replaceWidget(old, self.facts)
        self.facts.hide()
        old.hide()
        old.deleteLater()

    def keep(self) -> Enclosed:
        """Return what is typed, to be put back later."""
        return Enclosed(
            forms=self.forms.checked(),
            dates=self.forms.texts(),
            deliveries=self.deliveries.texts(),
            evidence=self.evidence.texts(),
            facts=self._changed(),
        )

    def restore(self, kept: Enclosed) -> None:
        """Put back what :meth:`keep` returned."""
        self.forms.check(kept.forms)
        self.forms.put(kept.dates)
        self.deliveries.show_entries(kept.deliveries)
        self.evidence.show_entries(kept.evidence)
        if kept.facts:
            self.show_facts()
            for name, text in kept.facts.items():
                self.facts.put(name, text)

    def _changed(self) -> dict[str, str]:
        texts = {name: self.facts.text(name) for name in self.facts.names}
        return {name: text for name, text in texts.items() if text != self._known.get(name)}

    def faults(self) -> int:
        """Show what is wrong and return how many inputs are."""
        wrong = self.forms.faults() + self.deliveries.faults() + self.evidence.faults()
        return wrong + unreadable(self.facts, self._changed_fields())

    def _changed_fields(self) -> tuple[EventField, ...]:
        changed = self._changed()
        return tuple(entry for entry in self._rules.facts if entry.key in changed)

    def typed_facts(self) -> dict[str, JsonValue]:
        """Return the facts that were changed."""
        return {entry.key: typed_value(entry, self.facts) for entry in self._changed_fields()}

    def typed_deliveries(self) -> tuple[DeliveryRequest, ...]:
        """Return the services; ask for :meth:`faults` first."""
        requests = (card.request() for card in self.deliveries.cards)
        return tuple(request for request in requests if request is not None)

    def typed_evidence(self) -> tuple[EvidenceRequest, ...]:
        """Return the pieces; ask for :meth:`faults` first."""
        return tuple(card.request() for card in self.evidence.cards)

    def typed_documents(self, case_id: str, moment: datetime) -> tuple[DocumentRequest, ...]:
        """Return the papers to issue, filled from their drafts."""
        forms = self._desk.workstation.forms
        return tuple(
            DocumentRequest(
                form=ticked.form,
                dated=ticked.dated or moment.date(),
                values=dict(forms.next_draft(case_id, ticked.form)),
                number=ticked.number,
            )
            for ticked in self.forms.ticked()
        )


def _day(text: str) -> str:
    return text.partition(" ")[0]
