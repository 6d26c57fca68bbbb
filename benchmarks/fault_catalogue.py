"""What real case files get wrong (procedure.md §6), planted into a case under review.

A planter gets a case and a source of chance and returns one fault, or None where the case has
nothing to spoil. It knows papers and events, not the checks: what must find the fault is only
said as the place where it lies.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from scripts.reprinting import (
    moved,
    redated,
    reprinted,
    reworded,
    with_printed,
    with_value,
)
from workstation.domain.cases import CaseEvent, IssuedDocument
from workstation.domain.numerals import yuan_in_words
from workstation.procedure.case_readings import money
from workstation.review.records import CaseUnderReview

MONEY = {"fine", "confiscated", "due_fine", "due_total", "paid_total", "total", "principal"}
_CITED_NUMBERS = {
    "decision_number",
    "notice_number",
    "original",
    "order_number",
    "commission_number",
    "document_number",
    "decision",
}
_CITED_DAYS = {
    "decision_date",
    "decision_served",
    "notice_date",
    "original_date",
    "original_until",
    "received_on",
    "requested_on",
    "submitted_on",
    "filed_on",
    "closed_on",
    "approved_at",
    "hearing_at",
}
_STARTS = {"started_at": "ended_at", "start": "end"}
_RECORDS = ("D10", "D12", "D36", "D47", "D49")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A planted fault: what was spoilt, and the paper and field (or the event) where it lies."""

    kind: str
    what: str
    document: str
    field: str
    case: CaseUnderReview


Planter = Callable[[CaseUnderReview, random.Random], Fault | None]


def _pick(rng: random.Random, found: list[tuple[IssuedDocument, str]]):  # noqa: ANN202
    return rng.choice(found) if found else None


def _printing(case: CaseUnderReview, name: str) -> list[tuple[IssuedDocument, str]]:
    return [
        (paper, times[0])
        for paper in case.file.documents
        if (times := case.printed[paper.id].values.get(name))
    ]


def _fields(case: CaseUnderReview, names: set[str]) -> Iterator[tuple[IssuedDocument, str]]:
    for paper in case.file.documents:
        for name in sorted(names & set(paper.values)):
            value = paper.values[name]
            typed = isinstance(value, str | int | float) and not isinstance(value, bool) and value
            if typed and name in case.printed[paper.id].values:
                yield paper, name


def _other_digit(text: str, rng: random.Random) -> str:
    places = [match.start() for match in re.finditer(r"\d", text)]
    at = places[-1] if len(places) < 2 else rng.choice(places[-2:])
    return f"{text[:at]}{(int(text[at]) + rng.randint(1, 8)) % 10}{text[at + 1 :]}"


def _case_value(name: str, kind: str, spoil: Callable[[str, random.Random], str]) -> Planter:
    def plant(case: CaseUnderReview, rng: random.Random) -> Fault | None:
        chosen = _pick(rng, _printing(case, name))
        if chosen is None:
            return None
        paper, old = chosen
        new = spoil(old, rng)
        changed = reprinted(case, paper, name, new)
        what = f"{paper.key}“{old}”写成“{new}”"
        return Fault(kind=kind, what=what, document=paper.key, field=name, case=changed)

    return plant


def _swapped(text: str, rng: random.Random) -> str:
    at = rng.randrange(max(len(text) - 2, 1))
    other = rng.choice([c for c in "鲸桥渡帆汐礁岚" if c not in text[at : at + 1]])
    return f"{text[:at]}{other}{text[at + 1 :]}"


