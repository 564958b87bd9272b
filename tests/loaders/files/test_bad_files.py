"""Damaged, locked, boundless files: a clear sentence each, in bounded time and memory."""

import contextlib
import io
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import docx
import pypdfium2
import pytest

from bench.made.paper import pdf_of, words_at
from bench.made.sheets import xlsx
from bench.made.zips import QUICK, unzipped, zipped
from graph.errors import UnreadableSource
from loaders.files import archive
from loaders.files.paged import pdf
from loaders.files.read import read_bytes

ROOT = Path(__file__).parents[3]


def word() -> bytes:
    target = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("责任单位：市编办。" * 500)
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize("cut", [30, 200, 5000, -30])
def test_a_cut_word_file_is_damaged(cut: int) -> None:
    with pytest.raises(UnreadableSource, match=r"方案 is a damaged zip archive or Office file .* Get it again"):
        read_bytes(word()[:cut], name="方案")


def test_a_word_file_with_broken_bytes_is_damaged() -> None:
    data = bytearray(word())
    at = data.index(b"word/document.xml") + 200
    data[at : at + 60] = b"\0" * 60
    with pytest.raises(UnreadableSource, match="damaged"):
        read_bytes(bytes(data))


def test_a_word_file_whose_xml_is_broken_is_damaged() -> None:
    with pytest.raises(UnreadableSource, match="damaged"):
        read_bytes(zipped({"word/document.xml": "<w:document xmlns:w='w'><w:body>"}))


def test_entities_are_not_followed() -> None:
    xml = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d><body><p><r><t>一&e;</t></r></p></body></d>'
    assert read_bytes(zipped({"word/document.xml": xml})).text == "一\n"


@pytest.mark.parametrize(
    ("part", "size"),
    [
        ("word/document.xml", archive.MAX_UNPACKED),
        ("word/document.xml", archive.MAX_TREE),
        ("xl/sharedStrings.xml", archive.MAX_UNPACKED),
    ],
)
def test_a_zip_bomb_is_refused_before_it_is_unpacked(part: str, size: int) -> None:
    bomb = b"<sst>" + (b" " * 80 + b"<b/>") * (size // 84 + 2**16)
    data = zipped({part: bomb, "xl/workbook.xml": "<w><sheets/></w>"}, QUICK)
    del bomb
    assert len(data) < 2 * 2**20
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableSource, match=r"unpacks to more than \d+ MB.*zip bomb|more than [\d,]+ tags"):
            read_bytes(data)
        assert tracemalloc.get_traced_memory()[1] < 3 * archive.MAX_TREE
    finally:
        tracemalloc.stop()


def test_parts_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1000)
    words = f"<sst><si><t>{'字' * 200}</t></si></sst>"
    workbook = f"<workbook><sheets/><!--{'x' * 600}--></workbook>"
    data = zipped({"xl/workbook.xml": workbook, "xl/sharedStrings.xml": words})
    with pytest.raises(UnreadableSource, match="unpacks to more than"):
        read_bytes(data)


def sheet(far: tuple[int, int] | None = None) -> bytes:
    return xlsx([["任务"]], lambda _, page: page.write(*far, "尾") if far else None)


def with_end(end: bytes) -> bytes:
    """A sheet whose rows end otherwise."""
    return zipped({name: words.replace(b"</sheetData>", end) for name, words in unzipped(sheet()).items()}, QUICK)


def rows(number: int) -> bytes:
    """A sheet with so many empty rows."""
    more = b"".join(b'<row r="%d" ht="20" customHeight="1"/>' % row for row in range(2, number + 1))
    return with_end(more + b"</sheetData>")


PEAK = """
import re, sys
from pathlib import Path
from loaders.files.read import read_bytes
from bench.made.paper import pdf_of, words_at
source = read_bytes(sys.stdin.buffer.read())
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1], repr(source.text))
"""


@pytest.mark.server
@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process's memory is read from /proc")
def test_a_million_empty_rows_take_no_memory() -> None:
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", PEAK], input=rows(1_048_576), capture_output=True, check=True, cwd=ROOT, text=False
    )
    kilobytes, text = done.stdout.decode().split()
    assert (text, int(kilobytes) < 150_000) == (r"'任务\n'", True)
    assert time.monotonic() - start < 60


def test_rows_behind_empty_ones_keep_their_numbers() -> None:
    """Empty rows with and without a number of their own, and words that only look like rows."""
    cells = "<c t='inlineStr'><is><t>{}</t></is></c>"
    sheet_data = (
        '<row r="1"/><row r="2"/><row>{}</row><row r="7"/><row r="9" ht="20">{}</row><row r="11"/><row/><row>{}</row>'
    ).format(*map(cells.format, ("甲", '<![CDATA[<row r="1"/><row r="2"/>]]>', "丙")))
    parts = {
        "xl/workbook.xml": "<w xmlns:r='r'><sheets><sheet name='一' r:id='a'/></sheets></w>",
        "xl/_rels/workbook.xml.rels": "<r><R Id='a' Target='s.xml'/></r>",
        "xl/s.xml": f"<worksheet><sheetData>{sheet_data}</sheetData></worksheet>",
    }
    source = read_bytes(zipped(parts))
    assert source.text == '甲\n<row r="1"/><row r="2"/>\n丙\n'


def test_a_cell_in_the_last_corner_takes_no_room() -> None:
    assert read_bytes(sheet((1_048_575, 16_383))).text == "任务\n尾\n"


def test_merged_cells_over_a_whole_sheet_take_no_room() -> None:
    assert read_bytes(with_end(b"</sheetData>" + b'<mergeCell ref="A1:XFD1048576"/>' * 1000)).text == "任务\n"


def blank_pdf(pages: int) -> bytes:
    document, target = pypdfium2.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        document.new_page(100, 100).close()
    document.save(target)
    document.close()
    return target.getvalue()


def test_a_pdf_without_words_is_told() -> None:
    with pytest.raises(UnreadableSource, match="附件 is a PDF without text, and no words were recognised in it"):
        read_bytes(blank_pdf(1), name="附件")


def test_a_pdf_without_end_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="501 pages; expected at most 500 pages"):
        read_bytes(blank_pdf(pdf.MAX_PAGES + 1))


LOCKED = b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%%%EOF
""" % (b"11" * 32, b"22" * 32)


def test_a_locked_pdf_is_told() -> None:
    with pytest.raises(UnreadableSource, match=r"附件 is a PDF file locked by a password.*Unlock it"):
        read_bytes(LOCKED, name="附件")


def test_tables_nested_without_end_end() -> None:
    deep = "<table><tr><td>" * 3000 + "甲"
    start = time.process_time()
    with contextlib.suppress(UnreadableSource):  # libxml2 stops at a depth of its own in some versions
        assert "甲" in read_bytes(f"<html><body>{deep}</body></html>".encode()).text
    assert time.process_time() - start < 20


def test_a_page_full_of_strokes_is_read_without_its_tables_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_MOST_STROKES", 30)
    table = b"".join(b"%d %d 100 30 re S\n" % (72 + n % 2 * 100, 700 - n // 2 * 30) for n in range(6))
    words = b"".join(words_at(word, 80 + n % 2 * 100, 132 + n // 2 * 30) for n, word in enumerate("甲乙丙丁戊己"))
    ruled, full = words + table, words + table * 6
    source = read_bytes(pdf_of(ruled, full, full))
    assert len(source.tables) == 1
    assert [(note.code, note.place) for note in source.notes] == [("ruled-lines", "第2—3页")]
    assert "".join(source.text.split()) == "甲乙丙丁戊己" * 3
