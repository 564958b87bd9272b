"""OFD: the lines of each page, joined into paragraphs like those of a PDF.

1. ``OFD.xml`` names the document, the document its pages, a page its ``TextObject``s, each with a box in millimetres and its
   words.  What a page has from a template of pages is read with it.
2. Ruled tables of an OFD are read line by line, not cell by cell.
3. Told: pages that are images, pictures, the words of annotations and stamps, attached files.

Example: the objects ``责任单位：市司法`` and, a line further down, ``局。`` become one paragraph.

Left to others: the layout of pages (`loaders.files.paged.layout`).
"""

import math
import posixpath
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from graph.errors import UnreadableSource
from loaders.files.archive import Archive, damaged
from loaders.files.blocks import Block, too_much
from loaders.files.elements import elements_named, local
from loaders.files.omissions import Omissions, ranges
from loaders.files.paged.layout import lay_out
from loaders.files.paged.page_lines import Line, Page, one_per_height
from loaders.files.source import UNREAD

_MAX_PAGES = 500
_MOST_LISTS = 20
_A4_HEIGHT = 297.0
_LARGE = 6000.0  # square millimetres: a tenth of a page
_NOWHERE = (0.0, 0.0, 0.0, 0.0)


def read_ofd(archive: Archive, left: Omissions) -> list[Block]:
    """The blocks of an OFD file. Raises UnreadableSource if it is damaged or has no text."""
    root = archive.xml("OFD.xml")
    documents = [e.text for e in elements_named(root, "DocRoot") if e.text]
    if not documents:
        raise damaged(ValueError("its OFD.xml names no document"))
    pages: list[Page] = []
    pictures: list[int] = []
    for document in map(str.strip, documents):
        name = document.lstrip("/")
        tree = archive.xml(name)
        height = next((_box(e)[3] for e in elements_named(tree, "PhysicalBox")), 0.0) or _A4_HEIGHT
        templates = {e.get("ID"): _beside(name, e.get("BaseLoc")) for e in elements_named(tree, "TemplatePage")}
        for page in elements_named(tree, "Page"):
            content = archive.xml(_beside(name, page.get("BaseLoc")))
            used = (templates.get(e.get("TemplateID")) for e in elements_named(content, "Template"))
            layers = [content, *(archive.xml(part) for part in used if part)]
            lines = one_per_height([line for layer in layers for line in _lines(layer)])
            pages.append(Page(len(pages) + 1, height, lines, []))
            if any(map(_is_large, elements_named(content, "ImageObject"))):
                pictures.append(len(pages))
            if len(pages) > _MAX_PAGES:
                raise too_much(f"more than {_MAX_PAGES} pages", f"{_MAX_PAGES} pages")
        _tell_beside(archive, name, tree, left)
    if not any(page.lines for page in pages):
        raise UnreadableSource(
            "the file is an OFD file without text, most likely a scan; expected one whose words can be marked and copied. "
            "Print it to a PDF and give that: pages of a PDF that are images are recognised."
        )
    _tell_pictures(pages, pictures, left)
    return lay_out(pages)


def _tell_pictures(pages: list[Page], pictures: list[int], left: Omissions) -> None:
    unread = [number for number in pictures if not pages[number - 1].lines]
    if unread:
        left.tell(UNREAD, f"第{ranges(unread)}页是图像，没有文字，未读；打印成 PDF 后可以识别。")
    with_words = [number for number in pictures if number not in unread]
    if with_words:
        left.add("picture", f"第{ranges(with_words)}页")


def _tell_beside(archive: Archive, document: str, tree: etree._Element | None, left: Omissions) -> None:
    """Tell of annotations with words, and of attached files."""
    for name in _lists(document, tree, "Annotations"):
        for place in islice(elements_named(archive.xml(name), "FileLoc"), _MAX_PAGES):
            annotations = archive.xml(_beside(name, place.text))
            for annotation in elements_named(annotations, "Annot"):
                words = "".join(e.text or "" for e in elements_named(annotation, "TextCode"))
                if words.strip():
                    left.add("comment", None, words)
    for name in _lists(document, tree, "Attachments"):
        for attached in elements_named(archive.xml(name), "Attachment"):
            left.add("embedded-part", "附件", attached.get("Name"))


def _lists(document: str, tree: etree._Element | None, kind: str) -> Iterator[str]:
    """The names of the parts that list what a document has of one kind."""
    return islice((_beside(document, e.text) for e in elements_named(tree, kind) if e.text), _MOST_LISTS)


def _beside(part: str, place: str | None) -> str:
    """The name of a part that another part refers to, from the root or from where that one stands."""
    words = (place or "").strip()
    return words.lstrip("/") if words.startswith("/") else posixpath.join(posixpath.dirname(part), words)


def _is_large(image: etree._Element) -> bool:
    """Whether an image may hold words: a seal or an emblem is smaller."""
    _, _, width, height = _box(image, "Boundary")
    return width * height > _LARGE


def _lines(content: etree._Element | None) -> Iterator[Line]:
    for element in elements_named(content, "TextObject"):
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
