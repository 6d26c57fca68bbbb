"""What issued papers say, and on which page a field stands; read once while they are asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from workstation.documents.display_list import LaidOutDocument, TextOperation
from workstation.documents.docx_texts import PrintedPaper, read_printed
from workstation.documents.forms import FormCatalogue
from workstation.domain.cases import CaseFile, IssuedDocument
from workstation.operations.kept_answers import KeptAnswers
from workstation.operations.papers import PaperMaker
from workstation.procedure import Paper
from workstation.review.facts import WHOLE_TEXT
from workstation.review.records import Passage
from workstation.storage.database import Unit

_KEPT = 1000
# Number, date and title are printed under the name of the paper itself.
_OF_THE_PAPER = "document."


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedText:
    """A piece of a printed line without its spaces: its page and the field it comes from."""

    page: int
    field: str
    text: str


class PaperTexts:
    """Issued files never change, so what was read of one is kept under its digest."""

    def __init__(self, papers: PaperMaker) -> None:
        self._papers = papers
        self._read = KeptAnswers[str, PrintedPaper](_KEPT)
        self._pages = KeptAnswers[str, tuple[PrintedText, ...]](_KEPT)

    @property
    def forms(self) -> FormCatalogue:
        """All forms."""
        return self._papers.forms

    def paper(self, unit: Unit, document: IssuedDocument) -> Paper:
        """Return an issued document as the guards read it; its lines are its paragraphs."""
        return Paper(
            form=document.form,
            title=document.title,
            number=document.number,
            dated=document.dated,
            values=document.standing_values,
            served=self.forms.get(document.form).served,
            lines=self.printed(unit, document).lines,
        )

    def printed(self, unit: Unit, document: IssuedDocument) -> PrintedPaper:
        """Return what an issued document says, by the values printed in it."""
        return self._read.get(
            document.docx_sha256, lambda: read_printed(unit.documents.docx_of(document.id))
        )

    def pager(self, unit: Unit, file: CaseFile) -> Callable[[Passage], Passage]:
        """Return what puts the page to a place; only the papers it is asked for are laid out."""
        documents = {document.key: document for document in file.documents}

        def paged(passage: Passage) -> Passage:
            document = documents.get(passage.document)
            if document is None:
                return passage
            printed = self.places(unit, document)
            return replace(passage, page=page_of(printed, passage.field, passage.text))

        return paged

    def place_of(
        self, unit: Unit, document: IssuedDocument, words: str, before: int
    ) -> PrintedText | None:
        """Return where ``words`` begin which stand ``before`` times earlier in the paper.

        None where they are not printed as they stand in the file.
        """
        return _begins(self.places(unit, document), words, before)

    def places(self, unit: Unit, document: IssuedDocument) -> tuple[PrintedText, ...]:
        """Return all pieces of the printed lines in the order they are drawn."""
        return self._pages.get(
            document.docx_sha256,
            lambda: printed_texts(self._papers.lay_out_file(unit.documents.docx_of(document.id))),
        )


def printed_texts(laid_out: LaidOutDocument) -> tuple[PrintedText, ...]:
    """Return all pieces of the printed lines of a paper in the order they are drawn."""
    return tuple(
        PrintedText(page=number, field=operation.field, text=_closed_up(operation.text))
        for number, page in enumerate(laid_out.pages, start=1)
        for operation in page.operations
        if isinstance(operation, TextOperation)
    )


def page_of(printed: Iterable[PrintedText], field: str, words: str) -> int:
    """Return the page on which ``words`` begin in a field, else the field begins, else 1.

    Without a field (or in ``text``, the whole text) the words are looked for in the whole paper.
    """
    names = {field, f"{_OF_THE_PAPER}{field}"}
    whole = field in {"", WHOLE_TEXT}
    within = [part for part in printed if whole or part.field in names]
    found = _begins(within, words, 0)
    if found is None and not whole and within:
        found = within[0]
    return found.page if found is not None else 1


def _begins(parts: Iterable[PrintedText], words: str, before: int) -> PrintedText | None:
    """Return the part in which ``words`` begin that stand ``before`` times earlier."""
    wanted, at = _closed_up(words), -1
    if not wanted:
        return None
    kept = tuple(parts)
    whole = "".join(part.text for part in kept)
    for _ in range(before + 1):
        at = whole.find(wanted, at + 1)
        if at < 0:
            return None
    for part in kept:
        if at < len(part.text):
            return part
        at -= len(part.text)
    return None


def _closed_up(text: str) -> str:
    return "".join(text.split())
