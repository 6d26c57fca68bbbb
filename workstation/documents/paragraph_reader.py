"""Reading one paragraph of a .docx: its runs, page numbers, pictures and fields."""

import re
from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from workstation.documents.blocks import (
    PageField,
    PageFieldRun,
    Paragraph,
    PictureRun,
    Run,
    RunStyle,
    Stroke,
    TextRun,
)
from workstation.documents.correction_runs import read_circle
from workstation.documents.docx_faults import Place
from workstation.documents.docx_package import R, W
from workstation.documents.docx_pictures import EMU, picture_format
from workstation.documents.docx_strokes import ALTERNATE, PICT, read_stroke
from workstation.documents.docx_styles import (
    ParagraphProperties,
    RunProperties,
    StyleSheet,
)
from workstation.documents.line_breaking import LINE_END, TAB
from workstation.errors import InvalidInputError

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_WP = f"{{{_DRAWING}/wordprocessingDrawing}}"
_BLIP = f"{{{_DRAWING}/main}}blip"
_TRANSPARENT = frozenset(
    W + name for name in ("sdt", "sdtContent", "smartTag", "hyperlink", "customXml", "dir")
)
_SKIPPED = frozenset(
    W + name
    for name in ["pPr", "bookmarkEnd", "proofErr", "permStart", "permEnd", "sdtPr", "sdtEndPr"]
)
_SKIPPED_IN_RUN = frozenset(W + name for name in ("rPr", "lastRenderedPageBreak"))
_FIELD_NAMES = {"PAGE": PageField.PAGE, "NUMPAGES": PageField.PAGES}
_BOOKMARK = re.compile(r"([fv])_(.+?)(?:__\d+)?\Z")
# A field name may be cut to a bookmark's length; dots are written as double underscores.
_DOT = "__"


