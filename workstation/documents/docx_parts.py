"""The parts of a .docx template around its text: types, styles, fonts, settings, footers."""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from workstation.documents.docx_package import RELATIONSHIP, WORD
from workstation.documents.fonts import FontStyle, word_font
from workstation.documents.presets import PagePreset

RULED_STYLE = "RuledLine"
# Word and WPS keep the name; LibreOffice gives a style another id when it saves.
RULED_STYLE_NAME = "笔录横线"
_OFFICE = "http://schemas.openxmlformats.org"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "application/vnd.openxmlformats-package"
# One date for every template and document: equal input must give equal bytes.
_FIXED_TIME = "2026-01-01T00:00:00Z"

Relationship = tuple[str, str, str]


def static_parts(
    preset: PagePreset, *, title: str, stories: Mapping[str, str]
) -> dict[str, bytes]:
    """Return all parts but the document and the stories themselves.

    Args:
        preset: fonts and the footer's kind.
        title: document title for the properties.
        stories: part name in ``word/`` (``footer1.xml``) to kind (``footer`` or ``header``).
    """
    relationships: list[Relationship] = [
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdFonts", "fontTable", "fontTable.xml"),
    ]
    relationships += [(story_id(name), kind, name) for name, kind in stories.items()]
    return {
        "[Content_Types].xml": _content_types(stories),
        "_rels/.rels": _root_relationships(),
        "docProps/core.xml": _core(title),
        "word/_rels/document.xml.rels": relationship_part(relationships),
        "word/styles.xml": _styles(preset),
        "word/settings.xml": _settings(even_and_odd="footer2.xml" in stories),
        "word/fontTable.xml": _font_table(),
    }


def story_id(name: str) -> str:
    """Return the relationship id of a header or footer part."""
    return "rId" + name.partition(".")[0].capitalize()


def relationship_part(relationships: Iterable[Relationship]) -> bytes:
    """Return a relationships part of (id, kind, target)."""
    items = "".join(
        f'<Relationship Id="{identifier}" Type="{RELATIONSHIP}/{kind}" Target="{target}"/>'
        for identifier, kind, target in relationships
    )
    return _part(
        f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{items}</Relationships>'
    )


def font_attributes(style: FontStyle) -> str:
    """Return the five attributes of ``w:rFonts``: all scripts in one family, East Asian first.

    Word picks a Latin font for quotation marks and dashes unless the hint says East Asian.
    """
    name = quoteattr(word_font(style).name)
    return f'w:hint="eastAsia" w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}'


def _part(body: str) -> bytes:
    return (_DECLARATION + body).encode()


def _content_types(stories: Mapping[str, str]) -> bytes:
    overrides = [
        ("/word/document.xml", f"{_MAIN}.document.main+xml"),
        ("/word/styles.xml", f"{_MAIN}.styles+xml"),
        ("/word/settings.xml", f"{_MAIN}.settings+xml"),
        ("/word/fontTable.xml", f"{_MAIN}.fontTable+xml"),
        ("/docProps/core.xml", f"{_PACKAGE}.core-properties+xml"),
    ]
    overrides += [(f"/word/{name}", f"{_MAIN}.{kind}+xml") for name, kind in stories.items()]
    items = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides
    )
    return _part(
        f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        f"{items}</Types>"
    )


def _root_relationships() -> bytes:
    package = f"{_OFFICE}/package/2006/relationships"
    return _part(
        f'<Relationships xmlns="{package}">'
        f'<Relationship Id="rId1" Type="{RELATIONSHIP}/officeDocument"'
        ' Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{package}/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>'
    )


def _core(title: str) -> bytes:
    properties = f"{_OFFICE}/package/2006/metadata/core-properties"
    return _part(
        f'<cp:coreProperties xmlns:cp="{properties}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_FIXED_TIME}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_FIXED_TIME}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def _styles(preset: PagePreset) -> bytes:
    size = round(preset.body.size * 2)
    fonts = font_attributes(preset.body.font)
    return _part(
        f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{RULED_STYLE}">'
        f'<w:name w:val="{RULED_STYLE_NAME}"/><w:basedOn w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style></w:styles>"
    )


def _settings(*, even_and_odd: bool) -> bytes:
    footers = "<w:evenAndOddHeaders/>" if even_and_odd else ""
    return _part(
        f'<w:settings xmlns:w="{WORD}">{footers}<w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        "<w:compat><w:ulTrailSpace/>"
        '<w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _font_table() -> bytes:
    entries = ""
    for style in FontStyle:
        font = word_font(style)
        alternatives = quoteattr(",".join(font.alternatives))
        entries += (
            f"<w:font w:name={quoteattr(font.name)}><w:altName w:val={alternatives}/>"
            '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        )
    return _part(f'<w:fonts xmlns:w="{WORD}">{entries}</w:fonts>')
