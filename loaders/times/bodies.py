"""Times in the bodies of items: the times of running text that oblige somebody.

1. A time is looked for only at the tokens of `loaders.lexicon.times`, and read as in a clause.
2. A date obliges if something ends with it (前, 底, 内 after it, 到 before it), or if a clause begins with it and continues with a
   task.  No deadlines are a start (起, 以来), a past year, the day of a statement (截至2023年底的), a day that restricts the
   things meant (6月30日前入职的人员), and a date of issue.
3. The same holds for lengths (一年内发生多起案件的) and recurrences (每年不超过2次, 每年每人3000元).

>>> from loaders.lexicon.scan import scan
>>> text = "于6月15日、9月15日前报送，对6月30日前入职的给予补贴。"
>>> [(time.date, text[slice(*time.span)]) for time in body_times(text, scan(text).times, Issue(2024))]
[('2024-06-15', '6月15日'), ('2024-09-15', '9月15日前')]

Left to others: labels, brackets, cells (`loaders.times.clauses`).
"""

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from graph.model import Precision, Span, TimingKind
from loaders.lexicon.scan import Token
from loaders.lexicon.times import MONTH, RELATIVE, TO, WORDS
from loaders.lexicon.vocabulary import any_of
from loaders.times.clauses import HEDGE, dated_times
from loaders.times.counted import counted_at
from loaders.times.points import dated_at
from loaders.times.recurring import FURTHER as _FURTHER_TURN
from loaders.times.recurring import further_turn, recurring_at
from loaders.times.time import Issue, Time

