"""Days of China, turns of what comes back, lights: counted on a wall calendar."""

from datetime import date

import pytest

from graph.dates.workdays import KNOWN_YEARS, DeadlineStatus, after, deadline_status_on, is_working, occurrences
from graph.errors import ParameterError
from graph.model import Precision

D = date.fromisoformat


@pytest.mark.parametrize(
    ("event", "count", "unit", "last"),
    [
        ("2017-03-20", 20, "工作日", "2017-04-18"),  # 1 April (Saturday) is worked, 2 to 4 April are Qingming
        ("2017-03-20", 30, "工作日", "2017-05-03"),  # 29 April to 1 May are Labour Day
        ("2026-09-29", 1, "工作日", "2026-09-30"),
        ("2026-09-29", 5, "工作日", "2026-10-12"),  # 1 to 7 October off, Saturday 10 October worked, Sunday 11 off
        ("2026-09-29", 0, "工作日", "2026-09-29"),
        ("2017-03-20", 30, "日", "2017-04-19"),
        ("2017-03-20", 2, "周", "2017-04-03"),
        ("2017-01-31", 1, "个月", "2017-02-28"),
        ("2016-02-29", 1, "年", "2017-02-28"),
        ("2017-11-30", 3, "个月", "2018-02-28"),
    ],
)
def test_the_last_day_of_a_time(event, count, unit, last):
    assert after(D(event), count, unit).day == D(last)


@pytest.mark.parametrize(
    ("event", "count", "unit", "why"),
    [
        (f"{KNOWN_YEARS[1]}-12-30", 30, "工作日", f"{KNOWN_YEARS[1] + 1}年的节假日安排"),
        (f"{KNOWN_YEARS[0] - 1}-06-01", 5, "工作日", "不能推算"),
        ("2005-01-03", 3000, "工作日", "不作推算"),
        ("9999-12-01", 60, "日", "超出"),
        ("9999-12-01", 2, "个月", "超出"),
        ("2017-03-20", 3, "学期", "不认识"),
    ],
)
def test_what_cannot_be_counted_has_a_reason_and_no_day(event, count, unit, why):
    met = after(D(event), count, unit)
    assert met.day is None
    assert why in str(met.why)


def test_working_days_are_known_within_the_announced_years_alone():
    assert is_working(D("2017-04-01"))
    assert is_working(D("2017-04-03")) is False
    assert is_working(date(KNOWN_YEARS[1] + 1, 1, 4)) is None
    assert is_working(date(KNOWN_YEARS[0] - 1, 12, 31)) is None


@pytest.mark.parametrize(
    ("rule", "since", "until", "days"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2026-11-23", "2028-12-31", ["2027-02-28", "2028-02-29"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2027-02-28", "2027-02-28", ["2027-02-28"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2027-03-01", "2028-02-28", []),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", "2026-01-01", "2026-12-31", ["2026-06-15"]),
        ("FREQ=YEARLY", "2026-11-23", "2027-12-31", ["2026-12-31", "2027-12-31"]),
        ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5", "2026-04-06", "2026-12-31", ["2026-07-05", "2026-10-05"]),
        ("FREQ=MONTHLY;INTERVAL=3", "2026-11-23", "2027-06-30", ["2026-12-31", "2027-03-31", "2027-06-30"]),
        ("FREQ=MONTHLY;INTERVAL=6", "2026-11-23", "2027-06-29", ["2026-12-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-02-01", "2026-04-30", ["2026-02-28", "2026-03-31", "2026-04-30"]),
        ("FREQ=WEEKLY", "2026-11-23", "2026-12-05", ["2026-11-29"]),  # a Monday; the week ends on Sunday
        ("FREQ=WEEKLY;BYDAY=FR", "2026-11-23", "2026-12-05", ["2026-11-27", "2026-12-04"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE", "2026-11-24", "2026-11-30", ["2026-11-25", "2026-11-30"]),
        ("FREQ=DAILY", "2026-11-23", "2026-11-24", ["2026-11-23", "2026-11-24"]),
        ("FREQ=MONTHLY;BYMONTHDAY=15,-1", "2026-02-01", "2026-02-28", ["2026-02-15", "2026-02-28"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-05-01", "2026-05-31", ["2026-05-29"]),
        ("FREQ=MONTHLY;BYDAY=1MO", "2026-11-01", "2026-11-30", ["2026-11-02"]),
        ("FREQ=MONTHLY;INTERVAL=18", "2026-11-01", "2027-11-30", []),
        ("FREQ=YEARLY;INTERVAL=2", "2026-01-01", "2030-12-31", []),  # which year is the first is not said
    ],
)
def test_turns_between_two_days(rule, since, until, days):
    assert [o.day for o in occurrences(rule, D(since), D(until))] == [D(day) for day in days]


def test_a_turn_is_as_exact_as_its_words():
    def precision(rule):
        return next(iter(occurrences(rule, D("2026-01-01"), D("2027-12-31")))).precision

    assert precision("FREQ=YEARLY") == Precision.YEAR
    assert precision("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1") == Precision.MONTH
    assert precision("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15") == Precision.DAY
    assert precision("FREQ=MONTHLY;INTERVAL=3") == Precision.MONTH


def test_a_rule_that_no_plan_has_is_refused():
    with pytest.raises(ParameterError, match="FREQ=HOURLY"):
        list(occurrences("FREQ=HOURLY", D("2026-01-01"), D("2026-01-02")))


@pytest.mark.parametrize(
    ("as_of", "met"),
    [
        ("2018-01-01", DeadlineStatus.RED),
        ("2017-12-31", DeadlineStatus.YELLOW),
        ("2017-12-01", DeadlineStatus.YELLOW),
        ("2017-11-30", DeadlineStatus.GREEN),
    ],
)
def test_lights_of_the_end_of_2017(as_of, met):
    assert deadline_status_on(D("2017-12-31"), D(as_of), 30) == met