class ParagraphReader:
    """Reads paragraphs in order, keeping count of the place and of open bookmarks."""

    def __init__(
        self,
        styles: StyleSheet,
        pictures: Mapping[str, bytes],
        place: Place | None = None,
        tab_distance: float = 36.0,
    ) -> None:
        self.place = place or Place()
        self.tab_distance = tab_distance
        self._styles = styles
        self._pictures = pictures
        self._fields: dict[str, str] = {}

    def read(self, element: etree._Element) -> list[Paragraph]:
        """Return the paragraph; a page break inside it makes two.

        Raises:
            UnsupportedDocxError: it holds something outside the subset.
        """
        shape = self._shape(element)
        if shape.leading is None:
            self.place.refuse("固定值、最小值以外的行距", "在段落设置中把行距改为“固定值”。")
        content = _Content(self, shape.run)
        content.children(element)
        paragraphs = []
        for position, runs in enumerate(content.finish()):
            paragraphs.append(
                Paragraph(
                    runs=runs,
                    align=shape.align,
                    leading=shape.leading or _REPLACED_LEADING,
                    first_line_indent=shape.first_line,
                    left_indent=shape.left,
                    right_indent=shape.right,
                    space_before=shape.before,
                    space_after=shape.after,
                    keep_next=shape.keep_next,
                    page_break_before=shape.page_break or position > 0,
                    ruled=shape.ruled,
                    at_least=shape.at_least,
                    tab_stops=shape.tab_stops,
                    tab_distance=self.tab_distance,
                    strokes=tuple(content.strokes) if position == 0 else (),
                )
            )
        return paragraphs

    def _shape(self, element: etree._Element) -> ParagraphProperties:
        properties = element.find(_PROPERTIES)
        if properties is None:
            return self._styles.default
        named = properties.find(_STYLE)
        inherited = (
            self._styles.default if named is None else self._styles.style(str(named.get(_VAL)))
        )
        return self._styles.known_paragraph(properties, inherited, self.place)

    def run_style(self, element: etree._Element, inherited: RunProperties) -> RunStyle:
        """Return the style of a ``w:r``."""
        properties = element.find(_RUN_PROPERTIES)
        if properties is not None:
            inherited = self._styles.known_run(properties, inherited, self.place)
        return self._styles.run_style(inherited, self.place)

    def open_bookmark(self, element: etree._Element) -> None:
        """Note a bookmark that says which field the following text came from."""
        match = _BOOKMARK.match(str(element.get(_NAME)))
        if match:
            name = match[2] if match[1] == "f" else match[2].replace(_DOT, ".")
            self._fields[str(element.get(_ID))] = name

    def close_bookmark(self, element: etree._Element) -> None:
        """Forget a bookmark."""
        self._fields.pop(str(element.get(_ID)), None)

    @property
    def field(self) -> str:
        """The innermost open field, or empty."""
        return next(reversed(self._fields.values())) if self._fields else ""

    def picture(self, element: etree._Element) -> PictureRun | None:
        """Return an inline picture; ``None`` after a fault was gathered.

        Raises:
            UnsupportedDocxError: it floats, or is neither PNG nor JPEG.
        """
        inline = element.find(_WP + "inline")
        blip = None if inline is None else inline.find(f".//{_BLIP}")
        extent = None if inline is None else inline.find(_WP + "extent")
        if blip is None or extent is None:
            self._refuse_drawing(element)
            return None
        data = self._pictures.get(str(blip.get(R + "embed")))
        try:
            picture_format(data or b"")
        except InvalidInputError:
            self.place.refuse("PNG、JPEG 以外的图片", "把图片另存为 PNG 或 JPEG 后重新插入。")
            return None
        return PictureRun(
            data=data or b"",
            width=int(extent.get("cx", "0")) / EMU,
            height=int(extent.get("cy", "0")) / EMU,
        )

    def _refuse_drawing(self, element: etree._Element) -> None:
        uri = next((str(data.get("uri")) for data in element.iter(_GRAPHIC)), "")
        for ending, what in _GRAPHICS.items():
            if uri.endswith(ending):
                self.place.refuse(what, "删除它；需要保留的请截图存为 PNG，以“嵌入型”插入。")
                return
        self.place.refuse(
            "浮动的图片或图形", "右击图片，把“环绕文字”改为“嵌入型”；其他图形请删除。"
        )


_GRAPHIC = f"{{{_DRAWING}/main}}graphicData"
_GRAPHICS = {
    "/diagram": "SmartArt 图形",
    "/chart": "图表",
    "/wordprocessingShape": "文本框或形状",
    "/wordprocessingGroup": "组合图形",
    "/wordprocessingCanvas": "绘图画布",
}
# Where faults are gathered the reader goes on with some leading.
_REPLACED_LEADING = 20.0
_PROPERTIES = W + "pPr"
_RUN_PROPERTIES = W + "rPr"
_STYLE = W + "pStyle"
_VAL = W + "val"
_NAME = W + "name"
_ID = W + "id"
_RUN = W + "r"
_TEXT = W + "t"
_DRAWN = W + "drawing"
_SHAPES = frozenset({_DRAWN, PICT, ALTERNATE})
_BOOKMARK_START = W + "bookmarkStart"
_BOOKMARK_END = W + "bookmarkEnd"


_CHARACTERS = {W + "noBreakHyphen": "-", W + "tab": TAB, W + "cr": LINE_END}


def _character(element: etree._Element) -> str:
    """Return the character an element of a run stands for, or an empty text."""
    if element.tag == W + "br" and element.get(W + "type", "textWrapping") == "textWrapping":
        return LINE_END
    return _CHARACTERS.get(str(element.tag), "")


_FIELD_FIX = "按 Ctrl+Shift+F9 把域变成普通文字；页码用 PAGE、NUMPAGES。"


