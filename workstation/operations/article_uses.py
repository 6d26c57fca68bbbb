"""Where an article is used: its 义务条 or 罚则条, the matters that rest on it, open cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workstation.documents.forms import FormCatalogue
from workstation.domain.cases import IssuedDocument, texts_in
from workstation.domain.citations import ArticleReference, parse_reference
from workstation.domain.matters import Matter
from workstation.legislation.article_pairs import ArticlePairs
from workstation.legislation.search import SearchResult
from workstation.operations.law import LawOperations
from workstation.procedure.endings import ENDING_KINDS
from workstation.storage.database import Database, Unit

_MatterPair = tuple[ArticleReference, ArticleReference]
_ENDED = ("case_closed", "case_archived", *ENDING_KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsingMatter:
    """A matter in force that names the article, and as what (违反条款, 处罚条款)."""

    code: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsingCase:
    """An open case in whose issued papers a person or the matter wrote the article.

    ``places`` are the papers and fields in words: D51《行政处罚决定书》“处罚依据”.
    """

    case_id: str
    number: str
    title: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleUses:
    """All uses of one article as of a day.

    ``pairs`` come from the words of the instrument; where it names none, from the matters.
    """

    reference: ArticleReference
    as_of: date
    pairs: ArticlePairs
    matters: tuple[UsingMatter, ...]
    cases: tuple[UsingCase, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the uses as ``law uses`` prints them."""
        return {
            "citation": str(self.reference),
            "as_of": self.as_of.isoformat(),
            "duties": [str(r) for r in self.pairs.duties],
            "penalties": [str(r) for r in self.pairs.penalties],
            "matters": [
                {"code": m.code, "name": m.name, "roles": list(m.roles)} for m in self.matters
            ],
            "cases": [
                {
                    "case_id": c.case_id,
                    "number": c.number,
                    "title": c.title,
                    "places": list(c.places),
                }
                for c in self.cases
            ],
        }


class ArticleUseOperations:
    """Only reads; safe to call from any thread."""

    def __init__(self, database: Database, forms: FormCatalogue, law: LawOperations) -> None:
        self._database = database
        self._forms = forms
        self._law = law

    def of_article(self, wanted: ArticleReference | str, as_of: date | None = None) -> ArticleUses:
        """Return the uses of the article that ``wanted`` cites, as of a day (None: today).

        Raises:
            InvalidInputError: the text is no citation of one article.
            InstrumentNotFoundError, AmbiguousTitleError, ArticleNotFoundError: see ``LawStore``.
        """
        day = as_of or date.today()
        self._law.open_texts()
        article = self._law.show(wanted, day)
        own = article.reference
        with self._database.reading() as unit:
            resting = [m for m in unit.matters.all() if m.holds_on(day)]
            cases = tuple(self._cases(unit, own))
        roles = {m.code: self._roles(m, own) for m in resting}
        using = [m for m in resting if roles[m.code]]
        return ArticleUses(
            reference=own,
            as_of=day,
            pairs=self._pairs(own, self._named_by(using), day),
            matters=tuple(
                UsingMatter(code=m.code, name=m.name, roles=roles[m.code]) for m in using
            ),
            cases=cases,
        )

    def pairs_among(
        self, results: Iterable[SearchResult], as_of: date | None = None
    ) -> dict[int, ArticlePairs]:
        """Return the pairs of those results that have any, by the id of the article found."""
        day = as_of or date.today()
        with self._database.reading() as unit:
            named = self._named_by(m for m in unit.matters.all() if m.holds_on(day))
        found = {}
        for result in results:
            own = parse_reference(f"{result.instrument}{result.label}")
            pairs = self._pairs(own, named, day)
            if pairs != ArticlePairs():
                found[result.article_id] = pairs
        return found

    def _full(self, reference: ArticleReference) -> ArticleReference:
        """Return the whole article under the full title of its instrument, where it is clear."""
        titles = self._law.titles_like(reference.title)
        title = titles[0] if len(titles) == 1 else reference.title
        return ArticleReference(title=title, article=reference.article, suffix=reference.suffix)

    def _roles(self, matter: Matter, own: ArticleReference) -> tuple[str, ...]:
        named: Mapping[str, tuple[ArticleReference | None, ...]] = {
            "违反条款": (matter.violated, *matter.violated_also),
            "处罚条款": (
                matter.penalty,
                *matter.penalty_also,
                *(part.provision for part in matter.ranges),
            ),
            "强制措施依据": (matter.coercion,),
            "追责时效依据": (matter.limitation,),
        }
        return tuple(
            role
            for role, references in named.items()
            if any(r is not None and self._full(r) == own for r in references)
        )

    def _named_by(self, matters: Iterable[Matter]) -> tuple[_MatterPair, ...]:
        named = ((self._full(m.violated), self._full(m.penalty)) for m in matters)
        return tuple(dict.fromkeys(pair for pair in named if pair[0] != pair[1]))

    def _pairs(
        self, own: ArticleReference, named: Iterable[_MatterPair], day: date
    ) -> ArticlePairs:
        pairs = self._law.pairs(own, day)
        duties = [violated for violated, penalty in named if penalty == own]
        penalties = [penalty for violated, penalty in named if violated == own]
        return ArticlePairs(
            duties=tuple(dict.fromkeys((*pairs.duties, *duties))),
            penalties=tuple(dict.fromkeys((*pairs.penalties, *penalties))),
        )

    def _cases(self, unit: Unit, own: ArticleReference) -> Iterator[UsingCase]:
        places: dict[str, list[str]] = {}
        for case_id, document in unit.documents.holding(own.place, _ENDED):
            places.setdefault(case_id, []).extend(self._places(document, own))
        for case_id, found in places.items():
            if found:
                case = unit.cases.get(case_id)
                yield UsingCase(
                    case_id=case_id,
                    number=case.number or case.lead.number,
                    title=case.title,
                    places=tuple(dict.fromkeys(found)),
                )

    def _places(self, document: IssuedDocument, own: ArticleReference) -> Iterator[str]:
        form = self._forms.get(document.form)
        for name, value in document.values.items():
            cited = (
                found.reference.whole
                for text in texts_in(value)
                if own.place in text
                for found in self._law.citations_in(text)
            )
            if own in cited:
                field = form.field(name)
                label = f"“{field.label}”" if field else ""
                yield f"{document.key}《{document.title}》{label}"
