"""Paper: PDF in one column or more, pages that are images, OFD.

Example: ``pdf_of(words_at("1.清理文件。", 72, 100))`` is a PDF of one page; ``pdf(lines)`` sets lines as paragraphs.
"""

import io
import math
import unicodedata
from collections.abc import Iterator, Sequence

from bench.made.zips import zipped

WIDTH, HEIGHT = 595, 842
FIRST = 6  # the number of the first further object; a page has it as the font F2 and the image I
MARGIN = 72
SIZE, STEP = 14.0, 26.0
_NOT_FIRST = "，。、；：！？）》”’〉】〕,.;:!?)"
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]/FontDescriptor 5 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
    b"/Descent -120/CapHeight 880/StemV 93>>",
)


def words_at(words: str, left: float, top: float, size: float = 12) -> bytes:
    """What draws words, in points from the left and from the top of the page."""
    code = words.encode("utf-16-be").hex().encode()
    return b"BT /F1 %g Tf 1 0 0 1 %g %g Tm <%s> Tj ET\n" % (size, left, HEIGHT - top, code)


def pdf_of(*pages: bytes, objects: Sequence[bytes] = (), page: bytes = b"", root: bytes = b"") -> bytes:
    """A file of pages, each given by what draws it.

    ``objects`` are further ones, from number `FIRST` on; ``page`` and ``root`` go into the dictionary of each page and of
    the file.
    """
    objects = [b"<</Type/Catalog/Pages 2 0 R%s>>" % root, b"", *_FONT, *objects]
    kids = []
    for drawn in pages:
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        dictionary = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<</F1 3 0 R/F2 6 0 R>>/XObject<</I 6 0 R>>>>%s>>"
        objects.append(dictionary % (WIDTH, HEIGHT, len(objects), page))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    made, places = b"%PDF-1.5\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, words)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return made + end % (len(objects) + 1, table, len(objects) + 1, len(made))


def pdf(lines: Sequence[str], columns: int = 1, behind: bytes = b"") -> bytes:
    """Lines as paragraphs, each indented by two signs, with page numbers; ``behind`` is drawn on every page first."""
    return pdf_of(*(behind + _drawn(page, number) for number, page in enumerate(_pages(lines, columns), 1)))


def pdf_table(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A title, and a ruled table below it, on one page."""
    wide, tall = (WIDTH - 2 * 40) / len(rows[0]), 20.0
    drawn = words_at(title, 150, 60, SIZE)
    for n, row in enumerate(rows):
        for column, words in enumerate(row):
            left, top = 40 + column * wide, 80 + n * tall
            drawn += b"%g %g %g %g re S\n" % (left, HEIGHT - top - tall, wide, tall)
            drawn += words_at(words, left + 3, top + 14, 8)
    return pdf_of(drawn)


def pictures(lines: Sequence[str], kind: str = "PDF") -> bytes:
    """The same pages as images: a PDF of scans, or a ``TIFF`` of many pages."""
    from PIL import Image, ImageDraw, ImageFont

    scale = 200 / 72
    font = ImageFont.truetype("NotoSerifCJK-Regular.ttc", round(SIZE * scale), index=2)
    images = []
    for page in _pages(lines, 1):
        image = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
        draw = ImageDraw.Draw(image)
        for words, left, top in page:
            draw.text((left * scale, (top - SIZE) * scale), words, fill=0, font=font)
        images.append(image)
    target = io.BytesIO()
    images[0].save(target, kind, save_all=True, append_images=images[1:], resolution=200, dpi=(200, 200))
    return target.getvalue()


def ofd(lines: Sequence[str]) -> bytes:
    """The same pages as OFD; places are millimetres."""
    name, pages, unit = 'xmlns:ofd="http://www.ofdspec.org/2016"', list(_pages(lines, 1)), 25.4 / 72
    parts = {
        "OFD.xml": f"<ofd:OFD {name}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    }
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    parts["Doc_0/Document.xml"] = (
        f"<ofd:Document {name}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    for n, page in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject Boundary="{left * unit:.2f} {(top - SIZE) * unit:.2f} {_wide(words) * unit:.2f} {SIZE * unit:.2f}">'
            f'<ofd:TextCode X="0" Y="4">{_escaped(words)}</ofd:TextCode></ofd:TextObject>'
            for words, left, top in page
        )
        parts[f"Doc_0/Pages/Page_{n}/Content.xml"] = (
            f"<ofd:Page {name}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return zipped(parts)


Placed = tuple[str, float, float]  # words, left, base line from the top


def _drawn(page: Sequence[Placed], number: int) -> bytes:
    foot = words_at(f"— {number} —", WIDTH / 2 - 20, HEIGHT - 40, 10)
    return b"".join(words_at(words, left, top, SIZE) for words, left, top in page) + foot


def _pages(lines: Sequence[str], columns: int) -> Iterator[list[Placed]]:
    gutter = 2 * SIZE
    width = (WIDTH - 2 * MARGIN - (columns - 1) * gutter) / columns
    deep = int((HEIGHT - 2 * MARGIN) / STEP)
    set_lines = [placed for line in lines for placed in _set(line, width)]
    for start in range(0, len(set_lines), deep * columns):
        here = set_lines[start : start + deep * columns]
        deep_here = min(deep, math.ceil(len(here) / columns))  # the columns of the last page are as long as each other
        yield [
            (words, MARGIN + n // deep_here * (width + gutter) + left, MARGIN + (n % deep_here + 1) * STEP)
            for n, (words, left) in enumerate(here)
        ]


def _set(line: str, width: float) -> Iterator[tuple[str, float]]:
    """The lines of a paragraph, each with how far it is indented; no line begins with a mark that may not."""
    left, at = 2 * SIZE, 0
    while at < len(line):
        end = at
        while end < len(line) and left + _wide(line[at : end + 1]) <= width:
            end += 1
        while end < len(line) and line[end] in _NOT_FIRST and end - at > 2:
            end -= 1
        yield line[at:end], left
        left, at = 0.0, end


def _wide(words: str) -> float:
    return SIZE * sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in words)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")
