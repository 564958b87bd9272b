"""The outline: headings and numbered nodes of a text, as a tree in text order.

1. A marker (``一、`` ``(四)`` ``⒛`` ``21.`` ``第三条`` ``①``) is looked for at the start of every line. Inside a line, where a
   line break may be lost, it is looked for after a bracket or a full stop, if it continues a series, and after a colon, if
   it begins one of which the first is assigned before the second.  In a text that has
   lost most of its line breaks, it is looked for after white space and full stops, where it must continue or begin a
   series, and directly after a word (保障措施9.统筹; 责任单位：市司法局二、公开), where only the series distinguishes it from a
   figure in the sentence.
2. A number behind a name (反馈问题一：, 任务2：) is a marker, too; it ranks above the markers that stand only below such.
3. Markers are ranked by family, part before chapter before ``一、`` before ``(一)`` before ``1.`` …; a node's parent is the
   nearest earlier node of a higher rank.  A node ends at the next marker of the same or a higher rank.

>>> [(n.label, n.number, n.level) for n in outline("一、总体要求\\n(一)目标\\n1.甲。\\n2.乙。\\n二、任务")]
[('一、', 1, 1), ('(一)', 1, 2), ('1.', 1, 3), ('2.', 2, 3), ('二、', 2, 1)]

Left to others: which nodes are items and which are sections (`loaders.items.choose`).
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import TypeAlias

from graph.numerals import numeral
from loaders.lexicon.bodies import ends_as_body
from loaders.lexicon.numbers import FIGURES, MARKER, MARKER_START, NUMBERED_NAME, NUMBERED_NAMES, NUMERAL, PROBLEM_NAMES
from loaders.lexicon.roles import HEAD, IN_PROSE, LEAD, ROLE_OF_WORD
from loaders.lexicon.vocabulary import any_of, load_yaml, role_labels

# the families of markers, highest first; ⒛ and 21. are one series
RANKS = {
    "part": 0,
    "chapter": 10,
    "article": 20,
    "comma": 30,
    "bracket": 40,
    "named": 45,
    "dotted": 50,
    "arabic": 50,
    "sub": 60,
    "enclosed": 60,
    "circled": 70,
}

_BEGIN = re.compile(r"\s*(?:[★☆▲△●◆■※]{1,2}\s*)?")  # of a line; ★1. marks an item that matters more
_LINE = re.compile(rf"\n{_BEGIN.pattern}")
# where a marker may stand inside a line, behind a gap or glued to a word.  Found is the sign at the place, of a glued one also
# what follows it.  The sign stands before all else, because a search skips to it fast; `(?<=X.)` looks at what is before it
MARKER_INSIDE = re.compile(
    rf"""
    {MARKER_START}
    (?: (?P<gap>
            (?<=\A.)
          | (?<= [\s。；;：:)）〕］】》”] . )                          # 。二、 · ）3.
          | (?<= [^第条款项至和、] [(（〔] )                           # 措施（二） ; not 第（二）项, 一条（二）, （一）至（二）
        )
      | (?<=[\d①-⑳]) (?<= [\u4e00-\u9fff”》] . )                       # 保障措施9.统筹 · 保障措施①统筹 ; not 3.5%
        (?: (?<=[①-⑳]) | \d? [.．、] ) (?= [ ]? [\u4e00-\u9fff“《] )
      | (?<=[一二三四五六七八九十]) (?<= [^\s第至和与、{FIGURES}] . )  # 市司法局二、公开 ; not 第二、
        [一二三四五六七八九十]{{0,2}} 、 (?=[\u4e00-\u9fff“《])
        (?! [{FIGURES}]{{1,3}} [、级类期等] )                          # not 有一、二、三类企业
      | (?<=第) (?<= [^\s照按及和至与、《] . ) (?<! [依根]据 . )       # 生产能力第七条蔬菜 ; not 依照第三条, 根据第三条
        (?: {NUMERAL} | \d{{1,3}} ) [条章] (?= [ ]{{0,2}} [\u4e00-\u9fff“] )
        (?! [规所的款第项和中至之及] )                                 # not 第三条规定, 第三条第一款
    )
    """,
    re.VERBOSE,
)
# what stands before a glued 一、: the last word of a title or heading, a date, a body
_TITLE_END = re.compile(r"(?:方案|意见|通知|措施|办法|细则|规定|要点|计划|规划|清单|分工|任务|要求|目标|原则|\d)$")
_LONGEST_END = 16
# what a line break may be lost behind, in a text that has its line breaks
_LOST_BEHIND = "。)）〕】 "
_ANNOUNCED_BY = ":："  # 任务改定如下：1.…
_ASSIGNS = re.compile(f"(?:{any_of(ROLE_OF_WORD)}){HEAD}")
# a numbered name right before a marker
LISTED = re.compile(r"\d[.．、)）]\s*(?P<name>[^、，,。；;：:\s]{2,20})[、，,；;\s]*$")
_LONGEST_LISTED = 30
_CLOSED = ("。", ")", "）", "〕", "】")
_LEAST_INSIDE = 4
# where the measures of a problem begin in the line of their label, and where one of them ends
_MEASURES = re.compile(r"措施[:：】］\]][ ]?(?=[(（①⑴])")
_CLOSED_MEASURE = re.compile(r"[；;。][ ]?(?=[(（①-⑳⑴-⒇])")
_INNER = frozenset(("sub", "enclosed", "circled"))
_NAMED = re.compile(f"(?P<noun>{NUMBERED_NAMES})(?:清单)?[ （(]{{0,2}}[0-9一二三四五六七八九十]")
# 科室：… · 责任单位 … · 市财政局牵头 · （市财政局）
_ASSIGNED = re.compile(
    rf"(?:{any_of(load_yaml('roles')['asks_for_bodies'])})(?:[（(][^()（）\n]{{0,20}}[)）])?[:：]"
    rf"|{any_of(word for word, role in role_labels().items() if role != 'deadline')}|{LEAD}|{IN_PROSE}|[局委办部厅院会府][）)]"
)
_LONGEST_POINT = 1500
_LARGEST = 999  # a number above it is one of an item only in its series
_BELOW_NUMBERS = RANKS["arabic"] + 5
_LONGEST_KIND = 4
_OF_ITEMS = frozenset(("chapter", "article", "comma", "bracket", "dotted", "arabic"))
# a line longer than this is no paragraph: it has lost its line breaks
_FLAT = 400


# what may be a marker, and what stands before it: ``line`` (its start), ``gap``, ``word``, ``lost`` (a break may be), or
# ``colon`` (one that may announce a series)
Candidate: TypeAlias = tuple[re.Match[str], str]
Numbered: TypeAlias = tuple[re.Match[str], int, int, str]  # the marker, its rank, its number, what stands before it


@dataclass(slots=True)
class Node:
    """One marker and its stretch. ``start`` is the place of the marker, ``text`` the place after it; both are offsets
    in the given text.
    """

    rank: int
    number: int
    label: str
    start: int
    text: int
    end: int
    level: int = 0
    position: int = 0
    parent: "Node | None" = None
    children: "list[Node]" = field(default_factory=list)

    def path(self) -> tuple[int, ...]:
        """Sibling positions from the top: ``(2, 4)``."""
        return (*(self.parent.path() if self.parent else ()), self.position)


def outline(text: str) -> list[Node]:
    """All nodes in text order."""
    nodes = _markers(text)
    open_: list[Node] = []
    tops = 0
    for node in nodes:
        while open_ and open_[-1].rank >= node.rank:
            open_.pop().end = node.start
        if open_:
            node.parent = open_[-1]
            node.parent.children.append(node)
            node.position = len(node.parent.children)
        else:
            tops += 1
            node.position = tops
        node.level = len(open_) + 1
        open_.append(node)
    return nodes


def without_fields(nodes: list[Node], labels: set[int], text: str) -> list[Node]:
    """The nodes without those that number the fields of one item: （三）整改时限：…⏎（四）责任单位：…

    ``labels`` are the places where a label with its colon begins. A node of which every child begins with a label has
    no parts.
    """
    fields: set[int] = set()
    for node in nodes:
        if len(node.children) > 1 and all(
            not child.children and _behind_blanks(text, child.text) in labels for child in node.children
        ):
            fields.update(map(id, node.children))
            node.children = []
    return [node for node in nodes if id(node) not in fields] if fields else nodes


def _behind_blanks(text: str, at: int) -> int:
    while text.startswith(" ", at):
        at += 1
    return at


def innermost(nodes: Sequence[Node], at: int) -> Node | None:
    """The innermost node around a place: the last node in text order that begins there or before."""
    behind = bisect_right(nodes, at, key=attrgetter("start"))
    return nodes[behind - 1] if behind else None


def is_flat(text: str) -> bool:
    """Whether the text has lost its line breaks.

    It has if there are none, if most of it stands in lines longer than a paragraph, or if most markers stand inside
    lines.
    """
    return _candidates(text)[0]


@lru_cache(maxsize=2)
def _candidates(text: str) -> tuple[bool, tuple[Candidate, ...]]:
    """Whether the text is flat, and every possible marker in text order. Cached, because several rules ask for one
    text.
    """
    lines = text.rstrip().split("\n")
    if len(lines) > 1 and 2 * sum(len(line) for line in lines if len(line) > _FLAT) <= len(text):
        found = tuple(_line_candidates(text))
        inside = sum(1 for match, before in found if before == "lost")
        outside = sum(1 for match, before in found if before == "line" and match.lastgroup in _OF_ITEMS)
        if inside < _LEAST_INSIDE or inside <= 2 * outside:
            return False, _with_named(text, found)
    return True, _with_named(text, tuple(_flat_candidates(text)))


def _with_named(text: str, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The markers, those that are a name and a number (反馈问题一：) at the start of a line or behind a gap, and those of the
    measures that are numbered in the line of their label.
    """
    more = [(match, "line") for match in _named_points(text)]
    more += [(match, "line") for listed in _MEASURES.finditer(text) for match in _measures_at(text, listed.end())]
    if not more:
        return found
    there = {match.start() for match, _ in more}
    kept = [one for one in found if one[0].start() not in there]
    return tuple(sorted([*kept, *more], key=lambda one: one[0].start()))


