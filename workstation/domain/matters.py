"""Matters of power (权力事项), their dated versions and discretion tiers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workstation.domain.citations import ArticleReference
from workstation.domain.tier_conditions import Alternatives


class AuthorityKind(StrEnum):
    """Where the bureau's power over a matter comes from; the value is printed."""

    STATUTORY = "法定"
    CONCENTRATED = "相对集中"
    GRANTED = "赋权"
    DELEGATED = "委托"


class FineMeasure(StrEnum):
    """What a clause measures its fine in; the value is printed."""

    AMOUNT = "定额"
    MULTIPLE = "倍数"
    PERCENT = "比例"
    EACH = "按件"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscretionTier:
    """One tier (裁量阶次): its condition in words and the fine it allows, both ends included.

    ``alternatives`` is the condition as a machine can test it: any of them, all of its parts;
    empty where there are only words. The fine is in the measure of the matter.
    """

    name: str
    condition: str
    fine_min: Decimal
    fine_max: Decimal
    alternatives: Alternatives = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyRange:
    """What one provision lets the bureau impose: on whom, on what condition, how much (yuan).

    ``subjects`` are the roles of parties it covers (工程施工单位), empty for anybody;
    ``condition`` is the turn of the case it asks for (拒不改正), or empty; ``others`` the kinds
    of penalty beside the fine. Where ``measure`` is not yuan, the fine is a multiple or a
    percentage of ``base`` (违法所得), or yuan for each ``base`` (车).
    """

    provision: ArticleReference
    fine_min: Decimal
    fine_max: Decimal
    subjects: tuple[str, ...] = ()
    condition: str = ""
    others: tuple[str, ...] = ()
    measure: FineMeasure = FineMeasure.AMOUNT
    base: str = ""

    def in_yuan(self, base: Decimal | None) -> tuple[Decimal, Decimal] | None:
        """Return the range in yuan where ``base`` is what it is measured by; None if unknown."""
        if self.measure is FineMeasure.AMOUNT:
            return self.fine_min, self.fine_max
        if base is None:
            return None
        part = Decimal("0.01") if self.measure is FineMeasure.PERCENT else Decimal(1)
        return self.fine_min * base * part, self.fine_max * base * part


@dataclass(frozen=True, slots=True, kw_only=True)
class Implementation:
    """Who exercises a matter: at which level, by which body, under which 业务主管部门."""

    level: str = ""
    body: str = ""
    department: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterMarks:
    """What a list marks a matter with, for the guards and for whoever files a case.

    ``summary`` says whether the summary procedure (简易程序) may be used, None where the list
    does not say; ``leniency`` is its number in the 柔性清单, ``discretion`` that of its 裁量基准.
    """

    penalties: tuple[str, ...] = ()
    fine_note: str = ""
    summary: bool | None = None
    hearing: bool = False
    major: bool = False
    criminal: str = ""
    leniency: str = ""
    discretion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One version of a matter; it holds from ``valid_from`` to ``valid_to``, both included.

    ``precondition`` is e.g. 逾期不改正, or empty. ``fine_min``/``fine_max`` are yuan. ``ranges``
    part them by party and condition where the clause does; without, the one range is for all.
    ``violated`` and ``penalty`` are the main articles, ``violated_also`` and ``penalty_also`` the
    others. ``notice`` is the source in words, ``notice_number`` the 文号 it was imported under;
    ``list_kind`` the list it stands in; ``supersedes`` the code it had before.
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
    violated_also: tuple[ArticleReference, ...] = ()
    penalty_also: tuple[ArticleReference, ...] = ()
    implementation: Implementation = Implementation()
    marks: MatterMarks = MatterMarks()
    list_kind: str = ""
    notice_number: str = ""
    supersedes: str = ""

    @property
    def articles(self) -> tuple[ArticleReference, ...]:
        """Every article the matter rests on, the main ones first, each once."""
        named = (self.violated, self.penalty, *self.violated_also, *self.penalty_also)
        others = (self.coercion, self.limitation, *(part.provision for part in self.ranges))
        return tuple(dict.fromkeys(r for r in (*named, *others) if r is not None))

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
