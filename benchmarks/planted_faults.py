#!/usr/bin/env python3
"""Faults of real case files planted into the demo cases: how many the review finds, and where.

    benchmarks/planted_faults.py [--home DIR] [--seed N] [--clean N] [--missed-only]

Without --home the demo office with all its cases is made first (a minute). Each fault is planted
into a case as it is recorded and printed; it counts as found when a finding that was not there
before names its place: the paper, the field it lies in and a page on which the planted words stand
(laid out with them, benchmarks/planted_pages.py); what lies in no paper, its event, evidence or
the paper that is lacking. Clean cases are the same cases with other names,
numbers, amounts and days, and must bring no finding that the demo case itself does not have.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.clean_variants import variant  # noqa: E402 path first
from benchmarks.fault_catalogue import LACKING, PLANTERS  # noqa: E402
from benchmarks.fault_values import Fault, Planter  # noqa: E402
from benchmarks.planted_pages import DocxOf, LayOut, Press  # noqa: E402
from scripts.reprinting import CitedIn, asked_again  # noqa: E402
from workstation.bootstrap import Workstation, open_workstation  # noqa: E402
from workstation.documents.system_fonts import system_library  # noqa: E402
from workstation.domain.cases import IssuedDocument  # noqa: E402
from workstation.operations.demo import demo_kinds, make_demo  # noqa: E402
from workstation.operations.papers import PaperMaker  # noqa: E402
from workstation.review.checks import review  # noqa: E402
from workstation.review.records import CaseUnderReview, Check, Passage, Problem, State  # noqa: E402
from workstation.settings import open_home  # noqa: E402
from workstation.storage.blobs import BlobStore  # noqa: E402

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
    fault: Fault,
    clean: tuple[CaseUnderReview, dict[str, Problem]],
    checks: tuple[Check, ...],
    cited: CitedIn | None,
    press: Press,
) -> Outcome:
    """Review a case with a fault and say whether what is new names its place.

    ``clean`` is the case without the fault and its problems.
    """
    case, before = clean
    after = problems_of(asked_again(fault.case, cited), checks)
    new = tuple(problem for message, problem in after.items() if message not in before)
    right = right_places(fault, case, press)
    return Outcome(fault, new, any(right(problem) for problem in new))


def right_places(fault: Fault, case: CaseUnderReview, press: Press) -> Callable[[Problem], bool]:
    """Return what says whether a problem names where a fault lies.

    A fault without a field lies where its words differ, in a field or between the fields; one
    without words (a receipt that is lacking) in the whole paper.
    """
    if not fault.document:
        return lambda problem: _names_record(problem, fault)
    planted = press.planted(case, fault.case, fault.document)
    fields = {fault.field} if fault.field else {"", "text", *planted.fields}

    def lies_in(passage: Passage) -> bool:
        if passage.document != fault.document:
            return False
        if not planted.pages:
            return not fault.field or passage.field in fields
        page = press.paged(case, fault.case, passage).page
        return passage.field in fields and page in planted.pages

    return lambda problem: any(map(lies_in, problem.passages))


def _names_record(problem: Problem, fault: Fault) -> bool:
    if fault.kind == LACKING:
        return fault.field in problem.message
    return any(fault.field in passage.title for passage in problem.passages)


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
    press = Press(_docx_of(workstation), _own_layout(home))
    status = _faults(cases, checks, (cited, press), arguments)
    status |= _clean(cases, checks, cited, arguments)
    workstation.close()
    return status


def _docx_of(workstation: Workstation) -> DocxOf:
    def docx_of(document: IssuedDocument) -> bytes:
        with workstation.database.reading() as unit:
            return unit.documents.docx_of(document.id)

    return docx_of


def _own_layout(home: Path) -> LayOut:
    return PaperMaker(home, system_library(), BlobStore(home / "evidence")).lay_out_file


def _faults(
    cases: list[CaseUnderReview],
    checks: tuple[Check, ...],
    means: tuple[CitedIn, Press],
    arguments: argparse.Namespace,
) -> int:
    cited, press = means
    rng = random.Random(arguments.seed)  # noqa: S311 a fixed seed is the point
    clean = {
        case.file.case.id: (case, problems_of(asked_again(case, cited), checks)) for case in cases
    }
    began = time.perf_counter()
    outcomes = [
        judged(fault, clean[fault.case.file.case.id], checks, cited, press)
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
