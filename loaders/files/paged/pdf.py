"""PDF: its lines, joined into paragraphs, and its ruled tables.

1. PDFium gives every character with its box; blanks that it invents between Chinese characters are removed, and the
   characters of a slanting watermark, which is told.
2. On pages with ruled lines pdfplumber finds the cells; the characters inside a cell are its words.
3. A page that is an image without a text layer, or with hardly more than the mark of a scanner, is rendered and recognised;
   if the recogniser is not installed, a note says that the page was not read.
4. The other characters form lines; `loaders.files.paged.layout` drops running headers and joins what the page has broken.

A file is refused if it needs a password, is damaged, has too many pages, or has only images and there is no recogniser.

Example: ``责任单位：市司法`` at the end of a page and ``局。`` at the head of the next become one paragraph.

Left to others: the lines of a page (`loaders.files.paged.page_lines`), what continues across pages (`loaders.files.paged.layout`),
reading images (`loaders.files.paged.ocr`).
"""

import ctypes
import io
import logging
import math
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any

import pdfplumber
import pypdfium2
from pdfminer.pdfexceptions import PDFException
from PIL.Image import Image
from pypdfium2 import raw

from graph.errors import UnreadableSource
from loaders.files.archive import encrypted
from loaders.files.blocks import MAX_CHARACTERS, Block, too_much
from loaders.files.omissions import Omissions
from loaders.files.paged import ocr as recognise
from loaders.files.paged.images import ranges, tell_recognised
from loaders.files.paged.layout import lay_out
from loaders.files.paged.page import page_of
from loaders.files.paged.page_lines import Box, Char, Page
from loaders.files.source import UNREAD

MAX_PAGES = 500
MAX_SECONDS = 120.0  # of looking for tables; 24 rows on three pages take 0.3
_LINE = 4.0  # points: shorter ones are the thickness of another, nearer ones are one
_LONG_PAGE = 100_000  # characters
_MOST_STROKES = 20_000  # on a page: one with more is a drawing or a map; a table of 60 rows has some 2,000
_MARK_OF_SCANNER = 60  # characters that a scanning program puts on an image, at most
_MOST = 0.6  # of a page, covered by its image
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
        marks: dict[str, list[int]] = {}
        unruled: list[int] = []
        pages = list(_pages(document, data, marks, unruled))
    if unruled:
        left.add("ruled-lines", f"第{ranges(unruled)}页")
    for words, numbers in marks.items():
        left.add("watermark", f"第{ranges(numbers)}页", words)
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


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise encrypted("a PDF file") from None
        raise UnreadableSource(
            "the file is a damaged PDF; expected one that a reader opens. Get it again from where it came."
        ) from None


def _pages(
    document: pypdfium2.PdfDocument, data: bytes, marks: dict[str, list[int]], unruled: list[int]
) -> Iterator[Page]:
    """The pages; ``marks`` gets the words of slanting watermarks, and the pages that have them; ``unruled`` the pages whose
    ruled lines were not looked at, because there was no time or there are too many.
    """
    plumber: Any = None
    end = time.monotonic() + MAX_SECONDS
    characters = 0
    try:
        for number in range(len(document)):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                raise UnreadableSource(
                    f"page {number + 1} of the PDF is damaged; expected one that a reader opens. Get it again."
                ) from None
            chars, slanting = _without_slanting(*_chars(page))
            if slanting:
                marks.setdefault(slanting, []).append(number + 1)
            strokes = _count_strokes(page)
            characters += len(chars)
            if characters > MAX_CHARACTERS:
                raise too_much(f"more than {MAX_CHARACTERS:,} characters", f"{MAX_CHARACTERS:,}")
            boxes: list[tuple[list[Box], bool]] = []
            if strokes and chars:
                if strokes > _MOST_STROKES or time.monotonic() > end:
                    unruled.append(number + 1)
                else:
                    plumber = plumber or _plumber(data)
                    boxes = _tables(plumber, number)
            yield page_of(number + 1, float(page.get_height()), chars, boxes, picture=_is_picture(page, chars))
            page.close()
    finally:
        if plumber is not None:
            plumber.close()


def _is_picture(page: pypdfium2.PdfPage, chars: list[Char]) -> bool:
    """Whether the words of a page are in an image: it has nothing else, or hardly more than the mark of a scanner."""
    images = list(page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4))
    if not chars or not images:
        return bool(images)
    left, bottom, right, top = page.get_mediabox()
    largest = max((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in (image.get_bounds() for image in images))
    return len(chars) < _MARK_OF_SCANNER and largest > _MOST * (right - left) * (top - bottom)


def _drawn(data: bytes, number: int) -> tuple[Image, float]:
    """The image of a page, and the number of its dots per point."""
    with _PDFIUM, closing(pypdfium2.PdfDocument(data)) as document:
        page = document[number - 1]
        scale = min(recognise.DOTS_PER_INCH / 72, recognise.MAX_SIDE / max(page.get_size()))
        return page.render(scale=scale).to_pil().convert("RGB"), scale


def _count_strokes(page: pypdfium2.PdfPage) -> int:
    """How many lines and boxes are drawn on a page, also inside forms; not more than one beyond the limit are counted."""
    drawn = page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=4)
    return sum(1 for _ in islice(drawn, _MOST_STROKES + 1))


def _chars(page: pypdfium2.PdfPage) -> tuple[list[Char], set[int]]:
    """The characters of a page in reading order, with boxes measured from the top of the page as shown; and the numbers of
    those that slant.
    """
    text = page.get_textpage()
    found: list[Char] = []
    slanting: set[int] = set()
    count = text.count_chars()
    if count > _LONG_PAGE * 10:
        raise too_much(f"a page of {count:,} characters", f"{_LONG_PAGE:,}")
    left, bottom, right, top = page.get_mediabox()
    turn = page.get_rotation()
    box = raw.FS_RECTF()
    for n in range(count):
        sign = raw.FPDFText_GetUnicode(text, n)
        made_up = raw.FPDFText_IsGenerated(text, n) == 1
        if not raw.FPDFText_GetLooseCharBox(text, n, ctypes.byref(box)) or made_up:
            found.append(Char(chr(sign) if 0 < sign < 0x110000 else "", None, made_up))
            continue
        if _SLANT < raw.FPDFText_GetCharAngle(text, n) % _QUARTER < _QUARTER - _SLANT:
            slanting.add(n)
        x0, x1, y0, y1 = box.left - left, box.right - left, box.bottom - bottom, box.top - bottom
        width, height = right - left, top - bottom
        place = {
            0: (x0, height - y1, x1, height - y0),
            90: (y0, x0, y1, x1),
            180: (width - x1, y0, width - x0, y1),
            270: (height - y1, width - x1, height - y0, width - x0),
        }[turn]
        found.append(Char(chr(sign) if 0 < sign < 0x110000 else "", place, False))
    text.close()
    return found, slanting


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
    page = plumber.pages[number]
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
