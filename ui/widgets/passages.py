"""Places of a case as rich text: two clashing passages side by side, each a link to its page."""

from collections.abc import Sequence
from html import escape

from ui.theme import current_tokens
from workstation.review.records import Passage

PLACE = "place:"


def passages_html(passages: Sequence[Passage], first: int) -> str:
    """Return passages side by side; the links count them from ``first``."""
    if not passages:
        return ""
    width = 100 // len(passages)
    cells = "".join(
        f"<td width='{width}%' valign='top'>{link_html(f'{PLACE}{first + n}', named(passage))}"
        f"<br>{escape(passage.text)}</td>"
        for n, passage in enumerate(passages)
    )
    return f"<table width='100%' cellspacing='0' cellpadding='4'><tr>{cells}</tr></table>"


def named(passage: Passage) -> str:
    """Return the name of a place with its page."""
    page = f" 第{passage.page}页" if passage.page else ""
    return f"{passage.title}{page}"


def link_html(target: str, text: str) -> str:
    """Return a link in the colour of the theme."""
    accent = current_tokens().accent
    return f"<a href='{escape(target)}' style='color:{accent}'>{escape(text)}</a>"
