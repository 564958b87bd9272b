"""Recurrences, as RFC 5545 rules.

>>> text = "每季度末月25日前报送，半年一通报，实行月调度"
>>> [recurring_at(text, at, len(text))[0].rule for at in (0, 12, 20)]
['FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25', 'FREQ=MONTHLY;INTERVAL=6', 'FREQ=MONTHLY']

Left to others: computing with rules (`graph.dates.workdays`), limits and rates (每年不超过2次, 每年每人3000元:
`loaders.times.bodies`).
"""

import re
from collections.abc import Iterable

from graph.model import Precision, TimingKind
from graph.numerals import numeral
from loaders.lexicon.times import DAY, WEEKDAYS, WORDS
from loaders.lexicon.vocabulary import any_of
from loaders.times.points import BY, Dated, Point, dated_at
from loaders.times.time import Time

_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3}|半)"
_STEP = "年度?|季度?|月度?|周|星期|礼拜|工作日|日(?!常)|天|旬|学期|学年"
# 每两年 · 每3～5年 · 每个季度 · 按月 · 逐季 · 隔年
EVERY = re.compile(
    rf"""
    (?: 每 个? 隔? (?: (?:{_NUMBER} [-—～~至到])? (?P<count>{_NUMBER}) )? 个? (?P<step> {_STEP} )  # 每3～5年
      | (?P<per> [按逐] ) (?P<of> 半年 | {_STEP} ) (?! [照期计均折份产时累] | 比例 | 度?计 )           # 按月 ; not 按年计算
      | (?P<other> 隔 ) (?P<second> [年月周日天] )
    )
    """,
    re.VERBOSE,
)
# 半年一通报 · 一月一调度 · 一季度一次 · 月调度 ; not 6月通报, 本月调度
TURN = re.compile(
    rf"""
    (?: (?P<count> {_NUMBER} )? 个? (?P<step> 年 | 季度? | 月 | 周 | 日 | 旬 )
        一 (?: {any_of((*WORDS["turns"], *WORDS["turns_one"]))} )          # 半年一通报
      | (?<! [\d一二三四五六七八九十第本每当上下同个多近前后今去明次全几数] ) (?P<half> 半 )? (?P<bare> [年季月周日旬] ) (?: {any_of(WORDS["turns"])} )
      | (?P<once> [一1] ) 个? (?P<of> 年 | 季度 | 月 | 周 ) (?: [一二两三四\d] ) [次轮]  # 一年两次
    )
    """,
    re.VERBOSE,
)
# behind 月调度: 、年考核
FURTHER = re.compile(rf"[、，和](?P<step>半?[年季月周日旬])(?:{any_of((*WORDS['turns'], *WORDS['turns_one'][:13]))})")
# behind 每季度: the month of the quarter, its day
_IN_QUARTER = re.compile(
    rf"""
    (?: 的? (?P<which> 首月 | 末月 | 第[一二三1-3]个?月 | 最后一?个?月 ) 份?        # 末月
        (?: (?P<day> {DAY} ) [日号] | (?P<third> 底 | 末 | 上旬 | 初 ) )?           # 25日
      | [末底] | 初 | (?: 结束 | 终了 ) 后
    )?
    """,
    re.VERBOSE,
)
_IN_MONTH = re.compile(
    rf"""
    的? (?: (?P<days> {DAY} [日号]? (?: [、和至到—–-] {DAY} [日号]? ){{0,5}} (?<=[日号]) )  # 5日、20日
      | (?P<third> 底 | 末 | 上旬 | 中旬 | 下旬 | 初 )
      | (?P<work> (?: 最后一个 | 首个 | 第[一二三四五1-5]个 ) 工作日 )
      | (?P<weekday> 第[一二三四1-4]个 (?: 周 | 星期 ) [一二三四五六日天] )
    )?
    """,
    re.VERBOSE,
)
# 每周五 · 每周一、三、五 ; not 每周一次, 每周一调度, 每周五天
_IN_WEEK = re.compile(
    r"(?!一[调通报更研小督会])(?P<days>[一二三四五六日天末](?:[、和][一二三四五六日天]){0,6})(?![次至到般律个天日名批期轮])(?:[上下]午|晚上?)?"
)
_NTH = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "首": 1, "末": 3, "最": 3}
_DIGITS = re.compile(r"\d+")
_THIRDS = {"上旬": "10", "初": "10", "中旬": "20"}
_WORKDAYS = "MO,TU,WE,TH,FR"
_FREQUENCY = {"周": "WEEKLY", "星期": "WEEKLY", "礼拜": "WEEKLY", "日": "DAILY", "天": "DAILY"}
# 每年汛期前
_EVENT = re.compile(rf"[“”]?(?:{any_of(WORDS['events'])})[“”]?[节期季]?(?:来临|到来|开始)?(?:之?前|以前|期间)?")


def recurring_at(text: str, at: int, limit: int) -> list[Time]:
    """The recurrence that begins at ``at``: one time, or one for each day of the year if their days differ."""
    if every := EVERY.match(text, at, limit):
        return _every(text, every, limit)
    turn = TURN.match(text, at, limit)
    if not turn:
        return []
    step = turn["step"] or turn["bare"] or turn["of"]
    count = "半" if turn["half"] or (turn["count"] or "").startswith("半") else turn["count"]
    return [_time(turn.start(), turn.end(), _rule(step, count))]


def further_turn(further: re.Match[str]) -> Time:
    """One more turn of a list, as `FURTHER` found it."""
    step = further["step"]
    return _time(further.start("step"), further.end(), _rule(step[-1], "半" if len(step) > 1 else None))


