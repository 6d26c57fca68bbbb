"""An office with the demo case at the end of its investigation, for tests of the review."""

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from workstation.bootstrap import Workstation, open_workstation
from workstation.data_files import resources_dir
from workstation.operations.cases import new_case_from
from workstation.operations.event_files import EventRequest, parse_event, read_json
from workstation.procedure import load_rules
from workstation.review.conclusions import Verdict
from workstation.settings import open_home

DEMO = resources_dir() / "demo"
# Papers the tests look at; the others of the course are left out to be quick.
_MADE = {"D06", "D37", "D38"}
FORM = {
    "points": "裁量是否适当",
    "officer_opinion": "提请审核。",
    "unit_opinion": "同意送审。",
}
REASON = "本案主体适格，事实清楚，证据确实充分，程序合法。"


def demo_requests() -> list[EventRequest]:
    """The demo's events up to the end of the investigation."""
    catalogue = load_rules().events
    rows = read_json(DEMO / "case.json")["events"]
    found = []
    for row in rows:
        request = parse_event(row, catalogue, DEMO)
        papers = tuple(d for d in request.documents if d.form in _MADE)
        found.append(replace(request, documents=papers, deliveries=()))
        if request.kind == "investigation_closed":
            return found
    raise AssertionError(rows)


def investigate(home: Path) -> str:
    """Set up the demo bureau in ``home`` and take its case to the end of the investigation."""
    workstation = open_workstation(open_home(home))
    workstation.office.set_up(DEMO / "office.json", DEMO / "matters.json")
    case_id = workstation.cases.create(new_case_from(read_json(DEMO / "case.json"))).case_id
    for request in demo_requests():
        workstation.cases.record(case_id, request)
    workstation.close()
    return case_id


def copy_home(source: Path, target: Path) -> None:
    """Copy a home; the statutes are only read, so they are linked."""
    shutil.copytree(source, target, copy_function=_copied)


def _copied(source: str, target: str) -> None:
    if Path(source).parent.name == "legislation":
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def write_conclusions(office: Workstation, case_id: str) -> None:
    """Write the ten conclusions into the draft of the opinion."""
    with office.database.reading() as unit:
        occurrence = unit.documents.next_occurrence(case_id, "D40")
    values: dict[str, Any] = {}
    for subject in office.review_rounds.subjects:
        values[subject.field] = Verdict.LAWFUL.value
        values[subject.reason_field] = f"{subject.title}经核对没有问题。"
    office.forms.save_draft(case_id, "D40", occurrence, values)
