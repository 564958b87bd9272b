"""Times in clauses: all times of a label, a bracket or a cell, or none.

1. The clause is split if each part has its own time (2024年底前完成试点，2025年全面推开，长期坚持).
2. Every recurrence, length and date of a part is read.  A date that leads to an event (2024年汛期前) means the event.
3. A part without any of these is continuing work (长期坚持), an event (开学前) or explicitly vague (尽快). Otherwise it is not
   understood: its words are kept, and ``why`` says what is missing.

>>> [(time.kind.value, time.date) for time in clause_times("6月底前出台方案，汛期前完成清淤", Issue(2024))]
[('dated', '2024-06-30'), ('event', None)]

Left to others: bodies of items, where most words are not about times (`loaders.times.bodies`).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from graph.model import Span, TimingKind
from loaders.lexicon.times import TO, WORDS
from loaders.lexicon.vocabulary import any_of
from loaders.times.counted import LENGTH, counted_at, length_of
from loaders.times.points import Dated, dated_at
from loaders.times.recurring import recurring_at
from loaders.times.time import Issue, Time

_LONGEST_KEPT = 400  # a clause longer than this is not kept, and not parted at its commas
_REACH = 60  # how far before a date stands what it hangs on: 没有明确时间要求的
PART = re.compile(r"[；;。\n]|[，,](?=(?:没有|有|无|未)明确|属于|凡)")
_COMMA = re.compile(r"[，,、]")
_A_DAY = re.compile(r"\d年|\d{1,2}月|\d[./-]\d|[今明次翌来本]年|年[底末内]|季度|半年")
_A_TIME = re.compile(
    rf"{_A_DAY.pattern}|每[年季月周日天半]|[日天年月周时]内|(?:{any_of(WORDS['events'])})节?(?:之|以)?前|{any_of(('全年', '长期', '持续', '常态化', '常年'))}"
)
# where a time may begin
HEAD = re.compile(r"[\d每按逐隔今明次翌来后本当上下第年月季全半前首一二两三四五六七八九十周日旬“\"「]")
HEDGE = re.compile(r"(?P<hedge>原则上|力争|争取)(?:应当?|要|须)?(?:在|于|到)?$")
CONDITION = re.compile(r"(?:没有|无|未)明确(?:的)?(?:完成)?(?:时间|时限)(?:要求|规定)?的|其他|其余")
_NOTHING = re.compile(rf"\s*(?:{any_of(WORDS['nothing'])})?[\s。]*")
_STARTS = re.compile(rf"\s?(?:起|以来|以后|之后|后(?![半期])|开始|至今|{TO}\s?(?:长期|今后))")
# 2024年|汛期前 · 2025年|两会召开前 ; not 2024年|完成前期工作
TAIL = re.compile(
    r"""
    [“"]?
    [^，,。；;、（）()\n\d前后]{1,12}? (?: 之前 | 以前 | 前 | 之后 | 以后 | 后 | 期间 | 时 ) (?= [，,。；;、）)\s完] | $ )
    """,
    re.VERBOSE,
)
_NOUN_BEHIND = re.compile(rf"[“\"「]?(?:{any_of(WORDS['events'])})")
ONGOING = re.compile(any_of((*WORDS["ongoing"], *WORDS["at_once"])))
_GOES_ON = re.compile(
    "|".join(word for word in WORDS["ongoing"] if word not in WORDS["by_steps"])
)  # 立即, 逐步 leave a date
_ON_THE_WAY, _DONE = re.compile(any_of(WORDS["on_way"])), re.compile(any_of(WORDS["done"]))
# 按国家统一安排: it hangs on another's schedule
OF_OTHERS = re.compile(r"按照?(?:国家|省|市|县|中央|上级|自治区)[^，,。；;]{0,8}(?:安排|部署|要求|进度|时间|节点)")
NO_DAY = re.compile(any_of(WORDS["no_day"]))
HANDS_OVER = re.compile(r"有明确(?:的)?(?:完成)?(?:时间|时限)(?:要求|规定)?的")
_EVENT = re.compile(any_of(WORDS["events"]))
_HANGS_ON = re.compile(r"[^，,。；;]{2,30}(?:之?前|以前|之?后|以后|期间|[^同及届随]时)[^，,。；;]{0,8}\s*$")
_BROKEN_DATE = re.compile(r"\d\s*[月年./]")
_AND = re.compile(r"[，,、并且和及\s]*")
_REGULARLY = re.compile("定期|不定期|每次|每逢")
_A_NUMBER = re.compile(r"\d")
_RANGE_WORDS = re.compile("至|到|—|-|～")


def clause_times(words: str, issue: Issue) -> tuple[Time, ...]:
    """The times of a clause, in text order; places in its words."""
    return _kept(words, issue) if len(words) <= _LONGEST_KEPT else _read(words, issue)


def says_nothing(words: str) -> bool:
    """Whether a clause of time is empty, or a sign for no time (无, —)."""
    return _NOTHING.fullmatch(words) is not None


def _read(words: str, issue: Issue) -> tuple[Time, ...]:
    found: list[Time] = []
    stated: int | None = None  # 2021年6月底完成主体，9月底验收: a month takes the year before it
    for start, end in _parts(words):
        part = list(_part(words, start, end, issue, stated))
        found += part
        said = [time for time in part if time.date and not time.assumed]
        stated = int((said[-1].date or "0")[:4]) if said else None if part and stated is None else stated
    if any(time.kind is TimingKind.ONGOING for time in found) and _ON_THE_WAY.search(words) and not _DONE.search(words):
        found = [time for time in found if not time.date]
    return tuple(found)


_kept = lru_cache(maxsize=65536)(_read)


def _parts(words: str) -> Iterator[Span]:
    at = 0
    for mark in (*PART.finditer(words), None):
        end = mark.start() if mark else len(words)
        for comma in _COMMA.finditer(words, at, end) if end - at <= _LONGEST_KEPT else ():
            parts = (at, comma.start()), (comma.end(), end)
            if (
                comma[0] != "、"
                and all(_A_TIME.search(words, *part) for part in parts)
                and any(_A_DAY.search(words, *part) for part in parts)
            ):
                yield at, comma.start()
                at = comma.end()
        yield at, end
        at = mark.end() if mark else end


def _part(words: str, start: int, end: int, issue: Issue, stated: int | None) -> Iterator[Time]:
    start += len(words[start:end]) - len(words[start:end].lstrip())
    end = start + len(words[start:end].rstrip())
    if _NOTHING.fullmatch(words, start, end):
        return
    found = list(_scan(words, start, end, issue, stated))
    dated = [time for time in found if time.kind is TimingKind.DATED]
    if dated and OF_OTHERS.search(words, start, end):
        yield Time(TimingKind.EVENT, (start, end))
        return
    ongoing = ONGOING.search(words, start, end)
    if dated and (ongoing := _GOES_ON.search(words, start, end)):
        last = dated[-1]
        goes_on = last.closed and _AND.fullmatch(words, last.span[1], ongoing.start())  # 6月底前|并|长期坚持
        done = goes_on or _DONE.search(words, last.span[1], ongoing.start())
        yield from (dated if done else ())
        yield Time(TimingKind.ONGOING, (ongoing.start(), end) if done else (start, end))
        return
    if found:
        if len(dated) == len(found) == 2 and _RANGE_WORDS.search(words, start, end):
            found = found[-1:]  # 从2021年6月开始，到2022年3月: the last one is when all is due
        yield from found
        return
    yield from _without_date(words, start, end, ongoing is not None)


def _without_date(words: str, start: int, end: int, ongoing: bool) -> Iterator[Time]:
    """What a part says that names no date."""
    span = start, end
    if ongoing:
        yield Time(TimingKind.ONGOING, span)
    elif length := LENGTH.fullmatch(words, *span):  # 1个月, 3个工作日
        figure, unit = length_of(length)
        yield Time(TimingKind.DURATION, span, length=figure, unit=unit)
    elif HANDS_OVER.search(words, *span):
        return
    elif OF_OTHERS.search(words, *span):
        yield Time(TimingKind.EVENT, span)
    elif _REGULARLY.search(words, *span):
        yield Time(TimingKind.RECURRING, span)
    elif NO_DAY.search(words, *span):
        yield Time(TimingKind.UNREAD, span, why="no-day")
    elif _EVENT.search(words, *span) or (_HANGS_ON.search(words, *span) and not _BROKEN_DATE.search(words, *span)):
        yield Time(TimingKind.EVENT, span)
    elif (opened := _STARTS.search(words, *span)) and _A_NUMBER.search(words, start, opened.start()):
        yield Time(TimingKind.ONGOING, span)
    else:
        yield Time(TimingKind.UNREAD, span, why="not-understood")


def _scan(words: str, start: int, end: int, issue: Issue, stated: int | None) -> Iterator[Time]:
    """The times of a part, from left to right."""
    at = start
    while head := HEAD.search(words, at, end):
        at = head.start()
        found = list(times_at(words, at, end, issue, stated, start))
        if found:
            yield from (time for time in found if time.why != "starts")
            at = max(time.span[1] for time in found)
        else:
            at += 1


def times_at(words: str, at: int, end: int, issue: Issue, stated: int | None, low: int) -> Iterator[Time]:
    """The times that begin at ``at``. A time that only starts there (2024年3月起) has the ``why`` ``starts``."""
    if recurring := recurring_at(words, at, end):
        yield from recurring
    elif counted := counted_at(words, at, end):
        yield counted
    elif dated := dated_at(words, at, end):
        yield from dated_times(words, dated, end, issue, stated, low)


def dated_times(words: str, dated: Dated, end: int, issue: Issue, stated: int | None, low: int) -> Iterator[Time]:
    """The times of the dates that were found; ``low`` is how far before them 力争 may stand."""
    if not dated.by and not dated.points[-1].ends:
        tail = TAIL.match(words, dated.end, end)
        done = tail and _DONE.search(words, dated.end, tail.end())  # 2024年完成招标后
        if tail and not done and (dated.whole_year or _NOUN_BEHIND.match(words, dated.end)):
            yield Time(TimingKind.EVENT, (dated.start, tail.end()))
            return
        if noun := _NOUN_BEHIND.match(words, dated.end, end):  # 2024年汛期
            yield Time(TimingKind.EVENT, (dated.start, noun.end()))
            return
    if not dated.by and _STARTS.match(words, dated.end, end):
        yield Time(TimingKind.ONGOING, (dated.start, dated.end), why="starts")
        return
    dates = dated.dates(issue, stated)
    if dates is None:
        yield Time(TimingKind.UNREAD, (dated.start, dated.end), why="no-year")
        return
    low = max(low, dated.start - _REACH)
    hedge = HEDGE.search(words, low, dated.start)
    conditional = CONDITION.search(words, low, dated.start) is not None
    at = dated.start
    for n, (day, precision, assumed) in enumerate(dates):
        stop = dated.end if n == len(dates) - 1 else dated.points[n].end
        first = at if n == 0 else dated.points[n].start
        first = min(first, stop)
        yield Time(
            TimingKind.DATED, (first, stop), day, precision, assumed, conditional, hedge["hedge"] if hedge else None, closed=dated.closed
        )  # fmt: skip