_SENTENCE, _SAME_SENTENCE = re.compile(r"[。；;\n]"), 200  # 2025年6月底前完成方案，9月底前验收: of the same year
_REACH, _LONGEST_RELATIVE = 60, 3  # the longest expression, 本年度
# what stands before the word on which a date hangs: 24年|6月 · 1—|6月 · 1|2月 · 第|三季度.  Where a line begins with that word,
# ``$`` would stand before the line end
_BACK = re.compile(
    rf"(?:(?:[1-5]\d|{any_of(RELATIVE)})年?度?\s?)?(?:(?:{MONTH}月?[、和]){{1,11}}|{MONTH}月?份?{TO})?[1]?\Z|第?(?:[一二三四]至)?第?\Z"
)
_BACK_ENDS = re.compile(r"[年度\s\d、和第—–－～~〜至到-]")  # with what it ends; most words before a month end otherwise
_IN_FRONT = {"month": 40, "part": 4}
_FIGURES = re.compile(r"[\d一二三四五六七八九十百两半][\d一二三四五六七八九十百两半~～—–-]{0,6}\s?个?月?半?\Z")
# 到2020年 · 截至2020年 : something ends there ; 自2017年 : something begins
# 演出时间：… · 完成期限 … ; not 印发时间：…
LABELLED = re.compile(
    r"""
    (?<!印发) (?<!发布) (?<!公布) (?<!成文) (?<!生成) (?<!更新) (?<!公开) (?<!发文) (?<!上传) (?<!录入)  # not 印发时间：
    (?: 时间 | 时限 | 期限 ) [为是]? [:：]? \s* $                                                  # 演出时间：
  | 阶段 [(（] $                                                                                # 第一阶段（
    """,
    re.VERBOSE,
)
_ENDS_HERE = re.compile(r"(?<=[到至于])|(?<=截止)|(?<=[到至于]\n)|(?<=截止\n)|(?<=确保)|(?<=力争)|(?<=争取)")
# what follows a date that is no deadline: 2017年6月1日起 · 2016年以来 · 2017年度 · 2015年的 · 2016年印发
_NO_DEADLINE = re.compile(
    r"[)）]?(?:\d|起|以来|以后|之后|后|度|的|版|第|》|〕|—|-|–|－|~|至|到|[(（]|印发|发布|公布的|制定的|出台的|期间的|开始|以前的|同期|相比|增)"
)
_STARTS = re.compile("起|以来|以后|之后|至今|后(?![半期])")
# 2020年2月免收房租: what a measure covers
_COVERS = re.compile(r"[^，,。；;]{0,4}(?:免|减|缓|可|应缴|房租|租金|给予|补贴|奖|期间)")
# a date on a line of its own is that of the signature
_ALONE = re.compile(r"[ \t]*[)）]?(?:\s|$|[(（]此件)")
_LINE_BEGINS = re.compile(r"(?:^|\s)[(（]*$")
# 有效期至2027年12月31日 · 试行期两年: how long the document holds
VALIDITY = re.compile(r"(?:有效期限?|执行期限?|实施期限?|施行期限?|试行期限?)(?:内)?[^。；;\n，]{0,24}$")
# a clause opens with it: ,2017年分别确定1个市县 ; not 湖南省2017年重点工作
_OPENS_CLAUSE = re.compile(r"(?<![^。；;，,:：\s.．）)])")
# 截至2023年底的 · 截至2023年底，已建成
_AS_OF = re.compile(r"截[至止](?:到)?$")
_TOLD = re.compile(r"[，,]?(?:的|前的|已|共|全[市县区省国]|累计|我|仍|尚|有)")
# 6月30日前入职的人员
_WINDOW = re.compile(
    rf"已?(?:[^，,。；;的]{{0,4}}(?:{any_of(WORDS['states'])})[^，,。；;]{{0,8}}的|[^，,。；;完建]{{0,2}}的)"
)
_HISTORY = re.compile(r"(?:去|上|前|往|历|同|近)年$|(?:近|最近|过去|此前|以后|今后以?后|连续|满|不足|超过|第)$")
_CONDITION = re.compile(rf"[^，,。；;]{{0,2}}(?:{any_of(WORDS['conditions'])})")
_BEGINS_ACT = re.compile(
    r"(?:^|[，,。；;:：.．\s）)])(?:在|于|用|要在|应在|须在|力争|争取|确保|力争在|争取在|今后|未来|要)?$"
)
_CAP = re.compile(r"(?:不超过|不多于|至多|最多|[少低高多]于|根据|按照|(?<![责导])人|户|名|家|亩)$")
_AMOUNT = re.compile(
    r"""
    (?: 最高 | 不超过 | 每[户人家亩名] | 给予 | 补[贴助] | 奖励 | 收取 | 递[增减] | 增长 | 下降 | 按 )  # 每年每户 · 每年给予
  | \d+ (?: \.\d+ )? (?: 万 | 亿 )? [元%％] | \d+小时                                            # 每年200万元
  | 为一个                                                                                         # 每两年为一个考核期
  | [^，,。；;]{0,4} 不[少低多高]于 \d+ (?: 小时 | 分钟 )                                            # 每天运动不少于1小时
    """,
    re.VERBOSE,
)
# goes on with what is to be done by then: 全年开工建设1万张床位 · 上半年完成
_TO_BE_DONE = re.compile(
    rf"[要应须力确基全]{{0,2}}[^，,。；;的]{{0,4}}(?:{any_of(WORDS['done'])}|开工|新增|新建|实现|达到|培育|培训|组织|开展|举办|召开|启动)"
)
_OF_A_PERIOD = re.compile(
    r"(?P<of>每个|每一)?(?P<name>(?:(?![于在自到个一])[\u4e00-\u9fff]){1,6}期)?第[\d一二三四五]年的?$"
)
_EACH_YEAR = re.compile(r"每年[^。；;\n]{0,60}$")
_BEHIND_YEAR = frozenset("年./．-—–－～~〜至 ")
_NOT_THIS_YEAR = tuple("年每上去前往历同近")
_QUOTES = frozenset('“"「')
_RELATIVE_TO = ("次年", "翌年")


def body_times(text: str, tokens: list[Token], issue: Issue, named: list[Span] | None = None) -> list[Time]:
    """The times of a text outside the ``named`` stretches (titles), in text order. A bare year before that of issue is
    history.
    """
    found: list[Time] = []
    taken = said = 0  # where the last time ended, and the last one with a year
    stated: int | None = None
    asked = issue
    names = iter([*(named or ()), (len(text) + 1, len(text) + 1)])
    name = next(names)
    for start, end, kind in tokens:
        while start >= name[1]:
            name = next(names)
        if start < taken or start >= name[0]:
            continue
        year = stated if said > start - _SAME_SENTENCE and not _SENTENCE.search(text, said, start) else None
        if year != asked.stated:
            asked = issue._replace(stated=year)
        times = list(_READERS[kind](text, start, end, taken, asked))
        if times and VALIDITY.search(text, max(0, times[0].span[0] - _REACH), times[0].span[0]):
            times = [time if time.why else replace(time, why="validity") for time in times]
        if times:
            found += [time for time in times if time.why != "no-time"]
            taken = max(time.span[1] for time in times)
            if (last := times[-1]).date and not last.assumed:
                stated, said = int(last.date[:4]), taken
    return found


