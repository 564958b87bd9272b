"""What lies on a sheet of Excel beside its cells: comments, text boxes, pictures, charts, heads of pages.  It is not read, and
told.

Example: the comment 与水利局核对 at C3 is told as 单元格批注 of 工作表「任务」C3.

Left to others: the cells (`loaders.files.excel.xlsx`).
"""

import re
from collections.abc import Iterable

from lxml import etree

from loaders.files.archive import Archive
from loaders.files.elements import child, elements_named
from loaders.files.omissions import Omissions
from loaders.files.package import PartRelation, relations
from loaders.files.word.beside import says_more_than_pages

# &C the middle · &P the page · &"宋体,加粗" a font · &12 a size · &K01+000 a colour
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+-]{6,9}|\d{1,3}|.)')


def tell_beside(archive: Archive, related: Iterable[PartRelation], place: str, left: Omissions) -> None:
    """Tell of what the parts in ``related`` put on the sheet ``place``."""
    for relation in related:
        if relation.kind == "comments":
            for comment in elements_named(archive.xml(relation.target), "comment"):
                left.add("cell-comment", f"{place}{comment.get('ref') or ''}", _words(comment))
        elif relation.kind == "drawing":
            drawing = archive.xml(relation.target)
            for anchor in drawing if drawing is not None else ():
                _tell_drawing(anchor, place, left)
            for chart in relations(archive, relation.target):
                if chart.kind == "chart" and (words := _words(archive.xml(chart.target))):
                    left.add("drawing", f"{place}的图表", words)


def tell_page_heads(element: etree._Element, place: str, left: Omissions) -> None:
    """Tell of the heads and feet of printed pages (``headerFooter``), unless they only count pages."""
    told: set[str] = set()
    for part in element:
        words = " ".join(_CODES.sub(" ", part.text or "").split())
        if says_more_than_pages(words) and words not in told:
            told.add(words)
            left.add("page-head", place, words)


def _tell_drawing(anchor: etree._Element, place: str, left: Omissions) -> None:
    row = getattr(child(anchor, "from", "row"), "text", None) or ""
    at = f"{place}第{int(row) + 1}行处" if row.isdecimal() else place
    words = _words(anchor)
    if words:
        left.add("drawing", at, words)
    if any(True for _ in elements_named(anchor, "pic")):
        left.add("picture", at)


def _words(element: etree._Element | None) -> str:
    """The words inside a comment, a shape or a chart: of that its title and those of its axes."""
    return " ".join("".join(e.text or "" for e in elements_named(element, "t")).split())
