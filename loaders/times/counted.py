"""Durations: lengths of time, with the event from which they run: 自受理之日起30个工作日内, 5年内, 用3年时间, 48小时内.

>>> text = "自受理之日起，在10个工作日内办结"
>>> counted = counted_at(text, 8, len(text))
>>> counted.length, counted.unit, counted.anchor, text[slice(*counted.span)]
(10, '工作日', '受理之日', '自受理之日起，在10个工作日内')

Left to others: lengths that only restrict the things meant (`loaders.times.bodies`), the last day (`graph.dates.workdays`).
"""

import re

from graph.model import TimingKind
from graph.numerals import numeral
from loaders.times.time import Time

_NUMBER = r"\d{1,3}|[一二三四五六七八九十百两]{1,6}|半"
# 30个工作日内 · 一个半月内 · 2-3年内 · 三个月
LENGTH = re.compile(
    rf"""
    (?<![\d第一二三四五六七八九十百两])
    (?: (?:{_NUMBER}) 个?月? [-—–～~至到] )?                                       # 2-|3年
    (?P<figure> {_NUMBER} ) \s? 个? (?P<half>半)?
    (?P<unit> 工作日 | 自然日 | 日历日 | 日 | 天 | 小时 | 分钟 | 周 | 星期 | (?<=[个半])月 | 季度 | 学期 | 年 )
    (?P<more> 半 )?
    (?: 左右 )? (?: (?P<within> (?:以|之)? 内 (?![部容外设控涵]) ) | 的? (?P<time> 时间 | 左右 | 以?里 ) )?
    """,
    re.VERBOSE,
)
ANCHOR = re.compile(
    r"(?:自|从)(?P<anchor>[^，,。；;自从]{2,40}?)(?P<from>之日起|起|之后|以后|[后後])(?:的|，|,)?(?:应当?|须|要)?(?:在|于)?$"
)
# without 自 the event opens its clause: 收到申请后5个工作日内 ; not 今后三年内
AFTER = re.compile(
    r"""
    (?: \A | (?<=[，,。；;:：\n（(]) ) (?: 在 | 于 | 应在 | 应当在 )?
    (?P<anchor> [^，,。；;自从（(]{2,20}? ) (?<![至到以今此])             # 收到申请
    (?P<from> 之日起 | 之后 | 以后 | [后後] | 起 ) [的，,]? [在于]? $  # 后
    """,
    re.VERBOSE,
)
_USED = re.compile(r"(?:用|利用|力争用|争取用|通过|经过|为期|限期|限|期限为?)$")
_UNITS = {"自然日": "日", "日历日": "日", "天": "日", "星期": "周", "月": "个月"}
_REACH = 120
_MARKS = "。；;\n"


def counted_at(text: str, at: int, limit: int) -> Time | None:
    """The length whose figure stands at ``at``, with its event before it; None if nothing shows that it is a time
    limit.
    """
    match = LENGTH.match(text, at, limit)
    if not match:
        return None
    low = max(0, at - _REACH, *(text.rfind(mark, max(0, at - _REACH), at) + 1 for mark in _MARKS))
    before = text[max(low, at - 4) : at]
    anchor = None
    if "后" in before or "起" in before or "後" in before:  # most times are counted from no event
        anchor = ANCHOR.search(text, low, at) or AFTER.search(text, low, at)
    used = _USED.search(text, low, at)
    if not (match["within"] or anchor or used):
        return None
    if match["time"] and not (used or anchor):
        return None
    length, unit = length_of(match)
    start = used.start() if used and not anchor else at
    event = None
    if anchor:
        event, start = anchor["anchor"], anchor.start("anchor") if anchor.re is AFTER else anchor.start()
        if anchor.re is AFTER and len(tail := event.rpartition("在")[2]) > 1:  # 缴费的在|疫情结束后
            event, start = tail, anchor.end("anchor") - len(tail)
    return Time(
        TimingKind.DURATION,
        (start, match.end()),
        length=length,
        unit=unit,
        anchor=event + ("之日" if anchor["from"] == "之日起" else "") if anchor and event else None,
    )


def length_of(match: re.Match[str]) -> tuple[int, str]:
    """How many of what: halves in the smaller unit (半年 is six months)."""
    figure, unit = match["figure"], match["unit"]
    unit = _UNITS.get(unit, unit)
    half = 0.5 if match["half"] or match["more"] else 0.0
    number = 0.5 if figure == "半" else (int(figure) if figure.isdigit() else numeral(figure)) + half
    if unit == "季度":
        number, unit = number * 3, "个月"
    smaller = {"年": (12, "个月"), "个月": (30, "日"), "周": (7, "日"), "日": (24, "小时"), "小时": (60, "分钟")}
    if number % 1 and unit in smaller:
        times, unit = smaller[unit]
        number *= times
    return int(number), unit