def _every(text: str, every: re.Match[str], limit: int) -> list[Time]:
    start, end = every.span()
    step = every["step"] or every["of"] or every["second"]
    count = "2" if every["other"] else every["count"]
    if step == "半年":
        step, count = "年", "半"
    if every["per"]:
        return [_time(start, end, _rule(step, count))]
    if step.startswith("年") and count in (None, "一", "1"):
        return _in_year(text, start, end, limit)
    if step.startswith("季") and count in (None, "一", "1"):
        return [_in_quarter(text, start, end, limit)]
    if step.startswith("月") and count in (None, "一", "1"):
        return [_in_month(text, start, end, limit)]
    if step in ("周", "星期", "礼拜") and count is None:
        days = _IN_WEEK.match(text, end, limit)
        if days:
            named = ",".join(dict.fromkeys(WEEKDAYS[day] for day in days["days"] if day in WEEKDAYS))
            return [_time(start, _closed(text, days.end(), limit), f"FREQ=WEEKLY;BYDAY={named}")]
    return [_time(start, _closed(text, end, limit), _rule(step, count))]


def _time(start: int, end: int, rule: str | None) -> Time:
    return Time(TimingKind.RECURRING, (start, end), rule=rule)


def _closed(text: str, end: int, limit: int) -> int:
    by = BY.match(text, end, limit)
    return by.end() if by else end


def _rule(step: str, count: str | None) -> str:
    """The rule of every ``count`` steps."""
    half = count == "半"
    number = 1 if half or count is None else int(count) if count.isdigit() else numeral(count)
    if step.startswith("年") or step == "学年":
        return "FREQ=MONTHLY;INTERVAL=6" if half else "FREQ=YEARLY" + _interval(number)
    if step == "学期":
        return "FREQ=MONTHLY;INTERVAL=6"
    if step.startswith("季"):
        return f"FREQ=MONTHLY;INTERVAL={3 * number}"
    if step.startswith("月"):
        return "FREQ=MONTHLY;BYMONTHDAY=15,-1" if half else "FREQ=MONTHLY" + _interval(number)
    if step == "旬":
        return "FREQ=MONTHLY;BYMONTHDAY=10,20,-1"
    if step == "工作日":
        return f"FREQ=WEEKLY;BYDAY={_WORKDAYS}"
    return f"FREQ={_FREQUENCY[step]}{_interval(number)}"


def _interval(number: int) -> str:
    return f";INTERVAL={number}" if number > 1 else ""


def _in_year(text: str, start: int, end: int, limit: int) -> list[Time]:
    """每年2月底前 · 每年6月30日、12月31日前 · 每年汛期前."""
    behind = end + 1 if text.startswith(("的", "于", "在"), end) else end
    dated = dated_at(text, behind, limit, of_a_year=True)
    if not dated:
        event = _EVENT.match(text, behind, limit)
        return [_time(start, event.end() if event else end, "FREQ=YEARLY")]
    points = [point for point in dated.points if point.month]
    days = {_day(point) for point in points}
    if len(days) == 1:
        months = ",".join(str(point.month) for point in points)
        return [_time(start, dated.end, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days.pop()}")]
    rules = [f"FREQ=YEARLY;BYMONTH={point.month};BYMONTHDAY={_day(point)}" for point in points]
    return [_time(start, points[0].end, rules[0]), *_further(points, rules, dated)]


def _further(points: list[Point], rules: list[str], dated: Dated) -> Iterable[Time]:
    for n, (point, rule) in enumerate(zip(points[1:], rules[1:], strict=True), 1):
        yield _time(point.start, dated.end if n == len(points) - 1 else point.end, rule)


def _day(point: Point) -> int:
    return -1 if point.day == 31 and point.precision is not Precision.DAY else point.day


def _in_quarter(text: str, start: int, end: int, limit: int) -> Time:
    match = _IN_QUARTER.match(text, end, limit)
    stop = _closed(text, match.end() if match else end, limit)
    if match is None or not match["which"]:
        return _time(start, stop, "FREQ=MONTHLY;INTERVAL=3")
    which = match["which"]
    nth = _NTH.get(which[0]) or _NTH.get(which[1]) or int(which[1])
    months = ",".join(str(3 * quarter + nth) for quarter in range(4))
    day = match["day"] or _THIRDS.get(match["third"] or "", "-1")
    return _time(start, stop, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={int(day)}")


def _in_month(text: str, start: int, end: int, limit: int) -> Time:
    found = _IN_MONTH.match(text, end, limit)
    match = found if found and found.lastgroup else None  # not 每月的报告
    stop = _closed(text, match.end() if match else end, limit)
    if match is None:
        return _time(start, stop, "FREQ=MONTHLY")
    if match["days"]:
        figures = _DIGITS.findall(match["days"])
        kept = figures[-1:] if re.search("[至到—–-]", match["days"]) else figures
        return _time(start, stop, f"FREQ=MONTHLY;BYMONTHDAY={','.join(str(int(day)) for day in kept)}")
    if match["third"]:
        return _time(start, stop, f"FREQ=MONTHLY;BYMONTHDAY={_THIRDS.get(match['third'], '-1')}")
    if match["work"]:
        word = match["work"]
        place = -1 if word.startswith("最后") else _NTH.get(word[0]) or _NTH.get(word[1]) or int(word[1])
        return _time(start, stop, f"FREQ=MONTHLY;BYDAY={_WORKDAYS};BYSETPOS={place}")
    word = match["weekday"]
    nth = _NTH.get(word[1]) or int(word[1])
    return _time(start, stop, f"FREQ=MONTHLY;BYDAY={nth}{WEEKDAYS[word[-1]]}")
