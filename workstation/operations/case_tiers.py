"""Candidate discretion tiers of a case: what holds and what is missing; a person picks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workstation.domain.discretion import Candidate, candidates
from workstation.domain.matters import Matter
from workstation.operations.readings import surroundings_of
from workstation.procedure.case_readings import act_day, matter_on
from workstation.storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class TierView:
    """The tiers of one version of the matter; ``side`` says whether of the act or of today."""

    side: str
    matter: Matter
    candidates: tuple[Candidate, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the tiers as ``case tiers`` prints them."""
        return {
            "side": self.side,
            "version": self.matter.version,
            "source": self.matter.tier_source,
            "candidates": [
                {
                    "tier": found.tier.name,
                    "condition": found.tier.condition,
                    "fine_min": str(found.tier.fine_min),
                    "fine_max": str(found.tier.fine_max),
                    "fit": found.fit.value,
                    "why": list(found.why),
                }
                for found in self.candidates
            ],
        }


class CaseTierOperations:
    """Only reads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_case(self, wanted: str, day: date) -> tuple[TierView, ...]:
        """Return the tiers of the matter on ``day``, and before them those of the day of the act.

        Whether 从旧兼从轻 covers discretion standards too is a choice of policy (未核实), so
        both are shown where they differ and nothing is picked.
        """
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted))
            at = datetime.combine(day, datetime.min.time())
            beside = surroundings_of(unit, file, at)
        code, facts, acted = file.case.matter_code, file.case.facts, act_day(file.case)
        now = matter_on(beside.matters, code, day)
        then = matter_on(beside.matters, code, acted) if acted else None
        sides = [("现行", now)]
        if then is not None and (now is None or then.tiers != now.tiers):
            sides.insert(0, ("行为时", then))
        return tuple(
            TierView(side=side, matter=matter, candidates=candidates(matter, facts))
            for side, matter in sides
            if matter is not None and matter.tiers
        )