class _Content:
    """Gathers the runs of one paragraph, cut where pages break."""

    def __init__(self, reader: ParagraphReader, inherited: RunProperties) -> None:
        self._reader = reader
        self._inherited = inherited
        self._parts: list[list[Run]] = [[]]
        self._instruction: str | None = None
        self._in_result = False
        self.strokes: list[Stroke] = []
        self._circle = 0.0

    def finish(self) -> list[tuple[Run, ...]]:
        """Return the runs of each part; only one when no page breaks."""
        if self._instruction is not None:
            self._reader.place.refuse("没有结束的域", _FIELD_FIX)
        if len(self._parts) == 2 and not self._parts[0]:
            # A break that opens a paragraph moves the paragraph; there is nothing before it.
            return [(), tuple(self._parts[1])]
        return [tuple(part) for part in self._parts]

    def children(self, parent: etree._Element) -> None:
        """Read the children of a paragraph or of a transparent wrapper."""
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child)
            elif tag == _BOOKMARK_START:
                self._reader.open_bookmark(child)
            elif tag == _BOOKMARK_END:
                self._reader.close_bookmark(child)
            elif tag in _TRANSPARENT:
                self.children(child)
            elif tag == W + "fldSimple":
                self._page_field(str(child.get(W + "instr")), self._first_style(child))
            elif tag not in _SKIPPED:
                self._reader.place.refuse_element(child)

    def _first_style(self, element: etree._Element) -> RunStyle:
        run = element.find(W + "r")
        return self._reader.run_style(element if run is None else run, self._inherited)

    def _run(self, run: etree._Element) -> None:
        style: RunStyle | None = None
        for child in run:
            tag = child.tag
            if tag in _SKIPPED_IN_RUN:
                continue
            if tag == _TEXT:
                if child.text and not self._in_result:
                    style = style or self._reader.run_style(run, self._inherited)
                    self._text(child.text, style)
            elif tag == W + "fldChar":
                self._field_character(str(child.get(W + "fldCharType")), run)
            elif tag == W + "instrText":
                self._instruction = (self._instruction or "") + (child.text or "")
            elif tag in _SHAPES:
                self._shape(child)
            elif tag == W + "br" and child.get(W + "type") == "page":
                self._parts.append([])
            elif char := _character(child):
                self._append(char, self._reader.run_style(run, self._inherited))
            else:
                self._reader.place.refuse_element(child)

    def _shape(self, element: etree._Element) -> None:
        self._circle = read_circle(element)
        stroke = read_stroke(element)
        if stroke is not None:
            self.strokes.append(stroke)
        elif self._circle:
            return
        elif element.tag == _DRAWN:
            picture = self._reader.picture(element)
            if picture is not None:
                self._parts[-1].append(picture)
        else:
            self._reader.place.refuse_element(element)

    def _text(self, text: str, style: RunStyle) -> None:
        if "\t" in text or "\n" in text:
            text = text.replace("\t", " ").replace("\n", " ")
        self._append(text, style)

    def _append(self, text: str, style: RunStyle) -> None:
        part = self._parts[-1]
        field = self._reader.field
        if self._circle:
            # An anchored circle stands around the character behind it.
            style, self._circle = replace(style, circle=self._circle), 0.0
        last = part[-1] if part else None
        if isinstance(last, TextRun) and last.style is style and last.field == field:
            part[-1] = replace(last, text=last.text + text)
        else:
            part.append(TextRun(text=text, style=style, field=field))

    def _field_character(self, kind: str, run: etree._Element) -> None:
        if kind == "begin":
            if self._instruction is not None:
                self._reader.place.refuse("嵌套的域", _FIELD_FIX)
            self._instruction = ""
        elif kind == "separate":
            self._in_result = True
        elif kind == "end":
            self._page_field(self._instruction or "", self._reader.run_style(run, self._inherited))
            self._instruction = None
            self._in_result = False

    def _page_field(self, instruction: str, style: RunStyle) -> None:
        name = (instruction.split() or [""])[0].upper()
        kind = _FIELD_NAMES.get(name)
        if kind is None:
            self._reader.place.refuse(f"页码、页数以外的域（{name}）", _FIELD_FIX)
            return
        self._parts[-1].append(PageFieldRun(kind=kind, style=style))
