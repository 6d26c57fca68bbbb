"""卷面自洽: comparing the facts of a case with each other by a table of relations.

The relations are data (``statutes/relations.toml``); six plain functions say whether one holds.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise

from workstation.review.fact_values import Value, closed_up, day_in, shown, value_of, ways_to_write
from workstation.review.facts import Chosen, FactSource, find_facts, forms_of, paper_of
from workstation.review.records import (
    Outcome,
    Passage,
    Problem,
    Relation,
    RelationResult,
    Tie,
)

_MOST_SHOWN = 8
# Facts name a place by its road and corner; the words around it differ from paper to paper.
_MOST_OF_A_PLACE = 0.6
# Fewer characters are alike by chance.
_SHORTEST_NEAR, _MOST_OF_NEAR = 6, 0.75


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with its place and what it means."""

    place: Passage
    value: Value

    @property
    def words(self) -> str:
        """Where it stands and what it says."""
        return f"{self.place.title}写“{shown(self.value)}”"


@dataclass(frozen=True, slots=True)
class Sides:
    """The facts of a relation in one comparison, by name in the order of the relation."""

    relation: Relation
    left: tuple[tuple[Fact, ...], ...]
    right: tuple[tuple[Fact, ...], ...]

    @property
    def groups(self) -> tuple[tuple[Fact, ...], ...]:
        """The groups of both sides that hold something."""
        return tuple(group for group in (*self.left, *self.right) if group)

    @property
    def all_left(self) -> tuple[Fact, ...]:
        """Every fact of the left side."""
        return tuple(fact for group in self.left for fact in group)

    @property
    def all_right(self) -> tuple[Fact, ...]:
        """Every fact of the right side."""
        return tuple(fact for group in self.right for fact in group)


Clash = tuple[str, tuple[Passage, ...]]
# By the name of the facts, how they are read and the id of the paper they hang on.
Known = dict[tuple[str, str, str], tuple[Fact, ...]]


def compare_all(
    relations: Iterable[Relation], source: FactSource, titles: Mapping[str, str]
) -> tuple[RelationResult, ...]:
    """Return what comes of every relation; ``titles`` are those of the forms, for what lacks."""
    known: Known = {}
    return tuple(compare(relation, source, titles, known) for relation in relations)


def compare(
    relation: Relation,
    source: FactSource,
    titles: Mapping[str, str],
    known: Known | None = None,
) -> RelationResult:
    """Return what comes of one relation in a case.

    ``known`` keeps the facts of ``source`` that were read, for the relations after it.
    """
    known = {} if known is None else known
    kind = "公民" if source.file.case.party.is_person else "单位"
    if relation.only and relation.only != kind:
        lacking = f"只对{relation.only}适用"
        return RelationResult(relation=relation, outcome=Outcome.LACKING, lacking=lacking)
    compared: dict[Passage, None] = {}
    clashes: list[Clash] = []
    lacking = ""
    for chosen in _comparisons(relation, source):
        sides = _sides(relation, source, chosen, known)
        missing = _missing(sides)
        if missing:
            lacking = lacking or _named(missing, source, titles)
            continue
        compared |= dict.fromkeys(fact.place for group in sides.groups for fact in group)
        clashes += _TIES[relation.tie](sides)
    return RelationResult(
        relation=relation,
        outcome=_outcome(compared, clashes),
        compared=tuple(map(_abridged, compared)),
        clashes=tuple(_problem(relation, *clash) for clash in clashes),
        lacking="" if compared else lacking or _named(relation.left[0], source, titles),
    )


def _outcome(compared: Iterable[Passage], clashes: list[Clash]) -> Outcome:
    if clashes:
        return Outcome.CLASHES
    return Outcome.AGREES if any(True for _ in compared) else Outcome.LACKING


def _comparisons(relation: Relation, source: FactSource) -> Iterator[Chosen]:
    """Yield which papers are compared: of one form each, of several the latest of each."""
    names = (*relation.left, *relation.right)
    forms = tuple(dict.fromkeys(form for name in names if (form := forms_of(name))))
    papers = {form: source.papers(form) for form in forms}
    if relation.paired or len(forms) == 1:
        for position in range(max(map(len, papers.values()), default=0)):
            yield {f: found[position] for f, found in papers.items() if position < len(found)}
    else:
        yield {form: found[-1] for form, found in papers.items() if found}


