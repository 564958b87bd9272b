"""The parts of an Office file, found by their relations and not by their usual names.

``_rels/.rels`` names the main part, ``word/_rels/document2.xml.rels`` what ``word/document2.xml`` refers to: styles, lists,
footnotes, pictures.  Programs other than Word name parts as they like.

Example: ``main_part(archive)`` is ``word/document2.xml`` where that is what the file says.

Left to others: unpacking (`loaders.files.archive`), the meaning of a part (`loaders.files.word.docx`, `loaders.files.excel.xlsx`).
"""

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from loaders.files.archive import Archive

_USUAL = ("word/document.xml", "xl/workbook.xml")
# <w:document … , <workbook … : the root of a main part, told where its folder does not tell
_ROOT = re.compile(rb"<(?:\w+:)?(document|workbook)[\s>]")
_REACH = 8192


class PartRelation(NamedTuple):
    """One relation of a part: its id, the last word of its type (``styles``), and the name of the part it leads to."""

    id: str
    kind: str
    target: str


def main_part(archive: Archive) -> str | None:
    """The name of the part that holds the document or workbook; None if the file is no Office file."""
    named = (relation.target for relation in relations(archive, "") if relation.kind == "officeDocument")
    return next((name for name in (*named, *_USUAL) if name in archive.names), None)


def is_workbook(archive: Archive, main: str) -> bool | None:
    """Whether a main part is an Excel workbook; False for a Word document, None for anything else."""
    folder = main.partition("/")[0]
    if folder in ("word", "xl") and not main.endswith(".bin"):
        return folder == "xl"
    part = archive.open(main)
    root = _ROOT.search(part.read(_REACH)) if part is not None else None
    return None if root is None else root[1] == b"workbook"


def relations(archive: Archive, part: str) -> list[PartRelation]:
    """What ``part`` refers to inside the file; ``""`` for the file as a whole."""
    folder, name = posixpath.split(part)
    return list(_relations(archive.xml(posixpath.join(folder, "_rels", f"{name}.rels")), folder))


def part_of_kind(archive: Archive, part: str, kind: str, usual: str) -> etree._Element | None:
    """The root of the part of a kind that ``part`` refers to; of the part with the usual name if it refers to none."""
    named = next((relation.target for relation in relations(archive, part) if relation.kind == kind), None)
    return archive.xml(named if named in archive.names else posixpath.join(posixpath.dirname(part), usual))


def _relations(root: etree._Element | None, folder: str) -> Iterator[PartRelation]:
    for element in root if root is not None else ():
        if element.get("TargetMode") != "External":
            target = (element.get("Target") or "").replace("\\", "/")
            name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield PartRelation(element.get("Id") or "", (element.get("Type") or "").rpartition("/")[2], name)
