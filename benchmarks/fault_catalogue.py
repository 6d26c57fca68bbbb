"""What real case files get wrong (procedure.md §6), planted into a case under review.

Steps, service, wording, evidence and signatures; wrong values are in ``fault_values``. How many
of each kind there are among the 220 stands in ``PLANTERS``.
"""

import random
import re
from dataclasses import replace
from datetime import timedelta

from benchmarks import fault_values as values
from benchmarks.fault_values import Fault, Planter, case_value, other_digit, swapped
from scripts.reprinting import redated, reworded, with_value
from workstation.domain.cases import CaseEvent, IssuedDocument
from workstation.review.records import CaseUnderReview

LACKING = "缺文书"


def _without_event(case: CaseUnderReview, kind: str) -> CaseUnderReview:
    events = tuple(e for e in case.file.events if e.kind != kind)
    return replace(case, file=replace(case.file, events=events))


def _event_moved(case: CaseUnderReview, event: CaseEvent, days: int) -> CaseUnderReview:
    later = replace(event, at=event.at + timedelta(days=days))
    events = tuple(later if e is event else e for e in case.file.events)
    ordered = tuple(sorted(events, key=lambda e: e.at))
    return replace(case, file=replace(case.file, events=ordered))


def course(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """A step comes too early, too late or never."""
    ways = {
        "没有集体讨论": ("deliberated", 0, "decision_made"),
        "讨论早于听证": ("deliberated", -20, "deliberated"),
        "没有举行听证": ("hearing_held", 0, "statement_received"),
        "没有法制审核": ("review_concluded", 0, "decision_made"),
        "超过九十日": ("decision_made", 70, "decision_made"),
        "告知后即决定": ("notice_served", 34, "decision_made"),
    }
    known = [n for n, (kind, _, _) in ways.items() if case.file.last(kind) is not None]
    known = [
        n for n in known if case.file.last("hearing_held") and case.file.last("decision_made")
    ]
    if not known:
        return None
    name = rng.choice(known)
    kind, days, lies = ways[name]
    event = case.file.last(kind)
    changed = _event_moved(case, event, days) if days else _without_event(case, kind)
    place = case.file.last(lies)
    return Fault(kind="程序先后", what=name, document="", field=place.title, case=changed)


def service(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """No receipt, a receipt before the paper, late service, a wrong recipient."""
    papers = [
        p for p in case.papers("D27", "D35", "D41", "D51", "D30") if case.file.delivery_of(p)
    ]
    if not papers:
        return None
    paper = rng.choice(papers)
    delivery = case.file.delivery_of(paper)
    how = rng.choice(("没有回证", "回证早于文书", "邻居签收"))
    others = tuple(d for d in case.file.deliveries if d is not delivery)
    if how == "回证早于文书":
        days = (delivery.at.date() - paper.dated).days + rng.randint(2, 20)
        others += (replace(delivery, at=delivery.at - timedelta(days=days)),)
    elif how == "邻居签收":
        others += (replace(delivery, receiver="乔邻", receiver_role="邻居"),)
    changed = replace(case, file=replace(case.file, deliveries=others))
    what = f"{paper.key}{how}"
    return Fault(kind="送达", what=what, document=paper.key, field="", case=changed)


def wording(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """Words that must not stand in a decision or a notice."""
    ways = [
        ("D51", "本机关决定对当事人", "本机关拟对当事人"),
        ("D51", "人民法院提起", "有管辖权的人民法院提起"),
        ("D41", "本机关拟对当事人作出", "本机关决定对当事人作出"),
        ("D51", "第一千一百六十九条", "第1169条"),
        ("D51", "六十日内", "十五日内"),
        ("D51", "〔2026〕", "[2026]"),
        ("D51", "六个月内", "三个月内"),
    ]
    found = [
        (paper, old, new)
        for form, old, new in ways
        if (paper := case.last_paper(form)) is not None and _in_pieces(case, paper, old)
    ]
    if not found:
        return None
    paper, old, new = rng.choice(found)
    changed = reworded(case, paper.id, old, new)
    what = f"{paper.key}“{old}”写成“{new}”"
    return Fault(kind="用语", what=what, document=paper.key, field="", case=changed)


def _in_pieces(case: CaseUnderReview, paper: IssuedDocument, words: str) -> bool:
    pieces = (piece for line in case.printed[paper.id].paragraphs for piece in line)
    return any(words in piece.text for piece in pieces)


def lost_paper(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """A paper that must be there is not in the file."""
    forms = ("D06", "D37", "D40", "D47", "D49", "D41")
    held = [f for f in forms if case.papers(f)]
    if not held or case.file.last("case_archived") is None:
        return None
    form = rng.choice(held)
    kept = tuple(d for d in case.file.documents if d.form != form)
    ids = {d.id for d in kept}
    deliveries = tuple(d for d in case.file.deliveries if d.document_id in ids)
    changed = replace(case, file=replace(case.file, documents=kept, deliveries=deliveries))
    what = f"卷内没有{form}"
    return Fault(kind=LACKING, what=what, document="", field=form, case=changed)


def fact_differs(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """Day, place or quantity of the act differ between the papers that state it."""
    papers = [p for p in case.papers("D37", "D41", "D51") if p.values.get("facts")]
    if not papers:
        return None
    paper = rng.choice(papers)
    facts = str(paper.values["facts"])
    figures = re.findall(r"\d{4}年\d{1,2}月\d{1,2}日|\d+(?:\.\d+)?立方米", facts)
    place = str(case.file.case.facts.get("place", ""))
    words = [*dict.fromkeys(figures), *([place] if place and place in facts else [])]
    if not words:
        return None
    old = rng.choice(words)
    new = "海棠路与观澜街西侧绿化带" if old == place else other_digit(old, rng)
    changed = with_value(case, paper, "facts", facts.replace(old, new))
    what = f"{paper.key}事实“{old}”写成“{new}”"
    return Fault(kind="事实", what=what, document=paper.key, field="facts", case=changed)


def evidence_too_late(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """A piece of evidence that was accepted is dated after the decision."""
    decision = case.file.last("decision_made")
    accepted = [p for p in case.file.evidence if p.accepted]
    if decision is None or not accepted:
        return None
    piece = rng.choice(accepted)
    late = replace(piece, obtained_on=decision.day + timedelta(days=rng.randint(1, 20)))
    pieces = tuple(late if p is piece else p for p in case.file.evidence)
    changed = replace(case, file=replace(case.file, evidence=pieces))
    what = f"证据{piece.position}取得于决定之后"
    return Fault(kind="证据", what=what, document="", field=piece.name, case=changed)


def evidence_dropped(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """The decision rests on other evidence than the notice told."""
    paper = case.last_paper("D51")
    if paper is None or case.last_paper("D41") is None:
        return None
    lines = str(paper.values.get("evidence_list", "")).split("\n")
    if len(lines) < 3:
        return None
    kept = list(lines)
    kept.pop(rng.randrange(len(lines) - 1))
    changed = with_value(case, paper, "evidence_list", "\n".join(kept))
    what = "D51少列一项证据"
    return Fault(kind="证据", what=what, document="D51", field="evidence_list", case=changed)


def unsigned(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """An approval has no day of the head's signature."""
    papers = case.papers("D06", "D50", "D26", "D28", "D44", "D66", "D58")
    if not papers:
        return None
    paper = rng.choice(papers)
    changed = with_value(case, paper, "head_date", "")
    what = f"{paper.key}负责人没有签署日期"
    return Fault(kind="签名", what=what, document=paper.key, field="head_date", case=changed)


def decision_day(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """The decision bears another day than it was made on."""
    paper = case.last_paper("D51")
    if paper is None:
        return None
    day = paper.dated + timedelta(days=rng.choice((-9, -2, 2, 6)))
    changed = redated(case, paper, day)
    what = f"D51落款写成{day.isoformat()}"
    return Fault(kind="落款", what=what, document=paper.key, field="date", case=changed)


# How many of each kind there are among the 200.
PLANTERS: dict[Planter, int] = {
    case_value("party.name", "当事人名称", swapped): 16,
    case_value("party.number", "证照号码", other_digit): 12,
    case_value("party.address", "住所", swapped): 5,
    case_value("party.representative", "法定代表人", swapped): 6,
    case_value("case.number", "案号", other_digit): 10,
    values.amount: 24,
    values.amount_in_words: 8,
    values.cited_number: 14,
    values.number_in_text: 3,
    values.cited_day: 16,
    values.signatures_out_of_order: 14,
    values.record_times: 12,
    values.certificate: 6,
    values.stranger_serves: 3,
    values.own_judge: 5,
    values.article: 14,
    values.hearing_differs: 3,
    course: 6,
    service: 8,
    wording: 7,
    lost_paper: 5,
    fact_differs: 8,
    evidence_too_late: 3,
    evidence_dropped: 3,
    unsigned: 5,
    decision_day: 4,
}
