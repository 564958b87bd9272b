"""PDF: its lines, joined into paragraphs, and its ruled tables.

1. PDFium gives every character with its box; blanks that it invents between Chinese characters are removed. Left out and told
   are a slanting watermark, what an annotation or a drawn line strikes through, what stands in a layer that is off, and characters of a font that
   does not say which they are.
2. On pages with ruled lines pdfplumber finds the cells; the characters inside a cell are its words.
3. A page that is an image without a text layer, or with hardly more than the mark of a scanner, or mostly of such characters, is
   rendered and recognised; if the recogniser is not installed, a note says that the page was not read.
4. The other characters form lines; `loaders.files.paged.layout` drops running headers and joins what the page has broken.

A file is refused if it needs a password, is damaged, has too many pages, or has only images and there is no recogniser.

Example: ``责任单位：市司法`` at the end of a page and ``局。`` at the head of the next become one paragraph.

Left to others: the lines of a page (`loaders.files.paged.page_lines`), what continues across pages (`loaders.files.paged.layout`),
annotations and files inside (`loaders.files.paged.pdf_beside`), layers (`loaders.files.paged.pdf_layers`), reading images (`loaders.files.paged.ocr`).
"""

import ctypes
import io
import logging
import math
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import pdfplumber
import pypdfium2
from pdfminer.pdfexceptions import PDFException
from PIL.Image import Image
from pypdfium2 import raw

from graph.errors import UnreadableSource
from loaders.files.archive import encrypted
from loaders.files.blocks import MAX_CHARACTERS, Block, too_much
from loaders.files.omissions import Omissions, ranges
from loaders.files.paged import ocr as recognise
from loaders.files.paged.images import tell_recognised
from loaders.files.paged.layout import lay_out
from loaders.files.paged.page import page_of
from loaders.files.paged.page_lines import Box, Char, Page
from loaders.files.paged.pdf_beside import struck_places, tell_annotations, tell_of_file
from loaders.files.paged.pdf_layers import layer_of, layers_off
from loaders.files.paged.pdf_strokes import Strokes
from loaders.files.source import UNREAD

MAX_PAGES = 500
MAX_SECONDS = 120.0  # of looking for tables; 24 rows on three pages take 0.3
_LINE = 4.0  # points: shorter ones are the thickness of another, nearer ones are one
_LONG_PAGE = 100_000  # characters
_MOST_STROKES = 20_000  # on a page: one with more is a drawing or a map; a table of 60 rows has some 2,000
_MARK_OF_SCANNER = 60  # characters that a scanning program puts on an image, at most
_MOST = 0.6  # of a page, covered by its image
_LARGE = 0.1  # of a page, covered by a picture that may hold words; a seal or an emblem covers less
_LEAST = 1e-6
_QUARTER = math.pi / 2
_SLANT = math.radians(8)  # a scan that is askew slants less, a watermark more
_WIDE = range(0x2E80, 0xFFEF)  # Chinese characters and full-width signs
logging.getLogger("pdfminer").setLevel(logging.ERROR)  # what is odd in a font is nothing a reader can mend
_PDFIUM = threading.Lock()  # PDFium keeps its state in one place for the whole process


def read_pdf(data: bytes, left: Omissions) -> list[Block]:
    """The blocks of a PDF; it tells ``left`` of pages that are images: recognised, or not read.

    Raises UnreadableSource if the file needs a password, is damaged, has no text, more than `MAX_PAGES` pages, or more
    image pages than the recogniser takes.
    """
    with _PDFIUM, closing(_opened(data)) as document:
        if len(document) > MAX_PAGES:
            raise too_much(f"{len(document)} pages", f"{MAX_PAGES} pages")
        met = _Met()
        pages = list(_pages(document, data, met, left))
        tell_of_file(document, left)
    met.tell(left)
    images = [page.number for page in pages if page.picture]
    if images and recognise.available():
        if len(images) > recognise.MAX_PAGES:
            raise too_much(f"{len(images)} pages that are images", f"{recognise.MAX_PAGES} of those")
        read = [recognise.recognise(*_drawn(data, number), number) for number in images]
        for one in read:
            pages[one.page.number - 1] = one.page
        tell_recognised(read, left)
    elif images:
        left.tell(UNREAD, f"第{ranges(images)}页是图像，没有文字，未读；装上识别组件（zeren[ocr]）后可读。")
    if not any(page.lines or page.tables for page in pages if not page.picture):
        raise recognise.wordless("the file is a PDF without text")
    return lay_out(pages)


