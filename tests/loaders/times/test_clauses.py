"""Clauses: all of a time or nothing; shapes of labels, brackets and cells of plans issued in March 2024."""

import pytest

from loaders.times.clauses import clause_times, says_nothing
from loaders.times.time import Issue

ISSUED = Issue(2024, 3)

DATED = [
    # without a year: that of issue
    ("10月底前", "2024-10-31"),
    ("年底前", "2024-12-31"),
    ("年内", "2024-12-31"),
    ("全年", "2024-12-31"),
    ("本年度内", "2024-12-31"),
    ("上半年", "2024-06-30"),
    ("6月30日前", "2024-06-30"),
    ("三季度末", "2024-09-30"),
    ("前三季度", "2024-09-30"),
    ("本月底前", "2024-03-31"),
    # figures
    ("2019.6.30", "2019-06-30"),
    ("2024-06-30前", "2024-06-30"),
    ("24年9月底", "2024-09-30"),
    ("2024.6底以前", "2024-06-30"),
    # ranges end with their last day
    ("3月1日至4月30日", "2024-04-30"),
    ("2024年9月15日至10月15日", "2024-10-15"),
    ("2017年1-06月", "2017-06-30"),
    ("6月10-20日", "2024-06-20"),
    ("一至三季度", "2024-09-30"),
    ("2024年11月至次年3月", "2025-03-31"),
    ("11月至3月", "2025-03-31"),
    ("2024.3-2024.12", "2024-12-31"),
    ("2023—2025年", "2025-12-31"),
    # 前 does not count the year itself, unless the plan is of that year
    ("2026年前完成", "2025-12-31"),
    ("2026年以前", "2025-12-31"),
    ("2026年底前", "2026-12-31"),
    ("2026年内", "2026-12-31"),
    ("2024年前完成", "2024-12-31"),
    # years told by others
    ("明年6月底前", "2025-06-30"),
    ("次年3月底前", "2025-03-31"),
    ("翌年一季度", "2025-03-31"),
    ("2025年启动，次年6月底完成", "2026-06-30"),
    # parts of a month
    ("5月初", "2024-05-10"),
    ("5月上旬", "2024-05-10"),
    ("5月中旬前", "2024-05-20"),
    ("5月中前", "2024-05-20"),
    ("“十四五”末", "2025-12-31"),
    ("6月底前完成并持续推进", "2024-06-30"),
    ("立即启动，9月底完成", "2024-09-30"),
    ("2024年底前逐步推开", "2024-12-31"),
]


@pytest.mark.parametrize(("words", "date"), DATED)
def test_a_date_is_the_last_day_that_still_meets_it(words: str, date: str) -> None:
    found = [time for time in clause_times(words, ISSUED) if time.date]
    assert found[-1].date == date


SEVERAL = [
    ("3、6、9月底前", ["2024-03-31", "2024-06-30", "2024-09-30"]),
    ("6月30日、12月31日前", ["2024-06-30", "2024-12-31"]),
    ("6月15日、30日前", ["2024-06-15", "2024-06-30"]),
    ("2024年底前完成试点，2025年全面推开", ["2024-12-31", "2025-12-31"]),
    ("2025年6月底完成主体，9月底验收", ["2025-06-30", "2025-09-30"]),
]


@pytest.mark.parametrize(("words", "dates"), SEVERAL)
def test_each_date_of_a_list(words: str, dates: list[str]) -> None:
    assert [time.date for time in clause_times(words, ISSUED)] == dates


NO_DATE = [
    # the words, the kind, what it says beside its words
    ("2024年汛期前", "event", None),
    ("汛期前", "event", None),
    ("“十一”前", "event", None),
    ("2025年两会召开前", "event", None),
    ("2025年春耕前", "event", None),
    ("项目竣工验收后", "event", None),
    ("演练前60天", "event", None),
    ("2024年按国家统一安排", "event", None),
    ("每周五", "recurring", "FREQ=WEEKLY;BYDAY=FR"),
    ("每季度末月25日", "recurring", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25"),
    ("每日", "recurring", "FREQ=DAILY"),
    ("按月", "recurring", "FREQ=MONTHLY"),
    ("半年一通报", "recurring", "FREQ=MONTHLY;INTERVAL=6"),
    ("每3年", "recurring", "FREQ=YEARLY;INTERVAL=3"),
    ("定期开展", "recurring", None),
    ("2024年汛期", "event", None),
    ("1个月", "duration", "1 个月 None"),
    ("受理后一年内", "duration", "1 年 受理"),
    ("48小时内", "duration", "48 小时 None"),
    ("用3年时间", "duration", "3 年 None"),
    ("自印发之日起两个月内", "duration", "2 个月 印发之日"),
    ("常态化", "ongoing", None),
    ("长期坚持", "ongoing", None),
    ("常年", "ongoing", None),
    ("立行立改", "ongoing", None),
    ("5月底取得明显成效并持续推进", "ongoing", None),
    ("13月底前", "unread", "not-understood"),
    ("2024年13月", "unread", "not-understood"),
    ("2024年6月45日前", "unread", "not-understood"),
    ("2024年初", "unread", "not-understood"),
    ("待研究确定", "unread", "not-understood"),
    ("尽快完成", "unread", "no-day"),
    ("按时间节点完成", "unread", "no-day"),
]


@pytest.mark.parametrize(("words", "kind", "says"), NO_DATE)
def test_what_has_no_date_keeps_its_words(words: str, kind: str, says: str | None) -> None:
    (time,) = clause_times(words, ISSUED)
    told = f"{time.length} {time.unit} {time.anchor}" if time.length else time.rule or time.why
    assert (time.kind.value, time.date, told, words[slice(*time.span)]) == (kind, None, says, words)


def test_an_event_beside_a_date_is_kept() -> None:
    found = clause_times("6月底前出台方案，汛期前完成清淤", ISSUED)
    assert [(time.kind.value, time.date) for time in found] == [
        ("dated", "2024-06-30"),
        ("event", None),
    ]


def test_two_days_of_every_year_are_two_rules() -> None:
    assert [time.rule for time in clause_times("每年6月30日、12月31日前", ISSUED)] == [
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
    ]


def test_a_month_of_a_plan_without_a_year_is_not_read() -> None:
    assert [(time.kind.value, time.why) for time in clause_times("6月底前", Issue())] == [("unread", "no-year")]
    assert [(time.kind.value, time.why) for time in clause_times("本月底前", Issue(2024))] == [("unread", "no-year")]


@pytest.mark.parametrize("words", ["", "无", "—", "/", " "])
def test_a_sign_for_no_time_says_nothing(words: str) -> None:
    assert says_nothing(words)
    assert clause_times(words, ISSUED) == ()


def test_a_long_clause_is_read_as_well() -> None:
    words = "加强组织领导，" * 80 + "6月底前完成"
    assert [time.date for time in clause_times(words, ISSUED)] == ["2024-06-30"]
