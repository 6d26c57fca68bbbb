"""Papers as the pages of one file for paper: each on a front page, a code on every page."""

from collections.abc import Iterator
from dataclasses import dataclass

from workstation.documents.display_list import LaidOutDocument, Page
from workstation.documents.pdf import PageStamp
from workstation.documents.qr_codes import qr_lines

# Millimetres at 72 points an inch: a code of 14 mm, 8 mm from the edges at the top right.
_POINTS = 72 / 25.4
_QR_SIDE, _QR_INSET = 14 * _POINTS, 8 * _POINTS
_DIGITS_OF_VERSION = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCode:
    """What the code on a page says: the case, the paper and which version of it."""

    case_number: str
    key: str
    version: str

    def stamp(self, page: Page, number: int, pages: int) -> PageStamp:
        """Return the code of page ``number`` of ``pages``."""
        version = self.version[:_DIGITS_OF_VERSION]
        text = f"{self.case_number} {self.key} {version} {number}/{pages}"
        x = page.width - _QR_INSET - _QR_SIDE
        y = page.height - _QR_INSET - _QR_SIDE
        return PageStamp(operations=qr_lines(text, x, y, _QR_SIDE))


def printed_pages(
    layout: LaidOutDocument, *, duplex: bool, code: SheetCode | None
) -> Iterator[tuple[Page, PageStamp]]:
    """Yield the pages of one copy; an empty back lets the next paper start on a front page."""
    pages = layout.pages
    for number, page in enumerate(pages, start=1):
        yield page, code.stamp(page, number, len(pages)) if code else PageStamp()
    if duplex and len(pages) % 2:
        last = pages[-1]
        yield Page(width=last.width, height=last.height, operations=(), lines=()), PageStamp()
