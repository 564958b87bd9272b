"""Signs of tables that have no head: lines that follow each other with the same kinds of cells, a body among them.

1. Rows: three or more lines side by side, with as many cells (parted by tabs, strokes, wide gaps, or single blanks), whose
   kinds stand in the same order: 1 清理文件 市司法局 6月底.
2. Cells a line each: the kinds of the lines come back in the same order three times: 1⏎清理文件⏎市司法局⏎2⏎公开目录⏎…

A list of names is no table: beside the body stands what is to be done, and a number, a time or more bodies.

>>> text = "1 清理文件 市司法局 6月底\\n2 公开目录 市大数据局 9月底\\n3 培训骨干 市人社局 年底\\n"
>>> [(sign.at, sign.reach) for sign in rows_without_head(text)]
[((0, 15), (0, 47))]

Left to others: tables whose head names the columns (`loaders.signs.tables`), reading a table (`loaders.tables`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from graph.model import Span
from loaders.lexicon.marks import lines
from loaders.signs.sign import Sign
from loaders.tables.heads import RULE, STROKES, blank_cells, cells_of, trimmed
from loaders.tables.piece_types import types_of

_LEAST_ROWS, _LEAST_CELLS, _MOST_CELLS = 3, 3, 12
_LONGEST_CELL, _LONGEST_LINE, _LEAST_TASK = 300, 1000, 4
_LONGEST_BODIES = 80
# a blank, a tab or a stroke behind a sign, and one more further on
_PARTED = re.compile(rf"(?<=[^\n \t])[ \t{STROKES}]+[^\n \t{STROKES}]+[ \t{STROKES}]")
_WIDE = re.compile(r"\S(?:[ ]{2,}|\t)\S")
_PROSE = re.compile(r"[。；;：:].")  # 责任单位：… is a label, not a cell
_BODY_ENDS = frozenset("局委办府厅部院会室心处站所校行司队")
# a letter for what a cell can be
_KINDS = {
    "number": "N",
    "numeral": "N",
    "bodies": "B",
    "time": "D",
    "contact": "F",
    "figure": "F",
    "person": "P",
    "nothing": "-",
}


def rows_without_head(text: str) -> Iterator[Sign]:
    """The stretches of lines that look like rows; ``at`` is the first row, ``reach`` all of them."""
    by_cells, by_lines = _may_have_rows(text)
    if not by_cells and not by_lines:
        return
    filled = [line for line in _with_words(text) if not RULE.fullmatch(text, *line)]
    if by_lines:
        yield from _cells_a_line(text, filled)
    if not by_cells:
        return
    block: list[tuple[Span, list[Span]]] = []
    for line in filled:
        cells = _cells(text, line) if _may_have_cells(text, line) else []
        if block and len(cells) != len(block[-1][1]):
            yield from _rows(text, block)
            block = []
        if _LEAST_CELLS <= len(cells) <= _MOST_CELLS:
            block.append((line, cells))
    yield from _rows(text, block)


def _may_have_rows(text: str) -> tuple[bool, bool]:
    """Whether a text has three lines that may hold cells, and three that may be the cell of a body: a look at their signs."""
    by_strokes = any(text.count(sign) > _LEAST_ROWS for sign in STROKES)
    by_tabs, by_blanks = text.count("\t") > _LEAST_ROWS, text.count(" ") > _LEAST_ROWS
    most = cells = bodies = 0  # lines with cells side by side
    for line in text.split("\n"):
        if not line:
            continue
        if line[-1] in _BODY_ENDS:
            bodies += len(line) <= _LONGEST_BODIES and "：" not in line
        if by_strokes or (by_blanks and line.count(" ") > 1) or (by_tabs and "\t" in line):
            if _PARTED.search(line):
                cells += 1
                most = max(most, cells)
                continue
            if RULE.fullmatch(line):
                continue
        cells = 0
    return most >= _LEAST_ROWS, bodies >= _LEAST_ROWS


def _with_words(text: str) -> Iterator[Span]:
    """The lines that have words, without the blanks around them."""
    for at, words in lines(text):
        start, end = trimmed(text, at, at + len(words))
        if start < end:
            yield start, end


def _may_have_cells(text: str, line: Span) -> bool:
    return line[1] - line[0] <= _LONGEST_LINE and _PARTED.search(text, *line) is not None


def _cells(text: str, line: Span) -> list[Span]:
    words = text[slice(*line)]
    if "\t" in words:
        return cells_of(text, line, "\t")
    if any(stroke in words for stroke in STROKES):
        return cells_of(text, line, "|")
    return blank_cells(text, line, "  " if _WIDE.search(words) else " ")


def _kinds_of(text: str, cells: Sequence[Span]) -> str:
    """A letter for each cell, by what it can be."""
    return "".join(_kind_of("".join(text[slice(*cell)].split())) for cell in cells)


def _kind_of(words: str) -> str:
    if len(words) > _LONGEST_CELL:
        return "X"
    if _PROSE.search(words):
        return "T"
    types = types_of(words)
    told = next((letter for kind, letter in _KINDS.items() if kind in types), None)
    return told or ("T" if len(words) >= _LEAST_TASK else "S")


def _says_who_does_what(kinds: str) -> bool:
    """Whether a row holds a body, what it does, and a number, a time or more bodies."""
    return "B" in kinds and "T" in kinds and ("N" in kinds or "D" in kinds or kinds.count("B") > 1)


def _rows(text: str, block: list[tuple[Span, list[Span]]]) -> Iterator[Sign]:
    """The sign of lines side by side with as many cells, if half of them have the same kinds."""
    if len(block) < _LEAST_ROWS:
        return
    counts = Counter(_kinds_of(text, cells) for _, cells in block)
    least = max(_LEAST_ROWS, (len(block) + 1) // 2)
    if sum(count for kinds, count in counts.items() if _says_who_does_what(kinds)) >= least:
        yield Sign("rows", "unit", block[0][0], (block[0][0][0], block[-1][0][1]))


def _cells_a_line(text: str, filled: Sequence[Span]) -> Iterator[Sign]:
    """The signs of stretches in which the kinds of the lines come back."""
    kinds = _kinds_of(text, filled)
    behind = 0
    for match in re.finditer(r"(?=(?P<row>[NTBDFPS-]{3,8}?)(?P=row){2})", kinds):
        row = match["row"]
        if match.start() < behind or not _says_who_does_what(row):
            continue
        behind = match.start() + 3 * len(row)
        while kinds.startswith(row, behind):
            behind += len(row)
        first, last = filled[match.start()], filled[behind - 1]
        yield Sign("rows", "unit", (first[0], filled[match.start() + len(row) - 1][1]), (first[0], last[1]))
