"""What would be printed of a case, and which sheets printed before are out of date."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workstation.documents.display_list import LaidOutDocument
from workstation.domain.cases import CaseEvent, CaseFile, IssuedDocument
from workstation.domain.intake import CORRECTED
from workstation.errors import InvalidInputError
from workstation.operations.print_rules import PrintRule
from workstation.operations.sign_tasks import SignTask
from workstation.procedure.intake_corrections import DOCUMENT_CORRECTED, paths_in
from workstation.storage.record_json import canonical_json, to_plain
from workstation.storage.records import Printing

OUT_OF_DATE = "纸质已过期"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDocument:
    """One paper to print: its version, pages, copies, and what is to be done on it by hand.

    ``version`` is the digest of the issued file, or of a draft's values; ``blanks`` the empty
    back pages that let the next sheet start on a front; ``missing`` what a draft still lacks;
    ``step`` is that of its form.
    """

    key: str
    title: str
    number: str
    version: str
    layout: LaidOutDocument
    rule: PrintRule
    tasks: tuple[SignTask, ...]
    draft: bool = False
    missing: tuple[str, ...] = ()
    step: int = 0

    @property
    def pages(self) -> int:
        """Printed pages of one copy."""
        return len(self.layout.pages)

    @property
    def blanks(self) -> int:
        """Empty back pages of one copy."""
        return self.pages % 2 if self.rule.duplex else 0

    @property
    def sheets(self) -> int:
        """Sheets of paper of all copies."""
        each = (self.pages + self.blanks) // 2 if self.rule.duplex else self.pages
        return each * self.rule.total

    def as_json(self) -> dict[str, Any]:
        """Return it as ``print plan`` prints it."""
        return {
            "id": self.key,
            "step": self.step,
            "title": self.title,
            "number": self.number,
            "version": self.version,
            "draft": self.draft,
            "missing": list(self.missing),
            "pages": self.pages,
            "blank_backs": self.blanks,
            "duplex": self.rule.duplex,
            "printer": self.rule.printer,
            "tray": self.rule.tray,
            "copies": dict(self.rule.copies),
            "sheets": self.sheets,
            "by_hand": [
                {
                    "kind": task.kind.value,
                    "who": task.who,
                    "pages": list(task.pages),
                    "place": task.place,
                }
                for task in self.tasks
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPlan:
    """The papers of a case or a step in legal order (卷内顺序)."""

    case_id: str
    case_number: str
    case_title: str
    documents: tuple[PlannedDocument, ...]
    events: int

    @property
    def sheets(self) -> int:
        """Sheets of paper of the whole plan."""
        return sum(document.sheets for document in self.documents)

    def chosen(self, keys: tuple[str, ...]) -> tuple[PlannedDocument, ...]:
        """Return the papers of these keys, all without keys.

        Raises:
            InvalidInputError: a key is not in the plan.
        """
        known = {document.key for document in self.documents}
        unknown = [key for key in keys if key not in known]
        if unknown:
            message = f"打印清单中没有{'、'.join(unknown)}。"
            raise InvalidInputError(message, hint="请用 print plan 查看可以打印的文书。")
        return tuple(d for d in self.documents if not keys or d.key in keys)

    def as_json(self) -> dict[str, Any]:
        """Return it as ``print plan`` prints it."""
        return {
            "case_id": self.case_id,
            "case_number": self.case_number,
            "title": self.case_title,
            "documents": [document.as_json() for document in self.documents],
            "pages": sum(d.pages * d.rule.total for d in self.documents),
            "sheets": self.sheets,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperState:
    """Whether the printed sheets of a paper still say what it says; ``reason`` why not."""

    key: str
    printed_at: str
    copies: int
    reason: str

    @property
    def word(self) -> str:
        """What the list of papers shows."""
        return OUT_OF_DATE if self.reason else "已打印"


def values_digest(values: Mapping[str, Any], template_sha256: str) -> str:
    """Return the version of a draft: SHA-256 of its values and its template."""
    content = canonical_json({"values": to_plain(dict(values)), "template": template_sha256})
    return hashlib.sha256(content.encode()).hexdigest()


def reason_out_of_date(
    printing: Printing, file: CaseFile, versions: Mapping[str, str], superseding: frozenset[str]
) -> str:
    """Say why sheets printed before no longer stand, empty where they do.

    Args:
        printing: the latest printing of a paper.
        file: the case as it is now.
        versions: the version each paper has now, by key; drafts included.
        superseding: forms of which only the latest paper counts.
    """
    now = versions.get(printing.document)
    issued = next((d for d in file.documents if d.key == printing.document), None)
    if printing.draft and issued is not None:
        return "草稿已经制发为正式文书"
    if now is None:
        return "草稿已经放弃"
    if now != printing.version_digest:
        return "打印之后内容有改动"
    since = (event for event in file.events if event.position > printing.event_position)
    if why := next(filter(None, (_touched(event, printing) for event in since)), ""):
        return why
    return _superseded(issued, file, superseding) if issued is not None else ""


def _touched(event: CaseEvent, printing: Printing) -> str:
    """Say what an event after a printing corrected on its sheets, empty where nothing."""
    if paths_in(event, printing.document):
        how = "更正" if event.kind == CORRECTED else "改变"
        return f"{event.day.isoformat()}{how}了所印的登记内容"
    if event.kind == DOCUMENT_CORRECTED and event.data.get("document") == printing.document:
        return f"{event.day.isoformat()}已更正（{event.data.get('how', '补正')}）"
    return ""


def _superseded(issued: IssuedDocument, file: CaseFile, superseding: frozenset[str]) -> str:
    latest = file.document(issued.form)
    if issued.form in superseding and latest is not None and latest.key != issued.key:
        return f"已另行制发{latest.key}"
    return ""
