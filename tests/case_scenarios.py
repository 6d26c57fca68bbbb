"""Cases told as data: a base case with edits, run by ``case apply``, and what must come of it.

A file in ``tests/data/fixtures`` holds ``{"scenarios": [...]}``. A scenario starts from a base
(``demo``, the shipped demo case, or one in ``bases``), edits it and says what is expected::

    {"id": "01", "title": "...", "basis": "行政处罚法§64", "base": "demo",
     "until": "decision_made",                    the last event, later ones are left out
     "case": {...}, "matter": {...}, "office": {...}    merged into what the base says
     "papers": ["correction_ordered"],            events whose documents and services are kept
     "changes": [{"change": KIND, ...merged}, {"drop": KIND}, {"insert": {event}}],
     "right": [changes that let the same event pass], "expect_right": as expect,
     "expect": {"refused": KIND or null, "findings": [{"guard", "check", "message", ...}],
                "show": {"as_of": DAY, "steps": {"9": STATE}, "deadlines": {...}},
                "compare_law": {"on": DAY, ...}}}

``show`` may be a list, one entry a day. ``KIND`` is an event kind, ``KIND-2`` the second of it.
In a merge null takes a key away. The blocking findings must be the expected ones and no others;
of warnings, those named must be there.
"""

import contextlib
import hashlib
import io
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workstation import cli
from workstation.bootstrap import open_workstation
from workstation.data_files import resources_dir
from workstation.settings import open_home

FIXTURES = Path(__file__).parent / "data" / "fixtures"
DEMO = resources_dir() / "demo"
BLOCKING = "阻断"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One case to run: its story as data, and what is expected of it; ``right`` is its twin."""

    name: str
    row: Json

    @property
    def has_twin(self) -> bool:
        """Whether the data also say how the same event is allowed."""
        return "right" in self.row


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A case ready to run: its office and matters, its opening and its events in order."""

    office: Json
    matters: Json
    case: Json
    events: tuple[Json, ...]
    unchanged: int

    def digest(self, count: int) -> str:
        """Return a name for the office and the case with its first ``count`` events."""
        parts = [self.office, self.matters, self.case if count else None, self.events[:count]]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What ``case apply`` printed, and the home it wrote to."""

    home: Path
    applied: Json

    def show(self, as_of: str) -> Json:
        """Return what ``case show`` prints of the case on a day."""
        return command(self.home, "case", "show", self.applied["case_id"], "--as-of", as_of)

    def compare_law(self, on: str) -> Json:
        """Return the law of the act beside that of a day, the provisions by their names."""
        case_id = self.applied["case_id"]
        answer = command(self.home, "case", "compare-law", case_id, "--on", on)
        for side in (answer["old"], answer["new"]):
            for key in ("applying", "passed_over"):
                side[key] = [part["provision"] for part in side[key]]
        return answer

    @property
    def refused(self) -> str | None:
        """The kind of event that was refused, or None."""
        blocking = [f for f in self.applied["findings"] if f["level"] == BLOCKING]
        return blocking[0]["event"]["kind"] if blocking else None


def load_scenarios() -> list[Scenario]:
    """Return all scenarios of all files."""
    found: list[Scenario] = []
    for path in sorted(FIXTURES.glob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))["scenarios"]
        found += [Scenario(name=f"{path.stem}-{row['id']}", row=row) for row in rows]
    return found


def tell(scenario: Scenario, *, right: bool = False) -> Story:
    """Return the story of a scenario, or of its twin that is allowed."""
    row = scenario.row
    base = _base(row["base"])
    kept = set(row.get("papers", ()))
    before = [_without_papers(event, kept) for event in base["events"]]
    changes: Sequence[Json] = row.get("right" if right else "changes", ())
    events = _edited(before, changes)
    if "until" in row:
        events = events[: events.index(_find(events, row["until"])) + 1]
    same = [a == b for a, b in zip(before, events, strict=False)]
    matters: Sequence[Json] = row.get("matters") or base["matters"]
    return Story(
        office=_merged_office(base["office"], row.get("office", {})),
        matters={"matters": [merged(matter, row.get("matter", {})) for matter in matters]},
        case=merged(base["case"], row.get("case", {})),
        events=tuple(events),
        unchanged=[*same, False].index(False),
    )


class ScenarioDesk:
    """Runs stories; what many begin with is run once and copied."""

    def __init__(self, folder: Path) -> None:
        """Keep the homes in ``folder``."""
        self._folder = folder
        self._ready: dict[str, Path] = {}
        self._case_ids: dict[Path, str] = {}
        self._runs = 0

    def run(self, story: Story) -> Outcome:
        """Apply the story's events by the command line; all but the beginning one file."""
        count = min(story.unchanged, len(story.events) - 1)
        home = self._copy(self._prepared(story, count))
        return Outcome(home=home, applied=self._apply(home, story, count, len(story.events)))

    def _prepared(self, story: Story, count: int) -> Path:
        begun = next((n for n in range(count, -1, -1) if story.digest(n) in self._ready), None)
        if begun is None:
            begun, home = 0, self._office(story)
        else:
            home = self._ready[story.digest(begun)]
        if begun < count:
            home = self._copy(home)
            applied = self._apply(home, story, begun, count)
            assert applied.get("refused_at") == "", applied
        self._ready[story.digest(count)] = home
        return home

    def _office(self, story: Story) -> Path:
        home = self._next()
        office, matters = home.with_suffix(".office.json"), home.with_suffix(".matters.json")
        office.write_text(json.dumps(story.office), encoding="utf-8")
        matters.write_text(json.dumps(story.matters), encoding="utf-8")
        workstation = open_workstation(open_home(home))
        workstation.office.set_up(office, matters)
        workstation.close()
        self._ready[story.digest(0)] = home
        return home

    def _apply(self, home: Path, story: Story, first: int, last: int) -> Json:
        path = home.with_suffix(f".{first}.json")
        content = {"case": story.case, "events": story.events[first:last]}
        path.write_text(json.dumps(content), encoding="utf-8")
        case_id = self._case_ids.get(home, "new")
        applied = command(home, "case", "apply", case_id, "--file", str(path))
        self._case_ids[home] = applied.get("case_id", case_id)
        return applied

    def _copy(self, home: Path) -> Path:
        copy = self._next()
        shutil.copytree(home, copy)
        if home in self._case_ids:
            self._case_ids[copy] = self._case_ids[home]
        return copy

    def _next(self) -> Path:
        self._runs += 1
        return self._folder / f"home{self._runs}"


