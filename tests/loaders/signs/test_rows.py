"""Lines that look like rows of a table without a head are told, where they say who does what; lists of names are not."""

import pytest

from loaders.plan import parse_plan
from loaders.signs.rows import rows_without_head
from tests.loaders.tables.layouts import LAYOUTS, plain, titled

PARTED = [layout for layout in LAYOUTS if layout != "run together"]


@pytest.mark.parametrize("layout", PARTED)
def test_rows_without_a_head_are_told_as_one_table(layout: str) -> None:
    table = plain(3, "县")
    text = titled(LAYOUTS[layout](table._replace(heads=table.rows[0].cells, rows=table.rows[1:])))
    plan = parse_plan(text, issued_on="2024")
    (told,) = [warning for warning in plan.warnings if warning.code == "table-not-read"]
    assert table.rows[0].cells[1] in told.message
    assert told.span
    words = text[slice(*told.span)]
    assert all(body in words for _, _, body in table.duties)
    assert [warning for warning in plan.warnings if warning.code == "unplaced-assignment"] == []


@pytest.mark.parametrize("layout", PARTED)
def test_rows_that_were_read_are_not_told(layout: str) -> None:
    plan = parse_plan(titled(LAYOUTS[layout](plain(3, "县"))), issued_on="2024")
    assert [warning for warning in plan.warnings if warning.is_loss] == []


@pytest.mark.parametrize(
    "text",
    [
        "县财政局 张志强 13812345678\n县教育局 李海峰 13812345679\n县民政局 王丽华 13812345670\n",  # whom to call
        "县财政局\n县教育局\n县民政局\n县司法局\n县水利局\n县卫健委\n县住建局\n县审计局\n县统计局\n",
        "1.清理文件。\n责任单位：县司法局\n2.公开目录。\n责任单位：县财政局\n3.培训骨干。\n责任单位：县人社局\n",
        "县财政局\n2024年5月6日\n县教育局\n2024年5月6日\n县民政局\n2024年5月6日\n",  # who signs, and when
        "1 清理文件 县司法局 6月底\n2 公开目录 县财政局 9月底\n",  # two rows are no table yet
        "",
    ],
)
def test_no_rows(text: str) -> None:
    assert list(rows_without_head(text)) == []


def test_rows_with_as_many_others_between_are_told() -> None:
    rows = "1 清理文件 县司法局 6月底\n甲 乙 丙 丁\n2 公开目录 县财政局 9月底\n甲 乙 丙 丁\n3 培训骨干 县人社局 年底\n甲 乙 丙 丁\n"
    assert [sign.reach for sign in rows_without_head(rows)] == [(0, len(rows) - 1)]
