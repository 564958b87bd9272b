"""Deadlines: time phrases of a text, and what each of them asks.

1. Around every year token a date phrase is read (``2017年6月底前``); its date is the last day that still meets it.
2. A date is a deadline when something ends with it: 前, 底, 末, 内 behind it, 到/至 before it, or a clause that opens with it
   (2017年分别确定…).  A start (起, 以来), a past year, a year inside a title is none.
3. 每年… is a recurrence (an RFC 5545 rule), …日内 a duration with the event it runs from.
4. `completion` reads the clause of a completion label: its conditional part (没有明确时间要求的), its date, what goes on.

>>> [d.date for d in dates("2017年年底前一律下放,争取2018年6月底前公布", [(0, 4, "2017"), (15, 19, "2018")], 2017)]
['2017-12-31', '2018-06-30']

Left to others: which deadline an item ends up with (`loaders.plan`), expanding recurrences (a question of later date).
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from graph.model import DeadlineKind, Precision, Span
from graph.numerals import numeral
from loaders.lexicon.scan import Token, Tokens, scan, tokens_within
from loaders.phrases.sentences import sentence_start
from loaders.rule import Rule, gives


class DeadlineMatch(NamedTuple):
    """One time phrase; ``span`` in the text given. Exactly one of date, recurrence, duration is set, or the kind is ongoing."""

    kind: DeadlineKind
    span: Span
    rule: Rule
    date: str | None = None
    precision: Precision | None = None
    conditional: bool = False
    hedge: str | None = None
    recurrence: str | None = None
    duration: int | None = None
    duration_unit: str | None = None
    anchor: str | None = None

    def moved(self, by: int) -> "DeadlineMatch":
        """The same phrase in a text in which it stands ``by`` further."""
        return DeadlineMatch._make((self.kind, (self.span[0] + by, self.span[1] + by), *self[2:]))


# 2017年年底前 · 2017年6月底前 · 2018年12月31日前 · 2019年上半年 · 2014年4季度 · 2017年
DATE = re.compile(
    r"""
    (?P<year>20\d\d) \s? 年 \s? (?![春夏秋冬暑寒])                               # 2017年 ; not 2017年春节
    (?: (?P<from_month>1[0-2]|[1-9]) 月? [-—–－～~至] (?=(?:1[0-2]|[1-9])月) )?  # 3—|6月
    (?: 年? (?P<end>底|末)                                                       # 年底
      | (?P<half>[上下])半年
      | 第? (?P<quarter>[一二三四1-4]) 季度 (?:末|底)?                           # 第三季度末 · 4季度
      | (?P<month>1[0-2]|0?[1-9]) \s? 月 \s?
        (?: (?P<day>3[01]|[12]\d|0?[1-9]) [日号]                                 # 12月31日
          | 份? (?P<month_end> 底 | 末 | 中旬 | 上旬 | 下旬 | 初 )?              # 6月底 · 6月份
        )
    )?
    (?! \d{1,2}[月日号] )                                                        # 2024年13月, 2024年6月45日 are no dates
    (?P<before> 之前 | 以前 | 前 | 之内 | 以内 | 内 )?
    """,
    re.VERBOSE,
)
# 2021.7.31 · 2024-06-30 · 2024/9/30 · 2024.6 : dates in figures, read in a completion clause only
DATE_IN_FIGURES = re.compile(
    r"""
    (?<![\d.])
    (?P<year>20\d\d) (?P<mark>[./\-]) (?P<month>1[0-2]|0?[1-9])
    (?: (?P=mark) (?P<day>3[01]|[12]\d|0?[1-9]) )?  # the same mark twice: 2024-06-30 ; not 2024-06.30
    (?![\d.]) 日?
    (?P<before> 之前 | 以前 | 前 | 底前 | 底 )?
    """,
    re.VERBOSE,
)
# 到2020年 · 截至2020年 : something ends there ; 自2017年 : something begins
# (looked for from behind, for it stands right before the date)
ENDS_HERE = re.compile(r"(?<=[到至于])|(?<=截止)|(?<=[到至于]\n)|(?<=截止\n)")
# what follows a date that is no deadline: 2017年6月1日起 · 2016年以来 · 2017年度 · 2015年的 · 2016年印发
NOT_A_DEADLINE = re.compile(r"[)）]?(?:\d|起|以来|以后|度|的|版|第|》|〕|—|-|–|－|~|至|[(（])")
# a clause opens with the year: ,2017年分别确定1个市县 ; not 湖南省2017年重点工作
OPENS_CLAUSE = re.compile(r"(?<![^。；;，,:：\s])")
HEDGE = re.compile(r"(?P<hedge>原则上|力争|争取)(?:应当?|要|须)?(?:在|于|到)?$")
_EXPLICIT = DeadlineKind.EXPLICIT
_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

# 每年2月底前 · 每年 · 每季度 ; not 每年最高50万元 (an amount)
RECURRENCE = re.compile(
    r"""
    每
    (?: 年 (?:度)? 第? (?P<of_year>[一二三四]) 季度 (?:末|底)? (?:之前|以前|前)?  # 每年第一季度末前
      | (?P<years>两)? 年 (?:度)?                                                 # 每年 · 每两年 · 每年度
        (?: (?P<month>1[0-2]|[1-9]) 月
            (?: (?P<day>3[01]|[12]\d|[1-9]) [日号] | (?P<end>底|末) )? (?:之前|以前|前)?  # 每年2月底前
        )?
      | (?P<half> 半年 )
      | (?P<quarter> 季度? )
        (?: 末
          | (?P<first> 首月 | 第一个月 ) (?P<quarter_day>3[01]|[12]\d|[1-9]) [日号] (?:之前|以前|前)?  # 每季度首月10日前
        )?
      | (?P<monthly> 月 )
        (?: (?P<month_day>3[01]|[12]\d|[1-9]) [日号] | (?P<month_last>底|末) )? (?:之前|以前|前)?  # 每月5日前
      | (?P<weekly> 周 )
      | (?P<term> 学期 | 学年 )
    )
    """,
    re.VERBOSE,
)
# 检查频次不超过每年2次: a bound, no duty that comes back
CAP = re.compile(r"(?:不超过|不多于|至多|最多)$")
AMOUNT = re.compile(r"(?:最高|不超过|每[户人家亩]|给予|补[贴助]|奖励)|\d+(?:\.\d+)?(?:万|亿)?元")
# 自有关依据公布之日起30个工作日内 · 应在30日内 ; not 一年内发生多起 (no event, no duty to act)
DURATION = re.compile(r"(?P<figure>\d{1,3}|[一二三四五六七八九十百两]{1,6})个?$")
ANCHOR = re.compile(r"(?:自|从)(?P<anchor>[^，,。；;自从]{2,40}?)(?P<from>之日起|起|之后|后)(?:的|，|,)?$")
# without 自 the event opens its clause: 收到申请后5个工作日内 ; not 今后三年内
AFTER = re.compile(
    r"(?:\A|(?<=[，,。；;:：\n]))(?:在|于|应在|应当在)?(?P<anchor>[^，,。；;自从]{2,20}?)(?P<from>之日起|之后|后)$"
)
_UNITS = {
    "日内": "日",
    "日之内": "日",
    "天内": "日",
    "个工作日": "工作日",
    "工作日": "工作日",
    "个月内": "个月",
    "周内": "周",
    "年内": "年",
}

# 6月底完成 · 9月30日前 · 第三季度末 : the year is the year of issue ; not 3月份以来, not 12月2日印发
YEARLESS = re.compile(
    r"""
    (?<!\d) (?<!\d年)                                                # not the 6月 of 2017年6月
    (?P<this> 今年 | 当年 | 本年度? | 年 )?
    (?: 第? (?P<quarter>[一二三四1-4]) 季度 (?:末|底)?
      | (?P<half>[上下])半年
      | (?P<end> 年底 | 年末 | 全年 )
      | (?P<month>1[0-2]|[1-9]) 月
        (?: (?P<day>3[01]|[12]\d|[1-9]) [日号]                       # 9月30日
          | 份? (?P<month_end> 底 | 末 | 中旬 | 上旬 | 下旬 | 初 )?  # 6月底 · 6月份
        )
    )
    (?P<before> 之前 | 以前 | 前 | 之内 | 以内 | 内 )?
    """,
    re.VERBOSE,
)
# what is only a stage on the way, or hangs on another's timetable: no date ; 取得阶段性成效并持续推进 ; 按国家统一安排
NO_DATE = re.compile(
    r"持续|长期|常态化|全年(?:任务|工作|推进|实施|坚持|开展)|按(?:国家|省|上级)[^，,。；;]{0,8}(?:安排|部署)|(?:^|[，,])每"
)
# what tells no time of its own, and says so: 按国家统一安排, 尽快完成
NO_TIME_TOLD = re.compile(r"按|尽快|尽早|及时|适时|视|根据|依")
CONDITION = re.compile(r"(?:没有|无|未)明确(?:的)?(?:完成)?(?:时间|时限)(?:要求|规定)?的|其他|其余")
PART = re.compile(r"[；;。]|[，,](?=(?:没有|有|无|未)明确|属于|凡)")
COMMA = re.compile(r"[，,、]")
A_DAY = re.compile(r"\d年|\d{1,2}月|年底|季度|半年")
A_TIME = re.compile(r"\d年|\d{1,2}月|年底|季度|半年|全年|长期|持续|常态化")
# 5月底取得阶段性成效，并持续推进 · 3月启动，持续推进: a stage on the way, no date
ON_THE_WAY = re.compile(r"启动|阶段性|(?:明显|初步|积极|实质性)?(?:成效|进展)")
_LONGEST_KEPT = 400  # a clause longer than this is not kept
ONGOING = re.compile(
    r"常态化|长期(?:坚持|推进|实施)|(?:长期|持续)(?:推进|实施|优化|坚持)?|每年持续|尽早完成|立行立改|全年(?:任务|工作|推进|实施|坚持|开展)"
)


def dates(text: str, years: list[Token], since: int) -> Iterator[DeadlineMatch]:
    """The deadlines with a date around the year tokens; a bare year before ``since`` is history."""
    for start, _, year in years:
        match = DATE.match(text, start)
        if not match:
            continue
        phrase = date_phrase(text, match)
        if phrase and int(year) >= since:
            yield phrase


def date_phrase(text: str, match: re.Match[str]) -> DeadlineMatch | None:
    """The deadline that a match of `DATE` states, or None when nothing ends with it."""
    start, end = match.span()
    by = match["before"]
    if match["from_month"] and not by:
        return None
    ends = by or match["end"] or match["month_end"] or ENDS_HERE.match(text, start)
    if not ends and (NOT_A_DEADLINE.match(text, end) or not OPENS_CLAUSE.match(text, start)):
        return None
    if not by and text.startswith(("起", "以来", "以后"), end):
        return None
    day, precision = _last_day(match, int(match["year"]))
    hedge = HEDGE.search(text, max(0, start - 12), start)
    return DeadlineMatch(_EXPLICIT, (start, end), DATE_PHRASE, day, precision, hedge=hedge["hedge"] if hedge else None)


def _last_day(match: re.Match[str], year: int) -> tuple[str, Precision]:
    """The last day that still meets a matched phrase of ``year``, and its precision."""
    if match.re is DATE_IN_FIGURES and not match["day"]:
        return _iso(year, int(match["month"]), 31), Precision.MONTH
    if match["day"]:
        return _iso(year, int(match["month"]), int(match["day"])), Precision.DAY
    if match["month"]:
        month = int(match["month"])
        last = {"上旬": 10, "初": 10, "中旬": 20}.get(match["month_end"] or "", 31)
        return _iso(year, month, last), Precision.MONTH
    if match["quarter"]:
        return _iso(year, 3 * _QUARTER[match["quarter"]], 31), Precision.MONTH
    if match["half"]:
        return _iso(year, 6 if match["half"] == "上" else 12, 31), Precision.MONTH
    return f"{year}-12-31", Precision.YEAR


@lru_cache(maxsize=4096)
def _iso(year: int, month: int, day: int) -> str:
    """The date, or the month's last day where it has no such day."""
    return f"{year}-{month:02}-{min(day, monthrange(year, month)[1]):02}"


