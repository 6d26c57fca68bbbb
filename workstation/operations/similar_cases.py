"""The office's own closed cases beside one case (类案镜), and the reason for standing apart."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from workstation.domain.cases import CaseFile, JsonValue
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.errors import InvalidInputError
from workstation.operations.changes import Changes
from workstation.operations.past_fines import PastFine, PastReader, Standing, past_fines
from workstation.operations.readings import rules_of
from workstation.procedure import ProcedureRules
from workstation.procedure.case_readings import (
    PENALTY,
    fine_of,
    matter_on,
    money,
    outcome_of,
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

_STATED_IN = ("decision_made", "deliberated", "notice_served", "notice_approved")
_DRAFTED_IN = ("D51", "D50", "D38", "D41")


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
            standing = _standing(unit, file.case.matter_code, end.date())
            rules = rules_of(unit, self._rules)
            asking = _Asking(file.case.facts, end, months, file.case.id)
            found = _compared(unit, rules, standing, asking)
            said = explanation_of(unit, file.case.id, fine)
        return SimilarCases(case_id=file.case.id, as_of=day, fine=fine, explanation=said, **found)

    def of_matter(self, code: str, facts: Mapping[str, JsonValue], day: date) -> SimilarCases:
        """Return the closed cases of a matter as alike as ``facts`` make them; of no case."""
        with self._database.reading() as unit:
            asking = _Asking(facts, datetime.combine(day, time.max))
            rules = rules_of(unit, self._rules)
            found = _compared(unit, rules, _standing(unit, code, day), asking)
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


def circles_beside(
    unit: Unit, file: CaseFile, rules: ProcedureRules, read: PastReader = past_fines
) -> tuple[Circle, ...]:
    """Return the closed cases that the penalty decided in a case is compared with.

    None where nothing was decided yet or no penalty. ``read`` may keep what it read before.
    """
    decision = file.last("decision_made")
    if decision is None or outcome_of(decision) != PENALTY:
        return ()
    case = file.case
    standing = _standing(unit, case.matter_code, decision.day)
    asking = _Asking(case.facts, decision.at, except_case=case.id)
    return tuple(_compared(unit, rules, standing, asking, read)["circles"])


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is compared: its facts, up to when; how many months back where not the parameter."""

    facts: Mapping[str, JsonValue]
    end: datetime
    months: int | None = None
    except_case: str = ""


def _standing(unit: Unit, code: str, day: date) -> Standing:
    matters = unit.matters.versions(code)
    return Standing(matters=matters, matter=matter_on(matters, code, day))


def _compared(
    unit: Unit,
    rules: ProcedureRules,
    standing: Standing,
    asking: _Asking,
    read: PastReader = past_fines,
) -> dict[str, Any]:
    parameters = rules.on(asking.end.date()).parameters
    months = asking.months or parameters.similar_case_months
    begin = datetime.combine(add_months(asking.end.date(), -months), time.min)
    found = read(unit, standing, begin, asking.end)
    past = [one for one in found if one.decision.case_id != asking.except_case]
    article, tiers = standing.article, standing.tiers_of(asking.facts)
    cases = [_similar(one, fine, article, tiers) for one in past if (fine := one.fine) is not None]
    cases.sort(key=lambda case: list(Likeness).index(case.likeness))
    circles = circles_of(cases, parameters.similar_case_minimum)
    return {
        "months": months,
        "article": article,
        "tiers": tiers,
        "cases": tuple(cases),
        "circles": circles,
        "band": band_of(circles, parameters.similar_fine_tolerance),
        "unstated": sum(one.fine is None for one in past),
    }


def _similar(past: PastFine, fine: Decimal, article: str, tiers: tuple[str, ...]) -> SimilarCase:
    likeness = Likeness.MATTER
    if article and past.article == article:
        likeness = Likeness.EXACT if tiers and past.tiers == tiers else Likeness.ARTICLE
    decision = past.decision
    return SimilarCase(
        case_id=decision.case_id,
        number=decision.number,
        party=masked(decision.party, of_person=decision.of_person),
        decided_on=decision.decided_at.date(),
        fine=fine,
        article=past.article,
        tiers=past.tiers,
        likeness=likeness,
    )


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
