"""Footers: page numbers after GB/T 9704-2012 §7.5, and the signature line of records."""

from dataclasses import replace

from lxml import etree

from workstation.documents.blocks import Align, PageField
from workstation.documents.docx_package import RELATIONSHIP, WORD, W
from workstation.documents.docx_paragraphs import (
    ParagraphFormat,
    element,
    write_paragraph,
    write_run,
)
from workstation.documents.form_language import InlinePiece, parse_inline
from workstation.documents.form_records import FormDefinition
from workstation.documents.presets import FooterKind, LineStyle, PagePreset

_INSTRUCTIONS = {PageField.PAGE: "PAGE", PageField.PAGES: "NUMPAGES"}
_Part = str | PageField


def footer_references(kind: FooterKind) -> dict[str, str]:
    """Return the footer parts of a kind of footer: reference type to part name."""
    if kind is FooterKind.NONE:
        return {}
    if kind is FooterKind.OFFICIAL:
        return {"default": "footer1.xml", "even": "footer2.xml"}
    return {"default": "footer1.xml"}


def build_footers(form: FormDefinition, preset: PagePreset) -> dict[str, etree._Element]:
    """Return the footer parts by name."""
    style = preset.footer_style
    if preset.footer is FooterKind.NONE:
        return {}
    if preset.footer is FooterKind.OFFICIAL:
        number: tuple[_Part, ...] = ("— ", PageField.PAGE, " —")
        right = replace(style, align=Align.RIGHT)
        left = replace(style, align=Align.LEFT)
        return {
            "footer1.xml": _footer([_numbers(number, right, inset=True)]),
            "footer2.xml": _footer([_numbers(number, left, inset=True)]),
        }
    numbers = ("第 ", PageField.PAGE, " 页　共 ", PageField.PAGES, " 页")
    lines = []
    if form.footer_text:
        shape = ParagraphFormat(style=replace(style, align=Align.JUSTIFY))
        lines.append(write_paragraph(parse_inline(form.footer_text), shape))
    lines.append(_numbers(numbers, replace(style, align=Align.CENTER), inset=False))
    return {"footer1.xml": _footer(lines)}


def _footer(paragraphs: list[etree._Element]) -> etree._Element:
    root = etree.Element(W + "ftr", nsmap={"w": WORD, "r": RELATIONSHIP})
    root.extend(paragraphs)
    return root


def _numbers(parts: tuple[_Part, ...], style: LineStyle, *, inset: bool) -> etree._Element:
    indent = style.size if inset else 0
    shape = ParagraphFormat(
        style=style,
        left=indent if style.align is Align.LEFT else 0,
        right=indent if style.align is Align.RIGHT else 0,
    )
    paragraph = write_paragraph((), shape)
    for part in parts:
        if isinstance(part, PageField):
            paragraph.extend(_field(part, style))
        else:
            paragraph.append(write_run(InlinePiece(text=part), style))
    return paragraph


def _field(kind: PageField, style: LineStyle) -> list[etree._Element]:
    runs = []
    for content in ("begin", "instruction", "separate", "result", "end"):
        run = write_run(InlinePiece(text="1"), style)
        if content != "result":
            run.remove(run[-1])
            run.append(_field_part(content, kind))
        runs.append(run)
    return runs


def _field_part(content: str, kind: PageField) -> etree._Element:
    if content != "instruction":
        return element("fldChar", fldCharType=content)
    instruction = element("instrText")
    instruction.text = f" {_INSTRUCTIONS[kind]} "
    return instruction
