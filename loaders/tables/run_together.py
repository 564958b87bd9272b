"""The pieces of a table that is run together: its cells stand one right after another.

Every place where something may begin or end is a place of the lattice; from it go the names of bodies, times, numbers,
figures, contacts, persons, headings and marks that begin there, and the plain text up to the next place. They may overlap:
the search chooses.

Left to others: the search (`loaders.tables.align`).
"""

import itertools
import re
from collections.abc import Iterator

from graph.model import Span
from loaders.lexicon.vocabulary import load_yaml
from loaders.tables.align import HEADING, PLAIN, REPEATED, Edge, Lattice
from loaders.tables.body_edges import body_edges, places_named, size_paid
from loaders.tables.header import words_of
from loaders.tables.heads import TableHead
from loaders.tables.prices import Number
from loaders.times.places import CELL_BEGINS, time_stretches

_SEPARATOR = re.compile(r"[、，,；;]|以及|会同|[和及与](?=[省市县区州各园有相])")
_MARK_BEFORE = re.compile(rf"(?:{_SEPARATOR.pattern})$")
_CONTACT = re.compile(
    r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[\-—－ ]?\d{7,8}|\d{8}|\d{7}|12\d{3}(?!\d))|https?://[\x21-\x7e]+"
)
_DIGITS = re.compile(r"\d+")
_SUB = re.compile(r"[\-—－.．](\d{1,2})(?!\d)(?![年月日%％.])")
# 3个, 20亩: a count, not the number of a row ; not 3|台账不全, 3|人民路拥堵: the sign begins a word
_NO_NUMBER = re.compile(
    r"""
    \s? (?:
        (?! 台账 | 人[民员才口社大居事] | 个[别人体] | 家[庭装] | 项目 | 条[件例] | 级别 | 处[置理罚] | 户[籍外厕] | 种[植子粮]
          | 类似 | 批[准复评] | 位[于置] | 座谈 | 号召 | 名[城录称单] | 亩均 | 层层 | 次序 | 天[然气] | 时[间限] | 米[面粉]
        )
        (?: 分钟 | [年月日季个项条级层届家万亿元号人名次周天时批种类米%％岁度+位所座处户亩吨台套辆] | 公[里斤顷分] )
      | \d
    )
    """,
    re.VERBOSE,
)
_NOT_BEHIND = "第.．:：—+/〔[AＡ（(《“约达近"
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^\d。；;\n]{2,25}(?=\s*\d)"
)
_SURNAMES = load_yaml("persons")["surnames"]
# 孙丽, 赵海峰: a name with one sign behind the family name, and with two; what may follow stands beside it
_NAMES = (re.compile(f"[{_SURNAMES}][\u4e00-\u9fff]"), re.compile(f"[{_SURNAMES}][\u4e00-\u9fff]{{2}}"))
_BEHIND_NAME = re.compile(rf"[{_SURNAMES}省市县区州镇各国\d]|$|[\u4e00-\u9fff]{{1,8}}?(?:局|委|办|部|中心|公司|院)")
_BLANK = re.compile(r"\s+")
_LONGEST_NUMBER = 3


def run_together(text: str, head: TableHead, end: int) -> Lattice:
    """The lattice of what stands between a head and ``end``."""
    span = head.span[1], end
    found = sorted(set(_pieces(text, head, span)), key=lambda piece: (piece[0], piece[1], min(piece[2])))
    cuts = sorted({span[0], end, *(piece[0] for piece in found), *(piece[1] for piece in found)})
    at = {cut: n for n, cut in enumerate(cuts)}
    edges: list[list[Edge]] = [[] for _ in cuts]
    for start, stop, types, size, number in found:
        edges[at[start]].append(Edge(at[stop], (start, stop), types, size, number))
    for n, (start, stop) in enumerate(itertools.pairwise(cuts)):
        blank = _BLANK.fullmatch(text, start, stop) is not None
        edges[n].append(Edge(n + 1, (start, stop), _MARK if blank else _TEXT, 0 if blank else stop - start))
    return Lattice(edges, ["none"] * len(cuts), together=True)


