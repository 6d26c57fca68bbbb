"""Every article the issued papers of a case cite: whether it stood, where, and its full text.

Substantive law is that of the act (行政处罚法§37): an instrument that the list of matters names
for the violation or the penalty is judged by 行为日, unless a person concluded for the law of
today. Everything else is procedure or form and is judged by the day of the paper that cites it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from workstation.documents.forms import FormDefinition, load_extra_form
from workstation.domain.cases import Case, CaseFile, IssuedDocument, JsonValue
from workstation.domain.citations import ArticleReference
from workstation.domain.matters import Matter
from workstation.legislation.citations import WRONG, CheckedCitation, CitationCheck, Verdict
from workstation.legislation.law_records import ArticleView
from workstation.operations.certificates import Certificate, make_certificate
from workstation.operations.law import LawOperations
from workstation.operations.paper_texts import PaperTexts
from workstation.operations.papers import PaperMaker
from workstation.procedure.case_readings import act_day, text_of
from workstation.procedure.law_comparison import AppliedLaw
from workstation.storage.database import Database, Unit

_FORM = "certificates/HB"
# The order of effect of 立法法 (§98 to §102, §119); what has no level comes last.
_LEVELS = (
    "宪法",
    "法律",
    "立法解释",
    "行政法规",
    "司法解释",
    "地方性法规",
    "部门规章",
    "地方政府规章",
)


class DayKind(StrEnum):
    """Which day a citation is judged by."""

    ACT = "行为日"
    PAPER = "文书日期"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPlace:
    """One place in a paper that cites an article, judged as of ``day``.

    ``field`` is empty where the words are the form's own; ``page`` is 0 where it is not known.
    """

    document: str
    document_title: str
    step: int
    field: str
    field_label: str
    page: int
    text: str
    day: date
    day_kind: DayKind
    check: CitationCheck

    @property
    def words(self) -> str:
        """The place in words: D51《行政处罚决定书》第2页“处罚依据”."""
        page = f"第{self.page}页" if self.page else ""
        label = f"“{self.field_label}”" if self.field_label else ""
        return f"{self.document}《{self.document_title}》{page}{label}"

    def as_json(self) -> dict[str, Any]:
        """Return the place as ``case citations`` prints it."""
        return {
            "document": self.document,
            "title": self.document_title,
            "field": self.field,
            "field_label": self.field_label,
            "page": self.page,
            "text": self.text,
            "citation": str(self.check.reference),
            "as_of": self.day.isoformat(),
            "day_kind": self.day_kind.value,
            "verdict": self.check.verdict.value,
            "message": self.check.message,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedArticle:
    """One article in one of its versions, with every place that cites it."""

    reference: ArticleReference
    places: tuple[CitedPlace, ...]

    @property
    def worst(self) -> CitedPlace:
        """The place to look at first: one that is wrong, else one that is open, else the first."""
        wrong = (p for p in self.places if p.check.verdict in WRONG)
        not_ok = (p for p in self.places if p.check.verdict is not Verdict.OK)
        return next(wrong, None) or next(not_ok, None) or self.places[0]

    @property
    def verdict(self) -> Verdict:
        """The verdict of the worst place."""
        return self.worst.check.verdict

    @property
    def article(self) -> ArticleView | None:
        """The text as of its day, or None where there is none."""
        return next((p.check.article for p in self.places if p.check.article), None)

    @property
    def papers(self) -> tuple[str, ...]:
        """The keys of the papers that cite it, in order."""
        return tuple(dict.fromkeys(place.document for place in self.places))

    def as_json(self) -> dict[str, Any]:
        """Return the article as ``case citations`` prints it."""
        article = self.article
        return {
            "citation": str(self.reference),
            "verdict": self.verdict.value,
            "message": self.worst.check.message,
            "effective_from": article.version.effective_from.isoformat() if article else None,
            "trust": article.version.trust if article else "",
            "source": article.version.source if article else "",
            "papers": list(self.papers),
            "places": [place.as_json() for place in self.places],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCitations:
    """All articles the papers of a case cite, in order of rank, title and number."""

    case: Case
    as_of: date
    act_day: date | None
    papers: int
    articles: tuple[CitedArticle, ...]

    @property
    def wrong(self) -> tuple[CitedArticle, ...]:
        """The articles that some paper cites wrongly."""
        return tuple(a for a in self.articles if a.verdict in WRONG)

    def as_json(self) -> dict[str, Any]:
        """Return the list as ``case citations`` prints it."""
        return {
            "case_id": self.case.id,
            "as_of": self.as_of.isoformat(),
            "act_day": self.act_day.isoformat() if self.act_day else None,
            "papers": self.papers,
            "places": sum(len(a.places) for a in self.articles),
            "wrong": len(self.wrong),
            "citations": [article.as_json() for article in self.articles],
        }


class CaseCitationOperations:
    """Reads only; every call is one short transaction and safe from any thread."""

    def __init__(
        self, database: Database, papers: PaperMaker, law: LawOperations, home: Path
    ) -> None:
        self._database = database
        self._papers = papers
        self._law = law
        self._texts = PaperTexts(papers)
        self._form: FormDefinition = load_extra_form(_FORM, home)

    def of_case(self, wanted: str, as_of: date | None = None) -> CaseCitations:
        """Return what the papers issued up to a day (None: today) cite, each checked.

        Raises:
            StatutePackageMissingError: the statutes were never installed.
        """
        self._law.open_texts()
        day = as_of or date.today()
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted)).as_of(day)
            substantive = self._substantive(unit.matters.versions(file.case.matter_code), file)
            places = [
                place
                for document in file.documents
                for place in self._places(unit, document, substantive, act_day(file.case))
            ]
        return CaseCitations(
            case=file.case,
            as_of=day,
            act_day=act_day(file.case),
            papers=len(file.documents),
            articles=tuple(sorted(_folded(places), key=_rank)),
        )

    def of_fields(
        self, wanted: str, values: Mapping[str, JsonValue], dated: date | None = None
    ) -> dict[str, tuple[CheckedCitation, ...]]:
        """Check the citations in the fields of a paper of a day (None: today), by field.

        Lines of references are joined by 、 as the window shows them; tables are left out.

        Raises:
            StatutePackageMissingError: the statutes were never installed.
        """
        self._law.open_texts()
        day = dated or date.today()
        with self._database.reading() as unit:
            case = unit.cases.get(unit.cases.find(wanted))
            file = CaseFile(case=case, events=unit.events.of_case(case.id))
            substantive = self._substantive(unit.matters.versions(case.matter_code), file)
        acted = act_day(case)
        found = {}
        for name, value in values.items():
            lines = value if isinstance(value, list) else [value]
            text = "、".join(line for line in lines if isinstance(line, str))
            if checked := self._law.check_text(text, day):
                found[name] = tuple(self._of_its_day(c, substantive, acted) for c in checked)
        return found

    def _of_its_day(
        self, cited: CheckedCitation, substantive: frozenset[str], acted: date | None
    ) -> CheckedCitation:
        """Return a citation judged by the day of the act, where its law is the matter's own."""
        if acted is None or cited.check.reference.title not in substantive:
            return cited
        return replace(cited, check=self._law.examine(cited.found.reference, acted))

    def compilation(self, found: CaseCitations) -> Certificate:
        """Return 《本案适用法律条文汇编》: each text once, as of its day, with its source."""
        case = found.case
        values: dict[str, Any] = {
            "case_title": case.title,
            "case_number": case.number or case.lead.number,
            "party": case.party.name,
            "articles": [_article_row(a) for a in found.articles if a.article is not None],
            "open": [_open_row(a) for a in found.articles if a.verdict is not Verdict.OK],
        }
        name = f"本案适用法律条文汇编_{case.number or case.id}"
        made = (found.as_of, name)
        return make_certificate(self._database, self._papers, self._form, values, made)

    def _substantive(self, versions: Iterable[Matter], file: CaseFile) -> frozenset[str]:
        """Return the instruments judged by the day of the act; none where today's law applies."""
        applied = [text_of(event.data.get("law_applied")) for event in file.events]
        concluded = [word for word in applied if word]
        if act_day(file.case) is None or (concluded and concluded[-1] == AppliedLaw.NEW):
            return frozenset()
        references = (
            reference
            for matter in versions
            for reference in (
                matter.violated,
                matter.penalty,
                *matter.violated_also,
                *matter.penalty_also,
            )
        )
        return frozenset(self._law.examine(r).reference.title for r in references)

    def _places(
        self,
        unit: Unit,
        document: IssuedDocument,
        substantive: frozenset[str],
        acted: date | None,
    ) -> Iterator[CitedPlace]:
        text = "\n".join(self._texts.paper(unit, document).lines)
        for cited in self._law.check_text(text, document.dated):
            judged = self._of_its_day(cited, substantive, acted).check
            day, kind = document.dated, DayKind.PAPER
            if acted is not None and cited.check.reference.title in substantive:
                day, kind = acted, DayKind.ACT
            field, page = self._printed_at(unit, document, text, cited)
            yield CitedPlace(
                document=document.key,
                document_title=document.title,
                step=document.step,
                field=field,
                field_label=self._label(document, field),
                page=page,
                text=cited.found.text,
                day=day,
                day_kind=kind,
                check=judged,
            )

    def _printed_at(
        self, unit: Unit, document: IssuedDocument, text: str, cited: CheckedCitation
    ) -> tuple[str, int]:
        words = cited.found.text
        before = text[: cited.found.start].count(words)
        printed = self._texts.place_of(unit, document, words, before)
        return (printed.field, printed.page) if printed else ("", 0)

    def _label(self, document: IssuedDocument, name: str) -> str:
        field = self._texts.forms.get(document.form).field(name) if name else None
        return field.label if field else ""