@dataclass(slots=True)
class _Met:
    """What is told of several pages at once: words of slanting watermarks with the pages that have them, pages whose ruled lines
    were not looked at, pages with pictures, and how many characters of each page nobody can tell.
    """

    marks: dict[str, list[int]] = field(default_factory=dict)
    unruled: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    garbled: dict[int, int] = field(default_factory=dict)
    layers: dict[str, bool] = field(default_factory=dict)  # those that are off, and whether words stand in them

    def tell(self, left: Omissions) -> None:
        if self.unruled:
            left.add("ruled-lines", f"第{ranges(self.unruled)}页")
        for words, numbers in self.marks.items():
            left.add("watermark", f"第{ranges(numbers)}页", words)
        if self.pictures:
            left.add("picture", f"第{ranges(self.pictures)}页")
        for number, count in self.garbled.items():
            left.add("garbled-text", f"第{number}页{count}字")
        for name, met in self.layers.items():
            if not met:
                left.add("layer-off", words=name)


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise encrypted("a PDF file") from None
        raise UnreadableSource(
            "the file is a damaged PDF; expected one that a reader opens. Get it again from where it came."
        ) from None


def _pages(document: pypdfium2.PdfDocument, data: bytes, met: _Met, left: Omissions) -> Iterator[Page]:
    """The pages. Ruled lines are not looked at where there is no time, or there are too many."""
    plumber: Any = None
    end = time.monotonic() + MAX_SECONDS
    characters = 0
    layers = layers_off(data)
    met.layers = dict.fromkeys(layers.values(), False)
    try:
        for number in range(1, len(document) + 1):
            try:
                page = document[number - 1]
            except pypdfium2.PdfiumError:
                raise UnreadableSource(
                    f"page {number} of the PDF is damaged; expected one that a reader opens. Get it again."
                ) from None
            paths = _paths(page)
            read = _chars(page, layers, paths)
            _tell_gone(read, number, left)
            met.layers |= dict.fromkeys(read.hidden, True)
            tell_annotations(page, number, left)
            chars, slanting = _without_slanting(read.chars, read.slanting)
            if slanting:
                met.marks.setdefault(slanting, []).append(number)
            characters += len(chars)
            if characters > MAX_CHARACTERS:
                raise too_much(f"more than {MAX_CHARACTERS:,} characters", f"{MAX_CHARACTERS:,}")
            boxes: list[tuple[list[Box], bool]] = []
            if paths and chars:
                if len(paths) > _MOST_STROKES or time.monotonic() > end:
                    met.unruled.append(number)
                else:
                    plumber = plumber or _plumber(data)
                    boxes = _tables(plumber, number)
            share = _picture_share(page)
            scanned = share > 0 and (not chars or (len(chars) < _MARK_OF_SCANNER and share > _MOST))
            scanned = scanned or (read.garbled > len(chars) and recognise.available())
            if share > _LARGE and not scanned:
                met.pictures.append(number)
            if read.garbled and not scanned:
                met.garbled[number] = read.garbled
            yield page_of(number, float(page.get_height()), chars, boxes, picture=scanned)
            page.close()
    finally:
        if plumber is not None:
            plumber.close()


def _picture_share(page: pypdfium2.PdfPage) -> float:
    """How much of a page its largest image covers; 0 if it has none."""
    left, bottom, right, top = page.get_mediabox()
    whole = max((right - left) * (top - bottom), 1.0)
    images = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4)
    boxes = (image.get_bounds() for image in islice(images, _MOST_STROKES))
    return max((max((x1 - x0) * (y1 - y0) / whole, _LEAST) for x0, y0, x1, y1 in boxes), default=0.0)


def _drawn(data: bytes, number: int) -> tuple[Image, float]:
    """The image of a page, and the number of its dots per point."""
    with _PDFIUM, closing(pypdfium2.PdfDocument(data)) as document:
        page = document[number - 1]
        scale = min(recognise.DOTS_PER_INCH / 72, recognise.MAX_SIDE / max(page.get_size()))
        return page.render(scale=scale).to_pil().convert("RGB"), scale


def _paths(page: pypdfium2.PdfPage) -> list[pypdfium2.PdfObject]:
    """The lines and boxes that are drawn on a page, also inside forms; not more than one beyond the limit."""
    drawn = page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=4)
    return list(islice(drawn, _MOST_STROKES + 1))


class _PageChars(NamedTuple):
    """The characters of a page in reading order, with boxes measured from the top of the page as shown; the numbers of those
    that slant, the stretches that are struck through, the words of each layer that is off, and how many characters nobody can tell.
    """

    chars: list[Char]
    slanting: set[int]
    struck: list[str]
    hidden: dict[str, str]
    garbled: int


