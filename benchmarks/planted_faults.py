#!/usr/bin/env python3
"""Faults of real case files planted into the demo cases: how many the review finds, and where.

    benchmarks/planted_faults.py [--home DIR] [--seed N] [--clean N] [--missed-only]

Without --home the demo office with all its cases is made first (a minute). Each fault is planted
into a case as it is recorded and printed; it counts as found when a finding that was not there
before names its paper and field (or its event). Clean cases are the same cases with other names,
numbers, amounts and days, and must bring no finding that the demo case itself does not have.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.clean_variants import variant  # noqa: E402 path first
from benchmarks.fault_catalogue import PLANTERS  # noqa: E402
from benchmarks.fault_values import Fault, Planter  # noqa: E402
from scripts.reprinting import CitedIn, asked_again  # noqa: E402
from workstation.bootstrap import Workstation, open_workstation  # noqa: E402
from workstation.operations.demo import demo_kinds, make_demo  # noqa: E402
from workstation.review.checks import review  # noqa: E402
from workstation.review.records import CaseUnderReview, Check, Problem, State  # noqa: E402
from workstation.settings import open_home  # noqa: E402

SEED = 20261127
_TRIES = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """A planted fault, what was found of it, and whether that names the right place."""

    fault: Fault
    found: tuple[Problem, ...]
    placed: bool


def problems_of(case: CaseUnderReview, checks: tuple[Check, ...]) -> dict[str, Problem]:
    """Return every problem of the failed checks by its message."""
    return {
        problem.message: problem
        for finding in review(case, checks)
        if finding.state is State.FAILED
        for problem in finding.problems
    }


def plant_all(cases: list[CaseUnderReview], rng: random.Random) -> list[Fault]:
    """Plant as many faults of each kind as the catalogue asks for, each in a case of its own."""
    return [
        fault
        for planter, count in PLANTERS.items()
        for _ in range(count)
        if (fault := _plant(planter, cases, rng)) is not None
    ]


def _plant(planter: Planter, cases: list[CaseUnderReview], rng: random.Random) -> Fault | None:
    for _ in range(_TRIES):
        # Half of the faults lie in the first case, which has all papers of the long way.
        case = cases[0] if rng.random() < 0.5 else rng.choice(cases)
        fault = planter(case, rng)
        if fault is not None:
            return fault
    return None


def judged(
    fault: Fault, before: dict[str, Problem], checks: tuple[Check, ...], cited: CitedIn | None
) -> Outcome:
    """Review a case with a fault and say whether what is new names its place."""
    after = problems_of(asked_again(fault.case, cited), checks)
    new = tuple(problem for message, problem in after.items() if message not in before)
    return Outcome(fault, new, any(_names(problem, fault) for problem in new))


def _names(problem: Problem, fault: Fault) -> bool:
    for passage in problem.passages:
        if fault.document and passage.document == fault.document:
            if not fault.field or passage.field in {fault.field, "text", ""}:
                return True
        elif not fault.document and fault.field in f"{passage.title}{problem.message}":
            return True
    return False


def open_cases(workstation: Workstation) -> list[CaseUnderReview]:
    """Return every case of an office under review, the one with most papers first."""
    with workstation.database.reading() as unit:
        ids = [summary.id for summary in unit.cases.summaries()]
    cases = [workstation.reviews.under_review(case_id) for case_id in ids]
    return sorted(cases, key=lambda c: -len(c.file.documents))


def main() -> int:
    """Plant, review, print the table; 1 where fewer than 98 % are found or a clean case fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="an office with the demo cases")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--clean", type=int, default=50)
    parser.add_argument("--missed-only", action="store_true")
    arguments = parser.parse_args()
    home = arguments.home or Path(tempfile.mkdtemp(prefix="planted-"))
    workstation = open_workstation(open_home(home))
    if not workstation.office.exists():
        make_demo(workstation, home / "output" / "demo", kinds=demo_kinds())
    cases, checks = open_cases(workstation), workstation.reviews.checks
    cited = workstation.reviews.citations_of
    status = _faults(cases, checks, cited, arguments)
    status |= _clean(cases, checks, cited, arguments)
    workstation.close()
    return status


def _faults(
    cases: list[CaseUnderReview],
    checks: tuple[Check, ...],
    cited: CitedIn,
    arguments: argparse.Namespace,
) -> int:
    rng = random.Random(arguments.seed)  # noqa: S311 a fixed seed is the point
    before = {case.file.case.id: problems_of(asked_again(case, cited), checks) for case in cases}
    began = time.perf_counter()
    outcomes = [
        judged(fault, before[fault.case.file.case.id], checks, cited)
        for fault in plant_all(cases, rng)
    ]
    seconds = time.perf_counter() - began
    for outcome in outcomes:
        if not outcome.placed or not arguments.missed_only:
            mark = "✓" if outcome.placed else ("○" if outcome.found else "✕")
            said = outcome.found[0].message[:70] if outcome.found else "没有查出"
            print(f"{mark} {outcome.fault.kind}\t{outcome.fault.what}\t{said}")
    kinds = Counter(o.fault.kind for o in outcomes)
    placed = Counter(o.fault.kind for o in outcomes if o.placed)
    print("\n种类\t埋设\t查出且位置正确")
    for kind, count in kinds.items():
        print(f"{kind}\t{count}\t{placed[kind]}")
    share = placed.total() / len(outcomes)
    found = sum(bool(o.found) for o in outcomes)
    print(
        f"合计\t{len(outcomes)}\t{placed.total()}（{share:.1%}；查出{found}）\t"
        f"每件{seconds / len(outcomes) * 1000:.0f}毫秒"
    )
    return int(share < 0.98)


def _clean(
    cases: list[CaseUnderReview],
    checks: tuple[Check, ...],
    cited: CitedIn,
    arguments: argparse.Namespace,
) -> int:
    rng = random.Random(arguments.seed + 1)  # noqa: S311 a fixed seed is the point
    own = [set(problems_of(asked_again(case, cited), checks)) for case in cases]
    false = 0
    for number in range(arguments.clean):
        place = number % len(cases)
        made, renamed = variant(cases[place], rng)
        allowed = {renamed(message) for message in own[place]}
        for message in set(problems_of(asked_again(made, cited), checks)) - allowed:
            false += 1
            print(f"误报\t{made.file.case.title}\t{message[:110]}")
    print(f"正常案件{arguments.clean}件，误报{false}处")
    return int(false > 0)


if __name__ == "__main__":
    sys.exit(main())
