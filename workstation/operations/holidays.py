"""Holiday notices: what is known of each year, taking a new notice in, its history."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from workstation.domain.dated_entries import DatedEntry, EntryKind, standing
from workstation.errors import InvalidInputError
from workstation.legislation.law_files.file_lines import read_lines
from workstation.operations.changes import Changes
from workstation.operations.readings import rules_of
from workstation.procedure import ProcedureRules
from workstation.procedure.calendars import CalendarYear, HolidayNotice, WorkingCalendar
from workstation.procedure.errors import HolidayNoticeUnreadableError
from workstation.procedure.holiday_notices import NoticeContent, lay_over, notice_from_table
from workstation.procedure.notice_texts import NoticeReading, doubts, read_notice
from workstation.procedure.period_records import DayKind
from workstation.storage.database import Database

NOTICE_FILES = "*.txt *.md *.docx *.doc *.wps *.pdf *.html *.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDay:
    """One day a notice speaks of: what it would be, what it is now, and whether that differs."""

    day: date
    kind: DayKind
    holiday: str
    now: DayKind

    @property
    def is_new(self) -> bool:
        """Whether taking the notice in changes the day."""
        return self.kind is not self.now

    def as_json(self) -> dict[str, Any]:
        """Return the day as the command line prints it."""
        return {
            "day": self.day.isoformat(),
            "what": f"{self.holiday}{'放假' if self.kind is DayKind.HOLIDAY else '调休上班'}",
            "now": self.now.value,
            "new": self.is_new,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePreview:
    """A notice as it was read from a file, all its days, and what looks off."""

    path: Path
    content: NoticeContent
    days: tuple[NoticeDay, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the preview as the command line prints it."""
        return {
            "file": str(self.path),
            "year": self.content.year,
            "title": self.content.title,
            "number": self.content.number,
            "published": self.content.published.isoformat(),
            "complete": self.content.complete,
            "warnings": list(self.warnings),
            "notice_days": [day.as_json() for day in self.days],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """What is known of a year: its notices, how many days it names, and the office's entries."""

    year: CalendarYear
    entries: tuple[DatedEntry, ...]

    @property
    def notices(self) -> tuple[HolidayNotice, ...]:
        """The notices that give the year its days, the oldest first."""
        named = (*self.year.holidays.values(), *self.year.make_up.values())
        found = dict.fromkeys(notice for _, notice in named)
        return tuple(sorted(found, key=lambda n: n.published or date.min))

    def as_json(self) -> dict[str, Any]:
        """Return the year as ``holidays list`` prints it."""
        return {
            "year": self.year.year,
            "days_off": len(self.year.holidays),
            "days_worked": len(self.year.make_up),
            "holiday_notices": [notice_json(notice) for notice in self.notices],
            "history": [entry_json(entry) for entry in self.entries],
        }


class HolidayOperations:
    """Taking a notice in is one transaction; the deadlines are counted again afterwards."""

    def __init__(self, database: Database, shipped: ProcedureRules) -> None:
        self._database = database
        self._shipped = shipped

    def years(self) -> tuple[YearView, ...]:
        """Return every year whose notice is known, the latest first."""
        with self._database.reading() as unit:
            calendar = rules_of(unit, self._shipped).calendar
            entries = unit.dated_entries.of_kind(EntryKind.HOLIDAYS)
        return tuple(
            YearView(year=year, entries=tuple(e for e in entries if e.key == str(year.year)))
            for year in sorted(calendar.years.values(), key=lambda y: -y.year)
        )

    def preview(self, path: Path) -> NoticePreview:
        """Read a notice from a file: our own format, or its text as published.

        Raises:
            HolidayNoticeUnreadableError: it is no notice; nothing was taken in.
            WorkstationError: the file can't be read.
        """
        calendar = self._calendar()
        reading = _read(path, calendar)
        content = reading.content
        warnings = [*reading.warnings, *_beside(content, calendar)]
        return NoticePreview(
            path=path,
            content=content,
            days=tuple(_days(content, calendar)),
            warnings=tuple(warnings),
        )

    def take_in(self, preview: NoticePreview, entered_by: str, *, verified: bool) -> Changes:
        """Take a notice in that was looked at before; ``verified`` says the original was seen.

        Raises:
            InvalidInputError: nobody is named, or it changes a year that is not known.
        """
        content = preview.content
        if not content.complete and not self._calendar().knows(content.year):
            message = f"还没有{content.year}年全年的节假日安排，不能只导入对它的调整。"
            raise InvalidInputError(message, hint="请先导入《关于…年部分节假日安排的通知》。")
        source = f"{content.title}（{content.number}），文件“{preview.path.name}”"
        return self._add(_entry(content, source, entered_by, verified=verified))

    def withdraw(self, year: int, published: date, entered_by: str, reason: str) -> Changes:
        """Take back a notice that the office took in; the history keeps both.

        Raises:
            InvalidInputError: the office took in no such notice, or no reason was given.
        """
        with self._database.reading() as unit:
            own = standing(unit.dated_entries.history(EntryKind.HOLIDAYS, str(year)))
        entry = next((e for e in own if e.valid_from == published), None)
        if entry is None:
            message = f"本局没有导入过{published}的{year}年节假日通知。"
            raise InvalidInputError(message, hint="程序自带的通知不能撤回，可以导入新的通知。")
        if not reason.strip():
            raise InvalidInputError("没有写明撤回的理由。", hint="请写明理由，历史中会一并显示。")
        return self._add(_withdrawn(entry, entered_by, reason.strip()))

    def _add(self, entry: DatedEntry) -> Changes:
        if not entry.entered_by:
            raise InvalidInputError("没有写明由谁登记。", hint="请填写登记人姓名。")
        with self._database.writing() as unit:
            unit.dated_entries.add(entry)
            unit.log.append(
                "holidays_withdrawn" if entry.withdrawn else "holidays_taken_in",
                {
                    "year": entry.key,
                    "content": dict(entry.content),
                    "source": entry.source,
                    "by": entry.entered_by,
                },
            )
        return Changes.of("holidays", entry.key)

    def _calendar(self) -> WorkingCalendar:
        with self._database.reading() as unit:
            return rules_of(unit, self._shipped).calendar


def _entry(content: NoticeContent, source: str, entered_by: str, *, verified: bool) -> DatedEntry:
    return DatedEntry(
        kind=EntryKind.HOLIDAYS,
        key=str(content.year),
        content=content.as_json(),
        valid_from=content.published,
        source=source,
        verified=verified,
        entered_by=entered_by.strip(),
        entered_at=datetime.now().replace(microsecond=0),
    )


def _withdrawn(entry: DatedEntry, entered_by: str, reason: str) -> DatedEntry:
    return DatedEntry(
        kind=entry.kind,
        key=entry.key,
        content=entry.content,
        valid_from=entry.valid_from,
        source=reason,
        verified=entry.verified,
        entered_by=entered_by.strip(),
        entered_at=datetime.now().replace(microsecond=0),
        withdrawn=True,
    )


def _read(path: Path, calendar: WorkingCalendar) -> NoticeReading:
    if path.suffix.lower() != ".toml":
        return read_notice(read_lines(path).lines, calendar)
    try:
        content = notice_from_table(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, KeyError, TypeError, ValueError) as error:
        message = f"节假日文件“{path.name}”读不了：{error}。"
        hint = "写法见 statutes/holidays 中的文件；每个文件一件通知，写明 published（成文日期）。"
        raise HolidayNoticeUnreadableError(message, hint=hint) from error
    return NoticeReading(content, tuple(doubts(content)))


def _days(content: NoticeContent, calendar: WorkingCalendar) -> list[NoticeDay]:
    after = lay_over(calendar, content, verified=False)
    named = {day: span.name for span in content.holidays for day in span.days}
    named |= dict(content.make_up)
    return [
        NoticeDay(
            day=day, kind=after.glance(day).kind, holiday=name, now=calendar.glance(day).kind
        )
        for day, name in sorted(named.items())
    ]


def _beside(content: NoticeContent, calendar: WorkingCalendar) -> list[str]:
    """Return what the calendar already holds that a notice would change."""
    if not calendar.knows(content.year):
        return []
    after = lay_over(calendar, content, verified=False)
    year = calendar.years[content.year]
    known = sorted({*year.holidays, *year.make_up, *after.years[content.year].holidays})
    changed = [day for day in known if calendar.glance(day).kind is not after.glance(day).kind]
    if not changed:
        return [f"{content.year}年的安排已经有了，本通知与之一致。"]
    words = "、".join(f"{day.month}月{day.day}日" for day in changed[:8])
    more = "等" if len(changed) > 8 else ""
    return [f"{content.year}年的安排已经有了，收入后将改变{len(changed)}天：{words}{more}。"]


def notice_json(notice: HolidayNotice) -> dict[str, Any]:
    """Return a notice as the command line prints it."""
    return {
        "title": notice.title,
        "number": notice.number,
        "published": notice.published.isoformat() if notice.published else None,
        "verified": notice.verified,
        "own": notice.own,
    }


def entry_json(entry: DatedEntry) -> dict[str, Any]:
    """Return an entry of the history as the command line prints it."""
    return {
        "published": entry.valid_from.isoformat(),
        "source": entry.source,
        "verified": entry.verified,
        "entered_by": entry.entered_by,
        "entered_at": entry.entered_at.isoformat(timespec="minutes"),
        "withdrawn": entry.withdrawn,
    }
