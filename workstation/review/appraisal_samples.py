"""Drawing closed cases for a round of appraisal: by share of each group, with a recorded seed.

Anybody can repeat a draw: the cases of a group are ordered by the SHA-256 of ``seed:case id``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from hashlib import sha256

DRAWN, ALWAYS = "抽取", "必评"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A closed case that may be drawn: its group, and why it is appraised in any event."""

    case_id: str
    group: str
    always: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A case of a round and why it is in it."""

    case_id: str
    group: str
    why: str


def draw(candidates: Iterable[Candidate], share: Decimal, seed: str) -> tuple[Drawn, ...]:
    """Return the cases that must be appraised, then the share of each group, rounded up.

    Cases that must be appraised do not use up the share of their group.
    """
    found = tuple(candidates)
    must = tuple(
        Drawn(case_id=c.case_id, group=c.group, why=f"{ALWAYS}：{c.always}")
        for c in found
        if c.always
    )
    groups: dict[str, list[Candidate]] = {}
    for candidate in found:
        if not candidate.always:
            groups.setdefault(candidate.group, []).append(candidate)
    order = _ordered_by(seed)
    drawn = tuple(
        Drawn(case_id=candidate.case_id, group=group, why=DRAWN)
        for group, cases in sorted(groups.items())
        for candidate in sorted(cases, key=order)[: _size(len(cases), share)]
    )
    return must + drawn


def _ordered_by(seed: str) -> Callable[[Candidate], str]:
    def order(candidate: Candidate) -> str:
        return sha256(f"{seed}:{candidate.case_id}".encode()).hexdigest()

    return order


def _size(count: int, share: Decimal) -> int:
    return int((count * share).to_integral_value(ROUND_CEILING))
