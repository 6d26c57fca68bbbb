"""卷面自洽证明: every relation between the papers of a case, with the places compared."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

from workstation.documents.docx_package import open_package
from workstation.documents.docx_texts import PrintedPaper, read_printed
from workstation.documents.forms import FormDefinition, load_extra_form
from workstation.documents.read_back import read_back
from workstation.domain.cases import Case, CaseFile, IssuedDocument
from workstation.domain.people import Office
from workstation.errors import InvalidInputError
from workstation.operations.certificates import Certificate, make_certificate
from workstation.operations.kept_answers import KeptAnswers
from workstation.operations.paper_texts import PaperTexts
from workstation.operations.papers import PaperMaker
from workstation.operations.templates import read_template
from workstation.review.facts import FactSource
from workstation.review.records import Outcome, Passage, Relation, RelationResult
from workstation.review.relations import compare_all
from workstation.storage.database import Database, Unit

Progress = Callable[[int, int], None]
_FORM = "certificates/ZM"
_CASES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class UncontrolledText:
    """A paragraph of a re-imported paper that was changed outside its fields (未受控段落)."""

    document: str
    title: str
    place: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """The change in words."""
        before, after = self.before or "（无）", self.after or "（删去）"
        return f"{self.title}{self.place}：“{before}”改为“{after}”"

    def as_json(self) -> dict[str, str]:
        """Return the paragraph as ``case proof`` prints it."""
        return {
            "document": self.document,
            "place": self.place,
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseProof:
    """What came of every relation of a case on a day, in the order of the table."""

    case: Case
    as_of: date
    papers: int
    results: tuple[RelationResult, ...]
    uncontrolled: tuple[UncontrolledText, ...] = ()

    def of(self, outcome: Outcome) -> tuple[RelationResult, ...]:
        """Return the results that came out so."""
        return tuple(result for result in self.results if result.outcome is outcome)

    @property
    def summary(self) -> Mapping[str, int]:
        """How many relations came out in each way."""
        counted = Counter(result.outcome for result in self.results)
        return {outcome.value: counted[outcome] for outcome in Outcome}

    def as_json(self) -> dict[str, Any]:
        """Return the proof as ``case proof`` prints it."""
        return {
            "case_id": self.case.id,
            "as_of": self.as_of.isoformat(),
            "papers": self.papers,
            "summary": dict(self.summary),
            "relations": [_result_json(result) for result in self.results],
            "uncontrolled": [text.as_json() for text in self.uncontrolled],
        }


def _result_json(result: RelationResult) -> dict[str, Any]:
    relation = result.relation
    return {
        "relation": relation.id,
        "kind": relation.tie.value,
        "says": relation.says,
        "check": relation.check,
        "basis": [str(article) for article in relation.basis],
        "outcome": result.outcome.value,
        "compared": [_place_json(place) for place in result.compared],
        "clashes": [
            {"message": clash.message, "passages": [_place_json(p) for p in clash.passages]}
            for clash in result.clashes
        ],
        "lacking": result.lacking,
    }


def _place_json(place: Passage) -> dict[str, Any]:
    return {
        "document": place.document,
        "title": place.title,
        "field": place.field,
        "page": place.page or None,
        "text": place.text,
    }


class ProofReader:
    """Gathers the facts of a case and compares them; safe to ask from any thread.

    What came of the cases looked at last is kept while nothing that was compared changes.
    """

    def __init__(self, texts: PaperTexts, relations: tuple[Relation, ...]) -> None:
        self.texts = texts
        self._relations = relations
        self._titles = {form.id: form.title for form in texts.forms}
        self._compared = KeptAnswers[str, tuple[FactSource, tuple[RelationResult, ...]]](_CASES)

    def source(self, unit: Unit, file: CaseFile, office: Office) -> FactSource:
        """Return the facts of a case as its issued papers print them."""
        printed = {d.id: self.texts.printed(unit, d) for d in file.documents}
        return FactSource(file=file, office=office, printed=printed)

    def compare(self, source: FactSource) -> tuple[RelationResult, ...]:
        """Return what comes of every relation, without pages."""
        _, results = self._compared.get(
            source.file.case.id,
            lambda: (source, compare_all(self._relations, source, self._titles)),
            holds=lambda kept: kept[0] == source,
        )
        return results


class ProofOperations:
    """Reads only; every call is one short transaction and safe from any thread."""

    def __init__(
        self, database: Database, papers: PaperMaker, reader: ProofReader, home: Path
    ) -> None:
        self._database = database
        self._papers = papers
        self._reader = reader
        self._texts = reader.texts
        self._form: FormDefinition = load_extra_form(_FORM, home)

    def of_case(
        self,
        wanted: str,
        as_of: date | None = None,
        *,
        edited: Mapping[str, Path] | None = None,
    ) -> CaseProof:
        """Compare everything the papers issued up to a day (None: today) say.

        ``edited`` puts files edited in Word or WPS in the place of issued papers, by their key.
        Pages are looked up for what clashes only; :meth:`with_pages` looks up the others.

        Raises:
            InvalidInputError: the case holds no paper of such a key, or a file can't be read.
            DamagedDocxError: a file is no .docx that can be opened safely.
        """
        day = as_of or date.today()
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(unit.cases.find(wanted)).as_of(day)
            source = self._reader.source(unit, file, unit.office.get())
            replaced, uncontrolled = self._reimported(unit, file, edited or {})
            source = replace(source, printed={**source.printed, **replaced})
            found = self._reader.compare(source)
            results = tuple(self._clashes_paged(unit, result, file) for result in found)
        return CaseProof(
            case=file.case,
            as_of=day,
            papers=len(file.documents),
            results=results,
            uncontrolled=uncontrolled,
        )

    def with_pages(
        self, proof: CaseProof, progress: Progress | None = None, stop: Event | None = None
    ) -> CaseProof | None:
        """Return a proof with the page of every place; lays out each paper. None if stopped."""
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(proof.case.id).as_of(proof.as_of)
            for done, document in enumerate(file.documents):
                if stop is not None and stop.is_set():
                    return None
                self._texts.places(unit, document)
                if progress is not None:
                    progress(done + 1, len(file.documents))
            paged = self._texts.pager(unit, file)
            results = tuple(
                replace(result, compared=tuple(map(paged, result.compared)))
                for result in proof.results
            )
        return replace(proof, results=results)

    def certificate(self, proof: CaseProof) -> Certificate:
        """Return 《卷面自洽证明》: what does not agree, what does and what was not asked."""
        case = proof.case
        clashing, agreeing = proof.of(Outcome.CLASHES), proof.of(Outcome.AGREES)
        values: dict[str, Any] = {
            "case_title": case.title,
            "case_number": case.number or case.lead.number,
            "party": case.party.name,
            "summary": _summary_words(proof),
            "clashes": [row for result in clashing for row in _clash_rows(result)],
            "agreements": [_agreement_row(result) for result in agreeing],
            "lacking": [_lacking_row(result) for result in proof.of(Outcome.LACKING)],
            "uncontrolled": "\n".join(text.words for text in proof.uncontrolled),
        }
        made = (proof.as_of, f"卷面自洽证明_{case.number or case.id}")
        return make_certificate(self._database, self._papers, self._form, values, made)

    def _reimported(
        self, unit: Unit, file: CaseFile, edited: Mapping[str, Path]
    ) -> tuple[dict[str, PrintedPaper], tuple[UncontrolledText, ...]]:
        printed: dict[str, PrintedPaper] = {}
        uncontrolled: list[UncontrolledText] = []
        for key, path in edited.items():
            document = _document(file, key)
            data = read_template(path)
            printed[document.id] = read_printed(data)
            issued = open_package(unit.documents.docx_of(document.id))
            found = read_back(issued, open_package(data), self._texts.forms.get(document.form))
            uncontrolled += [
                UncontrolledText(
                    document=document.key,
                    title=f"《{document.title}》",
                    place=change.place,
                    before=change.before,
                    after=change.after,
                )
                for change in found.wording
            ]
        return printed, tuple(uncontrolled)

    def _clashes_paged(self, unit: Unit, result: RelationResult, file: CaseFile) -> RelationResult:
        paged = self._texts.pager(unit, file)
        clashes = tuple(
            replace(clash, passages=tuple(map(paged, clash.passages))) for clash in result.clashes
        )
        return replace(result, clashes=clashes)


def _document(file: CaseFile, key: str) -> IssuedDocument:
    found = next((d for d in file.documents if d.key == key.upper()), None)
    if found is None:
        message = f"本案还没有制发 {key}，不能以改过的文件代入。"
        raise InvalidInputError(message, hint="文书编号形如 D51，第二份为 D36-2。")
    return found


def _summary_words(proof: CaseProof) -> str:
    asked = len(proof.results) - proof.summary[Outcome.LACKING.value]
    clashing = proof.summary[Outcome.CLASHES.value]
    verdict = f"其中{clashing}项不符，逐项列在前面" if clashing else "全部相符"
    edited = f"；改过的文件有未受控段落{len(proof.uncontrolled)}处" if proof.uncontrolled else ""
    return (
        f"本卷截至该日制发文书{proof.papers}份，按关系表{len(proof.results)}项核对，"
        f"适用{asked}项，{verdict}{edited}。"
    )


def _clash_rows(result: RelationResult) -> Iterable[dict[str, str]]:
    for clash in result.clashes:
        yield {
            "relation": f"{result.relation.id} {result.relation.says}",
            "places": "\n".join(f"{_place_words(p)}：{p.text}" for p in clash.passages),
            "basis": clash.basis,
        }


_PLACES_PRINTED = 6


def _agreement_row(result: RelationResult) -> dict[str, str]:
    places = list(dict.fromkeys(map(_place_words, result.compared)))
    more = len(places) - _PLACES_PRINTED
    shown = "；".join(places[:_PLACES_PRINTED]) + (f"等{len(places)}处" if more > 0 else "")
    return {"relation": f"{result.relation.id} {result.relation.says}", "places": shown}


def _lacking_row(result: RelationResult) -> dict[str, str]:
    return {"relation": f"{result.relation.id} {result.relation.says}", "why": result.lacking}


def _place_words(place: Passage) -> str:
    page = f"第{place.page}页" if place.page else ""
    return f"{place.document}{place.title}{page}"