def _folded(places: Iterable[CitedPlace]) -> Iterator[CitedArticle]:
    groups: dict[tuple[str, int, int, int], list[CitedPlace]] = {}
    for place in places:
        reference, article = place.check.reference, place.check.article
        version = article.version.id if article else 0
        key = (reference.title, reference.article, reference.suffix, version)
        groups.setdefault(key, []).append(place)
    for (title, number, suffix, _), found in groups.items():
        whole = ArticleReference(title=title, article=number, suffix=suffix)
        yield CitedArticle(reference=whole, places=tuple(found))


def _rank(cited: CitedArticle) -> tuple[int, str, int, int, date]:
    article = cited.article
    level = article.version.level if article else ""
    rank = _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
    reference = cited.reference
    day = article.version.effective_from if article else date.max
    return rank, reference.title, reference.article, reference.suffix, day


def _article_row(cited: CitedArticle) -> dict[str, str]:
    article = cited.article
    if article is None:
        return {}
    version = article.version
    ends = f"，{version.effective_to.isoformat()}失效" if version.effective_to else ""
    return {
        "heading": f"《{article.title}》{article.label}",
        "text": article.text,
        "days": f"{_days(cited.places)}；{version.effective_from.isoformat()}施行{ends}",
        "source": f"{version.level}；{version.trust}；{version.source}",
        "papers": "、".join(dict.fromkeys(_paper(p) for p in cited.places)),
    }


def _days(places: tuple[CitedPlace, ...]) -> str:
    told = []
    for kind in DayKind:
        days = sorted({place.day.isoformat() for place in places if place.day_kind is kind})
        told += [f"{kind.value}{'、'.join(days)}"] if days else []
    return "，".join(told)


def _open_row(cited: CitedArticle) -> dict[str, str]:
    return {
        "citation": str(cited.worst.check.reference),
        "message": cited.worst.check.message or cited.verdict.words,
        "papers": "、".join(dict.fromkeys(_paper(p) for p in cited.places)),
    }


def _paper(place: CitedPlace) -> str:
    return f"《{place.document_title}》（{place.document}）"
