"""The penalties of closed cases of a matter as any other case of it is compared with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from workstation.domain.cases import JsonValue
from workstation.domain.discretion import tiers_met
from workstation.domain.matters import Matter
from workstation.operations.kept_answers import KeptAnswers
from workstation.procedure.case_readings import PENALTY, money, text_of
from workstation.storage.database import Unit
from workstation.storage.records import PastDecision

_MOST_KEPT = 100
_EVER = datetime.combine(date.min, time.min), datetime.combine(date.max, time.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the office compares with: its matter, its article, the tiers its facts meet."""

    matters: tuple[Matter, ...]
    matter: Matter | None

    @property
    def codes(self) -> frozenset[str]:
        """The matter's code and those it had before."""
        return frozenset(code for m in self.matters for code in (m.code, m.supersedes) if code)

    @property
    def factors(self) -> frozenset[str]:
        """The names of the facts that the tiers ask for."""
        tiers = self.matter.tiers if self.matter else ()
        return frozenset(c.factor for t in tiers for way in t.alternatives for c in way)

    @property
    def article(self) -> str:
        """The article the penalty rests on, empty where the matter is unknown."""
        return str(self.matter.penalty) if self.matter else ""

    def article_on(self, day: date) -> str:
        """Return the article a penalty of the matter rested on that day, or nothing."""
        held = next((m for m in self.matters if m.holds_on(day)), None)
        return str(held.penalty) if held else ""

    def tiers_of(self, facts: Mapping[str, JsonValue]) -> tuple[str, ...]:
        """Return the tiers of today's standard whose conditions ``facts`` meet."""
        return tiers_met(self.matter, facts) if self.matter else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PastFine:
    """A penalty of a closed case; ``fine`` is None where none is stated.

    ``article`` is what it rested on, ``tiers`` those of today whose conditions its facts meet.
    """

    decision: PastDecision
    fine: Decimal | None
    article: str
    tiers: tuple[str, ...]


PastReader = Callable[[Unit, Standing, datetime, datetime], Sequence[PastFine]]


def past_fines(
    unit: Unit, standing: Standing, begin: datetime, end: datetime
) -> Sequence[PastFine]:
    """Return the penalties of closed cases decided from ``begin`` to ``end``, the latest first."""
    decisions = unit.closed_cases.decisions(standing.codes, (begin, end), standing.factors)
    return tuple(
        PastFine(
            decision=decision,
            fine=money(decision.data.get("fine")),
            article=standing.article_on(decision.decided_at.date()),
            tiers=standing.tiers_of(decision.facts),
        )
        for decision in decisions
        if (text_of(decision.data.get("outcome")) or PENALTY) == PENALTY
    )


class KeptPastFines:
    """The past penalties of each matter, read once for all cases that are compared with them.

    What is closed while it is kept is not seen, so it lives as long as one run over the office.
    """

    def __init__(self) -> None:
        self._kept = KeptAnswers[str, tuple[Standing, Sequence[PastFine]]](_MOST_KEPT)

    def between(
        self, unit: Unit, standing: Standing, begin: datetime, end: datetime
    ) -> Sequence[PastFine]:
        """Return what :func:`past_fines` returns."""
        matter = standing.matter
        _, known = self._kept.get(
            f"{matter.code}/{matter.version}" if matter else ",".join(sorted(standing.codes)),
            lambda: (standing, past_fines(unit, standing, *_EVER)),
            holds=lambda kept: kept[0] == standing,
        )
        return [past for past in known if begin <= past.decision.decided_at <= end]