def _named_points(text: str) -> list[re.Match[str]]:
    """The markers that are a name and a number. Of a name that may number points of a body as well (目标1：) they are items if more
    than half of them are assigned before the next; an assignment behind the last is that of the item around them.
    """
    points: dict[str, list[tuple[re.Match[str], bool]]] = defaultdict(list)
    found = [(named["noun"], match) for named in _NAMED.finditer(text) if (match := _named_at(text, named))]
    ends = [*(match.start() for _, match in found[1:]), len(text)]
    for (noun, match), end in zip(found, ends, strict=False):
        assigned = _ASSIGNED.search(text, match.end(), min(end, match.end() + _LONGEST_POINT)) is not None
        points[noun].append((match, assigned))
    kept = []
    for noun, series in points.items():
        numbers = {match["named"] for match, _ in series}
        told = 2 * sum(assigned for _, assigned in series) > len(series) and (len(series) == 1 or len(numbers) > 1)
        if noun in PROBLEM_NAMES or told:
            kept += [match for match, _ in series]
    return kept


def _measures_at(text: str, start: int) -> list[re.Match[str]]:
    """The numbers of measures in the line of their label: 整改措施：（1）…；（2）…"""
    first = MARKER.match(text, start)
    if first is None or first.lastgroup not in _INNER or _number(first.lastgroup, first[first.lastgroup]) != 1:
        return []
    series, end = [first], text.find("\n", start)
    for gap in _CLOSED_MEASURE.finditer(text, first.end(), end if end >= 0 else len(text)):
        match = MARKER.match(text, gap.end())
        family = first.lastgroup
        if match and match.lastgroup == family and _number(family, match[family]) == len(series) + 1:
            series.append(match)
    return series if len(series) > 1 else []


