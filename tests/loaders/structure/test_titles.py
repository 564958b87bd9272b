"""Titles of tables and lists, and the name of a file where the text has no title."""

import io

import pytest
import xlsxwriter

from loaders.files.read import read_bytes
from loaders.files.source import Source
from loaders.plan import parse_plan
from loaders.structure.head import title_of_file

ITEM = "\n1.疏浚渠道。\n牵头单位：市水务局。\n完成时限：2025年6月底前。\n"
ROWS = (("序号", "任务", "牵头单位"), ("1", "疏浚渠道", "市水务局"), ("2", "清理河岸", "市城管局"))


def sheet(*rows: tuple[str, ...], name: str = "a.xlsx") -> Source:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    made = book.add_worksheet()
    for at, row in enumerate(rows):
        made.write_row(at, 0, row)
    book.close()
    return read_bytes(target.getvalue(), name=name)


@pytest.mark.parametrize(
    "title", ["长河市审计整改台账", "长河市湿地保护责任分工表", "长河市湿地保护任务清单", "长河市2025年重点工作推进表"]
)
def test_a_table_or_list_has_a_title(title: str) -> None:
    document = parse_plan(title + ITEM).document
    assert (document.title, document.region) == (title, "长河市")


@pytest.mark.parametrize("first", ["各地要抓紧建立台账，按月上报。", "附件1"])
def test_a_sentence_is_no_title(first: str) -> None:
    assert parse_plan(first + ITEM).document.title == ""


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("长河市湿地保护任务分工表", "长河市湿地保护任务分工表"),
        ("长河市湿地保护重点工作", "长河市湿地保护重点工作"),
        ("单位：万元", ""),
    ],
)
def test_the_row_above_the_head_of_a_sheet_is_its_title(above: str, title: str) -> None:
    document = parse_plan(sheet((above,), *ROWS)).document
    assert (document.title, document.region) == (title, "长河市" if title else "")


def test_the_name_of_the_file_is_the_title_where_there_is_none_and_that_is_told() -> None:
    plan = parse_plan(sheet(*ROWS, name="附件2：长河市湿地保护分工（定稿）.xlsx"))
    assert (plan.document.title, plan.document.region) == ("长河市湿地保护分工", "长河市")
    assert "title-of-file" in [warning.code for warning in plan.warnings]
    other = parse_plan(sheet(*ROWS, ("3", "修补护栏", "市城管局"), name="附件2：长河市湿地保护分工（定稿）.xlsx"))
    assert other.document.id != plan.document.id  # two files of one name are two plans


def test_a_title_in_the_text_goes_before_the_name_of_the_file() -> None:
    plan = parse_plan(Source("长河市湿地保护方案" + ITEM, "白河县河道治理工作方案.txt"))
    assert plan.document.title == "长河市湿地保护方案"
    assert "title-of-file" not in [warning.code for warning in plan.warnings]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("01-长河市湿地保护重点工作 (1).xlsx", "长河市湿地保护重点工作"),
        ("2025年长河市工作要点20250306.pdf", "2025年长河市工作要点"),
        ("长河市湿地保护第2批任务-副本.doc", "长河市湿地保护第2批任务"),
        ("方案.docx", None),
        ("新建 Microsoft Word 文档.docx", None),
        ("扫描件全能王20250101.pdf", None),
        (None, None),
    ],
)
def test_what_people_put_around_a_title_is_no_title(name: str | None, title: str | None) -> None:
    assert title_of_file(name) == title
