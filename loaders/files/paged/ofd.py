"""OFD: the lines of each page, joined into paragraphs like those of a PDF.

``OFD.xml`` names the document, the document its pages, a page its ``TextObject``s, each with a box in millimetres and
its words.  Ruled tables of an OFD are read line by line, not cell by cell.

Example: the objects ``责任单位：市司法`` and, a line further down, ``局。`` become one paragraph.

Left to others: the layout of pages (`loaders.files.paged.layout`).
"""

import math
import posixpath
from collections.abc import Iterator

from lxml import etree

from graph.errors import UnreadableSource
from loaders.files.archive import Archive, damaged
from loaders.files.blocks import Block, too_much
from loaders.files.elements import local
from loaders.files.omissions import Omissions
from loaders.files.paged.layout import lay_out
from loaders.files.paged.page_lines import Line, Page, one_per_height

_MAX_PAGES = 500
_A4_HEIGHT = 297.0
_NOWHERE = (0.0, 0.0, 0.0, 0.0)


def read_ofd(archive: Archive, left: Omissions) -> list[Block]:
    """The blocks of an OFD file. Raises UnreadableSource if it is damaged or has no text."""
    root = archive.xml("OFD.xml")
    documents = [e.text.strip() for e in _named(root, "DocRoot") if e.text]
    if not documents:
        raise damaged(ValueError("its OFD.xml names no document"))
    pages: list[Page] = []
    for document in documents:
        folder = posixpath.dirname(document.lstrip("/"))
        tree = archive.xml(document.lstrip("/"))
        height = next((_box(e)[3] for e in _named(tree, "PhysicalBox")), 0.0) or _A4_HEIGHT
        for page in _named(tree, "Page"):
            place = page.get("BaseLoc") or ""
            name = place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place)
            lines = one_per_height(list(_lines(archive.xml(name))))
            pages.append(Page(len(pages) + 1, height, lines, []))
            if len(pages) > _MAX_PAGES:
                raise too_much(f"more than {_MAX_PAGES} pages", f"{_MAX_PAGES} pages")
    if not any(page.lines for page in pages):
        raise UnreadableSource(
            "the file is an OFD file without text, most likely a scan; expected one whose words can be marked and copied. "
            "Print it to a PDF and give that: pages of a PDF that are images are recognised."
        )
    return lay_out(pages)


def _named(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (e for e in (root.iter(etree.Element) if root is not None else ()) if local(e.tag) == name)


def _lines(content: etree._Element | None) -> Iterator[Line]:
    for element in _named(content, "TextObject"):
        words = "".join(e.text or "" for e in element if local(e.tag) == "TextCode").strip()
        left, top, width, height = _box(element, "Boundary")
        if words:
            yield Line(words, left, top, left + width, top + height)


def _box(element: etree._Element, name: str | None = None) -> tuple[float, float, float, float]:
    """Left, top, width and height, from an attribute or the text of an element."""
    words = ((element.get(name) if name else element.text) or "").split()
    try:
        left, top, width, height = map(float, words)
    except ValueError:
        return _NOWHERE
    return (left, top, width, height) if all(map(math.isfinite, (left, top, width, height))) else _NOWHERE
