"""Binding: papers in order become one PDF with true page numbers, bookmarks and a catalogue.

Cover, catalogue and closing note (封面、目录、备考表) carry no page number; every other page has
one at its top outer corner. Foreign PDF files keep their own pages, laid beneath the numbers.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pikepdf

from workstation.documents.display_list import LaidOutDocument, Page, PictureOperation
from workstation.documents.fonts import FontLibrary
from workstation.documents.pdf import (
    OutlineEntry,
    PageStamp,
    PdfMetadata,
    volume_page_stamp,
    write_pdf,
)
from workstation.errors import WorkstationError

A4 = (595.28, 841.89)
_PICTURE_MARGIN = 71.0
_PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg"})


class UnreadableEvidenceError(WorkstationError):
    """An evidence file can't be shown as pages."""

    code = "unreadable_evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeItem:
    """One paper of a volume (一件): its pages, and its place in the catalogue.

    ``foreign`` is a PDF file whose pages stand in for the empty ones of ``layout``.
    """

    title: str
    number: str
    dated: date | None
    layout: LaidOutDocument
    foreign: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """One line of the catalogue; pages are those printed in the corner."""

    position: int
    title: str
    number: str
    dated: date | None
    from_page: int
    to_page: int
    volume: str


def catalogue_of(items: Sequence[VolumeItem], volume: str) -> tuple[CatalogueEntry, ...]:
    """Return the catalogue of a volume, its pages counted from 1."""
    entries: list[CatalogueEntry] = []
    page = 1
    for position, item in enumerate(items, start=1):
        last = page + len(item.layout.pages) - 1
        entries.append(
            CatalogueEntry(
                position=position,
                title=item.title,
                number=item.number,
                dated=item.dated,
                from_page=page,
                to_page=last,
                volume=volume,
            )
        )
        page = last + 1
    return tuple(entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeParts:
    """What a volume consists of, in binding order."""

    cover: LaidOutDocument
    catalogue: LaidOutDocument
    items: tuple[VolumeItem, ...]
    closing_note: LaidOutDocument


def bind(
    parts: VolumeParts,
    fonts: FontLibrary,
    metadata: PdfMetadata,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Return the bound PDF; the same parts give the same bytes.

    Raises:
        UnreadableEvidenceError: a foreign file can't be laid in.
    """
    layouts = [parts.cover, parts.catalogue, *(i.layout for i in parts.items), parts.closing_note]
    stamps: list[PageStamp] = []
    outline: list[OutlineEntry] = []
    labels = ("封面", "卷内文件目录", *(item.title for item in parts.items), "卷内备考表")
    number = 0
    numbered = range(2, 2 + len(parts.items))
    for position, (layout, label) in enumerate(zip(layouts, labels, strict=True)):
        outline.append(OutlineEntry(title=label, page=len(stamps)))
        for page in layout.pages:
            if position in numbered:
                number += 1
                stamps.append(volume_page_stamp(number, (page.width, page.height), fonts))
            else:
                stamps.append(PageStamp(label=label[:2]))
        if progress is not None:
            progress(position + 1, len(layouts))
    buffer = io.BytesIO()
    write_pdf(layouts, buffer, metadata=metadata, outline=outline, stamps=stamps)
    return _with_foreign_pages(buffer.getvalue(), parts)


def _with_foreign_pages(bound: bytes, parts: VolumeParts) -> bytes:
    if not any(item.foreign for item in parts.items):
        return bound
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(bound)) as volume:
        first = len(parts.cover.pages) + len(parts.catalogue.pages)
        for item in parts.items:
            if item.foreign:
                with pikepdf.open(io.BytesIO(item.foreign)) as source:
                    for offset, page in enumerate(source.pages):
                        volume.pages[first + offset].add_underlay(page, None)
            first += len(item.layout.pages)
        volume.save(output, deterministic_id=True)
    return output.getvalue()


def evidence_item(title: str, suffix: str, data: bytes, dated: date) -> VolumeItem:
    """Return an evidence file as an item: a picture on one page, or the pages of a PDF.

    Raises:
        UnreadableEvidenceError: it is neither, or damaged.
    """
    if suffix in _PICTURE_SUFFIXES:
        width, height = A4
        operation = PictureOperation(
            x=_PICTURE_MARGIN,
            y=_PICTURE_MARGIN,
            width=width - 2 * _PICTURE_MARGIN,
            height=height - 2 * _PICTURE_MARGIN,
            data=data,
        )
        layout = LaidOutDocument(pages=(_page(A4, operation),), faces=())
        return VolumeItem(title=title, number="", dated=dated, layout=layout)
    try:
        with pikepdf.open(io.BytesIO(data)) as source:
            sizes = [_size(page) for page in source.pages]
    except pikepdf.PdfError as error:
        message = f"证据“{title}”的文件不是可以装订的 PDF 或图片。"
        hint = "请换成 PDF、PNG 或 JPEG 后重新装订，或在备考表中注明原件存放处。"
        raise UnreadableEvidenceError(message, hint=hint) from error
    layout = LaidOutDocument(pages=tuple(_page(size) for size in sizes), faces=())
    return VolumeItem(title=title, number="", dated=dated, layout=layout, foreign=data)


def _page(size: tuple[float, float], *operations: PictureOperation) -> Page:
    return Page(width=size[0], height=size[1], operations=operations, lines=())


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(value) for value in page.mediabox)
    return right - left, top - bottom
