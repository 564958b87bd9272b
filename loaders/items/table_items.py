"""Items from the rows of tables, beside those of the running text.

1. `in_mended` moves the cells to the repaired text. `without` blanks out the tables in the text for the rules of running
   text, so that every place stays and no rule guesses at the content of a cell.
2. `with_rows` makes items of the rows.  They stand under the heading above the table, or under the heading of the table
   itself. A row that repeats an item of the body is left out, and a warning says so.
3. `drop_places_outside_rows`: a name outside its row (a cell over several rows, 同上) has no place in the item; the fact
   rests on the place of the name.

Example: row ``3 · 清理文件 · 市司法局`` becomes item 3 with a duty of 市司法局 by the rule ``table-cell``.

Left to others: reading the cells (`loaders.duties.table_cells`), the facts of an item (`loaders.items.items`), what is doubtful in
tables (`loaders.items.table_warnings`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from graph.model import Duty, Item, Role, Span, Table
from graph.names import fold
from loaders.duties.table_rows import Chapter, TableReading, TableRow
from loaders.items.parents import bears
from loaders.items.stretches import ChosenItem
from loaders.phrases.bearers import split
from loaders.structure.outline import RANKS, Node
from loaders.text.plain_signs import NOTHING
from loaders.text.repair import Repaired

TABLE_RULE_NAMES = frozenset(("table-cell", "same-as-above"))
_LEAST_WORDS = 6  # of a task that can be told to repeat an item
_RANK = RANKS["arabic"]
_LONGEST_BETWEEN = 60  # characters between a heading and the table below it
_NOT_A_LINE_BREAK = re.compile(r"[^\n]")


def in_mended(tables: Iterable[Table], mended: Repaired) -> list[Table]:
    """The tables, with the places of their cells in the repaired text."""
    if mended.unchanged:
        return list(tables)
    places = range(len(mended.text) + 1)

    def there(span: Span) -> Span:
        start = bisect_left(places, span[0], key=mended.source)
        return start, max(start, bisect_right(places, span[1], key=mended.source) - 1) if span[0] < span[1] else start

    return [replace(t, rows=tuple(tuple(there(cell) for cell in row) for row in t.rows)) for t in tables]


def without(text: str, tables: Iterable[Span]) -> str:
    """``text`` with placeholder characters instead of the tables; every place and every line stays."""
    pieces, at = [], 0
    for start, end in sorted(tables):
        pieces += [text[at:start], _NOT_A_LINE_BREAK.sub(NOTHING, text[start:end])]
        at = max(at, end)
    return "".join([*pieces, text[at:]]) if pieces else text


class Repeated(NamedTuple):
    """What tables say that the body says: where and how many rows; and the cells that name another lead than the body."""

    tables: list[tuple[Span, int]]
    other_leads: list[Span]


def with_rows(
    text: str, nodes: list[Node], chosen: list[ChosenItem], tables: Sequence[TableReading]
) -> tuple[list[Node], list[ChosenItem], Repeated]:
    """Nodes and items including those of the tables, and what of these repeats the body.

    A row that repeats an item of the body is no item of its own; whom and when it adds, the item gets.
    """
    repeated = Repeated([], [])
    if not tables:
        return nodes, chosen, repeated
    for read in tables:
        _clip(text, chosen, read.stretch)
    body = [(c, fold(text[slice(*c.heading)]), fold(text[slice(*c.body)])) for c in chosen if c.clauses]
    made: list[ChosenItem] = []
    headings: list[Node] = []
    for read in tables:
        holder = _holder(text, nodes, chosen, read.stretch[0])
        chapters = [_chapter(chapter, read, n, holder) for n, chapter in enumerate(read.chapters)]
        headings += chapters
        if holder is not None:  # its introduction ends where the table begins
            holder.children.append(Node(_RANK, 0, "", read.stretch[0], read.stretch[0], read.stretch[1], parent=holder))
            holder.children.sort(key=lambda child: child.start)
        rows, others = _not_in_body(text, read.rows, body)
        repeated.other_leads.extend(others)
        if again := sum(1 for row in read.rows if row.part is None) - sum(1 for row in rows if row.part is None):
            repeated.tables.append((read.stretch, again))
        made += _items(text, rows, chapters, holder)
    nodes = sorted([*nodes, *headings], key=lambda node: node.start)
    return nodes, sorted([*chosen, *made], key=lambda c: c.start), repeated


def drop_places_outside_rows(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items without the places of names that stand outside their rows."""
    return tuple(
        replace(item, duties=tuple(_settled(duty, item.span) for duty in item.duties))
        if any(duty.rule in TABLE_RULE_NAMES for duty in item.duties)
        else item
        for item in items
    )


def _settled(duty: Duty, item: Span) -> Duty:
    if duty.rule not in TABLE_RULE_NAMES or duty.span is None or (item[0] <= duty.span[0] and duty.span[1] <= item[1]):
        return duty
    inferred = duty.inferred or duty.rule == "same-as-above"
    return replace(duty, span=None, quote=None, inferred=inferred, because=(*duty.because, duty.span))


