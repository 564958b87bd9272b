"""Dates: days, months, quarters, half-years and years as written, alone, in a range or in a list.

1. `POINT` reads one: with its year (2024年6月底, 24年9月底, 明年6月), without (6月30日, 年底), in figures (2024.6.30).  The start of a
   range may be cut short in it (1-06月, 10-20日).
2. After 至 the second date is the end of a range, after 、 one more of a list; both take year and month from the date before
   them (2024年9月15日至10月15日).
3. A date is the last day that still meets it; an earlier month than the one before it belongs to the next year (11月至3月).
   2025年前 ends with 2024, as 前 does not count the year itself; in a plan of 2025 only the end of 2025 can be meant.

>>> text = "2024年11月15日至次年3月底前"
>>> dated = dated_at(text, 0, len(text))
>>> [date for date, _, _ in dated.dates(Issue(2024))]
['2025-03-31']

Left to others: whether something is due then (`loaders.times.clauses`, `loaders.times.bodies`).
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from graph.model import Precision
from loaders.lexicon.times import DAY, FOLLOWING, MONTH, PLANS, QUARTERS, RELATIVE, TO
from loaders.lexicon.vocabulary import any_of
from loaders.times.time import Issue

# what may stand behind a year
_PART = rf"""
    (?: 年? (?P<end> 底 | 末 | 终 (?![端身止]) )                            # 年底 · 年年底
      | (?: 前? 第? (?P<first_quarter> [一二三四1-4] ) (?: 季度 )? {TO} )?  # 一至|三季度
        前? 第? (?P<quarter> [一二三四1-4] ) 个? 季 度? (?P<quarter_end> 末 | 底 )?
      | (?P<half> [上下] ) 半年 (?P<half_end> 末 | 底 )?
      | (?P<months> (?: {MONTH} 月? [、,，和及] ){{0,11}} )                 # 3、6、9、|12月
        (?: (?P<first_month> {MONTH} ) \s? 月? 份? {TO} )?                  # 1-|06月
        (?P<month> {MONTH} ) \s? 月 \s?
        (?: (?: (?P<first_day> {DAY} ) [日号]? {TO} )?                      # 10-|20日
            (?P<day> {DAY} ) \s? [日号]
          | 份? (?P<third> 底 | 末 | 上旬 | 中旬 | 下旬 | 初 | 中 (?=[前，,。；;）)、完]|$) )?  # 6月底 · 6月份
        )
    )
