"""Text recognition (OCR): the image of a page in, its characters with boxes and the cells of its ruled tables out.

1. The recogniser (RapidOCR; its package contains the models, nothing is downloaded) finds the lines and reads them.
2. A page that lies on its side or upside down is rotated.
3. The slope of a skewed sheet is removed from the boxes and from the image.
4. Long, straight, dark strokes of the image are ruled lines; the cells lie between them.
5. ASCII punctuation beside Chinese becomes full-width (the recogniser mixes both), and a 一 between years becomes a dash.

It needs the extra ``ocr``; `available` says whether it is installed.

Example: the picture of ``牵头单位：市司法局`` gives nine characters, each with its box in points.

Left to others: which pages are pictures (`loaders.files.paged.pdf`, `loaders.files.paged.images`), lines and cells (`loaders.files.paged.page_lines`).
"""

import functools
import math
import re
import threading
from importlib.util import find_spec
from statistics import median
from typing import Any, NamedTuple

from PIL.Image import Image

from graph.errors import UnreadableSource
from loaders.files.paged.page import page_of
from loaders.files.paged.page_lines import Box, Char, Page
from loaders.files.steps import long_step

MAX_PAGES = 100
"""Of one file: a page takes some 5 s on two cores."""

DOTS_PER_INCH = 250  # below, whole lines are missed
MAX_SIDE = 4200  # pixels: an A3 page at that resolution
_DOUBTFUL = 0.85  # the recogniser's own certainty of a line; right lines have more than 0.95
_FLAT = math.radians(0.15)
_RECOGNISER = threading.Lock()  # it keeps the options of a call

_MARKS = dict(zip(",:;()!?", "，：；（）！？", strict=True))
_WIDE = r"[\u2e80-\uffef]"
_MIXED = re.compile(rf"(?<={_WIDE})[,:;()!?]|[,:;()!?](?={_WIDE})")
_YEARS = re.compile(r"(?<=[12]\d{3})一(?=[12]\d{3})")