def _named_at(text: str, named: re.Match[str]) -> re.Match[str] | None:
    """The marker of which ``named`` has the noun (问题, 审议意见) and the number, if a line or a gap ends before it."""
    before = text[max(0, named.start() - _LONGEST_KIND) : named.start()]
    kind = before.split()[-1] if before.strip() and not before[-1].isspace() else ""
    start = named.start() - len(kind)
    return NUMBERED_NAME.match(text, start) if not text[start - 1 : start].strip() or start == 0 else None


def _markers(text: str) -> list[Node]:
    flat, found = _candidates(text)
    candidates = []
    for match, before in found:
        family = "named" if "named" in match.re.groupindex else match.lastgroup or ""
        candidates.append((match, RANKS[family], _number(family, match[family]), before))
    if any(rank == RANKS["named"] for _, rank, _, _ in candidates):
        candidates = _ranked_named(candidates)
    there = {(rank, number) for _, rank, number, _ in candidates}
    nodes: list[Node] = []
    # by rank, the numbers that would continue a series: it may run on through other headings, and past a false start at 1
    following: dict[int, set[int]] = {}
    for n, (match, rank, number, before) in enumerate(candidates):
        # inside a line only a marker that begins or continues a series counts: 于2020年建成3个…… ; an excerpt may begin at (五)
        continues = number in following.get(rank, ())
        if before == "lost":
            stands = continues and _closed_before(text, match)
        elif before == "colon":
            behind = next((c for c in islice(candidates, n + 1, None) if c[1] == rank), None) if number == 1 else None
            stands = behind is not None and _announced(text, match, behind)
        elif before == "word":
            stands = _stands_glued(text, match, continues=continues, begins=flat and number == 1 and (rank, 2) in there)
        else:
            begins = number == 1 or (rank not in following and (rank, number + 1) in there)
            stands = before == "line" or begins or continues or _opens_excerpt(text, match, rank in following)
        if number > _LARGEST and not continues:
            stands = False  # 2020、2021年: a year, but where it goes on from 1019
        if not stands:
            continue
        following[rank] = {number + 1} | (following.get(rank, set()) if number == 1 else set())
        if nodes and nodes[-1].rank == rank and not text[nodes[-1].text : match.start()].strip():
            nodes.pop()  # a number with nothing behind it numbers nothing
        nodes.append(Node(rank, number, match[0], match.start(), match.end(), len(text)))
    return nodes


