"""The demo office, its matters and the demo case as the procedure sees them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from workstation import data_files
from workstation.domain.cases import Case, CaseEvent, CaseFile, Delivery
from workstation.domain.citations import ArticleReference, parse_reference
from workstation.domain.leads import Lead, LeadSource
from workstation.domain.matters import AuthorityKind, Matter
from workstation.domain.parties import Party, PartyKind
from workstation.domain.people import Agency, Office, Person, Role
from workstation.procedure import (
    Block,
    Enclosures,
    ProcedureRules,
    Surroundings,
    check_event,
    load_rules,
)

DEMO = data_files.resources_dir() / "demo"


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DEMO / name).read_text(encoding="utf-8"))
    return content


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.fixture(scope="session")
def rules() -> ProcedureRules:
    return load_rules()


@pytest.fixture(scope="session")
def office() -> Office:
    content = _read("office.json")
    people = tuple(
        Person(
            name=row["name"],
            roles=tuple(Role(role) for role in row["roles"]),
            certificate=row.get("certificate", ""),
            valid_from=_day(row.get("valid_from")),
            valid_to=_day(row.get("valid_to")),
            qualification=row.get("qualification", ""),
        )
        for row in content["people"]
    )
    return Office(agency=Agency(**content["agency"]), people=people)


@pytest.fixture(scope="session")
def matters() -> tuple[Matter, ...]:
    code = parse_reference("生态环境法典§1169第1款")
    ordinance = ArticleReference(title="示例市容环境卫生管理条例", article=28, paragraph=4)
    common: dict[str, Any] = {
        "code": "DEMO-330217-A01",
        "name": "对擅自倾倒建筑垃圾的行政处罚（单位）",
        "cause": "擅自倾倒建筑垃圾",
        "authority": AuthorityKind.CONCENTRATED,
        "field": "市容环境卫生",
        "fine_min": Decimal(100000),
        "fine_max": Decimal(1000000),
    }
    old = Matter(
        **common,
        version="v2026.1",
        violated=ordinance,
        penalty=ordinance,
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 8, 14),
    )
    new = Matter(
        **common,
        version="v2026.2",
        violated=parse_reference("生态环境法典§518第2款"),
        penalty=code,
        coercion=parse_reference("生态环境法典§52"),
        limitation=parse_reference("生态环境法典§1054"),
        valid_from=date(2026, 8, 15),
    )
    return old, new


@pytest.fixture
def surroundings(office: Office, matters: tuple[Matter, ...]) -> Surroundings:
    return Surroundings(office=office, matters=matters)


@pytest.fixture(scope="session")
def demo_case() -> Case:
    row = _read("case.json")["case"]
    lead, party = row["lead"], dict(row["party"])
    return Case(
        id="demo",
        title=row["title"],
        cause=row["cause"],
        lead=Lead(
            number="",
            source=LeadSource(lead["source"]),
            received_at=datetime.fromisoformat(lead["received_at"]),
            found_at=datetime.fromisoformat(lead["found_at"]),
            content=lead["content"],
        ),
        party=Party(**{**party, "kind": PartyKind(party["kind"])}),
        officers=tuple(row["officers"]),
        matter_code=row["matter"],
        facts=row["facts"],
    )


def make_event(row: dict[str, Any], position: int = 900) -> CaseEvent:
    """Build an event from a row of an event file."""
    return CaseEvent(
        position=position,
        kind=row["kind"],
        step=row.get("step", 1),
        at=datetime.fromisoformat(row["at"]),
        title=row.get("title", row["kind"]),
        actor=row.get("actor", ""),
        data=row.get("data", {}),
        overrides=row.get("overrides", ()),
    )


def make_delivery(row: dict[str, Any], position: int = 900) -> Delivery:
    """Build a delivery from a row of an event file; the form stands in for the document."""
    return Delivery(
        document_id=row["form"],
        method=row["method"],
        receiver=row["receiver"],
        receiver_role=row["receiver_role"],
        at=datetime.fromisoformat(row["at"]),
        place=row["place"],
        officers=tuple(row["officers"]),
        event_position=position,
        refusal=row.get("refusal", ""),
        witness=row.get("witness", ""),
        voucher=row.get("voucher", ""),
    )


@pytest.fixture(scope="session")
def demo_rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _read("case.json")["events"]
    return sorted(rows, key=lambda row: row["at"])


@pytest.fixture(scope="session")
def demo_file(demo_case: Case, demo_rows: list[dict[str, Any]]) -> CaseFile:
    """The whole demo case, archived."""
    events = tuple(make_event(row, n) for n, row in enumerate(demo_rows, start=1))
    return CaseFile(case=demo_case, events=events)


@pytest.fixture(scope="session")
def demo_steps(
    demo_file: CaseFile, demo_rows: list[dict[str, Any]]
) -> list[tuple[CaseEvent, tuple[Delivery, ...]]]:
    """Every event of the demo case with the deliveries that come with it."""
    return [
        (event, tuple(make_delivery(d) for d in row.get("deliveries", ())))
        for event, row in zip(demo_file.events, demo_rows, strict=True)
    ]


@pytest.fixture
def before(demo_file: CaseFile) -> Callable[..., CaseFile]:
    """Return the demo file before the first event of a kind, less the kinds left out."""

    def build(kind: str, *, without: tuple[str, ...] = (), **case: Any) -> CaseFile:
        stop = next(n for n, e in enumerate(demo_file.events) if e.kind == kind)
        events = tuple(e for e in demo_file.events[:stop] if e.kind not in without)
        return replace(demo_file, events=events, case=replace(demo_file.case, **case))

    return build


@pytest.fixture
def make(demo_rows: list[dict[str, Any]]) -> Callable[..., CaseEvent]:
    """Return the demo's event of a kind on another day or with overrides."""

    def build(kind: str, *, at: str, overrides: tuple[Any, ...] = ()) -> CaseEvent:
        row = next((r for r in demo_rows if r["kind"] == kind), {"kind": kind})
        return replace(make_event({**row, "at": at}), overrides=overrides)

    return build


