"""Who may exercise a matter beside the bureau: entrusted bodies, townships; and 柔性清单."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from workstation.domain.cases import JsonValue
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.domain.matters import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """A delegation agreement (委托书) as 行政处罚法§20 wants it: matters, powers, term.

    The entrusted body acts in the name of ``principal``. ``matters`` are codes, ``fields`` whole
    fields of matters; ``published`` is the day the agreement was made public.
    """

    number: str
    principal: str
    agent: str
    matters: tuple[str, ...]
    fields: tuple[str, ...]
    powers: str
    principal_duties: str
    agent_duties: str
    published: date | None
    valid_from: date
    valid_to: date | None

    def covers(self, matter: Matter) -> bool:
        """Whether the agreement is about ``matter``."""
        return matter.code in self.matters or matter.field in self.fields

    def holds_on(self, day: date) -> bool:
        """Whether the agreement is in its term on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Powers granted (赋权) to a township by the province, used in its own name (§24)."""

    number: str
    township: str
    matters: tuple[str, ...]
    fields: tuple[str, ...]
    published: date | None
    valid_from: date
    valid_to: date | None

    def covers(self, matter: Matter) -> bool:
        """Whether the grant is about ``matter``."""
        return matter.code in self.matters or matter.field in self.fields

    def holds_on(self, day: date) -> bool:
        """Whether the grant holds on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeniencyEntry:
    """One entry of the 柔性清单: it only fills out 行政处罚法§33 and never excuses by itself.

    ``ground`` is one of the grounds of §33; ``correction_days`` are calendar days, 0 for none.
    """

    number: str
    matter: str
    ground: str
    conditions: str
    correction_days: int
    exclusions: str
    document: str
    valid_from: date
    valid_to: date | None


LENIENCY_GROUNDS = (
    "轻微并及时改正且无危害后果（不予处罚）",
    "初次违法且危害后果轻微并及时改正（可以不予处罚）",
    "没有主观过错（不予处罚）",
)
"""The grounds of 行政处罚法§33 a list may fill out; the first two must not be mixed up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorities:
    """Every agreement and grant the bureau entered, whether in its term or not."""

    delegations: tuple[Delegation, ...] = ()
    grants: tuple[Grant, ...] = ()


def authorities_of(entries: Iterable[DatedEntry]) -> Authorities:
    """Return the agreements and grants among ``entries`` that stand."""
    found = tuple(entries)
    return Authorities(
        delegations=tuple(delegation_of(e) for e in found if e.kind is EntryKind.DELEGATION),
        grants=tuple(grant_of(e) for e in found if e.kind is EntryKind.GRANT),
    )


def delegation_of(entry: DatedEntry) -> Delegation:
    """Return the agreement of an entry."""
    content = entry.content
    return Delegation(
        number=entry.key,
        principal=_text(content, "principal"),
        agent=_text(content, "agent"),
        matters=_words(content, "matters"),
        fields=_words(content, "fields"),
        powers=_text(content, "powers"),
        principal_duties=_text(content, "principal_duties"),
        agent_duties=_text(content, "agent_duties"),
        published=_day(content, "published"),
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )


def grant_of(entry: DatedEntry) -> Grant:
    """Return the grant of an entry."""
    content = entry.content
    return Grant(
        number=entry.key,
        township=_text(content, "township"),
        matters=_words(content, "matters"),
        fields=_words(content, "fields"),
        published=_day(content, "published"),
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )


def leniency_of(entry: DatedEntry) -> LeniencyEntry:
    """Return the 柔性清单 entry of an entry."""
    content = entry.content
    days = content.get("correction_days")
    return LeniencyEntry(
        number=entry.key,
        matter=_text(content, "matter"),
        ground=_text(content, "ground"),
        conditions=_text(content, "conditions"),
        correction_days=days if isinstance(days, int) else 0,
        exclusions=_text(content, "exclusions"),
        document=entry.source,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
    )


def _text(content: Mapping[str, JsonValue], name: str) -> str:
    return str(content.get(name) or "")


def _words(content: Mapping[str, JsonValue], name: str) -> tuple[str, ...]:
    value = content.get(name)
    return tuple(str(word) for word in value) if isinstance(value, list) else ()


def _day(content: Mapping[str, JsonValue], name: str) -> date | None:
    value = content.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else None
