"""How pages become paragraphs and tables again.

1. A line that stands at the same height on at least half of the pages (its figures ignored) is a running header or footer,
   and so is a page number alone at the edge of a page.
2. A line continues in the next one, also across pages, unless it is short, the next line is indented or further down, or
   the next line begins like a list item after a full stop.
3. A table continues if the columns on the next page are the same: repeated header rows are dropped, a row cut by the page
   is joined, and a merged cell cut by the page covers the rows of both pages.

Example: ``…由市司法`` + ``局负责。`` is one paragraph; ``…负责。`` + ``　　二、…`` are two.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median

from loaders.files.blocks import PAGE, Block, Cell, Grid, Paragraph
from loaders.files.paged.page_lines import NEAR, Line, Page, Ruled, ends, join
from loaders.lexicon.numbers import MARKER

_EDGE = 0.12  # of a page's height: running heads and page numbers stand there
_NUMBER_ALONE = re.compile(r"[-—–－·•~\s第]*(?:\d{1,4}|[ivxIVX]{1,5})(?:\s*/\s*\d{1,4})?[-—–－·•~\s页]*")
# 《通知》 · 位,20176 · 100% : brackets, one sign or one word or figure, and the marks that may not begin a line
_UNBROKEN = re.compile(
    r"[（(《“‘〔【]*(?:[A-Za-z0-9.%+/:-]+|.)(?:[,，。、；;：:！？!?”’）)》〉〕】…—%]+[A-Za-z0-9.%]*)*"
)
# 牵头单位：… opens a line ; not ，责任单位：…
_WIDEST_STEP = 2.4  # sizes from line to line inside a paragraph; where all are further apart, each is one
_RUNNING_NUMBER = re.compile(r"\d{1,4}[.、．]?")
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}[:：]")


def lay_out(pages: list[Page]) -> list[Block]:
    """The paragraphs and tables of all pages."""
    running = _running(pages)
    body = [[line for line in page.lines if not _is_running(line, page, running)] for page in pages]
    joiner = _Joiner([line for lines in body for line in lines])
    blocks: list[Block] = []
    open_table: tuple[Grid, Ruled] | None = None
    for page, lines in zip(pages, body, strict=True):
        joiner.turn()
        turned = True
        parts: list[Line | Ruled] = [*lines, *page.tables]
        for part in sorted(parts, key=lambda one: (one.column, one.top)):
            if isinstance(part, Line):
                joiner.add(part)
                open_table, turned = None, False
                continue
            if open_table is not None and turned and _goes_on(open_table[1], part):
                _append(open_table[0], open_table[1], part.rows())
                open_table = open_table[0], part
                joiner.turned()
            else:
                blocks += joiner.take()
                grid = Grid(part.rows(), turns=[0] * joiner.turned())
                blocks.append(grid)
                open_table = grid, part
            turned = False
    return [*blocks, *joiner.take()]


def _running(pages: list[Page]) -> set[tuple[str, int]]:
    counts = Counter(key for page in pages for key in {_key(line) for line in page.lines if _at_edge(line, page)})
    return {key for key, count in counts.items() if count >= 2 and count * 2 >= len(pages)}


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.top / 4)


def _at_edge(line: Line, page: Page) -> bool:
    return line.bottom < page.height * _EDGE or line.top > page.height * (1 - _EDGE)


def _is_running(line: Line, page: Page, running: set[tuple[str, int]]) -> bool:
    return _at_edge(line, page) and (_key(line) in running or _NUMBER_ALONE.fullmatch(line.text) is not None)


class _Joiner:
    """Joins lines into paragraphs."""

    def __init__(self, lines: list[Line]) -> None:
        self._size = median(line.size for line in lines) if lines else 12.0
        self._margins = {
            side: _margins(line for line in lines if line.side == side) for side in {line.side for line in lines}
        }
        steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 4 * self._size]
        self._step = median(steps) if steps else 1.5 * self._size
        indented = sum(1 for line in lines if self._indented(line))
        self._indents = indented * 8 > len(lines)
        self._done: list[Block] = []
        self._text = ""
        self._last: Line | None = None
        self._turns = 0  # pages that began since the last line

    def turn(self) -> None:
        self._turns += 1

    def turned(self) -> int:
        """How many pages began since the last line or table."""
        turns, self._turns = self._turns, 0
        return turns

    def add(self, line: Line) -> None:
        mark = PAGE * self._turns
        turned = self._turns > 0 or (self._last is not None and self._last.column != line.column)
        if self._last is not None and self._goes_on(self._last, line, turned=turned):
            self._text = join(self._text + mark, line.text) if mark else join(self._text, line.text)
        else:
            self._finish()
            self._text = mark + line.text
        self._turns, self._last = 0, line

    def take(self) -> list[Block]:
        """All paragraphs so far; no line continues."""
        self._finish()
        done, self._done = self._done, []
        return done

    def _finish(self) -> None:
        if self._text:
            self._done.append(Paragraph(self._text))
        self._text, self._last = "", None

    def _indented(self, line: Line) -> bool:
        return line.left - self._margins[line.side][0] > 1.2 * self._size

    def _needed(self, text: str) -> float:
        """The width of the first unbreakable stretch of a line: it did not fit on the line before."""
        first = _UNBROKEN.match(text)
        return self._size * sum(0.6 if sign.isascii() else 1.0 for sign in (first[0] if first else ""))

    def _goes_on(self, before: Line, line: Line, *, turned: bool) -> bool:
        """Whether a paragraph that has the line ``before`` as its last goes on in ``line``."""
        room = self._margins[before.side][1] - before.right
        if abs(before.size - line.size) > 0.25 * self._size or room > self._needed(line.text) + 1.5 * self._size:
            return False
        if not turned and line.top - before.top > min(1.35 * self._step, _WIDEST_STEP * self._size):
            return False
        if self._indented(line):
            return False
        begins = MARKER.match(line.text) or _LABEL.match(line.text)
        if ends(before.text) and begins:
            return False
        return not (turned and ends(before.text) and not self._indents)


def _margins(lines: Iterable[Line]) -> tuple[float, float]:
    """Where the lines of a column begin and end."""
    of_column = list(lines)
    return _common(line.left for line in of_column), max(line.right for line in of_column)


def _common(places: Iterable[float]) -> float:
    """The left margin: the smallest position that a tenth of the lines share."""
    counts = Counter(round(place) for place in places)
    total = sum(counts.values())
    return float(min((place for place, count in counts.items() if count * 10 >= total), default=min(counts, default=0)))


def _goes_on(above: Ruled, table: Ruled) -> bool:
    """Whether two tables on neighbouring pages have the same columns."""
    return len(above.columns) == len(table.columns) and all(
        abs(a - b) <= 2 * NEAR for a, b in zip(above.columns, table.columns, strict=True)
    )


def _append(grid: Grid, above: Ruled, rows: list[list[Cell]]) -> None:
    """Continue a table with the rows of the next page; ``above`` is its part on the page before.

    A row without its first cell is the rest of a row that the page has cut if that row is open below, if one of its
    lines continues, or if other cells are empty, too. Otherwise the first cells are merged cells and cover its rows as
    well.
    """
    there = [list(row) for row in grid.rows]
    repeated = 0
    while repeated < min(len(rows) - 1, 3) and _same(there[repeated : repeated + 1], rows[repeated]):
        repeated += 1
    rows = rows[repeated:]
    grid.turns = [*grid.turns, len(there)]
    if rows and there and not rows[0][0].text and any(cell.text for cell in rows[0]):
        first, last = rows[0], there[-1]
        lead = next(n for n, cell in enumerate(first) if cell.text)
        flows = any(lower.text and upper in above.flowing for upper, lower in zip(last, first, strict=True))
        anew = any(map(_both_numbers, last, first))  # 7 below 6 begins a row, however the page has cut
        if (anew or not (above.cut or flows)) and all(cell.text for cell in first[lead:]) and lead < len(first) - 1:
            # merged cells that the page has cut: they go on as far down as they did on their own page
            for n in range(lead):
                gone = first[n]
                for row in rows:
                    if row[n] is gone:
                        row[n] = last[n]
        else:
            for upper, lower in _pairs(last, first):
                upper.text = join(upper.text, lower.text) if lower.text else upper.text
            rows = rows[1:]
    grid.rows = [*there, *rows]


def _both_numbers(upper: Cell, lower: Cell) -> bool:
    return bool(_RUNNING_NUMBER.fullmatch(upper.text) and _RUNNING_NUMBER.fullmatch(lower.text))


def _same(there: list[list[Cell]], row: list[Cell]) -> bool:
    return bool(there) and [c.text for c in there[0]] == [c.text for c in row] and any(c.text for c in row)


def _pairs(upper: list[Cell], lower: list[Cell]) -> Iterator[tuple[Cell, Cell]]:
    seen: set[Cell] = set()
    for a, b in zip(upper, lower, strict=True):
        if b not in seen:
            seen.add(b)
            yield a, b