def command(home: Path, *arguments: str) -> Json:
    """Run one command of the program on a home folder and return the JSON it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = cli.main(["--home", str(home), "--json", *arguments])
    answer: Json = json.loads(printed.getvalue())
    return answer | {"status": status}


def differences(expected: Mapping[str, Any], actual: Any) -> Iterator[str]:
    """Yield how ``actual`` differs from what is expected of it; what is not named may be any."""
    if not isinstance(actual, dict):
        yield f"{actual!r} is no object"
        return
    for key, wanted in expected.items():
        found = actual.get(key)
        if isinstance(wanted, dict):
            yield from (f"{key}.{text}" for text in differences(wanted, found))
        elif key in {"message", "fix", "note", "reason"} and str(wanted) not in str(found):
            yield f"{key}: {wanted!r} is not in {found!r}"
        elif key not in {"message", "fix", "note", "reason"} and wanted != found:
            yield f"{key}: {found!r} instead of {wanted!r}"


def unexpected(expect: Mapping[str, Any], outcome: Outcome) -> list[str]:
    """Return everything in which an outcome is not what a scenario expects."""
    found = outcome.applied["findings"]
    wrong = list(_unmatched(expect.get("findings", ()), found))
    if outcome.refused != expect.get("refused"):
        wrong.append(f"refused: {outcome.refused} instead of {expect.get('refused')}")
    if outcome.applied["status"] != (expect.get("refused") is not None):
        wrong.append(f"exit status {outcome.applied['status']}")
    shows = expect.get("show", ())
    for wanted in (shows,) if isinstance(shows, dict) else shows:
        wrong += differences(_without(wanted, "as_of"), _shown(outcome, wanted))
    if "compare_law" in expect:
        compared = outcome.compare_law(expect["compare_law"]["on"])
        wrong += differences(_without(expect["compare_law"], "on"), compared)
    return wrong


def _unmatched(expected: Sequence[Json], found: Sequence[Json]) -> Iterator[str]:
    for wanted in expected:
        if not any(not list(differences(wanted, finding)) for finding in found):
            yield f"no finding is {wanted}"
    known = {wanted["guard"] for wanted in expected}
    for finding in found:
        if finding["level"] == BLOCKING and finding["guard"] not in known:
            yield f"not expected: {finding['guard']}: {finding['message']}"


def _shown(outcome: Outcome, wanted: Mapping[str, Any]) -> Json:
    shown = outcome.show(wanted["as_of"])
    return shown | {
        "steps": {str(step["n"]): step["state"] for step in shown["steps"]},
        "deadlines": {deadline["code"]: deadline for deadline in shown["deadlines"]},
    }


def _without(row: Mapping[str, Any], key: str) -> Json:
    return {name: value for name, value in row.items() if name != key}


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> Json:
    """Return ``base`` with ``change`` merged in; null takes a key away."""
    result = deepcopy(dict(base))
    for key, value in change.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result


def _base(name: str) -> Json:
    own = {} if name == "demo" else _read(FIXTURES / "bases" / f"{name}.json")
    case = own or _read(DEMO / "case.json")
    office = _merged_office(_read(DEMO / "office.json"), own.get("office", {}))
    matters = own.get("matters") or _read(DEMO / "matters.json")["matters"]
    events = sorted(map(_with_paths, case["events"]), key=lambda event: str(event["at"]))
    return {"office": office, "matters": matters, "case": case["case"], "events": events}


def _read(path: Path) -> Json:
    content: Json = json.loads(path.read_text(encoding="utf-8"))
    return content


def _with_paths(event: Json) -> Json:
    """Let an event name its values files from anywhere."""
    papers = [
        {**paper, "values_file": str(DEMO / paper["values_file"])}
        if "values_file" in paper
        else paper
        for paper in event.get("documents", ())
    ]
    return {**event, "documents": papers}


def _merged_office(office: Json, change: Json) -> Json:
    people = change.get("people", {})
    rows = [merged(person, people.get(person["name"], {})) for person in office["people"]]
    rows += change.get("more_people", ())
    return {**office, "people": rows, "agency": merged(office["agency"], change.get("agency", {}))}


def _without_papers(event: Json, kept: set[str]) -> Json:
    if event["kind"] in kept:
        return event
    return {key: value for key, value in event.items() if key not in {"documents", "deliveries"}}


def _edited(events: Sequence[Json], changes: Sequence[Json]) -> list[Json]:
    edited = list(events)
    for change in changes:
        if "insert" in change:
            edited.append(change["insert"])
        elif "drop" in change:
            edited.remove(_find(edited, change["drop"]))
        else:
            event = _find(edited, change["change"])
            new = {key: value for key, value in change.items() if key != "change"}
            edited[edited.index(event)] = merged(event, new)
    return sorted(edited, key=lambda event: str(event["at"]))


def _find(events: Sequence[Json], wanted: str) -> Json:
    kind, _, number = wanted.partition("-")
    return [event for event in events if event["kind"] == kind][int(number or 1) - 1]
