"""The certificate of a deadline (期限证明书): what starts it, its rule, every day to its end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from workstation.archive.bags import safe_name
from workstation.atomic_files import write_bytes_atomically
from workstation.documents.display_list import LaidOutDocument
from workstation.documents.filters import date_cn, datetime_cn
from workstation.documents.forms import FormDefinition, load_extra_form
from workstation.documents.pdf import PdfMetadata, write_pdf
from workstation.domain.citations import parse_reference
from workstation.domain.numerals import to_chinese
from workstation.errors import InvalidInputError, WorkstationError
from workstation.operations.day_tables import Row, deducted_spans, special_days, weeks_of
from workstation.operations.deadlines import CaseClock, CaseDeadlines, Count, DeadlineOperations
from workstation.operations.law import LawOperations
from workstation.operations.papers import Paper, PaperMaker, PaperRequest
from workstation.procedure import Deadline
from workstation.procedure.period_records import (
    DeadlineRule,
    Direction,
    RunningDeadline,
    Unit,
)
from workstation.storage.database import Database

_FORM = "certificates/QX"
_REFERENCE = re.compile(r"[一-鿿]+§\d+(?:§\d+)*")
_UNITS = {
    Unit.WORKING_DAYS: "日",
    Unit.DAYS: "日",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
    Unit.HOURS: "小时",
}
_LENGTHS = {Unit.WORKING_DAYS: "个工作日", Unit.DAYS: "日（自然日）"}
_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate ready to print; ``name`` is what its files are called."""

    name: str
    docx: bytes
    layout: LaidOutDocument
    author: str

    def pdf(self) -> bytes:
        """Return the pages as a PDF."""
        buffer = BytesIO()
        write_pdf(
            (self.layout,), buffer, metadata=PdfMetadata(title=self.name, author=self.author)
        )
        return buffer.getvalue()

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write .docx and PDF into ``folder`` and return both paths.

        Raises:
            InvalidInputError: the folder can't be written.
        """
        stem = safe_name(self.name)
        paths = folder / f"{stem}.docx", folder / f"{stem}.pdf"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_bytes_atomically(paths[0], self.docx)
            write_bytes_atomically(paths[1], self.pdf())
        except OSError as error:
            message = f"《{self.name}》没有写入“{folder}”：{error.strerror}。"
            raise InvalidInputError(message, hint="请换一个可以写入的文件夹。") from error
        return paths


class CertificateOperations:
    """Nothing here writes into the office; a certificate is printed from what stands in it."""

    def __init__(
        self,
        database: Database,
        papers: PaperMaker,
        deadlines: DeadlineOperations,
        law: LawOperations,
        home: Path,
    ) -> None:
        self._database = database
        self._papers = papers
        self._deadlines = deadlines
        self._law = law
        self._form: FormDefinition = load_extra_form(_FORM, home)

    def of_case(self, wanted: str, key: str, as_of: date | None = None) -> Certificate:
        """Return the certificate of one clock of a case as it stands on a day (None: today).

        Raises:
            InvalidInputError: the case has no such clock, or it can't be counted yet.
        """
        found = self._deadlines.of_case(wanted, as_of)
        clock = found.clock(key)
        if clock.deadline.last_day is None:
            message = f"“{clock.deadline.name}”现在还算不出末日：{clock.deadline.note}"
            raise InvalidInputError(message, hint="请先导入缺少的节假日通知。")
        values = self._values(clock.rule, clock.deadline) | _case_values(found, clock)
        return self._made(values, found.as_of, f"期限证明书_{clock.key}_{clock.deadline.name}")

    def of_rule(self, wanted: Count) -> Certificate:
        """Return the certificate of one period counted by rule, outside any case."""
        counted = self._deadlines.count(wanted)
        rule = self._deadlines.rules(counted.start).deadlines.rule(wanted.rule)
        values = self._values(rule, counted) | {"trigger": f"{rule.start}：{_moment(counted)}"}
        return self._made(values, date.today(), f"期限证明书_{rule.code}_{counted.start}")

    def _made(self, values: dict[str, Any], dated: date, name: str) -> Certificate:
        return make_certificate(self._database, self._papers, self._form, values, (dated, name))

    def _values(self, rule: DeadlineRule, counted: Deadline | RunningDeadline) -> dict[str, Any]:
        last = counted.last_day or counted.start
        by_days = rule.unit in (Unit.DAYS, Unit.WORKING_DAYS)
        return {
            "rule": f"{rule.name}（{rule.code}）",
            "statement": _statement(rule, counted, last),
            "rule_text": _rule_text(rule),
            "quotations": list(self._quotations(rule, counted.start)),
            "weeks": weeks_of(counted.derivation, last) if by_days else [],
            "steps": [] if by_days else _steps(counted),
            "special": special_days(counted.derivation),
            "deductions": deducted_spans(counted.deductions),
            "remark": _remark(rule, counted),
        }

    def _quotations(self, rule: DeadlineRule, day: date) -> Iterator[Row]:
        """Yield what the articles of the basis say; what the statutes lack is left out."""
        for reference in dict.fromkeys(_REFERENCE.findall(rule.basis)):
            try:
                self._law.open_texts()
                view = self._law.show(parse_reference(reference), day)
            except (WorkstationError, ValueError):
                continue
            source = f"《{view.title}》{view.label}"
            yield {"source": source, "text": _quoted(view.text, rule)}


def make_certificate(
    database: Database,
    papers: PaperMaker,
    form: FormDefinition,
    values: dict[str, Any],
    made: tuple[date, str],
) -> Certificate:
    """Fill and lay out a paper of the office that is issued in no case; nothing is kept.

    ``made`` is the day printed on it, and what its files are called.
    """
    dated, name = made
    with database.reading() as unit:
        agency = unit.office.get().agency.name if unit.office.exists() else ""
    request = PaperRequest(form=form, number="", dated=dated, given=values, draft=False)
    paper: Paper = papers.make_from({"agency": {"name": agency}}, request)
    docx, layout = papers.finish(paper)
    return Certificate(name=name, docx=docx, layout=layout, author=agency)


def _case_values(found: CaseDeadlines, clock: CaseClock) -> dict[str, Any]:
    case, trigger = found.file.case, clock.trigger
    return {
        "case_title": case.title,
        "case_number": case.number or case.lead.number,
        "party": case.party.name,
        "trigger": f"{trigger.event}，{trigger.at}",
        "evidence": "\n".join(trigger.evidence),
    }


def _statement(rule: DeadlineRule, counted: Deadline | RunningDeadline, last: date) -> str:
    start = date_cn(counted.start.isoformat())
    end = date_cn(last.isoformat())
    if counted.moment is not None:
        return f"自{_moment(counted)}起算，至{datetime_cn(counted.moment.isoformat())}届满。"
    if rule.direction is Direction.BACKWARD:
        return f"以{start}为准倒数，最迟应当于{end}办理。"
    words = f"自{start}起算，期限的最后一日（最后安全日）为{end}。"
    if counted.provisional:
        words += f"{last.year}年节假日通知尚未导入，末日逢休假的可能顺延。"
    return words


def _moment(counted: Deadline | RunningDeadline) -> str:
    """Return when it starts; periods of hours name the minute."""
    if counted.moment is None:
        return date_cn(counted.start.isoformat())
    begins = counted.derivation[0].why.partition("：")[2].partition("，")[0]
    return datetime_cn(begins.strip().replace(" ", "T"))


def _rule_text(rule: DeadlineRule) -> str:
    length = f"{rule.length}{_LENGTHS.get(rule.unit) or _UNITS[rule.unit]}"
    return (
        f"自{rule.start}起{length}（{rule.basis}）。计算方法：{rule.counting}。\n"
        f"后果：{rule.consequence}。"
    )


def _quoted(text: str, rule: DeadlineRule) -> str:
    """Return the lines of an article that state the period, else its first."""
    number = "两" if rule.length == _TWO and rule.unit is Unit.YEARS else to_chinese(rule.length)
    words = {f"{to_chinese(rule.length)}{_UNITS[rule.unit]}", f"{number}{_UNITS[rule.unit]}"}
    lines = text.splitlines()
    saying = [line for line in lines if any(word in line for word in words)]
    return "\n".join(saying or lines[:1])


def _steps(counted: Deadline | RunningDeadline) -> list[Row]:
    return [
        {"day": date_cn(step.day.isoformat()), "what": step.why} for step in counted.derivation
    ]


def _remark(rule: DeadlineRule, counted: Deadline | RunningDeadline) -> str:
    last = counted.derivation[-1] if counted.derivation else None
    rolled = "不为行政机关利益顺延" in last.why or "顺延" in last.why if last else False
    parts = [
        f"末日：{last.why}。" if last and rolled else "",
        "本期限的日数法律没有规定，属于本局可以调整的参数，未核实。" if not rule.verified else "",
        f"{counted.note}。" if counted.note else "",
    ]
    return "".join(parts).replace("。。", "。")
