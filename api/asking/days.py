"""Days and periods in a question: 2017年6月底前, 20180630, 二〇一七年底, 明年一季度末, 接下来一年.

Order of steps: every form is looked for at every place; the year is given as a figure or relative to today; a month, day,
quarter or half-year narrows it; with 底 or 末, or with a word such as 前 or 截至, only the last day is meant, otherwise the
whole range; of a year and 前, the last day before it; two days with 至 between them are one period, and the second takes its year from the first.  A day that does
not exist (2018年13月) becomes a span that says so.

Example: on 2026-11-23, 明年6月底之前 is 2027-06-30.

Left to others: which parameter a day becomes (``phrasings.yaml``).
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from api.asking.covering import SLOT, WRONG, Period, RecognisedSpan
from graph.numerals import BELOW_100, digits, numeral

DAY = "DAY"
_RELATIVE = {"今年": 0, "本年": 0, "本年度": 0, "今年度": 0, "明年": 1, "后年": 2, "去年": -1, "前年": -2}
_UNTIL = r"(?:之前|以前|前|为止|止|之内|以内|这天|那天|当天|这一天|那一天|之日|的时候|时点)"

_DATE = re.compile(
    rf"""
    (?P<since> 截至 | 截止到? | 直到 | 到 | 至 | 在 | 于 | 自 | 从 | 以 | 按 | 按照 | 赶在 | 抢在 )?
    (?: (?P<plain> (?<!\d) (?:19|20)\d\d (?:0\d|1\d) [0-3]\d (?!\d) )  # 20180630
      | (?P<dashed> (?<!\d) \d{{4}} [-./／] \d{{1,2}} (?: [-./／] \d{{1,2}} [日号]? )? (?!\d) )  # 2018-6-30 · 2018/6
      | (?P<next> (?: 上个? | 本 | 这个? | 下个? | 次 ) 月 )           # 下个月底
      | (?P<quarter_now> [本下上] 个? 季度 )
      | (?P<day_now> 今天 | 今日 | 明天 | 后天 | 昨天
          | (?: 本 | 这个? | 下个? ) (?:周|星期) 末?                   # 这周末
        ) (?= {_UNTIL} | [就要该会内里]* (?:到期|截止|完成|办结) | [，, ] | $ )
      | (?: (?P<year> (?<!\d)\d{{4}} | (?<!\d)\d\d | [一二][〇零○一二三四五六七八九]{{3}} ) 年 度?  # 2017年度 · 17年 · 二〇一七年
          | (?P<relative> [今本明后去前] 年 度? )
          | (?P<no_year> (?= \d | [一二三四五六七八九十]+月 | 年底 | 年末 | [上下]半年 ) )  # 6月底
        )
        的?
        (?: (?P<month> 1\d | 0?\d | 十[一二]? | [一二三四五六七八九] | \d\d ) 月 份?
            (?: (?P<day> \d\d? | [一二三]?十[一二三四五六七八九]? | [一二三四五六七八九] ) [日号]
              | (?P<ten> [上中下]旬 | 初 )
            )?
          | 第? (?P<quarter> [一二三四1-4] ) 季度
          | (?P<half> [上下]半年 )
          | (?P<year_end> 年? (?:底|末|终) )
          | (?P<middle> 年中 )
        )?
    )
    (?P<last> 月?底 | 月?末 | 最后一天 | 结束 )?
    (?P<until> {_UNTIL} )?
    """,
    re.VERBOSE,
)
# 接下来一年 · 未来三个月内 · 30天内
_SPAN = re.compile(
    r"""
    (?: 接下来 | 接下去 | 未来 | 今后 | 往后 | 之后 | 后面 | 下来 ) 的?
    (?P<a> \d+ | [一二三四五六七八九十两半]+ ) 个? (?P<au> 年 | 月 | 季度 | 周 | 星期 | 天 | 日 )
    (?: 以?之?内 )?         # 未来三个月内 · 接下来一年
  | (?P<b> \d+ | [一二三四五六七八九十两半]+ ) 个? (?P<bu> 年 | 月 | 周 | 星期 | 天 | 日 )
    (?: 以内 | 之内 | 内 )  # 30天内 ; not 三年
    (?! .{0,2} 工作日 )
    """,
    re.VERBOSE,
)
_BETWEEN = re.compile(r"\s*(?:到|至|和|与|-)\s*")
_AFTER_RANGE = re.compile(r"(?:之间|期间|这段时间|以内|之内)?(?:的?这段时间|的时候)?")


def find_days(text: str, today: date) -> list[RecognisedSpan]:
    """Every span of ``text`` that names a day or a period."""
    single = [span for span in (_read(met, today) for met in _DATE.finditer(text)) if span is not None]
    return [*single, *_ranges(text, single), *_spans(text, today)]


def _read(met: "re.Match[str]", today: date) -> RecognisedSpan | None:
    start, end = met.span()
    narrow_refs = any(
        met[part] for part in ("month", "quarter", "half", "year_end", "middle", "plain", "dashed", "next")
    ) or bool(met["quarter_now"] or met["day_now"])
    if not narrow_refs and not met["year"] and not met["relative"]:
        return None
    try:
        period = _period(met, today)
    except ValueError:
        words = met[0][len(met["since"] or "") :]
        return RecognisedSpan(start, end, (DAY,), WRONG, wrong=f"日历上没有“{words}”这一天")
    if not narrow_refs and not met["last"] and (met["until"] or "").endswith("前"):
        # 2025年前 ends with 2024; the loader reads the words of plans so, too
        before = f"{int(period.start[:4]) - 1}-12-31"
        period = Period(before, before)
    elif met["last"] or met["until"] or (met["since"] or "").startswith(("截", "直")):
        period = Period(period.end, period.end)
    return RecognisedSpan(start, end, (DAY,), SLOT, period=period)


def _period(met: "re.Match[str]", today: date) -> Period:
    """The days that one date names. Raises ValueError if the month or the day does not exist."""
    if met["plain"]:
        word = met["plain"]
        return _day(int(word[:4]), int(word[4:6]), int(word[6:]))
    if met["dashed"]:
        parts = [int(part) for part in re.findall(r"\d+", met["dashed"])]
        return _day(*parts) if len(parts) == 3 else _months(parts[0], parts[1], parts[1])
    if met["day_now"]:
        return _near_day(met["day_now"], today)
    if met["next"]:
        ahead = {"上": -1, "本": 0, "这": 0, "下": 1, "次": 1}[met["next"][0]]
        month = today.year * 12 + today.month - 1 + ahead
        return _months(month // 12, month % 12 + 1, month % 12 + 1)
    if met["quarter_now"]:
        quarter = today.year * 4 + (today.month - 1) // 3 + {"上": -1, "本": 0, "下": 1}[met["quarter_now"][0]]
        return _quarter(quarter // 4, quarter % 4)
    return _of_year(met, _year(met, today))


def _of_year(met: "re.Match[str]", year: int) -> Period:
    if met["month"]:
        month = _figure(met["month"])
        if met["day"]:
            return _day(year, month, _figure(met["day"]))
        whole = _months(year, month, month)
        if met["ten"]:
            first, last = {"上": (1, 10), "中": (11, 20), "下": (21, int(whole.end[-2:])), "初": (1, 10)}[met["ten"][0]]
            return Period(_day(year, month, first).start, _day(year, month, last).end, True)
        return whole
    if met["quarter"]:
        return _quarter(year, _figure(met["quarter"]) - 1)
    if met["half"]:
        return _months(year, 1, 6) if met["half"][0] == "上" else _months(year, 7, 12)
    if met["middle"]:
        return _day(year, 6, 30)
    return _day(year, 12, 31) if met["year_end"] else _months(year, 1, 12)


def _near_day(word: str, today: date) -> Period:
    if word[0] in "本这下" and ("周" in word or "星期" in word):
        monday = today - timedelta(today.weekday()) + timedelta(7 if word[0] == "下" else 0)
        return Period(monday.isoformat(), (monday + timedelta(6)).isoformat(), True)
    ahead = {"今": 0, "明": 1, "后": 2, "昨": -1}[word[0]]
    found = (today + timedelta(ahead)).isoformat()
    return Period(found, found)


def _year(met: "re.Match[str]", today: date) -> int:
    if met["relative"]:
        return today.year + _RELATIVE[met["relative"][:2]]
    if not met["year"]:
        return today.year
    year = int(digits(met["year"]))
    return year + 2000 if year < 100 else year


def _figure(words: str) -> int:
    """``12``, ``十二`` or ``二十三`` as a number. Raises ValueError for other words, such as 一一."""
    if words.isdigit():
        return int(words)
    if not BELOW_100.fullmatch(words):
        raise ValueError(f"{words} is no number.")
    return numeral(words)


def _day(year: int, month: int, day: int) -> Period:
    found = date(year, month, day).isoformat()
    return Period(found, found)


def _months(year: int, first: int, last: int) -> Period:
    return Period(
        date(year, first, 1).isoformat(), date(year, last, monthrange(year, last)[1]).isoformat(), is_range=True
    )


def _quarter(year: int, quarter: int) -> Period:
    return _months(year, quarter * 3 + 1, quarter * 3 + 3)


def _ranges(text: str, single: list[RecognisedSpan]) -> Iterator[RecognisedSpan]:
    """2017年7月1日至12月31日之间: one period, from the first day of the first date to the last day of the second."""
    starting = {span.start: span for span in single}
    for first in single:
        if first.period is None:
            continue
        between = _BETWEEN.match(text, first.end)
        # 至 may have been taken as the beginning of the second
        place = first.end if first.end in starting else (between.end() if between else -1)
        second = starting.get(place)
        if second is None or second.period is None:
            continue
        ending = second.period
        if not re.search(r"[年\-./／]", text[second.start : second.end].lstrip("-")) or re.match(
            r"(?:到|至)?[\d一二三四五六七八九十]+月", text[second.start : second.end]
        ):
            ending = replace(ending, end=first.period.end[:4] + ending.end[4:])
        end = _AFTER_RANGE.match(text, second.end)
        assert end is not None  # the expression may be empty
        if ending.end < first.period.start:
            yield RecognisedSpan(first.start, end.end(), (DAY,), WRONG, wrong="时间段的结束早于开始")
        else:
            yield RecognisedSpan(
                first.start, end.end(), (DAY,), SLOT, period=Period(first.period.start, ending.end, True)
            )


def _spans(text: str, today: date) -> Iterator[RecognisedSpan]:
    for met in _SPAN.finditer(text):
        words, unit = met["a"] or met["b"], met["au"] or met["bu"]
        if words == "半":
            end = _later(today, 6) if unit == "年" else today + timedelta({"月": 15, "季度": 45}.get(unit, 3))
        else:
            try:
                count = _figure(words)
            except ValueError:
                continue
            if count > 1200:
                continue
            months = {"年": 12, "月": 1, "季度": 3}.get(unit)
            end = _later(today, count * months) if months else today + timedelta(count * (7 if unit in "周星期" else 1))
        yield RecognisedSpan(*met.span(), (DAY,), SLOT, period=Period(today.isoformat(), end.isoformat(), True))


def _later(day: date, months: int) -> date:
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
