"""The answers of the e助理 as rich text: hits by instrument with their pairs, what is kept."""

from collections.abc import Mapping
from html import escape
from itertools import groupby

from PySide6.QtCore import QUrl

from ui.theme import current_tokens
from workstation.legislation.article_pairs import ArticlePairs
from workstation.legislation.search import SearchAnswer, SearchResult
from workstation.legislation.snippets import Snippet

_RECENT_SHOWN = 8
_WELCOME = (
    "<p style='line-height:180%'>输入办案中的说法即可，例如：</p>"
    "<ul><li><a href='q:占道经营'>占道经营</a></li>"
    "<li><a href='q:擅自倾倒建筑垃圾 罚款'>擅自倾倒建筑垃圾 罚款</a></li>"
    "<li><a href='q:行政处罚法 42'>行政处罚法 42</a>（条号怎么写都可以）</li>"
    '<li><a href=\'q:"听证" AND 期限\'>"听证" AND 期限</a>（引号为原词，AND、OR、NOT）</li></ul>'
)
NOTHING_FOUND = (
    "<p>没有找到。可以换一种说法、去掉引号，或检查“有效于”的日期。</p>"
    "<p>也可以改选“不限地区”“全部种类”。没有导入的法规，库中无此文本。</p>"
)


def welcome_html(pinned: tuple[str, ...], recent: tuple[str, ...]) -> str:
    """Return the pinned articles and the latest queries as lists of links, and how to ask."""
    parts = []
    for heading, scheme, texts in (
        ("常用条文", "p", pinned),
        ("最近检索", "q", recent[:_RECENT_SHOWN]),
    ):
        if texts:
            links = "".join(
                f"<li><a href='{scheme}:{_quoted(t)}'>{escape(t)}</a></li>" for t in texts
            )
            parts.append(f"<p><b>{heading}</b></p><ul style='line-height:180%'>{links}</ul>")
    return "".join((*parts, _WELCOME))


def _quoted(text: str) -> str:
    return QUrl.toPercentEncoding(text).toStdString()


def answer_html(answer: SearchAnswer, pairs: Mapping[int, ArticlePairs] | None = None) -> str:
    """Return the hits grouped by instrument; ``pairs`` are by the id of the article found."""
    tokens = current_tokens()
    found = f"{len(answer.results)} 条，{answer.took_ms:.0f} 毫秒"
    expanded = f"　扩展：{escape('；'.join(answer.expanded))}" if answer.expanded else ""
    parts = [f"<p style='color:{tokens.muted}'>{found}{expanded}</p>"]
    for title, group in groupby(answer.results, key=lambda result: result.instrument):
        parts.append(f"<h4 style='margin-bottom:2px'>{escape(title)}</h4>")
        parts += [_result_html(r, (pairs or {}).get(r.article_id)) for r in group]
    return "".join(parts)


def _result_html(result: SearchResult, pairs: ArticlePairs | None) -> str:
    tokens = current_tokens()
    state = "" if result.in_force else f"　<span style='color:{tokens.warn}'>当日无效</span>"
    return (
        f"<p style='margin:4px 0 10px 0; line-height:150%'>"
        f"<a href='a:{result.article_id}' style='color:{tokens.accent}'>{escape(result.label)}</a>"
        f"{state}　{marked_html(result.snippet)}"
        f"<br><span style='color:{tokens.muted}'>{escape(result.why)}</span>"
        f"{_pairs_html(pairs)}</p>"
    )


def _pairs_html(pairs: ArticlePairs | None) -> str:
    if pairs is None:
        return ""
    tokens = current_tokens()
    parts = []
    for name, references in (("义务", pairs.duties), ("罚则", pairs.penalties)):
        if references:
            links = "、".join(
                f"<a href='p:{_quoted(str(r))}' style='color:{tokens.accent}'>{r.place}</a>"
                for r in references
            )
            parts.append(f"{name}：{links}")
    return f"<br><span style='color:{tokens.muted}'>{'　'.join(parts)}</span>"


def marked_html(snippet: Snippet) -> str:
    """Return a snippet with the found words on a coloured ground."""
    mark = current_tokens().mark
    parts, place = [], 0
    for start, end in snippet.spans:
        parts.append(escape(snippet.text[place:start]))
        words = escape(snippet.text[start:end])
        parts.append(f"<span style='background-color:{mark}'>{words}</span>")
        place = end
    parts.append(escape(snippet.text[place:]))
    return "".join(parts)