def _year(text: str, start: int, end: int, taken: int, issue: Issue) -> Iterable[Time]:
    # most years stand in a number: 〔2017〕
    return _dates(text, start, taken, issue) if text[end : end + 1] in _BEHIND_YEAR else ()


def _month(text: str, start: int, end: int, taken: int, issue: Issue) -> Iterable[Time]:
    low = max(taken, start - _IN_FRONT["month"])
    back = _BACK.search(text, low, start) if start > low and _BACK_ENDS.match(text, start - 1) else None
    at = back.start() if back else start
    if text[at - 1 : at] == "年" or text[at - 2 : at] == "年的":
        return _of_a_period(text, low, at)
    return _dates(text, at, taken, issue)


def _of_a_period(text: str, low: int, at: int) -> Iterator[Time]:
    """考核期第2年10月底前: of a period whose years are not those of the calendar."""
    period = _OF_A_PERIOD.search(text, low, at)
    if period and period["name"]:
        end = _END_OF_PERIOD.match(text, at).end()  # type: ignore[union-attr]
        yield Time(TimingKind.EVENT, (period.start(), end))


_END_OF_PERIOD = re.compile(r"(?:\d{1,2}月(?:底|末|[上中下]旬|\d{1,2}日)?(?:之?前|以前)?)?")


def _part(text: str, start: int, end: int, taken: int, issue: Issue) -> Iterator[Time]:
    if text.startswith(_RELATIVE_TO, start) and _EACH_YEAR.search(text, max(0, start - _REACH), start):
        dated = recurring_at("每年" + text[start + 2 : start + _REACH], 0, _REACH)
        yield from (replace(time, span=(start, start + time.span[1])) for time in dated[:1])
        return
    at = start - 1 if text[start - 1 : start] == "第" and start > taken else start
    if text[at - 1 : at] in _NOT_THIS_YEAR or text[at - 1 : at].isdigit():
        return
    yield from _dates(text, at, taken, issue)


def _dates(text: str, at: int, taken: int, issue: Issue) -> Iterator[Time]:
    limit = min(len(text), at + _REACH)
    dated = dated_at(text, at, limit)
    if dated is None:
        return
    times = list(dated_times(text, dated, limit, issue, issue.stated, max(taken, at - 12)))
    for time in times:
        if time.kind is TimingKind.EVENT and not _event_obliges(text, time.span):
            yield replace(time, why="no-time")
        elif time.kind in (TimingKind.DATED, TimingKind.UNREAD):
            whole = times[0].span[0], times[-1].span[1]
            yield time if _obliges(text, time, whole, issue) else replace(time, why="no-time")
        else:
            yield replace(time, why="no-time") if time.why == "starts" else time


def _event_obliges(text: str, span: Span) -> bool:
    return text.endswith(("前",), *span)


def _obliges(text: str, time: Time, whole: Span, issue: Issue) -> bool:
    """Whether something is due on a date in running text."""
    start, end = whole
    if _HISTORY.search(text, max(0, start - 3), start) or _STARTS.match(text, end):
        return False
    if time.date and issue.year and int(time.date[:4]) < issue.year:
        return False
    as_of = _AS_OF.search(text, max(0, start - 3), start)
    if (as_of and _TOLD.match(text, end)) or _WINDOW.match(text, end):
        return False
    if text.endswith("年度", start, end):
        return False  # 2019年度考核办法
    with_year = text[start : start + 2] == "20"
    if time.closed or LABELLED.search(text, max(0, start - 16), start):
        return True
    if (
        time.precision is Precision.YEAR
        and text.startswith(tuple(RELATIVE), start)
        and end - start <= _LONGEST_RELATIVE
    ):
        return _TO_BE_DONE.match(text, end) is not None and text[start] in "明来后"
    if _ENDS_HERE.match(text, start):
        return with_year or not _NO_DEADLINE.match(text, end) or text[start - 1] in "至到"
    if _NO_DEADLINE.match(text, end) or not (
        _OPENS_CLAUSE.match(text, start) or HEDGE.search(text, max(0, start - 12), start)
    ):
        return False
    alone = time.precision is Precision.DAY and _LINE_BEGINS.search(text, max(0, start - 9), start)
    if _COVERS.match(text, end) or (alone and _ALONE.match(text, end)):
        return False
    if re.search(TO, text[start:end]):
        return time.precision is not Precision.YEAR and text[end : end + 1] not in ("，", ",")
    return with_year or _TO_BE_DONE.match(text, end) is not None


