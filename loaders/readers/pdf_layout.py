"""How the pages of a PDF become paragraphs and tables again.

1. Characters are lines; a line that stands at the same height on at least half of the pages, its figures left aside, is
   a running head or foot, and so is a page number alone at the edge of a page.
2. A line goes on in the next one, across pages too, unless it is short, the next one is indented or further down, or
   begins like a point of a list behind a full stop.
3. A table whose columns go on on the next page goes on itself: repeated header rows go, a row cut by the page is put
   together, a merged cell cut by the page covers the rows of both.

Example: ``…由市司法`` + ``局负责。`` is one paragraph; ``…负责。`` + ``　　二、…`` are two.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple, TypeAlias

from loaders.outline import MARKER
from loaders.readers.blocks import PAGE, Block, Cell, Grid, Paragraph

Box: TypeAlias = tuple[float, ...]  # left, top, right, bottom, from the top of the page

_EDGE = 0.12  # of a page's height: running heads and page numbers stand there
_NUMBER_ALONE = re.compile(r"[-—–－·•~\s第]*(?:\d{1,4}|[ivxIVX]{1,5})(?:\s*/\s*\d{1,4})?[-—–－·•~\s页]*")
_SENTENCE_END = "。！？；：!?;:"
_NEAR = 3.0  # points within which two ruled lines are one
# 《通知》 · 位,20176 · 100% : brackets, one sign or one word or figure, and the marks that may not begin a line
_UNBROKEN = re.compile(
    r"[（(《“‘〔【]*(?:[A-Za-z0-9.%+/:-]+|.)(?:[,，。、；;：:！？!?”’）)》〉〕】…—%]+[A-Za-z0-9.%]*)*"
)
# 牵头单位：… opens a line ; not ，责任单位：…
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,8}[:：]")


class Char(NamedTuple):
    sign: str
    place: Box | None  # None for a sign that PDFium made up
    made_up: bool


class Line(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 1.0)


class Ruled:
    """A ruled table: its cells, and the characters each has taken; ``cut``: its last row is open below."""

    def __init__(self, cells: list[Box], cut: bool) -> None:
        self.cut = cut
        self.flowing: set[Cell] = set()  # whose last line reaches their right border, known with `rows`
        self.cells = sorted(cells, key=lambda c: (round(c[1]), c[0]))
        self.left, self.top = min(c[0] for c in cells), min(c[1] for c in cells)
        self.right, self.bottom = max(c[2] for c in cells), max(c[3] for c in cells)
        self._taken: list[list[Char]] = [[] for _ in self.cells]
        self._last = 0
        self.columns = _edges(x for c in cells for x in (c[0], c[2]))
        self._rows = _edges(y for c in cells for y in (c[1], c[3]))

    def take(self, char: Char) -> bool:
        """Whether the character stands in the table: then its cell has it."""
        assert char.place is not None
        x, y = (char.place[0] + char.place[2]) / 2, (char.place[1] + char.place[3]) / 2
        if not (self.left <= x <= self.right and self.top <= y <= self.bottom):
            return False
        for n in (self._last, *range(len(self.cells))):
            left, top, right, bottom = self.cells[n]
            if left <= x <= right and top <= y <= bottom:
                self._taken[n].append(char)
                self._last = n
                break
        return True

    def filled(self) -> bool:
        return len(self._rows) > 2 or len(self.columns) > 2

    def rows(self) -> list[list[Cell]]:
        """The cells on the grid of all ruled lines; one between several of them stands at each place it covers."""
        grid: list[list[Cell]] = [[Cell() for _ in range(len(self.columns) - 1)] for _ in range(len(self._rows) - 1)]
        for box, chars in zip(self.cells, self._taken, strict=True):
            lines = lines_of(chars)
            cell = Cell(_cell_text(lines, box))
            if lines and box[2] - lines[-1].right < 1.8 * lines[-1].size and not _ends(lines[-1].text):
                self.flowing.add(cell)
            across = range(_nearest(self.columns, box[0]), _nearest(self.columns, box[2]))
            for row in range(_nearest(self._rows, box[1]), _nearest(self._rows, box[3])):
                for column in across:
                    grid[row][column] = cell
        return grid


class Page(NamedTuple):
    number: int
    height: float
    lines: list[Line]
    tables: list[Ruled]
    picture: bool


def _edges(places: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return edges


def _nearest(edges: list[float], place: float) -> int:
    n = bisect_left(edges, place)
    return n if n == 0 or (n < len(edges) and edges[n] - place < place - edges[n - 1]) else n - 1


def lines_of(chars: list[Char]) -> list[Line]:
    """Characters in reading order as lines: a new one where the next character stands higher or lower."""
    lines: list[Line] = []
    signs: list[str] = []
    box: Box | None = None

    def end() -> None:
        text = "".join(signs).strip()
        if text and box is not None:
            lines.append(Line(text, *box))
        signs.clear()

    for char in chars:
        if char.place is None:
            if char.sign == " " and signs:
                signs.append(" ")
            continue
        left, top, right, bottom = char.place
        middle = (top + bottom) / 2
        if box is not None and signs and not box[1] <= middle <= box[3]:
            end()
            box = None
        signs.append(char.sign if char.sign.isprintable() else " ")
        if not char.sign.isspace():
            box = char.place if box is None else (
                min(box[0], left), min(box[1], top), max(box[2], right), max(box[3], bottom),
            )  # fmt: skip
    end()
    return one_per_height(lines)


def one_per_height(lines: list[Line]) -> list[Line]:
    """Lines at one height put together from left to right, as a page shows them."""
    made: list[Line] = []
    for line in sorted(lines, key=lambda one: (one.top + one.bottom) / 2):
        middle = (line.top + line.bottom) / 2
        last = made[-1] if made else None
        if last is not None and abs((last.top + last.bottom) / 2 - middle) < 0.4 * min(last.size, line.size):
            first, second = (last, line) if last.left <= line.left else (line, last)
            gap = " " if second.left - first.right > 0.3 * line.size else ""
            made[-1] = Line(
                first.text + gap + second.text,
                first.left,
                min(first.top, second.top),
                max(first.right, second.right),
                max(first.bottom, second.bottom),
            )
        else:
            made.append(line)
    return made


def _cell_text(lines: list[Line], box: Box) -> str:
    """The words of a cell: a line that reaches the right border goes on in the next."""
    text = ""
    for n, line in enumerate(lines):
        before = lines[n - 1] if n else None
        if before is None:
            text = line.text
        elif _ends(before.text) and (box[2] - before.right > 2.2 * before.size or MARKER.match(line.text)):
            text += "\n" + line.text
        else:
            text = _join(text, line.text)
    return text


def _ends(text: str) -> bool:
    return text[-1:] in _SENTENCE_END


def _join(before: str, after: str) -> str:
    apart = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return before + (" " if apart else "") + after


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
        for part in sorted(parts, key=lambda one: one.top):
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
    """Lines in, paragraphs out."""

    def __init__(self, lines: list[Line]) -> None:
        self._size = median(line.size for line in lines) if lines else 12.0
        self._left = _common(line.left for line in lines)
        self._right = max((line.right for line in lines), default=0.0)
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
        if self._last is not None and self._goes_on(self._last, line, turned=self._turns > 0):
            self._text = _join(self._text + mark, line.text) if mark else _join(self._text, line.text)
        else:
            self._finish()
            self._text = mark + line.text
        self._turns, self._last = 0, line

    def take(self) -> list[Block]:
        """All paragraphs so far: nothing goes on."""
        self._finish()
        done, self._done = self._done, []
        return done

    def _finish(self) -> None:
        if self._text:
            self._done.append(Paragraph(self._text))
        self._text, self._last = "", None

    def _indented(self, line: Line) -> bool:
        return line.left - self._left > 1.2 * self._size

    def _needed(self, text: str) -> float:
        """How wide the first stretch of a line is that cannot be broken: it did not fit on the line before."""
        first = _UNBROKEN.match(text)
        return self._size * sum(0.6 if sign.isascii() else 1.0 for sign in (first[0] if first else ""))

    def _goes_on(self, before: Line, line: Line, *, turned: bool) -> bool:
        """Whether a paragraph that has the line ``before`` as its last goes on in ``line``."""
        room = self._right - before.right
        if abs(before.size - line.size) > 0.25 * self._size or room > self._needed(line.text) + 1.5 * self._size:
            return False
        if not turned and line.top - before.top > 1.35 * self._step:
            return False
        if self._indented(line):
            return False
        begins = MARKER.match(line.text) or _LABEL.match(line.text)
        if _ends(before.text) and begins:
            return False
        return not (turned and _ends(before.text) and not self._indents)


def _common(places: Iterable[float]) -> float:
    """The left margin: the smallest place that a tenth of the lines share."""
    counts = Counter(round(place) for place in places)
    total = sum(counts.values())
    return float(min((place for place, count in counts.items() if count * 10 >= total), default=min(counts, default=0)))


def _goes_on(above: Ruled, table: Ruled) -> bool:
    """Whether two tables on neighbouring pages have the same columns."""
    return len(above.columns) == len(table.columns) and all(
        abs(a - b) <= 2 * _NEAR for a, b in zip(above.columns, table.columns, strict=True)
    )


def _append(grid: Grid, above: Ruled, rows: list[list[Cell]]) -> None:
    """Let a table go on with the rows of the next page; ``above`` is its part on the page before.

    A row without its first cell is the rest of one that the page has cut when that one is open below, when a line of it
    goes on, or when other cells are empty too; else the first cells are merged ones, and go on over its rows.
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
        if not (above.cut or flows) and all(cell.text for cell in first[lead:]) and lead < len(first) - 1:
            # merged cells that the page has cut: they go on as far down as they did on their own page
            for n in range(lead):
                gone = first[n]
                for row in rows:
                    if row[n] is gone:
                        row[n] = last[n]
        else:
            for upper, lower in _pairs(last, first):
                upper.text = _join(upper.text, lower.text) if lower.text else upper.text
            rows = rows[1:]
    grid.rows = [*there, *rows]


def _same(there: list[list[Cell]], row: list[Cell]) -> bool:
    return bool(there) and [c.text for c in there[0]] == [c.text for c in row] and any(c.text for c in row)


def _pairs(upper: list[Cell], lower: list[Cell]) -> Iterator[tuple[Cell, Cell]]:
    seen: set[Cell] = set()
    for a, b in zip(upper, lower, strict=True):
        if b not in seen:
            seen.add(b)
            yield a, b
