"""Excel as a person sees it: numbers under their formats; what is hidden, struck through or not computed is told."""

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter

from loaders.files.excel.number_formats import EPOCH, shown_number
from loaders.files.read import read_bytes
from loaders.files.source import Source

HEAD = ("序号", "任务", "牵头单位", "完成时限")


def excel(write: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("任务")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, ("1", "疏浚渠道", "市水务局", "2025年6月底前"))
    write(book, sheet)
    book.close()
    return target.getvalue()


def told(source: Source) -> list[tuple[str, str | None, str | None]]:
    return [(note.code, note.place, note.words) for note in source.notes]


@pytest.mark.parametrize(
    ("number", "form", "code", "words"),
    [
        (2025.1, 2, "", "2025.10"),
        (2025.1, 0, "0.00", "2025.10"),
        (2025.1, 0, "General", "2025.1"),
        (0.985, 10, "", "98.50%"),
        (12, 0, "[DBNum1][$-804]General", "十二"),
        (1234567, 0, "#,##0", "1,234,567"),
        (-3.2, 0, "0.0;(0.0)", "(3.2)"),
        (0, 0, '0;-0;"无"', "无"),
        (3, 0, '"第"0"项"', "第3项"),
        (2500000, 0, '0.0,,"百万"', "2.5百万"),
        (45838, 14, "", "2025年6月30日"),
        (45838, 0, 'yyyy"."mm', "2025年6月"),
        (45838, 0, "yyyy", "2025年"),
        (0.375, 20, "", "9:00"),
        (1.5, 0, "# ?/?", "1.5"),  # not followed: as it is stored
        (7, 0, "[>5]0;0", "7"),
    ],
)
def test_a_number_stands_as_its_format_shows_it(number: float, form: int, code: str, words: str) -> None:
    assert shown_number(number, form, code, EPOCH) == words


def test_hidden_rows_columns_and_sheets_are_told_with_their_words() -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_row(2, 0, ("2", "清理河岸", "市城管局", "2025年底前"))
        sheet.set_row(2, options={"hidden": True})
        sheet.write_row(0, 4, ("备注",))
        sheet.write_row(1, 4, ("内部",))
        sheet.set_column(4, 4, options={"hidden": True})
        other = book.add_worksheet("旧表")
        other.write_row(0, 0, ("作废",))
        other.hide()

    source = read_bytes(excel(write))
    assert source.text == "序号\t任务\t牵头单位\t完成时限\n1\t疏浚渠道\t市水务局\t2025年6月底前\n"
    assert told(source) == [
        ("hidden-row", "工作表「任务」第3行", "2 清理河岸 市城管局 2025年底前"),
        ("hidden-column", "工作表「任务」E列", "备注 内部"),
        ("hidden-sheet", "工作表「旧表」", "作废"),
    ]


def test_a_merged_cell_that_begins_in_a_hidden_row_keeps_its_words() -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.merge_range(2, 2, 3, 2, "市城管局")
        sheet.write_row(2, 0, ("2", "清理河岸"))
        sheet.write_row(3, 0, ("3", "修补护栏"))
        sheet.set_row(2, options={"hidden": True})

    source = read_bytes(excel(write))
    assert [source.text[slice(*cell)] for cell in source.tables[0].rows[2]] == ["3", "修补护栏", "市城管局", ""]


def test_struck_through_words_are_no_bearers() -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        line = book.add_format({"font_strikeout": True})
        sheet.write_row(2, 0, ("2", "清理河岸"))
        sheet.write_rich_string(2, 2, "市城管局", line, "、市林业局", "、市财政局")
        sheet.write_string(2, 3, "2024年底前", line)

    source = read_bytes(excel(write))
    assert source.text.endswith("2\t清理河岸\t市城管局、市财政局\n")
    assert told(source) == [
        ("struck-through", "工作表「任务」C3", "、市林业局"),
        ("struck-through", "工作表「任务」D3", "2024年底前"),
    ]


def without_values(data: bytes) -> bytes:
    """The file as a program writes it that stores formulas without their values."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</f><v>0</v>", b"</f><v></v>"))
    return target.getvalue()


def test_a_formula_that_only_refers_is_followed_and_any_other_is_told() -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        names = book.add_worksheet("单位 库")
        names.write_string("A1", "市城管局")
        names.write_formula("B1", "=A1")
        names.hide()
        sheet.write_row(2, 0, ("2", "清理河岸"))
        sheet.write_formula("C3", "='单位 库'!$B$1&\"、\"&C2")
        sheet.write_formula("D3", '=TEXT(TODAY(),"yyyy年")')

    source = read_bytes(without_values(excel(write)))
    assert source.text.endswith("2\t清理河岸\t市城管局、市水务局\n")
    assert ("formula-without-value", "工作表「任务」D3", '=TEXT(TODAY(),"yyyy年")') in told(source)


def test_a_formula_in_a_circle_is_told() -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("C3", "=C4")
        sheet.write_formula("C4", "=C3")

    source = read_bytes(without_values(excel(write)))
    assert [code for code, _, _ in told(source)] == ["formula-without-value"] * 2


def test_errors_comments_and_text_boxes_are_told() -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("C3", "=VLOOKUP(1,A:A,9)", value="#REF!")
        sheet.write_comment("C2", "与水务局核对")
        sheet.insert_textbox("A6", "由市财政局保障经费")

    assert told(read_bytes(excel(write))) == [
        ("error-cell", "工作表「任务」C3", "#REF!"),
        ("drawing", "工作表「任务」第6行处", "由市财政局保障经费"),
        ("cell-comment", "工作表「任务」C2", "与水务局核对"),
    ]