_Piece = tuple[int, int, frozenset[str], int, Number | None]
_TEXT = PLAIN
_MARK, _BODY, _JOINED, _FIGURE = (frozenset((kind,)) for kind in ("mark", "body", "joined", "figure"))
_WEAK, _TIME, _IS_CONTACT, _IS_PERSON = (frozenset((kind,)) for kind in ("weak-body", "time", "contact", "person"))
_NUMBER, _WEAK_TIME, _TIME_AND_MORE = (frozenset((kind,)) for kind in ("number", "weak-time", "time-and-more"))
_FIGURE_IN = re.compile(r"\d|季|月|年|期")


def _pieces(text: str, head: TableHead, span: Span) -> Iterator[_Piece]:
    persons = list(_persons(text, span)) if "person" in head.kinds else []
    for person in persons:
        yield *person, _IS_PERSON, person[1] - person[0], None
    for start, end, sure in body_edges(text, span, places_named(text), [end for _, end in persons]):
        mark = _MARK_BEFORE.search(text, max(span[0], start - 2), start)
        if mark and sure:  # it goes on with a list, and begins no cell: what stands before the mark would be lost
            yield mark.start(), end, _JOINED, size_paid(text, start, end), None
        else:
            yield start, end, _BODY if sure else _WEAK, size_paid(text, start, end), None
    begun = within = -1
    places: list[int] = []
    for start, end in time_stretches(text, *span):
        sure = text[end - 1] in "前底内末成" or _FIGURE_IN.search(text, start, end) is not None
        yield start, end, _TIME_AND_MORE if start == begun else _TIME if sure else _WEAK_TIME, end - start, None
        begun = start
        places += range(max(start, within), end)
        within = max(within, end)
    in_times = frozenset(places)
    for expression, types in ((_SEPARATOR, _MARK), (_CONTACT, _IS_CONTACT), (_HEADING, HEADING)):
        for match in expression.finditer(text, *span):
            yield *match.span(), types, match.end() - match.start(), None
    for match in _DIGITS.finditer(text, *span):
        # 6月30日前: no figure of a time begins anything
        if match.start() not in in_times or not _NO_NUMBER.match(text, match.end()):
            yield from _figures(text, head, span, match)
    yield from _heads_again(text, head, span)


def _persons(text: str, span: Span) -> Iterator[Span]:
    for start in range(*span):
        if text[start] not in _SURNAMES:
            continue
        for expression in _NAMES:
            name = expression.match(text, start, span[1])
            if name and (_BEHIND_NAME.match(text, name.end()) or CELL_BEGINS.match(text, name.end())):
                yield name.span()


def _figures(text: str, head: TableHead, span: Span, match: re.Match[str]) -> Iterator[_Piece]:
    """A figure, and the numbers of rows that its end may be: 41|15-2 holds a remark and the number of the next row."""
    start, end = match.span()
    yield start, end, _FIGURE, end - start, None
    if "number" not in head.kinds or _NO_NUMBER.match(text, end) or text[start - 1] in _NOT_BEHIND:
        return
    sub = _SUB.match(text, end)
    for first in range(max(start, end - _LONGEST_NUMBER), end):
        if text[first] == "0":
            continue
        whole = int(text[first:end])
        if first > start:
            yield start, first, _FIGURE, first - start, None
        if sub:
            yield first, sub.end(), _NUMBER, sub.end() - first, (whole, int(sub[1]))
        stop = end + (text[end : end + 1] in ".．、)）")
        yield first, stop, _NUMBER, stop - first, (whole, 0)


def _heads_again(text: str, head: TableHead, span: Span) -> Iterator[_Piece]:
    words = [re.escape(sign) for cell in head.cells for sign in words_of(text, cell)]
    if not words:  # the head is lost
        return
    for match in re.compile(r"\s*".join(words)).finditer(text, *span):
        yield *match.span(), REPEATED, 0, None