class _Line(NamedTuple):
    words: str
    certainty: float
    corners: list[tuple[float, float]]  # from the upper left, clockwise, in pixels

    @property
    def width(self) -> float:
        return math.dist(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        return math.dist(self.corners[0], self.corners[3])


class Recognised(NamedTuple):
    page: Page
    doubtful: list[str]  # lines that the recogniser is not sure of


def available() -> bool:
    """Whether the extra ``ocr`` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def wordless(what: str) -> UnreadableSource:
    """The refusal of a file (``the file is a picture``) whose words are pixels: they were not recognised, or there are
    none.
    """
    if available():
        return UnreadableSource(
            f"{what}, and no words were recognised in it; expected the pages of a plan. Scan them again, upright and sharp, at "
            "300 dots an inch."
        )
    return UnreadableSource(
        f"{what}; its text must be recognised first. Install the recogniser (pip install 'zeren[ocr]') and read it "
        "again, or have it recognised elsewhere (OCR) and give that text."
    )


def recognise(image: Image, dots_per_point: float, number: int) -> Recognised:
    """Page ``number``, recognised from its image; its boxes are in points. Raises UnreadableSource without the
    recogniser.
    """
    with long_step("recognise"):
        return _recognised(image, dots_per_point, number)


def _recognised(image: Image, dots_per_point: float, number: int) -> Recognised:
    lines = _read(image)
    if sum(line.height > 1.5 * line.width for line in lines) * 2 > len(lines):
        image = image.rotate(90, expand=True)
        lines = _read(image)
    if _on_its_head(image, lines):
        image = image.rotate(180)
        lines = _read(image)
    slope = _slope(lines)
    if abs(slope) > _FLAT:
        lines = [line._replace(corners=[_level(at, slope, image.size) for at in line.corners]) for line in lines]
        image = image.rotate(math.degrees(slope), fillcolor="white")
    chars = [char for line in lines for char in _chars(line, dots_per_point)]
    tables = _tables(image, dots_per_point, median([line.height for line in lines] or [1.0]))
    page = page_of(number, image.height / dots_per_point, chars, [(cells, False) for cells in tables])
    return Recognised(page, [line.words for line in lines if line.certainty < _DOUBTFUL])


@functools.cache
def _recogniser() -> Any:
    from rapidocr import RapidOCR  # two seconds and half a gigabyte that only a picture is worth

    return RapidOCR(params={"Global.log_level": "critical", "Global.max_side_len": MAX_SIDE})


def _read(image: Image) -> list[_Line]:
    """The lines of an image from top to bottom."""
    with _RECOGNISER:
        found = _recogniser()(image, use_det=True, use_cls=True, use_rec=True)
    if found.boxes is None:
        return []
    return [
        _Line(_with_wide_marks(words), float(certainty), [(float(x), float(y)) for x, y in corners])
        for words, certainty, corners in zip(found.txts, found.scores, found.boxes, strict=True)
    ]


def _with_wide_marks(words: str) -> str:
    return _YEARS.sub("—", _MIXED.sub(lambda mark: _MARKS[mark[0]], words))


def _on_its_head(image: Image, lines: list[_Line]) -> bool:
    """Whether most of the longest lines are upside down, according to the classifier of the recogniser."""
    turned = 0
    longest = sorted(lines, key=lambda line: line.width, reverse=True)[:5]
    for line in longest:
        xs, ys = zip(*line.corners, strict=True)
        with _RECOGNISER:
            found = _recogniser()(
                image.crop((int(min(xs)), int(min(ys)), math.ceil(max(xs)), math.ceil(max(ys)))),
                use_det=False, use_cls=True, use_rec=False,
            )  # fmt: skip
        turned += found.cls_res[0][0] == "180"
    return turned * 2 > len(longest)


def _slope(lines: list[_Line]) -> float:
    """The skew of a sheet in radians: the median over its lines, weighted by their length."""
    slopes: list[float] = []
    for line in lines:
        (x0, y0), (x1, y1) = line.corners[:2]
        length = int(line.width / line.height)
        slopes += [math.atan2(y1 - y0, x1 - x0)] * (length if length > 2 else 0)
    return median(slopes or [0.0])


def _level(at: tuple[float, float], slope: float, size: tuple[int, int]) -> tuple[float, float]:
    """The position of a point after the image is rotated about its centre by ``slope``."""
    middle = size[0] / 2, size[1] / 2
    x, y = at[0] - middle[0], at[1] - middle[1]
    return (
        middle[0] + x * math.cos(slope) + y * math.sin(slope),
        middle[1] - x * math.sin(slope) + y * math.cos(slope),
    )


def _chars(line: _Line, dots_per_point: float) -> list[Char]:
    """The characters of a line. The line has one box; a Chinese character is as wide as two others."""
    xs, ys = zip(*line.corners, strict=True)
    left, right, top, bottom = (value / dots_per_point for value in (min(xs), max(xs), min(ys), max(ys)))
    shares = [1 if sign.isascii() else 2 for sign in line.words]
    step, at = (right - left) / sum(shares), left
    chars: list[Char] = []
    for sign, share in zip(line.words, shares, strict=True):
        chars.append(Char(sign, (at, top, at + share * step, bottom), False))
        at += share * step
    return chars


def _tables(image: Image, dots_per_point: float, letter: float) -> list[list[Box]]:
    """The cells of each ruled table; ``letter`` is the height of a line of text in pixels."""
    import cv2
    import numpy
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    dark = cv2.adaptiveThreshold(
        numpy.asarray(image.convert("L")), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12
    )
    edges = []
    # longer than any stroke of a character, and no thicker than a rule
    for orientation, length in (("h", int(3 * letter)), ("v", int(1.5 * letter))):
        across = orientation == "h"
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if across else (1, length))
        beside = cv2.getStructuringElement(cv2.MORPH_RECT, (1, 3) if across else (3, 1))
        strokes = cv2.morphologyEx(cv2.dilate(dark, beside), cv2.MORPH_OPEN, kernel)
        _, _, found, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
        for x, y, width, height, _ in found[1:].tolist():
            if (height if across else width) > 0.5 * letter:
                continue
            middle = (y + height / 2 if across else x + width / 2) / dots_per_point
            begin, end = (x, x + width) if across else (y, y + height)
            edges.append(_edge(orientation, middle, begin / dots_per_point, end / dots_per_point))
    edges = merge_edges(edges, snap_x_tolerance=4, snap_y_tolerance=4, join_x_tolerance=6, join_y_tolerance=6)
    crossings = edges_to_intersections(edges, x_tolerance=4, y_tolerance=4)
    tables = cells_to_tables(intersections_to_cells(crossings))
    return [[tuple(map(float, cell)) for cell in cells] for cells in tables]


def _edge(orientation: str, middle: float, begin: float, end: float) -> dict[str, Any]:
    """A ruled line in pdfplumber's form."""
    x0, x1, top, bottom = (begin, end, middle, middle) if orientation == "h" else (middle, middle, begin, end)
    return {
        "orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom,
        "width": x1 - x0, "height": bottom - top,
    }  # fmt: skip
