"""Glued tables: a table as running text, its cells one after the other with blanks, line breaks or nothing between them.

1. A text holds one when three leads are marked in it (市文广局（牵头）), or when a head row names its columns (序号 工作任务 责任单位
   时间进度).  Rows are counted by numbers, each one more than the last, with a cell of units between two of them.
2. The cell of units ends where a time begins, or with the row; beside it stand the persons that the head row asks for.  Its first body begins at the nearest place or level from which a
   body is named, or where another row spells the same name; two columns that were glued (市发改委市财政局、市商务局) are parted
   between two bodies, and take the roles of the head row in order.
3. What follows is the cell of the time; a heading glued to a row's end (二、政策措施) is cut off.

>>> from loaders.lexicon.scan import scan
>>> text = "1开展活动市文广局（牵头）、市教育局持续实施2支持企业市商务局（牵头）、市财政局2014年底3推进试点市卫生局（牵头）、市民政局长期"
>>> [(row.label, text[slice(*row.clauses[0].content)]) for row in flat_rows(text, scan(text))]
[('1', '市文广局'), ('2', '市商务局'), ('3', '市卫生局')]

Left to others: tables with known cells (`loaders.duties.table_cells`).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from graph.model import Role, Span
from loaders.duties.clause import Clause
from loaders.lexicon.bodies import BODY, is_collective
from loaders.lexicon.roles import MARK_OF_LEAD
from loaders.lexicon.scan import Tokens
from loaders.phrases.bearers import OPEN, split
from loaders.phrases.joined import GLUED
from loaders.phrases.persons import between_bodies, name_at_end
from loaders.rule import Rule, gives
from loaders.times.places import CELL_BEGINS

# 13支持 · 13⏎支持: the number of a row
NUMBER = re.compile(
    r"""
    (?<! [\dA-Za-z第.．,，:：\-—+] ) (\d{1,3})  # not 第3, 13.5, 2014, A3
    (?= \s* [\u4e00-\u9fff“"(（《] )
    (?! \s? (?: [年月日季个项条级层届家万亿元号人名次周天时分批种类米%％岁度+] | 公[里斤顷分] ) )  # not 6月, 3个, 5公里
    """,
    re.VERBOSE,
)
# 工作任务责任单位时间进度 : what stands before the columns of units and time in a head row
HEAD_WORD = re.compile(r"(?:序\s*号|任务|事项|内容|举措|措施|目标|项目|要求|工作|分工|类别|指标)\s*$")
LEVEL = re.compile(
    r"(?<!城)[省市县区州盟旗镇](?![场级直])|[省市县区州]直(?=各?[有相]关)|各(?=[县市区乡镇]|[有相]关[部单])|国网|国家"
)
BANK = re.compile(r"(?:中国)?(?:人民银行|人行)")
NO_CELL = re.compile(r"\s*[:：、，,和及]")
GAP = re.compile(r"\s+")
HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）])[^\d。；;]{2,20}$")
_LONGEST_NAME, _LONGEST_CELL = 20, 400
_LEAST, _SHARE = 3, 0.6
_UNIT_ROLES = (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATING, Role.SUPERVISING)
_READ = (*_UNIT_ROLES, Role.LEADER)
_STARTS = 50  # the first row is among the first numbers


class GluedRow(NamedTuple):
    """One row; ``start`` is the place of its number, ``text`` the place after it."""

    label: str
    start: int
    text: int
    clauses: tuple[Clause, ...]


def flat_rows(text: str, tokens: Tokens) -> list[GluedRow]:
    """The rows of a glued table in text order; empty if the text has none."""
    leads = [at for at, _, _ in tokens.brackets if MARK_OF_LEAD.match(text, at)]
    start, roles = _head_row(text, tokens)
    if not roles and len(leads) < _LEAST:
        return []
    numbers = [(m.start(), m.end(), int(m[1])) for m in NUMBER.finditer(text, start)]
    counted = _series(numbers, None if roles else leads)
    if len(counted) < _LEAST:
        return []
    ends = [first for first, _, _ in counted[1:]] + [len(text)]
    near = (n.name for at in leads for n in split(text[at : at + 60]).names)
    spelled = {name for name in near if not GAP.search(name)}
    made = []
    for (first, inner, number), end in zip(counted, ends, strict=True):
        clauses = _cells(text, (inner, end), roles or [Role.RESPONSIBLE], spelled)
        if clauses:
            made.append(GluedRow(str(number), first, inner, clauses))
    return made if len(made) >= max(_LEAST, _SHARE * len(counted)) else []


def _head_row(text: str, tokens: Tokens) -> tuple[int, list[str]]:
    """Where the rows begin and the roles of the unit columns; 0 and none without a head row."""
    labels = tokens.labels
    for n, (start, end, role) in enumerate(labels):
        if role == "deadline" or not HEAD_WORD.search(text, max(0, start - 12), start):
            continue
        roles = [role]
        for first, last, other in labels[n + 1 :]:
            if text[end:first].strip():
                break
            roles.append(other)
            end = last
        if not NO_CELL.match(text, end):
            return end, [r for r in roles if r in _READ] if set(roles) & set(_UNIT_ROLES) else []
    return 0, []


def _series(numbers: list[tuple[int, int, int]], leads: Sequence[int] | None) -> list[tuple[int, int, int]]:
    """The longest run of numbers each one more than the last, where ``leads`` are given with one between any two."""
    best: list[tuple[int, int, int]] = []
    for n, first in enumerate(numbers[:_STARTS]):
        run = [first]
        for number in numbers[n + 1 :]:
            if number[2] == run[-1][2] + 1 and (leads is None or _between(leads, run[-1][1], number[0])):
                run.append(number)
        if len(run) > len(best):
            best = run
        if len(best) * 2 > len(numbers):
            break
    return best


def _between(leads: Sequence[int], start: int, end: int) -> bool:
    return bisect_left(leads, end) > bisect_left(leads, start)


def _cells(text: str, row: Span, roles: list[str], spelled: set[str]) -> tuple[Clause, ...]:
    """The clauses of a row: its units, its time."""
    end = row[0] + len(text[row[0] : row[1]].rstrip())
    heading = HEADING.search(text, row[0], end)
    end = row[0] + len(text[row[0] : heading.start()].rstrip()) if heading else end
    lead = MARK_OF_LEAD.search(text, row[0], end)
    units = _marked(text, row[0], end, lead, spelled) if lead else _listed(text, row[0], end, roles)
    if not units:
        return ()
    stretch = row[0] + len(text[row[0] : end]) - len(text[row[0] : end].lstrip()), end
    whole = units[0][1][0], units[-1][1][1]
    made = [Clause(role, whole, content, ROW, stretch) for role, content in units]
    time = whole[1] + len(text[whole[1] : end]) - len(text[whole[1] : end].lstrip())
    if time < end:
        made.append(Clause("deadline", (time, end), (time, end), ROW, stretch))
    return tuple(made)


def _marked(text: str, low: int, end: int, lead: re.Match[str], spelled: set[str]) -> list[tuple[str, Span]]:
    """The lead before its mark, and the others behind it, up to the time."""
    start = _name_start(text, low, lead.start(), spelled)
    if start is None:
        return []
    time = CELL_BEGINS.search(text, lead.end(), end)
    last = time.start() if time else _last_body(text, lead.end(), end)
    others = lead.end() + len(text[lead.end() : last]) - len(text[lead.end() : last].lstrip("、，,和及与会同 "))
    last = max(others, last - len(text[others:last]) + len(text[others:last].rstrip()))
    found: list[tuple[str, Span]] = [(Role.LEAD, (start, lead.start()))]
    return [*found, (Role.RESPONSIBLE, (others, last))] if others < last else found


def _listed(text: str, low: int, end: int, roles: list[str]) -> list[tuple[str, Span]]:
    """The cells of a row without marks, told by its bodies: the last run of them before the time, and the persons there."""
    bodies = [role for role in roles if role != Role.LEADER]
    for time in (*CELL_BEGINS.finditer(text, low, end), None):
        last = low + len(text[low : time.start() if time else end].rstrip())
        person = name_at_end(text, low, last) if roles[-1] == Role.LEADER else None
        last = person[0] if person else last
        if not _names_body(text[max(low, last - _LONGEST_NAME) : last]):
            continue
        start = _run_start(text, max(low, last - _LONGEST_CELL), last, persons=Role.LEADER in roles[1:-1])
        if start is None:
            continue
        inner = between_bodies(text, start, last) if Role.LEADER in roles[1:] else []
        ahead = name_at_end(text, low, start) if roles[0] == Role.LEADER else None
        cuts = [start, *(m.start() for m in GLUED.finditer(text, start, last)), last]
        cuts = sorted(
            {*cuts, *(gap.end() for gap in GAP.finditer(text, start, last)), *(at for name in inner for at in name)}
        )
        cells = [(a, a + len(text[a:b].rstrip())) for a, b in pairwise(cuts) if text[a:b].strip()]
        # as many columns as the head row names; what is parted further belongs to the last
        of_bodies = [cell for cell in cells if cell not in inner]
        told = [(bodies[min(n, len(bodies) - 1)], cell) for n, cell in enumerate(of_bodies)]
        named = [name for name in (ahead, *inner, person) if name]
        return sorted([*told, *((Role.LEADER, name) for name in named)], key=lambda cell: cell[1])
    return []


def _run_start(text: str, low: int, last: int, *, persons: bool) -> int | None:
    """Where the run of bodies that ends at ``last`` begins: its pieces stand between 、 or blanks, the first may follow
    other words; with ``persons`` a name may stand between two of them."""
    at = last
    while True:
        at = low + len(text[low:at].rstrip())
        mark = max(text.rfind(sign, low, at) for sign in "、，, \n\t")
        piece = text[mark + 1 : at].strip() if mark >= low else ""
        if piece and len(piece) <= _LONGEST_NAME and _names_body(piece) and _begins_name(piece):
            at = mark
            continue
        words = low if mark < low else mark + 1
        first = _name_start(text, words, at, set())
        while first is not None:  # a lost column: 市发改委市财政局
            name = name_at_end(text, words, first) if persons else None
            before = _name_start(text, words, name[0] if name else first, set())
            if before is None:
                break
            first = before
        if first is not None:
            return first
        return at + 1 if at < last else None


def _begins_name(piece: str) -> bool:
    return LEVEL.match(piece) is not None or len(piece) <= 8 or is_collective(piece)


def _names_body(words: str) -> bool:
    return BODY.search(words) is not None or OPEN.search(words) is not None


def _name_start(text: str, low: int, end: int, spelled: set[str]) -> int | None:
    """Where the name that ends at ``end`` begins."""
    window = max(low, end - _LONGEST_NAME)
    if not _names_body(text[window:end]):
        return None
    bank = BANK.search(text, window, end)
    if bank:
        return bank.start()
    known = [name for name in spelled if text.endswith(name, window, end) and len(name) > 2]
    if known:
        return end - max(map(len, known))
    for level in reversed(list(LEVEL.finditer(text, window, end))):
        if end - level.start() > 2 and _names_body(text[level.start() : end]):
            return level.start()
    return None


def _last_body(text: str, start: int, end: int) -> int:
    """The end of the last body's name in a cell that no time closes."""
    last = start
    for n in range(start + 1, end + 1):
        if BODY.search(text[max(start, n - 8) : n]):
            last = n
    return last


ROW = Rule(
    "flat-table", "row", "duty", "失去表格线的任务表中的一行", flat_rows,
    (
        gives(
            "1开展活动市文广局（牵头）、市教育局持续实施2支持企业市商务局（牵头）、市财政局2014年底3推进试点市卫生局（牵头）、市民政局长期",
            "lead 市文广局", "responsible 市教育局", "deadline 持续实施", "lead 市商务局", "responsible 市财政局", "deadline 2014年底",
            "lead 市卫生局", "responsible 市民政局", "deadline 长期",
        ),
        gives(
            "序号工作任务责任单位时间进度1清理文件市司法局2018年底2公开清单市财政局长期3培训人员市人社局2019年底",
            "responsible 市司法局", "deadline 2018年底", "responsible 市财政局", "deadline 长期",
            "responsible 市人社局", "deadline 2019年底",
        ),
    ),
    ("1.清理文件。市司法局（牵头）2.公开清单。市财政局（牵头）", "共有3个部门5家企业参加，其中市商务局（牵头）2家。"),
)  # fmt: skip
RULES = (ROW,)