def recurrences(text: str, tokens: list[Token]) -> Iterator[DeadlineMatch]:
    """Duties that come back: 每年, 每年2月底前, 每季度."""
    for start, _, _ in tokens:
        match = RECURRENCE.match(text, start)
        if match and not AMOUNT.match(text, match.end()) and not CAP.search(text, max(0, start - 6), start):
            yield DeadlineMatch(DeadlineKind.RECURRING, match.span(), RECURRING, recurrence=_rule(match))


def _rule(match: re.Match[str]) -> str:
    if match["of_year"]:
        return f"FREQ=YEARLY;BYMONTH={3 * _QUARTER[match['of_year']]};BYMONTHDAY=-1"
    if match["half"] or match["term"]:
        return "FREQ=MONTHLY;INTERVAL=6" if match["half"] or match["term"] == "学期" else "FREQ=YEARLY"
    if match["quarter_day"]:
        return f"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY={match['quarter_day']}"
    if match["quarter"]:
        return "FREQ=MONTHLY;INTERVAL=3"
    if match["weekly"]:
        return "FREQ=WEEKLY"
    if match["monthly"]:
        day = match["month_day"] or ("-1" if match["month_last"] else "")
        return "FREQ=MONTHLY" + (f";BYMONTHDAY={day}" if day else "")
    rule = "FREQ=YEARLY" + (";INTERVAL=2" if match["years"] else "")
    if match["month"]:
        rule += f";BYMONTH={match['month']};BYMONTHDAY={match['day'] or -1}"
    return rule


