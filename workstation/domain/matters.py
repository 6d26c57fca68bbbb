"""Matters of power (权力事项), their dated versions and discretion tiers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workstation.domain.citations import ArticleReference


class AuthorityKind(StrEnum):
    """Where the bureau's power over a matter comes from; the value is printed."""

    STATUTORY = "法定"
    CONCENTRATED = "相对集中"
    GRANTED = "赋权"
    DELEGATED = "委托"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscretionTier:
    """One tier (裁量阶次): its condition in words and the fine it allows, both ends included."""

    name: str
    condition: str
    fine_min: Decimal
    fine_max: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyRange:
    """What one provision lets the bureau impose: on whom, on what condition, how much (yuan).

    ``subjects`` are the roles of parties it covers (工程施工单位), empty for anybody;
    ``condition`` is the turn of the case it asks for (拒不改正), or empty; ``others`` the kinds
    of penalty beside the fine.
    """

    provision: ArticleReference
    fine_min: Decimal
    fine_max: Decimal
    subjects: tuple[str, ...] = ()
    condition: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One version of a matter; it holds from ``valid_from`` to ``valid_to``, both included.

    ``precondition`` is e.g. 逾期不改正, or empty. ``fine_min``/``fine_max`` are yuan. ``ranges``
    part them by party and condition where the clause does; without, the one range is for all.
    """

    code: str
    name: str
    cause: str
    version: str
    authority: AuthorityKind
    field: str
    violated: ArticleReference
    penalty: ArticleReference
    fine_min: Decimal
    fine_max: Decimal
    valid_from: date
    valid_to: date | None = None
    confiscates_gain: bool = False
    precondition: str = ""
    coercion: ArticleReference | None = None
    limitation: ArticleReference | None = None
    notice: str = ""
    tier_source: str = ""
    tiers: tuple[DiscretionTier, ...] = ()
    ranges: tuple[PenaltyRange, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def penalty_ranges(self) -> tuple[PenaltyRange, ...]:
        """Return the ranges of the clause; the one of ``penalty`` where it has no parts."""
        whole = PenaltyRange(
            provision=self.penalty,
            fine_min=self.fine_min,
            fine_max=self.fine_max,
            others=("没收违法所得",) if self.confiscates_gain else (),
        )
        return self.ranges or (whole,)

    def tier_of(self, fine: Decimal) -> DiscretionTier | None:
        """Return the first tier whose range holds ``fine``; a person picks the one to apply."""
        for tier in self.tiers:
            if tier.fine_min <= fine <= tier.fine_max:
                return tier
        return None
