"""Sheets: .xlsx, CSV, and Excel 2003 as XML.

Example: ``xlsx([["序号", "任务"], ["1", "清理文件"]])``.
"""

import csv
import io
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

Cells = Sequence[Sequence[str]]


def xlsx(rows: Cells, more: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook of one sheet; ``more`` gets the workbook and the sheet when its rows are written."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("任务")
    for n, row in enumerate(rows):
        sheet.write_row(n, 0, row)
    if more is not None:
        more(book, sheet)
    book.close()
    return target.getvalue()


def delimited(rows: Cells, encoding: str = "gb18030", sign: str = ",") -> bytes:
    """CSV as Excel writes it."""
    target = io.StringIO()
    csv.writer(target, delimiter=sign, lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode(encoding)


def excel_2003(rows: Cells) -> bytes:
    """SpreadsheetML."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    lines = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{escape(cell)}</Data></Cell>' for cell in row) + "</Row>"
        for row in rows
    )
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="任务"><Table>{lines}</Table></Worksheet></Workbook>'
    ).encode()
