"""Naming what a .docx may hold and our layout doesn't draw, with its place and its cure."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree
from typing_extensions import override

from workstation.documents.docx_package import W
from workstation.errors import WorkstationError

_HINT = "请在 Word 或 WPS 中改正该处，或按《支持的 Word 格式》说明改用支持的格式。"
_ACCEPT = "在“审阅”中接受全部修订，并关闭修订。"
_TEXTBOX = "删除它，把其中的文字放进正文段落或表格单元格。"
_HEI = "取消它；要突出的文字改用黑体。"
_NONE = "选中该处，清除这一格式。"
_REMOVE = "删除它；必要的内容写进正文。"
# What is refused by the name of its element: how a user knows it, and what to do about it.
_NAMES: dict[str, tuple[str, str]] = {
    "br": ("分栏符", "删除分栏符。"),
    "ptab": ("对齐制表符", "改用普通制表位，或改用表格对齐。"),
    "numPr": ("自动编号", "取消自动编号，把序号直接打成文字。"),
    "ins": ("修订痕迹（插入）", _ACCEPT),
    "del": ("修订痕迹（删除）", _ACCEPT),
    "moveFrom": ("修订痕迹（移动）", _ACCEPT),
    "moveTo": ("修订痕迹（移动）", _ACCEPT),
    "footnoteReference": ("脚注", "删除脚注，把内容写进正文。"),
    "endnoteReference": ("尾注", "删除尾注，把内容写进正文。"),
    "object": ("嵌入对象", "删除嵌入对象；图片请另存为 PNG 或 JPEG 后以“嵌入型”插入。"),
    "control": ("ActiveX 控件", _REMOVE),
    "altChunk": ("插入的外部文档", "打开该文档，把文字复制进来。"),
    "subDoc": ("主控文档的子文档", "把子文档的文字复制进来。"),
    "pict": ("旧式图形或文本框", _TEXTBOX),
    "AlternateContent": ("图形或文本框", _TEXTBOX),
    "sym": ("符号字体字符", "改用普通字符；勾选框请写 {{ …|box }}。"),
    "ruby": ("拼音指南", "清除拼音指南。"),
    "framePr": ("图文框", "删除图文框，文字留在正文中。"),
    "sectPr": ("分节符", "删除分节符；需要换页的改用分页符。"),
    "b": ("加粗", "取消加粗；要突出的文字改用黑体。"),
    "i": ("倾斜", _HEI),
    "outline": ("空心字", _NONE),
    "shadow": ("阴影字", _NONE),
    "emboss": ("阳文", _NONE),
    "imprint": ("阴文", _NONE),
    "dstrike": ("双删除线", _NONE),
    "color": ("彩色文字", "把文字颜色改为“自动”或黑色。"),
    "shd": ("底纹", "把底纹改为“无颜色”。"),
    "highlight": ("突出显示", "把突出显示改为“无颜色”。"),
    "vertAlign": ("上标或下标", "改用普通文字，如 m² 直接写“平方米”。"),
    "w": ("字符缩放", "把字符缩放改为 100%。"),
    "position": ("字符升降", "把字符位置改为“标准”。"),
    "em": ("着重号", _HEI),
    "bdr": ("字符边框", _NONE),
    "effect": ("文字效果", _NONE),
    "vanish": ("隐藏文字", "删除隐藏文字，或取消隐藏。"),
    "caps": ("全部大写", _NONE),
    "smallCaps": ("小型大写", _NONE),
    "fitText": ("调整宽度", _NONE),
    "eastAsianLayout": ("双行合一或纵横混排", _NONE),
    "tbl": ("嵌套表格", "把内层表格移到正文，或拆成外层表格的行和列。"),
    "tblpPr": ("文字环绕的表格", "在表格属性中把“文字环绕”改为“无”。"),
    "tcMar": ("单元格单独边距", "在单元格选项中勾选“与整张表格相同”。"),
    "textDirection": ("竖排文字", "把文字方向改为横排。"),
    "gridBefore": ("表格行首缩进", "拖齐该行的左边线。"),
    "gridAfter": ("表格行尾缩进", "拖齐该行的右边线。"),
    "hMerge": ("旧式横向合并", "用 Word 打开后重新合并该单元格，另存为 .docx。"),
    "bidi": ("从右向左的段落", "把段落方向改为“从左向右”。"),
    "commentReference": ("批注", "删除全部批注。"),
    "commentRangeStart": ("批注", "删除全部批注。"),
    "commentRangeEnd": ("批注", "删除全部批注。"),
    "oMath": ("公式", "删除公式，写成普通文字。"),
    "oMathPara": ("公式", "删除公式，写成普通文字。"),
}


class UnsupportedDocxError(WorkstationError):
    """The document holds something outside the subset; the message names place and thing."""

    code = "docx_unsupported"


@dataclass(frozen=True, slots=True)
class DocxFault:
    """One thing that can't be drawn: where, what, and what to do about it."""

    place: str
    what: str
    fix: str


@dataclass(slots=True)
class Place:
    """Where the reader is, counted as a person counts.

    The first fault raises, unless ``found`` is a list: then faults are gathered there and the
    reader goes on.
    """

    story: str = ""
    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0
    found: list[DocxFault] | None = None

    @override
    def __str__(self) -> str:
        """Return 第3段, or 第1个表格第2行第3格."""
        if self.row:
            return f"{self.story}第{self.table}个表格第{self.row}行第{self.cell}格"
        return f"{self.story}第{self.paragraph}段" if self.paragraph else self.story

    def refuse(self, what: str, fix: str = "") -> None:
        """Report something unsupported at this place.

        Raises:
            UnsupportedDocxError: faults are not gathered.
        """
        fault = DocxFault(str(self), what, fix or _HINT)
        if self.found is None:
            message = f"文档{fault.place}含有不支持的内容：{what}。"
            raise UnsupportedDocxError(message, hint=f"{fix}{_HINT}" if fix else _HINT)
        if fault not in self.found:
            self.found.append(fault)

    def refuse_element(self, element: etree._Element) -> None:
        """Report an element of the document; see :meth:`refuse`."""
        name = etree.QName(element).localname
        what, fix = _NAMES.get(name, (f"<{name}>", _REMOVE))
        self.refuse(what, fix)

    def refuse_unknown(self, element: etree._Element, known: Iterable[str]) -> None:
        """Report every child whose tag is not among ``known``; see :meth:`refuse`."""
        for child in element:
            if child.tag not in known:
                self.refuse_element(child)


def is_on(element: etree._Element) -> bool:
    """Return whether a toggle such as ``w:b`` is switched on."""
    return element.get(W + "val") not in {"0", "false", "off", "none"}


def tags(names: str) -> frozenset[str]:
    """Return qualified names of the WordprocessingML namespace."""
    return frozenset(W + name for name in names.split())
