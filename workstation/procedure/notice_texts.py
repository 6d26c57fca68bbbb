"""Reading the text of a holiday notice as the State Council publishes it.

Lines such as 「二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，
共9天。2月14日（周六）上班。」 What looks off is a warning, so that a person decides.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from workstation.procedure.calendars import WorkingCalendar, weekday_name
from workstation.procedure.counting import ONE_DAY
from workstation.procedure.errors import HolidayNoticeUnreadableError
from workstation.procedure.holiday_notices import HolidaySpan, NoticeContent
from workstation.procedure.period_records import DayKind

_PLAIN = str.maketrans("（）：，；０１２３４５６７８９", "():,;0123456789")
_NUMBER = re.compile(r"国(?:办)?发明电[〔\[【(]\d{4}[〕\]】)]第?\d+号")
_TITLE = re.compile(r"国务院(?:办公厅)?关于[^,。:]{2,60}?的通知")
_YEAR = re.compile(r"(\d{4})年")
_SIGNED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ITEM = re.compile(r"[一二三四五六七八九十]+、(?:(?P<name>[^:,。\d]{2,16}):)?(?P<body>.*\d日.*)")
_DAY = (
    r"(?:(?P<y{n}>\d{{4}})年)?(?:(?P<m{n}>\d{{1,2}})月)?(?P<d{n}>\d{{1,2}})日"
    r"(?:\((?P<w{n}>[^)]*)\))?"
)
_ONE = re.compile(_DAY.format(n=1))
_SPAN = re.compile(f"{_DAY.format(n=1)}至{_DAY.format(n=2)}")
_EXTENDED = re.compile(rf"延长.*?假期至{_DAY.format(n=1)}")
_WORKED = re.compile(rf"((?:{_ONE.pattern.replace('<', '<_')}[、,和及]?)+)上班")
_COUNT = re.compile(r"共(\d+)天")
_WEEKDAY = re.compile(r"(?:星期|周)([一二三四五六日天])")
_OFF = re.compile(r"放假|补休|调休|延长")
_EXPECTED = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_WEEKEND = 5
_LONGEST_EXTENSION = 15


@dataclass(slots=True)
class NoticeReading:
    """A notice as it was read, and what a person should look at before it is taken in."""

    content: NoticeContent
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Reader:
    """Reads the days of one notice; the month and year are carried from day to day."""

    year: int
    calendar: WorkingCalendar
    warnings: list[str] = field(default_factory=list)
    holidays: list[HolidaySpan] = field(default_factory=list)
    make_up: dict[date, str] = field(default_factory=dict)
    _month: int = 1
    _year: int = 0

    def item(self, name: str, body: str) -> None:
        """Take the days of one holiday."""
        self._year = self.year
        spans: list[HolidaySpan] = []
        for sentence in re.split(r"[。;]", body):
            if "鼓励" in sentence:
                continue
            rest = self._worked(name, sentence)
            extended = _EXTENDED.search(rest)
            if extended is not None:
                spans += self._longer(name, extended)
            elif _OFF.search(rest):
                spans += self._off(name, rest)
        known = [s for s in spans if not any(_holds(other, s) for other in spans)]
        self.holidays += dict.fromkeys(known)
        off = len({day for span in known for day in span.days})
        stated = _COUNT.search(body)
        if stated and off != int(stated[1]):
            self.warnings.append(f"{name}：通知写明共{stated[1]}天，读出的放假日是{off}天。")
        if not off:
            self.warnings.append(f"{name}：没有读出放假的日期，请核对原文。")

    def _worked(self, name: str, sentence: str) -> str:
        """Take the working weekends of a sentence and return what is left of it."""
        for found in _WORKED.finditer(sentence):
            for one in _ONE.finditer(found[1]):
                day = self._day(one, 1)
                if day is not None:
                    self.make_up[day] = name
        return _WORKED.sub("", sentence)

    def _longer(self, name: str, found: re.Match[str]) -> Iterator[HolidaySpan]:
        """Yield the days between the end of the holiday as it is known and its new end."""
        last = self._day(found, 1)
        first = last
        while first and self.calendar.glance(first - ONE_DAY).kind is not DayKind.HOLIDAY:
            first -= ONE_DAY
            if last and (last - first).days > _LONGEST_EXTENSION:
                self.warnings.append(f"{name}：没有已知的假期可以延长，请先导入全年的安排。")
                return
        if first and last:
            yield HolidaySpan(name=name, first=first, last=last)

    def _off(self, name: str, sentence: str) -> Iterator[HolidaySpan]:
        rest = sentence
        for found in _SPAN.finditer(sentence):
            first, last = self._day(found, 1), self._day(found, 2)
            if first and last and first <= last:
                yield HolidaySpan(name=name, first=first, last=last)
            elif first and last:
                self.warnings.append(f"{name}：{found[0]}的止日早于起日，没有收入。")
            rest = rest.replace(found[0], "")
        if rest != sentence:
            return
        for found in _ONE.finditer(rest):
            day = self._day(found, 1)
            if day is not None:
                yield HolidaySpan(name=name, first=day, last=day)

    def _day(self, found: re.Match[str], n: int) -> date | None:
        self._year = int(found[f"y{n}"] or self._year)
        self._month = int(found[f"m{n}"] or self._month)
        try:
            day = date(self._year, self._month, int(found[f"d{n}"]))
        except ValueError:
            self.warnings.append(f"“{found[0]}”不是一个日期，没有收入。")
            return None
        said = _WEEKDAY.search(found[f"w{n}"] or "")
        if said and said[1].replace("天", "日") != weekday_name(day)[-1]:
            self.warnings.append(f"{day}是{weekday_name(day)}，通知写作“{said[0]}”。")
        return day


def _holds(wide: HolidaySpan, narrow: HolidaySpan) -> bool:
    return wide != narrow and wide.first <= narrow.first and narrow.last <= wide.last


def read_notice(lines: Sequence[str], calendar: WorkingCalendar) -> NoticeReading:
    """Read the text of a notice; ``calendar`` tells which holiday a notice makes longer.

    Raises:
        HolidayNoticeUnreadableError: it names no year or no days.
    """
    plain = [re.sub(r"\s+", "", line).translate(_PLAIN) for line in lines]
    whole = "".join(plain)
    title = _found(_TITLE, whole)
    year = _YEAR.search(title) or _YEAR.search(whole)
    if year is None:
        message = "文件里没有读到年份，看不出是哪一年的节假日安排。"
        raise HolidayNoticeUnreadableError(message, hint="请导入通知全文，含标题和文号。")
    reader = _Reader(int(year[1]), calendar)
    for name, body in _items(plain, title):
        reader.item(name, body)
    if not reader.holidays:
        message = "文件里没有读到放假的日期。"
        hint = "每项应当写作“一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。”"
        raise HolidayNoticeUnreadableError(message, hint=hint)
    published = _published(plain)
    content = NoticeContent(
        year=reader.year,
        title=title or f"{reader.year}年节假日安排",
        number=_found(_NUMBER, whole).replace("[", "〔").replace("]", "〕") or "文号未写明",
        published=published or date(reader.year, 1, 1),
        complete=not title or "部分节假日安排" in title,
        holidays=tuple(reader.holidays),
        make_up=dict(sorted(reader.make_up.items())),
    )
    unsigned = [] if published else ["没有读到成文日期，暂按当年1月1日登记。"]
    return NoticeReading(content, (*reader.warnings, *unsigned, *doubts(content)))


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""


def _items(lines: Sequence[str], title: str) -> Iterator[tuple[str, str]]:
    about = next((name for name in _EXPECTED if name in title), "调休放假")
    found = [match for line in lines if (match := _ITEM.match(line)) is not None]
    if not any(_OFF.search(match["body"]) for match in found):
        yield from ((about, line) for line in lines if _OFF.search(line) and _ONE.search(line))
        return
    for match in found:
        if _OFF.search(match["body"]):
            yield match["name"] or about, match["body"]


def _published(lines: Sequence[str]) -> date | None:
    for line in reversed(lines):
        signed = _SIGNED.fullmatch(line)
        if signed is not None:
            return date(int(signed[1]), int(signed[2]), int(signed[3]))
    return None


def doubts(content: NoticeContent) -> list[str]:
    """Return what in a notice looks off, however it was read."""
    days = [day for span in content.holidays for day in span.days]
    twice = [day for day, times in Counter(days).items() if times > 1]
    return [
        *(f"{day}在两个节日中都放假。" for day in twice),
        *(f"{day}既放假又上班。" for day in content.make_up if day in days),
        *(
            f"{day}是{weekday_name(day)}，不是周末，却写作上班。"
            for day in content.make_up
            if day.weekday() < _WEEKEND
        ),
        *_far_days(content, days),
        *_missing(content),
    ]


def _far_days(content: NoticeContent, days: Sequence[date]) -> Iterator[str]:
    """Days that do not belong to the year; the last week before it may (元旦)."""
    earliest = date(content.year, 1, 1) - timedelta(days=7)
    for day in (*days, *content.make_up):
        if not earliest <= day <= date(content.year, 12, 31):
            yield f"{day}不在{content.year}年，请核对年份。"
    if content.published.year not in (content.year - 1, content.year):
        yield f"成文日期{content.published}与{content.year}年的安排不合。"


def _missing(content: NoticeContent) -> Iterator[str]:
    if content.number == "文号未写明":
        yield "没有读到文号（国办发明电〔20XX〕N号）。"
    if not content.complete:
        return
    names = "".join(span.name for span in content.holidays)
    for name in _EXPECTED:
        if name not in names:
            yield f"没有读到{name}的安排。"
