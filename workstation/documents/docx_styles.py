"""Properties of runs and paragraphs of a .docx after its styles and defaults are applied."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from lxml import etree
from lxml.etree import _Element

from workstation.documents.blocks import Align, RunStyle, TabAlign, TabLeader, TabStop
from workstation.documents.docx_faults import DocxFault, Place, is_on, tags
from workstation.documents.docx_package import W, parse_part
from workstation.documents.docx_parts import RULED_STYLE, RULED_STYLE_NAME
from workstation.documents.fonts import FontStyle, style_of_word_font

TWIPS = 20
_MOST_KNOWN = 4096
_WORD_DEFAULT_FONT = "宋体"
_WORD_DEFAULT_SIZE = 10.0
_ALIGNMENTS = {
    "both": Align.JUSTIFY,
    "distribute": None,
    "left": Align.LEFT,
    "start": Align.LEFT,
    "center": Align.CENTER,
    "right": Align.RIGHT,
    "end": Align.RIGHT,
}
_IGNORED_RUN = tags(
    "rFonts rStyle sz szCs u spacing lang bCs iCs kern noProof snapToGrid webHidden specVanish"
    " rtl cs outlineLvl rPrChange"
)
_TOGGLES = tags("b i dstrike vanish caps smallCaps outline shadow emboss imprint")
_IGNORED_PARAGRAPH = tags(
    "pStyle keepNext keepLines pageBreakBefore widowControl pBdr kinsoku wordWrap overflowPunct"
    " topLinePunct autoSpaceDE autoSpaceDN adjustRightInd snapToGrid spacing ind jc rPr"
    " contextualSpacing suppressAutoHyphens suppressLineNumbers outlineLvl textAlignment"
    " mirrorIndents suppressOverlap divId cnfStyle"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProperties:
    """What a run inherits: ``font`` is the East Asian family; size and spacing in points."""

    font: str = _WORD_DEFAULT_FONT
    size: float = _WORD_DEFAULT_SIZE
    underline: bool = False
    spacing: float = 0.0
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphProperties:
    """What a paragraph inherits; lengths are points, ``leading`` ``None`` is not exact."""

    align: Align = Align.LEFT
    leading: float | None = None
    first_line: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    page_break: bool = False
    ruled: bool = False
    at_least: bool = False
    tab_stops: tuple[TabStop, ...] = ()
    run: RunProperties = RunProperties()


Inherited = TypeVar("Inherited", RunProperties, ParagraphProperties)


class StyleSheet:
    """The paragraph and character styles of one document."""

    def __init__(self, root: etree._Element, found: list[DocxFault] | None = None) -> None:
        self._styles = {str(style.get(W + "styleId")): style for style in root.iter(W + "style")}
        self._place = Place(story="默认样式", found=found)
        self._resolved: dict[str, ParagraphProperties] = {}
        self._runs: dict[tuple[bytes, RunProperties], RunProperties] = {}
        self._paragraphs: dict[tuple[bytes, ParagraphProperties], ParagraphProperties] = {}
        base = ParagraphProperties()
        for group, name in (("rPrDefault", "rPr"), ("pPrDefault", "pPr")):
            element = root.find(f"{W}docDefaults/{W}{group}/{W}{name}")
            if element is not None:
                base = (
                    replace(base, run=self.run(element, base.run, self._place))
                    if name == "rPr"
                    else self.paragraph(element, base, self._place)
                )
        self._base = base
        self.default = base
        for identifier, style in self._styles.items():
            if style.get(W + "type") == "paragraph" and style.get(W + "default") == "1":
                self.default = self.style(identifier)

    def style(self, identifier: str) -> ParagraphProperties:
        """Return the properties a style gives, its ancestors applied."""
        found = self._resolved.get(identifier)
        if found is None:
            found = self._resolved[identifier] = self._resolve(identifier, frozenset())
        return found

    def table_borders(self, identifier: str) -> etree._Element | None:
        """Return the ``w:tblBorders`` of a table style or of the nearest ancestor with some."""
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            style = self._styles[identifier]
            borders = style.find(f"{W}tblPr/{W}tblBorders")
            if borders is not None:
                return borders
            parent = style.find(W + "basedOn")
            identifier = "" if parent is None else str(parent.get(W + "val"))
        return None

    def _resolve(self, identifier: str, below: frozenset[str]) -> ParagraphProperties:
        element = self._styles.get(identifier)
        if element is None or identifier in below:
            return self._base
        parent = element.find(W + "basedOn")
        inherited = self._base
        if parent is not None:
            inherited = self._resolve(str(parent.get(W + "val")), below | {identifier})
        self._place.story = f"样式“{_name_of(element) or identifier}”"
        paragraph = element.find(W + "pPr")
        if paragraph is not None:
            inherited = self.paragraph(paragraph, inherited, self._place)
        run = element.find(W + "rPr")
        if run is not None:
            inherited = replace(inherited, run=self.run(run, inherited.run, self._place))
        if identifier == RULED_STYLE or _name_of(element) == RULED_STYLE_NAME:
            inherited = replace(inherited, ruled=True)
        return inherited

    def known_run(
        self, element: etree._Element, inherited: RunProperties, place: Place
    ) -> RunProperties:
        """Return what :meth:`run` does; equal properties are read once.

        Raises:
            UnsupportedDocxError: as :meth:`run`.
        """
        return _once(self._runs, self.run, element, inherited, place)

    def known_paragraph(
        self, element: etree._Element, inherited: ParagraphProperties, place: Place
    ) -> ParagraphProperties:
        """Return what :meth:`paragraph` does; equal properties are read once.

        Raises:
            UnsupportedDocxError: as :meth:`paragraph`.
        """
        return _once(self._paragraphs, self.paragraph, element, inherited, place)

    def run(
        self, element: etree._Element, inherited: RunProperties, place: Place
    ) -> RunProperties:
        """Return the properties of a ``w:rPr`` on top of what it inherits.

        Raises:
            UnsupportedDocxError: bold, colour and whatever else isn't drawn.
        """
        changes: dict[str, object] = {}
        for child in element:
            tag = child.tag
            if tag == _FONTS:
                changes["font"] = child.get(_EAST_ASIA) or inherited.font
            elif tag == _SIZE:
                changes["size"] = float(child.get(_VAL, "20")) / 2
            elif tag == _UNDERLINE:
                changes["underline"] = _underlined(child, place)
            elif tag == _SPACING:
                changes["spacing"] = float(child.get(_VAL, "0")) / TWIPS
            elif tag == _STRUCK:
                changes["struck"] = is_on(child)
            elif tag not in _IGNORED_RUN:
                _refuse_unless_off(child, place)
        return replace(inherited, **changes) if changes else inherited  # type: ignore[arg-type]

    def run_style(self, properties: RunProperties, place: Place) -> RunStyle:
        """Return the style the layout draws.

        Raises:
            UnsupportedDocxError: the font family stands for none of our styles.
        """
        style = style_of_word_font(properties.font)
        if style is None:
            fix = "改用仿宋、宋体、小标宋、黑体、楷体之一。"
            place.refuse(f"字体“{properties.font}”", fix)
            style = FontStyle.SONG
        return _run_style(style, properties)

    def paragraph(
        self, element: etree._Element, inherited: ParagraphProperties, place: Place
    ) -> ParagraphProperties:
        """Return the properties of a ``w:pPr`` on top of what it inherits.

        Raises:
            UnsupportedDocxError: numbering, frames and whatever else isn't drawn.
        """
        changes: dict[str, object] = {}
        for child in element:
            reader = _READERS.get(str(child.tag))
            if reader is not None:
                changes |= reader(child, inherited, place)
            elif child.tag not in _IGNORED_PARAGRAPH:
                _refuse_unless_off(child, place)
        return replace(inherited, **changes) if changes else inherited  # type: ignore[arg-type]


def _once(
    known: dict[tuple[bytes, Inherited], Inherited],
    read: Callable[[etree._Element, Inherited, Place], Inherited],
    element: etree._Element,
    inherited: Inherited,
    place: Place,
) -> Inherited:
    """Read properties unless equal ones were read before on top of the same.

    What is refused is never kept; where faults are gathered, each is named at its own place.
    """
    if place.found is not None:
        return read(element, inherited, place)
    key = (etree.tostring(element, with_tail=False), inherited)
    found = known.get(key)
    if found is None:
        if len(known) >= _MOST_KNOWN:
            known.clear()
        found = known[key] = read(element, inherited, place)
    return found


def _name_of(style: etree._Element) -> str:
    name = style.find(W + "name")
    return "" if name is None else str(name.get(_VAL))


@lru_cache(maxsize=512)
def _run_style(style: FontStyle, properties: RunProperties) -> RunStyle:
    return RunStyle(
        font=style,
        size=properties.size,
        underline=properties.underline,
        spacing=properties.spacing,
        struck=properties.struck,
    )


@lru_cache(maxsize=16)
def read_style_sheet(data: bytes) -> StyleSheet:
    """Return the styles of a ``word/styles.xml``; equal bytes are read once."""
    return StyleSheet(parse_part(data))


_VAL = W + "val"
_FONTS = W + "rFonts"
_EAST_ASIA = W + "eastAsia"
_SIZE = W + "sz"
_UNDERLINE = W + "u"
_SPACING = W + "spacing"
_STRUCK = W + "strike"


def _refuse_unless_off(element: etree._Element, place: Place) -> None:
    if element.tag in _TOGGLES and not is_on(element):
        return
    value = element.get(_VAL, "")
    harmless = {
        W + "color": {"auto", "000000"},
        W + "w": {"100"},
        W + "position": {"0"},
        W + "vertAlign": {"baseline"},
        W + "highlight": {"none"},
        W + "shd": {"clear", "nil"},
        W + "em": {"none"},
        W + "effect": {"none"},
        W + "bidi": {"0", "false"},
    }.get(str(element.tag))
    if harmless is not None and value in harmless:
        return
    place.refuse_element(element)


def _underlined(element: etree._Element, place: Place) -> bool:
    value = element.get(_VAL, "single")
    if value not in {"single", "none"}:
        place.refuse("单线以外的下划线", "把下划线改为单实线。")
    return value == "single"


def _alignment(
    element: etree._Element, _inherited: ParagraphProperties, place: Place
) -> dict[str, object]:
    align = _ALIGNMENTS.get(element.get(_VAL, "left"))
    if align is None:
        place.refuse("两端、左、中、右以外的对齐方式", "把段落改为两端对齐。")
    return {"align": align or Align.JUSTIFY}


def _spacing(
    element: etree._Element, _inherited: ParagraphProperties, place: Place
) -> dict[str, object]:
    changes: dict[str, object] = {}
    for name in ("before", "after"):
        value = element.get(W + name)
        if value is not None:
            changes[name] = float(value) / TWIPS
        if element.get(f"{W}{name}Autospacing") in {"1", "true", "on"}:
            place.refuse("自动的段前段后间距", "在段落设置中写明段前段后的磅数或行数。")
    line = element.get(W + "line")
    if line is not None:
        rule = element.get(W + "lineRule", "auto")
        changes["leading"] = float(line) / TWIPS if rule in {"exact", "atLeast"} else None
        changes["at_least"] = rule == "atLeast"
    return changes


def _indents(
    element: etree._Element, inherited: ParagraphProperties, _place: Place
) -> dict[str, object]:
    changes: dict[str, object] = {}
    for name, keys in (("left", ("left", "start")), ("right", ("right", "end"))):
        for key in keys:
            value = element.get(W + key)
            if value is not None:
                changes[name] = float(value) / TWIPS
    first, hanging = element.get(W + "firstLine"), element.get(W + "hanging")
    characters = element.get(W + "firstLineChars")
    if hanging is not None:
        changes["first_line"] = -float(hanging) / TWIPS
    elif first is not None:
        changes["first_line"] = float(first) / TWIPS
    elif characters is not None:
        changes["first_line"] = float(characters) / 100 * inherited.run.size
    return changes


def _border(
    element: etree._Element, _inherited: ParagraphProperties, place: Place
) -> dict[str, object]:
    drawn = {
        etree.QName(side).localname: side.get(_VAL)
        for side in element
        if side.get(_VAL) not in {"nil", "none"}
    }
    if not drawn:
        return {}
    if set(drawn) <= {"bottom", "between"} and set(drawn.values()) == {"single"}:
        return {"ruled": True}
    place.refuse("下边单线以外的段落边框", "取消该边框；横线可用“下框线”。")
    return {}


def _tab_stops(
    element: etree._Element, inherited: ParagraphProperties, place: Place
) -> dict[str, object]:
    stops = {stop.position: stop for stop in inherited.tab_stops}
    for child in element:
        position = float(child.get(W + "pos", "0")) / TWIPS
        kind = child.get(_VAL, "left")
        if kind == "clear":
            stops.pop(position, None)
        elif kind not in _TAB_KINDS:
            place.refuse("小数点或竖线制表位", "改为左对齐、居中或右对齐的制表位。")
        elif kind != "num":
            leader = _LEADERS.get(child.get(W + "leader", "none"), TabLeader.NONE)
            stops[position] = TabStop(position, _TAB_KINDS[kind], leader)
    return {"tab_stops": tuple(stops[position] for position in sorted(stops))}


_TAB_KINDS = {
    "left": TabAlign.LEFT,
    "start": TabAlign.LEFT,
    "num": TabAlign.LEFT,
    "center": TabAlign.CENTER,
    "right": TabAlign.RIGHT,
    "end": TabAlign.RIGHT,
}
_LEADERS = {
    "dot": TabLeader.DOTS,
    "middleDot": TabLeader.DOTS,
    "hyphen": TabLeader.DASHES,
    "underscore": TabLeader.LINE,
    "heavy": TabLeader.LINE,
}
_Reader = Callable[[_Element, ParagraphProperties, Place], dict[str, object]]
_READERS: Mapping[str, _Reader] = {
    W + "jc": _alignment,
    W + "spacing": _spacing,
    W + "ind": _indents,
    W + "pBdr": _border,
    W + "tabs": _tab_stops,
    W + "keepNext": lambda element, _i, _p: {"keep_next": is_on(element)},
    W + "pageBreakBefore": lambda element, _i, _p: {"page_break": is_on(element)},
}
