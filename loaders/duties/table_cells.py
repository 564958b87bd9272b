"""Tables of tasks, read by their cells.

1. The header is one or two rows whose cells name columns (`vocabulary/columns.yaml` and the labels of ``roles.yaml``): what
   is to be done, and who does it or until when.  Of two rows the lower one tells, read with the upper one where needed
   (责任分工 over 牵头, 配合).  A repeated header on a later page is not a row.
2. A row gives its number, the place of its task, and a `Clause` for each cell that names units or a time, rule
   ``table-cell``; 同上 takes the words of the cell above (``same-as-above``).  A cell with lines is a clause a line.
3. A cell over several rows holds for each of them.  Rows under one number, or one task where there are no numbers, are one item:
   its parts, if each has its own words.
4. A row with one cell filled, or with a chapter's number and title, is a heading of the rows below.

>>> text = "序号\\t任务\\t责任单位\\n1\\t清理文件\\t市司法局\\n"
>>> table = Table("表1", (1, 2), (((0, 2), (3, 5), (6, 10)), ((11, 12), (13, 17), (18, 22))))
>>> [(row.number, text[slice(*row.body)], row.clauses[0].role) for row in table_items(text, [TypedTable(table)])[0].rows]
[(1, '清理文件', 'responsible')]

Left to others: what becomes an item (`loaders.items.table_items`), the bearers in a clause (`loaders.phrases.bearers`), dates in it (`loaders.facts.deadlines`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.model import ItemKind, Role, Span, Table
from graph.numerals import numeral
from loaders.duties.assignments import WITHIN_CELL, assignments
from loaders.duties.clause import REMARK, Clause
from loaders.duties.labels import with_persons
from loaders.duties.reading import Reading
from loaders.duties.table_columns import Columns, columns_at
from loaders.duties.table_rows import Chapter, TableReading, TableRow
from loaders.lexicon.bodies import ends_as_body, is_known_name
from loaders.lexicon.marks import end_of_line, within_blanks
from loaders.lexicon.numbers import MARKER
from loaders.lexicon.scan import scan
from loaders.lexicon.vocabulary import load_yaml
from loaders.phrases.bearers import split
from loaders.phrases.persons import persons
from loaders.rule import Rule, gives
from loaders.tables.header import ROLES, TypedTable, column_kind, words_of
from loaders.tables.piece_types import types_of

_LONGEST_HEADING = 80
_FIGURE = re.compile(r"[(（]?(?:\d+[.．\-—－])*(?P<figure>\d{1,4})(?:\.0)?[)）、.．]?")
_CHAPTER = re.compile(r"[(（]?(?P<numeral>[一二三四五六七八九十]{1,3})[)）、.．]?")
_REMARK_ROW = re.compile(r"(?:注|说明|备注|附|填报|制表)[:：\s]|注\s*\d|合计|总计|小计")
_READ = ROLES | {Role.LEADER.value, "deadline"}  # the kinds of columns whose cells give clauses
_WORDS = re.compile(r"[^\W\d_]")
_GOES_ON = ("、", "，", ",", "和", "及", "与")


_BODIES = frozenset(("bodies",))
_WHO_OR_WHEN = ROLES | {"deadline"}
_DITTO = frozenset(load_yaml("columns")["ditto"])
_DITTO_BEGINS = frozenset(word[0] for word in _DITTO)


@dataclass(slots=True)
class _Open:
    """A table while its rows are read."""

    columns: Columns
    start: int
    cuts: frozenset[int]
    end: int = 0
    items: "list[_Item]" = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    headless: dict[int, list[Span]] = field(default_factory=dict)  # cells with words in columns without a heading
    above: dict[int, list[Span]] = field(default_factory=dict)  # column -> content of its last cell

    def __post_init__(self) -> None:
        self.end = self.start

    @property
    def kinds(self) -> Sequence[str | None]:
        return self.columns.kinds


@dataclass(slots=True)
class _Item:
    key: tuple[Span | None, Span | None]  # the cells of its number and its task
    rows: list[TableRow]


def table_items(text: str, tables: Sequence[TypedTable]) -> list[TableReading]:
    """What each table of tasks states, in text order. A table without a header of tasks is ignored.

    A table without a header that directly follows another one continues the columns of that one.
    """
    found: list[TableReading] = []
    last: _Open | None = None
    for typed in tables:
        goes_on = last is not None and not text[last.end : _begin(typed.table)].strip()
        last = _table(text, typed, last if goes_on else None)
        if last is not None and last.items:
            found.append(_read(text, last))
    return found


def _begin(table: Table) -> int:
    return min((span[0] for row in table.rows for span in row), default=0)


def _table(text: str, typed: TypedTable, before: _Open | None) -> _Open | None:
    table = typed.table
    made = _Open(Columns(typed.kinds), _begin(table), typed.cuts) if typed.kinds else None
    at = 0
    while at < len(table.rows):
        row = table.rows[at]
        told = columns_at(text, table.rows, at) if made is None or _may_head(text, row, made) else None
        if told is not None:
            columns, depth = told
            if made is None:
                made = _Open(columns, row[0][0], typed.cuts)
            else:
                made.columns = columns.behind(made.columns)
            at += depth
            continue
        if made is None and before is not None and len(row) == len(before.kinds):
            made = _Open(replace(before.columns, untold=()), row[0][0], typed.cuts, above=before.above)
        if made is not None and not made.columns.names(text, row):
            _row(text, row, made)
        at += 1
    return made


def _may_head(text: str, row: Sequence[Span], table: _Open) -> bool:
    """Whether a row further down may be a header again: it has no number, and names columns."""
    number = _first(row, table.kinds, "number") if len(row) == len(table.kinds) else None
    if number is not None and _FIGURE.fullmatch(words_of(text, number)):
        return False
    return sum(1 for span in dict.fromkeys(row) if column_kind(words_of(text, span)) is not None) > 1


def _row(text: str, row: Sequence[Span], table: _Open) -> None:
    """Take one row into the table."""
    if len(row) != len(table.kinds):
        return
    filled = list(dict.fromkeys(span for span in row if span[0] < span[1]))
    own = [span for span in filled if span[0] >= table.end] or filled
    if not filled:
        return
    table.end = max(table.end, *(span[1] for span in own))
    number, task = _first(row, table.kinds, "number"), _first(row, table.kinds, "task")
    if _chapter(text, row, filled, number, table):
        return
    for column in table.columns.blank:
        span, cells = row[column], table.headless.setdefault(column, [])
        if row.count(span) == 1 and span not in cells[-1:] and _WORDS.search(text, *span):
            cells.append(span)
    found = list(_clauses(text, row, table))
    content = [row[c] for c, kind in enumerate(table.kinds) if kind == "content" and row[c] in own]
    new_task = task if task in own else None
    items = table.items
    key = number, (None if number else task)
    if items and not (new_task or content):
        goes_on = not number or number == items[-1].key[0] or number not in own
        if goes_on:  # who and when of the row above, on rows of their own
            last = items[-1].rows[-1]
            last.clauses += [clause for clause in found if clause not in last.clauses]
            last.end = max(last.end, table.end)
        if goes_on or not task:
            return
    made = _made(text, row, table, (new_task, content, task), found, own)
    if made is None:
        return
    if items and (_is_further_way(key, items[-1]) or (items[-1].key == key and any(key) and number not in own)):
        made.number = items[-1].rows[0].number
        items[-1].rows.append(made)
    else:
        items.append(_Item(key, [made]))


def _is_further_way(key: tuple[Span | None, Span | None], above: _Item) -> bool:
    """Whether a row without a number and a task tells one more way in which the task above is done: what was one cell over
    several rows leaves empty ones behind in a flattened table."""
    return key == (None, None) and above.rows[0].content is not None


def _first(row: Sequence[Span], kinds: Sequence[str | None], kind: str) -> Span | None:
    """The filled cell of the first column of a kind."""
    return next((row[c] for c, k in enumerate(kinds) if k == kind and row[c][0] < row[c][1]), None)


def _chapter(text: str, row: Sequence[Span], filled: list[Span], number: Span | None, table: _Open) -> bool:
    """Whether the row is a heading of those below, or a remark: then it is taken as one."""
    titled = number is not None and len(filled) == 2 and _CHAPTER.fullmatch(words_of(text, number)) is not None
    told = any(row[c][0] < row[c][1] and kind in _WHO_OR_WHEN for c, kind in enumerate(table.kinds))
    spread = len(set(row)) == 1
    if not spread and (told or not (len(filled) == 1 or titled)):
        return False
    first, words = filled[0], text[slice(*filled[0])]
    if _REMARK_ROW.match(words) or (len(filled) == 1 and _FIGURE.fullmatch(words)):
        return True
    columns = [kind for c, kind in enumerate(table.kinds) if row[c] == first]
    if not spread and not titled and columns[0] in ("task", "content") and "number" in table.kinds[1:]:
        return False
    if not spread and not titled and columns[0] not in ("number", "group", "task", None):
        return False
    marker = MARKER.match(text, *first)
    label = first[1] if titled else marker.end() if marker else first[0]
    table.chapters.append(Chapter(text[first[0] : label].strip(), first[0], label, filled[-1][1]))
    return True


def _made(
    text: str,
    row: Sequence[Span],
    table: _Open,
    cells: tuple[Span | None, list[Span], Span | None],
    found: list[Clause],
    own: list[Span],
) -> TableRow | None:
    """The row of a table as a `TableRow`; None when it says nothing of a task."""
    new_task, content, task = cells
    number = _first(row, table.kinds, "number")
    head = new_task or (content[0] if content else task)
    if head is None:
        return None
    start, end = min(span[0] for span in own), max(span[1] for span in own)
    body = _body(row, table.kinds, new_task, content) or (head if head in own else (start, start))
    label = number or (body[0], body[0])
    figure = _number(text, number) if number else None
    marker = MARKER.match(text, *head)
    if number is None and marker and head in own:
        figure, label = _marked(marker), (marker.start(), marker.end())
    if marker and head in own and head[0] == body[0]:
        body = marker.end(), body[1]
    if not any(clause.role in ROLES for clause in found):
        inner = [c for c in _inner(text, body) if c.role in _WHO_OR_WHEN]
        if inner:
            found += [c for c in inner if c.role != "deadline" or not any(f.role == "deadline" for f in found)]
            body = body[0], min(body[1], inner[0].span[0])
    head = (marker.end(), head[1]) if marker else head
    chapter = len(table.chapters) - 1 if table.chapters else None
    made = TableRow(figure, label, _heading(text, head), within_blanks(text, *body), found, start, end, chapter=chapter)
    if table.columns.problems:
        made.kind = ItemKind.PROBLEM if new_task else ItemKind.MEASURE
    if new_task and content and new_task[0] < content[0][0]:
        made.content = content[0][0], content[-1][1]
    return made


def _body(row: Sequence[Span], kinds: Sequence[str | None], task: Span | None, content: list[Span]) -> Span | None:
    """What is to be done: the task and its contents where nothing stands between them, else the contents."""
    if not content:
        return task
    if task is None or task[0] > content[0][0]:
        return content[0][0], content[-1][1]
    between = kinds[row.index(task) : row.index(content[0])]
    return (task[0] if set(between) <= {"task", "content"} else content[0][0]), content[-1][1]


def _number(text: str, span: Span) -> int | None:
    words = words_of(text, span)
    if figure := _FIGURE.fullmatch(words):
        return int(figure["figure"])
    chapter = _CHAPTER.fullmatch(words)
    return numeral(chapter["numeral"]) if chapter else None


def _marked(marker: re.Match[str]) -> int | None:
    figure = marker[marker.lastgroup or 0]
    return int(figure) if figure.isdecimal() else numeral(figure) if _CHAPTER.fullmatch(figure) else None


def _heading(text: str, span: Span) -> Span:
    """The first sentence of a cell; nothing where that is longer than a heading."""
    start = span[0] + len(text[slice(*span)]) - len(text[slice(*span)].lstrip())
    stops = [at for mark in "。\n" if (at := text.find(mark, start, span[1])) >= 0]
    end = min(stops, default=span[1])
    return (start, end) if end - start <= _LONGEST_HEADING else (start, start)


def _clauses(text: str, row: Sequence[Span], table: _Open) -> Iterator[Clause]:
    """A clause for each line of each cell that names units or a time."""
    for column, kind in enumerate(table.kinds):
        span = row[column]
        if kind is None or kind not in _READ or row.index(span) != column:
            continue
        if span[0] == span[1]:
            table.above.pop(column, None)  # 同上 below an empty cell says nothing
            continue
        if (text[span[0]] in _DITTO_BEGINS or text[span[0]].isspace()) and words_of(text, span) in _DITTO:
            yield from (Clause(kind, span, content, DITTO) for content in table.above.get(column, ()))
            continue
        if column in table.columns.loose and not _names_bodies(text, span):
            continue  # 验收: 合格 says how it went, nobody bears by it
        labelled = kind in ROLES and not _names_only(text[slice(*span)])
        inner = [c for c in _inner(text, span) if c.rule.name == ON_LINE] if labelled else []
        if inner:
            yield from inner
            continue
        if kind == "deadline":
            lines = [span]
        else:
            lines = list(persons(text, *span) if kind == Role.LEADER else _lines(text, span, table.cuts))
        table.above[column] = lines
        if column in table.columns.persons:
            for line in lines:
                yield from with_persons(text, Clause(kind, span, line, CELL))
            continue
        yield from (Clause(kind, span, line, CELL) for line in lines)


def _names_bodies(text: str, span: Span) -> bool:
    """Whether a cell names bodies, or stands for the cell above that does."""
    words = text[slice(*span)].strip()
    return any(is_known_name(name.name) for name in split(words).names)


def _names_only(words: str) -> bool:
    """Whether the words of a cell are names of bodies and nothing else: no label can be in it."""
    return types_of(words) == _BODIES and ":" not in words and "：" not in words


def _inner(text: str, span: Span) -> list[Clause]:
    """The clauses inside a cell (牵头单位：…), places in the text."""
    words, by = text[slice(*span)], span[0]
    return [
        Clause(c.role, (c.span[0] + by, c.span[1] + by), (c.content[0] + by, c.content[1] + by), c.rule)
        for c in assignments(Reading(words, scan(words)), WITHIN_CELL)
    ]


def _lines(text: str, span: Span, cuts: frozenset[int]) -> Iterator[Span]:
    """The lines of a cell that each name bearers; one that ends inside a list or a name goes on in the next."""
    start = at = span[0]
    for cut in sorted(cut for cut in cuts if span[0] < cut < span[1]) if cuts else ():
        yield from _lines(text, (start, cut), frozenset())
        start = at = cut
    while at < span[1]:
        end = end_of_line(text, at, span[1])
        words = text[start:end].strip()
        at = end + 1
        if at < span[1] and (words.endswith(_GOES_ON) or not ends_as_body(words)):
            continue
        remark = REMARK.search(text, start, end)
        content = within_blanks(text, start, remark.start() if remark else end)
        if content[0] < content[1]:
            yield content[0], content[0] + len(text[slice(*content)].rstrip("。；;，, "))
        start = at


def _read(text: str, table: _Open) -> TableReading:
    rows: list[TableRow] = []
    for item in table.items:
        first = item.rows[0]
        if len(item.rows) > 1 and first.number is not None:
            last = max(row.end for row in item.rows)
            whole = replace(first, clauses=[], end=last)
            rows.append(whole)
            if first.content and not any(row.content for row in item.rows[1:]):  # one task, and how it is done
                whole.body = (
                    first.body[0],
                    min(first.body[1], first.start + len(text[first.start : first.content[0]].rstrip())),
                )
                first.body, first.heading = within_blanks(text, *first.content), _heading(text, first.content)
                first.start = min(span[0] for span in (first.content, *(c.content for c in first.clauses)))
                first.kind = first.kind and ItemKind.MEASURE
            for n, row in enumerate(item.rows, 1):
                row.part = n
        rows += item.rows
    # what stands behind the last row is no part of the table: a note, the next heading of a sheet
    end = max(row.end for row in rows)
    chapters = tuple(c for c in table.chapters if c.start < end)
    headless = tuple((cells[0], len(cells)) for _, cells in sorted(table.headless.items()) if cells)
    return TableReading((table.start, end), tuple(rows), chapters, table.columns.untold, headless)


CELL = Rule(
    "table-cell", "cell", "duty", "表格中单位栏、时限栏的单元格", table_items,
    (
        gives("序号\t任务\t责任单位\n1\t清理文件\t市司法局\n2\t公开清单\t市财政局\n", "responsible 市司法局", "responsible 市财政局"),
        gives("序号\t任务\t牵头单位\t完成时限\n1\t清理文件\t市编办\t2018年底\n2\t培训\t市人社局\t长期\n", "lead 市编办", "deadline 2018年底", "lead 市人社局", "deadline 长期"),
    ),
    ("序号\t任务\t备注\n1\t清理文件\t市司法局\n2\t公开清单\t市财政局\n", "姓名\t电话\n张三\t12345\n李四\t12346\n"),
)  # fmt: skip
DITTO = Rule(
    "same-as-above", "cell", "duty", "表格中写「同上」的单元格", table_items,
    (
        gives("序号\t任务\t责任单位\n1\t清理文件\t市司法局\n2\t公开清单\t同上\n", "responsible 市司法局"),
        gives("序号\t任务\t牵头单位\n1\t清理文件\t市编办、市司法局\n2\t公开清单\t同上\n", "lead 市编办、市司法局"),
    ),
    ("序号\t任务\t责任单位\n1\t清理文件\t市司法局\n2\t公开清单\t市财政局\n", "序号\t任务\t责任单位\n1\t清理文件\t同上\n2\t公开清单\t市财政局\n"),
)  # fmt: skip
ON_LINE = "label-line"  # a label inside a cell
RULES = (CELL, DITTO)
