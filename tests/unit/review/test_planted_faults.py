"""Faults of real files planted into the demo case are found where they lie; clean cases pass.

The whole set of 220 runs over all demo cases in ``benchmarks/planted_faults.py``.
"""

import random
from itertools import islice

from benchmarks.clean_variants import variant
from benchmarks.fault_catalogue import PLANTERS
from benchmarks.fault_values import Fault
from benchmarks.planted_faults import judged, problems_of
from benchmarks.planted_pages import Press
from scripts.reprinting import asked_again
from tests.demo_papers import filled_paper
from workstation.documents.docx_reader import read_docx
from workstation.documents.fonts import bundled_library
from workstation.documents.layout import lay_out
from workstation.review.catalogue import load_checks
from workstation.review.records import CaseUnderReview

_SEED = 11


def _chance() -> random.Random:
    return random.Random(_SEED)  # noqa: S311 a fixed seed is the point


def _press() -> Press:
    return Press(
        lambda paper: filled_paper(paper.form)[1].to_bytes(),
        lambda docx: lay_out(read_docx(docx), bundled_library()),
    )


def _faults(case: CaseUnderReview, rng: random.Random, each: int) -> list[Fault]:
    made = ((planter(case, rng) for _ in range(30)) for planter in PLANTERS)
    return [fault for some in made for fault in islice(filter(None, some), each)]


def test_planted_faults_are_found_at_their_place(case: CaseUnderReview) -> None:
    checks = load_checks(case.rules.guards)
    clean, press = (case, problems_of(asked_again(case), checks)), _press()
    faults = _faults(case, _chance(), 2)

    outcomes = [judged(fault, clean, checks, None, press) for fault in faults]

    missed = [o.fault.what for o in outcomes if not o.placed]
    assert len(outcomes) >= 40
    # The case of the tests has 15 papers of 57: some faults have no counterpart to clash with.
    assert len(missed) <= len(outcomes) // 15, missed


def test_the_same_case_of_other_people_brings_no_new_finding(case: CaseUnderReview) -> None:
    checks, rng = load_checks(case.rules.guards), _chance()
    own = problems_of(asked_again(case), checks)
    days, fines = set(), set()

    for _ in range(4):
        made, renamed = variant(case, rng)
        days.add(tuple(event.day for event in made.file.events))
        fines |= {str(e.data.get("fine")) for e in made.file.all_of("decision_made")}
        allowed = {renamed(message) for message in own}

        assert made.file.case.party.name != case.file.case.party.name
        assert set(problems_of(asked_again(made), checks)) <= allowed
    assert len(days) > 1
    assert len(fines) > 1
