"""Checking a template that comes from outside: every fault at once, each with its place.

Nothing of the template is evaluated here: the file is unpacked within limits, its XML read, its
tags parsed. What only shows when it is filled, a sample case shows (``operations.templates``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from workstation.documents.blocks import TextRun
from workstation.documents.docx_faults import Place
from workstation.documents.docx_package import (
    DOCUMENT_PART,
    DamagedDocxError,
    DocxPackage,
    R,
    W,
    open_package,
    parse_part,
)
from workstation.documents.docx_reader import STYLES_PART, faults_of
from workstation.documents.docx_styles import StyleSheet
from workstation.documents.fonts import FontLibrary, style_label
from workstation.documents.form_records import FormDefinition
from workstation.documents.line_breaking import LINE_END, TAB
from workstation.documents.paragraph_reader import ParagraphReader
from workstation.documents.sandbox import TemplateEnvironment
from workstation.documents.template_checks import TagRules, check_structure, check_tags
from workstation.documents.template_compiling import parts_with_tags, story_of
from workstation.documents.template_faults import FaultKind, FaultSink, TemplateFault
from workstation.documents.template_tags import extract_tags, located_paragraphs

_WHOLE = "整份模板"
_RELATIONSHIPS = re.compile(r"word/_rels/(.+)\.rels")
_ACTIVE = {
    "vbaProject": ("宏", "另存为“Word 文档（*.docx）”，不要选启用宏的格式。"),
    "vbaData": ("宏", "另存为“Word 文档（*.docx）”，不要选启用宏的格式。"),
    "activeX": ("ActiveX 控件", "删除控件。"),
    "embeddings/": ("嵌入对象", "删除嵌入的表格或文件；图片请以“嵌入型”插入。"),
    "diagrams/": ("SmartArt 图形", "删除它；需要保留的请截图存为 PNG。"),
    "charts/": ("图表", "删除它；需要保留的请截图存为 PNG。"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LintRules:
    """What a template is checked against.

    ``shipped`` is the template it would replace: a required field that one prints and this one
    doesn't is a fault. ``sample`` is the context of a sample case.
    """

    form: FormDefinition
    environment: TemplateEnvironment
    shipped: DocxPackage
    sample: Mapping[str, Any]


def lint_template(data: bytes, rules: LintRules) -> tuple[TemplateFault, ...]:
    """Return every fault of a .docx template in the order of its pages; none means sound."""
    sink = FaultSink(gathers=True)
    try:
        package = open_package(data)
        _check_package(package, sink)
        _check_parts(package, rules, sink)
    except DamagedDocxError as error:
        sink.report(FaultKind.FILE, _WHOLE, error.message.rstrip("。"), error.hint)
        return tuple(sink.faults)
    return tuple(sorted(sink.faults, key=_Order(package)))


def fields_of(package: DocxPackage, rules: LintRules) -> frozenset[str]:
    """Return the fields a template prints or tests; its faults are not looked at."""
    return _check_tags(package, rules, FaultSink(gathers=True))


class _Order:
    """Where in the document a fault stands; those of the whole file come first."""

    def __init__(self, package: DocxPackage) -> None:
        names = (DOCUMENT_PART, *parts_with_tags(package)[1:])
        places = [
            place
            for name in names
            for _, place in located_paragraphs(parse_part(package.parts[name]), story_of(name))
        ]
        self._places = {place: number for number, place in enumerate(places)}

    def __call__(self, fault: TemplateFault) -> int:
        # A fault of a row names no cell; its first cell comes first.
        return self._places.get(fault.place, self._places.get(f"{fault.place}第1格", -1))


def _check_package(package: DocxPackage, sink: FaultSink) -> None:
    for name in package.parts:
        for mark, (what, fix) in _ACTIVE.items():
            if mark in name:
                sink.report(FaultKind.UNSAFE, _WHOLE, f"含有{what}（{name}）", fix)
    for name, data in package.parts.items():
        match = _RELATIONSHIPS.fullmatch(name)
        if match:
            _check_links(package, match[1], parse_part(data), sink)


def _check_links(package: DocxPackage, part: str, links: etree._Element, sink: FaultSink) -> None:
    for link in links:
        if link.get("TargetMode") != "External":
            continue
        kind = str(link.get("Type")).rpartition("/")[2]
        place = _place_of_link(package, part, str(link.get("Id"))) or _WHOLE
        what = {"hyperlink": "超链接", "image": "链接的图片", "attachedTemplate": "附加的模板"}
        fix = "右击链接，选“取消超链接”" if kind == "hyperlink" else "取消链接，改为嵌入文档内"
        target = str(link.get("Target"))[:60]
        shown = f"指向文档以外的{what.get(kind, '内容')}（{target}）"
        sink.report(FaultKind.UNSAFE, place, shown, f"{fix}。")


def _place_of_link(package: DocxPackage, part: str, identifier: str) -> str:
    data = package.parts.get(f"word/{part}")
    if data is None:
        return ""
    for paragraph, place in located_paragraphs(parse_part(data), story_of(f"word/{part}")):
        for element in paragraph.iter():
            if identifier in {element.get(R + "id"), element.get(R + "link")}:
                return place
    return ""


def _check_parts(package: DocxPackage, rules: LintRules, sink: FaultSink) -> None:
    used = _check_tags(package, rules, sink)
    needed = fields_of(rules.shipped, rules) - used
    for field in rules.form.fields:
        if field.required and field.name in needed:
            sink.report(
                FaultKind.REQUIRED,
                _WHOLE,
                f"缺少必填栏目“{field.label}”",
                f"在应当印出它的地方写上 {{{{ f.{field.name} }}}}。",
            )
    near = _texts_by_place(package)
    for fault in faults_of(package):
        kind = FaultKind.UNSUPPORTED
        sink.report(kind, fault.place, fault.what, fault.fix, near.get(fault.place, ""))


def _check_tags(package: DocxPackage, rules: LintRules, sink: FaultSink) -> frozenset[str]:
    tag_rules = TagRules(form=rules.form, environment=rules.environment, sample=rules.sample)
    fields: frozenset[str] = frozenset()
    for name in parts_with_tags(package):
        root = parse_part(package.parts[name])
        tags = extract_tags(root, story_of(name), sink)
        check_structure(root, tags, sink)
        fields |= check_tags(tags, tag_rules, sink)
    return fields


def _texts_by_place(package: DocxPackage) -> dict[str, str]:
    found: dict[str, str] = {}
    for paragraph, place in located_paragraphs(parse_part(package.parts[DOCUMENT_PART])):
        text = "".join(node.text or "" for node in paragraph.iter(W + "t")).strip()
        if text and place not in found:
            found[place] = text[:24]
    return found


def glyph_faults(package: DocxPackage, fonts: FontLibrary) -> tuple[TemplateFault, ...]:
    """Return the characters of the template's own text that no font can print.

    Raises:
        DamagedDocxError: a part is malformed.
    """
    sink = FaultSink(gathers=True)
    styles = StyleSheet(parse_part(package.parts.get(STYLES_PART, _NO_STYLES)), [])
    for name in (DOCUMENT_PART, *parts_with_tags(package)[1:]):
        root = parse_part(package.parts[name])
        for paragraph, place in located_paragraphs(root, story_of(name)):
            for missing, style in _unprintable(paragraph, styles, fonts):
                fix = "换用有这个字的字体（宋体收字最多），或改写。"
                sink.report(FaultKind.GLYPH, place, f"{style}没有字形“{missing}”", fix, missing)
    return tuple(sink.faults)


_NO_STYLES = f'<w:styles xmlns:w="{W[1:-1]}"/>'.encode()


def _unprintable(
    paragraph: etree._Element, styles: StyleSheet, fonts: FontLibrary
) -> list[tuple[str, str]]:
    reader = ParagraphReader(styles, {}, Place(found=[]))
    found = []
    for part in reader.read(paragraph):
        for run in part.runs:
            if isinstance(run, TextRun):
                text = run.text.replace(TAB, "").replace(LINE_END, "")
                missing = fonts.missing(text, run.style.font)
                if missing:
                    found.append(("".join(missing), style_label(run.style.font)))
    return found