def _clip(text: str, chosen: list[ChosenItem], table: Span) -> None:
    """Let items of the running text end where a table begins."""
    for c in chosen:
        if c.start < table[0] < c.end:
            c.end = c.start + len(text[c.start : table[0]].rstrip())
            c.body = c.body[0], max(c.body[0], min(c.body[1], c.end))
            c.heading = c.heading if c.heading[1] <= c.body[1] else (c.body[0], c.body[0])


def _holder(text: str, nodes: list[Node], chosen: list[ChosenItem], at: int) -> Node | None:
    """The heading that contains the table at a place: the nearest one before it that reaches over it and is no item.

    An item that says who right above the table stands above its rows: 一、党的建设（牵头单位：市委组织部）.
    """
    items = {id(c.node): c for c in chosen if not c.unnumbered and c.part is None}
    holder = next((node for node in reversed(nodes) if node.start < at < node.end), None)
    while holder is not None and (id(holder) in items or holder.rank > _RANK):
        item = items.get(id(holder))
        if item is not None and bears(item.clauses) and _leads_to(text, item, at):
            item.is_heading = item.unnumbered = holder.rank < _RANK
            return holder
        holder = holder.parent
    return holder


def _leads_to(text: str, item: ChosenItem, at: int) -> bool:
    """Whether nothing but some words stands between the assignment of an item and a table."""
    between = text[max(clause.span[1] for clause in item.clauses) : at].strip(" \t\n。；;）)】")
    return len(between) <= _LONGEST_BETWEEN and "\n" not in between and not between.startswith("附")


def _chapter(chapter: Chapter, read: TableReading, n: int, holder: Node | None) -> Node:
    end = read.chapters[n + 1].start if n + 1 < len(read.chapters) else read.stretch[1]
    node = Node(RANKS["bracket"], n + 1, chapter.label, chapter.start, chapter.text, end, parent=holder)
    node.children.append(Node(_RANK, 0, "", chapter.end, chapter.end, end, parent=node))  # no introduction
    return node


def _not_in_body(
    text: str, rows: Sequence[TableRow], body: list[tuple[ChosenItem, str, str]]
) -> tuple[list[TableRow], list[Span]]:
    """The rows that repeat no item of the body, the parts of a row with it; the others complete their items. And the cells
    that name another lead than the body does."""
    kept: list[TableRow] = []
    others: list[Span] = []
    item: ChosenItem | None = None
    for row in rows:
        item = item if row.part is not None else _repeated(text, row, body)
        if item is None:
            kept.append(row)
        else:
            others += _complete(text, item, row)
    return kept, others


def _complete(text: str, item: ChosenItem, row: TableRow) -> list[Span]:
    """Give an item the clauses of a row that name other bodies, or its time; what names another lead is given back."""
    known: dict[str, set[str]] = {}
    for clause in item.clauses:
        for name in split(text[slice(*clause.content)]).names if clause.role != "deadline" else ():
            known.setdefault(name.role or clause.role, set()).add(fold(name.name))
    others: list[Span] = []
    for clause in row.clauses:
        if clause.role == "deadline":
            if not any(own.role == "deadline" for own in item.clauses):
                item.clauses.append(clause)
            continue
        names = {fold(name.name) for name in split(text[slice(*clause.content)]).names}
        if clause.role == Role.LEAD and known.get(Role.LEAD) and not names <= known[Role.LEAD]:
            others.append(clause.content)
        elif not names <= set().union(*known.values()):
            item.clauses.append(clause)
    return others


def _repeated(text: str, row: TableRow, body: list[tuple[ChosenItem, str, str]]) -> ChosenItem | None:
    """The item of the body that a row repeats: a cell says what the item has as its heading or in its words."""
    words = fold(text[slice(*row.heading)]) or fold(text[slice(*row.body)])
    if len(words) < _LEAST_WORDS:
        return next((c for c, heading, _ in body if words and words == heading), None)
    return next(
        (c for c, heading, whole in body if words in whole or (len(heading) >= _LEAST_WORDS and heading in words)),
        None,
    )


def _items(text: str, rows: list[TableRow], chapters: list[Node], holder: Node | None) -> list[ChosenItem]:
    made: list[ChosenItem] = []
    node: Node | None = None
    for row in rows:
        parent = chapters[row.chapter] if row.chapter is not None else holder
        if row.part is None or node is None:
            node = Node(_RANK, row.number or 0, text[slice(*row.label)], *row.label, row.end, parent=parent)
        item = ChosenItem(node, row.clauses, row.start, row.end, row.body, row.heading, part=row.part)
        item.cites, item.kind = (row.start, row.end), row.kind
        item.unnumbered = row.number is None and row.part is None
        made.append(item)
    return made
