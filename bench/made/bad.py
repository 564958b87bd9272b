"""Kinds of files that cannot be read or hold no plan: damaged, locked, boundless, of other programs.

Example: ``BAD["slides.pptx"]()`` are the bytes of a presentation, which is refused with a sentence.
"""

import io
import random
from collections.abc import Callable, Mapping

from bench.made import paper, sheets, word
from bench.made.plans import made_plan
from bench.made.zips import QUICK, zipped

_LINES = made_plan(99_999).lines
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _of_old_office(stream: str) -> bytes:
    return _OLE + bytes(504) + stream.encode("utf-16-le") + bytes(1024)


def _locked_zip() -> bytes:
    """A .docx whose parts say that they are encrypted."""
    data = bytearray(word.docx(_LINES))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def _locked_pdf() -> bytes:
    locked = b"/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]>>" % (
        b"11" * 32,
        b"22" * 32,
    )
    return paper.pdf(_LINES).replace(b"/Root 1 0 R>>", locked)


def _picture(kind: str, width: int = 600, height: int = 800) -> bytes:
    from PIL import Image

    target = io.BytesIO()
    Image.new("1", (width, height), 1).save(target, kind)
    return target.getvalue()


BAD: Mapping[str, Callable[[], bytes]] = {
    # nothing in it, or nothing that is a plan
    "empty.txt": lambda: b"",
    "blanks.txt": lambda: " \n\u3000\n".encode() * 50,
    "letter.txt": lambda: "各位同事：\n会议改在周五上午，请准时参加。\n".encode(),
    "empty-sheet.xlsx": lambda: sheets.xlsx([]),
    "numbers.csv": lambda: sheets.delimited([["年份", "产值"], *[[str(n), str(n * 7)] for n in range(2000, 2020)]]),
    # no text at all
    "nul.txt": lambda: b"\0" * 4000,
    "random.bin": lambda: random.Random(1).randbytes(50_000),
    "program": lambda: b"\x7fELF\x02\x01\x01" + bytes(4000),
    "two-encodings.txt": lambda: "\n".join(_LINES).encode() + "\n".join(_LINES).encode("gb18030"),
    "large.txt": lambda: b"a" * (24 * 2**20 + 1),
    # of other programs
    "archive.zip": lambda: zipped({"plan.txt": "\n".join(_LINES)}),
    "archive.7z": lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "archive.rar": lambda: b"Rar!\x1a\x07\x01\x00" + bytes(100),
    "archive.gz": lambda: b"\x1f\x8b\x08" + bytes(100),
    "data.sqlite": lambda: b"SQLite format 3\x00" + bytes(500),
    "slides.pptx": lambda: zipped({"ppt/presentation.xml": "<p/>"}),
    "slides.ppt": lambda: _of_old_office("PowerPoint Document"),
    "binary.xlsb": lambda: zipped({"xl/workbook.bin": b"\x83\x01"}),
    "open.odt": lambda: zipped({"content.xml": "<office/>", "mimetype": "application/vnd.oasis.opendocument.text"}),
    "old.doc": lambda: _of_old_office("WordDocument"),
    "old.wps": lambda: _of_old_office("WordDocument"),
    "old.xls": lambda: _of_old_office("Workbook"),
    "old.et": lambda: _of_old_office("Workbook"),
    "rich.rtf": lambda: b"{\\rtf1\\ansi 1.}",
    # locked
    "locked.docx": lambda: _of_old_office("EncryptedPackage"),
    "locked-parts.docx": _locked_zip,
    "locked.pdf": _locked_pdf,
    # damaged
    "cut.docx": lambda: word.docx(_LINES)[:900],
    "broken.docx": lambda: zipped({"word/document.xml": "<w:document xmlns:w='w'><w:body>"}),
    "no-body.docx": lambda: zipped({"word/document.xml": "<document/>"}),
    "cut.xlsx": lambda: sheets.xlsx([["任务"]])[:-40],
    "cut.pdf": lambda: paper.pdf(_LINES)[:300],
    "cut.png": lambda: _picture("PNG")[:60],
    "no-document.ofd": lambda: zipped({"OFD.xml": "<OFD/>"}),
    "broken.doc": lambda: b"<?xml version='1.0'?><pkg:package xmlns:pkg='p'><pkg:part pkg:name='/word/document.xml'>",
    # without words
    "blank.pdf": lambda: paper.pdf_of(b""),
    "blank.ofd": lambda: paper.ofd([]),
    "letter.mht": lambda: b"MIME-Version: 1.0\nContent-Type: text/plain\n\n1.\n",
    # without end
    "bomb.docx": lambda: zipped({"word/document.xml": b"<document><body>" + b" " * (100 * 2**20)}, QUICK),
    "pages.pdf": lambda: paper.pdf_of(*[b""] * 501),
    "deep.html": lambda: b"<html><body>" + b"<div>" * 20_000 + "1.清理文件。".encode(),
    "wide.csv": lambda: b"a," * 600_000,
    "endless.txt": lambda: ("序号工作任务责任单位完成时限" + "1清理市财政局（牵头）" * 200_000).encode(),
}
