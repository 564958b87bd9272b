"""Words of a PDF that a drawn line strikes through: programs that write PDF draw a stroke for it, and say no more.

A stroke is a thin level line or bar. It strikes through the characters whose middle it passes, if it ends where they end: a rule
of a table, an underline or a line across the page does not.

Example: a bar over the middle of 、市旅游局 in 责任单位：市司法局、市旅游局 takes these five signs out.

Left to others: the characters of a page (`loaders.files.paged.pdf`), strokes that are annotations (`loaders.files.paged.pdf_beside`).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

import pypdfium2

_THICKEST = 2.0  # points
_SHORTEST = 4.0
_LOW, _HIGH = 0.3, 0.65  # of the height of a character, from below: an underline lies lower
_OVER = 0.5  # of a character's height that a stroke may reach beyond the first and the last

_Box = tuple[float, float, float, float]  # left, bottom, right, top, in the space of the page


class Strokes:
    """The thin level strokes of one page, and the characters whose middle each passes; ``paths`` are what is drawn on it."""

    def __init__(self, paths: Iterable[pypdfium2.PdfObject]) -> None:
        bounds = (path.get_bounds() for path in paths if path.level == 0)  # inside a form another space counts
        thin = {b for b in bounds if b[3] - b[1] <= _THICKEST and b[2] - b[0] >= _SHORTEST}
        self._strokes = sorted(((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in thin)
        self._heights = [y for y, _, _ in self._strokes]
        self._met: dict[int, list[tuple[int, _Box]]] = {}

    def meet(self, n: int, box: _Box) -> None:
        """Note that the character of number ``n`` stands in a box."""
        left, bottom, right, top = box
        low = bisect_left(self._heights, bottom + _LOW * (top - bottom))
        for at in range(low, len(self._strokes)):
            y, x0, x1 = self._strokes[at]
            if y > bottom + _HIGH * (top - bottom):
                return
            if x0 <= (left + right) / 2 <= x1:
                self._met.setdefault(at, []).append((n, box))

    def through(self) -> Iterator[list[int]]:
        """The characters that each stroke strikes through, by their numbers."""
        taken: set[int] = set()
        for at, met in sorted(self._met.items()):
            _, x0, x1 = self._strokes[at]
            over = _OVER * max(top - bottom for _, (_, bottom, _, top) in met)
            ends = min(box[0] for _, box in met) - over <= x0 and x1 <= max(box[2] for _, box in met) + over
            if ends and (numbers := [n for n, _ in met if n not in taken]):
                taken.update(numbers)
                yield numbers
