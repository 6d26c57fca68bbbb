"""A paper that comes with an event of the demo case, for the tests of guards that read it."""

from datetime import date
from typing import Any

from workstation.procedure import Enclosures, Paper

# The demo's events on which papers are read, and the day of each.
DAYS = {
    "evidence_preserved": "2026-08-21",
    "person_questioned": "2026-08-24",
    "review_concluded": "2026-09-08",
    "notice_served": "2026-09-10",
    "deliberated": "2026-10-14",
    "decision_made": "2026-10-15",
    "decision_served": "2026-10-19",
    "decision_published": "2026-10-22",
}


def made(form: str, kind: str, *lines: str, **values: Any) -> Enclosures:
    """Return one paper of the day of the event, as it will be issued."""
    day = values.pop("dated", DAYS[kind])
    paper = Paper(
        form=form,
        title=f"文书{form}",
        number=values.pop("number", "屿综执〔2026〕0186号"),
        dated=date.fromisoformat(day),
        values=values,
        served=True,
        lines=lines,
    )
    return Enclosures(papers=(paper,), made=True)
