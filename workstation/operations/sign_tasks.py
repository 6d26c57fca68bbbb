"""What has to be signed, sealed or finger-printed on a printed paper, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workstation.documents.annexes import ANNEX_TITLE
from workstation.documents.correction_runs import THUMB, THUMB_SIZE
from workstation.documents.display_list import Page, TextOperation
from workstation.documents.filters import CUT_DASH
from workstation.documents.forms import FormDefinition, FormKind

_SEAL_WORD = "印章"
_PRINT_WORD = "指印"


class SignKind(StrEnum):
    """What is put on paper by hand."""

    SIGNATURE = "签名"
    SEAL = "盖章"
    ACROSS = "骑缝章"
    FINGERPRINT = "捺指印"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignTask:
    """One thing to do by hand: who, on which pages (from 1), at which words."""

    kind: SignKind
    who: str
    pages: tuple[int, ...]
    place: str

    @property
    def line(self) -> str:
        """Say it in one line."""
        pages = (
            f"第{self.pages[0]}页"
            if len(self.pages) == 1
            else f"第{self.pages[0]}—{self.pages[-1]}页"
        )
        return f"{pages} {self.kind.value}：{self.who}（{self.place}）"


def sign_tasks(
    form: FormDefinition, pages: Sequence[Page], agency: str, *, across: bool
) -> tuple[SignTask, ...]:
    """Return the tasks of a paper in the order of its pages.

    A record is signed on every page by those its foot names (行政处罚法§55、行政强制法§18); a seal
    stands at the agency's name at the end. ``across`` asks for a seal over the edges of the pages
    of a sealed paper that has more than one, and over its cutting lines (骑缝).
    """
    tasks = [_task(form, who, pages, agency) for who in form.signatures]
    if form.kind is FormKind.RECORD and _PRINT_WORD in form.footer_text:
        signer = form.signatures[0] if form.signatures else "当事人"
        numbers = tuple(range(1, len(pages) + 1))
        tasks.append(_made(SignKind.FINGERPRINT, signer, numbers, "逐页"))
    tasks.extend(_corrections(form, pages))
    if across and len(pages) > 1 and any(_SEAL_WORD in who for who in form.signatures):
        numbers = tuple(range(1, len(pages) + 1))
        tasks.append(_made(SignKind.ACROSS, agency, numbers, "各页骑缝处"))
    if across:
        tasks.extend(_cutting_lines(pages, agency))
    return tuple(sorted(tasks, key=lambda task: task.pages[0]))


def _corrections(form: FormDefinition, pages: Sequence[Page]) -> Iterator[SignTask]:
    """Yield the finger-prints at the corrections of a record, page by page."""
    signer = form.signatures[0] if form.signatures else "当事人"
    for number, page in enumerate(pages, start=1):
        marks = sum(
            isinstance(o, TextOperation) and (o.text, o.size) == (THUMB, THUMB_SIZE)
            for o in page.operations
        )
        if marks:
            yield _made(SignKind.FINGERPRINT, signer, (number,), f"更正处{marks}处")


def _cutting_lines(pages: Sequence[Page], agency: str) -> Iterator[SignTask]:
    """Yield the seal over each cutting line of counterfoil and receipt, where its number is."""
    for number, page in enumerate(pages, start=1):
        lines = sum(line.startswith(CUT_DASH * 2) for line in page.lines)
        if lines:
            yield _made(SignKind.ACROSS, agency, (number,), f"裁切线文号处{lines}处")


def _task(form: FormDefinition, who: str, pages: Sequence[Page], agency: str) -> SignTask:
    if who == _SEAL_WORD:
        return _made(SignKind.SEAL, agency, (_page_of_seal(pages, agency),), "落款处机关名称")
    if who.endswith(_SEAL_WORD):
        return _made(SignKind.SEAL, who.removesuffix(_SEAL_WORD), (len(pages),), "落款处")
    if any(name in form.footer_text for name in _names_of(who)):
        return _made(SignKind.SIGNATURE, who, tuple(range(1, len(pages) + 1)), "逐页页脚")
    annex = [number for number, page in enumerate(pages, start=1) if _is_annex(page)]
    body = annex[0] - 1 if annex else len(pages)
    for name in _names_of(who):
        for number in range(body, 0, -1):
            if any(name in line for line in pages[number - 1].lines):
                numbers = (number, len(pages)) if annex else (number,)
                return _made(SignKind.SIGNATURE, who, numbers, f"“{name}”处")
    place = "审批意见栏" if form.kind is FormKind.APPROVAL else "末页签名处"
    return _made(SignKind.SIGNATURE, who, (len(pages),), place)


def _is_annex(page: Page) -> bool:
    return page.lines[:1] == (ANNEX_TITLE,)


def _page_of_seal(pages: Sequence[Page], agency: str) -> int:
    """Return the last page with the agency's name at the end of a line, else the last page."""
    for number in range(len(pages), 0, -1):
        for position, line in enumerate(pages[number - 1].lines):
            heading = number == 1 and position == 0
            if not heading and line.replace("　", "").strip().endswith(agency):
                return number
    return len(pages)


def _names_of(who: str) -> tuple[str, ...]:
    """Return how a paper may name the signer: in full, without the hearing, by office."""
    shorter = who.removeprefix("听证").partition("或者")[0]
    office = shorter.removesuffix("负责人").removesuffix("审核人员")
    return (who, shorter, office) if office else (who, shorter)


def _made(kind: SignKind, who: str, pages: tuple[int, ...], place: str) -> SignTask:
    return SignTask(kind=kind, who=who, pages=pages, place=place)
