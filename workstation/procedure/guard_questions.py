"""What a guard is asked and what it may answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from workstation.domain.cases import CaseEvent, CaseFile, Delivery
from workstation.domain.matters import Matter
from workstation.domain.people import Person, Role
from workstation.procedure.case_readings import matter_on
from workstation.procedure.deadlines import compute
from workstation.procedure.enclosures import NOTHING_ENCLOSED, Enclosures
from workstation.procedure.records import Deadline, Surroundings
from workstation.procedure.review_rounds import CONCLUDED, legal_part
from workstation.procedure.rules import ProcedureRules

HEAD_ROLES = frozenset({Role.PRINCIPAL, Role.HEAD, Role.DEPUTY_HEAD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a guard does not pass and what to do about it.

    ``hard`` and ``overridable`` are None where the guard's own particulars apply.
    """

    message: str
    hint: str
    hard: bool | None = None
    overridable: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardQuestion:
    """May ``event``, with what it encloses, be added to ``case_file``?

    ``preview`` is True when only the state of the case is asked about, before anything is typed.
    """

    case_file: CaseFile
    event: CaseEvent
    rules: ProcedureRules
    surroundings: Surroundings
    enclosed: Enclosures = NOTHING_ENCLOSED
    preview: bool = False

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """The services that come with the event."""
        return self.enclosed.deliveries

    @property
    def legal_reviews(self) -> tuple[CaseEvent, ...]:
        """The opinions of the legal review (行政处罚法§58), without the bureau's own reviews."""
        return legal_part(self.case_file).all_of(CONCLUDED)

    @property
    def matter(self) -> Matter | None:
        """The version of the case's matter that holds on the day of the event."""
        return self.matter_on(self.event.day)

    def matter_on(self, day: date) -> Matter | None:
        """Return the version of the case's matter that holds on ``day``."""
        return matter_on(self.surroundings.matters, self.case_file.case.matter_code, day)

    def person(self, name: str) -> Person | None:
        """Return the person of the office called ``name``, or None."""
        people = self.surroundings.office.people
        return next((person for person in people if person.name == name), None)

    def is_head(self, name: str) -> bool:
        """Whether ``name`` may approve for the bureau (行政机关负责人)."""
        person = self.person(name)
        return person is not None and bool(HEAD_ROLES & set(person.roles))

    def deadline(self, code: str, start: date) -> Deadline:
        """Count rule ``code``, as long as it is on the day it starts, from ``start``."""
        rule = self.rules.on(start).deadlines.rule(code)
        return compute(rule, start, calendar=self.rules.calendar)


Guard = Callable[[GuardQuestion], Refusal | None]


def in_words(day: date) -> str:
    """Return a day as messages write it: 2026年9月17日."""
    return f"{day.year}年{day.month}月{day.day}日"
