"""Compiling the parts of a .docx template to Jinja templates that print whole parts."""

import re
from dataclasses import dataclass

from jinja2 import Template
from lxml import etree

from workstation.documents.annexes import ANNEX
from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, parse_part
from workstation.documents.form_records import FormDefinition
from workstation.documents.sandbox import TemplateEnvironment
from workstation.documents.template_checks import (
    CONTEXT_NAMES,
    TagRules,
    check_structure,
    check_tags,
)
from workstation.documents.template_faults import FaultSink
from workstation.documents.template_tags import (
    DRAW,
    EMIT,
    MARKER,
    TagKind,
    TemplateTag,
    extract_tags,
)

_MARKER = re.compile(rf'<{MARKER} i="(\d+)"/>')
# Word allows 40 characters in the name of a bookmark; the rest numbers repetitions.
_BOOKMARK_ROOM = 34
_FIELD = re.compile(rf"(?<![\w.])(?:f|{ANNEX})\.([a-z]\w*)")
_CASE_VALUE = re.compile(r"(?<![\w.])((?:" + "|".join(sorted(CONTEXT_NAMES)) + r")(?:\.\w+)*)")
_LOOP = re.compile(r"for\s+(\w+)\s+in\s+(.+)", re.DOTALL)
_STORY_PART = re.compile(r"word/(?:footer|header)\d*\.xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledPart:
    """One part as a Jinja template; the tag of line ``n`` of its source is ``tags[n - 2]``.

    ``fields[i]`` is the bookmark name of the value of tag ``i``.
    """

    name: str
    template: Template
    tags: tuple[TemplateTag, ...]
    fields: tuple[str, ...]


def compile_template(
    package: DocxPackage, form: FormDefinition, environment: TemplateEnvironment
) -> tuple[CompiledPart, ...]:
    """Compile every part of a template that can hold tags.

    Raises:
        TemplateError: naming the place of bad syntax or of a name that doesn't exist.
        DamagedDocxError: a part can't be parsed.
    """
    return tuple(
        _compile_part(name, package.parts[name], form, environment)
        for name in parts_with_tags(package)
    )


def parts_with_tags(package: DocxPackage) -> tuple[str, ...]:
    """Return the names of the parts that can hold tags: the body first, headers and footers."""
    stories = (name for name in package.parts if _STORY_PART.fullmatch(name))
    return (DOCUMENT_PART, *(name for name in stories if b"{" in package.parts[name]))


def story_of(part: str) -> str:
    """Return what a part is called in the place of a fault; the body has no name."""
    if part == DOCUMENT_PART:
        return ""
    return "页脚" if "footer" in part else "页眉"


def _compile_part(
    name: str, data: bytes, form: FormDefinition, environment: TemplateEnvironment
) -> CompiledPart:
    root = parse_part(data)
    extracted = extract_tags(root, story_of(name))
    sink = FaultSink()
    check_structure(root, extracted, sink)
    check_tags(extracted, TagRules(form=form, environment=environment, sample={}), sink)
    order: list[TemplateTag] = []

    def place_tag(match: re.Match[str]) -> str:
        tag = extracted[int(match[1])]
        order.append(tag)
        return _source(tag, len(order) - 1)

    xml = etree.tostring(root, encoding="unicode").replace("\n", " ").replace("\r", " ")
    source = _MARKER.sub(place_tag, xml)
    tags = tuple(order)
    return CompiledPart(
        name=name,
        template=environment.from_string(source),
        tags=tags,
        fields=_field_names(tags),
    )


def _source(tag: TemplateTag, position: int) -> str:
    # The line break inside every tag gives it a line number of its own: an error names its line.
    inner = tag.inner.replace("\n", " ")
    if tag.kind is TagKind.STATEMENT:
        return f"{{%\n{inner} %}}"
    if tag.kind is TagKind.PICTURE:
        return f"{{{{\n{DRAW}({inner}) }}}}"
    return f"{{{{\n{EMIT}({position}, ({inner})) }}}}"


def _field_names(tags: tuple[TemplateTag, ...]) -> tuple[str, ...]:
    """Return for every tag the bookmark that says which field or case value it prints."""
    loops: dict[str, str] = {}
    names = []
    for tag in tags:
        loop = _LOOP.match(tag.inner) if tag.kind is TagKind.STATEMENT else None
        if loop:
            loops[loop[1]] = loop[2]
        names.append(_bookmark(tag.inner, loops))
    return tuple(names)


def _bookmark(expression: str, loops: dict[str, str]) -> str:
    for variable, source in loops.items():
        expression = re.sub(rf"(?<![\w.]){variable}\b", f" {source} ", expression)
    match = _FIELD.search(expression)
    if match:
        return f"f_{match[1]}"
    match = _CASE_VALUE.search(expression)
    return ("v_" + match[1].replace(".", "__"))[:_BOOKMARK_ROOM] if match else ""
