"""Finding the Jinja tags in the XML of a template, wherever Word has scattered them.

A tag may be split over runs. A paragraph or row that holds nothing but statements governs whole
paragraphs or rows and prints nothing itself. Every value gets a run of its own.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from enum import Enum, auto

from lxml import etree

from workstation.documents.docx_package import W
from workstation.documents.form_records import TemplateError

MARKER = "jinja"
EMIT = "emit__"
HAS_PICTURE = "has_picture__"
DRAW = "draw__"
_TAG = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%(?P<statement>.*?)%\}", re.DOTALL)
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_FULL_WIDTH = re.compile(r"｛\s*[｛{%％]|[｝}%％]\s*｝|\{％|％\}")
_PICTURE_FILTER = re.compile(r"\|\s*picture\s*\Z")
_PICTURE = re.compile(r"\{\{((?:(?!\}\}).)*)\|\s*picture\s*\}\}")
_ALLOWED = frozenset({"if", "elif", "else", "endif", "for", "endfor", "set"})
_WORD = re.compile(r"[a-z]+")
_HINT = "请在模板中改正该处后重新导入；也可移走本局自有模板，恢复使用程序自带模板。"


class TagKind(Enum):
    """What a tag stands for in the XML."""

    STATEMENT = auto()
    VALUE = auto()
    PICTURE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateTag:
    """One tag: its inner text, where it stands, and for values the XML around them.

    ``open_run`` begins the run of the value; ``break_paragraph`` ends the paragraph and begins
    another one alike, for a value of several lines.
    """

    kind: TagKind
    inner: str
    place: str
    open_run: str = ""
    break_paragraph: str = ""


def template_error(place: str, problem: str) -> TemplateError:
    """Return the error about one place of a template."""
    return TemplateError(f"文书模板{place}：{problem}", hint=_HINT)


def extract_tags(root: etree._Element, story: str) -> tuple[TemplateTag, ...]:
    """Replace every tag of a part by an element ``<jinja i="n"/>`` and return the tags.

    Args:
        root: the part, changed in place.
        story: what the part is called in messages, e.g. 页脚; empty for the body.

    Raises:
        TemplateError: unbalanced or full-width braces, or a statement that isn't allowed.
    """
    extractor = _Extractor()
    for row, place in _rows(root, story):
        extractor.lift(row, place)
    for paragraph, place in _paragraphs(root, story):
        extractor.paragraph(paragraph, place)
    return tuple(extractor.tags)


def _paragraphs(root: etree._Element, story: str) -> Iterator[tuple[etree._Element, str]]:
    """Yield all paragraphs with their places; tables nested in cells count as their cell."""
    count = tables = 0
    body = root.find(W + "body")
    for block in list(root if body is None else body):
        if block.tag == W + "p":
            count += 1
            yield block, f"{story}第{count}段"
        elif block.tag == W + "tbl":
            tables += 1
            for row_number, row in enumerate(block.iter(W + "tr"), 1):
                for cell_number, cell in enumerate(row.iter(W + "tc"), 1):
                    place = f"{story}第{tables}个表格第{row_number}行第{cell_number}格"
                    for paragraph in cell.iter(W + "p"):
                        yield paragraph, place
        else:
            for paragraph in block.iter(W + "p"):
                count += 1
                yield paragraph, f"{story}第{count}段"


def _rows(root: etree._Element, story: str) -> list[tuple[etree._Element, str]]:
    return [
        (row, f"{story}第{table_number}个表格第{row_number}行")
        for table_number, table in enumerate(root.iter(W + "tbl"), 1)
        for row_number, row in enumerate(table.iter(W + "tr"), 1)
    ]


class _Extractor:
    def __init__(self) -> None:
        self.tags: list[TemplateTag] = []

    def lift(self, element: etree._Element, place: str) -> bool:
        """Replace ``element`` by its statements when it holds nothing else."""
        text = "".join(node.text or "" for node in element.iter(W + "t")).strip()
        if not text or _TAG.sub("", text).strip():
            return False
        matches = list(_TAG.finditer(text))
        if not all(match["statement"] is not None for match in matches):
            return False
        if element.find(f".//{W}drawing") is not None:
            return False
        for match in matches:
            element.addprevious(self._statement(match["statement"], place))
        _drop(element)
        return True

    def paragraph(self, paragraph: etree._Element, place: str) -> None:
        """Extract the tags of one paragraph; it may be gone already with its row."""
        texts = list(paragraph.iter(W + "t"))
        whole = "".join(text.text or "" for text in texts)
        if not _STRAY.search(whole) and not _FULL_WIDTH.search(whole):
            return
        if _FULL_WIDTH.search(whole):
            raise template_error(place, f"有全角花括号：“{_excerpt(whole)}”，须用半角 {{{{ }}}}。")
        if _STRAY.search(_TAG.sub("", whole)):
            raise template_error(place, f"花括号没有成对：“{_excerpt(whole)}”。")
        if self.lift(paragraph, place):
            return
        picture = _PICTURE.fullmatch(whole.strip())
        if picture:
            condition = f"if {HAS_PICTURE}({picture[1]})"
            paragraph.addprevious(self._statement(condition, place))
            paragraph.addnext(self._statement("endif", place))
        if _TAG.search(whole):
            _gather_tags(texts, whole)
            again = _paragraph_break(paragraph)
            for run in list(paragraph.iter(W + "r")):
                self._run(run, again, place)

    def _run(self, run: etree._Element, again: str, place: str) -> None:
        if not any(_TAG.search(node.text or "") for node in run.findall(W + "t")):
            return
        properties = run.find(W + "rPr")
        opening = _open_run(properties)
        pieces: list[etree._Element] = []
        for child in list(run):
            if child is properties:
                continue
            if child.tag == W + "t":
                pieces += self._text(child.text or "", properties, (opening, again, place))
            else:
                pieces.append(_run_of(child, properties))
        for piece in pieces:
            run.addprevious(piece)
        _drop(run)

    def _text(
        self, text: str, properties: etree._Element | None, context: tuple[str, str, str]
    ) -> list[etree._Element]:
        opening, again, place = context
        pieces: list[etree._Element] = []
        position = 0
        for match in _TAG.finditer(text):
            if match.start() > position:
                pieces.append(_text_run(text[position : match.start()], properties))
            position = match.end()
            if match["statement"] is not None:
                pieces.append(self._statement(match["statement"], place))
            else:
                pieces.append(self._value(match["value"], opening, again, place))
        if position < len(text):
            pieces.append(_text_run(text[position:], properties))
        return pieces

    def _statement(self, inner: str, place: str) -> etree._Element:
        inner = inner.strip("-+ \n\t\u3000")
        word = _WORD.match(inner)
        if word is None or word[0] not in _ALLOWED:
            raise template_error(place, f"不支持的语句“{{% {inner} %}}”。")
        return self._marker(TemplateTag(kind=TagKind.STATEMENT, inner=inner, place=place))

    def _value(self, inner: str, opening: str, again: str, place: str) -> etree._Element:
        inner = inner.strip("-+ \n\t\u3000")
        if not inner:
            raise template_error(place, "有空的 {{ }}。")
        picture = _PICTURE_FILTER.search(inner)
        kind = TagKind.PICTURE if picture else TagKind.VALUE
        return self._marker(
            TemplateTag(
                kind=kind,
                inner=inner[: picture.start()] if picture else inner,
                place=place,
                open_run=opening,
                break_paragraph=again,
            )
        )

    def _marker(self, tag: TemplateTag) -> etree._Element:
        self.tags.append(tag)
        return etree.Element(MARKER, i=str(len(self.tags) - 1))


def _gather_tags(texts: list[etree._Element], whole: str) -> None:
    """Move every tag that Word has split over runs into the run where it begins."""
    owners = [n for n, text in enumerate(texts) for _ in text.text or ""]
    for match in _TAG.finditer(whole):
        for position in range(match.start(), match.end()):
            owners[position] = owners[match.start()]
    gathered = [""] * len(texts)
    for owner, character in zip(owners, whole, strict=True):
        gathered[owner] += character
    for text, content in zip(texts, gathered, strict=True):
        text.text = content


def _paragraph_break(paragraph: etree._Element) -> str:
    properties = paragraph.find(W + "pPr")
    copy = "" if properties is None else _xml(_without_page_break(properties))
    return f"</w:t></w:r></w:p><w:p>{copy}"


def _without_page_break(properties: etree._Element) -> etree._Element:
    copy = deepcopy(properties)
    for child in copy.findall(W + "pageBreakBefore"):
        copy.remove(child)
    return copy


def _open_run(properties: etree._Element | None) -> str:
    copy = "" if properties is None else _xml(properties)
    return f'<w:r>{copy}<w:t xml:space="preserve">'


def _xml(element: etree._Element) -> str:
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    # The root declares the prefixes; repeating them in every value would bloat the document.
    return re.sub(r'\sxmlns:\w+="[^"]*"', "", text)


def _run_of(child: etree._Element, properties: etree._Element | None) -> etree._Element:
    run = etree.Element(W + "r")
    if properties is not None:
        run.append(deepcopy(properties))
    run.append(child)
    return run


def _text_run(text: str, properties: etree._Element | None) -> etree._Element:
    node = etree.Element(W + "t")
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    node.text = text
    return _run_of(node, properties)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _excerpt(text: str) -> str:
    match = _FULL_WIDTH.search(text) or _STRAY.search(text)
    start = max(0, match.start() - 6) if match else 0
    return text[start : start + 24]
