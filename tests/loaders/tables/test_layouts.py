"""One table in ten layouts and with six damages gives the same duties; what is not read is told, and no body is invented."""

import pytest

from loaders.plan import parse_plan
from tests.loaders.tables.layouts import DAMAGES, LAYOUTS, TASKS, MadeUp, Row, plain, titled

SEEDS = range(3)
# where nothing parts the cells, a row without its number begins where no sign tells
HARD = {("run together", "merged numbers")}


def found_in(text: str) -> tuple[set[tuple[str, str, str]], bool]:
    """(task, role, body) of each duty; whether a warning tells of something that was not read."""
    plan = parse_plan(text, issued_on="2024")
    duties = {
        (next((task for task in TASKS if task in item.body), item.heading), duty.role.value, duty.as_written)
        for item in plan.items
        for duty in item.duties
    }
    return duties, any(warning.is_loss for warning in plan.warnings)


@pytest.mark.parametrize("damage", ["none", *DAMAGES])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_is_read_whatever_parts_its_cells(layout: str, damage: str) -> None:
    for seed in SEEDS:
        table: MadeUp = plain(seed)
        table = DAMAGES[damage](table) if damage in DAMAGES else table
        duties, told = found_in(titled(LAYOUTS[layout](table)))
        assert {body for _, _, body in duties} <= {body for _, _, body in table.duties}
        if (layout, damage) in HARD:
            assert duties == table.duties or told
        else:
            assert duties == table.duties


@pytest.mark.parametrize("layout", ["lines", "wide blanks", "tabs"])
def test_columns_of_contacts_amounts_and_addresses_name_no_body(layout: str) -> None:
    rows = [
        ("1", "建设农村公路", "县交通运输局", "500万元", "8312345", "青川县人民路1号"),
        ("2", "建设供水管网", "县水利局", "1200万元", "8312346", "青川县建设路2号"),
        ("3", "建设乡镇卫生院", "县卫健委", "300万元", "8312347", "青川县文化路3号"),
    ]
    heads = ("序号", "工作任务", "责任单位", "投资", "联系电话", "地址")
    table = MadeUp(heads, (), frozenset())
    duties, _ = found_in(titled(LAYOUTS[layout](table._replace(rows=tuple(Row(row) for row in rows)))))
    assert {body for _, _, body in duties} == {"县交通运输局", "县水利局", "县卫健委"}


def test_a_column_of_bodies_bears_whatever_its_heading_and_is_told() -> None:
    text = titled(
        "序号\t考核项目\t对象\t分值\t考核内容\n"
        "1\t水环境\t县水利局\t30\t治理河道。\n2\t空气\t县生态环境局\t20\t治理扬尘。\n3\t土壤\t县农业农村局\t20\t减少农药。\n"
    )
    plan = parse_plan(text, issued_on="2024")
    assert [[duty.as_written for duty in item.duties] for item in plan.items] == [
        ["县水利局"],
        ["县生态环境局"],
        ["县农业农村局"],
    ]
    assert [(w.code, text[slice(*w.span or (0, 0))]) for w in plan.warnings] == [("role-not-told", "对象")]


@pytest.mark.parametrize("level", ["市", "青川县", "东城区"])
def test_names_with_a_level_or_a_place_have_a_beginning_where_nothing_parts_them(level: str) -> None:
    for seed in SEEDS:
        table = plain(seed, level)
        duties, _ = found_in(titled(LAYOUTS["run together"](table)))
        assert duties == table.duties


def test_names_without_a_level_are_told_where_nothing_parts_them_not_guessed() -> None:
    for seed in range(6):
        duties, told = found_in(titled(LAYOUTS["run together"](plain(seed, ""))))
        assert (duties, told) == (set(), True)
