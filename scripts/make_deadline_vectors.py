"""Work deadline vectors by brute force, without the program's own engine.

Writes ``tests/data/deadline_vectors.csv``. Nothing of ``workstation`` is imported: the rules are
written down again below, from the articles; the days off come from the package chinesecalendar
(not from ``statutes/holidays``), installed for this script alone::

    python3 -m venv /tmp/vectors && /tmp/vectors/bin/pip install chinesecalendar==1.11.0
    /tmp/vectors/bin/python scripts/make_deadline_vectors.py

A rule is (how it is counted, how many, where it rolls). How: ``w`` working days after the start;
``d`` every day after the start; ``D`` every day from the start itself; ``m`` months; ``h`` hours;
``b`` whole working days before a day, working weekends not counting. A period that rolls ends on
the first working day on or after its last day. Days deducted are not counted; in months each one
moves the end on by a day.
"""

import csv
import importlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "tests" / "data" / "deadline_vectors.csv"
DAY = timedelta(days=1)
DECEMBER = 12
LAST_KNOWN = date(2026, 12, 31)

Span = tuple[date, date]
Row = tuple[str, str, str, str, str]

RULES: dict[str, tuple[str, int, bool]] = {
    "DL01": ("d", 15, False),  # 参数
    "DL02": ("d", 90, False),  # 行政处罚法60, 85
    "DL03": ("w", 7, False),  # 行政处罚法56, 85
    "DL04": ("D", 30, False),  # 行政强制法25, 69
    "DL04-2": ("d", 30, False),
    "DL05": ("h", 24, False),  # 行政强制法19
    "DL06": ("w", 5, False),  # 行政处罚法64, 85
    "DL07": ("w", 5, False),
    "DL08": ("b", 7, False),  # 行政处罚法64, 85
    "DL09": ("w", 7, False),  # 行政处罚法61, 85
    "DL10": ("d", 30, True),  # 民事诉讼法95, 85
    "DL11": ("d", 15, True),  # 行政处罚法67; 民法典203
    "DL12": ("d", 34, False),  # 行政处罚法72: 34 x 3% passes 100%
    "DL13": ("w", 2, False),  # 行政处罚法71, 85
    "DL13-2": ("w", 2, False),
    "DL14": ("w", 7, False),
    "DL14-2": ("w", 20, False),  # 政府信息公开条例26
    "DL15": ("w", 3, False),  # 行政处罚法48, 85
    "DL16": ("d", 60, True),  # 行政复议法20, 88; 民事诉讼法85
    "DL17": ("m", 6, True),  # 行政诉讼法46, 101; 民事诉讼法85
    "DL18": ("d", 15, True),  # 行政诉讼法45
    "DL19": ("w", 10, False),  # 行政复议法48, 88
    "DL19-2": ("w", 5, False),  # 行政复议法54, 88
    "DL20": ("d", 15, True),  # 行政诉讼法67
    "DL21": ("w", 10, False),  # 行政强制法54, 69
    "DL22": ("m", 3, False),  # 行政强制法53
    "DL23": ("b", 3, False),  # 行政强制法51, 69
    "DL24": ("d", 3, False),  # 移送规定5
    "DL25": ("h", 24, False),  # 移送规定5
    "DL26": ("d", 3, False),  # 移送规定8
    "DL26-2": ("d", 3, False),  # 移送规定12
    "DL26-3": ("d", 3, False),  # 移送规定9
    "DL27": ("m", 24, False),  # 行政处罚法36
    "DL27-2": ("m", 60, False),
    "DL27-3": ("m", 6, False),  # 治安管理处罚法25
    "DL28": ("m", 36, False),  # 行政强制法39
    "DL29": ("w", 7, False),
    "DL30": ("d", 30, False),
    "DL41": ("w", 10, False),  # 参数
    "DL42": ("w", 15, False),  # 参数
    "DL43": ("w", 5, False),  # 参数
}

# Worked by hand in the domain report (procedure.md, 期限引擎).
REPORT: tuple[Row, ...] = (
    ("DL03", "2026-08-21", "", "2026-09-01", "report"),
    ("DL03", "2026-09-24", "", "2026-10-12", "report"),
    ("DL06", "2026-09-29", "", "2026-10-12", "report"),
    ("DL07", "2026-09-29", "", "2026-10-12", "report"),
    ("DL04", "2026-09-10", "", "2026-10-09", "report"),
    ("DL04-2", "2026-10-09", "", "2026-11-08", "report"),
    ("DL11", "2026-10-19", "", "2026-11-03", "report"),
    ("DL16", "2026-10-19", "", "2026-12-18", "report"),
    ("DL17", "2026-10-19", "", "2027-04-19", "report"),
    ("DL22", "2027-04-19", "", "2027-07-19", "report"),
)

# Where days off, working weekends, leap days and ends of months meet.
HARD_STARTS = (
    "2018-02-08", "2018-09-28", "2018-12-24", "2019-01-31", "2019-04-25", "2019-08-30",
    "2019-09-27", "2020-01-17", "2020-01-22", "2020-02-28", "2020-02-29", "2020-04-24",
    "2020-08-31", "2021-02-04", "2021-09-17", "2021-12-31", "2022-01-28", "2022-03-31",
    "2022-09-29", "2022-12-29", "2023-01-18", "2023-04-28", "2023-09-27", "2023-11-30",
    "2024-02-08", "2024-02-29", "2024-04-03", "2024-09-12", "2024-12-30", "2025-01-24",
    "2025-04-30", "2025-09-29", "2025-12-31", "2026-02-12", "2026-02-28", "2026-04-30",
    "2026-08-31", "2026-09-18", "2026-09-24", "2026-09-29",
)  # fmt: skip

