"""Refusing what a .docx may hold and our layout doesn't draw, with the place of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree
from typing_extensions import override

from workstation.documents.docx_package import W
from workstation.errors import WorkstationError

_HINT = "请在 Word 或 WPS 中改正该处，或按《支持的 Word 格式》说明改用支持的格式。"
_NAMES = {
    "tab": "制表符",
    "br": "手动换行符",
    "cr": "手动换行符",
    "numPr": "自动编号",
    "ins": "修订痕迹（插入）",
    "del": "修订痕迹（删除）",
    "moveFrom": "修订痕迹（移动）",
    "moveTo": "修订痕迹（移动）",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "object": "嵌入对象",
    "pict": "旧式图形或文本框",
    "AlternateContent": "图形或文本框",
    "sym": "符号字体字符",
    "ruby": "拼音指南",
    "framePr": "图文框",
    "sectPr": "分节符",
    "b": "加粗（请改用黑体）",
    "i": "倾斜",
    "strike": "删除线",
    "dstrike": "双删除线",
    "color": "彩色文字",
    "shd": "底纹",
    "highlight": "突出显示",
    "vertAlign": "上标或下标",
    "w": "字符缩放",
    "position": "字符升降",
    "em": "着重号",
    "bdr": "字符边框",
    "effect": "文字效果",
    "vanish": "隐藏文字",
    "caps": "全部大写",
    "smallCaps": "小型大写",
    "fitText": "调整宽度",
    "eastAsianLayout": "双行合一或纵横混排",
    "tbl": "嵌套表格",
    "tblpPr": "文字环绕的表格",
    "tcMar": "单元格单独边距",
    "textDirection": "竖排文字",
    "gridBefore": "表格行首缩进",
    "gridAfter": "表格行尾缩进",
    "hMerge": "旧式横向合并",
    "bidi": "从右向左的段落",
    "commentReference": "批注",
    "oMath": "公式",
    "oMathPara": "公式",
}


class UnsupportedDocxError(WorkstationError):
    """The document holds something outside the subset; the message names place and thing."""

    code = "docx_unsupported"


@dataclass(slots=True)
class Place:
    """Where the reader is, counted as a person counts."""

    story: str = ""
    paragraph: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0

    @override
    def __str__(self) -> str:
        """Return 第3段, or 第1个表格第2行第3格."""
        if self.row:
            return f"{self.story}第{self.table}个表格第{self.row}行第{self.cell}格"
        return f"{self.story}第{self.paragraph}段"

    def refuse(self, what: str) -> UnsupportedDocxError:
        """Return the error about ``what`` at this place."""
        return UnsupportedDocxError(f"文档{self}含有不支持的内容：{what}。", hint=_HINT)

    def refuse_element(self, element: etree._Element) -> UnsupportedDocxError:
        """Return the error about an element of the document."""
        name = etree.QName(element).localname
        return self.refuse(_NAMES.get(name, f"<{name}>"))


def is_on(element: etree._Element) -> bool:
    """Return whether a toggle such as ``w:b`` is switched on."""
    return element.get(W + "val") not in {"0", "false", "off", "none"}


def tags(names: str) -> frozenset[str]:
    """Return qualified names of the WordprocessingML namespace."""
    return frozenset(W + name for name in names.split())


def first_unknown(element: etree._Element, known: Iterable[str]) -> etree._Element | None:
    """Return the first child whose tag is not among ``known``."""
    return next((child for child in element if child.tag not in known), None)
