"""The files of a capsule: pages for the viewer, PDFs for the printer, data and guide."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

from workstation.archive import verify_capsule, verify_volume
from workstation.archive.binding import UnreadableEvidenceError, evidence_item
from workstation.documents.display_list import LaidOutDocument, Page, PictureOperation
from workstation.documents.pdf import OutlineEntry, PdfMetadata, write_pdf
from workstation.documents.rasterise import render_pages
from workstation.documents.screen_pictures import screen_picture
from workstation.domain.cases import CaseFile, IssuedDocument
from workstation.domain.evidence import Evidence
from workstation.operations.capsules.choices import Leaving
from workstation.operations.capsules.viewer import ViewedItem
from workstation.operations.forms import FormOperations
from workstation.operations.volume_package import original_files

Progress = Callable[[int, int], None]
_SCAN_DPI = 120
_GUIDE = """怎样使用案卷胶囊

一、双击“打开案卷.html”，用任何浏览器打开；不需要安装程序，不联网。
    （在压缩包里双击不能打开的，先把压缩包解开。）
二、左边选文书，中间看原页，右边是审核清单、栏目、条文；每一页、每一栏、每一项都可以写意见。
    写的内容随时存在本机浏览器里；按 Ctrl+S 或者“保存回件”，得到一个 .json 小文件，发回制作机关。
三、文书合订的 PDF 是“案卷包/data/文书合订.pdf”，证据原件在“案卷包/data/原件”。
四、要核对本胶囊是否被改动：python3 案卷包/data/说明/verify_capsule.py 本胶囊.zip
    末行的签名密钥指纹，请打电话与制作机关核对。
"""


def describing_files(content: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the case as data, the articles it cites, and how to use the capsule, by path."""
    texts = [
        f"{a['citation']}（{'、'.join(a['days'])}，{a['verdict']}）\n{a['text']}\n{a['source']}\n"
        for a in content["articles"]
    ]
    return {
        "案卷.json": (json.dumps(content, ensure_ascii=False, sort_keys=True) + "\n").encode(),
        "本案适用法律条文.txt": ("\n".join(texts) or "本机没有安装法规库。\n").encode(),
        "说明/怎样使用.txt": _GUIDE.encode(),
        "说明/verify_capsule.py": Path(verify_capsule.__file__).read_bytes(),
        "说明/verify_volume.py": Path(verify_volume.__file__).read_bytes(),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class CapsulePages:
    """The papers and the evidence of one case that leave, redacted."""

    file: CaseFile
    out: Leaving
    agency: str
    forms: FormOperations

    def make(
        self, blobs: Mapping[str, bytes], progress: Progress | None, stop: Event | None
    ) -> tuple[list[ViewedItem], dict[str, bytes]] | None:
        """Return what the viewer shows and the files beside it; None when ``stop`` was set.

        ``blobs`` are the evidence files by SHA-256.
        """
        items: list[ViewedItem] = []
        payload = original_files(self.out.evidence, blobs)
        work: list[IssuedDocument | Evidence] = [*self.out.documents, *self.out.evidence]
        for done, piece in enumerate(work):
            if stop is not None and stop.is_set():
                return None
            if progress is not None:
                progress(done, len(work))
            if isinstance(piece, IssuedDocument):
                layout = self.out.redaction.document(
                    self.forms.page_of(self.file.case.id, piece.key)
                )
                title = self.out.redaction.text(piece.title)
                items.append(ViewedItem(key=piece.key, title=title, layout=layout))
            else:
                items.append(_viewed(piece, blobs[piece.sha256]))
        bound = self._pdf(items)
        payload |= {"文书合订.pdf": bound} if bound else {}
        if progress is not None:
            progress(len(work), len(work))
        return items, payload

    def _pdf(self, items: list[ViewedItem]) -> bytes:
        """Return all papers as one PDF with a bookmark each; fonts are embedded but once."""
        papers = [item for item in items if item.layout.faces]
        outline, page = [], 0
        for item in papers:
            outline.append(OutlineEntry(title=f"{item.key} {item.title}", page=page))
            page += len(item.layout.pages)
        if not papers:
            return b""
        buffer = BytesIO()
        title = self.out.redaction.text(self.file.case.title)
        metadata = PdfMetadata(title=title, author=self.agency)
        write_pdf([p.layout for p in papers], buffer, metadata=metadata, outline=outline)
        return buffer.getvalue()


def _viewed(piece: Evidence, data: bytes) -> ViewedItem:
    key, title = f"证据{piece.position}", f"证据：{piece.name}"
    try:
        item = evidence_item(title, piece.media_type, data, piece.obtained_on)
    except UnreadableEvidenceError:
        # A recording has no pages; it lies among the originals, and remarks are made on it.
        return ViewedItem(key=key, title=title, layout=LaidOutDocument(pages=(), faces=()))
    if not item.foreign:
        pages = tuple(_smaller(page) for page in item.layout.pages)
    else:
        scans = render_pages(data, dpi=_SCAN_DPI)
        pages = tuple(
            _pictured(page, screen_picture(scan))
            for page, scan in zip(item.layout.pages, scans, strict=True)
        )
    return ViewedItem(key=key, title=title, layout=LaidOutDocument(pages=pages, faces=()))


def _smaller(page: Page) -> Page:
    operation = page.operations[0]
    assert isinstance(operation, PictureOperation)  # noqa: S101 - evidence_item draws one picture
    return _pictured(page, screen_picture(operation.data), operation)


def _pictured(page: Page, data: bytes, place: PictureOperation | None = None) -> Page:
    picture = PictureOperation(
        x=place.x if place else 0,
        y=place.y if place else 0,
        width=place.width if place else page.width,
        height=place.height if place else page.height,
        data=data,
    )
    return Page(width=page.width, height=page.height, operations=(picture,), lines=())