@pytest.fixture
def add(make: Callable[..., CaseEvent]) -> Callable[..., CaseFile]:
    """Return a file with one more event, put in its place by time."""

    def build(file: CaseFile, kind: str, at: str) -> CaseFile:
        events = sorted((*file.events, make(kind, at=at)), key=lambda e: e.at)
        return replace(file, events=tuple(events))

    return build


Refused = Callable[..., dict[str, Block]]


@pytest.fixture
def refused(
    demo_rows: list[dict[str, Any]], rules: ProcedureRules, surroundings: Surroundings
) -> Refused:
    """Ask about the demo's event of a kind, changed by keywords; return blocks by guard."""

    def ask(
        file: CaseFile, kind: str, *, at: str = "", beside: Surroundings | None = None, **data: Any
    ) -> dict[str, Block]:
        rows: list[dict[str, Any]] = [r for r in demo_rows if r["kind"] == kind]
        row: dict[str, Any] = rows[0] if rows else {"kind": kind, "at": at}
        deliveries = tuple(make_delivery(d) for d in data.pop("deliveries", ()))
        enclosed = replace(data.pop("enclosed", Enclosures()), deliveries=deliveries)
        overrides = tuple(data.pop("overrides", ()))
        merged: dict[str, Any] = {
            **row,
            "at": at or row["at"],
            "data": {**row.get("data", {}), **data},
        }
        event = replace(make_event(merged), overrides=overrides)
        blocks = check_event(file, event, rules, beside or surroundings, enclosed)
        return {block.guard: block for block in blocks}

    return ask


@pytest.fixture(scope="session")
def shared_domain() -> Path:
    """The folder of the domain report's data; tests that need it are skipped without it."""
    folder = data_files.data_root().parent / "shared" / "domain"
    if not folder.is_dir():
        pytest.skip("the domain data beside the checkout is not there")
    return folder
