"""Where every value of a paper comes from: the record behind it, who made it, what supports it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from workstation.documents.forms import FieldDefinition, FieldType, FormDefinition
from workstation.documents.value_paths import value_paths
from workstation.domain.cases import IssuedDocument, paper_key, paper_of, texts_in
from workstation.domain.evidence import Evidence
from workstation.errors import InvalidInputError
from workstation.operations import contexts
from workstation.operations.papers import PaperMaker, freeze
from workstation.operations.pinned_articles import PinnedArticle, pins_of
from workstation.operations.readings import record_of
from workstation.operations.recording import Recorder
from workstation.operations.trace_sources import SourceReader, TraceSource
from workstation.storage.database import Database, Unit

_OFFICE_KINDS = ("office_set_up", "matters_imported")
_WORDED = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
_DEEPEST = 4
_MOST_TOLD = 4
# Words of evidence and value that run alike for fewer characters than this meet by chance.
_ALIKE = 5


class TraceOrigin(StrEnum):
    """How a value came into its field."""

    TYPED = "手工填写"
    CASE = "取自案件记录"
    FORM = "表单规定"
    EMPTY = "还没有填写"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceTrace:
    """A piece behind a value; ``why`` says by what it was found."""

    position: int
    name: str
    proves: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTrace:
    """One value of a paper and where it comes from.

    ``field`` is the field's name, or the dotted path of case data that the paper prints itself.
    ``certain`` is False where it was not noted at issue whether a value was typed or came from
    the case, and comparing with today's record had to decide. ``pinned`` says which text of the
    law an article in the field was taken from.
    """

    document: str
    field: str
    label: str
    value: Any
    origin: TraceOrigin
    sources: tuple[TraceSource, ...]
    evidence: tuple[EvidenceTrace, ...]
    certain: bool = True
    pinned: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The whole trace in a few lines for the window."""
        lines = [
            self.origin.value + ("" if self.certain else "（制发时没有记明，按现有记录比对）")
        ]
        told = list(dict.fromkeys(source.sentence for source in self.sources))
        lines += [f"来自{sentence}" for sentence in told[:_MOST_TOLD]]
        if len(told) > _MOST_TOLD:
            lines.append(f"另有{len(told) - _MOST_TOLD}处来源")
        if self.evidence:
            lines.append("证据：" + "；".join(f"{e.position}.{e.name}" for e in self.evidence))
        return "\n".join((*lines, *self.pinned))


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One paper as it stands: its values, and those typed by hand."""

    key: str
    form: FormDefinition
    values: Mapping[str, Any]
    typed: frozenset[str]
    issued: IssuedDocument | None
    drafted_at: datetime | None
    certain: bool


class ValueTraceOperations:
    """Every call is one short reading transaction; safe to call from any thread."""

    def __init__(self, database: Database, recorder: Recorder) -> None:
        self._database = database
        self._recorder = recorder

    @property
    def _papers(self) -> PaperMaker:
        return self._recorder.papers

    def trace(self, wanted: str, key: str, field: str = "") -> tuple[ValueTrace, ...]:
        """Return where the values of a paper come from: of one field, or of all that it prints.

        Args:
            wanted: the id or number of the case.
            key: the paper, as ``D51`` or ``D12-2``; one not issued yet is traced as a draft.
            field: the field's name; empty for every field and all case data the form prints.

        Raises:
            UnknownFormError: there is no such form.
            InvalidInputError: the form has no such field.
        """
        form_id, occurrence = paper_of(key)
        form = self._papers.forms.get(form_id)
        if field and form.field(field) is None:
            message = f"《{form.title}》没有名为“{field}”的栏目。"
            names = "、".join(f.name for f in form.fields)
            raise InvalidInputError(message, hint=f"可用的栏目：{names}。")
        with self._database.reading() as unit:
            case_id = unit.cases.find(wanted)
            reader = self._reader(unit, case_id)
            sheet = self._sheet(unit, reader, form, occurrence)
            pins = pins_of(unit, f"{case_id}/{sheet.key}/")
        fields = [f for f in form.fields if field in {"", f.name}]
        traces = [_with_pins(_trace_field(reader, sheet, f), pins) for f in fields]
        if not field:
            traces += _trace_printed(reader, sheet)
        return tuple(traces)

    def _reader(self, unit: Unit, case_id: str) -> SourceReader:
        rules, forms = self._recorder.rules, self._papers.forms
        record = record_of(unit, case_id, rules, forms, date.today())
        office = [entry for kind in _OFFICE_KINDS for entry in unit.log.entries(kind)]
        return SourceReader(
            record, contexts.base_context(record), unit.log.of_case(case_id), tuple(office)
        )

    def _sheet(
        self, unit: Unit, reader: SourceReader, form: FormDefinition, occurrence: int
    ) -> _Sheet:
        key = paper_key(form.id, occurrence)
        issued = next((d for d in reader.file.documents if d.key == key), None)
        draft = unit.drafts.get(reader.file.case.id, form.id, occurrence)
        context = contexts.document_context(
            reader.context,
            form,
            number=issued.number if issued else "",
            dated=issued.dated if issued else date.today(),
            draft=issued is None,
        )
        given = dict(draft.values) if draft else {}
        completed = self._papers.filler.complete(form, context, given)
        typed: frozenset[str] = frozenset(given)
        values: Mapping[str, Any] = completed.values
        certain = True
        if issued is not None:
            noted = reader.typed(key)
            certain = noted is not None
            values = dict(issued.values) | given
            differing = (
                n for n, v in issued.values.items() if freeze(completed.values.get(n)) != v
            )
            typed |= noted if noted is not None else frozenset(differing)
        saved = draft.updated_at if draft else None
        return _Sheet(key, form, values, typed, issued, saved, certain)


def _trace_field(reader: SourceReader, sheet: _Sheet, field: FieldDefinition) -> ValueTrace:
    value = sheet.values.get(field.name)
    origin, sources = _origin(reader, sheet, field, value)
    return ValueTrace(
        document=sheet.key,
        field=field.name,
        label=field.label,
        value=freeze(value),
        origin=origin,
        sources=sources,
        evidence=_supporting(reader, field, value, sources),
        certain=sheet.certain or origin is TraceOrigin.EMPTY,
    )


def _with_pins(trace: ValueTrace, pins: Iterable[PinnedArticle]) -> ValueTrace:
    """Add the pins whose citation still stands in the field."""
    words = "、".join(texts_in(trace.value))
    held = (p for p in pins if p.field == trace.field and p.citation in words)
    return replace(trace, pinned=tuple(pin.sentence for pin in held))


def _origin(
    reader: SourceReader, sheet: _Sheet, field: FieldDefinition, value: object
) -> tuple[TraceOrigin, tuple[TraceSource, ...]]:
    if value in (None, "", [], False):
        return TraceOrigin.EMPTY, ()
    if field.name in sheet.typed:
        return TraceOrigin.TYPED, (_typing(reader, sheet),)
    sources = tuple(_sources(reader, sheet.form, field, value, 0))
    return (TraceOrigin.CASE if sources else TraceOrigin.FORM), sources


def _typing(reader: SourceReader, sheet: _Sheet) -> TraceSource:
    if sheet.issued is not None and sheet.drafted_at is None:
        return reader.of_document(sheet.key)
    return TraceSource(path="draft", label="草稿", recorded_at=sheet.drafted_at)


def _sources(
    reader: SourceReader, form: FormDefinition, field: FieldDefinition, value: object, depth: int
) -> Iterator[TraceSource]:
    """Yield the sources of a default; a value handed on unchanged is followed to its beginning."""
    if depth > _DEEPEST:
        return
    for path in value_paths(field.default, reader.holds):
        root, _, rest = path.partition(".")
        if root == "f":
            before = form.field(rest)
            if before is not None and before.name != field.name:
                yield from _sources(reader, form, before, value, depth + 1)
            continue
        yield reader.source(path)
        yield from _handed_on(reader, path, value, depth)


def _handed_on(
    reader: SourceReader, path: str, value: object, depth: int
) -> Iterator[TraceSource]:
    root, _, rest = path.partition(".")
    form_id, _, name = rest.partition(".")
    document = reader.file.document(form_id) if root == "issued" else None
    if document is None:
        return
    form = reader.record.forms.get(form_id)
    field = form.field(name)
    typed = reader.typed(document.key)
    if field is None or (typed is not None and name in typed):
        return
    same = [
        p for p in value_paths(field.default, reader.holds) if freeze(reader.value(p)) == value
    ]
    if same or typed is not None:
        yield from _sources(reader, form, field, value, depth + 1)


def _trace_printed(reader: SourceReader, sheet: _Sheet) -> Iterator[ValueTrace]:
    """Yield the traces of case data which the form's own text prints beside its fields."""
    for path in value_paths(sheet.form.body, reader.holds):
        if path.startswith(("f.", "document")) or path == "f":
            continue
        source = reader.source(path)
        yield ValueTrace(
            document=sheet.key,
            field=path,
            label=source.label,
            value=source.text,
            origin=TraceOrigin.CASE,
            sources=(source,),
            evidence=_pieces(reader, source.evidence, "记入时一并收入"),
        )


