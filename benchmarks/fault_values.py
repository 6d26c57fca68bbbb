"""Wrong values in papers: names, numbers, amounts, days, articles, planted into a case.

A planter gets a case and a source of chance and returns one fault, or None where the case has
nothing to spoil. It knows papers and events, not the checks: what must find the fault is only
said as the place where it lies.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from scripts.reprinting import (
    moved,
    reprinted,
    reworded,
    with_printed,
    with_value,
)
from workstation.domain.cases import IssuedDocument
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


def other_digit(text: str, rng: random.Random) -> str:
    """Return a text with one of its last two digits changed."""
    places = [match.start() for match in re.finditer(r"\d", text)]
    at = places[-1] if len(places) < 2 else rng.choice(places[-2:])
    return f"{text[:at]}{(int(text[at]) + rng.randint(1, 8)) % 10}{text[at + 1 :]}"


def case_value(name: str, kind: str, spoil: Callable[[str, random.Random], str]) -> Planter:
    """Return what spoils a value of the case in one of the papers that print it."""

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


def swapped(text: str, rng: random.Random) -> str:
    """Return a text with one of its characters changed."""
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
    new = other_digit(paper.values[name], rng)
    changed = with_value(case, paper, name, new)
    what = f"{paper.key}.{name} 引用{new}"
    return Fault(kind="引用文号", what=what, document=paper.key, field=name, case=changed)


def number_in_text(case: CaseUnderReview, rng: random.Random) -> Fault | None:
    """Running text cites the notice by a wrong number."""
    notice, decision = case.last_paper("D41"), case.last_paper("D51")
    if notice is None or decision is None or notice.number not in case.texts[decision.id]:
        return None
    new = other_digit(notice.number.removesuffix("号"), rng) + "号"
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
    new = other_digit(old.text, rng)
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
