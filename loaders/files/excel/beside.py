"""What lies on a sheet of Excel beside its cells: comments, text boxes, pictures.  It is not read, and told.

Example: the comment 与水利局核对 at C3 is told as 单元格批注 of 工作表「任务」C3.

Left to others: the cells (`loaders.files.excel.xlsx`).
"""

from collections.abc import Iterable, Iterator

from lxml import etree

from loaders.files.archive import Archive
from loaders.files.elements import child, local
from loaders.files.omissions import Omissions
from loaders.files.package import PartRelation


def tell_beside(archive: Archive, related: Iterable[PartRelation], place: str, left: Omissions) -> None:
    """Tell of what the parts in ``related`` put on the sheet ``place``."""
    for relation in related:
        if relation.kind == "comments":
            for comment in _named(archive.xml(relation.target), "comment"):
                left.add("cell-comment", f"{place}{comment.get('ref') or ''}", _words(comment))
        elif relation.kind == "drawing":
            drawing = archive.xml(relation.target)
            for anchor in drawing if drawing is not None else ():
                _tell_drawing(anchor, place, left)


def _tell_drawing(anchor: etree._Element, place: str, left: Omissions) -> None:
    row = getattr(child(anchor, "from", "row"), "text", None) or ""
    at = f"{place}第{int(row) + 1}行处" if row.isdecimal() else place
    words = _words(anchor)
    if words:
        left.add("drawing", at, words)
    if any(True for _ in _named(anchor, "pic")):
        left.add("picture", at)


def _named(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (e for e in (root.iter(etree.Element) if root is not None else ()) if local(e.tag) == name)


def _words(element: etree._Element) -> str:
    return " ".join("".join(e.text or "" for e in _named(element, "t")).split())
