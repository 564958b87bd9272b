"""Broken rows: a table drawn on the page whose cells go over several lines, put together row by row.

A box of rules (├──┼──┤) holds one row between two rules; columns of blanks (out of a PDF) hold a cell's further lines below its
beginning.  Each row becomes one line, the stretches of a cell one after another.  So a name that a line broke is whole, and
stands in its column.

>>> text = "├─┼──┼───┤\\n│1│修渠│县水利│\\n│ │清淤│局    │\\n├─┼──┼───┤\\n"
>>> whole = together(text)
>>> whole.text.split("\\n")[1], [text[slice(*part)] for part in whole.parts((19, 23))]
('│1│修渠清淤│县水利局│', ['县水利', '局'])

Left to others: which column is which (`loaders.tables`), tables of other shapes, which stay as they are.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from graph.model import Span
from loaders.lexicon.bodies import is_certain_body
from loaders.lexicon.marks import FRAME, lines, within_blanks
from loaders.lexicon.vocabulary import role_labels

_BOX = "│┃"
_RULES = f"{FRAME}+-"
_RULE = re.compile(rf"[ \t]*[{re.escape(_RULES)}][{re.escape(_RULES)} ]*")
_DASH = re.compile("[─━═-][^─━═-]?[─━═-]")
_SIGN = re.compile(f"[{_BOX}]|\\|")
_NUMBER = re.compile(r"\d{1,3}[.、]?")
_CELL = re.compile(r"\S+(?: \S+)*")  # up to a gap of two blanks
_MARK = re.compile(r"[、，,；;]")
_LEAST_COLUMNS, _LONGEST_NAME, _LONGEST_LINE, _NEAR = 3, 12, 400, 2
_WIDE = "\u2e80"  # signs from here on take two places of a line


class Rearranged(NamedTuple):
    """A text in other order: its ``pieces`` are (place in it, place in the source, size); between them stand signs of its own."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def parts(self, span: Span) -> list[Span]:
        """The stretches of the source of which a place consists, those side by side as one."""
        start, end = span
        first_piece = max(0, bisect_right(self.pieces, (start, len(self.text) + 1, 0)) - 1)
        found: list[Span] = []
        for n in range(first_piece, len(self.pieces)):
            at, source, size = self.pieces[n]
            if at >= end:
                break
            first, last = max(start, at), min(end, at + size)
            if first < last:
                part = source + first - at, source + last - at
                if found and found[-1][1] == part[0]:
                    found[-1] = found[-1][0], part[1]
                else:
                    found.append(part)
        return found or [self._empty(start)]

    def place(self, span: Span) -> Span:
        """The stretch of the source that reaches over all parts of a place."""
        parts = self.parts(span)
        return min(start for start, _ in parts), max(end for _, end in parts)

    def of(self, source: str) -> str:
        """Another form of the source, as long as it is, in the order of this text."""
        made, at = [], 0
        for place, first, size in self.pieces:
            made += [self.text[at:place], source[first : first + size]]
            at = place + size
        return "".join([*made, self.text[at:]])

    def _empty(self, at: int) -> Span:
        n = max(0, bisect_right(self.pieces, (at, len(self.text) + 1, 0)) - 1)
        start, source, size = self.pieces[n]
        return (source + min(at - start, size),) * 2


# a stretch of the text, the rows that it becomes (cells, each of several parts), and the sign between their cells
_Change: TypeAlias = tuple[Span, list[list[list[Span]]], str]


class _Line(NamedTuple):
    """A line and its cells; of blanks, ``columns`` are the places in which its cells stand on the page."""

    span: Span
    cells: tuple[Span, ...]
    columns: tuple[int, ...] = ()


def together(text: str) -> Rearranged | None:
    """The text with each broken row in one line; None where there is none."""
    if not any(sign in text for sign in (*_BOX, "  ", "-+-")):
        return None
    changed: list[_Change] = []
    spans = [(at, at + len(line)) for at, line in lines(text)]
    if any(sign in text for sign in (*_BOX, "|")):
        changed += _boxes(text, spans)
    if "  " in text:
        changed += _columns(text, spans)
    return _rearranged(text, sorted(changed)) if changed else None


def _rearranged(text: str, changed: Sequence[_Change]) -> Rearranged:
    made: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    size = at = 0

    def put(words: str, source: int | None = None) -> None:
        nonlocal size
        if source is not None and words:
            pieces.append((size, source, len(words)))
        made.append(words)
        size += len(words)

    for (start, end), rows, sign in changed:
        put(text[at:start], at)
        for n, row in enumerate(rows):
            put("\n" if n else "")
            for column, cell in enumerate(row):
                put(sign if column or sign in _BOX else "")
                for part in cell:
                    put(text[slice(*part)], part[0])
            put(sign if sign in _BOX else "")
        at = end
    put(text[at:], at)
    return Rearranged("".join(made), tuple(pieces) or ((0, 0, 0),))


