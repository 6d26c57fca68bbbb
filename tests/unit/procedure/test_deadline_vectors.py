"""What ``scripts/make_deadline_vectors.py`` worked by brute force comes out alike."""

import csv
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

import pytest

from workstation.procedure import Deadline, Deduction, ProcedureRules, compute

FILE = Path(__file__).parents[2] / "data" / "deadline_vectors.csv"
Vector = dict[str, str]


def _vectors() -> dict[str, list[Vector]]:
    by_rule: dict[str, list[Vector]] = defaultdict(list)
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_rule[row["rule"]].append(row)
    return by_rule


VECTORS = _vectors()


def _deductions(text: str) -> list[Deduction]:
    spans = [span.split("..") for span in text.split(";") if span]
    return [
        Deduction(first=date.fromisoformat(a), last=date.fromisoformat(b), why="扣除")
        for a, b in spans
    ]


def _counted(vector: Vector, rules: ProcedureRules) -> Deadline:
    start = datetime.fromisoformat(vector["start"])
    return compute(
        rules.deadlines.rule(vector["rule"]),
        start if "T" in vector["start"] else start.date(),
        calendar=rules.calendar,
        deductions=_deductions(vector["deductions"]),
    )


def _end(deadline: Deadline) -> str:
    return (deadline.moment or deadline.last_day).isoformat()


@pytest.mark.parametrize("code", VECTORS)
def test_the_engine_and_brute_force_agree(code: str, rules: ProcedureRules) -> None:
    worked = [(v["start"], v["deductions"], v["last"]) for v in VECTORS[code]]

    counted = [(v["start"], v["deductions"], _end(_counted(v, rules))) for v in VECTORS[code]]

    assert counted == worked


def test_every_rule_is_worked_and_there_are_four_hundred(rules: ProcedureRules) -> None:
    assert set(VECTORS) == set(rules.deadlines.codes)
    assert sum(map(len, VECTORS.values())) >= 400
