"""Excel: every visible sheet of an .xlsx as one table, with numbers and dates as Excel shows them.

1. The workbook names the sheets; shared strings, number formats and fonts are read once.
2. Each sheet is read as a stream and only filled cells are kept: a million empty rows cost no memory and little time.
3. Empty rows and columns are left out; a row keeps the number that Excel shows.  A merged cell stands at every position that
   it covers.
4. What a sheet does not show is left out and told: hidden sheets, rows (also by a filter) and columns, struck-through words,
   error values, comments, drawings.  A formula without a stored value that only refers to other cells is followed, any other
   is told.

Example: the cells ``1 · 清理文件 · 市司法局`` of row 4 become the row number 4 of the sheet's `Grid`.

No library is used: openpyxl reads a sheet as a stream only without its merged cells.

Left to others: the words of a cell (`loaders.files.excel.cells`), formulas (`loaders.files.excel.formulas`), the meaning of the
columns (`loaders.duties.table_cells`).
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import cast

from lxml import etree

from loaders.files.archive import Archive, damaged
from loaders.files.blocks import MAX_CELLS, Block, too_much
from loaders.files.elements import child, local, value
from loaders.files.excel.beside import tell_beside, tell_page_heads
from loaders.files.excel.cells import CellReader
from loaders.files.excel.formulas import Follow, column_number
from loaders.files.excel.number_formats import EPOCH
from loaders.files.excel.sheets import SheetCells, sheet_grid
from loaders.files.omissions import Omissions
from loaders.files.package import main_part, part_of_kind, relations

_MERGES = 100_000
_HIDDEN_RANGES = 1000
_WIDEST = 20_000  # cells of a row, runs of a string; Excel has 16,384 columns
_CHUNK = 2**18
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")

# an empty row before another one that has its own number: it holds nothing and counts for nothing
_EMPTY_ROW = re.compile(rb'<row r="\d+"[^<>]*/>(?=\s*<row r="\d+")')


def read_xlsx(archive: Archive, left: Omissions) -> list[Block]:
    """A table for each visible sheet that is not empty. Raises UnreadableSource for a damaged or unbounded file."""
    main = main_part(archive) or ""
    workbook = archive.xml(main)
    if workbook is None:
        raise damaged(ValueError("it has no workbook"))
    return _Workbook(archive, main, workbook, left).blocks()


class _Workbook:
    def __init__(self, archive: Archive, main: str, workbook: etree._Element, left: Omissions) -> None:
        self._archive, self._left = archive, left
        related = relations(archive, main)
        self._parts = {relation.id: relation.target for relation in related}
        strings = next((relation.target for relation in related if relation.kind == "sharedStrings"), "")
        strings = strings if strings in archive.names else "xl/sharedStrings.xml"
        system = value(child(workbook, "workbookPr"), "date1904") in ("1", "true")
        self._cells = CellReader(
            _stream(archive, strings, ("si",)),
            part_of_kind(archive, main, "styles", "styles.xml"),
            datetime(1904, 1, 1) if system else EPOCH,
        )
        self._sheets = child(workbook, "sheets")
        self._count = 0

    def blocks(self) -> list[Block]:
        """The tables of the visible sheets; what is not shown is told."""
        shown: list[SheetCells] = []
        by_name: dict[str, SheetCells] = {}
        read: dict[str, SheetCells] = {}
        for element in self._sheets if self._sheets is not None else ():
            part, name = self._parts.get(value(element, "id") or "", ""), value(element, "name") or ""
            if "chartsheet" in part:
                continue
            place = f"工作表「{name}」"
            if part in read:  # named twice: it stands there once
                by_name[name] = read[part]
                continue
            sheet = by_name[name] = read[part] = self._sheet(part, place)
            if value(element, "state") in ("hidden", "veryHidden"):
                sheet.tell_whole(self._left)
            else:
                shown.append(sheet)
                tell_beside(self._archive, relations(self._archive, part), place, self._left)
        follow = Follow(lambda name, row, column: _found(by_name.get(name), row, column))
        for sheet in shown:
            self._follow(sheet, follow)
        return [grid for grid in map(sheet_grid, shown) if grid.rows]

    def _sheet(self, part: str, place: str) -> SheetCells:
        sheet = SheetCells(place)
        at = ranges = 0
        for element in _stream(self._archive, part, ("row", "mergeCell", "col", "headerFooter")):
            name = local(element.tag)
            if name == "mergeCell":
                sheet.merges += _range(value(element, "ref") or "")
                if len(sheet.merges) > _MERGES:
                    raise too_much(f"more than {_MERGES:,} merged cells", f"{_MERGES:,}")
            elif name == "headerFooter":
                tell_page_heads(element, place, self._left)
            elif name == "col":
                ranges += bool(hidden := _hidden_columns(element))
                if ranges > _HIDDEN_RANGES:
                    raise too_much(f"a sheet with more than {_HIDDEN_RANGES} hidden columns", f"{_HIDDEN_RANGES}")
                sheet.columns.update(hidden)
            else:
                number = element.get("r") or ""
                at = int(number) if number.isdecimal() else at + 1
                self._row(element, at, sheet)
        sheet.tell_columns(self._left)
        return sheet

    def _row(self, element: etree._Element, at: int, sheet: SheetCells) -> None:
        """Add the cells of a row that are not empty."""
        row: dict[int, str] = {}
        hidden = _is_hidden(element)
        column = -1
        for cell in element:
            reference = _REFERENCE.match(cell.get("r") or "")
            column = column_number(reference[1]) if reference else column + 1
            if not len(cell):
                continue
            content = self._cells.content(cell)
            if content.words.strip():
                row[column] = content.words
            if content.left_out is not None and not hidden:
                self._left.add(content.left_out, sheet.cell(at, column), content.what)
            if content.formula is not None:
                sheet.formulas[at, column] = content.formula
        if not row:
            return
        self._count += len(row)
        if self._count > MAX_CELLS:
            raise too_much(f"tables with more than {MAX_CELLS:,} cells", f"{MAX_CELLS:,}")
        sheet.add(at, row, hidden, self._left)

    def _follow(self, sheet: SheetCells, follow: Follow) -> None:
        """Fill the cells whose formula only refers to others; tell of the rest."""
        name = sheet.place.removeprefix("工作表「").removesuffix("」")
        for (row, column), formula in sheet.formulas.items():
            if row in sheet.hidden or column in sheet.columns:
                continue
            words = follow.value(formula, name)
            if words.strip():
                sheet.filled.setdefault(row, {})[column] = words
            else:
                self._left.add("formula-without-value", sheet.cell(row, column), f"={formula}" if formula else None)


def _found(sheet: SheetCells | None, row: int, column: int) -> tuple[str, str | None]:
    """The words of a cell and its formula, if it has no stored value."""
    return (sheet.words(row, column), sheet.formulas.get((row, column))) if sheet else ("", None)


def _is_hidden(row: etree._Element) -> bool:
    """Whether a row is not shown: hidden by hand or by a filter, or of no height."""
    return row.get("hidden") in ("1", "true") or (row.get("ht") == "0" and row.get("customHeight") in ("1", "true"))


def _hidden_columns(element: etree._Element) -> range:
    """The columns of a ``<col min max hidden>``; none of a stretch to the last column, behind all that is filled."""
    if element.get("hidden") not in ("1", "true") and element.get("width") != "0":
        return range(0)
    first, last = element.get("min") or "", element.get("max") or ""
    if not (first.isdecimal() and last.isdecimal()):
        return range(0)
    return range(int(first) - 1, min(int(last), _WIDEST))


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


def _range(words: str) -> list[tuple[int, int, int, int]]:
    """``B2:C5`` as first row, last row, first column, last column."""
    first, _, last = words.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if not start or not end:
        return []
    return [(int(start[2]), int(end[2]), column_number(start[1]), column_number(end[1]))]
