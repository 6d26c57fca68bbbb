"""The office's own closed cases beside a draft (类案镜): how many, their range, their median.

It counts and places; it never says which fine is right (行政处罚法§5第2款、§34).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from statistics import median
from typing import Any

_SHOWN_OF_A_NAME = 2
_PERSON = "某某"


class Likeness(StrEnum):
    """How alike two cases are, the closest first; the value is shown."""

    EXACT = "同一事项、同一条款、同一情节"
    ARTICLE = "同一事项、同一条款"
    MATTER = "同一事项"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarCase:
    """A closed case of the same matter; ``tiers`` are those whose conditions its facts meet."""

    case_id: str
    number: str
    party: str
    decided_on: date
    fine: Decimal
    article: str
    tiers: tuple[str, ...]
    likeness: Likeness

    def as_json(self) -> dict[str, Any]:
        """Return the case as ``case similar`` prints it."""
        return {
            "case_id": self.case_id,
            "number": self.number,
            "party": self.party,
            "decided_on": self.decided_on.isoformat(),
            "fine": str(self.fine),
            "article": self.article,
            "tiers": list(self.tiers),
            "likeness": self.likeness.value,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """The closed cases at least as alike as ``likeness``; fines in yuan, the lowest first.

    ``minimum`` is how many cases a comparison needs.
    """

    likeness: Likeness
    fines: tuple[Decimal, ...]
    minimum: int

    @property
    def is_small(self) -> bool:
        """Whether there are too few cases to compare with."""
        return len(self.fines) < self.minimum

    @property
    def median(self) -> Decimal | None:
        """The median fine, None where there is no case."""
        return median(self.fines) if self.fines else None

    def place_of(self, fine: Decimal) -> tuple[int, int, int]:
        """Return how many cases were fined less, the same, and more."""
        lower = sum(one < fine for one in self.fines)
        higher = sum(one > fine for one in self.fines)
        return lower, len(self.fines) - lower - higher, higher

    def as_json(self, fine: Decimal | None) -> dict[str, Any]:
        """Return the circle as ``case similar`` prints it, with the place of ``fine``."""
        lower, same, higher = self.place_of(fine) if fine is not None else (None, None, None)
        middle = self.median
        return {
            "likeness": self.likeness.value,
            "count": len(self.fines),
            "too_few": self.is_small,
            "minimum": self.minimum,
            "lowest": str(self.fines[0]) if self.fines else None,
            "highest": str(self.fines[-1]) if self.fines else None,
            "median": str(middle) if middle is not None else None,
            "lower": lower,
            "same": same,
            "higher": higher,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """From where to where a fine needs no reason: the median of a circle and its tolerance."""

    circle: Circle
    low: Decimal
    high: Decimal

    def holds(self, fine: Decimal) -> bool:
        """Whether ``fine`` lies in the band, both ends included."""
        return self.low <= fine <= self.high


def circles_of(cases: Iterable[SimilarCase], minimum: int) -> tuple[Circle, ...]:
    """Return the three circles, the closest first; each holds those inside it."""
    order, found = list(Likeness), tuple(cases)
    return tuple(
        Circle(
            likeness=likeness,
            fines=tuple(
                sorted(c.fine for c in found if order.index(c.likeness) <= order.index(likeness))
            ),
            minimum=minimum,
        )
        for likeness in order
    )


def band_of(circles: Sequence[Circle], tolerance: Decimal) -> Band | None:
    """Return the band of the closest circle with enough cases, None where none has.

    ``tolerance`` is a share of the median (0.30: thirty percent on either side).
    """
    for circle in circles:
        middle = circle.median
        if not circle.is_small and middle is not None:
            reach = middle * tolerance
            return Band(circle=circle, low=middle - reach, high=middle + reach)
    return None


def sentence_for(fine: Decimal, band: Band, months: int) -> str:
    """Return the sentence a paper must carry where ``fine`` lies outside ``band``, else nothing.

    Its end is left open: the reason is for a person to write.
    """
    if band.holds(fine):
        return ""
    circle = band.circle
    side = "低于" if fine < band.low else "高于"
    return (
        f"本机关近{months}个月{circle.likeness.value}的已结案件共{len(circle.fines)}件，"
        f"罚款{_yuan(circle.fines[0])}元至{_yuan(circle.fines[-1])}元，"
        f"中位数{_yuan(circle.median or Decimal(0))}元。"
        f"本案拟处罚款{_yuan(fine)}元，{side}上述案件的一般水平，理由是："
    )


def masked(name: str, *, of_person: bool) -> str:
    """Return a party's name with most of it hidden."""
    if of_person or len(name) <= _SHOWN_OF_A_NAME + 1:
        return f"{name[:1]}{_PERSON}"
    return f"{name[:_SHOWN_OF_A_NAME]}＊＊{name[-_SHOWN_OF_A_NAME:]}"


def _yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00")