def _ranked_named(candidates: list[Numbered]) -> list[Numbered]:
    """The markers, those with a name above those that stand only below such: （一） behind 反馈问题一： and nowhere before it; but below
    numbers whose series goes on behind them: 1.绿化。项目1：…；项目2：…⏎2.…
    """
    named = [n for n, (_, rank, _, _) in enumerate(candidates) if rank == RANKS["named"]]
    before = {rank for _, rank, _, _ in candidates[: named[0]]}
    below = {rank for _, rank, _, _ in candidates[named[0] + 1 : named[-1]]} - before - {RANKS["named"]}
    own = min(RANKS["named"], min(below, default=RANKS["named"]) - 1)
    numbered = [(n, number) for n, (_, rank, number, _) in enumerate(candidates) if rank == RANKS["arabic"]]
    if (at := bisect_right(numbered, (named[0],))) and (numbered[at:] or [(0, 0)])[0][1] == numbered[at - 1][1] + 1:
        own = _BELOW_NUMBERS
    return [(m, own if rank == RANKS["named"] else rank, number, how) for m, rank, number, how in candidates]


def _opens_excerpt(text: str, match: re.Match[str], known: bool) -> bool:
    """Whether a marker is the first of its rank and follows white space: an excerpt with only one item."""
    return not known and text[match.start() - 1 : match.start()].isspace()


def _closed_before(text: str, match: re.Match[str]) -> bool:
    """Whether the text before a marker inside a line may end an item: a full stop, a bracket, or a body without a
    successor.
    """
    before = text[max(0, match.start() - _LONGEST_END) : match.start()].rstrip()
    return before.endswith(_CLOSED) or (ends_as_body(before) and not _numbers_body(text, match))


def _announced(text: str, match: re.Match[str], behind: Numbered) -> bool:
    """Whether a marker behind a colon begins a series in its line, whose first is assigned before its second: 改定如下：1.清理文件。
    （责任单位：市司法局）2.… ; ``behind`` is the next marker of its rank.
    """
    if behind[2] != 2 or behind[3] != "lost":
        return False
    words = text[match.end() : behind[0].start()]
    assigned = words.rstrip().endswith(_CLOSED[1:]) or _ASSIGNS.search(words) is not None
    return "\n" not in words and assigned and _closed_before(text, behind[0])


def _numbers_body(text: str, match: re.Match[str]) -> bool:
    """Whether a marker numbers a body in a list of bearers: 责任单位：1.市教育局 2.市财政局"""
    before = LISTED.search(text, max(0, match.start() - _LONGEST_LISTED), match.start())
    return before is not None and ends_as_body(before["name"])


def _stands_glued(text: str, match: re.Match[str], *, continues: bool, begins: bool) -> bool:
    """Whether a marker directly after a word continues its series, and the text before it may end there."""
    if match.lastgroup != "comma":
        return (continues or begins) and not _numbers_body(text, match)
    before = text[max(0, match.start() - _LONGEST_END) : match.start()]
    return bool((continues or begins) and _TITLE_END.search(before)) or bool(continues and ends_as_body(before))


def _line_candidates(text: str) -> Iterator[Candidate]:
    """The markers at the start of lines, and those inside a line where a break may be lost."""
    begin = _BEGIN.match(text)
    first = begin.end() if begin else 0
    places = dict.fromkeys((first, *(gap.end() for gap in _LINE.finditer(text, first))), "line")
    for place in MARKER_INSIDE.finditer(text, first + 1):
        if place["gap"] is None:
            places.setdefault(place.start(), "word")
        elif text[place.start() - 1] in _LOST_BEHIND:
            places.setdefault(place.start(), "lost")
        elif text[place.start() - 1] in _ANNOUNCED_BY:
            places.setdefault(place.start(), "colon")
    for at, before in sorted(places.items()):
        match = MARKER.match(text, at)
        if match and (before == "line" or match.lastgroup in _OF_ITEMS):
            yield match, before


def _flat_candidates(text: str) -> Iterator[Candidate]:
    """The markers of a text without line breaks, each with what precedes it: the start of a line, a gap, a word."""
    for place in MARKER_INSIDE.finditer(text):
        at = place.start()
        match = MARKER.match(text, at)
        if match:
            yield match, "line" if text[at - 1 : at] in ("", "\n") else place.lastgroup or "word"


def _number(family: str, figure: str) -> int:
    if family == "dotted":
        return ord(figure) - ord("⒈") + 1
    if family == "circled":
        return ord(figure) - ord("①") + 1
    if family == "enclosed":
        return ord(figure) - ord("⑴") + 1
    return int(figure) if figure.isdigit() else numeral(figure)
