"""Excel: every visible sheet of an .xlsx as one table, with numbers and dates as Excel shows them.

1. The workbook names the sheets; shared strings and number formats are read once.
2. Each sheet is read as a stream and only filled cells are kept: a million empty rows cost no memory and little time.
3. Empty rows and columns are left out; a row keeps the number that Excel shows.  A merged cell stands at every position that
   it covers.
4. A date becomes ``2024年6月30日`` (``2024年6月`` under a format without days), 0.95 under ``0%`` becomes ``95%``.

Example: the cells ``1 · 清理文件 · 市司法局`` of row 4 become the row number 4 of the sheet's `Grid`.

No library is used: openpyxl reads a sheet as a stream only without its merged cells.

Left to others: the meaning of the columns (`loaders.duties.table_cells`).
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from lxml import etree

from loaders.files.archive import Archive, damaged, local
from loaders.files.blocks import MAX_CELLS, MAX_CHARACTERS, Block, Cell, Grid, too_much
from loaders.files.list_numbers import child, value
from loaders.files.omissions import Omissions

_MERGES = 100_000
_WIDEST = 20_000  # cells of a row, runs of a string; Excel has 16,384 columns
_CHUNK = 2**18
_WIDE = 200  # a sheet with more columns keeps only those that hold something
_DATES = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))  # of the built-in formats
_WITHOUT_DAY = frozenset((17, 55, 57))
_PERCENT = {9: "0%", 10: "0.00%"}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DATE_LETTERS = re.compile(r"[yd]", re.IGNORECASE)

# an empty row before another one that has its own number: it holds nothing and counts for nothing
_EMPTY_ROW = re.compile(rb'<row r="\d+"[^<>]*/>(?=\s*<row r="\d+")')

_Sparse = dict[int, dict[int, str]]


@dataclass(frozen=True, slots=True)
class _Book:
    strings: list[str]
    formats: list[tuple[int, str]]  # of each style: the format's number and its own code
    epoch: datetime


def read_xlsx(archive: Archive, left: Omissions) -> list[Block]:
    """A table for each visible sheet that is not empty. Raises UnreadableSource for a damaged or unbounded file."""
    workbook = archive.xml("xl/workbook.xml")
    if workbook is None:
        raise damaged(ValueError("it has no xl/workbook.xml"))
    parts = {value(e, "Id"): value(e, "Target") or "" for e in _all(archive.xml("xl/_rels/workbook.xml.rels"))}
    system = value(child(workbook, "workbookPr"), "date1904") in ("1", "true")
    epoch = datetime(1904, 1, 1) if system else datetime(1899, 12, 30)
    book = _Book(list(_strings(archive)), _formats(archive.xml("xl/styles.xml")), epoch)
    blocks: list[Block] = []
    sheets = child(workbook, "sheets")
    for sheet in sheets if sheets is not None else ():
        target = parts.get(value(sheet, "id"), "")
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if value(sheet, "state") in ("hidden", "veryHidden") or "chartsheet" in name:
            continue
        grid = _sheet(archive, name, value(sheet, "name") or "", book)
        if grid.rows:
            blocks.append(grid)
    return blocks


def _all(root: etree._Element | None) -> Iterator[etree._Element]:
    return iter(root if root is not None else ())


def _stream(archive: Archive, name: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """The elements with a local name in ``tags``, as each ends; an element is emptied when the next one is requested."""
    part = archive.open(name)
    if part is None:
        return
    names = [f"{{*}}{tag}" for tag in tags]
    parser = etree.XMLPullParser(("start", "end"), tag=["{*}worksheet", "{*}sst", *names], resolve_entities=False)
    root: etree._Element | None = None
    only_tags = True  # no <![CDATA[ … ]]> and no comment so far, in which a row would be mere words
    last = b""
    try:
        while words := part.read(_CHUNK):
            only_tags = only_tags and b"<!" not in last + words
            last = words[-1:]
            # cut out before they are elements: a parser needs a hundred times as long for each
            parser.feed(_EMPTY_ROW.sub(b"", words) if only_tags else words)
            for event, element in cast(Iterator[tuple[str, etree._Element]], parser.read_events()):
                root = element if root is None else root
                if event == "end" and local(element.tag) in tags:
                    yield element
                    element.clear()
            _prune(root, tags)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise damaged(error) from None


def _prune(root: etree._Element | None, tags: tuple[str, ...]) -> None:
    """Release all elements that have ended; only open ones stay."""
    at = root
    while at is not None and len(at):
        if local(at.tag) in tags:
            if len(at) > _WIDEST:
                raise damaged(ValueError(f"a row has more than {_WIDEST:,} cells"))
            return
        del at[:-1]
        at = at[-1]


def _strings(archive: Archive) -> Iterator[str]:
    left = 4 * MAX_CHARACTERS
    for element in _stream(archive, "xl/sharedStrings.xml", ("si",)):
        words = _string(element)
        left -= len(words)
        if left < 0:
            raise too_much(f"more than {4 * MAX_CHARACTERS:,} characters", f"{MAX_CHARACTERS:,}")
        yield words


def _string(element: etree._Element) -> str:
    """The words of a string, whole or in runs, without its phonetic guide (``rPh``)."""
    words = []
    for part in element:
        name = local(part.tag)
        if name == "t":
            words.append(part.text or "")
        elif name == "r":
            words += [t.text or "" for t in part if local(t.tag) == "t"]
    return "".join(words)


def _formats(styles: etree._Element | None) -> list[tuple[int, str]]:
    codes = {value(e, "numFmtId"): value(e, "formatCode") or "" for e in _all(child(styles, "numFmts"))}
    numbers = [value(e, "numFmtId") or "0" for e in _all(child(styles, "cellXfs"))]
    return [(int(n) if n.isdecimal() else 0, codes.get(n, "")) for n in numbers]


def _sheet(archive: Archive, part: str, name: str, book: _Book) -> Grid:
    filled: _Sparse = {}
    merges: list[tuple[int, int, int, int]] = []
    count = at = 0
    for element in _stream(archive, part, ("row", "mergeCell")):
        if local(element.tag) == "mergeCell":
            merges += _range(value(element, "ref") or "")
            if len(merges) > _MERGES:
                raise too_much(f"more than {_MERGES:,} merged cells", f"{_MERGES:,}")
            continue
        number = element.get("r") or ""
        at = int(number) if number.isdecimal() else at + 1
        row = _row(element, book) if len(element) else {}
        if row:
            filled[at] = row
            count += len(row)
            if count > MAX_CELLS:
                raise too_much(f"tables with more than {MAX_CELLS:,} cells", f"{MAX_CELLS:,}")
    return _grid(filled, merges, f"工作表「{name}」")


def _row(element: etree._Element, book: _Book) -> dict[int, str]:
    """Column -> words of the cells that are not empty."""
    row = {}
    at = -1
    for cell in element:
        reference = _REFERENCE.match(cell.get("r") or "")
        at = _column(reference[1]) if reference else at + 1
        words = _value(cell, book) if len(cell) else ""
        if words.strip():
            row[at] = words
    return row


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _range(words: str) -> list[tuple[int, int, int, int]]:
    """``B2:C5`` as first row, last row, first column, last column."""
    first, _, last = words.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if not start or not end:
        return []
    return [(int(start[2]), int(end[2]), _column(start[1]), _column(end[1]))]


def _value(cell: etree._Element, book: _Book) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inner = child(cell, "is")
        return _string(inner) if inner is not None else ""
    written = child(cell, "v")
    words = (written.text or "") if written is not None else ""
    if kind == "s":
        return book.strings[int(words)] if words.isdecimal() and int(words) < len(book.strings) else ""
    if kind in ("str", "d"):
        return words
    if kind in ("b", "e"):
        return {"b1": "是", "b0": "否"}.get(kind + words, "")
    style = cell.get("s") or "0"
    number, code = book.formats[int(style)] if style.isdecimal() and int(style) < len(book.formats) else (0, "")
    try:
        return _number(float(words), number, code, book.epoch) if words else ""
    except (ValueError, OverflowError):
        return words


def _number(figure: float, form: int, code: str, epoch: datetime) -> str:
    bare = _QUOTED.sub("", code)
    if form in _DATES or (code and _DATE_LETTERS.search(bare)):
        day = epoch + timedelta(days=figure)
        whole = f"{day.year}年{day.month}月"
        without_day = form in _WITHOUT_DAY or (code and "d" not in bare.lower())
        return whole if without_day else f"{whole}{day.day}日"
    if form in _PERCENT or "%" in bare:
        return f"{figure * 100:.10g}%"
    return f"{figure:.15g}"


def _grid(filled: _Sparse, merges: list[tuple[int, int, int, int]], name: str) -> Grid:
    """The rows that are not empty, with merged cells at every position."""
    numbers = sorted(filled)
    used = sorted({column for row in filled.values() for column in row})
    columns = used if used and used[-1] >= _WIDE else list(range(used[-1] + 1 if used else 0))
    if len(numbers) * len(columns) > MAX_CELLS:
        raise too_much(f"a sheet of {len(numbers):,} rows and {len(columns)} columns", f"{MAX_CELLS:,} cells")
    rows = [[Cell(filled[number].get(column, "")) for column in columns] for number in numbers]
    left = MAX_CELLS
    for first, last, left_most, right_most in merges:
        words = filled.get(first, {}).get(left_most, "")
        if not words:
            continue
        cell = Cell(words)
        across = range(bisect_left(columns, left_most), bisect_right(columns, right_most))
        for n in range(bisect_left(numbers, first), bisect_right(numbers, last)):
            rows[n][across.start : across.stop] = [cell] * len(across)
            left -= len(across)
        if left < 0:
            raise too_much("too many merged cells", f"{MAX_CELLS:,} cells")
    return Grid(rows, name, numbers)
