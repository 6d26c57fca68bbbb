"""Service of a case's papers: what went to whom and when, what still has to go, and by when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from workstation.documents.forms import FormCatalogue
from workstation.domain.cases import CaseFile, Delivery, IssuedDocument
from workstation.operations.readings import rules_of
from workstation.procedure import ProcedureRules, compute
from workstation.procedure.case_readings import day_of
from workstation.procedure.errors import HolidayNoticeMissingError
from workstation.procedure.service_methods import ServiceTime
from workstation.storage.database import Database

_GENERAL = "papers_served"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperService:
    """A paper that goes to the party and one service of it, None while it was not served.

    A paper served again stands once for each service; ``time_served`` counts them from 1.

    ``last_day`` is the last day to serve it where law counts one, ``time`` that in words and
    ``basis`` its article. ``kind`` and ``step`` are the event as which its service is recorded;
    ``receipt`` is the key of its receipt (D56), empty while there is none;
    ``sent_on`` is the day that must not be late: that of service, or of posting a notice.
    """

    document: IssuedDocument
    delivery: Delivery | None
    kind: str
    step: int
    last_day: date | None = None
    time: str = ""
    basis: str = ""
    receipt: str = ""
    sent_on: date | None = None
    time_served: int = 1

    def state(self, day: date) -> str:
        """Say in a word where the service stands on ``day``; the first decides on its time."""
        if self.time_served > 1:
            return "再次送达"
        late = self.last_day is not None and (self.sent_on or day) > self.last_day
        if self.delivery is None:
            return "逾期未送达" if late else "未送达"
        return "逾期送达" if late else "已送达"

    def as_json(self, day: date) -> dict[str, Any]:
        """Return it as ``case services`` prints it."""
        delivery = self.delivery
        return {
            "document": self.document.key,
            "title": self.document.title,
            "number": self.document.number,
            "dated": self.document.dated.isoformat(),
            "state": self.state(day),
            "last_day": self.last_day.isoformat() if self.last_day else None,
            "time": self.time,
            "basis": self.basis,
            "event": self.kind,
            "step": self.step,
            "time_served": self.time_served,
            "receipt": self.receipt,
            "delivery": {
                "method": delivery.method,
                "receiver": delivery.receiver,
                "receiver_role": delivery.receiver_role,
                "at": delivery.at.isoformat(timespec="minutes"),
                "place": delivery.place,
                "officers": list(delivery.officers),
                "refusal": delivery.refusal,
                "witness": delivery.witness,
                "voucher": delivery.voucher,
            }
            if delivery is not None
            else None,
        }


class ServiceOperations:
    """Nothing here writes; service is recorded with the events of a case."""

    def __init__(self, database: Database, rules: ProcedureRules, forms: FormCatalogue) -> None:
        self._database = database
        self._rules = rules
        self._forms = forms

    def of_case(self, wanted: str, as_of: date | None = None) -> tuple[PaperService, ...]:
        """Return the papers of a case that go to the party, those not served yet first."""
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
            rules = rules_of(unit, self._rules)
        return self.of_file(file.as_of(as_of) if as_of else file, rules)

    def of_file(
        self, file: CaseFile, rules: ProcedureRules | None = None
    ) -> tuple[PaperService, ...]:
        """Return the same of a case that is at hand."""
        known = rules or self._rules
        found = [
            service
            for document in file.documents
            if self._forms.get(document.form).served and _needs_receipt(file, document, known)
            for service in _services(file, document, known)
        ]
        late = date.max
        return tuple(
            sorted(found, key=lambda s: (s.delivery is not None, s.last_day or late, s.step))
        )


def _issued_with(file: CaseFile, document: IssuedDocument) -> str:
    return next((e.kind for e in file.events if e.position == document.event_position), "")


def _needs_receipt(file: CaseFile, document: IssuedDocument, rules: ProcedureRules) -> bool:
    """Whether it goes to the party with a receipt, or did although its kind usually does not."""
    pair = document.form, _issued_with(file, document)
    return pair not in rules.service.otherwise or file.delivery_of(document) is not None


def _services(
    file: CaseFile, document: IssuedDocument, rules: ProcedureRules
) -> Iterator[PaperService]:
    """Yield the services of a paper in order; one that waits where it was not served."""
    deliveries = [d for d in file.deliveries if d.document_id == document.id]
    receipts = [d for d in file.documents if d.values.get("served_id") == document.id]
    first = _first_service(file, document, rules)
    for number, delivery in enumerate(deliveries or (None,), start=1):
        receipt = receipts[number - 1].key if number <= len(receipts) else ""
        yield replace(first, delivery=delivery, receipt=receipt, time_served=number)


def _first_service(
    file: CaseFile, document: IssuedDocument, rules: ProcedureRules
) -> PaperService:
    own = rules.events.serving(document.form)
    issued_with = _issued_with(file, document)
    if own is None or (own.kind != issued_with and file.first(own.kind) is not None):
        own = rules.events.kind(_GENERAL)
    last_day, time, basis = _time(file, document, rules)
    general = own.kind == _GENERAL
    return PaperService(
        document=document,
        delivery=None,
        kind=own.kind,
        step=document.step if general and document.step in own.also_steps else own.step,
        last_day=last_day,
        time=time,
        basis=basis,
        sent_on=_sent_on(file, file.delivery_of(document)),
    )


def _sent_on(file: CaseFile, delivery: Delivery | None) -> date | None:
    """Return the day the bureau did its part: by announcement, the day of the notice (§95)."""
    if delivery is None:
        return None
    event = next((e for e in file.events if e.position == delivery.event_position), None)
    announced = day_of(event.data.get("announced_on")) if event is not None else None
    return announced or delivery.at.date()


def _time(
    file: CaseFile, document: IssuedDocument, rules: ProcedureRules
) -> tuple[date | None, str, str]:
    """Return the last day to serve a paper, that time in words, and its article."""
    time = rules.service.time_of(document.form)
    if time is None:
        return None, "", ""
    start = _start(time, file, document)
    if start is None:
        return None, time.words, time.basis
    rule = rules.on(start).deadlines.rule(time.rule)
    try:
        counted = compute(rule, start, calendar=rules.calendar)
    except HolidayNoticeMissingError as error:
        return None, error.message, rule.basis
    return counted.last_day, "", rule.basis


def _start(time: ServiceTime, file: CaseFile, document: IssuedDocument) -> date | None:
    event = next((e for e in file.events if e.position == document.event_position), None)
    if not time.rule or event is None or event.kind != time.event:
        return None
    return day_of(event.data.get(time.key)) if time.key else event.day
