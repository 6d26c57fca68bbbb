"""The demo case runs through the procedure without a refusal and with the dates of the report."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from workstation.domain.cases import CaseEvent, CaseFile, Delivery
from workstation.procedure import (
    Enclosures,
    ProcedureRules,
    StepStatus,
    Surroundings,
    assess,
    check_event,
    open_deadlines,
)

EXPECTED = {
    "立案决定15日": ("DL01", 0),
    "90日": ("DL02", 0),
    "登记保存7工作日": ("DL03", 0),
    "法制审核1": ("DL29", 0),
    "听证申请5工作日": ("DL06", 0),
    "法制审核2": ("DL29", 1),
    "送达7工作日": ("DL09", 0),
    "公示7工作日": ("DL14", 0),
    "公示20工作日": ("DL14-2", 0),
    "缴款15日": ("DL11", 0),
    "复议60日": ("DL16", 0),
    "起诉6个月": ("DL17", 0),
    "申请执行3个月": ("DL22", 0),
    "归档30日": ("DL30", 0),
}


def test_no_event_of_the_demo_case_is_refused(
    demo_file: CaseFile,
    demo_steps: list[tuple[CaseEvent, tuple[Delivery, ...]]],
    rules: ProcedureRules,
    surroundings: Surroundings,
) -> None:
    refused = []

    for n, (event, deliveries) in enumerate(demo_steps):
        earlier = replace(demo_file, events=demo_file.events[:n])
        blocks = check_event(
            earlier, event, rules, surroundings, Enclosures(deliveries=deliveries)
        )
        refused += [(event.title, block.guard) for block in blocks]

    assert refused == []


def test_all_steps_of_the_archived_demo_case_are_settled(
    demo_file: CaseFile, rules: ProcedureRules, surroundings: Surroundings
) -> None:
    states = assess(demo_file, date(2026, 11, 18), rules, surroundings)

    assert [s.n for s in states if s.status is not StepStatus.DONE] == [5]
    assert states[4].status is StepStatus.NOT_APPLICABLE
    assert "行政强制法§16" in states[4].reason


def test_the_deadlines_of_the_demo_case_fall_on_the_days_of_the_report(
    demo_file: CaseFile, rules: ProcedureRules, surroundings: Surroundings, shared_domain: Path
) -> None:
    demo = json.loads((shared_domain / "demo_case.json").read_text(encoding="utf-8"))

    running = open_deadlines(demo_file, date(2026, 11, 18), rules, surroundings)
    found = {
        name: [d.last_day.isoformat() for d in running if d.code == code and d.last_day][place]
        for name, (code, place) in EXPECTED.items()
    }

    assert found == demo["expected_deadlines"]
    assert not any(d.is_late for d in running if d.holder == "行政机关")


def test_every_timeline_row_of_the_report_names_an_event_kind(
    rules: ProcedureRules, shared_domain: Path
) -> None:
    demo = json.loads((shared_domain / "demo_case.json").read_text(encoding="utf-8"))

    kinds = [rules.events.kind_of_wording(row[0], row[2]).kind for row in demo["timeline"]]

    assert kinds[:5] == [
        "lead_registered",
        "scene_inspected",
        "evidence_collected",
        "case_filed",
        "evidence_preserved",
    ]
