"""The kinds of event a case can hold, read from the files in ``templates/events``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from workstation.procedure.data_tables import Table, check_new, convert, read_table, words
from workstation.procedure.errors import UnknownEventError


@dataclass(frozen=True, slots=True, kw_only=True)
class EventField:
    """One value an event carries in ``data``: its key, Chinese label and type.

    ``type`` is one of text, date, datetime, money, flag, number, names, choice, rows. ``names``
    with ``choices`` takes several of them; ``rows`` is a small table with ``columns``, its value
    a list of objects by column key. ``procedure`` names the only procedure that asks for it.
    """

    key: str
    label: str
    type: str
    required: bool = False
    choices: tuple[str, ...] = ()
    columns: tuple["EventField", ...] = ()
    only_for: tuple[str, tuple[str, ...]] | None = None
    procedure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """A kind of event: where it belongs, who enters it, what guards it and what it carries.

    ``after`` names kinds it may not be dated before; ``fields`` is what a form asks for.
    ``procedure`` names the only procedure that has it, ``summary_guards`` what the summary
    procedure asks instead of ``guards``, where that differs. One not ``offered`` is recorded by
    the program alone. ``papers`` are forms that come with it in whatever step it happens;
    ``serves`` those whose service it is.
    """

    kind: str
    step: int
    title: str
    actor: str
    aliases: tuple[str, ...]
    also_steps: tuple[int, ...]
    completes_step: bool
    guards: tuple[str, ...]
    after: tuple[str, ...]
    fields: tuple[EventField, ...]
    procedure: str = ""
    summary_guards: tuple[str, ...] = ()
    offered: bool = True
    papers: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()

    def fields_in(self, procedure: str) -> tuple[EventField, ...]:
        """Return the fields that a case in ``procedure`` is asked for."""
        return tuple(f for f in self.fields if f.procedure in {"", procedure})


class EventCatalogue:
    """All event kinds by name."""

    def __init__(self, kinds: Mapping[str, EventKind]) -> None:
        """Keep ``kinds`` in their order."""
        self._kinds = dict(kinds)

    @property
    def kinds(self) -> tuple[EventKind, ...]:
        """All kinds in the order of the file."""
        return tuple(self._kinds.values())

    def kind(self, name: str) -> EventKind:
        """Return the kind called ``name``.

        Raises:
            UnknownEventError: there is none.
        """
        kind = self._kinds.get(name)
        if kind is None:
            message = f"没有名为“{name}”的事件类型。"
            raise UnknownEventError(message, hint=f"可用的类型：{'、'.join(self._kinds)}。")
        return kind

    def of_step(self, step: int) -> tuple[EventKind, ...]:
        """Return the kinds that belong to ``step``."""
        return tuple(k for k in self._kinds.values() if step == k.step or step in k.also_steps)

    def serving(self, form: str) -> EventKind | None:
        """Return the kind that is the service of ``form``, None where it has none of its own."""
        return next((k for k in self._kinds.values() if form in k.serves), None)

    def kind_of_wording(self, step: int, wording: str) -> EventKind:
        """Return the kind of ``step`` whose alias comes first in ``wording``, the longest first.

        Raises:
            UnknownEventError: no alias of that step occurs.
        """
        found = [
            (wording.index(alias), -len(alias), kind.kind)
            for kind in self.of_step(step)
            for alias in kind.aliases
            if alias in wording
        ]
        if not found:
            message = f"看不出第{step}步的“{wording}”是哪一种事件。"
            names = "、".join(f"{k.title}（{k.kind}）" for k in self.of_step(step)) or "无"
            raise UnknownEventError(message, hint=f"请改用带 kind 的写法；该步的事件有：{names}。")
        return self._kinds[min(found)[2]]


def load_event_catalogue(paths: Iterable[Path]) -> EventCatalogue:
    """Read the event kinds of all files; ``always`` names guards that every kind has.

    Raises:
        ProcedureDataError: a file is malformed or a kind stands twice; the message names it.
    """
    tables = [(path, read_table(path)) for path in paths]
    always: tuple[str, ...] = ()
    for path, table in tables:
        always += convert(path, "always", words, table.get("always", []))
    kinds: dict[str, EventKind] = {}
    belongs = {
        name: procedure
        for path, table in tables
        for procedure, names in table.get("procedures", {}).items()
        for name in convert(path, "procedures", words, names)
    }
    for path, table in tables:
        for name, row in table.get("events", {}).items():
            check_new(path, f"events.{name}", name in kinds)
            kind = convert(path, f"events.{name}", _kind, name, row, always)
            kinds[name] = replace(kind, procedure=belongs.get(name, ""))
    return EventCatalogue(kinds)


def _kind(name: str, row: Table, always: tuple[str, ...]) -> EventKind:
    summary = row.get("summary_guards", [])
    return EventKind(
        kind=name,
        step=int(row["step"]),
        title=str(row["title"]),
        actor=str(row["actor"]),
        aliases=words(row.get("aliases", [])),
        also_steps=tuple(int(n) for n in row.get("also_steps", [])),
        completes_step=bool(row.get("completes_step", False)),
        guards=always + words(row.get("guards", [])),
        after=words(row.get("after", [])),
        fields=tuple(field_from(field) for field in row.get("fields", [])),
        summary_guards=always + words(summary) if summary else (),
        offered=bool(row.get("offered", True)),
        papers=words(row.get("papers", [])),
        serves=words(row.get("serves", [])),
    )


def field_from(row: Table) -> EventField:
    """Return a field as a data file writes it.

    Raises:
        KeyError, TypeError: a key is missing or a value is of the wrong kind.
    """
    return EventField(
        key=str(row["key"]),
        label=str(row["label"]),
        type=str(row["type"]),
        required=bool(row.get("required", False)),
        choices=words(row.get("choices", [])),
        columns=tuple(field_from(column) for column in row.get("columns", [])),
        only_for=_only_for(row.get("only_for", {})),
        procedure=str(row.get("procedure", "")),
    )


def _only_for(row: Table) -> tuple[str, tuple[str, ...]] | None:
    pairs = [(str(key), words(values)) for key, values in row.items()]
    return pairs[0] if pairs else None