def _each(text: str, start: int, end: int, taken: int, issue: Issue) -> Iterator[Time]:
    found = recurring_at(text, start, min(len(text), start + _REACH))
    if not found:
        return
    stop = found[-1].span[1]
    pays = _AMOUNT.match(text, stop) or _CAP.search(text, max(0, start - 6), start) or text.startswith("次", stop)
    yield from (replace(time, why="no-time") for time in found) if pays else found


def _turn(text: str, start: int, end: int, taken: int, issue: Issue) -> Iterator[Time]:
    low = max(taken, start - 3)
    for at in range(low, start + 1):
        found = recurring_at(text, at, min(len(text), end + 2))
        if found and found[-1].span[1] > start:
            yield from found
            while further := _FURTHER_TURN.match(text, found[-1].span[1]):  # 月调度、季通报、年考核
                found = [further_turn(further)]
                yield from found
            return


def _length(text: str, start: int, end: int, taken: int, issue: Issue) -> Iterator[Time]:
    word = text[start:end]
    limit = min(len(text), end + _REACH)
    if word == "之日起":
        at = end + len(text[end : end + 4]) - len(text[end : end + 4].lstrip("，,在于应的"))
        yield from _counted(text, at, limit)
        return
    if word[0] == "用":
        yield from _counted(text, start + 1, limit)
        return
    figure = _FIGURES.search(text, max(taken, start - 9), start)
    if figure or word[0] == "半":
        at = figure.start() if figure else start
        if text[at - 1 : at] not in ("月", "第", "年") and not text[at - 1 : at].isdigit():
            yield from _counted(text, at, limit)
    elif (
        word == "年内"
        and not text[start - 1 : start].isdigit()
        and text[start - 1 : start] not in ("", "两", "半", "当", "本", "今")
    ):
        yield from _dates(text, start, taken, issue)


def _counted(text: str, at: int, limit: int) -> Iterator[Time]:
    time = counted_at(text, at, limit)
    if time is None:
        return
    start, end = time.span
    counts = time.anchor is not None or not (
        _HISTORY.search(text, max(0, start - 3), start) or _CONDITION.match(text, end) or _WINDOW.match(text, end)
    )
    if counts and time.anchor is None and time.unit == "年":
        counts = _BEGINS_ACT.search(text, max(0, start - 4), start) is not None
    yield time if counts else replace(time, why="no-time")


def _plan(text: str, start: int, end: int, taken: int, issue: Issue) -> Iterable[Time]:
    """“十四五”末: the end of a five-year plan; most of them are names (“十四五”规划)."""
    return _dates(text, start - 1 if text[start - 1 : start] in _QUOTES and start > taken else start, taken, issue)


def _event(text: str, start: int, end: int, taken: int, issue: Issue) -> Iterator[Time]:
    at = start - 1 if text[start - 1 : start] in '“"「' and start > taken else start
    if not text.startswith(("期", "后", "往", "提", "述"), end):
        yield Time(TimingKind.EVENT, (at, end))


def _ongoing(text: str, start: int, end: int, taken: int, issue: Issue) -> Iterator[Time]:
    verb = _GOES_ON.match(text, end)
    if verb or not text.endswith("化", start, end):
        yield Time(TimingKind.ONGOING, (start, verb.end() if verb else end))


_GOES_ON = re.compile(any_of(WORDS["goes_on"]))
_READERS: dict[str, Callable[[str, int, int, int, Issue], Iterable[Time]]] = {
    "year": _year,
    "month": _month,
    "part": _part,
    "each": _each,
    "turn": _turn,
    "length": _length,
    "plan": _plan,
    "event": _event,
    "ongoing": _ongoing,
}