def durations(text: str, tokens: list[Token]) -> Iterator[DeadlineMatch]:
    """Times counted from an event: 自有关依据公布之日起30个工作日内; without an event only days and months count."""
    for start, end, word in tokens:
        stop = end if word.endswith("内") else end + 1
        if not word.endswith("内") and not text.startswith("内", end):
            continue
        low = sentence_start(text, start)
        figure = DURATION.search(text, max(low, start - 7), start)
        if not figure:
            continue
        before = text[max(low, figure.start() - 2) : figure.start()]
        anchor = None
        if "后" in before or "起" in before:  # most times are counted from no event
            anchor = ANCHOR.search(text, low, figure.start()) or AFTER.search(text, low, figure.start())
        if word == "年内" and not anchor:
            continue
        value = figure["figure"]
        yield DeadlineMatch(
            DeadlineKind.DURATION,
            (_anchored(anchor) if anchor else figure.start(), stop),
            COUNTED,
            duration=int(value) if value.isdigit() else numeral(value),
            duration_unit=_UNITS[word],
            anchor=anchor["anchor"] + ("之日" if anchor["from"] == "之日起" else "") if anchor else None,
        )


def _anchored(anchor: re.Match[str]) -> int:
    """Where a duration begins: at 自, or at the event itself."""
    return anchor.start("anchor") if anchor.re is AFTER else anchor.start()


