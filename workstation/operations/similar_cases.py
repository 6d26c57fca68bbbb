"""The office's own closed cases beside one case (类案镜), and the reason for standing apart."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from workstation.domain.cases import CaseFile, JsonValue
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.domain.discretion import tiers_met
from workstation.domain.matters import Matter
from workstation.errors import InvalidInputError
from workstation.operations.changes import Changes
from workstation.operations.readings import rules_of
from workstation.procedure import ProcedureRules
from workstation.procedure.case_readings import (
    PENALTY,
    fine_of,
    matter_on,
    money,
    outcome_of,
    text_of,
)
from workstation.procedure.counting import add_months
from workstation.review.similar_cases import (
    Band,
    Circle,
    Likeness,
    SimilarCase,
    band_of,
    circles_of,
    masked,
    sentence_for,
)
from workstation.storage.database import Database, Unit
from workstation.storage.records import PastDecision

_STATED_IN = ("decision_made", "deliberated", "notice_served", "notice_approved")
_DRAFTED_IN = ("D51", "D50", "D38", "D41")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the office compares with: its matter, its article, the tiers its facts meet."""

    matters: tuple[Matter, ...]
    matter: Matter | None
    facts: Mapping[str, JsonValue]

    @property
    def codes(self) -> frozenset[str]:
        """The matter's code and those it had before."""
        return frozenset(code for m in self.matters for code in (m.code, m.supersedes) if code)

    @property
    def factors(self) -> frozenset[str]:
        """The names of the facts that the tiers ask for."""
        tiers = self.matter.tiers if self.matter else ()
        return frozenset(c.factor for t in tiers for way in t.alternatives for c in way)

    def tiers_of(self, facts: Mapping[str, JsonValue]) -> tuple[str, ...]:
        """Return the tiers of today's standard whose conditions ``facts`` meet."""
        if self.matter is None:
            return ()
        return tiers_met(self.matter, facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a fine stands apart from similar cases, as a person wrote it; for that fine only."""

    fine: Decimal
    sentence: str
    reason: str
    person: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarCases:
    """The closed cases like one case, the closest and latest first; ``fine`` is the draft's.

    ``unstated`` closed cases of the matter state no fine and are not counted.
    """

    case_id: str
    as_of: date
    months: int
    fine: Decimal | None
    article: str
    tiers: tuple[str, ...]
    cases: tuple[SimilarCase, ...]
    circles: tuple[Circle, ...]
    band: Band | None
    unstated: int = 0
    explanation: Explanation | None = None

    @property
    def sentence(self) -> str:
        """The sentence the decision must carry, empty where none is due."""
        if self.fine is None or self.band is None:
            return ""
        return sentence_for(self.fine, self.band, self.months)

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as ``case similar`` prints it."""
        said = self.explanation
        return {
            "case_id": self.case_id,
            "as_of": self.as_of.isoformat(),
            "months": self.months,
            "fine": str(self.fine) if self.fine is not None else None,
            "article": self.article,
            "tiers": list(self.tiers),
            "circles": [circle.as_json(self.fine) for circle in self.circles],
            "band": [str(self.band.low), str(self.band.high)] if self.band else None,
            "sentence": self.sentence,
            "explanation": None
            if said is None
            else {"reason": said.reason, "person": said.person, "date": said.day.isoformat()},
            "unstated": self.unstated,
            "cases": [case.as_json() for case in self.cases],
        }


class SimilarCaseOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(self, database: Database, rules: ProcedureRules) -> None:
        self._database = database
        self._rules = rules

    def of_case(
        self,
        wanted: str,
        day: date | None = None,
        *,
        fine: Decimal | None = None,
        months: int | None = None,
    ) -> SimilarCases:
        """Return the closed cases like a case, decided before its decision or ``day``.

        ``fine`` is tried in the place of the draft's own, ``months`` in that of the parameter.
        """
        day = day or date.today()
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted)).as_of(day)
            if fine is None:
                fine = _fine(unit, file)
            decision = file.last("decision_made")
            end = decision.at if decision else datetime.combine(day, time.max)
            standing = _standing(unit, file.case.matter_code, file.case.facts, end.date())
            rules = rules_of(unit, self._rules)
            found = _compared(unit, rules, standing, (end, months), file.case.id)
            said = explanation_of(unit, file.case.id, fine)
        return SimilarCases(case_id=file.case.id, as_of=day, fine=fine, explanation=said, **found)

    def of_matter(self, code: str, facts: Mapping[str, JsonValue], day: date) -> SimilarCases:
        """Return the closed cases of a matter as alike as ``facts`` make them; of no case."""
        with self._database.reading() as unit:
            standing = _standing(unit, code, facts, day)
            until = (datetime.combine(day, time.max), None)
            found = _compared(unit, rules_of(unit, self._rules), standing, until, "")
        return SimilarCases(case_id="", as_of=day, fine=None, **found)

    def explain(self, wanted: str, reason: str, *, person: str) -> Changes:
        """Keep why the draft's fine stands apart; an earlier reason is not deleted.

        Raises:
            InvalidInputError: nothing has to be explained, or reason or name is missing.
        """
        if not reason.strip() or not person.strip():
            raise InvalidInputError(
                "没有写明与类案不同的理由或者说明人。", hint="请写明本案与类案不同的情节和证据。"
            )
        found = self.of_case(wanted)
        if not found.sentence or found.fine is None:
            message = "本案罚款没有偏离类案，不需要说明理由。"
            raise InvalidInputError(message, hint="件数不足或者数额在幅度之内时，不作比较。")
        today = date.today()
        content: dict[str, JsonValue] = {
            "fine": str(found.fine),
            "sentence": found.sentence,
            "reason": reason.strip(),
        }
        with self._database.writing() as unit:
            unit.dated_entries.add(
                DatedEntry(
                    kind=EntryKind.SIMILAR_CASES,
                    key=found.case_id,
                    content=content,
                    valid_from=today,
                    source=reason.strip(),
                    verified=True,
                    entered_by=person.strip(),
                    entered_at=datetime.now().replace(microsecond=0),
                )
            )
            logged = {"case": found.case_id, "person": person.strip(), **content}
            unit.log.append("similar_cases_explained", logged)
        return Changes.of("case", found.case_id)