def _supporting(
    reader: SourceReader,
    field: FieldDefinition,
    value: object,
    sources: tuple[TraceSource, ...],
) -> tuple[EvidenceTrace, ...]:
    with_event = {position for source in sources for position in source.evidence}
    found = list(_pieces(reader, with_event, "记入时一并收入"))
    if field.type in _WORDED and value:
        words = {
            piece.position
            for piece in reader.file.evidence
            if piece.position not in with_event and _meets(piece, str(value))
        }
        found += _pieces(reader, words, "名称或者证明内容与本栏文字相合")
    return tuple(sorted(found, key=lambda piece: piece.position))


def _pieces(
    reader: SourceReader, positions: set[int] | tuple[int, ...], why: str
) -> tuple[EvidenceTrace, ...]:
    return tuple(
        EvidenceTrace(position=p.position, name=p.name, proves=p.proves, why=why)
        for p in reader.file.evidence
        if p.position in positions and p.accepted is not False
    )


def _meets(piece: Evidence, text: str) -> bool:
    """Tell whether what a piece is called or proves runs like the text for some characters."""
    for words in (piece.name, piece.proves):
        matcher = SequenceMatcher(None, words, text, autojunk=False)
        if matcher.find_longest_match().size >= min(_ALIKE, len(words)):
            return True
    return False