"""
# 2017年 · 2018—2020年 · 24年|9月 · 明年 · 十四五|末
YEARED = re.compile(
    rf"""
    (?<!\d)
    (?: (?: 20\d\d \s? 年? {TO} )? (?P<year> 20\d\d ) \s? 年 \s? 度? (?![春夏秋冬暑寒])
      | (?<![.\d第约近满]) (?P<short> [1-5]\d ) 年 (?= 年?[底末] | [上下]半年 | 第?[一二三四1-4]季 | \s?{MONTH}月 )
      | (?P<relative> {any_of(RELATIVE)} ) 度? 的?
    )
    \s? (?: {_PART} )?
    (?! \s? \d{{1,2}} [月日号]                                           # 2024年13月, 2024年6月45日
      | 初 (?! [中小级一二三次审步始] )                                   # 2024年初启动 ; not 2024年初步完成
      | 中 (?: [前，,。；;、）)完期] | $ | 启动 | 评估 | 检查 | 开展 | 召开 )   # 2024年中评估
    )
    """,
    re.VERBOSE,
)
# 6月30日 · 三季度 · 年底 · 全年 · 月底 ; not the 6月 of 每年6月, 第2年6月
BARE = re.compile(
    rf"""
    (?<!\d) (?<!年)
    (?: (?P<now> 年 (?: 底 | 末 | 内 | 终 (?![端身止]) | 度 内 ) | 全年 (?!龄) )
      | (?P<this> 本月 | 当月 | (?<![每个]) (?=月[底末]) ) 月? (?: (?P<this_day> {DAY} ) [日号] | 底 | 末 | (?=[内中]) )
      | {_PART.replace("年? (?P<end>", "(?!) (?P<end>")}
    )
    (?! \d{{1,2}} [月日号] )
    """,
    re.VERBOSE,
)
# behind 每年: 2月底 · 12月 · 年底 · 底
OF_A_YEAR = re.compile(rf"(?<!\d) (?: {_PART} | 年内 | (?P<whole>全年) )", re.VERBOSE)
# 2021.7.31 · 2024-06-30 · 2024.6底 · 2024/9/30
FIGURES = re.compile(
    rf"""
    (?<![\d.])
    (?P<year> 20\d\d ) (?P<mark> [./\-．] ) (?P<month> {MONTH} )
    (?: (?P=mark) (?P<day> {DAY} ) )?  # the same mark twice: 2024-06-30 ; not 2024-06.30
    (?! [\d年] | [.．]\d ) 日? 月? (?P<third> 底 | 末 | 上旬 | 中旬 | 下旬 | 初 )?
    """,
    re.VERBOSE,
)
# “十四五”末 · 十四五期间
PLAN = re.compile(
    rf"""[“"「]? (?P<plan> {any_of(PLANS)} ) [”"」]? (?: 规划 | 时期 )? (?P<end> 期?末 | 末期 | 收官 | 期间 | 期 | 时期 )""",
    re.VERBOSE,
)
_DAY_ALONE = re.compile(rf"(?P<day>{DAY})[日号]")
_TO, _AND = re.compile(rf"\s?{TO}\s?"), re.compile(r"\s?[、和及与]\s?(?:到|至)?")
# 前 · 18时前 · 下班前 · 内 ; not 前期, 前后, 内部
BY = re.compile(
    r"""
    \s? (?: [上下]午 | 晚上? )? \s?                                               # 6日|下午5点前
    (?: \d{1,2} (?: [时点] (?: \d{1,2}分 | 整 )? | [:：] \d\d ) | 下班 )?          # 6日|18时前 · 6日|18:00前
    (?: 之前 | 以前 | 前 (?![期后置提述往夕来]) | 之内 | 以内 | 内 (?![部容外设控涵]) )  # not 前期, 内部
  | \s? (?: 为止 | 止 ) (?!损)
    """,
    re.VERBOSE,
)
_THIRDS = {"上旬": 10, "初": 10, "中旬": 20, "中": 20}
_FIGURE = re.compile(r"\d+")


class Point(NamedTuple):
    """One date as written: ``year``, or ``shift`` years behind that of issue; ``day`` 31 is the month's last.

    ``month`` 0 is the month of issue.  ``ends``: the words themselves say that it is an end (底, 末).
    """

    start: int
    end: int
    year: int | None
    shift: int | None
    month: int
    day: int
    precision: Precision
    ends: bool
    after: bool = False  # 次年: of the year last said, where one was
    before: bool = False  # 2025年|前: of the years before it


class Dated(NamedTuple):
    """The dates of one expression: of a range its end, of a list each."""

    start: int
    end: int
    points: tuple[Point, ...]
    ranged: bool
    by: bool  # 前, 内 behind it

    @property
    def closed(self) -> bool:
        """Whether its own words say that something ends then."""
        return self.by or self.points[-1].ends

    @property
    def whole_year(self) -> bool:
        """Whether it names nothing smaller than a year."""
        return self.points[-1].precision is Precision.YEAR

    def dates(self, issue: Issue, stated: int | None = None) -> list[tuple[str, Precision, bool]] | None:
        """Each last day, its precision, and whether its year is assumed; None if the year or the month is unknown."""
        found = [_date(point, issue, stated) for point in self.points]
        return None if None in found else [date for date in found if date]


def _date(point: Point, issue: Issue, stated: int | None) -> tuple[str, Precision, bool] | None:
    year, assumed = point.year, point.year is None
    if year is None:
        base = stated if stated and (point.after or point.shift is None) else issue.year
        if base is None:
            return None
        year, assumed = base + (point.shift or 0), base is not stated
    if point.before and (issue.year is None or issue.year < year):
        year -= 1
    month = point.month or issue.month
    return (_iso(year, month, point.day), point.precision, assumed) if month else None


@lru_cache(maxsize=4096)
def _iso(year: int, month: int, day: int) -> str:
    """The date, or the month's last day where it has no such day."""
    return f"{year}-{month:02}-{min(day, monthrange(year, month)[1]):02}"


