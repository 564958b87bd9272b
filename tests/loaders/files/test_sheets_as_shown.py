"""Excel as a person sees it: numbers under their formats; what is hidden, struck through or not computed is told."""

from collections.abc import Callable

import pytest
import xlsxwriter

from bench.made.sheets import xlsx
from bench.made.zips import unzipped, zipped
from loaders.files.excel.number_formats import EPOCH, shown_number, shown_text
from loaders.files.read import read_bytes
from tests.loaders.files.met import told

HEAD = ("序号", "任务", "牵头单位", "完成时限")


def excel(write: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]) -> bytes:
    return xlsx((HEAD, ("1", "疏浚渠道", "市水务局", "2025年6月底前")), write)


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
        (45838, 0, 'yyyy"年"m"月底前"', "2025年6月底前"),
        (45838, 0, 'yyyy"年"m"月"d"日前";@', "2025年6月30日前"),
        (45838, 0, 'yyyy"年"m"月"d"日"', "2025年6月30日"),
        (1.5, 0, "[h]:mm", "36:00"),
        (1.5, 46, "", "36:00"),
        (1.5, 0, "h:mm", "12:00"),
        (7, 0, ";;;", ""),
        (-7, 0, "0;;", ""),
        (0, 0, "0;-0;;@", ""),
        (7, 0, "0;-0;;@", "7"),
        (7, 0, "", "7"),
    ],
)
def test_a_number_stands_as_its_format_shows_it(number: float, form: int, code: str, words: str) -> None:
    assert shown_number(number, form, code, EPOCH) == words


@pytest.mark.parametrize(
    ("words", "code", "shown"),
    [
        ("市水务局", '@"（牵头）"', "市水务局（牵头）"),
        ("市水务局", '0;-0;0;"由"@', "由市水务局"),
        ("市水务局", "0;-0;0;", ""),
        ("市水务局", "@", "市水务局"),
        ("市水务局", "0.00;-0.00", "市水务局"),
        ("市水务局", '#,##0"万元"', "市水务局"),
    ],
)
def test_a_text_stands_as_its_format_shows_it(words: str, code: str, shown: str) -> None:
    assert shown_text(words, code) == shown


def test_what_a_format_hides_is_told() -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        nothing = book.add_format({"num_format": ";;;"})
        sheet.write(2, 1, "此项作废", nothing)
        sheet.write(2, 2, 20250630, nothing)
        sheet.write(2, 3, 0, book.add_format({"num_format": "0;-0;;@"}))

    source = read_bytes(excel(write))
    assert source.text.count("\n") == 2
    assert told(source) == [
        ("hidden-text", "工作表「任务」B3", "此项作废"),
        ("hidden-text", "工作表「任务」C3", "20250630"),
    ]


def test_signs_that_xml_cannot_hold_are_unescaped() -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write(2, 2, "市水务局\r\n市城管局")
        sheet.write(2, 1, "_x1234 号文件")

    assert read_bytes(excel(write)).text.endswith("\t_x1234 号文件\t市水务局\n市城管局\n")


def test_heads_of_pages_and_charts_are_told() -> None:
    def write(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.set_header('&L&"宋体,加粗"&12征求意见稿&R第&P页')
        sheet.set_footer("&C第 &P 页，共 &N 页")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=任务!$A$2:$A$3"})
        chart.set_title({"name": "市水务局进度"})
        sheet.insert_chart(5, 5, chart)

    assert told(read_bytes(excel(write))) == [
        ("page-head", "工作表「任务」", "征求意见稿 第 页"),
        ("drawing", "工作表「任务」的图表", "市水务局进度"),
    ]


def test_a_day_that_is_stored_as_one() -> None:
    parts = {
        "xl/workbook.xml": "<w xmlns:r='r'><sheets><sheet name='一' r:id='a'/></sheets></w>",
        "xl/_rels/workbook.xml.rels": "<r><R Id='a' Target='s.xml'/></r>",
        "xl/s.xml": "<worksheet><row><c t='d'><v>2025-06-30T00:00:00</v></c><c t='d'><v>夏季</v></c></row></worksheet>",
    }
    assert read_bytes(zipped(parts)).text == "2025年6月30日\t夏季\n"


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
    return zipped({name: part.replace(b"</f><v>0</v>", b"</f><v></v>") for name, part in unzipped(data).items()})


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
