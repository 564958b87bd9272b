"""Days: working days in China, ends of periods, and the status of a deadline.

Working days come from `chinese_calendar`, which has the holidays and the make-up working days (调休) that the State
Council announces for each year.  Later years are not guessed: `KNOWN_YEARS` are the years it has, and a count that leaves
them gives a reason instead of a last day.

Counting: the day of the event is not counted (自公布之日起30个工作日内: the first working day after it is day one); the last
day is included.  Calendar days, weeks, months and years are counted by the calendar alone.

>>> after(date(2026, 9, 29), 5, "工作日").day       # 国庆 from 1 to 7 October, 10 October is worked
datetime.date(2026, 10, 12)
>>> [o.day.isoformat() for o in occurrences("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", date(2026, 11, 23), date(2028, 12, 31))]
['2027-02-28', '2028-02-29']

No library for RFC 5545 is used: plans mean their periods differently (docs/decisions/020-libraries.md).

Left to others: what is counted and why (`graph.library.deadline_steps`), which deadline holds (`graph.dates.effective_date`).
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import chinese_calendar

from graph.errors import ParameterError
from graph.model import Precision

KNOWN_YEARS = (min(chinese_calendar.holidays).year, max(chinese_calendar.holidays).year)
MOST_DAYS = 3660  # of a duration; beyond that nothing is counted
MOST_OCCURRENCES = 600  # of one duty between two days
MONTHS = 12
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # in the order of `date.weekday`


@dataclass(frozen=True, slots=True)
class CountedDay:
    """The last day of a time, or the reason why there is none."""

    day: date | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The last day of one occurrence of a recurring duty, and its precision."""

    day: date
    precision: Precision


NEAR_DAYS = 30
"""So many days before its date a deadline counts as near (临期), unless a setting says otherwise."""


class DeadlineStatus(StrEnum):
    """The status of a deadline: past its last day, within the near days, or neither. The contract calls it ``light``."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


# never 未完成: no plan records what was done
STATUS_WORDS = {DeadlineStatus.RED: "已到期", DeadlineStatus.YELLOW: "临期", DeadlineStatus.GREEN: "正常"}


def deadline_status_on(last_day: date, as_of: date, near_days: int) -> DeadlineStatus:
    """The status of a deadline on the day ``as_of``. On its last day it is near, the day after it is past."""
    left = (last_day - as_of).days
    if left < 0:
        return DeadlineStatus.RED
    return DeadlineStatus.YELLOW if left <= near_days else DeadlineStatus.GREEN


def is_working(day: date) -> bool | None:
    """Whether ``day`` is a working day in China; None outside `KNOWN_YEARS`."""
    if not KNOWN_YEARS[0] <= day.year <= KNOWN_YEARS[1]:
        return None
    return bool(chinese_calendar.is_workday(day))


def after(event: date, count: int, unit: str) -> CountedDay:
    """The last day of ``count`` 工作日, 日, 周, 个月 or 年 after ``event``."""
    try:
        if unit == "工作日":
            return _working_days(event, count)
        if unit in ("日", "周"):
            return CountedDay(event + timedelta(days=count * (7 if unit == "周" else 1)))
        if unit in ("个月", "年"):
            return CountedDay(_months_after(event, count * (12 if unit == "年" else 1)))
    except (OverflowError, ValueError):
        return CountedDay(None, "超出可以计算的日期范围")
    return CountedDay(None, f"不认识的计量单位“{unit}”")


def _working_days(event: date, count: int) -> CountedDay:
    day, left = event, count
    for _ in range(MOST_DAYS):
        if left == 0:
            return CountedDay(day)
        day += timedelta(days=1)
        working = is_working(day)
        if working is None:
            return CountedDay(
                None, f"{day.year}年的节假日安排不在日历之内（有{KNOWN_YEARS[0]}—{KNOWN_YEARS[1]}年），不能推算"
            )
        left -= working
    return CountedDay(None, f"超过{MOST_DAYS}天，不作推算")


def _months_after(event: date, months: int) -> date:
    month = event.month - 1 + months
    year, month = event.year + month // 12, month % 12 + 1
    return date(year, month, min(event.day, monthrange(year, month)[1]))


def occurrences(rule: str, since: date, until: date) -> Iterator[Occurrence]:
    """The last days of a recurrence (RFC 5545 rules as the parser writes them) from ``since`` to ``until``, both
    included.

    A period without a day (每年, 每季度) ends on its last day, with the period's precision.  Every second year, week or day (每两年)
    has no occurrences: the text does not say which is the first.  Raises ParameterError for another rule.
    """
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    step = int(parts.get("INTERVAL", "1"))
    frequency = parts.get("FREQ")
    if frequency not in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY"):
        raise ParameterError(
            f"the recurrence {rule!r} is none that plans have; expected FREQ=YEARLY, MONTHLY, WEEKLY or DAILY."
        )
    if (step != 1 and frequency != "MONTHLY") or step > MONTHS:
        return
    if frequency in ("YEARLY", "MONTHLY"):
        days = _in_years(parts, step, since.year)
    else:
        days = _in_weeks(parts.get("BYDAY", "SU") if frequency == "WEEKLY" else ",".join(WEEKDAYS), since)
    for found in days:
        if found.day > until:
            return
        if found.day >= since:
            yield found


def _in_weeks(named: str, since: date) -> Iterator[Occurrence]:
    """The days of each week that bear one of the names: ``MO,WE``."""
    chosen = {WEEKDAYS.index(name) for name in named.split(",")}
    for n in range(min(MOST_OCCURRENCES * len(WEEKDAYS) // len(chosen), (date.max - since).days)):
        day = since + timedelta(days=n)
        if day.weekday() in chosen:
            yield Occurrence(day, Precision.DAY)


def _in_years(parts: dict[str, str], step: int, first: int) -> Iterator[Occurrence]:
    if parts["FREQ"] == "YEARLY":
        months = [int(month) for month in parts.get("BYMONTH", "12").split(",")]
        whole = Precision.YEAR if "BYMONTH" not in parts else Precision.MONTH
    else:
        months, whole = list(range(step, MONTHS + 1, step)), Precision.MONTH
    for year in range(first, min(first + MOST_OCCURRENCES // len(months), date.max.year + 1)):
        for month in months:
            yield from _in_month(parts, year, month, whole)


def _in_month(parts: dict[str, str], year: int, month: int, whole: Precision) -> Iterator[Occurrence]:
    """The days of one month: by their numbers, -1 for the last, or by the names of weekdays."""
    last = monthrange(year, month)[1]
    if named := parts.get("BYDAY"):
        place = parts.get("BYSETPOS") or named[0]  # 1MO: the first Monday
        chosen = {WEEKDAYS.index(name.lstrip("1234")) for name in named.split(",")}
        days = [day for n in range(1, last + 1) if (day := date(year, month, n)).weekday() in chosen]
        nth = int(place)
        if nth <= len(days):
            yield Occurrence(days[nth if nth < 0 else nth - 1], Precision.DAY)
        return
    figures = [int(figure) for figure in parts.get("BYMONTHDAY", "-1").split(",")]
    for given in figures:
        exact = given > 0 or len(figures) > 1
        yield Occurrence(date(year, month, last if given < 0 else min(given, last)), Precision.DAY if exact else whole)
