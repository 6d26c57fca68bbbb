"""Filling a template: plain data in, the parts of a finished .docx out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from types import TracebackType
from typing import Any

from jinja2 import TemplateError as JinjaError
from jinja2 import UndefinedError
from markupsafe import Markup
from typing_extensions import override

from workstation.documents.annexes import ANNEX, IN_THE_ANNEX, moved_texts
from workstation.documents.correction_runs import corrected_line
from workstation.documents.docx_package import DocxPackage, open_package
from workstation.documents.docx_pictures import PictureParts
from workstation.documents.docx_template import build_template
from workstation.documents.form_records import FormDefinition, FormKind, TemplateError
from workstation.documents.long_rows import SHORTEST_LONG_TEXT, part_long_rows
from workstation.documents.presets import PagePreset
from workstation.documents.sandbox import TemplateEnvironment, make_environment
from workstation.documents.template_compiling import CompiledPart, compile_template
from workstation.documents.template_faults import template_error
from workstation.documents.template_tags import (
    DRAW,
    EMIT,
    HAS_PICTURE,
    TagKind,
    TemplateTag,
)

# Pictures are numbered from 1,000 on.
_FIRST_CIRCLE = 5000
_ANNEXED = re.compile(rf"(?<![\w.]){ANNEX}\.([a-z]\w*)")
_CLOSE_RUN = "</w:t></w:r>"
_LINE_ENDS = re.compile(r"\s*[\r\n\v\f\x85\u2028\u2029]+\s*")
# Characters that XML can't carry; a vertical tab is Word's line break and handled above.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FAILURES = (
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)
_KEPT, _PROPERTIES = "<w:keepNext/>", "<w:pPr>"
# Begins a value of several lines; no text can hold it (see ``_FORBIDDEN``).
_GOES_ON = "\ufffe"
_EMPTY_CELL = "</w:tcPr></w:tc>"
_FILLED_CELL = "</w:tcPr><w:p/></w:tc>"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """A compiled template; ``annexed`` names the fields it prints in an 附页."""

    package: DocxPackage
    parts: tuple[CompiledPart, ...]
    annexed: frozenset[str]


class FormFiller:
    """Fills forms; compiles each template once and keeps it."""

    def __init__(self, presets: Mapping[str, PagePreset], titles: Mapping[str, str]) -> None:
        self._presets = presets
        self._titles = titles
        self._environment = make_environment(titles)
        self._prepared: dict[FormDefinition, _Prepared] = {}

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        """Be made anew in another process; compiled templates stay here."""
        return FormFiller, (dict(self._presets), dict(self._titles))

    @property
    def environment(self) -> TemplateEnvironment:
        """The sandbox, with the filters of documents."""
        return self._environment

    def template(self, form: FormDefinition) -> DocxPackage:
        """Return the form's template: the bureau's own .docx, else the compiled source.

        Raises:
            FormSourceError: the source breaks the form language.
            DamagedDocxError: the bureau's file can't be opened.
        """
        if form.own_docx is not None:
            return open_package(form.own_docx)
        return build_template(form, self._presets)

    def check(self, form: FormDefinition, template: DocxPackage | None = None) -> None:
        """Check a template against its form without filling it.

        Raises:
            TemplateError: naming the place of the first fault.
        """
        compile_template(template or self.template(form), form, self._environment)

    def fill(
        self,
        form: FormDefinition,
        context: Mapping[str, Any],
        pictures: Mapping[str, bytes] | None = None,
    ) -> DocxPackage:
        """Return the filled document.

        Args:
            form: the form.
            context: plain data under the names of the template; ``f`` holds the field values.
            pictures: PNG or JPEG files by the keys that ``#picture`` lines print.

        Raises:
            TemplateError: a tag can't be evaluated; the message names its place.
        """
        prepared = self._prepare(form)
        context = _with_annex(form, context, prepared)
        output = dict(prepared.package.parts)
        drawn = PictureParts(pictures or {}, self._preset(form))
        is_record = form.kind is FormKind.RECORD
        bookmarks = _Bookmarks()
        for part in prepared.parts:
            output[part.name] = _render(part, context, drawn, _Emitter(part, bookmarks, is_record))
        return DocxPackage(drawn.added_to(output))

    def _preset(self, form: FormDefinition) -> PagePreset | None:
        return self._presets.get(form.preset)

    def _prepare(self, form: FormDefinition) -> _Prepared:
        prepared = self._prepared.get(form)
        if prepared is None:
            package = self.template(form)
            parts = compile_template(package, form, self._environment)
            annexed = frozenset(_printed_in_annex(parts))
            prepared = _Prepared(package=package, parts=parts, annexed=annexed)
            self._prepared[form] = prepared
        return prepared


def _printed_in_annex(parts: tuple[CompiledPart, ...]) -> Iterator[str]:
    for part in parts:
        for tag in part.tags:
            if tag.kind is TagKind.VALUE:
                yield from _ANNEXED.findall(tag.inner)


def _with_annex(
    form: FormDefinition, context: Mapping[str, Any], prepared: _Prepared
) -> Mapping[str, Any]:
    """Move what is too long for its blank to the 附页, where the template has one."""
    values = context.get("f", {})
    moved = moved_texts(form, values, prepared.annexed)
    blanks = {name: IN_THE_ANNEX for name, text in moved.items() if text}
    return {**context, "f": {**values, **blanks}, ANNEX: moved}


def _render(
    part: CompiledPart, context: Mapping[str, Any], drawn: PictureParts, emitter: "_Emitter"
) -> bytes:
    names = {EMIT: emitter.emit, DRAW: drawn.draw, HAS_PICTURE: drawn.has}
    try:
        text = part.template.render({"pictures": {}, **context, **names})
    except TemplateError:
        raise
    except (JinjaError, *_FAILURES) as error:
        raise _located(part, error) from error
    done = _first_lines_let_go(text.replace(_EMPTY_CELL, _FILLED_CELL)).encode()
    return part_long_rows(done) if emitter.has_long_text else done


def _paragraphs_of(lines: list[str], tag: TemplateTag) -> str:
    """Join lines to paragraphs, of which only the last is kept with what stands below them.

    Word and LibreOffice move a whole chain of kept paragraphs: a long text would leave its page
    with the signature. Rows of a table are kept whole.
    """
    again = tag.break_paragraph + tag.open_run
    if len(lines) == 1 or tag.is_in_table:
        return again.join(lines)
    return _GOES_ON + again.replace(_KEPT, "").join(lines[:-1]) + again + lines[-1]


def _first_lines_let_go(text: str) -> str:
    """Let no paragraph be kept with the next in which a value of several lines begins."""
    done, *rest = text.split(_GOES_ON)
    for value in rest:
        start = done.rfind(_PROPERTIES)
        done = done[:start] + done[start:].replace(_KEPT, "", 1) + value
    return done


def _located(part: CompiledPart, error: Exception) -> TemplateError:
    tag = _failing_tag(part, error.__traceback__)
    place = tag.place if tag else ""
    shown = f"“{tag.inner}”" if tag else ""
    if isinstance(error, UndefinedError):
        return template_error(place, f"{shown}用到了没有的数据（{error.message}）。")
    return template_error(place, f"{shown}无法计算：{error}。")


def _failing_tag(part: CompiledPart, trace: TracebackType | None) -> TemplateTag | None:
    """Return the tag on the template line where the innermost template frame stopped."""
    line = 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return part.tags[line - 2] if 2 <= line < len(part.tags) + 2 else None


class _Bookmarks:
    """Numbers bookmarks and keeps their names unique in one document."""

    def __init__(self) -> None:
        self._number = 0
        self._used: dict[str, int] = {}

    def wrap(self, name: str, xml: str) -> str:
        used = self._used.get(name, 0) + 1
        self._used[name] = used
        self._number += 1
        unique = name if used == 1 else f"{name}__{used}"
        return (
            f'<w:bookmarkStart w:id="{self._number}" w:name="{unique}"/>{xml}'
            f'<w:bookmarkEnd w:id="{self._number}"/>'
        )


class _Emitter:
    """Prints the values of one part as runs; corrections only in records."""

    def __init__(self, part: CompiledPart, bookmarks: _Bookmarks, is_record: bool) -> None:  # noqa: FBT001
        self._is_record = is_record
        self._circles = count(_FIRST_CIRCLE)
        self._tags = part.tags
        self._fields = part.fields
        self._bookmarks = bookmarks
        self.has_long_text = False

    def emit(self, position: int, value: object) -> Markup:
        """Return the run of one value; a line end begins another paragraph alike."""
        tag = self._tags[position]
        if isinstance(value, (list, tuple, dict)):
            raise template_error(tag.place, f"“{tag.inner}”是一组数据，不能直接打印。")
        text = "" if value is None else str(value)
        if not text:
            return Markup()
        if len(text) >= SHORTEST_LONG_TEXT:
            self.has_long_text = True
        pieces = [text]
        if not text.isprintable():
            pieces = [piece for piece in _LINE_ENDS.split(text.strip("\r\n")) if piece] or [""]
        lines = [self._line(piece, tag.open_run) for piece in pieces]
        xml = tag.open_run + _paragraphs_of(lines, tag) + _CLOSE_RUN
        # The value stands in the 附页; the blank only points there.
        name = "" if text == IN_THE_ANNEX else self._fields[position]
        return Markup(self._bookmarks.wrap(name, xml) if name else xml)  # noqa: S704 escaped above

    def _line(self, text: str, open_run: str) -> str:
        if self._is_record and "【" in text:
            return corrected_line(text, open_run, _escape, self._circles)
        return _escape(text)


def _escape(text: str) -> str:
    clean = _FORBIDDEN.sub("", text).replace("\t", " ")
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
