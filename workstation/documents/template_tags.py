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
from workstation.documents.template_faults import FaultKind, FaultSink

MARKER = "jinja"
EMIT = "emit__"
HAS_PICTURE = "has_picture__"
DRAW = "draw__"
_IN_TABLE = "个表格"
_TAG = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%(?P<statement>.*?)%\}", re.DOTALL)
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_FULL_WIDTH = re.compile(r"｛\s*[｛{%％]|[｝}%％]\s*｝|\{％|％\}")
_PICTURE_FILTER = re.compile(r"\|\s*picture\s*\Z")
_PICTURE = re.compile(r"\{\{((?:(?!\}\}).)*)\|\s*picture\s*\}\}")
_ALLOWED = frozenset({"if", "elif", "else", "endif", "for", "endfor", "set"})
_WORD = re.compile(r"[a-z]+")
# Word turns straight quotes into these; no tag without straight quotes can mean them.
_CURLY = str.maketrans("‘’“”", "''\"\"")
_STRAIGHT = frozenset("'\"")
_EXCERPT = 24


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

    @property
    def is_in_table(self) -> bool:
        """Whether it stands in a cell."""
        return _IN_TABLE in self.place


def extract_tags(
    root: etree._Element, story: str, sink: FaultSink | None = None
) -> tuple[TemplateTag, ...]:
    """Replace every tag of a part by an element ``<jinja i="n"/>`` and return the tags.

    Args:
        root: the part, changed in place.
        story: what the part is called in messages, e.g. 页脚; empty for the body.
        sink: takes the faults; the first one is raised without it.

    Raises:
        TemplateError: unbalanced or full-width braces, or a statement that isn't allowed.
    """
    extractor = _Extractor(sink or FaultSink())
    for row, place in _rows(root, story):
        extractor.lift(row, place)
    for paragraph, place in located_paragraphs(root, story):
        extractor.paragraph(paragraph, place)
    return tuple(extractor.tags)


def located_paragraphs(
    root: etree._Element, story: str = ""
) -> Iterator[tuple[etree._Element, str]]:
    """Yield all paragraphs with their places; tables nested in cells count as their cell."""
    body = root.find(W + "body")
    return _Locator(story).paragraphs(root if body is None else body)


class _Locator:
    """Counts paragraphs and tables as the reader does."""

    def __init__(self, story: str) -> None:
        self._story = story
        self._count = 0
        self._tables = 0

    def paragraphs(self, parent: etree._Element) -> Iterator[tuple[etree._Element, str]]:
        for block in list(parent):
            if block.tag == W + "p":
                self._count += 1
                yield block, f"{self._story}第{self._count}段"
            elif block.tag == W + "tbl":
                self._tables += 1
                yield from self._cells(block)
            elif block.tag in _WRAPPERS:
                yield from self.paragraphs(block)

    def _cells(self, table: etree._Element) -> Iterator[tuple[etree._Element, str]]:
        for row_number, row in enumerate(table.iter(W + "tr"), 1):
            for cell_number, cell in enumerate(row.iter(W + "tc"), 1):
                row_place = f"{self._story}第{self._tables}{_IN_TABLE}第{row_number}行"
                place = f"{row_place}第{cell_number}格"
                for paragraph in cell.iter(W + "p"):
                    yield paragraph, place


_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


def _rows(root: etree._Element, story: str) -> list[tuple[etree._Element, str]]:
    return [
        (row, f"{story}第{table_number}{_IN_TABLE}第{row_number}行")
        for table_number, table in enumerate(root.iter(W + "tbl"), 1)
        for row_number, row in enumerate(table.iter(W + "tr"), 1)
    ]


class _Extractor:
    def __init__(self, sink: FaultSink) -> None:
        self.tags: list[TemplateTag] = []
        self._sink = sink

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
        self._check_braces(texts, whole, place)
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

    def _check_braces(self, texts: list[etree._Element], whole: str, place: str) -> None:
        near = _excerpt(whole)
        if _FULL_WIDTH.search(whole):
            self._sink.report(
                FaultKind.BRACES,
                place,
                f"有全角花括号：“{near}”，须用半角 {{{{ }}}}",
                "切换到英文输入法，重新输入 {{ }} 或 {% %}。",
                near,
            )
            return
        left = _TAG.sub("", whole)
        if "{#" in left or "#}" in left:
            fix = "删除注释；说明写在模板以外。"
            self._sink.report(FaultKind.BRACES, place, "不支持 {# 注释 #}", fix, near)
        elif _STRAY.search(left):
            fix = "补齐 {{ 与 }}（或 {% 与 %}）；一个标签须在同一段内写完。"
            self._sink.report(FaultKind.BRACES, place, f"花括号没有成对：“{near}”", fix, near)
        if any(_interrupted(texts, match) for match in _spans(texts, whole)):
            fix = "删除标签中间的换行、制表符或图片，把标签重新打一遍。"
            self._sink.report(FaultKind.BRACES, place, f"标签被隔断：“{near}”", fix, near)

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
        inner = _plain_quotes(inner.strip("-+ \n\t\u3000"))
        word = _WORD.match(inner)
        if word is None or word[0] not in _ALLOWED:
            what = f"不支持的语句“{{% {inner[:_EXCERPT]} %}}”"
            fix = "只许用 if、elif、else、endif、for、endfor、set。"
            self._sink.report(FaultKind.CONTROL, place, what, fix, inner[:_EXCERPT])
        return self._marker(TemplateTag(kind=TagKind.STATEMENT, inner=inner, place=place))

    def _value(self, inner: str, opening: str, again: str, place: str) -> etree._Element:
        inner = _plain_quotes(inner.strip("-+ \n\t\u3000"))
        if not inner:
            fix = "写上栏目，如 {{ f.栏目名 }}，或删除它。"
            self._sink.report(FaultKind.TAG, place, "有空的 {{ }}", fix, "{{ }}")
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


def _plain_quotes(inner: str) -> str:
    return inner if _STRAIGHT & set(inner) else inner.translate(_CURLY)


def _spans(texts: list[etree._Element], whole: str) -> list[tuple[int, int]]:
    """Return for every tag the first and the last text node that holds a part of it."""
    owners = [n for n, text in enumerate(texts) for _ in text.text or ""]
    return [(owners[m.start()], owners[m.end() - 1]) for m in _TAG.finditer(whole)]


def _interrupted(texts: list[etree._Element], span: tuple[int, int]) -> bool:
    """Tell whether a line break, a tab or a picture stands inside a tag."""
    first, last = texts[span[0]], texts[span[1]]
    if first is last:
        return False
    paragraph = next(first.iterancestors(W + "p"))
    inside = False
    for element in paragraph.iter():
        if element is first:
            inside = True
        elif element is last:
            return False
        elif inside and element.tag in _INTERRUPTIONS:
            return True
    return False


_INTERRUPTIONS = frozenset(
    W + name for name in ("br", "cr", "tab", "drawing", "pict", "object", "fldChar", "sym")
)


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
    return text[start : start + _EXCERPT]
