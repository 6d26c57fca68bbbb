"""The demo case as the checks look at it, in memory, and small changes to it for tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from scripts import reprinting
from scripts.reprinting import asked_again, redated, with_value
from tests.demo_papers import filled_paper, paper
from workstation.documents.docx_texts import read_printed
from workstation.domain.cases import CaseEvent, CaseFile, Delivery, IssuedDocument
from workstation.domain.evidence import Evidence, EvidenceKind
from workstation.domain.matters import DiscretionTier
from workstation.domain.tier_conditions import Operator, TierCondition
from workstation.procedure import Paper, ProcedureRules, Surroundings
from workstation.review.catalogue import load_checks
from workstation.review.checks import review
from workstation.review.records import CaseUnderReview, Citation, Finding
from workstation.review.replays import replay
from workstation.review.similar_cases import Circle, Likeness

Change = Callable[[CaseUnderReview], CaseUnderReview]
LAST_DAY = date(2026, 11, 20)
_SERVED = {"D22": "appraisal_notified", "D41": "notice_served", "D51": "decision_served"}
_PAPERS = {
    "D06": "case_filed",
    "D27": "evidence_preserved",
    "D35": "correction_ordered",
    "D21": "appraisal_commissioned",
    "D22": "appraisal_notified",
    "D37": "investigation_closed",
    "D38": "investigation_closed",
    "D39": "review_submitted",
    "D40": "review_concluded",
    "D41": "notice_served",
    "D47": "hearing_held",
    "D49": "deliberated",
    "D50": "decision_made",
    "D51": "decision_made",
}


def demo_under_review(
    file: CaseFile, rules: ProcedureRules, surroundings: Surroundings
) -> CaseUnderReview:
    """Return the demo case with its main papers, their service and two pieces of evidence."""
    made = tuple(_issued(file, form, kind) for form, kind in _PAPERS.items())
    lead = replace(file.case.lead, number="屿案源〔2026〕0412号")
    file = replace(
        file,
        case=replace(file.case, number="屿综执立字〔2026〕0186号", lead=lead),
        documents=made,
        deliveries=tuple(_delivery(file, d, _SERVED.get(d.form)) for d in made if _goes(d)),
        evidence=(
            _piece(1, "营业执照复印件", EvidenceKind.DOCUMENTARY),
            _piece(2, "体积测绘报告", EvidenceKind.EXPERT_OPINION),
        ),
    )
    printed = {d.id: read_printed(filled_paper(d.form)[1].to_bytes()) for d in made}
    return asked_again(
        CaseUnderReview(
            file=file,
            day=LAST_DAY,
            rules=rules,
            surroundings=surroundings,
            replay=replay(file, rules, lambda _: surroundings, _as_papers(file, {})),
            texts={key: "".join(paper.lines) for key, paper in printed.items()},
            printed=printed,
            served=frozenset({"D22", "D41", "D51"}),
            citations=(),
        )
    )


def finding_of(case: CaseUnderReview, check: str) -> Finding:
    """Return what comes of one check once the guards were asked again."""
    wanted = [c for c in load_checks(case.rules.guards) if c.id == check]
    return review(asked_again(case), wanted)[0]


def _goes(document: IssuedDocument) -> bool:
    return document.form in {"D27", "D35", *_SERVED}


def _issued(file: CaseFile, form: str, kind: str) -> IssuedDocument:
    event = file.last(kind) if form not in {"D39", "D40"} else file.first(kind)
    assert event is not None
    return IssuedDocument(
        id=form,
        form=form,
        occurrence=1,
        title={"D41": "行政处罚事先（听证）告知书", "D51": "行政处罚决定书"}.get(form, form),
        number=f"〔2026〕{form}号",
        dated=event.day,
        step=event.step,
        values=paper(form)[0].values,
        docx_sha256="",
        template_sha256="",
        event_position=event.position,
    )


def _delivery(file: CaseFile, document: IssuedDocument, kind: str | None) -> Delivery:
    served = file.last(kind) if kind else None
    position = served.position if served else document.event_position
    event = next(e for e in file.events if e.position == position)
    return Delivery(
        document_id=document.id,
        method="直接送达",
        receiver="卓望野",
        receiver_role="法定代表人",
        at=event.at,
        place="龙屿市望潮大道0号",
        officers=file.case.officers,
        event_position=position,
    )


def _paper(case: CaseUnderReview, form: str) -> IssuedDocument:
    found = case.last_paper(form)
    assert found is not None
    return found


def _piece(position: int, name: str, kind: EvidenceKind) -> Evidence:
    return Evidence(
        position=position,
        name=name,
        kind=kind,
        source="现场",
        obtained_by="林问渠、苏砚舟",
        obtained_on=date(2026, 8, 20),
        proves="倾倒的数量和位置",
        accepted=True,
    )


def _as_papers(file: CaseFile, texts: Any) -> dict[str, Paper]:
    return {
        d.id: Paper(
            form=d.form,
            title=d.title,
            number=d.number,
            dated=d.dated,
            values=d.values,
            lines=(texts.get(d.id, ""),),
        )
        for d in file.documents
    }


def same(case: CaseUnderReview) -> CaseUnderReview:
    """Change nothing."""
    return case


def _with_events(case: CaseUnderReview, change: Callable[[CaseEvent], CaseEvent]) -> Any:
    events = tuple(change(event) for event in case.file.events)
    return replace(case, file=replace(case.file, events=events))


def said(kind: str, at: str = "", **data: Any) -> Change:
    """Change the data, and the time where one is given, of the events of a kind."""

    def change(event: CaseEvent) -> CaseEvent:
        if event.kind != kind:
            return event
        when = datetime.fromisoformat(at) if at else event.at
        return replace(event, data={**event.data, **data}, at=when)

    return lambda case: _with_events(case, change)


def without(*kinds: str) -> Change:
    """Leave out events."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        events = tuple(e for e in case.file.events if e.kind not in kinds)
        return replace(case, file=replace(case.file, events=events))

    return change


