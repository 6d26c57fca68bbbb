"""Compiling the parts of a .docx template to Jinja templates that print whole parts."""

import re
from dataclasses import dataclass

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables
from lxml import etree

from workstation.documents.docx_package import DOCUMENT_PART, DocxPackage, parse_part
from workstation.documents.form_records import FormDefinition
from workstation.documents.sandbox import TemplateEnvironment
from workstation.documents.template_tags import (
    DRAW,
    EMIT,
    HAS_PICTURE,
    MARKER,
    TagKind,
    TemplateTag,
    extract_tags,
    template_error,
)

CONTEXT_NAMES = frozenset(
    [
        "f",
        "agency",
        "case",
        "party",
        "officers",
        "people",
        "matter",
        "document",
        "issued",
        "issued_all",
        "evidence",
        "deliveries",
        "deadlines",
        "catalogue",
        "volume",
        "pictures",
    ]
)
_PRIVATE = frozenset({EMIT, HAS_PICTURE, DRAW})
_MARKER = re.compile(rf'<{MARKER} i="(\d+)"/>')
# Word allows 40 characters in the name of a bookmark; the rest numbers repetitions.
_BOOKMARK_ROOM = 34
_FIELD = re.compile(r"(?<![\w.])f\.([a-z]\w*)")
_CASE_VALUE = re.compile(r"(?<![\w.])((?:" + "|".join(sorted(CONTEXT_NAMES)) + r")(?:\.\w+)*)")
_LOOP = re.compile(r"for\s+(\w+)\s+in\s+(.+)", re.DOTALL)
_FOOTER_PART = re.compile(r"word/(?:footer|header)\d*\.xml")


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
    names = [DOCUMENT_PART, *(name for name in package.parts if _FOOTER_PART.fullmatch(name))]
    return tuple(
        _compile_part(name, package.parts[name], form, environment)
        for name in names
        if name == DOCUMENT_PART or b"{" in package.parts[name]
    )


def _compile_part(
    name: str, data: bytes, form: FormDefinition, environment: TemplateEnvironment
) -> CompiledPart:
    root = parse_part(data)
    story = "" if name == DOCUMENT_PART else ("页脚" if "footer" in name else "页眉")
    extracted = extract_tags(root, story)
    order: list[TemplateTag] = []

    def place_tag(match: re.Match[str]) -> str:
        tag = extracted[int(match[1])]
        order.append(tag)
        return _source(tag, len(order) - 1)

    xml = etree.tostring(root, encoding="unicode").replace("\n", " ").replace("\r", " ")
    source = _MARKER.sub(place_tag, xml)
    tags = tuple(order)
    _check(source, tags, form, environment)
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


def _check(
    source: str, tags: tuple[TemplateTag, ...], form: FormDefinition, env: TemplateEnvironment
) -> None:
    try:
        tree = env.parse(source)
        names = find_undeclared_variables(tree)
    except TemplateSyntaxError as error:
        tag = tags[max(0, min(error.lineno - 2, len(tags) - 1))] if tags else None
        place = tag.place if tag else ""
        shown = f"“{tag.inner}”" if tag else ""
        raise template_error(place, f"{shown}写法有误（{error.message}）。") from error
    # A name that one branch only assigns counts as undeclared for Jinja; it is not unknown.
    assigned = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    unknown = names - assigned - CONTEXT_NAMES - _PRIVATE - set(env.globals)
    for name in sorted(unknown):
        raise template_error(_place_of(name, tags), f"没有名为“{name}”的数据。")
    known = {field.name for field in form.fields}
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name == "f" and node.attr not in known:
            place = _place_of(rf"f\.{node.attr}", tags)
            raise template_error(place, f"本文书没有名为“{node.attr}”的栏目。")


def _place_of(pattern: str, tags: tuple[TemplateTag, ...]) -> str:
    found = (tag.place for tag in tags if re.search(rf"(?<![\w.]){pattern}\b", tag.inner))
    return next(found, "")


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
