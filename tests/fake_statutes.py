"""Statutes for tests that are not about them: everything stands, but what a test names."""

from datetime import date

from workstation.domain.citations import ArticleReference
from workstation.legislation.citations import CitationCheck, Verdict


class FakeStatutes:
    """Answers by the title of the law; nothing needs to be read in."""

    def __init__(self, **verdicts: str) -> None:
        self._verdicts = verdicts

    def open_texts(self) -> None:
        """There is nothing to open."""

    def examine(self, reference: ArticleReference, as_of: date | None = None) -> CitationCheck:
        """Return the verdict named for the title of ``reference``, else that it stands."""
        del as_of
        verdict = Verdict(self._verdicts.get(reference.title, Verdict.OK))
        return CitationCheck(verdict=verdict, message=verdict.value, reference=reference)