def circles_beside(unit: Unit, file: CaseFile, rules: ProcedureRules) -> tuple[Circle, ...]:
    """Return the closed cases that the penalty decided in a case is compared with.

    None where nothing was decided yet or no penalty.
    """
    decision = file.last("decision_made")
    if decision is None or outcome_of(decision) != PENALTY:
        return ()
    case = file.case
    standing = _standing(unit, case.matter_code, case.facts, decision.day)
    found = _compared(unit, rules, standing, (decision.at, None), case.id)
    return tuple(found["circles"])


def _standing(unit: Unit, code: str, facts: Mapping[str, JsonValue], day: date) -> Standing:
    matters = unit.matters.versions(code)
    return Standing(matters=matters, matter=matter_on(matters, code, day), facts=facts)


def _compared(
    unit: Unit,
    rules: ProcedureRules,
    standing: Standing,
    until: tuple[datetime, int | None],
    except_case: str,
) -> dict[str, Any]:
    end, months = until
    parameters = rules.on(end.date()).parameters
    months = months or parameters.similar_case_months
    begin = datetime.combine(add_months(end.date(), -months), time.min)
    past = unit.closed_cases.decisions(
        standing.codes, (begin, end), standing.factors, except_case=except_case
    )
    article = str(standing.matter.penalty) if standing.matter else ""
    tiers = standing.tiers_of(standing.facts)
    fined = [(one, money(one.data.get("fine"))) for one in past if _is_penalty(one)]
    cases = [_similar(one, f, standing, article, tiers) for one, f in fined if f is not None]
    cases.sort(key=lambda case: list(Likeness).index(case.likeness))
    circles = circles_of(cases, parameters.similar_case_minimum)
    return {
        "months": months,
        "article": article,
        "tiers": tiers,
        "cases": tuple(cases),
        "circles": circles,
        "band": band_of(circles, parameters.similar_fine_tolerance),
        "unstated": sum(amount is None for _, amount in fined),
    }


def _similar(
    past: PastDecision,
    fine: Decimal,
    standing: Standing,
    article: str,
    tiers: tuple[str, ...],
) -> SimilarCase:
    day = past.decided_at.date()
    held = next((m for m in standing.matters if m.holds_on(day)), None)
    rested_on = str(held.penalty) if held else ""
    met = standing.tiers_of(past.facts)
    likeness = Likeness.MATTER
    if article and rested_on == article:
        likeness = Likeness.EXACT if tiers and met == tiers else Likeness.ARTICLE
    return SimilarCase(
        case_id=past.case_id,
        number=past.number,
        party=masked(past.party, of_person=past.of_person),
        decided_on=day,
        fine=fine,
        article=rested_on,
        tiers=met,
        likeness=likeness,
    )


def _is_penalty(past: PastDecision) -> bool:
    return (text_of(past.data.get("outcome")) or PENALTY) == PENALTY


def _fine(unit: Unit, file: CaseFile) -> Decimal | None:
    """Return the fine the case comes to: decided, else typed into a draft, else noticed."""
    if file.last("decision_made") is None:
        drafts = {draft.form: draft.values for draft in unit.drafts.of_case(file.case.id)}
        typed = _typed(drafts, _DRAFTED_IN)
        if typed is not None:
            return typed
    for kind in _STATED_IN:
        event = file.last(kind)
        if event is not None:
            return fine_of(event, file)
    closed = file.last("investigation_closed")
    return money(closed.data.get("recommended_fine")) if closed else None


def _typed(
    drafts: Mapping[str, Mapping[str, JsonValue]], forms: Collection[str]
) -> Decimal | None:
    amounts = (money(drafts[form].get("fine")) for form in forms if form in drafts)
    return next((amount for amount in amounts if amount is not None), None)


def explanation_of(unit: Unit, case_id: str, fine: Decimal | None) -> Explanation | None:
    """Return the latest reason that was given for this fine of a case, or None."""
    entries = unit.dated_entries.history(EntryKind.SIMILAR_CASES, case_id)
    for entry in reversed(entries):
        if fine is not None and money(entry.content["fine"]) == fine:
            return Explanation(
                fine=fine,
                sentence=str(entry.content["sentence"]),
                reason=str(entry.content["reason"]),
                person=entry.entered_by,
                day=entry.valid_from,
            )
    return None
