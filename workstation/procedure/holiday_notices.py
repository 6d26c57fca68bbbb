"""A holiday notice as data, and laying it over the working calendar.

A notice on a whole year (部分节假日安排) makes its year known and takes the place of what was
there from it; any other (调整、延长) changes single days of a year that is known.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from workstation.domain.cases import JsonValue
from workstation.domain.dated_entries import DatedEntry, standing
from workstation.procedure.calendars import CalendarYear, HolidayNotice, WorkingCalendar
from workstation.procedure.data_tables import Table, day

Named = tuple[str, HolidayNotice]
Days = dict[date, Named]


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidaySpan:
    """Days off of one holiday, both ends included."""

    name: str
    first: date
    last: date

    @property
    def days(self) -> Iterator[date]:
        """Every day of the span."""
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeContent:
    """What a notice says: its year, what it calls itself, days off and working weekends.

    ``complete`` says that it settles the whole year. ``published`` is the day it is dated.
    """

    year: int
    title: str
    number: str
    published: date
    complete: bool
    holidays: tuple[HolidaySpan, ...]
    make_up: Mapping[date, str]

    def as_json(self) -> dict[str, JsonValue]:
        """Return the content as a dated entry keeps it."""
        return {
            "year": self.year,
            "title": self.title,
            "number": self.number,
            "published": self.published.isoformat(),
            "complete": self.complete,
            "holidays": [
                {"name": h.name, "first": h.first.isoformat(), "last": h.last.isoformat()}
                for h in self.holidays
            ],
            "make_up": [{"day": d.isoformat(), "holiday": n} for d, n in self.make_up.items()],
        }


def notice_from_json(content: Mapping[str, Any]) -> NoticeContent:
    """Return a notice as :meth:`NoticeContent.as_json` wrote it."""
    return NoticeContent(
        year=int(content["year"]),
        title=str(content["title"]),
        number=str(content["number"]),
        published=date.fromisoformat(content["published"]),
        complete=bool(content["complete"]),
        holidays=tuple(
            HolidaySpan(
                name=row["name"],
                first=date.fromisoformat(row["first"]),
                last=date.fromisoformat(row["last"]),
            )
            for row in content["holidays"]
        ),
        make_up={date.fromisoformat(r["day"]): r["holiday"] for r in content["make_up"]},
    )


def notice_from_table(table: Table) -> NoticeContent:
    """Return a notice from a file in the program's own format (``statutes/holidays``).

    Raises:
        KeyError, TypeError, ValueError: the table lacks an entry, or one is of the wrong kind;
            so it is with a file of more than one notice.
    """
    (notice,) = table["notices"]
    return NoticeContent(
        year=int(table["year"]),
        title=str(notice["title"]),
        number=str(notice["number"]),
        published=day(notice["published"]),
        complete="部分节假日安排" in str(notice["title"]),
        holidays=tuple(
            HolidaySpan(name=str(r["name"]), first=day(r["first"]), last=day(r["last"]))
            for r in table.get("holidays", ())
        ),
        make_up={day(r["day"]): str(r["holiday"]) for r in table.get("make_up", ())},
    )


def with_notices(calendar: WorkingCalendar, entries: Iterable[DatedEntry]) -> WorkingCalendar:
    """Return the calendar with the notices an office took in itself, the oldest laid first."""
    taken = sorted(standing(entries), key=lambda entry: (entry.valid_from, entry.key))
    for entry in taken:
        calendar = lay_over(calendar, notice_from_json(entry.content), verified=entry.verified)
    return calendar


def lay_over(
    calendar: WorkingCalendar, content: NoticeContent, *, verified: bool
) -> WorkingCalendar:
    """Return the calendar as it stands after ``content``."""
    notice = HolidayNotice(
        title=content.title,
        number=content.number,
        verified=verified,
        published=content.published,
        own=True,
    )
    years = dict(calendar.years)
    if content.complete:
        years = {y: _without(year, f"{content.year}年部分节假日安排") for y, year in years.items()}
        years.setdefault(content.year, CalendarYear(year=content.year, holidays={}, make_up={}))
    off: Days = {d: (span.name, notice) for span in content.holidays for d in span.days}
    worked: Days = {d: (name, notice) for d, name in content.make_up.items()}
    for number in sorted({d.year for d in (*off, *worked)} & set(years)):
        years[number] = _with_days(years[number], off, worked)
    return WorkingCalendar(dict(sorted(years.items())))


def _without(year: CalendarYear, title: str) -> CalendarYear:
    """Leave out the days that an earlier notice of that title gave."""

    def others(days: Mapping[date, Named]) -> Days:
        return {d: named for d, named in days.items() if title not in named[1].title}

    return replace(year, holidays=others(year.holidays), make_up=others(year.make_up))


def _with_days(year: CalendarYear, off: Days, worked: Days) -> CalendarYear:
    mine_off = {d: n for d, n in off.items() if d.year == year.year}
    mine_worked = {d: n for d, n in worked.items() if d.year == year.year}
    holidays = {d: n for d, n in year.holidays.items() if d not in mine_worked}
    make_up = {d: n for d, n in year.make_up.items() if d not in mine_off}
    return replace(year, holidays=holidays | mine_off, make_up=make_up | mine_worked)