def amount(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """One amount of one paper is another than everywhere else."""
    chosen = _pick(rng, list(_fields(case, MONEY)))
    if chosen is None:
        return None
    paper, name = chosen
    old = money(paper.values[name])
    if not old:
        return None
    new = str(old + rng.choice((-1, 1)) * rng.choice((100, 1000, old / 10)).__int__())
    if money(new) <= 0 or money(new) == old:
        return None
    what = f"{paper.key}.{name} {old:,.0f}写成{money(new):,.0f}"
    changed = with_value(case, paper, name, new)
    return Fault(kind="数额", what=what, document=paper.key, field=name, case=changed)


def amount_in_words(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """大写 is not 小写."""
    found = [
        (paper, name)
        for paper, name in _fields(case, MONEY)
        if case.printed[paper.id].values[name][0].endswith("整")
    ]
    chosen = _pick(rng, found)
    if chosen is None:
        return None
    paper, name = chosen
    old = money(paper.values[name])
    if not old:
        return None
    right, wrong = yuan_in_words(old), yuan_in_words(old * 10 + 200)

    def spoil(piece):  # noqa: ANN001, ANN202
        hit = piece.name == name and piece.text == right
        return replace(piece, text=wrong) if hit else piece

    changed = with_printed(case, paper.id, spoil)
    what = f"{paper.key}.{name} 大写{right}写成{wrong}"
    return Fault(kind="大写", what=what, document=paper.key, field=name, case=changed)


def cited_number(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """A paper cites another paper by a wrong number."""
    chosen = _pick(
        rng, [f for f in _fields(case, _CITED_NUMBERS) if "号" in str(f[0].values[f[1]])]
    )
    if chosen is None:
        return None
    paper, name = chosen
    new = _other_digit(paper.values[name], rng)
    changed = with_value(case, paper, name, new)
    what = f"{paper.key}.{name} 引用{new}"
    return Fault(kind="引用文号", what=what, document=paper.key, field=name, case=changed)


def number_in_text(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """Running text cites the notice by a wrong number."""
    notice, decision = case.last_paper("D41"), case.last_paper("D51")
    if notice is None or decision is None or notice.number not in case.texts[decision.id]:
        return None
    new = _other_digit(notice.number.removesuffix("号"), rng) + "号"
    changed = reworded(case, decision.id, notice.number, new)
    what = f"D51正文引用告知书{new}"
    return Fault(kind="引用文号", what=what, document=decision.key, field="", case=changed)


def cited_day(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """A paper repeats a day of another paper or of the record wrongly."""
    # D39 is received when it is received, and D53 is put on record (备案) on a day of its own.
    own = {("D39", "received_on"), ("D53", "filed_on")}
    found = [f for f in _fields(case, _CITED_DAYS) if (f[0].form, f[1]) not in own]
    chosen = _pick(rng, found)
    if chosen is None:
        return None
    paper, name = chosen
    new = moved(paper.values[name], days=rng.choice((-30, -10, -1, 1, 10, 30)))
    changed = with_value(case, paper, name, new)
    what = f"{paper.key}.{name} {paper.values[name]}写成{new}"
    return Fault(kind="引用日期", what=what, document=paper.key, field=name, case=changed)


def signatures_out_of_order(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """The head signs before the officer, or after what was approved is done (倒签)."""
    papers = [p for p in case.file.documents if p.values.get("head_date")]
    if not papers:
        return None
    paper = rng.choice(papers)
    new = moved(paper.values["head_date"], days=rng.choice((-40, -20, 25, 50)))
    changed = with_value(case, paper, "head_date", new)
    what = f"{paper.key} 负责人签批写成{new}"
    return Fault(kind="签批倒置", what=what, document=paper.key, field="head_date", case=changed)


def record_times(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """A record ends before it begins, or at another hour than registered."""
    papers = case.papers(*_RECORDS)
    if not papers:
        return None
    paper = rng.choice(papers)
    start, end = next((s, e) for s, e in _STARTS.items() if s in paper.values)
    name = rng.choice((start, end))
    minutes = rng.choice((-300, -45, 35, 200)) if name == end else rng.choice((-60, 25, 400))
    new = moved(paper.values[name], minutes=minutes)
    changed = with_value(case, paper, name, new)
    what = f"{paper.key}.{name} {paper.values[name]}写成{new}"
    return Fault(kind="笔录时间", what=what, document=paper.key, field=name, case=changed)


def certificate(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """A certificate number of an officer is wrong in one paper."""
    numbers = [p.certificate for p in case.surroundings.office.people if p.certificate]
    found = [
        (paper, piece)
        for paper in case.file.documents
        for pieces in case.printed[paper.id].paragraphs
        for piece in pieces
        if piece.text in numbers
    ]
    if not found:
        return None
    paper, old = rng.choice(found)
    new = _other_digit(old.text, rng)
    changed = with_printed(
        case,
        paper.id,
        lambda p: replace(p, text=new) if (p.name, p.number) == (old.name, old.number) else p,
    )
    what = f"{paper.key} 证号{old.text}写成{new}"
    return Fault(kind="执法证号", what=what, document=paper.key, field=old.name, case=changed)


def stranger_serves(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """A receipt names an officer the bureau does not have."""
    receipts = case.papers("D56")
    if not receipts:
        return None
    paper = rng.choice(receipts)
    old = case.printed[paper.id].values["officers"][0]
    changed = with_printed(
        case,
        paper.id,
        lambda p: replace(p, text="路人甲") if (p.name, p.text) == ("officers", old) else p,
    )
    what = f"{paper.key} 送达人写成路人甲"
    return Fault(kind="送达人", what=what, document=paper.key, field="officers", case=changed)


def own_judge(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """An officer of the case presides, reviews or decides (回避、分离)."""
    choices = [("D47", "host"), ("D46", "host"), ("D40", "reviewer")]
    found = [(p, n) for f, n in choices if (p := case.last_paper(f)) and p.values.get(n)]
    chosen = _pick(rng, found)
    if chosen is None:
        return None
    paper, name = chosen
    officer = rng.choice(case.file.case.officers)
    changed = with_value(case, paper, name, officer)
    what = f"{paper.key}.{name} 写成承办人{officer}"
    return Fault(kind="职责分离", what=what, document=paper.key, field=name, case=changed)


def article(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """A wrong paragraph, an article that does not exist, a repealed law, the other clause."""
    found = [
        (p, n)
        for p in case.papers("D37", "D41", "D50", "D51", "D58")
        for n in ("violated", "penalty")
        if "§" in str(p.values.get(n, "")) and n in case.printed[p.id].values
    ]
    chosen = _pick(rng, found)
    if chosen is None:
        return None
    paper, name = chosen
    title, *places = paper.values[name].split("§")
    wrong = {
        "款": f"{title}§{places[0]}§{int(places[1]) + 3 if len(places) > 1 else 9}",
        "条": f"{title}§{int(places[0]) + 1}",
        "无此条": f"{title}§9999",
        "已废止": "固体废物污染环境防治法§111§1",
    }
    how = rng.choice(sorted(wrong))
    changed = with_value(case, paper, name, wrong[how])
    what = f"{paper.key}.{name} 写成{wrong[how]}（{how}）"
    return Fault(kind="条款", what=what, document=paper.key, field=name, case=changed)


def hearing_differs(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """The record of the hearing differs from its notice."""
    paper = case.last_paper("D47")
    if paper is None:
        return None
    name = rng.choice(("place", "recorder", "host"))
    new = {"place": "龙屿市某宾馆会议室", "recorder": "沈听澜", "host": "周砥"}[name]
    changed = with_value(case, paper, name, new)
    what = f"D47.{name} 写成{new}"
    return Fault(kind="听证", what=what, document="D47", field=name, case=changed)


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
        "没有集体讨论": ("deliberated", 0, "deliberated"),
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
        others += (replace(delivery, at=delivery.at - timedelta(days=20)),)
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
    return Fault(kind="缺文书", what=what, document="", field=form, case=changed)


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
    new = "海棠路与观澜街西侧绿化带" if old == place else _other_digit(old, rng)
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
    _case_value("party.name", "当事人名称", _swapped): 16,
    _case_value("party.number", "证照号码", _other_digit): 12,
    _case_value("party.address", "住所", _swapped): 5,
    _case_value("party.representative", "法定代表人", _swapped): 6,
    _case_value("case.number", "案号", _other_digit): 10,
    amount: 24,
    amount_in_words: 8,
    cited_number: 14,
    number_in_text: 3,
    cited_day: 16,
    signatures_out_of_order: 14,
    record_times: 12,
    certificate: 6,
    stranger_serves: 3,
    own_judge: 5,
    article: 14,
    hearing_differs: 3,
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
