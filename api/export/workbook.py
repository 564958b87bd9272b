"""A dossier as a workbook (XLSX): a sheet 说明与口径, then one table a sheet, with frozen headings, filters and real dates.

Words are always written as strings, so that no cell becomes a formula or a link; a date such as ``2018-12-31`` is
written as a date.  Sheets are laid out for paper: A4, landscape, one page wide, headings on each page.

Example: ``to_workbook(dossier)`` gives the bytes of a file that opens without repair.

Left to others: the content of the sheets (`api.export.dossier`).
"""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from api.export.dossier import Dossier, Sheet, SheetColumn, SheetValue

FONT = "宋体"
MOST_CHARACTERS = 32_767  # of a cell
CUT = "……（以下从略，见原文）"
NO_CHARACTER = re.compile("[\ufffe\uffff]")  # a file that holds one is repaired when it is opened
DAY = re.compile(
    r"(19|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}"
)  # that a spreadsheet counts; of some plans only the year is known
MOST_ROWS = 1_048_575  # of a sheet, below its headings
# never guess what words mean
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": FONT, "font_size": 10.5},
}


def to_workbook(dossier: Dossier) -> bytes:
    """The dossier as the bytes of an XLSX file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"title": _cut(dossier.title)[:250], "author": "责任图谱"})
    forms = _formats(book)
    _about(book, dossier, forms)
    for sheet in (*([] if dossier.answer is None else [dossier.answer]), *dossier.sheets):
        _table(book, sheet, forms)
    book.close()
    return target.getvalue()


def to_table(sheet: Sheet) -> bytes:
    """One sheet as a workbook, for any list."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    _table(book, sheet, _formats(book), fit=False)
    book.close()
    return target.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    grid = {"font_name": FONT, "font_size": 10.5, "valign": "top", "border": 1, "border_color": "#B7BEC7"}
    return {
        "title": book.add_format({"font_name": FONT, "font_size": 16, "bold": True, "valign": "vcenter"}),
        "heading": book.add_format(
            grid
            | {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "valign": "vcenter", "text_wrap": True}
        ),
        "label": book.add_format(grid | {"bold": True, "bg_color": "#F4F6F8"}),
        "text": book.add_format(grid | {"text_wrap": True}),
        "number": book.add_format(grid | {"align": "center"}),
        "date": book.add_format(grid | {"num_format": "yyyy-mm-dd", "align": "center"}),
    }


def _about(book: Any, dossier: Dossier, forms: Mapping[str, Any]) -> None:
    page = book.add_worksheet("说明与口径")
    page.hide_gridlines(2)
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 100)
    page.set_row(0, 30)
    page.write_string(0, 0, _cut(dossier.title), forms["title"])
    page.write_string(1, 0, "项目", forms["heading"])
    page.write_string(1, 1, "内容", forms["heading"])
    for at, (label, words) in enumerate(dossier.about, 2):
        page.write_string(at, 0, label, forms["label"])
        page.write_string(at, 1, _cut(words), forms["text"])
        page.set_row(at, _height([(words, 100)]))
    page.freeze_panes(2, 0)
    page.autofilter(1, 0, max(2, len(dossier.about) + 1), 1)
    _paper(page, 1)


def _table(book: Any, sheet: Sheet, forms: Mapping[str, Any], *, fit: bool = True) -> None:
    page = book.add_worksheet(sheet.name)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.heading, forms["heading"])
    page.set_row(0, _height([(c.heading, c.width - 2) for c in sheet.columns]) + 4)
    for line, row in enumerate(sheet.rows[:MOST_ROWS], 1):
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _write(page, line, at, column, value, forms)
        texts = [(str(v), c.width) for c, v in zip(sheet.columns, row, strict=True) if c.kind == "text" and v]
        page.set_row(line, _height(texts))
    page.freeze_panes(1, 0)
    if sheet.columns:
        page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    _paper(page, 0, fit=fit)


def _write(page: Any, line: int, at: int, column: SheetColumn, value: SheetValue, forms: Mapping[str, Any]) -> None:
    form = forms[column.kind]
    if value is None or value == "":
        page.write_blank(line, at, None, form)
    elif column.kind == "date" and isinstance(value, str) and DAY.fullmatch(value):
        page.write_datetime(line, at, date.fromisoformat(value), form)
    elif isinstance(value, int):
        page.write_number(line, at, value, form)
    else:
        page.write_string(line, at, _cut(str(value)), form)


def _paper(page: Any, heading: int, *, fit: bool = True) -> None:
    page.set_paper(9)
    page.set_landscape()
    if fit:
        page.fit_to_pages(1, 0)
    page.set_margins(0.4, 0.4, 0.6, 0.6)
    page.repeat_rows(0, heading)
    page.set_footer("&L&A&R第 &P 页，共 &N 页")


def _height(texts: Sequence[tuple[str, int]]) -> float:
    """The height of a row in points, by its longest cell; a Chinese character is as wide as two Latin ones."""
    lines = 1
    for words, width in texts:
        met = sum(max(1, -(-_width(line) // max(width - 1, 1))) for line in words.split("\n"))
        lines = max(lines, met)
    return min(15.0 * lines + 3, 409.0)


def _width(words: str) -> int:
    return sum(1 if char.isascii() else 2 for char in words)


def _cut(words: str) -> str:
    words = NO_CHARACTER.sub("\ufffd", words)
    return words if len(words) <= MOST_CHARACTERS else words[: MOST_CHARACTERS - len(CUT)] + CUT