def completion(text: str, content: Span, year: int | None = None) -> list[DeadlineMatch]:
    """What a completion clause asks: dates (conditional or not) and what goes on. Kind ``default`` or ``ongoing``.

    A month without a year takes ``year``, the year of issue.
    """
    start, end = content
    words = text[start:end]
    read = _completion if len(words) <= _LONGEST_KEPT else _completion.__wrapped__
    return [p.moved(start) for p in read(words, year)]


@lru_cache(maxsize=65536)
def _completion(words: str, year: int | None) -> tuple[DeadlineMatch, ...]:
    """`completion` of one clause, places in its words. Kept, because one time stands in item after item."""
    found: list[DeadlineMatch] = []
    stated: int | None = None  # 2021年6月底完成主体，9月底验收: a month takes the year before it
    for start, end in _parts(words):
        found += _part(words, start, end, year, stated)
        stated = next((int(p.date[:4]) for p in reversed(found) if p.date and p.rule is not YEAR_OF_ISSUE), None)
    if any(phrase.kind is DeadlineKind.ONGOING for phrase in found) and ON_THE_WAY.search(words):
        found = [phrase for phrase in found if not phrase.date]
    return tuple(found)


def _parts(words: str) -> Iterator[Span]:
    """The parts of a clause that each tell a time of their own: 2024年底前完成试点，2025年全面推开，长期坚持."""
    at = 0
    for mark in (*PART.finditer(words), None):
        end = mark.start() if mark else len(words)
        for comma in COMMA.finditer(words, at, end):
            parts = (at, comma.start()), (comma.end(), end)
            if all(A_TIME.search(words, *part) for part in parts) and any(A_DAY.search(words, *part) for part in parts):
                yield at, comma.start()
                at = comma.end()
        yield at, end
        at = mark.end() if mark else end


