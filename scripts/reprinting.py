"""A case under review whose papers say something else: for planted faults and for tests.

A change of a field is printed as the forms print it, so that every reading of the case sees it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from workstation.documents.docx_texts import PrintedPaper, PrintedPiece
from workstation.documents.filters import date_cn, datetime_cn, money, money_cn, parse_compact
from workstation.domain.cases import CaseFile, IssuedDocument, JsonValue
from workstation.procedure import Paper, open_deadlines
from workstation.review.facts import FactSource
from workstation.review.records import CaseUnderReview, Citation, Relation
from workstation.review.relation_table import load_relations
from workstation.review.relations import compare_all
from workstation.review.replays import replay

CitedIn = Callable[[CaseFile], tuple[Citation, ...] | None]
Piecewise = Callable[[PrintedPiece], PrintedPiece]


def with_printed(case: CaseUnderReview, paper_id: str, change: Piecewise) -> CaseUnderReview:
    """Return a case in which each printed piece of a paper is changed."""
    paper = case.printed[paper_id]
    changed = PrintedPaper(
        tuple(tuple(map(change, pieces)) for pieces in paper.paragraphs),
    )
    texts = {**case.texts, paper_id: "".join(changed.lines)}
    return replace(case, printed={**case.printed, paper_id: changed}, texts=texts)


def reprinted(
    case: CaseUnderReview, paper: IssuedDocument, name: str, value: str
) -> CaseUnderReview:
    """Return a case whose paper prints ``value`` wherever it printed the field ``name``."""
    if paper.id not in case.printed:
        return case

    def change(piece: PrintedPiece) -> PrintedPiece:
        return replace(piece, text=_like(piece.text, value)) if piece.name == name else piece

    return with_printed(case, paper.id, change)


def _like(old: str, value: str) -> str:
    """Return a value in the way the old one was printed: words, figures, day or text."""
    if old.endswith(("元整", "角", "分")) and (amount := _amount(value)) is not None:
        return money_cn(amount)
    if _amount(old) is not None and (amount := _amount(value)) is not None:
        return money(amount)
    if "年" in old and "月" in old and len(old) <= _LONGEST_MOMENT:
        return datetime_cn(value) if "T" in value else date_cn(value)
    if old.startswith("《") and "§" in value:
        reference = parse_compact(value)
        return str(reference)
    return value


_LONGEST_MOMENT = 20


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def with_value(
    case: CaseUnderReview, paper: IssuedDocument, name: str, value: JsonValue
) -> CaseUnderReview:
    """Return a case whose paper has another value, typed and printed."""
    changed = replace(paper, values={**paper.values, name: value})
    documents = tuple(changed if d.id == paper.id else d for d in case.file.documents)
    case = replace(case, file=replace(case.file, documents=documents))
    return reprinted(case, changed, name, value) if isinstance(value, str) else case


def reworded(case: CaseUnderReview, paper_id: str, old: str, new: str) -> CaseUnderReview:
    """Return a case whose paper has other words, wherever they stand."""
    return with_printed(case, paper_id, lambda p: replace(p, text=p.text.replace(old, new)))


def redated(case: CaseUnderReview, paper: IssuedDocument, day: date) -> CaseUnderReview:
    """Return a case whose paper bears another day."""
    documents = tuple(
        replace(d, dated=day) if d.id == paper.id else d for d in case.file.documents
    )
    case = replace(case, file=replace(case.file, documents=documents))
    return reprinted(case, paper, "document.date", day.isoformat())


def moved(value: str, days: int = 0, minutes: int = 0) -> str:
    """Return an ISO day or moment so much later."""
    moment = datetime.fromisoformat(value) + timedelta(days=days, minutes=minutes)
    return moment.isoformat(timespec="minutes") if "T" in value else moment.date().isoformat()


def asked_again(case: CaseUnderReview, citations: CitedIn | None = None) -> CaseUnderReview:
    """Ask guards, deadlines and relations of a changed case again.

    ``citations`` looks up what its papers cite; without it those found before stay.
    """
    papers = {
        d.id: Paper(
            form=d.form,
            title=d.title,
            number=d.number,
            dated=d.dated,
            values=d.values,
            served=d.form in case.served,
            lines=case.printed[d.id].lines,
        )
        for d in case.file.documents
    }
    around = case.surroundings
    source = FactSource(file=case.file, office=around.office, printed=case.printed)
    return replace(
        case,
        replay=replay(case.file, case.rules, lambda _: around, papers),
        deadlines=open_deadlines(case.file, case.day, case.rules, around),
        relations=compare_all(_relations(), source, {}),
        citations=citations(case.file) if citations else case.citations,
    )


@lru_cache(maxsize=1)
def _relations() -> tuple[Relation, ...]:
    return load_relations()
