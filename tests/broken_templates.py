"""A generator of broken templates: one sound template, one fault put in at a known place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from tests.form_samples import filler, make_form
from workstation.documents.docx_package import (
    DOCUMENT_PART,
    RELATIONSHIP,
    WORD,
    DocxPackage,
    W,
    parse_part,
)
from workstation.documents.forms import FormDefinition
from workstation.documents.template_faults import FaultKind

BODY = """
#org {{ agency.name }}
#title 行政处罚决定书
#number {{ document.number }}
#to {{ party.name }}：
#p 经查，{{ f.facts }}。
{% for item in f.items %}
#p {{ loop.index }}．{{ item.name }}
{% endfor %}
#table widths=1,2,1 header=1
序号 | 名称 | 备注
1 | {{ f.name }} | {% if f.facts %}有{% else %}无{% endif %}
2 | 甲 | 乙
#end
#p 罚款{{ f.fine|money }}元。
#sign {{ agency.name }} | {{ document.date|date_cn }}
"""
SAMPLE = {
    "agency": {"name": "龙屿市综合行政执法局", "unit": "一大队", "phone": "0000-00000000"},
    "party": {"name": "某公司", "number": "91330399MA0000015L"},
    "document": {"number": "〔2026〕1号", "date": "2026-10-15"},
}
# The paragraph the faults go before: “经查” is the fifth, and becomes the sixth.
HERE = "第5段"
_BEFORE = 5
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMES = (
    f'xmlns:w="{WORD}" xmlns:r="{RELATIONSHIP}" xmlns:a="{_DRAWING}/main"'
    f' xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_EXACT = '<w:spacing w:line="560" w:lineRule="exact"/>'

Break = Callable[[DocxPackage], DocxPackage]


@dataclass(frozen=True, slots=True)
class Broken:
    """A fault: how it is put in, and what a check must say of it."""

    name: str
    put: Break
    kind: FaultKind
    place: str
    what: str


@lru_cache(maxsize=1)
def form() -> FormDefinition:
    """Return the form of the templates; its fields facts and fine are required."""
    made = make_form(BODY, "facts:L", "items:S", "name", "fine:M")
    fields = tuple(
        type(field)(
            name=field.name,
            label={"facts": "违法事实", "fine": "罚款数额"}.get(field.name, field.name),
            type=field.type,
            required=field.name in {"facts", "fine"},
            columns=field.columns,
        )
        for field in made.fields
    )
    return type(made)(**{n: getattr(made, n) for n in made.__slots__} | {"fields": fields})


@lru_cache(maxsize=1)
def sound() -> DocxPackage:
    """Return the template without a fault."""
    return filler().template(form())


def _changed(package: DocxPackage, root: etree._Element) -> DocxPackage:
    return DocxPackage({**package.parts, DOCUMENT_PART: etree.tostring(root)})


def paragraph(content: str, properties: str = _EXACT) -> Break:
    """Put a paragraph before the fifth."""
    xml = f"<w:p {_NAMES}><w:pPr>{properties}</w:pPr>{content}</w:p>"

    def put(package: DocxPackage) -> DocxPackage:
        root = parse_part(package.parts[DOCUMENT_PART])
        found = [p for p in root[0] if p.tag == W + "p"]
        found[_BEFORE - 1].addprevious(etree.fromstring(xml))
        return _changed(package, root)

    return put


def text(content: str, properties: str = "") -> Break:
    """Put a paragraph of this text before the fifth."""
    return paragraph(run(content, properties))


def run(content: str, properties: str = "") -> str:
    """Return a run of this text."""
    escaped = content.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escaped}</w:t></w:r>'


def cell(content: str, row: int = 2, column: int = 2, properties: str = "") -> Break:
    """Add a run to a cell of the table, or properties to the cell."""

    def put(package: DocxPackage) -> DocxPackage:
        root = parse_part(package.parts[DOCUMENT_PART])
        found = list(root.iter(W + "tr"))[row - 1].findall(W + "tc")[column - 1]
        if content:
            target = found if content.startswith("<w:tbl") else found.find(W + "p")
            assert target is not None
            holder = etree.fromstring(f"<x {_NAMES}>{content}</x>")
            target.extend(list(holder))
        for made in etree.fromstring(f"<x {_NAMES}>{properties}</x>"):
            found.find(W + "tcPr").append(made)  # type: ignore[union-attr]
        return _changed(package, root)

    return put


def inside(path: str, content: str) -> Break:
    """Add properties to the first element of this name."""

    def put(package: DocxPackage) -> DocxPackage:
        root = parse_part(package.parts[DOCUMENT_PART])
        target = next(root.iter(W + path))
        target.extend(list(etree.fromstring(f"<x {_NAMES}>{content}</x>")))
        return _changed(package, root)

    return put


def replaced(old: str, new: str) -> Break:
    """Replace text in the document part."""

    def put(package: DocxPackage) -> DocxPackage:
        document = package.parts[DOCUMENT_PART].decode()
        assert old in document
        changed = document.replace(old, new, 1).encode()
        return DocxPackage({**package.parts, DOCUMENT_PART: changed})

    return put


def part(name: str, data: bytes = b"x") -> Break:
    """Add a part to the package, or replace one."""
    return lambda package: DocxPackage({**package.parts, name: data})


def linked(kind: str, target: str, content: str = "") -> Break:
    """Add a relationship that leads out of the document, used by a paragraph where given."""
    link = (
        f'<Relationship Id="rIdOut" Type="{RELATIONSHIP}/{kind}" Target="{target}"'
        ' TargetMode="External"/></Relationships>'
    )

    def put(package: DocxPackage) -> DocxPackage:
        package = paragraph(content)(package) if content else package
        name = "word/_rels/document.xml.rels"
        links = package.parts[name].decode().replace("</Relationships>", link)
        return DocxPackage({**package.parts, name: links.encode()})

    return put


def _graphic(kind: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><a:graphic><a:graphicData '
        f'uri="{_DRAWING}/{kind}"/></a:graphic></wp:inline></w:drawing></w:r>'
    )


_ANCHOR = (
    '<w:r><w:drawing><wp:anchor><a:graphic><a:graphicData uri="http://x/picture"/></a:graphic>'
    "</wp:anchor></w:drawing></w:r>"
)
_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:pict/></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_SPLIT = "<w:r><w:t>{{ f.</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>facts }}</w:t></w:r>"
_TABBED = "<w:r><w:t>{{ f.fa</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>cts }}</w:t></w:r>"
_NESTED = (
    '<w:tbl><w:tr><w:tc><w:p><w:pPr><w:spacing w:line="400" w:lineRule="exact"/></w:pPr></w:p>'
    "</w:tc></w:tr></w:tbl>"
)
_CELL = "第1个表格第2行第2格"
_ROW = "第1个表格第1行第1格"
_WHOLE = "整份模板"


def all_faults() -> Iterator[Broken]:
    """Yield every fault of the corpus."""
    yield from _tag_faults()
    yield from _control_faults()
    yield from _format_faults()
    yield from _table_faults()
    yield from _file_faults()


def _tag_faults() -> Iterator[Broken]:
    for name, content, kind, what in (
        ("unknown field", "{{ f.nothing }}", FaultKind.FIELD, "没有名为“nothing”的栏目"),
        ("misspelt field", "{{ f.fact }}", FaultKind.FIELD, "没有名为“fact”的栏目"),
        ("label for a field", "{{ f.违法事实 }}", FaultKind.FIELD, "“违法事实”的栏目"),
        ("field in a condition", "{% if f.xx %}甲{% endif %}", FaultKind.FIELD, "“xx”的栏目"),
        ("field by key", "{{ f['xx'] }}", FaultKind.FIELD, "“xx”的栏目"),
        ("full-width braces", "｛｛ f.facts ｝｝", FaultKind.BRACES, "全角花括号"),
        ("half full-width", "{{ f.facts ｝｝", FaultKind.BRACES, "全角花括号"),
        ("full-width percent", "{％ if f.facts ％}", FaultKind.BRACES, "全角花括号"),
        ("no closing braces", "{{ f.facts", FaultKind.BRACES, "没有成对"),
        ("no opening braces", "f.facts }}", FaultKind.BRACES, "没有成对"),
        ("statement not closed", "{% if f.facts", FaultKind.BRACES, "没有成对"),
        ("comment", "{# 说明 #}", FaultKind.BRACES, "不支持 {# 注释 #}"),
        ("empty tag", "{{ }}", FaultKind.TAG, "空的 {{ }}"),
        ("unknown name", "{{ agencyy.name }}", FaultKind.DATA, "没有名为“agencyy”的数据"),
        ("unknown datum", "{{ agency.naam }}", FaultKind.DATA, "“agency.naam”的数据"),
        ("unknown datum by key", "{{ party['tel'] }}", FaultKind.DATA, "“party.tel”的数据"),
        ("unknown filter", "{{ f.fine|moneycn }}", FaultKind.TAG, "“moneycn”的过滤器"),
        ("removed filter", "{{ f.name|safe }}", FaultKind.TAG, "“safe”的过滤器"),
        ("unknown test", "{{ f.fine is bill }}", FaultKind.TAG, "“bill”的判断"),
        ("two values", "{{ f.facts f.name }}", FaultKind.TAG, "写法有误"),
        ("full-width pipe", "{{ f.facts｜lines }}", FaultKind.TAG, "不能识别的字符“｜”"),
        ("full-width comma", "{{ f.facts|pad（3） }}", FaultKind.TAG, "写法有误"),
        ("open string", "{{ 'abc }}", FaultKind.TAG, "写法有误"),
        ("nothing after the filter", "{{ f.facts| }}", FaultKind.TAG, "写法有误"),
        ("call", "{{ f.name.upper() }}", FaultKind.UNSAFE, "不许调用函数"),
        ("hidden attribute", "{{ f.__class__ }}", FaultKind.UNSAFE, "不许取用"),
    ):
        yield Broken(name, text(content), kind, HERE, what)
    yield Broken("tag broken by a line", paragraph(_SPLIT), FaultKind.BRACES, HERE, "被隔断")
    yield Broken("tag broken by a tab", paragraph(_TABBED), FaultKind.BRACES, HERE, "被隔断")
    yield Broken("field in a cell", cell(run("{{ f.nn }}")), FaultKind.FIELD, _CELL, "“nn”")
    yield Broken("braces in a cell", cell(run("｛｛甲｝｝")), FaultKind.BRACES, _CELL, "全角")


def _control_faults() -> Iterator[Broken]:
    kind = FaultKind.CONTROL
    for name, content, what in (
        ("include", '{% include "x" %}', "不支持的语句"),
        ("macro", "{% macro x() %}", "不支持的语句"),
        ("if without end", "{% if f.facts %}甲", "没有结束"),
        ("for without end", "{% for x in f.items %}甲", "没有结束"),
        ("end without if", "甲{% endif %}", "前面没有 if"),
        ("end without for", "甲{% endfor %}", "前面没有 for"),
        ("else without if", "甲{% else %}", "前面没有 if"),
        (
            "crossed ends",
            "{% if f.facts %}{% for x in f.items %}甲{% endif %}{% endfor %}",
            "交错",
        ),
    ):
        yield Broken(name, text(content), kind, HERE, what)
    to_next = replaced("{% endif %}</w:t>", "</w:t>")
    yield Broken(
        "if over two cells",
        lambda package: cell(run("完{% endif %}"), 3, 1)(to_next(package)),
        kind,
        "第1个表格第3行第1格",
        "不在同一段、同一格或同一层",
    )
    unsafe = FaultKind.UNSAFE
    loop = text("{% for x in f.items recursive %}甲{% endfor %}")
    yield Broken("recursion", loop, unsafe, HERE, "递归")


def _format_faults() -> Iterator[Broken]:
    kind = FaultKind.UNSUPPORTED
    for properties, what in (
        ("<w:b/>", "加粗"),
        ("<w:i/>", "倾斜"),
        ('<w:color w:val="FF0000"/>', "彩色文字"),
        ('<w:highlight w:val="yellow"/>', "突出显示"),
        ("<w:dstrike/>", "双删除线"),
        ('<w:vertAlign w:val="superscript"/>', "上标或下标"),
        ('<w:u w:val="double"/>', "单线以外的下划线"),
        ("<w:vanish/>", "隐藏文字"),
        ('<w:rFonts w:eastAsia="微软雅黑"/>', "字体“微软雅黑”"),
    ):
        yield Broken(what, text("甲", properties), kind, HERE, what)
    for content, what in (
        (_BOX, "图形或文本框"),
        ("<w:r><w:pict/></w:r>", "旧式图形或文本框"),
        (_ANCHOR, "浮动的图片或图形"),
        (_graphic("diagram"), "SmartArt 图形"),
        (_graphic("chart"), "图表"),
        ("<w:r><w:object/></w:r>", "嵌入对象"),
        ("<w:ins><w:r><w:t>甲</w:t></w:r></w:ins>", "修订痕迹（插入）"),
        ("<w:del/>", "修订痕迹（删除）"),
        ("<w:r><w:commentReference/></w:r>", "批注"),
        ("<w:r><w:footnoteReference/></w:r>", "脚注"),
        ("<w:r><w:endnoteReference/></w:r>", "尾注"),
        ("<m:oMath/>", "公式"),
        ("<w:r><w:ruby/></w:r>", "拼音指南"),
        ('<w:r><w:br w:type="column"/></w:r>', "分栏符"),
        (_FIELD, "页码、页数以外的域（DATE）"),
    ):
        yield Broken(what, paragraph(content), kind, HERE, what)
    for properties, what in (
        (f"<w:numPr/>{_EXACT}", "自动编号"),
        (f"<w:framePr/>{_EXACT}", "图文框"),
        (f"{_EXACT}<w:sectPr/>", "分节符"),
        ('<w:spacing w:line="360" w:lineRule="auto"/>', "固定值、最小值以外的行距"),
        (f'{_EXACT}<w:jc w:val="distribute"/>', "对齐方式"),
        (f'<w:pBdr><w:top w:val="single"/></w:pBdr>{_EXACT}', "段落边框"),
        (f'<w:tabs><w:tab w:val="decimal" w:pos="9"/></w:tabs>{_EXACT}', "制表位"),
    ):
        yield Broken(what, paragraph("", properties), kind, HERE, what)


def _table_faults() -> Iterator[Broken]:
    kind = FaultKind.UNSUPPORTED
    borders = '<w:tcBorders><w:top w:val="double"/></w:tcBorders>'
    for put, place, what in (
        (cell(_NESTED), _CELL, "嵌套表格"),
        (cell(run("甲", "<w:b/>")), _CELL, "加粗"),
        (cell("", properties="<w:tcMar/>"), _CELL, "单元格单独边距"),
        (cell("", properties='<w:textDirection w:val="tbRl"/>'), _CELL, "竖排文字"),
        (cell("", properties=borders), "第1个表格第2行第1格", "单线以外的表格边框"),
        (inside("tblPr", "<w:tblpPr/>"), _ROW, "文字环绕的表格"),
        (inside("trPr", '<w:gridBefore w:val="1"/>'), _ROW, "表格行首缩进"),
        (replaced('w:hRule="atLeast"', 'w:hRule="exact"'), _ROW, "固定值行高"),
    ):
        yield Broken(what, put, kind, place, what)


def _file_faults() -> Iterator[Broken]:
    missing = replaced("{{ f.fine|money }}", "若干")
    yield Broken("required", missing, FaultKind.REQUIRED, _WHOLE, "缺少必填栏目“罚款数额”")
    columns = inside("sectPr", '<w:cols w:num="2"/>')
    yield Broken("columns", columns, FaultKind.UNSUPPORTED, "页面设置", "分栏")
    unsafe = FaultKind.UNSAFE
    yield Broken("macro project", part("word/vbaProject.bin"), unsafe, _WHOLE, "含有宏")
    yield Broken("control", part("word/activeX/activeX1.bin"), unsafe, _WHOLE, "ActiveX")
    yield Broken("embedded", part("word/embeddings/o.bin"), unsafe, _WHOLE, "嵌入对象")
    hyperlink = '<w:hyperlink r:id="rIdOut"><w:r><w:t>甲</w:t></w:r></w:hyperlink>'
    link = linked("hyperlink", "http://example.invalid", hyperlink)
    yield Broken("hyperlink", link, unsafe, HERE, "文档以外的超链接")
    outside = linked("attachedTemplate", "file:///C:/x.dotm")
    yield Broken("attached template", outside, unsafe, _WHOLE, "附加的模板")
    footer = b"".join(
        (
            f"<w:ftr {_NAMES}>".encode(),
            b"<w:p><w:pPr>",
            _EXACT.encode(),
            b"</w:pPr><w:r><w:t>{{ f.zz }}</w:t></w:r></w:p></w:ftr>",
        )
    )
    yield Broken("footer", part("word/footer1.xml", footer), FaultKind.FIELD, "页脚第1段", "“zz”")
    dtd = b'<!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="x">&a;</w:document>'
    yield Broken("entities", part(DOCUMENT_PART, dtd), FaultKind.FILE, _WHOLE, "DTD")
    yield Broken("not XML", part(DOCUMENT_PART, b"<w:p"), FaultKind.FILE, _WHOLE, "XML 已损坏")
