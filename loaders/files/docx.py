"""Word: a .docx as Word shows it, with its automatic numbers as text.

1. Styles and lists are read first, then the body from top to bottom: paragraphs, tables, the content of controls and text
   boxes.  Headers, footers, comments, footnotes and the table of contents are not part of the plan.
2. Tracked insertions count; deleted and hidden text does not.
3. The rows of a table are placed on its grid: a cell over several columns or rows stands at each of them.

Example: a paragraph ``改革体制`` in a list with the pattern ``%1、`` and Chinese figures becomes ``一、改革体制``.

No library is used: python-docx does not count automatic numbers and omits tracked insertions.

Left to others: unpacking (`loaders.files.archive`), counting (`loaders.files.list_numbers`).
"""

import re
from collections.abc import Iterator

from lxml import etree

from loaders.files.archive import Archive, damaged, local
from loaders.files.blocks import MAX_CELLS, Block, Cell, Grid, Paragraph, too_much
from loaders.files.list_numbers import Numbering, child, value

# what is not shown, or stands there twice
_UNSEEN = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "footnoteReference", "pPr", "rPr", "sdtPr"))
_WRAPPERS = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"))
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_CONTENTS = re.compile(r"^(?:toc|TOC)\s?\d$")
_OFF = ("0", "false", "none")
_WIDEST = 200  # columns of a table


def read_docx(archive: Archive) -> list[Block]:
    """The blocks of a Word file. Raises UnreadableSource for a damaged file."""
    root = archive.xml("word/document.xml")
    body = child(root, "body")
    if body is None:
        raise damaged(ValueError("it has no word/document.xml with a body"))
    return list(_Reader(archive).blocks(body))


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self._numbering = Numbering(archive.xml("word/numbering.xml"))
        self._styles: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._cells = 0
        styles = archive.xml("word/styles.xml")
        for style in styles if styles is not None else ():
            if local(style.tag) == "style" and value(style, "type") in ("paragraph", None):
                name = value(style, "styleId") or ""
                self._styles[name] = style
                if value(style, "default") in ("1", "true"):
                    self._default = name

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """The blocks of a body, of a cell, or of an element that wraps them."""
        for element in parent:
            name = local(element.tag)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield Grid(self._rows(element))
            elif name in _WRAPPERS and not _is_contents(element):
                yield from self.blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        style = value(child(element, "pPr", "pStyle")) or self._default
        if _CONTENTS.match(value(child(self._styles.get(style or ""), "name")) or ""):
            return
        boxes: list[etree._Element] = []
        words = "".join(_words(element, boxes))
        if words.strip():
            yield Paragraph(self._label(element, style) + words)
        for box in boxes:
            yield from self.blocks(box)

    def _label(self, element: etree._Element, style: str | None) -> str:
        own = child(element, "pPr", "numPr")
        number, level = value(child(own, "numId")), value(child(own, "ilvl"))
        for name in self._chain(style) if number is None else ():
            of_style = child(self._styles[name], "pPr", "numPr")
            number = value(child(of_style, "numId"))
            if number is not None:
                level = level or value(child(of_style, "ilvl")) or str(self._numbering.level_of_style(number, name))
                break
        if number in (None, "0"):
            return ""
        return self._numbering.label(number or "", int(level) if level and level.isdigit() else 0)

    def _chain(self, style: str | None) -> Iterator[str]:
        """A style and the styles that it is based on."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield style
            style = value(child(self._styles[style], "basedOn"))

    def _rows(self, table: etree._Element) -> list[list[Cell]]:
        rows: list[list[Cell]] = []
        for row in _inside(table, "tr"):
            if child(row, "trPr", "del") is not None:
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
                    cell = Cell(blocks=list(self.blocks(element)))
                line += [cell] * width
            rows.append(line)
            self._cells += len(line)
            if self._cells > MAX_CELLS:
                raise too_much(f"tables with more than {MAX_CELLS:,} cells", f"{MAX_CELLS:,}")
        return rows


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


def _words(parent: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """The visible words of a paragraph; text boxes are collected separately."""
    for element in parent:
        name = local(element.tag)
        if name == "t":
            yield (element.text or "").replace("\t", " ")
        elif name == "txbxContent":
            boxes.append(element)
        elif name == "br":
            yield "" if value(element, "type") in ("page", "column") else "\n"
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "r":
            hidden = child(element, "rPr", "vanish")
            if hidden is None or value(hidden) in _OFF:
                yield from _words(element, boxes)
        elif name not in _UNSEEN:
            yield from _words(element, boxes)