def _chars(page: pypdfium2.PdfPage, layers: Mapping[bytes, str], paths: Iterable[pypdfium2.PdfObject]) -> _PageChars:
    text = page.get_textpage()
    found: list[Char] = []
    slanting: set[int] = set()
    struck = struck_places(page)
    strokes = Strokes(paths)
    gone = [""] * len(struck)
    hidden: dict[str, str] = {}
    garbled = 0
    count = text.count_chars()
    if count > _LONG_PAGE * 10:
        raise too_much(f"a page of {count:,} characters", f"{_LONG_PAGE:,}")
    left, bottom, right, top = page.get_mediabox()
    turn = page.get_rotation()
    box = raw.FS_RECTF()
    for n in range(count):
        code = raw.FPDFText_GetUnicode(text, n)
        sign = chr(code) if 0 < code < 0x110000 else ""
        made_up = raw.FPDFText_IsGenerated(text, n) == 1
        if not raw.FPDFText_GetLooseCharBox(text, n, ctypes.byref(box)) or made_up:
            found.append(Char(sign, None, made_up))
            continue
        if raw.FPDFText_HasUnicodeMapError(text, n) == 1:
            garbled += 1
            continue
        if layers and (layer := layer_of(text, n, layers)) is not None:
            hidden[layer] = hidden.get(layer, "") + sign
            continue
        if struck and (at := _place_of(box, struck)) is not None:
            gone[at] += sign
            continue
        strokes.meet(len(found), (box.left, box.bottom, box.right, box.top))
        if _SLANT < raw.FPDFText_GetCharAngle(text, n) % _QUARTER < _QUARTER - _SLANT:
            slanting.add(len(found))
        x0, x1, y0, y1 = box.left - left, box.right - left, box.bottom - bottom, box.top - bottom
        width, height = right - left, top - bottom
        place = {
            0: (x0, height - y1, x1, height - y0),
            90: (y0, x0, y1, x1),
            180: (width - x1, y0, width - x0, y1),
            270: (height - y1, width - x1, height - y0, width - x0),
        }[turn]
        found.append(Char(sign, place, False))
    text.close()
    for through in strokes.through():
        gone.append("".join(found[n].sign for n in through))
        for n in through:
            found[n] = Char("", None, made_up=False)
    return _PageChars(found, slanting, [words for words in gone if words.strip()], hidden, garbled)


def _place_of(box: raw.FS_RECTF, places: list[tuple[float, float, float, float]]) -> int | None:
    """Which of some places holds the middle of a character."""
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    return next((n for n, (x0, y0, x1, y1) in enumerate(places) if x0 <= x <= x1 and y0 <= y <= y1), None)


def _tell_gone(read: _PageChars, number: int, left: Omissions) -> None:
    for words in read.struck:
        left.add("struck-through", f"第{number}页", words)
    for layer, words in read.hidden.items():
        left.add("hidden-text", f"第{number}页图层「{layer}」", words)


def _without_slanting(chars: list[Char], slanting: set[int]) -> tuple[list[Char], str]:
    """The characters without those of a slanting watermark, and the words of it; a page that slants as a whole has none."""
    upright = sum(1 for n, char in enumerate(chars) if char.place is not None and n not in slanting)
    if not slanting or len(slanting) > upright:
        return list(_without_made_up_blanks(chars)), ""
    words = "".join(char.sign if n in slanting else " " for n, char in enumerate(chars))
    rest = [char for n, char in enumerate(chars) if n not in slanting]
    return list(_without_made_up_blanks(rest)), " ".join(dict.fromkeys(words.split()))


def _without_made_up_blanks(chars: list[Char]) -> Iterator[Char]:
    for n, char in enumerate(chars):
        if char.made_up and char.sign == " " and 0 < n < len(chars) - 1:
            before, after = chars[n - 1].sign, chars[n + 1].sign
            if (before and ord(before) in _WIDE) or (after and ord(after) in _WIDE):
                continue
        yield char


def _plumber(data: bytes) -> Any:
    try:
        return pdfplumber.open(io.BytesIO(data))
    except (PDFException, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableSource(
            f"the tables of the PDF cannot be read ({type(error).__name__}); expected a whole PDF. "
            "Print it to a new PDF and give that."
        ) from None


def _tables(plumber: Any, number: int) -> list[tuple[list[Box], bool]]:
    """The cells of each ruled table of a page, and whether its last row is cut by the end of the page."""
    page = plumber.pages[number - 1]
    try:
        upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > _LINE]
        # a row that the end of the page has cut is open there: its upright lines say where it ends
        ends = [min(e["top"] for e in upright), max(e["bottom"] for e in upright)] if upright else []
        lying = [edge["top"] for edge in page.edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > _LINE]
        missing = [y for y in ends if all(abs(y - other) > _LINE for other in lying)]
        found = page.find_tables({"explicit_horizontal_lines": missing})
        return [
            ([tuple(map(float, cell)) for cell in table.cells], any(abs(table.bbox[3] - y) <= _LINE for y in missing))
            for table in found
        ]
    except (PDFException, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return []  # a page whose drawing cannot be followed still has its lines of text
    finally:
        page.close()
