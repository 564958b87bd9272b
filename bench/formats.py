"""How fast each format is read, beside the library that the reader stands on, in one run.

    python bench/formats.py [--rounds 5] [--scan]

The sample plan is made in each format. ``read_bytes`` and the bare library, doing no more than opening the file and handing
out its words, take turns; of each the round that took the least work of the processor counts, so that other work on the machine changes little.  With
``--scan`` a page of images as well, which takes seconds a round.
"""

import argparse
import csv
import email
import io
import os
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
from lxml import etree

from bench.made import pages, paper, sheets, word
from loaders.files.read import read_bytes

LINES = [line.strip() for line in Path("examples/loudi-2017.txt").read_text("utf-8").splitlines() if line.strip()]
_RULED = [["序号", "任务", "牵头单位"], *[[str(n), f"清理第{n}批文件", "市司法局、市财政局"] for n in range(1, 25)]]


class Beside(NamedTuple):
    """A file of one format, what its reader stands on, and the least that this does with the file."""

    data: bytes
    library: str
    bare: Callable[[bytes], Any]


def _zip_and_lxml(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(
            len("".join(map(str, etree.fromstring(archive.read(name)).itertext()))) for name in archive.namelist()
        )


def _lxml_html(data: bytes) -> str:
    return "".join(map(str, etree.fromstring(data, etree.HTMLParser(encoding="utf-8")).itertext()))


def _csv(data: bytes) -> int:
    return len(list(csv.reader(io.StringIO(data.decode("gb18030"), newline=""))))


def _email(data: bytes) -> str:
    (page,) = (part for part in email.message_from_bytes(data).walk() if part.get_content_type() == "text/html")
    words = page.get_payload(decode=True)
    return _lxml_html(words.decode("gb18030").encode() if isinstance(words, bytes) else b"")


def _pdfium(data: bytes) -> int:
    with pypdfium2.PdfDocument(data) as document:
        return sum(len(page.get_textpage().get_text_range()) for page in document)


def _pdfplumber(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.find_tables()) for page in document.pages)


def _recogniser(data: bytes) -> int:
    from loaders.files.paged.ocr import DOTS_PER_INCH, _read  # the recogniser as it is called, without what follows

    with pypdfium2.PdfDocument(data) as document:
        return sum(len(_read(page.render(scale=DOTS_PER_INCH / 72).to_pil().convert("RGB"))) for page in document)


def formats(scan: bool) -> Mapping[str, Beside]:
    """The sample in each format."""
    page = pages.page(pages.inner(LINES), "gb2312")
    made = {
        "text": Beside("\n".join(LINES).encode(), "bytes.decode", bytes.decode),
        "text in GBK": Beside("\n".join(LINES).encode("gb18030"), "bytes.decode", lambda data: data.decode("gb18030")),
        "markdown": Beside(pages.markdown(LINES), "bytes.decode", bytes.decode),
        "csv": Beside(sheets.delimited([[line] for line in LINES]), "csv", _csv),
        "html": Beside(pages.site(LINES), "lxml", _lxml_html),
        "doc, a page in one file": Beside(word.mhtml(page, "gb18030"), "email, lxml", _email),
        "docx": Beside(word.docx(LINES), "zipfile, lxml", _zip_and_lxml),
        "doc, Word 2003 XML": Beside(word.word_2003(LINES), "lxml", etree.fromstring),
        "xlsx": Beside(sheets.xlsx([[line] for line in LINES]), "zipfile, lxml", _zip_and_lxml),
        "ofd": Beside(paper.ofd(LINES), "zipfile, lxml", _zip_and_lxml),
        "pdf": Beside(paper.pdf(LINES), "PDFium", _pdfium),
        "pdf in two columns": Beside(paper.pdf(LINES, 2), "PDFium", _pdfium),
        "pdf of a ruled table": Beside(paper.pdf_table("任务分工表", _RULED), "pdfplumber", _pdfplumber),
    }
    if scan:
        made["scan, one page"] = Beside(paper.pictures(LINES[40:50]), "RapidOCR", _recogniser)
    return made


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--scan", action="store_true")
    given = arguments.parse_args()
    print(
        f"{'format':24} {'KB':>6} {'read':>10} {'library':>10} {'times':>6}  library   (load {os.getloadavg()[0]:.1f})"
    )
    for name, (data, library, bare) in formats(given.scan).items():
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(given.rounds):
            for run, times in ((read_bytes, ours), (bare, theirs)):
                start = time.process_time()
                run(data)
                times.append(time.process_time() - start)
        read, alone = min(ours) * 1000, min(theirs) * 1000
        print(
            f"{name:24} {len(data) / 1024:6.0f} {read:7.1f} ms {alone:7.1f} ms {read / alone:6.1f}  {library}",
            flush=True,
        )


if __name__ == "__main__":
    main()
