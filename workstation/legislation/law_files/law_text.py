"""What a file of law was recognised as: its title, history and articles, and what looks wrong."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class TextArticle:
    """One article as the file has it; ``number`` is 0 for an appendix or an undivided text.

    ``suffix`` is that of 之一, 之二 (0: none); ``lines`` are its text, a line for each paragraph
    of the file; ``heading`` the 编, 章 and 节 above it.
    """

    number: int
    suffix: int
    label: str
    heading: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines, parted by LF."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawText:
    """One instrument as recognised.

    ``history`` are the lines between title and text (通过, 修正, 公布 …); ``promulgated`` is the
    day of this text and ``effective`` the day it is law from, None where the file does not say.
    ``date_basis`` says where the effective day comes from; ``warnings`` what a person should look
    at before taking the text in.
    """

    title: str
    kind: str
    region: str
    issuing_body: str
    document_number: str
    history: tuple[str, ...]
    first_promulgated: date | None
    promulgated: date | None
    effective: date | None
    date_basis: str
    articles: tuple[TextArticle, ...]
    warnings: tuple[str, ...]
