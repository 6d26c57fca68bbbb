"""Articles put into a field from the e助理: which text was read, and whether it has changed since.

A pin is only added. It counts while the citation still stands in its field.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workstation.documents.forms import FieldDefinition, FieldType
from workstation.domain.cases import JsonValue, paper_key, paper_of, texts_in
from workstation.domain.dated_entries import DatedEntry, EntryKind
from workstation.errors import InvalidInputError
from workstation.legislation.citations import Verdict
from workstation.legislation.law_records import ArticleView
from workstation.operations.changes import Changes
from workstation.operations.forms import FormOperations
from workstation.operations.law import LawOperations
from workstation.storage.database import Database, Unit

_TAKES_WORDS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT, FieldType.REFERENCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedArticle:
    """A citation as it was put into a field, and the text that was read.

    ``effective_from`` names the version of the law, ``digest`` (SHA-256) the words of the
    article; ``day`` is the day the article was read as of, ``pinned_at`` when it was put in.
    """

    case_id: str
    document: str
    field: str
    citation: str
    effective_from: date
    promulgated: date
    digest: str
    day: date
    trust: str
    pinned_at: datetime

    @property
    def sentence(self) -> str:
        """Which text it is, in words."""
        return (
            f"{self.citation}引自 {self.effective_from.isoformat()} 施行的文本"
            f"（{self.promulgated.isoformat()} 公布，{self.trust}），"
            f"{self.pinned_at.date().isoformat()} 引入"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PinState:
    """A pin and what became of the text since; ``change`` is empty where nothing did."""

    pin: PinnedArticle
    change: str

    def as_json(self) -> dict[str, Any]:
        """Return the pin as ``case citations`` prints it."""
        pin = self.pin
        return {
            "document": pin.document,
            "field": pin.field,
            "citation": pin.citation,
            "effective_from": pin.effective_from.isoformat(),
            "as_of": pin.day.isoformat(),
            "pinned_at": pin.pinned_at.isoformat(),
            "change": self.change,
        }


class PinnedArticleOperations:
    """Every call is one short transaction; safe to call from any thread."""

    def __init__(self, database: Database, forms: FormOperations, law: LawOperations) -> None:
        self._database = database
        self._forms = forms
        self._law = law

    def pin(
        self, wanted: str, document: str, field: str, citation: str, as_of: date | None = None
    ) -> PinnedArticle:
        """Note that a citation of the text of ``as_of`` (None: today) was put into a field.

        Raises:
            CaseNotFoundError, InvalidInputError: there is no such case, form, field or article.
        """
        form_id, occurrence = paper_of(document)
        self._field(form_id, field)
        self._law.open_texts()
        day = as_of or date.today()
        view = self._law.show(citation, day)
        with self._database.writing() as unit:
            made = PinnedArticle(
                case_id=unit.cases.find(wanted),
                document=paper_key(form_id, occurrence),
                field=field,
                citation=citation,
                effective_from=view.version.effective_from,
                promulgated=view.version.promulgated,
                digest=_digest(view),
                day=day,
                trust=view.version.trust,
                pinned_at=datetime.now().replace(microsecond=0),
            )
            _write(unit, made)
        return made

    def insert(
        self, wanted: str, document: str, field: str, article: str, as_of: date | None = None
    ) -> PinnedArticle:
        """Append the full citation of an article to a field of a draft, and pin its text.

        Raises:
            CaseNotFoundError, InvalidInputError: see :meth:`pin`; or the field takes no words.
        """
        self._law.open_texts()
        citation = str(self._law.show(article, as_of).reference)
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
        form_id, occurrence = paper_of(document)
        values = self._with_citation(case_id, (form_id, occurrence), field, citation)
        made = self.pin(case_id, document, field, citation, as_of)
        self._forms.save_draft(case_id, form_id, occurrence, values)
        return made

    def _field(self, form_id: str, name: str) -> FieldDefinition:
        form = self._forms.catalogue().get(form_id)
        field = form.field(name)
        if field is None:
            names = "、".join(f"{each.name}（{each.label}）" for each in form.fields)
            message = f"文书 {form_id} 没有栏目“{name}”。"
            raise InvalidInputError(message, hint=f"栏目有：{names}。")
        return field

    def _with_citation(
        self, case_id: str, paper: tuple[str, int], name: str, citation: str
    ) -> dict[str, JsonValue]:
        """Return the values of a draft with a citation put at the end of a field."""
        field = self._field(paper[0], name)
        if field.type not in _TAKES_WORDS:
            message = f"栏目“{field.label}”不能写入条文。"
            raise InvalidInputError(message, hint="请选一个文字或者法律依据栏目。")
        with self._database.reading() as unit:
            draft = unit.drafts.get(case_id, *paper)
        values = dict(draft.values) if draft else {}
        own = self._forms.default_values(case_id, paper[0], values, {name}, date.today())
        before = str(values.get(name, own.get(name, "")) or "")
        between = "、" if before and field.type is FieldType.REFERENCE else ""
        return values | {name: before + between + citation}

    def of_case(self, wanted: str, as_of: date | None = None) -> tuple[PinState, ...]:
        """Return the pins that still stand in their fields, with what became of each text.

        ``as_of`` is the day whose law is compared with (None: today).
        """
        day = as_of or date.today()
        self._law.open_texts()
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            pins = pins_of(unit, f"{case_id}/")
            written = _written(unit, case_id)
        return tuple(
            PinState(pin=pin, change=self._change(pin, day))
            for pin in pins
            if pin.citation in written.get((pin.document, pin.field), "")
        )

    def _change(self, pin: PinnedArticle, day: date) -> str:
        reference = next((f.reference for f in self._law.citations_in(pin.citation)), None)
        if reference is None:
            return "库中已没有这部法规"
        checked = self._law.examine(reference, day)
        if checked.verdict is not Verdict.OK or checked.article is None:
            return checked.message or "现已不能引用"
        if _digest(checked.article) == pin.digest:
            return ""
        since = checked.article.version.effective_from.isoformat()
        return f"引入的是 {pin.effective_from.isoformat()} 文本，现已修改（{since} 起施行）"


def pins_of(unit: Unit, prefix: str) -> tuple[PinnedArticle, ...]:
    """Return the latest pin of each citation below ``case id/document/field``."""
    entries = unit.dated_entries.under(EntryKind.PINNED_ARTICLE, prefix)
    return tuple({entry.key: _read(entry) for entry in entries}.values())


def changes_of(pin: PinnedArticle) -> Changes:
    """Return what pinning touched."""
    return Changes.of("pin", pin.case_id)


def _written(unit: Unit, case_id: str) -> dict[tuple[str, str], str]:
    """Return what stands in each field: of the draft where there is one, else of the paper."""
    found: dict[tuple[str, str], str] = {}
    papers = [(d.key, d.values) for d in unit.documents.of_case(case_id)]
    drafts = [(paper_key(d.form, d.occurrence), d.values) for d in unit.drafts.of_case(case_id)]
    for key, values in (*papers, *drafts):
        for name, value in values.items():
            found[key, name] = "、".join(texts_in(value))
    return found


def _digest(view: ArticleView) -> str:
    return hashlib.sha256(view.text.encode()).hexdigest()


def _read(entry: DatedEntry) -> PinnedArticle:
    content: dict[str, Any] = dict(entry.content)
    return PinnedArticle(
        case_id=content["case"],
        document=content["document"],
        field=content["field"],
        citation=content["citation"],
        effective_from=date.fromisoformat(content["effective_from"]),
        promulgated=date.fromisoformat(content["promulgated"]),
        digest=content["digest"],
        day=entry.valid_from,
        trust=entry.source,
        pinned_at=entry.entered_at,
    )


def _write(unit: Unit, pin: PinnedArticle) -> None:
    content: dict[str, Any] = {
        "case": pin.case_id,
        "document": pin.document,
        "field": pin.field,
        "citation": pin.citation,
        "effective_from": pin.effective_from.isoformat(),
        "promulgated": pin.promulgated.isoformat(),
        "digest": pin.digest,
    }
    key = f"{pin.case_id}/{pin.document}/{pin.field}/{pin.citation}"
    entry = DatedEntry(
        kind=EntryKind.PINNED_ARTICLE,
        key=key,
        content=content,
        valid_from=pin.day,
        source=pin.trust,
        verified=False,
        entered_by="",
        entered_at=pin.pinned_at,
    )
    unit.dated_entries.add(entry)
    unit.log.append("article_pinned", content)