def dated_at(text: str, at: int, limit: int, *, of_a_year: bool = False) -> Dated | None:
    """The dates that begin at ``at``, or None; with ``of_a_year``, those after 每年."""
    match = OF_A_YEAR.match(text, at, limit) if of_a_year else None
    first = _points(match) if match else [] if of_a_year else _first(text, at, limit)
    if not first:
        return None
    points, ranged = first, False
    while True:
        end = points[-1].end
        goes_to, more = _TO.match(text, end, limit), _AND.match(text, end, limit)
        if goes_to and (then := _next(text, goes_to.end(), limit, points[-1])):
            points[-1:], ranged = _behind(points[-1], then, later=True), True
        elif more and (then := _next(text, more.end(), limit, points[-1])):
            points += _behind(points[-1], then)
        else:
            break
    by = BY.match(text, end, limit)
    if by and by[0].endswith("前") and points[-1].precision is Precision.YEAR and not points[-1].ends:
        points[-1] = points[-1]._replace(before=True)
    return Dated(at, by.end() if by else end, tuple(points), ranged, by is not None)


def _first(text: str, at: int, limit: int) -> list[Point]:
    for expression in (YEARED, BARE, FIGURES, PLAN):
        if match := expression.match(text, at, limit):
            return _points(match)
    return []


def _next(text: str, at: int, limit: int, before: Point) -> list[Point]:
    """The points behind 至 or 、: with a year, without, or of a day alone."""
    if before.precision is Precision.DAY and (day := _DAY_ALONE.match(text, at, limit)):
        return [before._replace(end=day.end(), day=int(day["day"]))]
    return _first(text, at, limit)


def _behind(before: Point, then: list[Point], *, later: bool = False) -> list[Point]:
    """``then`` with the year of the point that it goes on from; with ``later`` an earlier month is of the next year."""
    made = []
    for point in then:
        if point.year is None and point.shift is None:
            years = int(later and 0 < point.month < before.month)
            if before.year is not None:
                point = point._replace(year=before.year + years)
            elif before.shift is not None or years:
                point = point._replace(shift=(before.shift or 0) + years, after=before.after)
        elif point.after and before.year is not None:
            point = point._replace(year=before.year + (point.shift or 0))
        made.append(point)
    return made


def _points(match: re.Match[str]) -> list[Point]:
    """The points of a match: several where months are listed (3、6、9月)."""
    said = match.groupdict()
    get, (start, end) = said.get, match.span()
    if get("plan"):
        ends = said["end"] in ("末", "期末", "末期", "收官")
        return [Point(start, end, PLANS[said["plan"]], None, 12, 31, Precision.YEAR, ends)]
    year = int(said["year"]) if get("year") else 2000 + int(said["short"]) if get("short") else None
    relative = get("relative")
    shift, after = (RELATIVE[relative], relative in FOLLOWING) if relative else (None, False)
    month, day, precision, ends = _in_year(said)
    if get("first_month") and int(said["first_month"]) > month:  # 11月至3月
        year, shift = year and year + 1, None if year else (shift or 0) + 1
    last = Point(start, end, year, shift, month, day, precision, ends, after)
    if not get("months"):
        return [last]
    return [*(last._replace(month=int(listed)) for listed in _FIGURE.findall(said["months"])), last]


def _in_year(said: Mapping[str, str | None]) -> tuple[int, int, Precision, bool]:
    """Month, day and precision of what stands behind a year, and whether it is an end (底, 末)."""
    get = said.get
    if get("this") is not None:
        this_day = said["this_day"]
        return 0, int(this_day or 31), Precision.DAY if this_day else Precision.MONTH, True
    if quarter := get("quarter"):
        return 3 * QUARTERS[quarter], 31, Precision.MONTH, bool(said["quarter_end"])
    if half := get("half"):
        return 6 if half == "上" else 12, 31, Precision.MONTH, bool(said["half_end"])
    if not (month := get("month")):
        return 12, 31, Precision.YEAR, bool(get("end") or get("now") not in (None, "全年"))
    third = get("third")
    if day := get("day"):
        return int(month), int(day), Precision.DAY, third is not None
    return int(month), _THIRDS.get(third or "", 31), Precision.MONTH, third is not None
