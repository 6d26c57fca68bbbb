"""A case, what happened in it and the papers it holds.

Nothing here has a status field: what is done, due or blocked is derived from the events
(``workstation.procedure``), so that any day of a case can be shown again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from workstation.domain.corrections import as_corrected
from workstation.domain.evidence import Evidence
from workstation.domain.intake import before_corrections
from workstation.domain.leads import Lead
from workstation.domain.parties import Party

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]
_NOTHING: Mapping[str, JsonValue] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """Something that happened in a case, on a day or at a minute; never changed afterwards.

    ``kind`` is one of the event kinds in ``templates/events``; ``step`` is 1 to 18.
    ``overrides`` names guards set aside with approver and reason.
    """

    position: int
    kind: str
    step: int
    at: datetime
    title: str
    data: Mapping[str, JsonValue] = field(default_factory=lambda: _NOTHING)
    actor: str = ""
    overrides: tuple["Override", ...] = ()

    @property
    def day(self) -> date:
        """The day it happened."""
        return self.at.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A guard set aside by a named approver with a reason, which is printed into the file."""

    guard: str
    approver: str
    reason: str


def paper_key(form: str, occurrence: int) -> str:
    """Return the short name of a form's paper in a case: D12, or D12-2 for the second."""
    return form if occurrence == 1 else f"{form}-{occurrence}"


def paper_of(key: str) -> tuple[str, int]:
    """Return the form and the occurrence a short name means: D12-2 is the second D12."""
    form, _, number = key.partition("-")
    return form, int(number) if number.isdecimal() else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedDocument:
    """A document that was issued: its number, its values as they stood, and its frozen .docx.

    ``occurrence`` counts documents of the same form in the case from 1. ``docx_sha256`` is the
    digest of the frozen file, ``template_sha256`` of the template it was filled from.
    """

    id: str
    form: str
    occurrence: int
    title: str
    number: str
    dated: date
    step: int
    values: Mapping[str, JsonValue]
    docx_sha256: str
    template_sha256: str
    event_position: int
    pages: int = 0

    @property
    def key(self) -> str:
        """The short name users and the command line give it: D12, or D12-2 for the second."""
        return paper_key(self.form, self.occurrence)

    @property
    def standing_values(self) -> dict[str, JsonValue]:
        """The values as they stand after the corrections made in the text of a record."""
        return {name: as_corrected(value) for name, value in self.values.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Service (送达) of an issued document with what its receipt must say (民事诉讼法§87).

    ``voucher`` names what proves it: a recording, a postal number, an electronic receipt.
    """

    document_id: str
    method: str
    receiver: str
    receiver_role: str
    at: datetime
    place: str
    officers: tuple[str, ...]
    event_position: int
    refusal: str = ""
    witness: str = ""
    voucher: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The facts of a case, typed once. ``facts`` holds the act itself (time, place, amounts).

    ``number`` is the 立案号 once filed; ``serial`` the running number its documents share.
    ``version`` grows with every write and guards against lost updates.
    """

    id: str
    title: str
    cause: str
    lead: Lead
    party: Party
    officers: tuple[str, ...]
    matter_code: str
    facts: Mapping[str, JsonValue] = field(default_factory=lambda: _NOTHING)
    summary: str = ""
    number: str = ""
    serial: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Everything of one case, as of some day: the case and its events, documents, deliveries."""

    case: Case
    events: tuple[CaseEvent, ...] = ()
    documents: tuple[IssuedDocument, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def as_of(self, day: date) -> "CaseFile":
        """Return the file as it stood at the end of ``day``.

        A change of officers or of what was registered after ``day`` is undone; each says what
        stood before.
        """
        later = [event for event in self.events if event.day > day]
        changed = (event for event in later if event.kind == "officers_changed")
        before = next((e.data.get("before") for e in changed), None)
        officers = tuple(map(str, before)) if isinstance(before, list) else self.case.officers
        events = tuple(event for event in self.events if event.day <= day)
        positions = {event.position for event in events}
        return replace(
            self,
            case=replace(before_corrections(self.case, later), officers=officers),
            events=events,
            documents=tuple(d for d in self.documents if d.event_position in positions),
            deliveries=tuple(d for d in self.deliveries if d.event_position in positions),
            evidence=tuple(e for e in self.evidence if e.held_from <= day),
        )

    def first(self, kind: str) -> CaseEvent | None:
        """Return the earliest event of ``kind``, or None."""
        return next((event for event in self.events if event.kind == kind), None)

    def last(self, kind: str) -> CaseEvent | None:
        """Return the latest event of ``kind``, or None."""
        return next((event for event in reversed(self.events) if event.kind == kind), None)

    def all_of(self, kind: str) -> tuple[CaseEvent, ...]:
        """Return all events of ``kind`` in order."""
        return tuple(event for event in self.events if event.kind == kind)

    def document(self, form: str) -> IssuedDocument | None:
        """Return the latest document of ``form``, or None."""
        return next((d for d in reversed(self.documents) if d.form == form), None)

    def delivery_of(self, document: IssuedDocument) -> Delivery | None:
        """Return the service of ``document``, or None while it was not served."""
        return next((d for d in self.deliveries if d.document_id == document.id), None)


def texts_in(value: JsonValue) -> Iterator[str]:
    """Yield every text in a value of a form, rows of tables included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