def more(kind: str, step: int, at: str, **data: Any) -> Change:
    """Add an event in its place by time."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        moment = datetime.fromisoformat(at)
        position = max(e.position for e in case.file.events) + 1
        event = CaseEvent(
            position=position, kind=kind, step=step, at=moment, title=kind, data=data
        )
        events = sorted((*case.file.events, event), key=lambda e: e.at)
        return replace(case, file=replace(case.file, events=tuple(events)))

    return change


def written(form: str, dated: str = "", number: str = "", **values: Any) -> Change:
    """Change the values, day or number of a paper, as typed and as printed."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        document = case.last_paper(form)
        assert document is not None
        if dated:
            case = redated(case, document, date.fromisoformat(dated))
        for name, value in values.items():
            case = with_value(case, _paper(case, form), name, value)
        if number:
            changed = replace(_paper(case, form), number=number)
            documents = tuple(changed if d.id == changed.id else d for d in case.file.documents)
            case = replace(case, file=replace(case.file, documents=documents))
        return case

    return change


def reworded(form: str, old: str, new: str) -> Change:
    """Change the text of a paper."""
    return lambda case: reprinting.reworded(case, form, old, new)


def unissued(form: str) -> Change:
    """Leave out a paper and its service."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        kept = tuple(d for d in case.file.documents if d.form != form)
        return unserved(form)(replace(case, file=replace(case.file, documents=kept)))

    return change


def unserved(form: str) -> Change:
    """Leave out the service of a paper."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        kept = tuple(d for d in case.file.deliveries if d.document_id != form)
        return replace(case, file=replace(case.file, deliveries=kept))

    return change


def served(form: str, **changes: Any) -> Change:
    """Change the service of a paper."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        deliveries = tuple(
            replace(d, **changes) if d.document_id == form else d for d in case.file.deliveries
        )
        return replace(case, file=replace(case.file, deliveries=deliveries))

    return change


def party(**changes: Any) -> Change:
    """Change the party."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        new = replace(case.file.case, party=replace(case.file.case.party, **changes))
        return replace(case, file=replace(case.file, case=new))

    return change


def facts(**changes: Any) -> Change:
    """Change the facts; None takes one away."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        merged = {**case.file.case.facts, **changes}
        kept = {key: value for key, value in merged.items() if value is not None}
        return replace(case, file=replace(case.file, case=replace(case.file.case, facts=kept)))

    return change


def lead(**changes: Any) -> Change:
    """Change the lead."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        new = replace(case.file.case, lead=replace(case.file.case.lead, **changes))
        return replace(case, file=replace(case.file, case=new))

    return change


def matter(**changes: Any) -> Change:
    """Change every version of the matter."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        matters = tuple(replace(m, **changes) for m in case.surroundings.matters)
        return replace(case, surroundings=replace(case.surroundings, matters=matters))

    return change


def evidence(**changes: Any) -> Change:
    """Change every piece of evidence."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        pieces = tuple(replace(piece, **changes) for piece in case.file.evidence)
        return replace(case, file=replace(case.file, evidence=pieces))

    return change


def cited(fault: str) -> Change:
    """Say what was found of the penalty clause cited in the decision."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        clause = case.surroundings.matters[-1].penalty
        found = Citation(
            document="D51", field="penalty", reference=clause, day=LAST_DAY, fault=fault
        )
        return replace(case, citations=(found,))

    return change


def similar(*fines: int) -> Change:
    """Say what fines were imposed in similar cases."""
    amounts = tuple(sorted(map(Decimal, fines)))
    circle = Circle(likeness=Likeness.EXACT, fines=amounts, minimum=5)
    return lambda case: replace(case, similar=(circle,))


def tiers(case: CaseUnderReview) -> CaseUnderReview:
    """Give the matter the two lower tiers of the demo's benchmark."""
    low, high = Decimal(100000), Decimal(200000)
    small = TierCondition(
        factor="volume_m3", label="倾倒量", operator=Operator("<"), value="20", unit="立方米"
    )
    light = DiscretionTier(
        name="较轻", condition="", fine_min=low, fine_max=high, alternatives=((small,),)
    )
    return matter(tiers=(light,), tier_source="基准")(case)


def both(*changes: Change) -> Change:
    """Make one change after the other."""

    def change(case: CaseUnderReview) -> CaseUnderReview:
        for one in changes:
            case = one(case)
        return case

    return change
