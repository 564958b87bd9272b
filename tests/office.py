"""Office files for tests: Word of paragraphs, Excel of rows."""

import io
from collections.abc import Iterable, Sequence

import docx
import xlsxwriter


def word_of(lines: Iterable[str]) -> bytes:
    """A Word file with a paragraph for each line."""
    document, target = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(target)
    return target.getvalue()


def sheet_of(rows: Iterable[Sequence[object]]) -> bytes:
    """An Excel file of rows, its one sheet called 任务."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("任务")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return target.getvalue()
