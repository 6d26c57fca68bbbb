"""The ways of service (送达方式) and by when each paper is served, read from the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workstation.domain.cases import Delivery, JsonValue
from workstation.procedure.data_tables import Table, convert, read_table, words
from workstation.procedure.event_kinds import EventField, field_from


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceMethod:
    """One way of service: its article, what must be noted of it, and what it presupposes.

    ``fields`` are the particulars of a delivery it asks for; of those in ``either`` one will do.
    ``served_on`` says which day counts, ``form`` a paper that must be issued with it.
    """

    name: str
    basis: str
    says: str
    served_on: str
    fields: tuple[EventField, ...]
    either: tuple[str, ...] = ()
    condition: str = ""
    in_person: bool = False
    form: str = ""

    def lacking(self, given: Mapping[str, JsonValue]) -> tuple[str, ...]:
        """Return the labels of what must be noted and is not in ``given``."""
        missing = [f.label for f in self.fields if f.required and not given.get(f.key)]
        either = [f.label for f in self.fields if f.key in self.either]
        if either and not any(given.get(key) for key in self.either):
            missing.append("或者".join(either))
        return tuple(missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTime:
    """By when papers of some forms are served: a deadline rule from an event, or in words."""

    forms: tuple[str, ...]
    rule: str = ""
    event: str = ""
    key: str = ""
    words: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRules:
    """All ways of service in their order, and the times.

    ``otherwise`` pairs a form with the kind of event whose papers of that form go out without a
    receipt: an answer to who reported, a notice that is posted.
    """

    methods: tuple[ServiceMethod, ...] = ()
    times: tuple[ServiceTime, ...] = ()
    otherwise: frozenset[tuple[str, str]] = frozenset()

    def method(self, name: str) -> ServiceMethod | None:
        """Return the way called ``name``, or None."""
        return next((method for method in self.methods if method.name == name), None)

    def time_of(self, form: str) -> ServiceTime | None:
        """Return by when papers of ``form`` are served, or None where law sets no time."""
        return next((time for time in self.times if form in time.forms), None)


def particulars_of(delivery: Delivery) -> dict[str, JsonValue]:
    """Return what was noted of a delivery, by the keys of the fields of its method."""
    return {
        "receiver": delivery.receiver.strip(),
        "receiver_role": delivery.receiver_role.strip(),
        "place": delivery.place.strip(),
        "officers": "、".join(delivery.officers),
        "refusal": delivery.refusal.strip(),
        "witness": delivery.witness.strip(),
        "voucher": delivery.voucher.strip(),
    }


def load_service_rules(path: Path) -> ServiceRules:
    """Read the ways and times of service.

    Raises:
        ProcedureDataError: the file is malformed; the message names the entry.
    """
    table = read_table(path)
    return ServiceRules(
        methods=tuple(convert(path, "methods", _method, row) for row in table.get("methods", ())),
        times=tuple(convert(path, "times", _time, row) for row in table.get("times", ())),
        otherwise=frozenset(
            convert(path, "otherwise", _pair, row) for row in table.get("otherwise", ())
        ),
    )


def _pair(row: Table) -> tuple[str, str]:
    return str(row["form"]), str(row["event"])


def _method(row: Table) -> ServiceMethod:
    return ServiceMethod(
        name=str(row["name"]),
        basis=str(row["basis"]),
        says=str(row["says"]),
        served_on=str(row["served_on"]),
        fields=tuple(field_from(field) for field in row["fields"]),
        either=words(row.get("either", [])),
        condition=str(row.get("condition", "")),
        in_person=bool(row.get("in_person", False)),
        form=str(row.get("form", "")),
    )


def _time(row: Table) -> ServiceTime:
    return ServiceTime(
        forms=words(row["forms"]),
        rule=str(row.get("rule", "")),
        event=str(row.get("event", "")),
        key=str(row.get("key", "")),
        words=str(row.get("words", "")),
        basis=str(row.get("basis", "")),
    )
