"""The content of one page: characters with boxes become lines, and the words of ruled cells.

1. A character whose centre lies in a cell of a ruled table belongs to that cell.
2. The other characters form lines: a new line begins if the next character stands higher or lower; lines at the same height
   are joined.
3. A line of a cell that reaches the right border continues in the next line.

Example: ``责任单位`` and, at the same height after a gap, ``完成时限`` become the line ``责任单位 完成时限``.

Left to others: where the characters come from (`loaders.files.paged.pdf`, `loaders.files.paged.ofd`, `loaders.files.paged.ocr`), what continues across pages (`loaders.files.paged.layout`).
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from loaders.files.blocks import Cell
from loaders.lexicon.numbers import MARKER

Box: TypeAlias = tuple[float, ...]  # left, top, right, bottom, from the top of the page

NEAR = 3.0  # points within which two ruled lines are one
_SENTENCE_END = "。！？；：!?;:"


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
    column: int = 0  # the order in which the columns of a page are read
    side: int = 0  # 0: the whole width, else the number of its column from the left

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 1.0)


class Ruled:
    """A ruled table: its cells and the characters of each; ``cut``: its last row is open below."""

    def __init__(self, cells: list[Box], cut: bool) -> None:
        self.cut = cut
        self.column = 0  # as of a line
        self.flowing: set[Cell] = set()  # whose last line reaches their right border, known with `rows`
        self.cells = sorted(cells, key=lambda c: (round(c[1]), c[0]))
        self.left, self.top = min(c[0] for c in cells), min(c[1] for c in cells)
        self.right, self.bottom = max(c[2] for c in cells), max(c[3] for c in cells)
        self._taken: list[list[Char]] = [[] for _ in self.cells]
        self._last = 0
        self.columns = _edges(x for c in cells for x in (c[0], c[2]))
        self._rows = _edges(y for c in cells for y in (c[1], c[3]))

    def take(self, char: Char) -> bool:
        """Whether the character lies in the table; if so, its cell takes it."""
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
        """The cells on the grid of all ruled lines; a cell over several positions stands at each of them."""
        grid: list[list[Cell]] = [[Cell() for _ in range(len(self.columns) - 1)] for _ in range(len(self._rows) - 1)]
        for box, chars in zip(self.cells, self._taken, strict=True):
            lines = lines_of(chars)
            cell = Cell(_cell_text(lines, box))
            if lines and box[2] - lines[-1].right < 1.8 * lines[-1].size and not ends(lines[-1].text):
                self.flowing.add(cell)
            across = range(_nearest(self.columns, box[0]), _nearest(self.columns, box[2]))
            for row in range(_nearest(self._rows, box[1]), _nearest(self._rows, box[3])):
                for column in across:
                    grid[row][column] = cell
        return grid


class Page(NamedTuple):
    """One page; ``picture``: any words on it are the pixels of an image."""

    number: int
    height: float
    lines: list[Line]
    tables: list[Ruled]
    picture: bool = False


def parted(chars: list[Char], boxes: Sequence[tuple[list[Box], bool]]) -> tuple[list[Ruled], list[Char]]:
    """The ruled tables of a page with the words of their cells, and the characters outside them."""
    tables = [Ruled(cells, cut) for cells, cut in boxes if len(cells) > 1]
    rest: list[Char] = []
    inside: Ruled | None = None
    for char in chars:
        if char.place is None:  # a made-up blank or line break stays with the character before it
            if inside is None:
                rest.append(char)
            continue
        inside = next((table for table in tables if table.take(char)), None)
        if inside is None:
            rest.append(char)
    return [table for table in tables if table.filled()], rest


def _edges(places: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > NEAR:
            edges.append(place)
    return edges


def _nearest(edges: list[float], place: float) -> int:
    n = bisect_left(edges, place)
    return n if n == 0 or (n < len(edges) and edges[n] - place < place - edges[n - 1]) else n - 1


def lines_of(chars: list[Char]) -> list[Line]:
    """Characters in reading order as lines: a new line begins if the next character stands higher or lower."""
    return one_per_height(line_pieces(chars))


def line_pieces(chars: list[Char], gap: float | None = None) -> list[Line]:
    """The same, where lines at one height are not joined; a line is parted, too, where ``gap`` sizes are white."""
    lines: list[Line] = []
    signs: list[str] = []
    box: Box | None = None

    def end() -> None:
        text = "".join(signs).strip()
        if text and box is not None:
            lines.append(Line(text, box[0], box[1], box[2], box[3]))
        signs.clear()

    for char in chars:
        if char.place is None:
            if char.sign == " " and signs:
                signs.append(" ")
            continue
        left, top, right, bottom = char.place
        if (box is not None and signs and not _at_one_height(box, char.place)) or (
            box is not None and signs and gap is not None and not -1 < (left - box[2]) / (bottom - top + 1) < gap
        ):
            end()
            box = None
        signs.append(char.sign if char.sign.isprintable() else " ")
        if not char.sign.isspace():
            box = char.place if box is None else (
                min(box[0], left), min(box[1], top), max(box[2], right), max(box[3], bottom),
            )  # fmt: skip
    end()
    return lines


def _at_one_height(box: Box, other: Box) -> bool:
    """Whether the middle of one box lies in the other: 一 is thin, and the sign behind it is not."""
    return box[1] <= (other[1] + other[3]) / 2 <= box[3] or other[1] <= (box[1] + box[3]) / 2 <= other[3]


def one_per_height(lines: list[Line]) -> list[Line]:
    """Lines at the same height, joined from left to right as a page shows them."""
    made: list[Line] = []
    for line in sorted(lines, key=lambda one: (one.top + one.bottom) / 2):
        middle = (line.top + line.bottom) / 2
        last = made[-1] if made else None
        near = 0.0 if last is None else 0.4 * max(min(last.size, line.size), 0.25 * max(last.size, line.size))
        if last is not None and abs((last.top + last.bottom) / 2 - middle) < near:
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
    """The words of a cell: a line that reaches the right border continues in the next line."""
    text = ""
    for n, line in enumerate(lines):
        before = lines[n - 1] if n else None
        if before is None:
            text = line.text
        elif ends(before.text) and (box[2] - before.right > 2.2 * before.size or MARKER.match(line.text)):
            text += "\n" + line.text
        else:
            text = join(text, line.text)
    return text


def ends(text: str) -> bool:
    return text[-1:] in _SENTENCE_END


def join(before: str, after: str) -> str:
    apart = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return before + (" " if apart else "") + after