def _boxes(text: str, spans: Sequence[Span]) -> Iterator[_Change]:
    """The rows between two rules of which some go over several lines."""
    group: list[_Line] | None = None  # below a rule
    for span in spans:
        if _RULE.fullmatch(text, *span) and _DASH.search(text, *span):
            yield from _of_group(text, group or [])
            group = []
            continue
        cells = _boxed(text, span) if group is not None else ()
        if group is not None and len(cells) > 1 and (not group or len(cells) == len(group[0].cells)):
            group.append(_Line(span, cells))
        else:
            group = None  # no box, or one that no rule closes


def _boxed(text: str, line: Span) -> tuple[Span, ...]:
    """The cells of a line that strokes open, part and close."""
    signs = [match.start() for match in _SIGN.finditer(text, *line)]
    if len(signs) < 3 or text[line[0] : signs[0]].strip() or text[signs[-1] + 1 : line[1]].strip():
        return ()
    return tuple(within_blanks(text, a + 1, b) for a, b in pairwise(signs))


def _of_group(text: str, group: list[_Line]) -> Iterator[_Change]:
    """What stands between two rules: one row, or one from each number on; nothing where no row goes over several lines."""
    if len(group) < 2 or all(cell[0] < cell[1] for line in group for cell in line.cells):
        return
    rows: list[list[list[Span]]] = []
    for line in group:
        first = line.cells[0]
        if not rows or (rows[0][0] and _NUMBER.fullmatch(text, *first)):
            rows.append([[] for _ in line.cells])
        for cell, part in zip(rows[-1], line.cells, strict=True):
            cell += [part] if part[0] < part[1] else []
    if len(rows) < len(group):
        yield (group[0].span[0], group[-1].span[1]), rows, "│"


def _columns(text: str, spans: Sequence[Span]) -> Iterator[_Change]:
    """The tables whose columns stand below each other on the page, and of which cells go on in a line below."""
    n = 0
    while n < len(spans):
        start, stop = spans[n]
        n += 1
        if stop - start > _LONGEST_LINE or "  " not in text[start:stop].strip():
            continue
        head = _spread(text, (start, stop))
        if head is None or not _is_head(text, head):
            continue
        rows = [[[cell] for cell in head.cells]]
        end, goes_on = head.span[1], False
        while n < len(spans):
            line = _spread(text, spans[n])
            row = _in_columns(line, head.columns) if line else None
            if line is None or row is None:
                break
            if row[0] is None and _continues(text, rows, row):
                goes_on = True
                for cell, part in zip(rows[-1], row, strict=True):
                    cell += [part] if part else []
            else:
                rows.append([[part] if part else [] for part in row])
            end, n = line.span[1], n + 1
        if goes_on:
            yield (head.span[0], end), rows, "\t"


def _spread(text: str, line: Span) -> _Line | None:
    """A line with its cells and where they stand on the page; None for a line without a gap."""
    words = text[slice(*line)]
    if "  " not in words or "\t" in words or len(words) > _LONGEST_LINE:
        return None
    cells = tuple(match.span() for match in _CELL.finditer(text, *line))
    columns, place, at = [], 0, line[0]
    for start, end in cells:
        place += sum(2 if sign >= _WIDE else 1 for sign in text[at:start])
        columns.append(place)
        place += sum(2 if sign >= _WIDE else 1 for sign in text[start:end])
        at = end
    return _Line(line, cells, tuple(columns))


def _is_head(text: str, line: _Line) -> bool:
    if len(line.cells) < _LEAST_COLUMNS or any(end - start > _LONGEST_NAME for start, end in line.cells):
        return False
    return any(role_labels().get(text[slice(*cell)].replace(" ", ""), "other") != "other" for cell in line.cells)


def _in_columns(line: _Line, columns: Sequence[int]) -> list[Span | None] | None:
    """The cells of a line by the columns of the head; None where two stand in one."""
    row: list[Span | None] = [None] * len(columns)
    for cell, place in zip(line.cells, line.columns, strict=True):
        column = max(0, bisect_right(columns, place + _NEAR) - 1)
        if row[column] is not None:
            return None
        row[column] = cell
    return row


def _continues(text: str, rows: list[list[list[Span]]], row: Sequence[Span | None]) -> bool:
    """Whether a line goes on with the cells of the row above: a few of them, or a name is whole only with what it has."""
    above = rows[-1]
    here = [(cell, part) for cell, part in zip(above, row, strict=True) if part]
    if len(rows) < 2 or not here or not all(cell for cell, _ in here):
        return False
    if 2 * len(here) < len(row):
        return True
    return any(_breaks_name(text[slice(*cell[-1])], text[slice(*part)]) for cell, part in here)


def _breaks_name(above: str, below: str) -> bool:
    """Whether the last name of a line is whole only with the first words of the line below."""
    last, first = _MARK.split(above)[-1], _MARK.split(below)[0]
    return bool(last) and not is_certain_body(last) and is_certain_body(last + first)
