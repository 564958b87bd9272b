"""Word: a .docx as Word shows it, with its automatic numbers as text.

1. Styles, lists and notes are read first, then the body from top to bottom: paragraphs, tables, the content of controls and
   text boxes, pages and documents that are embedded whole (``altChunk``).  The table of contents is not part of the plan;
   headers and footers are told (`loaders.files.word.beside`).
2. Tracked insertions count.  Deleted, hidden and struck-through text, footnotes, comments and pictures are left out and told,
   with the words before them as their place.
3. The rows of a table are placed on its grid: a cell over several columns or rows stands at each of them.  A number that Word
   counts in an otherwise empty cell is the cell's text.

Example: a paragraph ``改革体制`` in a list with the pattern ``%1、`` and Chinese figures becomes ``一、改革体制``.

No library is used: python-docx does not count automatic numbers and omits tracked insertions.

Left to others: unpacking (`loaders.files.archive`), finding parts (`loaders.files.package`), counting
(`loaders.files.word.list_numbers`), the words of a paragraph (`loaders.files.word.runs`).
"""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from lxml import etree

from graph.errors import UnreadableSource
from loaders.files.archive import Archive, damaged
from loaders.files.blocks import MAX_CELLS, Block, Cell, Grid, Paragraph, too_much
from loaders.files.elements import child, local, value
from loaders.files.omissions import Omissions
from loaders.files.package import main_part, part_of_kind, relations
from loaders.files.word.beside import tell_heads
from loaders.files.word.list_numbers import Numbering
from loaders.files.word.runs import Runs
from loaders.files.word.styles import Styles

ReadPart: TypeAlias = Callable[[bytes], list[Block]]

_WRAPPERS = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"))
_WRAPPERS |= {"sect", "sub-section", "content"}  # of Word 2003
_WIDEST = 200  # columns of a table


def read_docx(archive: Archive, left: Omissions, read_part: ReadPart) -> list[Block]:
    """The blocks of a Word file; ``read_part`` reads what is embedded whole. Raises UnreadableSource for a damaged file."""
    main = main_part(archive) or ""
    body = child(archive.xml(main), "body")
    if body is None:
        raise damaged(ValueError("it has no main part with a body"))
    blocks = list(_Reader(archive, main, left, read_part).blocks(body))
    tell_heads(archive, main, left)
    return blocks


class _Reader:
    def __init__(self, archive: Archive, main: str, left: Omissions, read_part: ReadPart) -> None:
        self._archive, self._left, self._read_part = archive, left, read_part
        self._targets = {relation.id: relation.target for relation in relations(archive, main)}
        self._numbering = Numbering(part_of_kind(archive, main, "numbering", "numbering.xml"))
        self._styles = Styles(part_of_kind(archive, main, "styles", "styles.xml"))
        self._runs = Runs(
            left,
            self._styles,
            lambda kind: part_of_kind(archive, main, f"{kind}s", f"{kind}s.xml"),
            lambda number: archive.xml(self._targets.get(number, "")),
        )
        self._cells = 0

    def blocks(self, parent: etree._Element, *, in_cell: bool = False) -> Iterator[Block]:
        """The blocks of a body, of a cell, or of an element that wraps them."""
        for element in _joined(parent):
            name = local(element.tag)
            if name == "p":
                yield from self._paragraph(element, in_cell)
            elif name == "tbl":
                yield Grid(self._rows(element))
            elif name == "altChunk":
                yield from self._embedded(element)
            elif name in ("del", "moveFrom"):
                self._runs.tell_deleted(element)
            elif name in _WRAPPERS and not _is_contents(element):
                yield from self.blocks(element, in_cell=in_cell)

    def _paragraph(self, element: etree._Element, in_cell: bool) -> Iterator[Block]:
        style = value(child(element, "pPr", "pStyle")) or self._styles.default
        if self._styles.is_contents(style):
            return
        boxes: list[etree._Element] = []
        words = self._runs.words(element, style, boxes)
        label = self._label(element, style)
        if words.strip():
            yield Paragraph(label + words)
        elif in_cell and label.strip():
            yield Paragraph(label)
        for box in boxes:
            yield from self.blocks(box)

    def _embedded(self, element: etree._Element) -> Iterator[Block]:
        """The blocks of a part that Word shows in this place as if it stood there."""
        name = self._targets.get(value(element, "id") or "", "")
        data = self._archive.bytes(name)
        try:
            blocks = self._read_part(data) if data else []
        except UnreadableSource:
            blocks = []
        if not blocks:
            self._left.add("embedded-part", f"部分 {name}（altChunk）")
        yield from blocks

    def _label(self, element: etree._Element, style: str | None) -> str:
        own = child(element, "pPr", "numPr")
        number, level = value(child(own, "numId")), value(child(own, "ilvl"))
        for name, shape in self._styles.chain(style) if number is None else ():
            of_style = child(shape, "pPr", "numPr")
            number = value(child(of_style, "numId"))
            if number is not None:
                level = level or value(child(of_style, "ilvl")) or str(self._numbering.level_of_style(number, name))
                break
        if number in (None, "0"):
            return ""
        return self._numbering.label(number or "", int(level) if level and level.isdigit() else 0)

    def _rows(self, table: etree._Element) -> list[list[Cell]]:
        rows: list[list[Cell]] = []
        for row in _inside(table, "tr"):
            if child(row, "trPr", "del") is not None:
                self._runs.tell_deleted(row)
                continue
            above = rows[-1] if rows else []
            line: list[Cell] = [Cell() for _ in range(_count(child(row, "trPr", "gridBefore")))]
            for element in _inside(row, "tc"):
                properties = child(element, "tcPr")
                width = _count(child(properties, "gridSpan")) or 1
                merge = child(properties, "vMerge")
                if child(properties, "hMerge") is not None and value(child(properties, "hMerge")) != "restart" and line:
                    cell = line[-1]
                elif merge is not None and value(merge) != "restart" and len(line) < len(above):
                    cell = above[len(line)]
                else:
                    cell = Cell(blocks=list(self.blocks(element, in_cell=True)))
                line += [cell] * width
            rows.append(line)
            self._cells += len(line)
            if self._cells > MAX_CELLS:
                raise too_much(f"tables with more than {MAX_CELLS:,} cells", f"{MAX_CELLS:,}")
        return rows


def _joined(parent: etree._Element) -> list[etree._Element]:
    """The elements inside another one, where a paragraph whose end is deleted stands at the begin of the next one."""
    made: list[etree._Element] = []
    for element in parent:
        before = made[-1] if made else None
        if before is not None and local(element.tag) == local(before.tag) == "p" and _has_lost_its_end(before):
            at = 0 if child(element, "pPr") is None else 1  # the properties of the end that is left count
            for part in reversed([part for part in before if local(part.tag) != "pPr"]):
                element.insert(at, part)
            made[-1] = element
        else:
            made.append(element)
    return made


def _has_lost_its_end(paragraph: etree._Element) -> bool:
    """Whether the mark at the end of a paragraph was deleted under tracking."""
    return child(paragraph, "pPr", "rPr", "del") is not None


def _is_contents(element: etree._Element) -> bool:
    """Whether a control is the table of contents, whose lines repeat the headings."""
    return value(child(element, "sdtPr", "docPartObj", "docPartGallery")) == "Table of Contents"


def _count(element: etree._Element | None) -> int:
    words = value(element) or ""
    return min(int(words), _WIDEST) if words.isdigit() else 0


def _inside(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also inside controls and revisions that wrap them."""
    for element in parent:
        tag = local(element.tag)
        if tag == name:
            yield element
        elif tag in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            yield from _inside(element, name)
