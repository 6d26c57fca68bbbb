"""What the repositories return beside the domain's own records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workstation.domain.cases import JsonValue


class NumberState(StrEnum):
    """What became of a serial or of a number written with it."""

    RESERVED = "预留"
    USED = "已用"
    VOID = "作废"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """One line of the case list.

    ``number`` is the 立案号, before filing the lead's number; ``step`` the furthest step (1 to 18)
    any event reached, 0 before the first; ``next_due`` the nearest deadline not yet done.
    """

    id: str
    number: str
    title: str
    party: str
    cause: str
    officers: tuple[str, ...]
    filed_on: date | None
    step: int
    last_event: str
    last_event_at: datetime
    next_due: date | None
    next_due_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOutline:
    """What a count over the office needs of a case; ``filed_on`` is None before filing (立案)."""

    case_id: str
    number: str
    title: str
    party: str
    officers: tuple[str, ...]
    matter_code: str
    filed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was typed into a form; ``base_version`` is the case's version it was typed on.

    ``bases`` keeps for an edited field the text the case gave it when it was first edited, and
    the day of that (``{"text": …, "day": …}``).
    """

    case_id: str
    form: str
    occurrence: int
    values: Mapping[str, JsonValue]
    base_version: int
    updated_at: datetime
    bases: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineEntry:
    """A running deadline as the projection keeps it; ``last_day`` None = can't be counted yet.

    ``step`` is the step it belongs to, ``holder`` whom it binds.
    """

    code: str
    name: str
    last_day: date | None
    provisional: bool = False
    done: bool = False
    step: int = 0
    holder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDeadline:
    """A deadline not yet done, with the case it runs in."""

    case_id: str
    case_number: str
    case_title: str
    officers: tuple[str, ...]
    code: str
    name: str
    step: int
    holder: str
    last_day: date
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DueFilter:
    """Which open deadlines to list: by span of last days, whom they bind, officer, code, words.

    An empty value does not filter; both ends of the span are included. Deadlines of the codes in
    ``ending`` are left out once their last day lies before ``today``: nothing is due any more.
    """

    first: date | None = None
    last: date | None = None
    holder: str = ""
    officer: str = ""
    code: str = ""
    text: str = ""
    ending: frozenset[str] = frozenset()
    today: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedNumber:
    """A serial of a counter and the number written with it; ``reason`` is why it is void."""

    scope: str
    year: int
    serial: int
    text: str
    case_id: str | None
    state: NumberState = NumberState.USED
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperNumber:
    """A number as it stands in the ledger: for which form and case, and what became of it.

    ``form`` is empty for the archive number. ``scope`` and ``serial`` name the counter it was
    drawn from, empty and 0 for a paper that shares its case's serial.
    """

    text: str
    form: str
    year: int
    case_id: str | None = None
    scope: str = ""
    serial: int = 0
    state: NumberState = NumberState.USED
    reason: str = ""
    entered_by: str = ""
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A number of the ledger with the case and the paper that bear it, empty where none does."""

    number: PaperNumber
    case_number: str
    case_title: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFilter:
    """Which numbers to list; an empty value does not filter, ``text`` is a part of the number."""

    form: str = ""
    year: int = 0
    state: NumberState | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """Sheets of a paper sent to a printer.

    ``document`` is the paper's key, ``version_digest`` the SHA-256 of the issued file or of a
    draft's values, ``event_position`` the last event of the case at that time, ``job`` the print
    system's number.
    """

    case_id: str
    document: str
    title: str
    version_digest: str
    draft: bool
    pages: int
    recipient: str
    copies: int
    printer: str
    tray: str
    duplex: bool
    job: str
    printed_by: str
    printed_at: datetime
    event_position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberGap:
    """A serial that was never given out although later ones were."""

    scope: str
    year: int
    serial: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One link of the event log; ``at`` is UTC."""

    position: int
    at: datetime
    kind: str
    payload: Mapping[str, JsonValue]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogHead:
    """The end of the event log; kept outside (sealed volumes, backups) it shows truncation."""

    position: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogProblem:
    """A link that does not hold: the row and a Chinese sentence that says what is wrong."""

    position: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBlob:
    """A file in the evidence store: its SHA-256 (hex) and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BlobProblem:
    """A stored file that is missing or damaged, with a Chinese sentence."""

    sha256: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDecision:
    """A decision of a closed case of the office, with the facts of the act that were asked for.

    ``data`` is what was recorded with the decision (fine, outcome).
    """

    case_id: str
    number: str
    party: str
    of_person: bool
    decided_at: datetime
    data: Mapping[str, JsonValue]
    facts: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedCase:
    """A case of the office that was closed, when, and what is asked of it to draw a sample.

    ``kinds`` are the kinds of its events, ``decision`` what was recorded with its last decision.
    """

    case_id: str
    number: str
    title: str
    matter_code: str
    officers: tuple[str, ...]
    closed_at: datetime
    kinds: frozenset[str]
    decision: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedCase:
    """What the review of the whole office found in a case when it was last asked, in numbers.

    ``version`` is that of the case then, ``basis`` names the lists and decisions it was asked
    by; after ``next_day`` a deadline may have passed. ``failed`` checks, of which ``blocking``
    stand in the way, and ``waiting`` ones that a person must conclude.
    """

    case_id: str
    number: str
    title: str
    version: int
    basis: str
    checked_at: datetime
    next_day: date | None
    blocking: int
    failed: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What came of one check in one case when the whole office was reviewed last.

    ``state`` and ``level`` are the words shown (不符合, 阻断). ``title``, ``document`` (D51),
    ``field`` and ``step`` are those of its first place, empty or 0 where it has none; ``places``
    names all of them. It has stood so, in this state at these places, ``since`` that run;
    ``before`` it was in that state, empty where the case had not been asked.
    """

    case_id: str
    check_id: str
    state: str
    level: str
    message: str
    title: str
    document: str
    field: str
    step: int
    places: str
    since: datetime
    before: str
