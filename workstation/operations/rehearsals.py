"""Rehearsing a reconsideration or lawsuit against one case (复议沙盘), and the paper of it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from workstation.documents.forms import FormDefinition, load_extra_form
from workstation.domain.cases import CaseFile
from workstation.operations.certificates import Certificate, make_certificate
from workstation.operations.papers import PaperMaker
from workstation.operations.reviews import ReviewOperations
from workstation.operations.ruling_reasons import RulingReasonOperations
from workstation.review.records import Passage, State
from workstation.review.rehearsals import HEADER, Weakness, load_attacks, rehearse
from workstation.review.ruling_reasons import RulingStatistics
from workstation.storage.database import Database

_FORM = "certificates/YD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """The weaknesses of a case as of a day, the most decisive first."""

    file: CaseFile
    as_of: date
    weaknesses: tuple[Weakness, ...]
    lost: RulingStatistics

    def losses(self, weakness: Weakness) -> str:
        """Say in how many cases of this office a ruling turned on a weakness; nothing more."""
        count = self.lost.lost_by(weakness.finding.check.id)
        if not count:
            return ""
        few = "；件数少，不说明趋势" if self.lost.is_small else ""
        return f"本局败诉、被变更的{self.lost.lost}件中，{count}件因此（只计件数{few}）"

    @property
    def unanswered(self) -> int:
        """How many arguments the file has no answer to."""
        return sum(not weakness.answer for weakness in self.weaknesses)

    def as_json(self) -> dict[str, Any]:
        """Return the rehearsal as ``case rehearse`` prints it."""
        return {
            "header": HEADER,
            "case_id": self.file.case.id,
            "as_of": self.as_of.isoformat(),
            "unanswered": self.unanswered,
            "lost_cases": self.lost.lost,
            "too_few": self.lost.is_small,
            "weaknesses": [
                weakness.as_json() | {"lost_here": self.lost.lost_by(weakness.finding.check.id)}
                for weakness in self.weaknesses
            ],
        }


class RehearsalOperations:
    """Nothing here writes into the office; what a person concludes is kept with the review."""

    def __init__(
        self,
        database: Database,
        papers: PaperMaker,
        reviews: ReviewOperations,
        reasons: RulingReasonOperations,
        home: Path,
    ) -> None:
        self._database = database
        self._papers = papers
        self._reviews = reviews
        self._reasons = reasons
        self._form: FormDefinition = load_extra_form(_FORM, home)
        self.attacks = load_attacks(home)

    def of_case(self, wanted: str, as_of: date | None = None) -> Rehearsal:
        """Return what the other side could argue about a case as it stood on a day."""
        found = self._reviews.check_case(wanted, as_of)
        with self._database.reading() as unit:
            file = unit.cases.load_case_file(found.case_id).as_of(found.as_of)
        weaknesses = rehearse(found.findings, self.attacks, file)
        lost = self._reasons.statistics(last=found.as_of)
        return Rehearsal(file=file, as_of=found.as_of, weaknesses=weaknesses, lost=lost)

    def points(self, rehearsal: Rehearsal) -> Certificate:
        """Return 《应诉要点》 of a rehearsal, ready to print."""
        case = rehearsal.file.case
        failed = [w for w in rehearsal.weaknesses if w.finding.state is State.FAILED]
        values = {
            "header": HEADER,
            "case_title": case.title,
            "case_number": case.number or case.lead.number,
            "party": case.party.name,
            "summary": f"按清单演练，可被攻击的有{len(rehearsal.weaknesses)}项，其中审核不符合"
            f"{len(failed)}项，无答复{rehearsal.unanswered}项。",
            "weaknesses": [_row(n, w) for n, w in enumerate(rehearsal.weaknesses, start=1)],
        }
        made = rehearsal.as_of, f"应诉要点_{case.number or case.lead.number}"
        return make_certificate(self._database, self._papers, self._form, values, made)


def _row(place: int, weakness: Weakness) -> dict[str, str]:
    found = weakness.finding
    name = weakness.attack.ground.name
    return {
        "heading": f"{place}．{name}（{found.check.id}，{found.state.value}）",
        "argument": weakness.argument,
        "pointers": "；".join(map(_pointer, found.passages)) or "未指向具体文书",
        "answer": weakness.best_answer,
        "basis": "、".join(str(a) for a in (*found.check.basis, *weakness.attack.ground.basis)),
    }


def _pointer(passage: Passage) -> str:
    page = f"第{passage.page}页" if passage.page else ""
    key = f"（{passage.document}）" if passage.document else ""
    return f"{passage.title}{key}{page}"