def _part(text: str, start: int, end: int, year: int | None, stated: int | None) -> list[DeadlineMatch]:
    words = text[start:end]
    if not NO_DATE.search(words):
        dated = [
            _default(text, match, start)
            for match in sorted(
                [*DATE.finditer(text, start, end), *DATE_IN_FIGURES.finditer(text, start, end)], key=_at
            )
            if not text.startswith(("起", "以来"), match.end())
        ]
        if not dated and (stated or year):
            dated = [_this_year(match, stated, year) for match in YEARLESS.finditer(text, start, end)]
        if dated:
            # 2021年6月—12月, 从…至…: the last one is when all is due
            return dated[-1:] if len(dated) == 2 and re.search("至|到|—|-|～", words) else dated
    if ONGOING.search(words):
        first = start + len(words) - len(words.lstrip())
        return [DeadlineMatch(DeadlineKind.ONGOING, (first, first + len(words.strip())), ONGOING_CLAUSE)]
    tokens = scan(words)
    counted = [*recurrences(words, tokens.recurrences), *durations(words, tokens.periods)]
    return [p.moved(start) for p in counted]


def _at(match: re.Match[str]) -> int:
    return match.start()


def _this_year(match: re.Match[str], stated: int | None, year: int | None) -> DeadlineMatch:
    """A month without a year: of the year that the clause has just said, else of the year of issue."""
    day, precision = _last_day(match, stated or year or 0)
    return DeadlineMatch(
        DeadlineKind.DEFAULT, match.span(), COMPLETION_CLAUSE if stated else YEAR_OF_ISSUE, day, precision
    )


def _default(text: str, match: re.Match[str], start: int) -> DeadlineMatch:
    day, precision = _last_day(match, int(match["year"]))
    before = text[start : match.start()]
    hedge = HEDGE.search(before)
    return DeadlineMatch(
        DeadlineKind.DEFAULT,
        match.span(),
        COMPLETION_CLAUSE,
        day,
        precision,
        conditional=CONDITION.search(before) is not None,
        hedge=hedge["hedge"] if hedge else None,
    )


