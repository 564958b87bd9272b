"""Pages that are pictures: a photograph, a scan of one or more images, the image pages of a PDF.

The recogniser (`loaders.files.paged.ocr`) reads each page; `lay_out` joins the lines as it does for a PDF.  A note says which pages
were recognised and which lines are doubtful: the result is not the author's text but a reading of it.

Example: a photographed page becomes paragraphs and the note 第1页是图像，文字由识别（OCR）得来…

Left to others: which files and pages are pictures (`loaders.files.read`, `loaders.files.paged.pdf`).
"""

import io
import warnings
from collections.abc import Iterator, Sequence

from PIL import Image, ImageOps, ImageSequence

from graph.errors import UnreadableSource
from loaders.files.blocks import Block, too_much
from loaders.files.omissions import Omissions, ranges
from loaders.files.paged import ocr as recognise
from loaders.files.paged.layout import lay_out
from loaders.files.source import RECOGNISED, UNREAD

_WHAT = "the file is a picture"
MAX_DOTS = 80_000_000  # an A3 page at 600 dots an inch has 70 million
_A4_WIDTH = 595.0  # points: the shorter side of a page whose size is not told
_SHOWN = 5  # doubtful lines that the note quotes


def read_picture(data: bytes, left: Omissions) -> list[Block]:
    """The blocks of an image file, page by page; it tells ``left`` that they were recognised.

    Raises UnreadableSource if there is no recogniser, if the image is damaged, has more than `MAX_DOTS` dots or
    `loaders.files.paged.ocr.MAX_PAGES` pages, or contains no words.
    """
    if not recognise.available():
        raise recognise.wordless(_WHAT)
    read = [
        recognise.recognise(image, min(image.size) / _A4_WIDTH, number) for number, image in enumerate(_images(data), 1)
    ]
    pages = [one.page for one in read]
    if not any(page.lines or page.tables for page in pages):
        raise recognise.wordless(_WHAT)
    tell_recognised(read, left)
    return lay_out(pages)


def tell_recognised(read: Sequence[recognise.Recognised], left: Omissions) -> None:
    """Tell which pages were recognised, and which lines are doubtful."""
    words = [one.page.number for one in read if one.page.lines or one.page.tables]
    empty = [one.page.number for one in read if one.page.number not in words]
    if empty:
        left.tell(UNREAD, f"第{ranges(empty)}页是图像，没有认出文字。")
    if words:
        doubtful = [f"第{one.page.number}页“{line}”" for one in read for line in one.doubtful]
        message = f"第{ranges(words)}页是图像，文字由识别（OCR）得来，可能有误，引用前请对照原件。"
        if doubtful:
            more = "等" if len(doubtful) > _SHOWN else ""
            message += f"其中{len(doubtful)}行把握不足：{'、'.join(doubtful[:_SHOWN])}{more}。"
        left.tell(RECOGNISED, message)


def _images(data: bytes) -> Iterator[Image.Image]:
    """The pages of an image file in their intended orientation."""
    try:
        with warnings.catch_warnings():  # Pillow warns of sizes that are refused here
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            file = Image.open(io.BytesIO(data))
        with file:
            if file.width * file.height > MAX_DOTS:
                raise too_much(f"an image of {file.width} × {file.height} dots", f"{MAX_DOTS:,} dots")
            if (frames := getattr(file, "n_frames", 1)) > recognise.MAX_PAGES:
                raise too_much(f"{frames} images", f"{recognise.MAX_PAGES} images")
            for frame in ImageSequence.Iterator(file):
                yield ImageOps.exif_transpose(frame).convert("RGB")
    except Image.DecompressionBombError:
        raise too_much("an image of more dots than any page has", f"{MAX_DOTS:,} dots") from None
    except (OSError, ValueError, SyntaxError):
        raise UnreadableSource(
            "the file is a damaged picture; expected one that an image viewer opens. Get it again from where it came."
        ) from None
