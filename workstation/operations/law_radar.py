"""修法雷达: which matters and open cases a change of law or of a list touches, and what to do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from threading import Event
from typing import Any

from workstation.domain.authority import Authorities
from workstation.domain.cases import CaseFile
from workstation.domain.citations import ArticleReference
from workstation.domain.matters import AuthorityKind, Matter
from workstation.legislation.article_changes import ArticleChange
from workstation.operations.law import LawOperations
from workstation.operations.readings import authorities_in, rules_of
from workstation.procedure import ProcedureRules, Surroundings, compare_laws
from workstation.procedure.case_readings import act_day, text_of
from workstation.storage.database import Database, Unit

Progress = Callable[[int, int], None]
_BATCH = 500
# What follows a decision is governed by the law it was made under.
_SETTLED = frozenset(
    {"decision_made", "case_closed", "case_withdrawn", "case_archived", "lead_rejected"}
)


class Touch(StrEnum):
    """Why a case is touched; the value is shown."""

    WITHDRAWN = "事项已不在清单"
    LAW_CHANGED = "行为日与今日规定不同"
    ARTICLE = "所依条款已变"
    DELEGATION = "委托期限已满"


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedMatter:
    """A matter in force whose articles were repealed or changed."""

    matter: Matter
    changes: tuple[ArticleChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedCase:
    """An open case that a change touches: since when, why, and what to do."""

    case_id: str
    number: str
    title: str
    officers: tuple[str, ...]
    touch: Touch
    day: date | None
    message: str
    advice: str
    basis: str

    def as_json(self) -> dict[str, Any]:
        """Return the case as ``law radar`` prints it."""
        return {
            "case_id": self.case_id,
            "number": self.number,
            "title": self.title,
            "officers": list(self.officers),
            "touch": self.touch.value,
            "since": self.day.isoformat() if self.day else None,
            "message": self.message,
            "advice": self.advice,
            "basis": self.basis,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarReport:
    """What was found; ``cases_seen`` is how many open cases were looked at."""

    as_of: date
    since: date | None
    matters: tuple[TouchedMatter, ...]
    cases: tuple[TouchedCase, ...]
    matters_seen: int
    cases_seen: int

    def as_json(self) -> dict[str, Any]:
        """Return the report as ``law radar`` prints it."""
        return {
            "as_of": self.as_of.isoformat(),
            "since": self.since.isoformat() if self.since else None,
            "matters_seen": self.matters_seen,
            "cases_seen": self.cases_seen,
            "matters": [_matter_json(touched) for touched in self.matters],
            "cases": [touched.as_json() for touched in self.cases],
        }


class LawRadarOperations:
    """Only reads; safe to call from any thread."""

    def __init__(self, database: Database, shipped: ProcedureRules, law: LawOperations) -> None:
        self._database = database
        self._shipped = shipped
        self._law = law

    def run(
        self,
        *,
        since: date | None = None,
        as_of: date | None = None,
        progress: Progress | None = None,
        stop: Event | None = None,
    ) -> RadarReport | None:
        """Look through all matters and open cases; None when stopped.

        ``since`` leaves out what changed on that day or before; ``as_of`` is the day whose law
        and lists count (None: today).
        """
        day = as_of or date.today()
        self._law.open_texts()
        with self._database.reading() as unit:
            ids = unit.cases.without_events(_SETTLED)
            lookout = self._lookout(unit, unit.matters.all(), day, since)
        cases: list[TouchedCase] = []
        for first in range(0, len(ids), _BATCH):
            if stop is not None and stop.is_set():
                return None
            with self._database.reading() as unit:
                for file in unit.cases.load_courses(ids[first : first + _BATCH]):
                    cases += lookout.touches(file)
            if progress is not None:
                progress(min(first + _BATCH, len(ids)), len(ids))
        return RadarReport(
            as_of=day,
            since=since,
            matters=lookout.touched_matters,
            cases=tuple(sorted(cases, key=lambda c: (c.touch, c.number, c.case_id))),
            matters_seen=lookout.matters_in_force,
            cases_seen=len(ids),
        )

    def for_case(self, wanted: str, day: date) -> tuple[TouchedCase, ...]:
        """Return what touches one case on ``day``; nothing once it was decided."""
        self._law.open_texts()
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted)).as_of(day)
            versions = unit.matters.versions(file.case.matter_code)
            return self._lookout(unit, versions, day, None).touches(file)

    def _lookout(
        self, unit: Unit, matters: Iterable[Matter], day: date, since: date | None
    ) -> "_Lookout":
        versions: dict[str, list[Matter]] = {}
        for matter in matters:
            versions.setdefault(matter.code, []).append(matter)
        return _Lookout(
            versions={code: tuple(found) for code, found in versions.items()},
            day=day,
            since=since,
            rules=rules_of(unit, self._shipped).on(day),
            beside=Surroundings(
                office=unit.office.get(), matters=(), authorities=authorities_in(unit)
            ),
            change_of=lambda reference: self._law.article_change(reference, since, day),
        )


class _Lookout:
    """Knows the lists and the law of a day, and judges one case after the other."""

    def __init__(
        self,
        *,
        versions: Mapping[str, tuple[Matter, ...]],
        day: date,
        since: date | None,
        rules: ProcedureRules,
        beside: Surroundings,
        change_of: Callable[[ArticleReference], ArticleChange | None],
    ) -> None:
        self._versions = versions
        self._day = day
        self._since = since
        self._rules = rules
        self._beside = beside
        held = [m for found in versions.values() for m in found if m.holds_on(day)]
        self.matters_in_force = len(held)
        known: dict[ArticleReference, ArticleChange | None] = {}
        touched = []
        for matter in held:
            for reference in matter.articles:
                if reference not in known:
                    known[reference] = change_of(reference)
            changes = tuple(c for r in matter.articles if (c := known[r]) is not None)
            if changes:
                touched.append(TouchedMatter(matter=matter, changes=changes))
        self.touched_matters = tuple(touched)
        self._changes = {t.matter.code: t.changes for t in touched}

    def touches(self, file: CaseFile) -> tuple[TouchedCase, ...]:
        """Return what touches a case; nothing once it was decided or closed."""
        if any(event.kind in _SETTLED for event in file.events):
            return ()
        versions = self._versions.get(file.case.matter_code, ())
        if not versions:
            return ()
        matter = next((m for m in versions if m.holds_on(self._day)), None)
        found = (
            self._withdrawn(file, versions) if matter is None else None,
            self._law_changed(file, versions),
            self._article(file) if matter else None,
            self._delegation(file, matter) if matter else None,
        )
        return tuple(touch for touch in found if touch is not None)

    def _withdrawn(self, file: CaseFile, versions: tuple[Matter, ...]) -> TouchedCase | None:
        ended = [m for m in versions if m.valid_to is not None and m.valid_to < self._day]
        last = max((m.valid_to for m in ended if m.valid_to), default=None)
        if last is None or not self._is_new(last):
            return None
        return _touched(
            file,
            Touch.WITHDRAWN,
            last,
            f"事项“{versions[-1].name}”在清单中只到{last.isoformat()}。",
            "请查调整通告的过渡规定：规定由本局继续办理的，写明依据；没有的，移送有管辖权的机关"
            "（D05），已采取的措施一并移交。",
            "行政处罚法§17、§38",
        )

    def _law_changed(self, file: CaseFile, versions: tuple[Matter, ...]) -> TouchedCase | None:
        acted = act_day(file.case)
        if acted is None or any(text_of(e.data.get("law_comparison")) for e in file.events):
            return None
        newest = max((m.valid_from for m in versions if m.valid_from <= self._day), default=None)
        if newest is None or newest <= acted or not self._is_new(newest):
            return None
        beside = Surroundings(office=self._beside.office, matters=versions)
        compared = compare_laws(file, self._day, self._rules, beside)
        if compared is None or not compared.needed or compared.new.matter is None:
            return None
        proposed = compared.proposed.value if compared.proposed else "由人判断"
        return _touched(
            file,
            Touch.LAW_CHANGED,
            newest,
            f"行为发生在{acted.isoformat()}，规定自{newest.isoformat()}起改变。"
            f"机器比对：{compared.lightness.value}。",
            f"请比较新旧规定（从旧兼从轻，机器比对指向：{proposed}），"
            "在告知审批中选择适用的规定并写明理由。",
            compared.basis,
        )

    def _article(self, file: CaseFile) -> TouchedCase | None:
        changes = self._changes.get(file.case.matter_code, ())
        if not changes:
            return None
        days = [change.day for change in changes if change.day]
        named = "；".join(f"{c.reference}{c.fate.value}" for c in changes)
        return _touched(
            file,
            Touch.ARTICLE,
            max(days, default=None),
            f"事项所依条款有变：{named}。",
            "行为在变动之前的，按从旧兼从轻比较；在变动之后的，不得再引用，"
            "请报法制机构调整清单后再告知。",
            "行政处罚法§37、§38",
        )

    def _delegation(self, file: CaseFile, matter: Matter) -> TouchedCase | None:
        filed = next((e for e in file.events if e.kind == "case_filed"), None)
        agent = text_of(filed.data.get("handled_by")) if filed else ""
        if not agent and matter.authority is AuthorityKind.DELEGATED:
            agent = self._beside.office.agency.name
        last = _expired(self._beside.authorities, agent, matter, self._day)
        if last is None or not self._is_new(last):
            return None
        return _touched(
            file,
            Touch.DELEGATION,
            last,
            f"对{agent}的委托到{last.isoformat()}届满。",
            "请续签并公布委托书，或者由本局执法人员接办，届满后不得再以受委托组织办理。",
            "行政处罚法§20",
        )

    def _is_new(self, day: date) -> bool:
        return self._since is None or day > self._since


def _expired(found: Authorities, agent: str, matter: Matter, day: date) -> date | None:
    own = [d for d in found.delegations if agent and d.agent == agent and d.covers(matter)]
    if not own or any(d.holds_on(day) for d in own):
        return None
    return max((d.valid_to for d in own if d.valid_to and d.valid_to < day), default=None)


def _touched(
    file: CaseFile, touch: Touch, day: date | None, message: str, advice: str, basis: str
) -> TouchedCase:
    case = file.case
    return TouchedCase(
        case_id=case.id,
        number=case.number or case.lead.number,
        title=case.title,
        officers=case.officers,
        touch=touch,
        day=day,
        message=message,
        advice=advice,
        basis=basis,
    )


def _matter_json(touched: TouchedMatter) -> dict[str, Any]:
    return {
        "code": touched.matter.code,
        "name": touched.matter.name,
        "version": touched.matter.version,
        "changes": [
            {
                "article": str(change.reference),
                "fate": change.fate.value,
                "since": change.day.isoformat() if change.day else None,
                "message": change.message,
            }
            for change in touched.changes
        ],
    }
