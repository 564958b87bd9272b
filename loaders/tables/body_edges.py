"""Names of bodies in text that is run together: every stretch that may be one, for a search to choose from.

Where a name begins is the question: at a level (市, 县 …) that is no part of another word, at the name of a place that the
text knows, behind a mark or another name. A stretch that holds a second sure beginning behind a body's end is two names.

>>> text = "更换供水管县住建局县水利局各镇人民政府"
>>> names = {text[a:b] for a, b, _ in body_edges(text, (0, len(text)), frozenset())}
>>> {"县住建局", "县水利局", "各镇人民政府"} <= names, "县住建局县水利局" in names
(True, False)

Left to others: which of them are bearers (`loaders.tables.align`).
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from graph.model import Span
from loaders.lexicon.bodies import ends_as_body, is_certain_body, is_collective, looks_like_body
from loaders.lexicon.places import place_at_start
from loaders.lexicon.roles import DOES
from loaders.phrases.joined import GLUED

_MOST_STARTS = 8  # before an end, in which its name may begin
_LONGEST, _LONGEST_PAID = 22, 15
_LEVELS = "省市县区州盟旗镇乡"
_START = re.compile(
    r"""
      (?: [省县州盟旗] | (?<![城乡村集])镇 | (?<![城下家回水])乡 | (?<![城上超菜门夜])市 | (?<![辖园聚小社灾景库厂地片街林矿老专牧城])区 ) (?! [场级域别块] )
    | 各 (?=[省市县区州镇乡街有相级部单成])
    | 国家 | 国务院 | 国网 | 国资 | 中国 | 中共 | 人行 | 人民银行 | 团(?=[省市县区州]) | 全[市县区省] | 有关 | 相关 | 驻 | 属地 | 其他 | 事发地
    """,
    re.VERBOSE,
)
_END = re.compile(
    r"""
      委员会 | 办公室 | 办公厅 | 法院 | 检察院 | 研究院 | 学院 | 医院 | 政府 | 公司 | 银行 | 集团 | 中心 | 工会 | 协会 | 联合会
    | 管委会 | 海关 | 单位 | 部门 | 企业 | 大学 | 学校 | 街道 | 办事处 | 电网 | 供电 | 电力 | 烟草 | 电信 | 移动 | 联通 | 铁塔
    | [大支总中]队 | [工商残妇科文]联 | [支分]行 | [局委办厅部院联镇乡团组署社处站所园区县协会馆台校室]
    """,
    re.VERBOSE,
)
_STOP = re.compile(r"[、，,；;。：:\n\t|│┃“”《》！？\s]")
_BEHIND_MARK = re.compile(r"[、，,；;。：:\n\t|│┃）)”》]|[ ]+|会同|以及")
_NO_NAME = re.compile(r"[的了将对把在等\d]|(?<=[^直府级属])各")  # 市直各部门
_DOES = re.compile(rf"(?:{DOES})(?![局委处部站所中室组办科院队会]|管理[局委处中])")
_INNER = re.compile(r"(?:(?<!总)局|[办厅部院处队委])(?=[省市县区](?![级直域场别委]))")
_BRACKET = re.compile(r"[(（][^()（）\n]{1,20}[)）]")
_BODY_END = "局办厅部院会处队联委心司行关府室站所）)"
_COLLECTED = re.compile(
    r"各?[省市县区乡镇街道]{1,3}[（(][省市县区乡镇街道旗、办事处]{1,8}[)）](?:人民政府|政府|党委|党工委|管委会|办事处)?"
)
# 东城区的 says a place; 政策市财政局 says none
_PLACE = re.compile(
    r"""
    (?P<name> [\u4e00-\u9fff]{2} )
    (?= (?P<level> [省市县区州旗] ) (?! [^、，。；\d（）()\n\t|]{1,11}? (?: 局 | 委 | 办 | 厅 | 部 | 院 | 会 | 队 | 行 ) ) )
    """,
    re.VERBOSE,
)
_NO_PLACE = re.compile(f"[{_LEVELS}{_BODY_END}各等全及和与]")
_OF_THE_STATE = ("国家", "中国", "国网", "人行", "人民银行", "国务院", "中共")
# 市教育局机关党委, 市公安局交警支队 are one body
_OF_A_BODY = (
    "办",
    "机关",
    "党",
    "所属",
    "直属",
    "下属",
    "分",
    "交警",
    "交通警察",
    "特警",
    "巡特警",
    "巡警",
    "刑警",
    "刑侦",
    "治安",
)
_LONGEST_LEVEL = 3  # 各县(市|区): levels side by side
_OFFICE_FOLLOWS = re.compile(
    r"(?:[\u4e00-\u9fff]{2})?[省市县区州镇乡盟旗]?(?:党?委|人民政府|政府)"
)  # 市委|督查室 is one body
_AND = re.compile("[和及与]")
_BROKEN = re.compile(r".?局(?!长|部).")
_BEFORE_BODY = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2})(?P<level>[市县区旗])(?=[\u4e00-\u9fff]{1,9}?(?:局|委|办|厅|部|院|会|队))"
)
_LEAST_BEFORE, _SHARE_BEFORE = 4, 0.5
_LEAST_SEEN = 2
_NAME = 2  # signs of most names of places


def places_named(text: str) -> frozenset[str]:
    """The names of places that a text says several times with their level, without it: 东城 (区), 广安 (市)."""
    seen = Counter((match["name"], match["level"]) for match in _PLACE.finditer(text))
    found = {name for (name, level), times in seen.items() if times >= _LEAST_SEEN and _is_place(name, level)}
    # before most names of bodies: 青川县财政局青川县教育局
    before = Counter((match["name"], match["level"]) for match in _BEFORE_BODY.finditer(text))
    whole = before.total()
    found |= {
        name
        for (name, level), times in before.items()
        if times >= _LEAST_BEFORE and times > _SHARE_BEFORE * whole and _is_place(name, level)
    }
    return frozenset(found)


def _is_place(name: str, level: str) -> bool:
    return place_at_start(name + level) == name + level and not _NO_PLACE.search(name)


def body_edges(
    text: str, span: Span, places: frozenset[str], behind: Iterable[int] = ()
) -> Iterator[tuple[int, int, bool]]:
    """Every stretch of ``text[span]`` that may be the name of a body: where it begins and ends, and whether surely.

    ``places``: names of places with which one begins; ``behind``: places of the text at which one may begin.
    """
    low, high = span
    starts = {match.start() for match in _START.finditer(text, low, high)}
    if places:
        starts |= {match.start() for match in re.compile("|".join(sorted(places))).finditer(text, low, high)}
    marks = {low, *behind, *(match.end() for match in _BEHIND_MARK.finditer(text, low, high))}
    ordered = sorted(starts | marks)
    ended: set[int] = set()  # where sure names end: the next one may begin there
    for end in sorted({match.end() for match in _END.finditer(text, low, high)}):
        first = max(low, end - _LONGEST)
        stop = max((m.end() for m in _STOP.finditer(text, first, end)), default=first)
        nearby = {*ordered[bisect_left(ordered, stop) : bisect_left(ordered, end - 1)][-_MOST_STARTS:]}
        for start in sorted(nearby | {at for at in ended if stop <= at < end - 1}):
            sure = _is_name(text, start, end, starts, marks, ended)
            if sure is None:
                continue
            bracket = _BRACKET.match(text, end, high)
            yield start, end, sure
            if bracket:
                yield start, bracket.end(), sure
            if sure and not _OFFICE_FOLLOWS.fullmatch(text, start, end):
                ended.add(bracket.end() if bracket else end)
                ended.add(end)
        ended = {at for at in ended if at > end - 2 * _LONGEST}
    for match in _COLLECTED.finditer(text, low, high):
        yield match.start(), match.end(), True


def _is_name(text: str, start: int, end: int, starts: set[int], marks: set[int], ended: set[int]) -> bool | None:
    """Whether a stretch may be one name (True: surely one), None if it is none, or two."""
    words = text[start:end]
    if not _may_be_name(words):
        return None
    begins, behind_mark = start in starts, start in marks
    if not begins and _AND.search(words):
        return None
    sure = is_certain_body(words) or is_collective(words)
    alone = behind_mark and (end >= len(text) or _BEHIND_MARK.match(text, end) is not None or text[end] in "（(和及与")
    if not sure and not ((alone or start in ended or begins) and ends_as_body(words)):
        return None
    if _DOES.search(words) and not alone:
        return None
    return None if _holds_another(text, start, end, starts, ended) else sure


@lru_cache(maxsize=16384)
def _may_be_name(words: str) -> bool:
    """Whether words can be one name, wherever they stand; kept, for a table names the same bodies again and again."""
    if len(words) < 2 or (len(words) == 2 and words[0] not in _LEVELS and words[0] not in "各团"):
        return False
    return not (
        _NO_NAME.search(words)
        or _is_doubled(words)
        or GLUED.search(words)
        or _INNER.search(words, 2)
        or _BROKEN.match(words)
    )


def _is_doubled(words: str) -> bool:
    """Whether a sign stands twice at the beginning, which no name has but 市市场监管局."""
    return words[0] == words[1] and words[2:3] not in ("场", "容", "政")


def _holds_another(text: str, start: int, end: int, starts: set[int], ended: set[int]) -> bool:
    """Whether another name begins within a stretch: behind a body's end, or behind words that are no name."""
    sure_start = start in ended or text.startswith(_OF_THE_STATE, start)
    for at in range(start + 2, end - 1):
        behind_body = text[at - 1] in _BODY_END
        if at in starts and is_certain_body(text[at:end]):
            if behind_body and looks_like_body(text[start:at]):
                return True
            # 服务|市民政局 ; not 各区市县人民政府
            told = sure_start or _is_listed_place(text, start, at)
            if not told and (start not in starts or at - start > _LONGEST_LEVEL):
                return True
        if (
            text[at - 1] in "局厅司"
            and at in ended
            and not text.startswith(_OF_A_BODY, at)
            and ends_as_body(text[at:end])
        ):
            return True
    return False


def _is_listed_place(text: str, start: int, at: int) -> bool:
    """Whether a name of a place stands between a mark of a list and a level: 、|颍东|区人民政府."""
    return at - start == _NAME and text[start - 1 : start] == "、" and _is_place(text[start:at], text[at])


def size_paid(text: str, start: int, end: int) -> int:
    """The size of a name for its price: what is longer than any plain name is worth no more, one without a level less."""
    return min(end - start, _LONGEST_PAID) - (_START.match(text, start) is None)
