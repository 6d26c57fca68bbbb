"""Which discretion tiers the facts of a case fit: candidates only, a person picks the tier."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from workstation.domain.cases import JsonValue
from workstation.domain.matters import DiscretionTier, Matter
from workstation.domain.tier_conditions import TierCondition


class Fit(StrEnum):
    """Whether a tier's conditions hold; the value is shown."""

    HOLDS = "符合"
    FAILS = "不符合"
    UNKNOWN = "不能判断"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One tier against the facts: how it fits, and which conditions say so."""

    tier: DiscretionTier
    fit: Fit
    why: tuple[str, ...]


def candidates(matter: Matter, facts: Mapping[str, JsonValue]) -> tuple[Candidate, ...]:
    """Return every tier of ``matter`` in its order with how it fits ``facts``."""
    return tuple(_candidate(tier, facts) for tier in matter.tiers)


def tiers_met(matter: Matter, facts: Mapping[str, JsonValue]) -> tuple[str, ...]:
    """Return the names of the tiers that hold, without the reasons: for thousands of cases."""
    return tuple(
        tier.name
        for tier in matter.tiers
        if any(all(c.holds(facts) for c in every) for every in tier.alternatives)
    )


def _candidate(tier: DiscretionTier, facts: Mapping[str, JsonValue]) -> Candidate:
    if not tier.alternatives:
        return Candidate(tier=tier, fit=Fit.UNKNOWN, why=("该阶次只有文字条件，由承办人判断",))
    ways = [{c: c.holds(facts) for c in every} for every in tier.alternatives]
    if any(all(answers.values()) for answers in ways):
        met = next(answers for answers in ways if all(answers.values()))
        return Candidate(tier=tier, fit=Fit.HOLDS, why=tuple(str(c) for c in met))
    if all(False in answers.values() for answers in ways):
        return Candidate(tier=tier, fit=Fit.FAILS, why=_named(ways, found=False))
    missing = [w for w in ways if False not in w.values()]
    return Candidate(tier=tier, fit=Fit.UNKNOWN, why=_named(missing, found=None))


def _named(ways: list[dict[TierCondition, bool | None]], *, found: bool | None) -> tuple[str, ...]:
    word = "缺少事实：" if found is None else "不具备："
    named = (f"{word}{c}" for way in ways for c, answer in way.items() if answer is found)
    return tuple(dict.fromkeys(named))