def _sides(relation: Relation, source: FactSource, chosen: Chosen, known: Known) -> Sides:
    def read(names: tuple[str, ...], reads: str) -> tuple[tuple[Fact, ...], ...]:
        return tuple(once(name, reads) for name in names)

    def once(name: str, reads: str) -> tuple[Fact, ...]:
        paper = paper_of(name, chosen)
        key = (name, reads, paper.id if paper else "")
        if key not in known:
            known[key] = _read(name, reads, source, chosen)
        return known[key]

    whole = "text" if relation.tie is Tie.CONTAIN else relation.reads
    return Sides(relation, read(relation.left, whole), read(relation.right, relation.reads))


def _read(name: str, reads: str, source: FactSource, chosen: Chosen) -> tuple[Fact, ...]:
    found = ((place, value_of(place.text, reads)) for place in find_facts(name, source, chosen))
    return tuple(Fact(place, value) for place, value in found if value is not None)


def _missing(sides: Sides) -> str:
    """Return the name of a fact without which nothing can be compared, or nothing."""
    relation = sides.relation
    names = (*relation.left, *relation.right)
    empty = [n for n, group in zip(names, (*sides.left, *sides.right), strict=True) if not group]
    if relation.tie is Tie.PRECEDE:
        return empty[0] if len(sides.groups) < _TWO else ""
    if not sides.all_left:
        return relation.left[0]
    return relation.right[0] if relation.right and not sides.all_right else ""


def _named(name: str, source: FactSource, titles: Mapping[str, str]) -> str:
    forms = name.partition(".")[0].removesuffix("*").split("/")
    if forms[0] not in titles:
        return "没有登记这一事实"
    papers = "或者".join(f"{form}《{titles.get(form, form)}》" for form in forms)
    held = any(d.form in forms for d in source.file.documents)
    return f"{papers}没有填写这一栏" if held else f"没有{papers}"


_TWO = 2
_NUMBER = (Decimal, int)


def agree(sides: Sides) -> list[Clash]:
    """Every fact says the same; those that do not are set against the recorded or usual one."""
    facts = (*sides.all_left, *sides.all_right)
    usual = Counter(fact.value for fact in sides.all_right or facts).most_common(1)[0][0]
    standard = next(fact for fact in reversed(facts) if fact.value == usual)
    others = [fact for fact in facts if not _same(fact.value, usual, sides.relation.tolerance)]
    return [(f"{o.words}，{standard.words}", (o.place, standard.place)) for o in others]


def _same(one: Value, other: Value, tolerance: Decimal) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= tolerance
    if isinstance(one, date) and isinstance(other, date):
        with_times = isinstance(one, datetime) and isinstance(other, datetime)
        return one == other if with_times else day_in(one) == day_in(other)
    return one == other


def precede(sides: Sides) -> list[Clash]:
    """Each moment (or number) is no later than the next, at least ``gap`` days before it."""
    clashes: list[Clash] = []
    for before, after in pairwise(sides.groups):
        first, last = max(before, key=_order), min(after, key=_order)
        word = _out_of_order(first.value, last.value, sides.relation)
        if word:
            clashes.append((f"{first.words}，{last.words}，{word}", (first.place, last.place)))
    return clashes


def _order(fact: Fact) -> tuple[float, float]:
    value = fact.value
    if isinstance(value, date):
        within_day = value.hour * 60 + value.minute if isinstance(value, datetime) else 0
        return (value.toordinal(), within_day)
    return (float(value) if isinstance(value, Decimal | int) else 0.0, 0.0)


def _out_of_order(first: Value, last: Value, relation: Relation) -> str:
    if not (isinstance(first, date) and isinstance(last, date)):
        larger = isinstance(first, _NUMBER) and isinstance(last, _NUMBER) and first > last
        return "前者大于后者" if larger else ""
    timed = isinstance(first, datetime) and isinstance(last, datetime)
    days = (day_in(last) - day_in(first)).days
    if days < 0 or (timed and last < first):
        return "先后颠倒"
    if days < relation.gap:
        return f"相隔{days}日，不足{relation.gap}日"
    if relation.within is not None and days > relation.within:
        return f"相隔{days}日，超过{relation.within}日"
    return ""


def total(sides: Sides) -> list[Clash]:
    """The amounts of the left side add up to that of the right."""
    parts = [fact for group in sides.left for fact in _once(group)]
    whole = sides.all_right[0]
    amounts = [fact.value for fact in parts if isinstance(fact.value, Decimal)]
    if not isinstance(whole.value, Decimal):
        return []
    added = sum(amounts, Decimal(0))
    if abs(added - whole.value) <= sides.relation.tolerance:
        return []
    said = "＋".join(shown(amount) for amount in amounts)
    return [(f"{said}＝{shown(added)}，{whole.words}", (*(p.place for p in parts), whole.place))]


