"""What an office decides for itself and from which day: parameters, notices, agreements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workstation.domain.cases import JsonValue


class EntryKind(StrEnum):
    """What a dated entry is about; the value is shown."""

    PARAMETER = "参数"
    HOLIDAYS = "节假日安排"
    DELEGATION = "委托执法"
    GRANT = "赋权"
    LENIENCY = "柔性清单"
    TEMPLATE = "文书模板"
    OVERRULING = "审核改判"
    PHRASE = "常用语"
    SIMILAR_CASES = "类案差异理由"
    APPRAISAL = "案卷评查"
    DECISION = "案例"
    NOTE = "办案实务"
    RULING_REASON = "败诉原因"
    PINNED_ARTICLE = "引入的条文"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEntry:
    """One entry as it was made; nothing is changed afterwards, a later one takes its place.

    ``key`` says which parameter, year or agreement it is; it holds from ``valid_from`` to
    ``valid_to``, both included. ``withdrawn`` marks an entry that only takes back an earlier one
    of the same first day. ``verified`` is False while the source was not checked (未核实).
    """

    kind: EntryKind
    key: str
    content: Mapping[str, JsonValue]
    valid_from: date
    valid_to: date | None = None
    source: str
    verified: bool
    entered_by: str
    entered_at: datetime
    withdrawn: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether the entry covers ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def standing(entries: Iterable[DatedEntry]) -> tuple[DatedEntry, ...]:
    """Return what counts: of entries of one key and first day the one made last, if any stands.

    ``entries`` come in the order they were made; the answer is sorted by key and first day.
    """
    latest = {(entry.kind, entry.key, entry.valid_from): entry for entry in entries}
    return tuple(latest[at] for at in sorted(latest) if not latest[at].withdrawn)


def holding(entries: Iterable[DatedEntry], day: date) -> tuple[DatedEntry, ...]:
    """Return the standing entry of every key on ``day``: the one that began last and covers it."""
    found = {(e.kind, e.key): e for e in standing(entries) if e.holds_on(day)}
    return tuple(found.values())
