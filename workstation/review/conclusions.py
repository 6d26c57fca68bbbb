"""The ten conclusions of a review opinion (D40), prefilled from the checks for a person to decide.

Which check belongs to which conclusion is data (``statutes/legal_review.toml``). What the checks
found is a proposal: nothing is concluded until a reviewer says so (行政处罚法§58).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from workstation import data_files
from workstation.procedure.data_tables import Table, convert, read_table, words
from workstation.procedure.errors import ProcedureDataError
from workstation.review.records import Check, Finding, State


class Verdict(StrEnum):
    """What a conclusion says; the value is printed."""

    LAWFUL = "合法"
    CURABLE = "有瑕疵可补正"
    UNLAWFUL = "违法"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One of the ten subjects: its field in the form and the checks that belong to it."""

    title: str
    field: str
    checks: tuple[str, ...]

    @property
    def reason_field(self) -> str:
        """The field of the form that holds the reason."""
        return f"{self.field}_reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the checks say of a subject.

    ``verdict`` is what would follow from them alone; ``open`` counts the checks left to a person.
    """

    subject: Subject
    verdict: Verdict
    reason: str
    findings: tuple[Finding, ...]
    open: int = 0


def load_subjects(checks: Iterable[Check], home: Path | None = None) -> tuple[Subject, ...]:
    """Read the ten subjects in the order of the form.

    Raises:
        ProcedureDataError: the file is malformed, or a check belongs to none or to several.
    """
    path = data_files.overlay("statutes/legal_review.toml", home)
    rows = read_table(path).get("conclusions", ())
    subjects = tuple(convert(path, str(row.get("title", "")), _subject, row) for row in rows)
    placed = [check for subject in subjects for check in subject.checks]
    known = [check.id for check in checks]
    wrong = sorted({*known} ^ {*placed}) + [id_ for id_ in known if placed.count(id_) > 1]
    if wrong:
        message = f"数据文件“{path}”：审核项{'、'.join(wrong)}没有恰好归入一项结论。"
        raise ProcedureDataError(message, hint="请改正该文件的 conclusions。")
    return subjects


def _subject(row: Table) -> Subject:
    return Subject(title=str(row["title"]), field=str(row["field"]), checks=words(row["checks"]))


def propose(subjects: Iterable[Subject], findings: Sequence[Finding]) -> tuple[Proposal, ...]:
    """Return what the findings say of every subject."""
    by_check = {finding.check.id: finding for finding in findings}
    return tuple(
        _proposal(subject, [by_check[id_] for id_ in subject.checks if id_ in by_check])
        for subject in subjects
    )


def _proposal(subject: Subject, findings: list[Finding]) -> Proposal:
    failed = [finding for finding in findings if finding.state is State.FAILED]
    verdict = Verdict.CURABLE if failed else Verdict.LAWFUL
    if any(finding.stands_in_the_way for finding in failed):
        verdict = Verdict.UNLAWFUL
    return Proposal(
        subject=subject,
        verdict=verdict,
        reason=_reason(findings, failed),
        findings=tuple(findings),
        open=sum(finding.state is State.FOR_A_PERSON for finding in findings),
    )


def _reason(findings: list[Finding], failed: list[Finding]) -> str:
    """Return the findings as the reason of a conclusion: what failed, then what holds."""
    told = [f"{finding.check.item}：{finding.message}［{finding.basis}］" for finding in failed]
    told += [
        f"{finding.check.item}：{finding.overruled.person}审查认为{finding.state.value}，"
        f"{finding.overruled.reason}"
        for finding in findings
        if finding.overruled is not None and finding not in failed
    ]
    held = [
        finding.check.item
        for finding in findings
        if finding.state is State.PASSED and finding.overruled is None
    ]
    told += [f"经核对，{'；'.join(held)}"] if held else []
    return "".join(f"{text.rstrip('。')}。" for text in told)
