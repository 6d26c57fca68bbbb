"""The working calendar: weekends, holidays and working weekends, from dated notices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from workstation.procedure.data_tables import Table, convert, day, read_table
from workstation.procedure.errors import HolidayNoticeMissingError, ProcedureDataError
from workstation.procedure.period_records import DayKind

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayNotice:
    """One notice of the State Council (or its General Office) on holidays.

    ``published`` is the day it is dated; ``own`` says that this office took it in itself.
    """

    title: str
    number: str
    verified: bool
    published: date | None = None
    own: bool = False

    @property
    def citation(self) -> str:
        """The notice as a derivation names it."""
        return f"《{self.title}》（{self.number}{'' if self.verified else '，未核实'}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """What kind of day a day is, and why, in words that name the holiday and its notice."""

    day: date
    kind: DayKind
    why: str
    notice: str = ""
    holiday: str = ""

    @property
    def working(self) -> bool:
        """Whether it is a working day; working weekends (调休) are."""
        return self.kind in (DayKind.WORKING, DayKind.MAKE_UP)

    @property
    def make_up(self) -> bool:
        """Whether it is a working weekend."""
        return self.kind is DayKind.MAKE_UP


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """One year's holidays and working weekends, each with its name and notice."""

    year: int
    holidays: Mapping[date, tuple[str, HolidayNotice]]
    make_up: Mapping[date, tuple[str, HolidayNotice]]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The years whose holiday notices are loaded."""

    years: Mapping[int, CalendarYear]

    def knows(self, year: int) -> bool:
        """Whether the holiday notice of ``year`` is loaded."""
        return year in self.years

    def describe(self, day: date) -> CalendarDay:
        """Return what kind of day ``day`` is; working weekends (调休) count as working days.

        Raises:
            HolidayNoticeMissingError: the notice of its year is not loaded.
        """
        year = self.years.get(day.year)
        if year is None:
            raise self._missing(day.year)
        for days, kind, words in (
            (year.holidays, DayKind.HOLIDAY, "放假"),
            (year.make_up, DayKind.MAKE_UP, "调休上班"),
        ):
            if day in days:
                name, notice = days[day]
                why = f"{weekday_name(day)}，{name}{words}，{notice.citation}"
                return CalendarDay(
                    day=day, kind=kind, why=why, notice=notice.citation, holiday=name
                )
        kind = DayKind.WORKING if day.weekday() < _SATURDAY else DayKind.WEEKEND
        return CalendarDay(day=day, kind=kind, why=f"{weekday_name(day)}，{kind.value}")

    def glance(self, day: date) -> CalendarDay:
        """Return what kind of day ``day`` is, or that its year's notice is missing."""
        if day.year in self.years:
            return self.describe(day)
        return CalendarDay(day=day, kind=DayKind.UNKNOWN, why=weekday_name(day))

    def next_working_day(self, day: date) -> date:
        """Return ``day`` itself when it is a working day, else the first one after it.

        Raises:
            HolidayNoticeMissingError: the search enters a year without a notice.
        """
        while not self.describe(day).working:
            day += timedelta(days=1)
        return day

    def _missing(self, year: int) -> HolidayNoticeMissingError:
        loaded = f"{min(self.years)}年至{max(self.years)}年" if self.years else "无"
        message = f"没有{year}年的节假日安排，按工作日计算的期限算不出来（已有：{loaded}）。"
        hint = (
            f"国务院办公厅一般在前一年11月前后发布《关于{year}年部分节假日安排的通知》；"
            "发布后请在“设置·节假日”中导入通知全文，或者用 holidays import 导入，再行计算。"
        )
        return HolidayNoticeMissingError(message, hint=hint)


def weekday_name(day: date) -> str:
    """Return 周一 … 周日."""
    return _WEEKDAYS[day.weekday()]


def load_calendar(folders: Iterable[Path]) -> WorkingCalendar:
    """Read ``YYYY.toml`` in every folder that exists; a later folder wins over an earlier one.

    Raises:
        ProcedureDataError: a file is malformed, or names another year than its own.
    """
    years: dict[int, CalendarYear] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            year = _calendar_year(path)
            years[year.year] = year
    return WorkingCalendar(dict(sorted(years.items())))


def _calendar_year(path: Path) -> CalendarYear:
    table = read_table(path)
    year = convert(path, "year", _year, table)
    if path.stem != str(year):
        message = f"节假日文件“{path}”的文件名与其中的年份{year}不一致。"
        raise ProcedureDataError(message, hint=f"请把文件改名为 {year}.toml，或改正 year。")
    notices = convert(path, "notices", _notices, table)
    holidays: dict[date, tuple[str, HolidayNotice]] = {}
    for row in table.get("holidays", ()):
        holidays |= convert(path, "holidays", _span, row, notices)
    make_up = dict(
        convert(path, "make_up", _working_weekend, row, notices)
        for row in table.get("make_up", ())
    )
    return CalendarYear(year=year, holidays=holidays, make_up=make_up)


def _year(table: Table) -> int:
    return int(table["year"])


def _working_weekend(
    row: Table, notices: Mapping[str, HolidayNotice]
) -> tuple[date, tuple[str, HolidayNotice]]:
    return day(row["day"]), (str(row["holiday"]), notices[row["notice"]])


def _notices(table: Table) -> dict[str, HolidayNotice]:
    return {
        str(row["id"]): HolidayNotice(
            title=str(row["title"]),
            number=str(row["number"]),
            verified=bool(row["verified"]),
            published=day(row["published"]) if "published" in row else None,
        )
        for row in table["notices"]
    }


def _span(
    row: Table, notices: Mapping[str, HolidayNotice]
) -> dict[date, tuple[str, HolidayNotice]]:
    first, last = day(row["first"]), day(row["last"])
    entry = (str(row["name"]), notices[row["notice"]])
    return {first + timedelta(days=n): entry for n in range((last - first).days + 1)}
