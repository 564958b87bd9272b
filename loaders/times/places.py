"""Times among bearers: whether words are a time, and where the time ends and the bearers begin.

`split_time` separates a time from the bearers before or after it; `is_time` says whether words are only a time.

>>> text = "市财政局；持续推进"
>>> [text[slice(*span)] for span in split_time(text, (0, len(text))) if span]
['市财政局', '持续推进']
>>> is_time("2021年6月底前完成"), is_time("2021年第3号公告"), is_time("长期以来问题突出")
(True, False, False)

Left to others: the meaning of a time (`loaders.times.clauses`).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from graph.model import Span, TimingKind
from loaders.lexicon.marks import trim
from loaders.lexicon.roles import BEHIND, IN_PROSE
from loaders.lexicon.times import WORDS
from loaders.lexicon.vocabulary import any_of, first_signs
from loaders.times.clauses import clause_times
from loaders.times.time import Issue, Time

# one of them stands in whatever says a time
TIME_SIGN = re.compile(r"[月年季周日天旬时期长常持立即近尽适久前内贯边./]")
# words that say when, whatever stands beside them
_BY_WORD = (
    *(word for word in WORDS["ongoing"] if word not in ("逐步", "持续")),
    *("持续", "近期", "尽快", "适时"),
    *WORDS["at_once"],
)
TIME = re.compile(
    rf"""
    (?= [\d季半年全每本当明次按月一二三五十两正冬腊{first_signs((*_BY_WORD, *WORDS["events"]))}] )
    (?:
    \d{{1,2}} 月 | \d 年 | 季度 | 半年 | 年 [底内末终] | 全年 | [每本当明次] 年 | [每按] 个? [月周季日天旬]
  | 20\d\d [./-] \d | 月 [底末] | [\d一二三五十两半]{{1,3}} 个? (?: 工作日 | 日 | 天 | 月 | 周 | 小时 ) [以之]? 内
  | {any_of(_BY_WORD)}
  | (?: {any_of(WORDS["events"])} ) 节? (?: 之前 | 以前 | 前 | 期?间 )
  | [正冬腊] 月                                                     # 腊月廿三前
    )
    """,
    re.VERBOSE,
)
# where a cell of time begins in a table that lost its cells
CELL_BEGINS = re.compile(
    r"""
    20\d\d 年 | 每 [年季月半周日] | \d{1,2} 月 | 年 [底末] 前? | 全年 | 已 | 逐步推
  | 按 (?: 国家 | 省 | 上级 | 要求 ) | 立即 | 适时 | 尽快 | 持续 | 长期 | 常年 | 常态
    """,
    re.VERBOSE,
)
MARKS = re.compile(r"[；;，,]|[ ](?=20\d\d年|\d{1,2}月|长期|持续|常年)")
_ROLE_WORD = re.compile(f"{IN_PROSE}|{any_of((*BEHIND['lead'], *BEHIND['cooperating']))}|责任|落实|会同")
# behind or before a time that stands by itself: what is done then
_MANNER = re.compile(
    rf"(?:{any_of((*WORDS['done'], *WORDS['goes_on'], *WORDS['on_way'], *WORDS['at_once']))}|[并、，,和到于在力争确保基本全部全面取得明显初步整改报送])*"
)
_LONGEST_MANNER, _LONGEST_BEHIND = 8, 16
_ONGOING = re.compile(
    rf"(?:{any_of((*WORDS['ongoing'], *WORDS['at_once']))})(?:{any_of((*WORDS['ongoing'], *WORDS['at_once'], *WORDS['goes_on']))}|[并、，,和])*"
)
# 2024年“五一”节前完成
_EVENT = re.compile(
    rf"(?:(?:20\d\d|[今明次本当])年)?[“\"]?(?:{any_of(WORDS['events'])})[”\"]?[节期季]?(?:来临|到来|召开|开始|结束)?(?:之前|以前|前){_MANNER.pattern}"
)
_GLUED = re.compile(r"(?<![\d年第每、和及与])(?:20\d\d年|\d{1,2}月|年底|年内|每[年季月周日]|长期|持续|常年|常态化)")
_YEARS = Issue(2000, 1)  # of which year does not matter here
# 市财政局（2024年6月底前）
_BRACKETED = re.compile(r"[(（](?P<time>[^()（）]{1,40})[)）]$")


def is_time(words: str) -> bool:
    """Whether words are only a time and what is done by then (2021年6月底前完成 · 长期坚持 · 汛期前)."""
    words = words.strip("。；;，, ")
    if not words or len(words) > 40 or not TIME_SIGN.search(words):
        return False
    if _ONGOING.fullmatch(words):
        return True
    times = clause_times(words, _YEARS)
    if not times or any(
        time.kind in (TimingKind.UNREAD, TimingKind.ONGOING) and not _whole(words, time) for time in times
    ):
        return False
    if any(time.kind is TimingKind.EVENT and not _EVENT.fullmatch(words, *time.span) for time in times):
        return False
    spans = sorted(time.span for time in times)
    before, behind = words[: spans[0][0]], words[spans[-1][1] :]
    between = "".join(words[left[1] : right[0]] for left, right in pairwise(spans))
    if not _MANNER.fullmatch(before + between):
        return False
    if all(time.kind is TimingKind.DATED and not time.closed for time in times):
        return (
            bool(behind) and _MANNER.fullmatch(behind) is not None
        )  # not （2017年）, （2021年6月）: of something else
    if _MANNER.fullmatch(behind):
        return True
    return len(behind) <= _LONGEST_MANNER and not re.search(r"\d", behind) and not _ROLE_WORD.search(behind)


def _whole(words: str, time: Time) -> bool:
    return _ONGOING.fullmatch(words, *time.span) is not None or time.why == "no-year"


def bracketed_time(text: str, span: Span) -> Span | None:
    """The time in a bracket after a name, without the bracket: 市财政局（2024年6月底前）."""
    match = _BRACKETED.search(text, *span)
    return match.span("time") if match and TIME.search(match["time"]) and not _ROLE_WORD.search(match["time"]) else None


def without_time(name: str) -> str:
    """A name without the time in a bracket after it: 市财政局（2024年6月底前）."""
    if not name.endswith((")", "）")):
        return name
    time = bracketed_time(name, (0, len(name)))
    return name[: time[0] - 1] if time else name


def begins_with_time(words: str) -> bool:
    """Whether a line is a time with little after it: 2019年底前完成."""
    words = words.strip().rstrip("。；;，,")
    times = clause_times(words, _YEARS) if TIME_SIGN.search(words) else ()
    if not times or times[0].span[0] > 0 or times[0].kind is TimingKind.UNREAD:
        return False
    return TIME.search(words, 0, 12) is not None and len(words) - times[-1].span[1] <= _LONGEST_BEHIND


def split_time(text: str, content: Span) -> tuple[Span, Span | None]:
    """The bearers of a narrative bracket, and the time before or after them: ；持续推进."""
    if not TIME_SIGN.search(text, *content):
        return content, None
    marks = [m.start() for m in MARKS.finditer(text, *content)]
    if marks and TIME.search(text, marks[-1], content[1]) and not _ROLE_WORD.search(text, marks[-1], content[1]):
        first = len(marks) - 1
        while first and begins_with_time(text[marks[first - 1] + 1 : marks[first]]):  # ，上半年完成排查|，持续推进
            first -= 1
        return trim(text, content[0], marks[first]), trim(text, marks[first] + 1, content[1])
    if marks and TIME.search(text, content[0], marks[0]) and not _ROLE_WORD.search(text, content[0], marks[0]):
        return trim(text, marks[0] + 1, content[1]), trim(text, content[0], marks[0])
    glued = _GLUED.search(text, (marks[-1] if marks else content[0]) + 2, content[1])
    if glued and is_time(text[glued.start() : content[1]]):  # 市财政局6月底前完成 · 市财政局于6月底前完成
        end = glued.start() - text.startswith("于", glued.start() - 1)
        return trim(text, content[0], end), trim(text, glued.start(), content[1])
    return content, None


_LONGEST_STRETCH = 30
_STRETCH_STOP = re.compile(r"[。；;\n《》]")


def time_stretches(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretches of running words that are a time, and with it what is done then, from each place where one may begin."""
    for begins in CELL_BEGINS.finditer(text, start, end):
        first = begins.start()
        stop = _STRETCH_STOP.search(text, first, min(end, first + _LONGEST_STRETCH))
        words = text[first : stop.start() if stop else min(end, first + _LONGEST_STRETCH)]
        goes_on = _ONGOING.match(words)
        times = () if goes_on else clause_times(words, _YEARS)
        last = goes_on.end() if goes_on else next((time.span[1] for time in times if not time.span[0]), 0)
        if last > 1:
            yield first, first + last
            manner = _MANNER.match(words, last)
            if manner and manner.end() > last:
                yield first, first + manner.end()
