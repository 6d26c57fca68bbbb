"""A pointer to a provision of law and its proper Chinese writing."""

import re
from dataclasses import dataclass

from typing_extensions import override

from workstation.domain.numerals import from_chinese, to_chinese

_NUMBER = "零〇一二三四五六七八九十百千0-9"
_REFERENCE = re.compile(
    rf"^《?(?P<title>[^《》§]+?)》?\s*(?:§|第)\s*(?P<article>[{_NUMBER}]+)\s*条?"
    rf"(?:之(?P<suffix>[{_NUMBER}]+))?(?:第?(?P<paragraph>[{_NUMBER}]+)款)?"
    rf"(?:第?[（(]?(?P<item>[{_NUMBER}]+)[)）]?项)?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleReference:
    """Title (without 《》), article, 之N suffix, paragraph (款), item (项); 0 is none."""

    title: str
    article: int
    suffix: int = 0
    paragraph: int = 0
    item: int = 0

    @property
    def whole(self) -> "ArticleReference":
        """The article as a whole, without 款 and 项."""
        return ArticleReference(title=self.title, article=self.article, suffix=self.suffix)

    @property
    def place(self) -> str:
        """Return the place alone: 第一千一百六十九条第一款第（二）项."""
        text = f"第{to_chinese(self.article)}条"
        if self.suffix:
            text += f"之{to_chinese(self.suffix)}"
        if self.paragraph:
            text += f"第{to_chinese(self.paragraph)}款"
        if self.item:
            text += f"第（{to_chinese(self.item)}）项"
        return text

    @override
    def __str__(self) -> str:
        """Return 《全称》第…条第…款第（…）项, as a penalty decision must cite."""
        return f"《{self.title}》{self.place}"


def parse_reference(text: str) -> ArticleReference:
    """Parse a compact reference as data files write it: 行政处罚法§58, 行政处罚法第五十八条第一款.

    Free text goes through ``workstation.legislation`` instead.

    Raises:
        ValueError: ``text`` is not a single reference.
    """
    match = _REFERENCE.match(text.strip())
    if match is None:
        message = f"not a reference: {text!r}"
        raise ValueError(message)
    numbers = {
        key: from_chinese(match[key]) if match[key] else 0
        for key in ("article", "suffix", "paragraph", "item")
    }
    return ArticleReference(title=match["title"].strip(), **numbers)