MOMENTS = ("00:00", "00:01", "09:05", "17:30", "23:59")


class Dice:
    """The same throws every time (a linear congruential generator)."""

    def __init__(self) -> None:
        """Begin."""
        self._state = 20261127

    def throw(self, first: int, last: int) -> int:
        """Return a number from ``first`` to ``last``."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return first + (self._state >> 33) % (last - first + 1)


def load_days_off() -> tuple[Callable[[date], bool], set[date]]:
    """Return what tells working days, and the working weekends, from chinesecalendar."""
    package = importlib.import_module("chinese_calendar")
    constants = importlib.import_module("chinese_calendar.constants")
    return package.is_workday, set(constants.workdays)


IS_WORKDAY, MADE_UP = load_days_off()


def inside(day: date, spans: list[Span]) -> bool:
    """Whether a day lies in one of the spans."""
    return any(first <= day <= last for first, last in spans)


def days_after(start: date, *, backwards: bool = False) -> Iterator[date]:
    """Yield the days after ``start``, or before it."""
    while True:
        start = start - DAY if backwards else start + DAY
        yield start


def nth(days: Iterator[date], wanted: int) -> date:
    """Return the ``wanted``-th day, counted from 1."""
    for _ in range(wanted - 1):
        next(days)
    return next(days)


def months_on(start: date, months: int) -> date:
    """Return the last day of the month aimed at that is not past the day of ``start``."""
    year, month = start.year, start.month
    for _ in range(months):
        month += 1
        if month > DECEMBER:
            year, month = year + 1, 1
    day = date(year, month, 1)
    fitting = [
        day + DAY * n for n in range(31) if n < start.day and (day + DAY * n).month == month
    ]
    return fitting[-1]


def work(code: str, start: date, spans: list[Span]) -> date:
    """Return the last day of a rule, one day at a time."""
    how, wanted, rolls = RULES[code]
    if how == "w":
        counting = (d for d in days_after(start) if IS_WORKDAY(d) and not inside(d, spans))
        return nth(counting, wanted)
    if how == "b":
        whole = (
            d for d in days_after(start, backwards=True) if IS_WORKDAY(d) and d not in MADE_UP
        )
        return nth(whole, wanted) - DAY
    if how == "m":
        end = base = months_on(start, wanted)
        while True:
            lost = sum(inside(start + DAY * n, spans) for n in range(1, (end - start).days + 1))
            if base + DAY * lost == end:
                break
            end = base + DAY * lost
    else:
        begin = start - DAY if how == "D" else start
        end = nth((d for d in days_after(begin) if not inside(d, spans)), wanted)
    while rolls and not IS_WORKDAY(end):
        end += DAY
    return end


def row(code: str, start: date, spans: list[Span]) -> Row | None:
    """Return a vector, or None where the days off of a year on the way are not known."""
    try:
        end = work(code, start, spans)
    except NotImplementedError:
        return None
    if end > LAST_KNOWN and RULES[code][2]:
        return None
    written = ";".join(f"{first}..{last}" for first, last in spans)
    return code, start.isoformat(), written, end.isoformat(), "brute"


def hours(code: str, day: date, minute: str) -> Row:
    """Return a vector of a period of hours."""
    begin = datetime.fromisoformat(f"{day}T{minute}")
    end = begin + timedelta(minutes=RULES[code][1] * 60)
    return code, begin.isoformat(), "", end.isoformat(), "hours"


def spans_after(start: date, dice: Dice) -> list[Span]:
    """Return one span of days to deduct, or two apart."""
    first = start + DAY * dice.throw(1, 12)
    spans = [(first, first + DAY * dice.throw(0, 20))]
    if dice.throw(1, 2) == 1:
        second = spans[0][1] + DAY * dice.throw(1, 9)
        spans.append((second, second + DAY * dice.throw(0, 12)))
    return spans


def vectors() -> list[Row]:
    """Return all vectors; the same every time."""
    dice = Dice()
    hard = [date.fromisoformat(text) for text in HARD_STARTS]
    found: list[Row | None] = list(REPORT)
    for code, (how, _, _) in RULES.items():
        at = dice.throw(0, len(hard) - 1)
        chosen = [hard[(at + 7 * n) % len(hard)] for n in range(12)]
        chosen += [date(2018, 3, 1) + DAY * dice.throw(0, 3100) for _ in range(5)]
        for start in chosen:
            if how == "h":
                found.append(hours(code, start, MOMENTS[dice.throw(0, len(MOMENTS) - 1)]))
                continue
            found.append(row(code, start, []))
            if how in "wdDm" and dice.throw(1, 3) == 1:
                found.append(row(code, start, spans_after(start, dice)))
    return [vector for vector in found if vector is not None]


def main() -> None:
    """Write the file."""
    rows = vectors()
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("rule", "start", "deductions", "last", "origin"))
        writer.writerows(rows)


if __name__ == "__main__":
    main()
