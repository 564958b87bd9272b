"""Web tables inside a text, as programs that make Markdown of documents write them.

Each ``<table>…</table>`` becomes a table with its merged cells, what stands around it stays text, line for line.

>>> [type(block).__name__ for block in mixed("1.任务\\n<table><tr><td>甲</td><td>乙</td></tr></table>\\n2.任务\\n")]
['Paragraph', 'Grid', 'Paragraph']

Left to others: the table itself (`loaders.files.html`), the marks of Markdown (`loaders.text`).
"""

import re
from collections.abc import Iterator

from loaders.files.blocks import Block, Paragraph
from loaders.files.html import read_fragment

_TABLE = re.compile(r"<(/?)table\b[^<>]{0,500}>", re.IGNORECASE)


def has_web_tables(text: str) -> bool:
    """Whether a text that is no page has web tables in it."""
    return "</table" in text or "</TABLE" in text


def mixed(text: str) -> list[Block]:
    """The blocks of a text with web tables in it."""
    blocks: list[Block] = []
    at = 0
    for start, end in _tables(text):
        blocks += _lines(text[at:start])
        blocks += read_fragment(text[start:end])
        at = end
    return [*blocks, *_lines(text[at:])]


def _lines(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line) for line in text.splitlines() if line.strip())


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """The places of the outermost tables that are closed."""
    depth = start = 0
    for tag in _TABLE.finditer(text):
        if not tag[1]:
            start = tag.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, tag.end()
