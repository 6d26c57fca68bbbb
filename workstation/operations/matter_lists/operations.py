"""Lists of matters as a user works with them: preview, carry out, take back, compare, look up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from workstation.domain.citations import ArticleReference
from workstation.domain.matter_changes import ListDifference, compare_lists
from workstation.domain.matter_notices import MatterNotice, standing_notices
from workstation.domain.matters import Matter
from workstation.domain.tier_conditions import Factor
from workstation.errors import InvalidInputError
from workstation.legislation.citations import CitationCheck, Verdict
from workstation.operations.changes import Changes
from workstation.operations.matter_lists.faults import RowFault
from workstation.operations.matter_lists.planning import ListPlan, Planner
from workstation.operations.matter_lists.reading import NoticeOptions, ReadList, read_list
from workstation.operations.matter_lists.templates import write_faults, write_template
from workstation.operations.matter_lists.tier_sheets import load_factors
from workstation.storage.database import Database, Unit

_FAULTS = frozenset({Verdict.NO_SUCH_ARTICLE, Verdict.NO_SUCH_PARAGRAPH, Verdict.NO_SUCH_ITEM})
_WARNINGS = frozenset({Verdict.REPEALED, Verdict.NOT_YET_IN_FORCE})


class NoticeKnownError(InvalidInputError):
    """A notice of that number was carried out before."""

    code = "notice_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImport:
    """What came of an import: its plan, and whether it was carried out."""

    plan: ListPlan
    imported: bool
    changes: Changes = field(default_factory=Changes)

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as ``matters import`` prints it."""
        plan, notice = self.plan, self.plan.read.notice
        return {
            "imported": self.imported,
            "notice": notice.number,
            "list_kind": notice.list_kind,
            "effective": notice.effective.isoformat(),
            "whole_list": notice.complete,
            "rows": len(plan.read.rows),
            **plan.difference.counts,
            "tiers": sum(len(found.tiers) for found in plan.read.tier_sets),
            "errors": [found.as_json() for found in plan.faults],
            "warnings": list(plan.warnings),
        }


class Statutes(Protocol):
    """What is asked of the statutes: whether a cited place exists and is law."""

    def open_texts(self) -> None:
        """Make the texts ready to be asked."""

    def examine(self, reference: ArticleReference, as_of: date | None = None) -> CitationCheck:
        """Check one reference as of a day."""
        ...


