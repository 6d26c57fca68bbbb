"""The heat map of an office (问题分布): what is stored of its cases, counted by step and check.

Nothing is checked anew here: findings come from the runs over the office (``case check --all``),
other conclusions from the record of the review, losses from the reasons of rulings.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from workstation.documents.forms import FormCatalogue
from workstation.domain.dated_entries import DatedEntry, EntryKind, standing
from workstation.errors import InvalidInputError
from workstation.operations.readings import rules_of
from workstation.operations.reviews import ReviewOperations
from workstation.operations.ruling_reasons import RulingReasonOperations
from workstation.operations.workbooks import write_table
from workstation.procedure import ProcedureRules
from workstation.review.heat_maps import (
    UNPLACED,
    HeatMap,
    HeatSpot,
    PersonHeat,
    Trouble,
    by_person,
    heat_map,
)
from workstation.review.records import Check, State
from workstation.review.ruling_reasons import NOT_COVERED
from workstation.storage.database import Database
from workstation.storage.records import CaseOutline, CheckResult

_SWITCH = "heat_by_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatFilter:
    """Cases filed between two days, both included, of one matter or all; kinds of trouble."""

    first: date | None = None
    last: date | None = None
    matter: str = ""
    troubles: tuple[Trouble, ...] = tuple(Trouble)


class HeatMapOperations:
    """Only reads; safe to call from any thread."""

    def __init__(
        self,
        database: Database,
        reviews: ReviewOperations,
        reasons: RulingReasonOperations,
        forms: FormCatalogue,
        rules: ProcedureRules,
    ) -> None:
        self._database = database
        self._reviews = reviews
        self._reasons = reasons
        self._rules = rules
        self._steps_of_forms = {form.id: form.step for form in forms}
        self._steps_of_checks = {c.id: _home_step(c, rules) for c in reviews.checks}

    def of_office(self, wanted: HeatFilter) -> HeatMap:
        """Return the heat map of the cases that are wanted."""
        with self._database.reading() as unit:
            found = unit.cases.outlines(wanted.first, wanted.last, wanted.matter)
            outlines = {outline.case_id: outline for outline in found}
            checked = {case.case_id for case in unit.checked_cases.all()} & outlines.keys()
            is_open = unit.cases.versions().keys() & outlines.keys()
            failed = unit.checked_cases.in_state(State.FAILED.value)
            overruled = standing(unit.dated_entries.of_kind(EntryKind.OVERRULING))
        spots = (
            *self._failed(failed, outlines),
            *self._overruled(overruled, outlines),
            *self._lost(outlines),
        )
        return heat_map(
            (spot for spot in spots if spot.trouble in wanted.troubles),
            [check.id for check in self._reviews.checks],
            cases=len(outlines),
            checked=len(checked),
            unchecked=len(is_open - checked),
        )

    @property
    def tells_persons(self) -> bool:
        """Whether the bureau has switched counting by person on."""
        with self._database.reading() as unit:
            rules = rules_of(unit, self._rules)
        return rules.on(date.today()).parameters.heat_by_person

    def by_person(self, wanted: HeatFilter) -> tuple[PersonHeat, ...]:
        """Return what happened in the cases of each officer.

        Raises:
            InvalidInputError: the bureau has not switched it on.
        """
        if not self.tells_persons:
            raise InvalidInputError(
                "本局没有开启按人统计，问题分布只按步骤和审核项列出。",
                hint=f"确需开启的，由负责人决定后登记参数 {_SWITCH}，写明日期和依据，登记留痕。",
            )
        return by_person(self.of_office(wanted).spots)

    def export(self, path: Path, wanted: HeatFilter) -> Path:
        """Write the heat map as a workbook: a row for each check, a column for each step.

        Raises:
            InvalidInputError: the file can't be written.
        """
        found = self.of_office(wanted)
        titles = {step: name for step, name in self.step_names().items() if step in found.steps}
        columns = [("审核项", 12), ("内容", 56), ("案件数", 10)]
        columns += [(name, 14) for name in titles.values()]
        return write_table(
            path, "问题分布", columns, (self._line(found, check, titles) for check in found.checks)
        )

    def _line(self, found: HeatMap, check: str, steps: Iterable[int]) -> tuple[str, ...]:
        cells = (found.at(step, check) for step in steps)
        counts = (str(cell.cases) if cell else "" for cell in cells)
        return check or NOT_COVERED, self.item_of(check), str(found.total(check)), *counts

    def step_names(self) -> Mapping[int, str]:
        """Return the names of all steps; 0 is what no step is known of."""
        names = {step.n: f"{step.n} {step.name}" for step in self._rules.steps}
        return names | {UNPLACED: "未定步骤"}

    def item_of(self, check: str) -> str:
        """Return what a check asks for."""
        found = next((one for one in self._reviews.checks if one.id == check), None)
        return found.item if found else "63项中没有这一项"

    def _failed(
        self, results: Iterable[CheckResult], outlines: Mapping[str, CaseOutline]
    ) -> Iterator[HeatSpot]:
        for result in results:
            if result.case_id in outlines:
                form = result.document.partition("-")[0]
                step = result.step or self._steps_of_forms.get(form, UNPLACED)
                told = (Trouble.FAILED, result.message)
                yield self._spot(outlines[result.case_id], (step, result.check_id), told)

    def _overruled(
        self, entries: Iterable[DatedEntry], outlines: Mapping[str, CaseOutline]
    ) -> Iterator[HeatSpot]:
        for entry in entries:
            case_id, _, check = entry.key.partition("/")
            if case_id in outlines and entry.content.get("was") == State.FAILED.value:
                told = f"{entry.content['state']}：{entry.content['reason']}"
                # Conclusions of an earlier version do not say at which step.
                step = int(str(entry.content.get("step") or UNPLACED))
                yield self._spot(outlines[case_id], (step, check), (Trouble.OVERRULED, told))

    def _lost(self, outlines: Mapping[str, CaseOutline]) -> Iterator[HeatSpot]:
        for ruling in self._reasons.rulings():
            if not ruling.against or ruling.case_id not in outlines:
                continue
            for reason in ruling.reasons:
                told = f"{ruling.name}　{reason.ground}　{reason.note}".strip()
                placed = (UNPLACED, reason.check)
                yield self._spot(outlines[ruling.case_id], placed, (Trouble.LOST, told))

    def _spot(
        self, outline: CaseOutline, placed: tuple[int, str], told: tuple[Trouble, str]
    ) -> HeatSpot:
        step, check = placed
        return HeatSpot(
            case_id=outline.case_id,
            number=outline.number,
            title=outline.title,
            officers=outline.officers,
            step=step or self._steps_of_checks.get(check, UNPLACED),
            check=check,
            trouble=told[0],
            message=told[1],
        )


def _home_step(check: Check, rules: ProcedureRules) -> int:
    """Return the step a check is mostly about: the first whose events its guards are asked of."""
    steps = [
        kind.step for kind in rules.events.kinds if not set(check.guards).isdisjoint(kind.guards)
    ]
    return min(steps, default=UNPLACED)
