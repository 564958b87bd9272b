"""Excel as one XML file (SpreadsheetML 2003), which web offices save as .xls.

Worksheets, rows and cells stand there in the open, with an index where some are left out; a cell says how far it is merged.
Numbers, hidden rows and struck-through words are treated as in an .xlsx.

Example: ``<Cell ss:Index="3"><Data ss:Type="String">市水利局</Data></Cell>`` is a cell of the column C.

Left to others: recognising the format (`loaders.files.office_xml`), the table (`loaders.files.excel.sheets`).
"""

from lxml import etree

from loaders.files.blocks import MAX_CELLS, Block, too_much
from loaders.files.elements import child, local, value
from loaders.files.excel.number_formats import EPOCH, shown_day, shown_number
from loaders.files.excel.sheets import SheetCells, sheet_grid
from loaders.files.omissions import Omissions

_HIDDEN_RANGES = 1000
_MERGES = 100_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
# names of formats that are no codes
_NAMED = {"Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Short Date": "yyyy-m-d", "Long Date": "yyyy-m-d",
          "General Date": "yyyy-m-d", "Medium Date": "yyyy-m-d", "General Number": "General"}  # fmt: skip


def read_sheets_2003(workbook: etree._Element, left: Omissions) -> list[Block]:
    """A table for each visible worksheet that is not empty."""
    return [grid for grid in map(sheet_grid, _Workbook(workbook, left).sheets()) if grid.rows]


class _Workbook:
    def __init__(self, workbook: etree._Element, left: Omissions) -> None:
        self._workbook, self._left = workbook, left
        self._formats: dict[str, str] = {}
        self._struck: set[str] = set()
        self._count = 0
        styles = child(workbook, "Styles")
        for style in styles if styles is not None else ():
            name, code = value(style, "ID") or "", value(child(style, "NumberFormat"), "Format") or ""
            self._formats[name] = _NAMED.get(code, code)
            if value(child(style, "Font"), "StrikeThrough") == "1":
                self._struck.add(name)

    def sheets(self) -> list[SheetCells]:
        """The visible worksheets; what is hidden is told."""
        shown = []
        for element in self._workbook:
            if local(element.tag) != "Worksheet":
                continue
            sheet = self._sheet(element)
            visible = child(element, "WorksheetOptions", "Visible")
            if visible is not None and (visible.text or "").strip() in ("SheetHidden", "SheetVeryHidden"):
                sheet.tell_whole(self._left)
            else:
                shown.append(sheet)
        return shown

    def _sheet(self, element: etree._Element) -> SheetCells:
        sheet = SheetCells(f"工作表「{value(element, 'Name') or ''}」")
        at, column, ranges = 0, -1, 0
        table = child(element, "Table")
        for part in table if table is not None else ():
            if local(part.tag) == "Column":
                first = _index(part, column + 1, _LAST_COLUMN)
                column = min(first + _figure(part, "Span"), _LAST_COLUMN)
                if value(part, "Hidden") == "1" and (ranges := ranges + 1) <= _HIDDEN_RANGES:
                    sheet.columns.update(range(first, column + 1))
            elif local(part.tag) == "Row":
                at = _index(part, at, _LAST_ROW) + 1
                self._row(part, at, sheet)
                at = min(at + _figure(part, "Span"), _LAST_ROW)
        sheet.tell_columns(self._left)
        return sheet

    def _row(self, element: etree._Element, at: int, sheet: SheetCells) -> None:
        row: dict[int, str] = {}
        hidden = value(element, "Hidden") == "1"
        column = -1
        for cell in element:
            if local(cell.tag) != "Cell":
                continue
            column = _index(cell, column + 1, _LAST_COLUMN)
            words = self._cell(cell, sheet.cell(at, column), hidden)
            if words.strip():
                row[column] = words
            across, down = _figure(cell, "MergeAcross"), _figure(cell, "MergeDown")
            if across or down:
                sheet.merges.append((at, at + down, column, column + across))
                if len(sheet.merges) > _MERGES:
                    raise too_much(f"more than {_MERGES:,} merged cells", f"{_MERGES:,}")
            column += across
        self._count += len(row)
        if self._count > MAX_CELLS:
            raise too_much(f"tables with more than {MAX_CELLS:,} cells", f"{MAX_CELLS:,}")
        if row:
            sheet.add(at, row, hidden, self._left)

    def _cell(self, cell: etree._Element, place: str, hidden: bool) -> str:
        """The words of a cell as shown; what it has beside them is told, unless its row is."""
        data, style = child(cell, "Data"), value(cell, "StyleID") or ""
        note = child(cell, "Comment")
        if note is not None and not hidden:
            self._left.add("cell-comment", place, "".join(map(str, note.itertext())))
        if data is None:
            if value(cell, "Formula") and not hidden:
                self._left.add("formula-without-value", place, value(cell, "Formula"))
            return ""
        words, struck = _words(data)
        kind = value(data, "Type")
        if kind == "Error":
            words, left_out, what = "", "error-cell", words
        else:
            words = _typed(words, kind, self._formats.get(style, ""))
            if style in self._struck:
                words, struck = "", words + struck
            left_out, what = "struck-through", struck
        if what.strip() and not hidden:
            self._left.add(left_out, place, what)
        return words


def _words(data: etree._Element) -> tuple[str, str]:
    """The words of a cell, and those between ``<S>`` and ``</S>``."""
    words: list[str] = []
    struck: list[str] = []
    for element, event in ((e, ev) for ev, e in etree.iterwalk(data, events=("start", "end"))):
        if not isinstance(element.tag, str):
            continue
        gone = any(local(one.tag) == "S" for one in (element, *element.iterancestors()))
        if event == "start":
            (struck if gone else words).append(element.text or "")
        elif element is not data:
            outside = any(local(one.tag) == "S" for one in element.iterancestors())
            (struck if outside else words).append(element.tail or "")
    return "".join(words), "".join(struck)


def _typed(words: str, kind: str | None, code: str) -> str:
    try:
        if kind == "Number":
            return shown_number(float(words), 0, code, EPOCH)
        if kind == "DateTime":
            return shown_day(words)
    except (ValueError, OverflowError):
        return words
    return {"1": "是", "0": "否"}.get(words, words) if kind == "Boolean" else words


def _index(element: etree._Element, otherwise: int, last: int) -> int:
    """Where an element stands, counted from 0: where its index says, else behind the one before it."""
    written = _figure(element, "Index")
    return min(written - 1 if written else otherwise, last)


def _figure(element: etree._Element, name: str) -> int:
    words = value(element, name) or ""
    return min(int(words), _LAST_ROW) if words.isdecimal() and len(words) < 8 else 0