class MatterListOperations:
    """Every call is one transaction; a list goes in whole or not at all."""

    def __init__(self, database: Database, law: Statutes, home: Path) -> None:
        self._database = database
        self._law = law
        self._home = home

    def factors(self) -> tuple[Factor, ...]:
        """Return the facts that conditions of tiers may turn on."""
        return load_factors(self._home)

    def preview(self, path: Path, options: NoticeOptions | None = None) -> ListPlan:
        """Return what importing ``path`` would do; nothing is changed.

        Raises:
            ListFileError: the workbook can't be read as a list.
        """
        read = read_list(path, options or NoticeOptions(), self.factors())
        self._law.open_texts()
        with self._database.reading() as unit:
            return self._plan(unit, read)

    def carry_out(
        self, path: Path, entered_by: str, options: NoticeOptions | None = None
    ) -> ListImport:
        """Import a workbook, or nothing of it where a single row has a fault.

        Raises:
            ListFileError: the workbook can't be read as a list.
            NoticeKnownError: a notice of that number was carried out before.
        """
        read = read_list(path, options or NoticeOptions(), self.factors())
        self._law.open_texts()
        with self._database.writing() as unit:
            known = {notice.number for notice in standing_notices(unit.matters.notices())}
            if read.notice.number in known:
                message = f"通告“{read.notice.number}”已经导入过。"
                raise NoticeKnownError(
                    message, hint="确需重新导入的，先撤回该通告；另一通告的，请写明文号。"
                )
            plan = self._plan(unit, read)
            if not plan.sound:
                return ListImport(plan=plan, imported=False)
            self._write(unit, plan, entered_by)
        return ListImport(
            plan=plan, imported=True, changes=Changes.of("matters", read.notice.number)
        )

    def _plan(self, unit: Unit, read: ReadList) -> ListPlan:
        standing: dict[str, tuple[Matter, ...]] = {}
        for matter in unit.matters.all():
            standing[matter.code] = (*standing.get(matter.code, ()), matter)
        return Planner(read, standing, self._check_article).plan()

    def _check_article(self, reference: ArticleReference, day: date) -> tuple[str, bool]:
        checked = self._law.examine(reference, day)
        if checked.verdict in _FAULTS:
            return checked.message, True
        return (checked.message, False) if checked.verdict in _WARNINGS else ("", False)

    @staticmethod
    def _write(unit: Unit, plan: ListPlan, entered_by: str) -> None:
        by_day: dict[date, list[str]] = {}
        for ended, last_day in plan.ends:
            by_day.setdefault(last_day, []).append(ended.code)
        for last_day, codes in by_day.items():
            unit.matters.end_all(codes, last_day)
        unit.matters.add_all(plan.begins)
        notice, counts = _notice(plan, entered_by), plan.difference.counts
        unit.matters.add_notice(notice)
        unit.log.append(
            "matters_imported",
            {"notice": notice.number, "file": notice.file_sha256, "by": entered_by, **counts},
        )

    def roll_back(self, number: str, entered_by: str, reason: str) -> Changes:
        """Take a notice back: what it brought goes, what it ended holds again.

        Raises:
            InvalidInputError: it is not the notice carried out last, a case rests on a matter
                that would be gone, or no reason was given.
        """
        if not reason.strip():
            raise InvalidInputError("没有写明撤回的理由。", hint="请写明理由，日志中会保留。")
        with self._database.writing() as unit:
            standing = standing_notices(unit.matters.notices())
            if not standing or standing[-1].number != number:
                newest = standing[-1].number if standing else "（没有）"
                message = f"“{number}”不是最后导入的通告，不能撤回；最后导入的是“{newest}”。"
                raise InvalidInputError(message, hint="请从最后导入的通告起，依次撤回。")
            notice = standing[-1]
            self._refuse_orphans(unit, number)
            unit.matters.remove_imported(number)
            unit.matters.restore(notice.ended)
            unit.matters.add_notice(_reversal(notice, entered_by))
            unit.log.append(
                "matters_rolled_back", {"notice": number, "by": entered_by, "reason": reason}
            )
        return Changes.of("matters", number)

    @staticmethod
    def _refuse_orphans(unit: Unit, number: str) -> None:
        only_here: dict[str, bool] = {}
        for matter in unit.matters.all():
            own = matter.notice_number == number
            only_here[matter.code] = only_here.get(matter.code, True) and own
        gone = {code for code, only in only_here.items() if only}
        for file in unit.cases.load_courses(unit.cases.unarchived()):
            if file.case.matter_code in gone:
                message = f"案件“{file.case.title}”依据的事项{file.case.matter_code}只在该通告中。"
                raise InvalidInputError(
                    message, hint="请先更正该案的事项，或者导入新的通告调整清单。"
                )

    def notices(self) -> tuple[MatterNotice, ...]:
        """Return the notices that stand, in the order they were carried out."""
        with self._database.reading() as unit:
            return standing_notices(unit.matters.notices())

    def history(self) -> tuple[MatterNotice, ...]:
        """Return every notice ever carried out or taken back, in that order."""
        with self._database.reading() as unit:
            return unit.matters.notices()

    def listed(
        self, day: date | None = None, text: str = "", list_kind: str = ""
    ) -> tuple[Matter, ...]:
        """Return what holds on ``day`` (None: today) and has every word of ``text``."""
        with self._database.reading() as unit:
            found = unit.matters.in_force(day or date.today(), list_kind)
        words = text.casefold().split()
        return tuple(m for m in found if all(word in search_text(m) for word in words))

    def list_kinds(self) -> tuple[str, ...]:
        """Return the lists that matters stand in."""
        with self._database.reading() as unit:
            return unit.matters.list_kinds()

    def versions(self, code: str) -> tuple[Matter, ...]:
        """Return all versions of a matter, the oldest first.

        Raises:
            InvalidInputError: no list ever held it.
        """
        with self._database.reading() as unit:
            found = unit.matters.versions(code)
        if not found:
            message = f"清单中没有编码为“{code}”的事项。"
            raise InvalidInputError(message, hint="用 matters list --text 按名称查找编码。")
        return found

    def compare(self, first: str, second: str) -> ListDifference:
        """Compare the lists as they stood when two notices took effect.

        Raises:
            InvalidInputError: a notice was not carried out.
        """
        with self._database.reading() as unit:
            known = {n.number: n for n in standing_notices(unit.matters.notices())}
            old, new = _named(known, first), _named(known, second)
            kind = new.list_kind if old.list_kind == new.list_kind else ""
            before = unit.matters.in_force(old.effective, kind)
            after = unit.matters.in_force(new.effective, kind)
        return compare_lists(before, after)

    def template(self, path: Path) -> Path:
        """Write the workbook to fill in."""
        return write_template(path)

    def export_faults(self, path: Path, faults: Iterable[RowFault]) -> Path:
        """Write faults as a workbook to hand back."""
        return write_faults(path, faults)


def search_text(matter: Matter) -> str:
    """Return what a matter is searched by, in lower case."""
    articles = " ".join(str(reference) for reference in matter.articles)
    return f"{matter.code} {matter.name} {matter.cause} {matter.field} {articles}".casefold()


def _named(known: dict[str, MatterNotice], number: str) -> MatterNotice:
    if number in known:
        return known[number]
    message = f"没有导入过通告“{number}”。"
    some = "、".join(known) or "还没有导入任何通告"
    raise InvalidInputError(message, hint=f"已导入的通告：{some}。")


def _notice(plan: ListPlan, entered_by: str) -> MatterNotice:
    read = plan.read
    head, counts = read.notice, plan.difference.counts
    return MatterNotice(
        number=head.number,
        title=head.title,
        list_kind=head.list_kind,
        published=head.published,
        effective=head.effective,
        complete=head.complete,
        added=counts["added"],
        changed=counts["changed"],
        withdrawn=counts["withdrawn"],
        unchanged=counts["unchanged"],
        file_name=read.file_name,
        file_sha256=read.file_sha256,
        entered_by=entered_by,
        entered_at=_now(),
        ended=tuple(ended for ended, _ in plan.ends),
    )


def _reversal(notice: MatterNotice, entered_by: str) -> MatterNotice:
    return MatterNotice(
        number=notice.number,
        title=notice.title,
        list_kind=notice.list_kind,
        published=notice.published,
        effective=notice.effective,
        complete=notice.complete,
        added=0,
        changed=0,
        withdrawn=notice.added,
        unchanged=0,
        file_name=notice.file_name,
        file_sha256=notice.file_sha256,
        entered_by=entered_by,
        entered_at=_now(),
        reverses=True,
    )


def _now() -> datetime:
    return datetime.now().replace(microsecond=0)