def _once(group: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return the parts of a column each, of an amount in words and figures only one."""
    column = any("." in fact.place.field for fact in group)
    return group if column else group[:1]


def refer(sides: Sides) -> list[Clash]:
    """What the left side names is one of those the right side has."""
    known = {part for fact in sides.all_right for part in _parts(fact.value)}
    return [
        (f"{fact.words}，其中“{'、'.join(strange)}”与{_owner(sides)}对不上", (fact.place,))
        for fact in sides.all_left
        if (strange := sorted(str(part) for part in _parts(fact.value) - known))
    ]


def _owner(sides: Sides) -> str:
    titles = dict.fromkeys(fact.place.title for fact in sides.all_right)
    named = list(titles)
    return named[0] if len(named) == 1 else "本卷所有的相应记载"


def _parts(value: Value) -> frozenset[Value]:
    return frozenset(value) if isinstance(value, frozenset) else frozenset({value})


def contain(sides: Sides) -> list[Clash]:
    """The left text states every fact of the right side."""
    text = "".join(closed_up(fact.place.text) for fact in sides.all_left)
    where = sides.all_left[0].place
    return [
        _not_stated(where, text, fact)
        for fact in _distinct(sides.all_right)
        if not _stated(fact, text, sides.relation.reads)
    ]


def _not_stated(where: Passage, text: str, fact: Fact) -> Clash:
    """Say that a text lacks a fact, at the words in it that come close to it if any do."""
    wanted = shown(fact.value)
    # Other days and amounts are alike without meaning the same thing.
    near = _nearest(text, closed_up(wanted)) if isinstance(fact.value, str) else ""
    other = f"，相近的写法是“{near}”" if near else ""
    said = f"{where.title}没有写明“{wanted}”（{fact.place.title}）{other}"
    return said, (replace(where, text=near or f"文中没有“{wanted}”"), fact.place)


def _nearest(text: str, wanted: str) -> str:
    """Return as many characters of a text as are wanted if most of them are the same."""
    if len(wanted) < _SHORTEST_NEAR:
        return ""
    match = SequenceMatcher(None, text, wanted, autojunk=False).find_longest_match()
    start = max(match.a - match.b, 0)
    near = text[start : start + len(wanted)]
    same = sum(one == other for one, other in zip(near, wanted, strict=False))
    return near if same >= len(wanted) * _MOST_OF_NEAR else ""


def _stated(fact: Fact, text: str, reads: str) -> bool:
    """Whether a text states a fact; of a place most of the words in a row are enough."""
    ways = [closed_up(way) for way in ways_to_write(fact.value)]
    if reads != "place":
        return any(way in text for way in ways)
    most = SequenceMatcher(None, text, ways[0], autojunk=False).find_longest_match()
    return most.size >= len(ways[0]) * _MOST_OF_A_PLACE


def _distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({fact.value: fact for fact in facts}.values())


def apart(sides: Sides) -> list[Clash]:
    """Nobody named on the left side is named on the right."""
    clashes: list[Clash] = []
    for one in sides.all_left:
        for other in sides.all_right:
            both = sorted(str(part) for part in _parts(one.value) & _parts(other.value))
            if both:
                clashes.append(
                    (
                        f"“{'、'.join(both)}”同时在{one.place.title}和{other.place.title}中",
                        (one.place, other.place),
                    )
                )
    return clashes


_TIES: Mapping[Tie, Callable[[Sides], list[Clash]]] = {
    Tie.AGREE: agree,
    Tie.PRECEDE: precede,
    Tie.TOTAL: total,
    Tie.REFER: refer,
    Tie.CONTAIN: contain,
    Tie.APART: apart,
}
_FIXES = {
    Tie.AGREE: "请核对原始材料，改正写错的一处；已经送达的，以补正文书更正。",
    Tie.PRECEDE: "请核对两处日期，如实改正；先后确实颠倒的，依法重新办理后一事项，不得倒签。",
    Tie.TOTAL: "请重新计算，改正写错的一处。",
    Tie.REFER: "请核对被引用的文书、人员，改正写错的一处。",
    Tie.CONTAIN: "请在该文书中写明，或者改为与另一处相同。",
    Tie.APART: "请更换人员，由与该职责不冲突的人员重新办理。",
}


def _problem(relation: Relation, words: str, passages: tuple[Passage, ...]) -> Problem:
    return Problem(
        message=f"{words}（{relation.says}）。",
        fix=_FIXES[relation.tie],
        passages=tuple(map(_abridged, passages[:_MOST_SHOWN])),
        basis="、".join(str(article) for article in relation.basis),
        level=relation.level,
    )


def _abridged(place: Passage) -> Passage:
    """A place whose text is a whole paper does not show it."""
    return (
        replace(place, text="（全文）") if place.field == "text" and "\n" in place.text else place
    )
