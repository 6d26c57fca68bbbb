"""Where the cases of an office go wrong: cases counted by step of the procedure and check.

A case counts once in a cell for each kind of trouble, however many findings it has there. It is
never counted by person here; see :func:`by_person`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

UNPLACED = 0


class Trouble(StrEnum):
    """What happened at a check; the value is shown."""

    FAILED = "不符合"
    OVERRULED = "另作结论"
    LOST = "败诉"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatSpot:
    """One trouble of one case: at which step (1 to 18, 0 where none is known) and check.

    ``check`` is empty for a loss that no check of the list covers.
    """

    case_id: str
    number: str
    title: str
    officers: tuple[str, ...]
    step: int
    check: str
    trouble: Trouble
    message: str

    def as_json(self) -> dict[str, Any]:
        """Return the spot as ``review heat`` prints it."""
        return {
            "case_id": self.case_id,
            "number": self.number,
            "title": self.title,
            "step": self.step or None,
            "check": self.check,
            "kind": self.trouble.value,
            "message": self.message,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """The cases of one step and check, by kind of trouble and all together."""

    step: int
    check: str
    counts: Mapping[Trouble, int]
    cases: int

    def as_json(self) -> dict[str, Any]:
        """Return the cell as ``review heat`` prints it."""
        return {
            "step": self.step or None,
            "check": self.check,
            "cases": self.cases,
            **{trouble.value: self.counts.get(trouble, 0) for trouble in Trouble},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """The cells that hold something; ``checks`` in the order of the list, ``steps`` ascending.

    ``cases`` are in the span; ``checked`` of them were asked all checks, ``unchecked`` are open
    and were never asked.
    """

    cases: int
    checked: int
    unchecked: int
    steps: tuple[int, ...]
    checks: tuple[str, ...]
    cells: Mapping[tuple[int, str], HeatCell]
    spots: tuple[HeatSpot, ...]

    @property
    def highest(self) -> int:
        """The largest count of a cell, 0 where there is none."""
        return max((cell.cases for cell in self.cells.values()), default=0)

    def at(self, step: int, check: str) -> HeatCell | None:
        """Return the cell of a step and check, None where nothing happened."""
        return self.cells.get((step, check))

    def behind(self, step: int, check: str) -> tuple[HeatSpot, ...]:
        """Return what is counted in a cell, by case number."""
        return tuple(s for s in self.spots if (s.step, s.check) == (step, check))

    def total(self, check: str) -> int:
        """Return in how many cases a check found something at any step."""
        return len({spot.case_id for spot in self.spots if spot.check == check})


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHeat:
    """What happened in the cases of one officer (承办人)."""

    person: str
    cases: int
    counts: Mapping[Trouble, int]

    def as_json(self) -> dict[str, Any]:
        """Return the line as ``review heat --by-person`` prints it."""
        counts = {trouble.value: self.counts.get(trouble, 0) for trouble in Trouble}
        return {"person": self.person, "cases": self.cases, **counts}


def heat_map(
    spots: Iterable[HeatSpot], order: Sequence[str], *, cases: int, checked: int, unchecked: int
) -> HeatMap:
    """Count ``spots``; ``order`` is that of the list of checks, what it lacks comes last."""
    places = {check: place for place, check in enumerate(order)}
    kept = tuple(
        sorted(
            spots,
            key=lambda s: (s.step, places.get(s.check, len(places)), s.number, s.trouble),
        )
    )
    grouped: dict[tuple[int, str], list[HeatSpot]] = {}
    for spot in kept:
        grouped.setdefault((spot.step, spot.check), []).append(spot)
    return HeatMap(
        cases=cases,
        checked=checked,
        unchecked=unchecked,
        steps=tuple(sorted({spot.step for spot in kept})),
        checks=tuple(sorted({s.check for s in kept}, key=lambda c: places.get(c, len(places)))),
        cells={key: _cell(*key, found) for key, found in grouped.items()},
        spots=kept,
    )


def _cell(step: int, check: str, spots: Collection[HeatSpot]) -> HeatCell:
    return HeatCell(
        step=step,
        check=check,
        counts=_counts(spots),
        cases=len({spot.case_id for spot in spots}),
    )


def _counts(spots: Collection[HeatSpot]) -> dict[Trouble, int]:
    counted = {
        trouble: len({spot.case_id for spot in spots if spot.trouble is trouble})
        for trouble in Trouble
    }
    return {trouble: count for trouble, count in counted.items() if count}


def by_person(spots: Iterable[HeatSpot]) -> tuple[PersonHeat, ...]:
    """Return the cases with trouble by officer, by name; only where the bureau switched it on."""
    found: dict[str, list[HeatSpot]] = {}
    for spot in spots:
        for officer in spot.officers:
            found.setdefault(officer, []).append(spot)
    return tuple(
        PersonHeat(
            person=person,
            cases=len({spot.case_id for spot in found[person]}),
            counts=_counts(found[person]),
        )
        for person in sorted(found)
    )
