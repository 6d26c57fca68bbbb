"""The child that reads a PDF: ``python -m … FILE`` prints its paragraphs as JSON.

``pages`` are its lines page by page, for finding the page of a word.
"""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium

from workstation.legislation.law_files.bounds import MOST_CHARACTERS

_MEMORY = 900 << 20
_MOST_PAGES = 1500
# Justified print comes out with a blank between all characters.
_WIDE = r"\u2014\u2018-\u201d\u3000-\u9fff\uff00-\uffef"
_BETWEEN_CHINESE = re.compile(rf"(?<=[{_WIDE}]) +| +(?=[{_WIDE}])")
_BLANKS = " \u3000\t"
_INDENT = 6.0
_PAGE_NUMBER = re.compile(r"^[\s\u3000]*[-—－–]?[\s\u3000]*\d{1,4}[\s\u3000]*[-—－–]?[\s\u3000]*$")
_OPENS = re.compile(
    r"^(?:第[一二三四五六七八九十百千零〇\d]+(?:编|分编|章|节|条[\s\u3000])"
    r"|[（(][一二三四五六七八九十]+[）)]|附件|目[\s\u3000]*录)"
)


class _Line(NamedTuple):
    left: float
    text: str


def main(path: Path) -> int:
    """Print the paragraphs of ``path``, or why there are none; return the exit status."""
    _bound_memory()
    try:
        with closing(pdfium.PdfDocument(path)) as document:
            answer = _answer(document)
    except pdfium.PdfiumError as error:
        protected = "Password" in str(error)
        answer = {
            "error": "设有打开密码。" if protected else "已损坏，或者不是 PDF。",
            "hint": "请去掉密码后再导入。" if protected else "请重新下载后再导入。",
        }
    sys.stdout.write(json.dumps(answer))
    return 0


def _bound_memory() -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _answer(document: Any) -> dict[str, Any]:
    if len(document) > _MOST_PAGES:
        return {
            "error": f"有 {len(document)} 页，过大，没有读取。",
            "hint": "请只保留法规正文的页后再导入。",
        }
    paragraphs: list[str] = []
    page_lines: list[str] = []
    characters = 0
    for number in range(len(document)):
        lines = list(_page_lines(document[number]))
        characters += sum(len(line.text) for line in lines)
        if characters > MOST_CHARACTERS:
            return {"error": "文字过多，没有读取。", "hint": "请只保留法规正文后再导入。"}
        _join(lines, paragraphs)
        page_lines.append("\n".join(line.text for line in lines))
    if not any(paragraphs):
        hint = "请先用文字识别软件（OCR）转成文本，核对后再导入。"
        return {"error": "没有文字层，是扫描件。", "hint": hint}
    return {"lines": paragraphs, "pages": page_lines}


def _page_lines(page: Any) -> Iterator[_Line]:
    """Yield the lines of a page with the place where each begins, in points."""
    text_page = page.get_textpage()
    start = 0
    for text in text_page.get_text_range().split("\r\n"):
        tidy = _BETWEEN_CHINESE.sub("", text)
        if tidy.strip(_BLANKS) and not _PAGE_NUMBER.match(tidy):
            lead = len(text) - len(text.lstrip(_BLANKS))
            yield _Line(text_page.get_charbox(start + lead)[0], tidy.strip(_BLANKS))
        start += len(text) + 2


def _join(lines: list[_Line], paragraphs: list[str]) -> None:
    """Add the lines of a page: one that is indented, or opens an article, begins a paragraph."""
    if not lines:
        return
    edge = min(line.left for line in lines)
    for line in lines:
        if not paragraphs or _OPENS.match(line.text) or line.left > edge + _INDENT:
            paragraphs.append(line.text)
        else:
            paragraphs[-1] += line.text


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
