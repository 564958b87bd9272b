"""Whether the figures of a time stand in its words: year, month and day of a date, the count of a duration, the parts of a rule.

Years may be cut short (24年9月底), told by another one (明年, 至次年3月) or by a plan of five years (“十四五”末); months by quarters and
halves; days by the end or a third of a month.  A time without a year has one that stands elsewhere: `has_date` is told which.

>>> has_date("2017年年底前", "2017-12-31", "year"), has_date("2017年年底前", "2018-12-31", "year")
(True, False)
>>> has_date("9月15日前", "2026-09-15", "day", {2026}), has_date("9月15日前", "2026-10-15", "day", {2026})
(True, False)

Left to others: where a year may stand that the words leave out (`loaders.gate.look_again`).
"""

import re
from calendar import monthrange
from collections.abc import Set
from functools import lru_cache
from typing import NamedTuple

from loaders.gate.letters import in_one_script

_DIGITS = {"〇": 0, "零": 0, "○": 0, "两": 2} | {sign: n for n, sign in enumerate("一二三四五六七八九", 1)}
_NUMERAL = re.compile("[〇零○一二三四五六七八九两十廿卅百]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FIVE_YEARS = re.compile("十([二三四五六七八九])五")
_SHORT_YEAR = re.compile(r"(?<!\d)([1-9]\d)年")
_LATER = ("明年", "来年", "次年", "翌年", "下一年", "后年", "第二年", "跨年")
_TO = re.compile("[-—–－~〜至到]")
_QUARTER = re.compile("([一二三四1-4])个?季")
_ENDS = ("底", "末", "内", "年", "月", "季", "终", "全", "期")


class _Figures(NamedTuple):
    years: frozenset[int]
    numbers: frozenset[int]
    words: str


@lru_cache(maxsize=4096)
def _figures(words: str) -> _Figures:
    """The years and the other numbers in words, in figures or numerals."""
    said = "".join(in_one_script(words).replace("&nbsp;", "").split())
    years, numbers = {1955 + 5 * (10 + _DIGITS[match[1]]) for match in _FIVE_YEARS.finditer(said)}, set()
    for number in _NUMBER.findall(said):
        for part in number.split("."):
            if len(part) > 4 and part.startswith("20"):  # 20176月, 20240630
                years.add(int(part[:4]))
                numbers |= {int(part[4:]), int(part[4:6]), int(part[6:8] or 0)}
            elif len(part) == 4 and part[:2] in ("19", "20"):
                years.add(int(part))
            else:
                numbers.add(int(part))
    for numeral in _NUMERAL.findall(said):
        if len(numeral) == 4 and numeral[0] == "二" and not set(numeral) & set("十百"):
            years.add(int("".join(str(_DIGITS[sign]) for sign in numeral)))
        else:
            numbers |= _values(numeral)
    years |= {2000 + int(short) for short in _SHORT_YEAR.findall(said)}
    return _Figures(frozenset(years), frozenset(numbers), said)


def _values(numeral: str) -> set[int]:
    """The values that a numeral can have: its own, and that of each of its signs (一二 is 1 and 2)."""
    total = digit = 0
    for sign in numeral.replace("廿", "二十").replace("卅", "三十"):
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return {total + digit, *(_DIGITS[sign] for sign in numeral if sign in _DIGITS)}


def years_in(words: str) -> Set[int]:
    """The years that words name."""
    return _figures(words).years


def has_date(words: str, date: str, precision: str | None, elsewhere: Set[int] = frozenset()) -> bool:
    """Whether the figures of a date stand in ``words``; a year that they leave out is one of ``elsewhere``."""
    year, month, day = map(int, date.split("-"))
    return (
        _has_year(words, year, month, elsewhere)
        and _has_month(words, month, precision)
        and _has_day(words, year, month, day)
    )


def _has_year(words: str, year: int, month: int, elsewhere: Set[int]) -> bool:
    said = _figures(words)
    bases = said.years or elsewhere
    if year in bases:
        return True
    later = any(word in said.words for word in _LATER)
    wraps = _TO.search(said.words) is not None and any(month < number <= 12 for number in said.numbers)
    if (year - 1 in bases and (later or wraps)) or (year - 2 in bases and ((later and wraps) or "后年" in said.words)):
        return True
    if later and {year, year - 1} & elsewhere:
        return True
    return year + 1 in said.years and any(f"{year + 1}年{by}" in said.words for by in ("前", "之前", "以前"))


def _has_month(words: str, month: int, precision: str | None) -> bool:
    said = _figures(words)
    if month in said.numbers:
        return True
    if any((_DIGITS.get(quarter) or int(quarter)) * 3 == month for quarter in _QUARTER.findall(said.words)):
        return True
    if month in (6, 12) and "半年" in said.words:
        return ("上" in said.words and month == 6) or ("下" in said.words and month == 12)
    if precision == "year":
        return month == 12
    return any(word in said.words for word in ("本月", "当月", "月底", "月末", "月内")) and not re.search(
        r"\d月", said.words
    )


def _has_day(words: str, year: int, month: int, day: int) -> bool:
    said = _figures(words)
    last = monthrange(year, month)[1]
    if day in said.numbers:
        return True
    if day == last:  # the end of what is named, or a day that the month has not
        return (
            any(word in said.words for word in _ENDS) or bool(said.years) or any(last < n <= 31 for n in said.numbers)
        )
    return (day == 10 and ("上旬" in said.words or "初" in said.words)) or (day == 20 and "中" in said.words)


def has_count(words: str, count: int) -> bool:
    """Whether the count of a duration stands in its words; halves have theirs in the word itself (半年 is 6 months)."""
    said = _figures(words)
    return count in said.numbers or (count == 1 and not said.numbers) or "半" in said.words


def has_rule(words: str, rule: str) -> bool:
    """Whether the months and days of a recurrence stand in its words."""
    said = _figures(words)
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    for name in ("BYMONTH", "BYMONTHDAY"):
        for value in parts.get(name, "").split(","):
            if (
                value
                and int(value) > 0
                and int(value) not in said.numbers
                and not _is_told_otherwise(name, int(value), said.words)
            ):
                return False
    return True


def _is_told_otherwise(name: str, value: int, words: str) -> bool:
    """A month by a quarter, a half or the end of the year; a day by a third of a month."""
    if name == "BYMONTH":
        return any(word in words for word in ("季", "半年", "年底", "年末", "年终", "年内", "年初"))
    return any(word in words for word in ("旬", "半月", "初", "中", "底", "末"))


def has_value(words: str, value: float) -> bool:
    """Whether the value of a target stands in its words."""
    said = in_one_script(words).replace(",", "")
    if any(float(number) == value for number in _NUMBER.findall(said)):
        return True
    return (value == int(value) and int(value) in _figures(words).numbers) or bool(re.search("[十百千万亿半]", said))
