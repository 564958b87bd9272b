"""Spaced tables: a table of tasks as running text, with one blank between its cells.

1. The header row consists of known headings side by side (序号 任务 牵头领导 牵头单位 完成时间); one of them is a label without a
   colon.
2. A row begins at the figure of its number column, else at a marker (1. （一）). A heading between rows (二、加强监管) ends a row.
3. The words of a row go to the columns from the right: a time to the column of times, persons to that of persons, bodies to
   those of bodies (the first bodies to the left column). The rest is the task.  A cell may be empty.

>>> text = "序号 任务 牵头领导 牵头单位 1 清理文件 王五 市司法局 2 公开目录 李小四 市财政局"
>>> [[text[slice(*cell)] for cell in row] for row in spaced_tables(text, scan(text).labels)[0].rows][1:]
[['1', '清理文件', '王五', '市司法局'], ['2', '公开目录', '李小四', '市财政局']]

Left to others: the meaning of the cells (`loaders.duties.table_cells`), tables without any separator (`loaders.duties.glued_table`).
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from graph.model import Role, Span, Table
from loaders.lexicon.bodies import is_certain_body, looks_like_body
from loaders.lexicon.scan import Token, scan
from loaders.phrases.bearers import split
from loaders.phrases.persons import persons
from loaders.tables.header import ROLES, column_kind, header, words_of
from loaders.times.places import TIME

__all__ = ["scan", "spaced_tables"]

_BLANKS = " \t"
BEFORE, BEHIND = re.compile(r"(?P<word>\S+)[ \t]+$"), re.compile(r"[ \t]+(?P<word>\S+)")
_REACH, _WIDEST, _MOST_HEADS = 40, 12, 8
# a title is no column: 任务分工表
TITLE = re.compile(r"[表单案知]$|一览")
FIGURE = re.compile(r"(?<!\S)(?P<figure>\d{1,3})[.、．]?(?=\s)")
# behind a blank or at the beginning: 一、 · （一） · 1. ; not 3.5
ROW_MARKER = re.compile(
    r"""
    (?<!\S)
    (?: (?P<comma> [一二三四五六七八九十]{1,3} 、 )
      | (?P<bracket> [(（] [一二三四五六七八九十]{1,3} [)）] )
      | (?P<arabic> \d{1,3} [.、．] (?!\d) )
    )
    """,
    re.VERBOSE,
)
WORD = re.compile(r"\S+")
_TEXT = ("number", "group", "task", "content")
_LEAST_ROWS, _SHARE = 2, 0.6


def spaced_tables(text: str, labels: Sequence[Token]) -> list[Table]:
    """The first table of the text with blanks between its cells, if there is one."""
    done = tried = 0
    for start, end, role in labels:
        if (
            start >= done
            and role in ROLES
            and text[start - 1 : start] in _BLANKS
            and text[end : end + 1] in (*_BLANKS, "\n")
        ):
            head = _head(text, (start, end), done)
            done = head[-1][1]
            kinds = header(text, [head], 0) if len(head) > 1 else None
            if kinds and tried < _MOST_HEADS:
                tried += 1
                rows = _rows(text, head[-1][1], [kind or "other" for kind in kinds[0]])
                if rows:
                    return [Table("表1", tuple(range(1, len(rows) + 2)), (head, *rows))]
    return []


def _head(text: str, label: Span, low: int) -> tuple[Span, ...]:
    """The headings side by side around a label, from ``low`` on."""
    head = [label]
    while len(head) < _WIDEST and (word := BEFORE.search(text, max(low, head[0][0] - _REACH), head[0][0])):
        if not _heads_column(text, word.span("word")):
            break
        head.insert(0, word.span("word"))
        if column_kind(words_of(text, head[0])) == "number":
            break
    while len(head) < _WIDEST and (word := BEHIND.match(text, head[-1][1])) and _heads_column(text, word.span("word")):
        head.append(word.span("word"))
    return tuple(head)


def _heads_column(text: str, span: Span) -> bool:
    words = words_of(text, span)
    return not TITLE.search(words) and column_kind(words) is not None


def _rows(text: str, start: int, kinds: list[str]) -> list[tuple[Span, ...]]:
    """The rows after a header row; none if too few of them contain bodies."""
    if kinds[0] == "number":
        wanted, begins = None, []
        for figure in FIGURE.finditer(text, start):
            if wanted is None or int(figure["figure"]) == wanted:
                begins.append(figure.start())
                wanted = int(figure["figure"]) + 1
        ends = sorted({*begins, *(m.start() for m in ROW_MARKER.finditer(text, start) if m["comma"])})
    else:
        markers = list(ROW_MARKER.finditer(text, start))
        if not markers:
            return []
        family = Counter(m.lastgroup for m in markers).most_common(1)[0][0]
        begins = [m.start() for m in markers if m.lastgroup == family]
        ends = [m.start() for m in markers]
    ends.append(len(text))
    found = [_cells(text, (at, ends[bisect_right(ends, at)]), kinds) for at in begins]
    rows = [row for row in found if row]
    return rows if len(rows) >= max(_LEAST_ROWS, _SHARE * len(found)) else []


def _cells(text: str, row: Span, kinds: list[str]) -> tuple[Span, ...] | None:
    """The cells of a row, including empty ones; None if it contains no body."""
    words = [word.span() for word in WORD.finditer(text, *row)]
    told = next(n for n, kind in enumerate(kinds) if kind not in _TEXT)
    cells: list[Span] = [(row[1], row[1])] * len(kinds)
    at = len(kinds) - 1
    while at >= told:
        first = at
        while first > told and kinds[first] in ROLES and kinds[first - 1] in ROLES:
            first -= 1
        taken = _taken(text, words, kinds[at], at - first + 1)
        for n, span in enumerate(taken):
            cells[first + n] = span
        at = first - 1
    if not any(cells[n][0] < cells[n][1] for n, kind in enumerate(kinds) if kind in ROLES):
        return None
    if kinds[0] == "number":
        cells[0] = words.pop(0)
        if not words:
            return None
    if told - (kinds[0] == "number") > 1 and kinds[0] == "number" and len(words) > 1:
        cells[1] = words.pop(0)
    cells[told - 1] = words[0][0], words[-1][1]
    return tuple(cells)


def _taken(text: str, words: list[Span], kind: str, columns: int) -> list[Span]:
    """The cells of ``columns`` columns of one kind, taken from the end of ``words``."""
    found: list[Span] = []
    while (
        words and (kind in ROLES or len(found) < columns) and _fits(text, words[-1], kind, sure=len(found) >= columns)
    ):
        found.insert(0, words.pop())
    if len(found) > columns:
        found[columns - 1 :] = [(found[columns - 1][0], found[-1][1])]
    return found


def _fits(text: str, span: Span, kind: str, *, sure: bool) -> bool:
    """Whether a word has the kind of its column; ``sure`` if there would be more words than columns."""
    if kind == "deadline":
        return TIME.search(text, *span) is not None
    if kind == Role.LEADER or kind == "other":
        figure = kind == "other" and text[span[0]].isdigit() and not TIME.search(text, *span)
        return figure or next(persons(text, *span), None) is not None
    names = split(text[slice(*span)]).names
    return bool(names) and all((is_certain_body if sure else looks_like_body)(name.name) for name in names)
