"""A page from its characters: lines in reading order, also in columns, and ruled tables.

Example: a page set in two columns gives the lines of the left one first.

Left to others: where the characters come from (`loaders.files.paged.pdf`, `loaders.files.paged.ocr`), lines
(`loaders.files.paged.page_lines`), columns (`loaders.files.paged.columns`).
"""

from collections.abc import Sequence

from loaders.files.paged.columns import in_columns
from loaders.files.paged.page_lines import Box, Char, Page, line_pieces, lines_of, parted

_GAP = 1.5  # sizes of white that part the pieces of a row


def page_of(
    number: int, height: float, chars: list[Char], tables: Sequence[tuple[list[Box], bool]], picture: bool = False
) -> Page:
    """A page from its characters in reading order and, for each ruled table, its cells and whether it is cut below."""
    ruled, rest = parted(chars, tables)
    lines = in_columns(line_pieces(rest, _GAP), ruled)
    return Page(number, height, lines_of(rest) if lines is None else lines, ruled, picture)