def body_phrases(text: str, tokens: Tokens, since: int, titles: list[Span]) -> list[DeadlineMatch]:
    """Every time phrase outside the clauses and outside ``titles`` (2016—2020年 in 《》 is a name), in text order."""
    named = {token for title in titles for token in tokens_within(tokens.years, *title)}
    years = [token for token in tokens.years if token not in named] if named else tokens.years
    found = [*dates(text, years, since), *recurrences(text, tokens.recurrences), *durations(text, tokens.periods)]
    return sorted(found, key=lambda phrase: phrase.span)


COMPLETION_CLAUSE = Rule(
    "completion-clause", "", "deadline", "完成时限栏中的日期", completion,
    (
        gives("1.清理。\n责任单位：市司法局\n完成时限：2018年底前\n", "default 2018-12-31"),
        gives("1.清理。\n责任单位：市司法局\n完成时限：2021年6月底完成主体，9月底验收\n", "default 2021-06-30", "default 2021-09-30"),
    ),
    ("1.清理。\n责任单位：市司法局\n完成时限：长期坚持\n", "1.2018年底前完成清理。\n责任单位：市司法局\n"),
)  # fmt: skip
ONGOING_CLAUSE = Rule(
    "ongoing-clause", "", "deadline", "完成时限栏中的长期、持续", completion,
    (
        gives("1.清理。\n责任单位：市司法局\n完成时限：长期坚持\n", "ongoing"),
        gives("1.清理。\n责任单位：市司法局\n完成时限：持续推进\n", "ongoing"),
    ),
    ("1.长期以来问题突出，要清理。\n责任单位：市司法局\n", "1.清理。\n责任单位：市司法局\n完成时限：2018年底前\n"),
)  # fmt: skip
YEAR_OF_ISSUE = Rule(
    "year-of-issue", "", "deadline", "没有年份的月份按印发之年", completion,
    (
        gives("1.清理。\n责任单位：市司法局\n完成时限：6月底前\n", "default 2026-06-30"),
        gives("1.清理。\n责任单位：市司法局\n完成时限：9月15日前\n", "default 2026-09-15"),
    ),
    ("1.清理。\n责任单位：市司法局\n完成时限：2018年6月底前\n", "1.清理。\n责任单位：市司法局\n完成时限：6个月内\n"),
)  # fmt: skip
DATE_PHRASE = Rule(
    "date-phrase", "", "deadline", "正文中到期的日期", body_phrases,
    (
        gives("1.2026年6月底前完成清理。\n责任单位：市司法局\n", "explicit 2026-06-30"),
        gives("1.到2027年底，全部公开。\n责任单位：市司法局\n", "explicit 2027-12-31"),
    ),
    ("1.落实2026年工作要点。\n责任单位：市司法局\n", "1.自2026年6月1日起施行新办法。\n责任单位：市司法局\n"),
)  # fmt: skip
RECURRING = Rule(
    "recurrence", "", "deadline", "每年、每季、每月", recurrences,
    (
        gives("1.每年2月底前报告工作。\n责任单位：市司法局\n", "recurring FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        gives("1.每季度通报一次。\n责任单位：市司法局\n", "recurring FREQ=MONTHLY;INTERVAL=3"),
    ),
    ("1.每年每人不超过3000元。\n责任单位：市司法局\n", "1.逐年完善。\n责任单位：市司法局\n"),
)  # fmt: skip
COUNTED = Rule(
    "duration", "", "deadline", "自某事起若干日内", durations,
    (
        gives("1.自公布之日起30个工作日内备案。\n责任单位：市司法局\n", "duration 30 工作日"),
        gives("1.三个月内整改到位。\n责任单位：市司法局\n", "duration 3 个月"),
    ),
    ("1.年内完成清理。\n责任单位：市司法局\n", "1.工作日照常办理。\n责任单位：市司法局\n"),
)  # fmt: skip
TIME_RULES = (COMPLETION_CLAUSE, ONGOING_CLAUSE, YEAR_OF_ISSUE, DATE_PHRASE, RECURRING, COUNTED)
