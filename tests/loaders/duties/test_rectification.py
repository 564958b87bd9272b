"""Rectification lists (整改清单): the labels, columns and fields of problems, and what stands beside them and bears nothing."""

import pytest

from loaders.plan import parse_plan

HEAD = "青川县问题整改清单\n"
LAST = "二、台账不全。\n责任单位：县档案局\n"

# the words below 一、河岸垃圾未清。 -> role and words of each duty of that one item
PROBLEMS = [
    # labels made of known parts
    ("整改主体单位：县水利局\n", ["responsible 县水利局"]),
    ("督导部门：市水利局\n整改主体单位：县水利局\n整改责任单位：柳溪镇政府\n", ["supervising 市水利局", "responsible 县水利局", "responsible 柳溪镇政府"]),
    ("责任主体部门：县水利局\n", ["responsible 县水利局"]),
    # a field that no list has goes on in the record of the problem
    ("督导单位：市水利局\n主要表现问题：垃圾外溢\n责任单位：县水利局\n", ["supervising 市水利局", "responsible 县水利局"]),
    # 主管部门 supervises beside others, and bears where nobody else does
    ("责任单位：柳溪镇政府\n主管部门：县水利局\n", ["responsible 柳溪镇政府", "supervising 县水利局"]),
    ("主管部门：县水利局\n责任单位：柳溪镇政府\n", ["supervising 县水利局", "responsible 柳溪镇政府"]),
    ("主管部门：县水利局\n", ["responsible 县水利局"]),
    # persons by a word of role
    ("责任单位：柳溪镇政府    责任人：周成\n督导单位：县水利局    督导人：何平\n", ["responsible 柳溪镇政府", "leader 周成", "supervising 县水利局", "leader 何平"]),
    # persons with a post and without a colon; several posts of one person
    ("整改责任单位 县水利局\n整改责任人 应小军（柳溪镇镇长）\n", ["responsible 县水利局", "leader 应小军"]),
    ("牵头领导：县委常委、县委办主任 何平\n责任单位：县水利局\n", ["leader 何平", "responsible 县水利局"]),
    # what each body does
    ("责任单位：县财政局负责追缴资金，县审计局配合清查账目\n", ["responsible 县财政局", "cooperating 县审计局"]),
    ("责任单位：县水利局（欠缴12万元）、县住建局（3处）\n", ["responsible 县水利局", "responsible 县住建局"]),
    # whom the problem is about
    ("隐患单位：柳溪敬老院\n责任单位：县民政局\n", ["responsible 县民政局"]),
    ("被检查单位：县第一中学\n交办单位：市督查室\n责任单位：县教育局\n", ["responsible 县教育局"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), PROBLEMS)
def test_a_problem_is_one_item(words: str, expected: list[str]) -> None:
    plan = parse_plan(f"{HEAD}一、河岸垃圾未清。\n{words}整改时限：2025年6月底前\n{LAST}", region="青川县")
    assert [f"{d.role.value} {d.as_written}" for d in plan.items[0].duties] == expected
    assert plan.items[0].due.date == "2025-06-30"
    assert len(plan.items) == 2
    assert plan.not_read == 0


FLATTENED = """青川县问题整改清单
序号\t存在问题\t整改措施\t责任单位\t整改时限
1\t河岸垃圾未清\t（1）清运存量垃圾\t柳溪镇政府\t2025年3月底前
\t\t（2）建立巡查制度\t县水利局\t2025年6月底前
2\t台账不全\t补齐台账\t县档案局\t2025年4月底前
"""


def test_empty_cells_of_a_flattened_table_stand_for_the_problem_above() -> None:
    """A problem of two rows is one item with two measures, which begin at their own cells."""
    plan = parse_plan(FLATTENED, region="青川县")
    found = [
        (i.label, i.part, i.kind.value, plan.text[i.span[0] :][:5], [d.as_written for d in i.duties])
        for i in plan.items
    ]
    assert found == [
        ("1", None, "problem", "1\t河岸垃", []),
        ("1", 1, "measure", "（1）清运", ["柳溪镇政府"]),
        ("1", 2, "measure", "（2）建立", ["县水利局"]),
        ("2", None, "problem", "2\t台账不", ["县档案局"]),
    ]
    assert [i.due.date if i.due else None for i in plan.items][1:3] == ["2025-03-31", "2025-06-30"]


SECTIONS = """# 青川县问题整改台账

## 一、财政方面

| 序号 | 存在问题 | 整改责任单位 | 销号时限 |
|:--:|------|------|:--:|
| 1 | 收益未缴库 | 县财政局（牵头）<br>县审计局 | 2024年9月30日 |

## 二、民生方面

| 序号 | 存在问题 | 整改责任单位 | 销号时限 |
|:--:|------|------|:--:|
| 2 | 机耕路未达标 | **县水利局** | 2024年11月底 |
"""


def test_a_table_below_a_heading_of_its_own_is_read_though_its_head_was_there_before() -> None:
    plan = parse_plan(SECTIONS, region="青川县")
    assert [[f"{d.role.value} {d.unit.name}" for d in i.duties] for i in plan.items] == [
        ["lead 县财政局", "responsible 县审计局"],
        ["responsible 县水利局"],
    ]
    assert [i.due.date for i in plan.items if i.due] == ["2024-09-30", "2024-11-30"]


# columns of a table: heads, the cells of a row -> its duties
TABLES = [
    ("责任单位\t验收销号单位", "县水利局\t县住建局", ["responsible 县水利局", "supervising 县住建局"]),
    ("主办单位\t协办单位\t验收销号单位", "县水利局\t县财政局\t县住建局", ["lead 县水利局", "cooperating 县财政局", "supervising 县住建局"]),
    ("责任单位\t监督指导部门", "柳溪镇政府\t县水利局", ["responsible 柳溪镇政府", "supervising 县水利局"]),
    ("责任单位\t主管部门", "柳溪镇政府\t县水利局", ["responsible 柳溪镇政府", "supervising 县水利局"]),
    ("主管部门", "县水利局", ["responsible 县水利局"]),
    ("被检查单位\t责任单位", "县第一中学\t县教育局", ["responsible 县教育局"]),
    ("责任单位\t督导单位\t督导人", "县水利局\t县住建局\t何平", ["responsible 县水利局", "supervising 县住建局", "leader 何平"]),
    ("责任单位（责任人）\t监督单位（责任人）", "县水利局（周成）\t县住建局（申大江）", ["responsible 县水利局", "leader 周成", "supervising 县住建局", "leader 申大江"]),
]  # fmt: skip


@pytest.mark.parametrize("mark", ["\t", " | "])
@pytest.mark.parametrize(("heads", "cells", "expected"), TABLES)
def test_columns_of_a_list_of_problems(heads: str, cells: str, expected: list[str], mark: str) -> None:
    rows = (f"{n}\t{problem}\t{cells}\t{n}月底前\n" for n, problem in ((5, "河岸垃圾未清"), (6, "台账不全")))
    table = f"序号\t存在问题\t{heads}\t整改时限\n{''.join(rows)}".replace("\t", mark)
    plan = parse_plan(HEAD + table, region="青川县", issued_on="2025")
    assert [[f"{d.role.value} {d.as_written}" for d in item.duties] for item in plan.items] == [expected] * 2
    assert plan.not_read == 0


def test_where_each_line_may_be_a_cell_a_second_body_stands_in_the_list() -> None:
    rows = (
        "1\n河岸垃圾未清\n县水利局\n各镇\n团县委\n县督查室\n5月底前",
        "2\n台账不全\n县档案局\n柳溪镇政府\n县督查室\n6月底前",
    )
    head = "序号\n存在问题\n牵头单位\n责任单位\n督查单位\n整改时限"
    plan = parse_plan("\n".join((HEAD.strip(), head, *rows, "")), region="青川县", issued_on="2025")
    assert [f"{d.role.value} {d.as_written}" for d in plan.items[0].duties] == [
        "lead 县水利局",
        "responsible 各镇",
        "responsible 团县委",
        "supervising 县督查室",
    ]
    assert plan.not_read == 0


def test_a_second_body_that_may_stand_in_either_of_two_lists_is_told() -> None:
    row = "{}\n河岸垃圾未清\n{}\n县财政局\n5月底前\n"
    head = "序号\n存在问题\n责任单位\n配合单位\n整改时限\n"
    rows = (row.format(1, "县水利局\n各镇"), row.format(2, "县水利局"), row.format(3, "县住建局"))
    plan = parse_plan(HEAD + head + "".join(rows), region="青川县", issued_on="2025")
    told = [plan.text[slice(*w.span)] for w in plan.warnings if w.code == "row-not-sure" and w.span]
    assert [words.split("\n")[0] for words in told] == ["1"]


def test_a_labelled_time_is_the_date_of_an_item_that_nobody_bears() -> None:
    plan = parse_plan(f"{HEAD}一、河岸垃圾未清\n整改措施：清运垃圾。\n整改时限：2025年5月底前\n{LAST}", region="青川县")
    assert [(d.kind.value, d.date) for d in plan.items[0].deadlines] == [("default", "2025-05-31")]
    assert plan.items[0].due.basis.value == "item"


def test_a_paragraph_that_speaks_to_all_is_no_part_of_the_last_item() -> None:
    plan = parse_plan("1.清运河岸垃圾。（县水利局）\n请各责任单位于每月25日前报送进展。\n", region="青川县")
    assert plan.items[0].body == "清运河岸垃圾。"
    assert not plan.items[0].deadlines


@pytest.mark.parametrize(
    "words",
    [
        "整改措施：开展联合执法，由县水利局牵头，县公安局配合。\n",
        "开展联合执法，查处违规，此项工作由县水利局牵头，县公安局配合。\n",
    ],
)
def test_who_does_it_stands_at_the_end_of_what_is_to_be_done(words: str) -> None:
    plan = parse_plan(f"{HEAD}一、河岸垃圾未清。\n{words}{LAST}", region="青川县")
    assert [f"{d.role.value} {d.as_written}" for d in plan.items[0].duties] == ["lead 县水利局", "cooperating 县公安局"]
    assert plan.not_read == 0


def test_numbered_fields_are_of_the_item_above() -> None:
    fields = "1.整改措施：{}。\n2.责任分工：县水利局、县住建局负责；县督查室监督。\n3.整改时限：{}月底前。\n"
    text = f"（一）河岸垃圾未清\n{fields.format('清运垃圾', 5)}（二）台账不全\n{fields.format('补录台账', 6)}"
    plan = parse_plan(HEAD + text, region="青川县", issued_on="2025")
    assert [(item.label, item.due.date) for item in plan.items] == [("（一）", "2025-05-31"), ("（二）", "2025-06-30")]
    for item in plan.items:
        assert [f"{d.role.value} {d.as_written}" for d in item.duties] == [
            "responsible 县水利局",
            "responsible 县住建局",
            "supervising 县督查室",
        ]
    assert plan.not_read == 0


def test_a_problem_numbered_by_its_name_needs_no_colon() -> None:
    text = "问题{} {}\n整改措施 {}\n整改责任单位 县水利局\n整改时限 2025年5月31日前\n"
    plan = parse_plan(
        HEAD + text.format("一", "河岸垃圾未清", "清运垃圾") + text.format("二", "涵闸锈蚀严重", "更换涵闸"),
        region="青川县",
    )
    assert [(item.number, item.heading, item.due.date) for item in plan.items] == [
        (1, "河岸垃圾未清", "2025-05-31"),
        (2, "涵闸锈蚀严重", "2025-05-31"),
    ]


@pytest.mark.parametrize(
    ("words", "date"), [("2025年5月底前并长期坚持", "2025-05-31"), ("2025年5月底前，长期坚持", "2025-05-31")]
)
def test_a_date_from_which_work_goes_on_holds(words: str, date: str) -> None:
    plan = parse_plan(f"{HEAD}一、河岸垃圾未清\n责任单位：县水利局\n整改时限：{words}\n{LAST}", region="青川县")
    assert (plan.items[0].due.date, plan.items[0].ongoing) == (date, True)


def test_a_paragraph_that_speaks_to_all_sets_a_time_of_the_document() -> None:
    plan = parse_plan(
        "1.清运河岸垃圾。（县水利局）\n2.补录台账。（县档案局）\n各牵头单位于每周五报送进展。\n", region="青川县"
    )
    assert [(d.kind.value, d.quote) for d in plan.deadlines] == [("recurring", "每周五")]


def test_a_heading_in_the_first_cell_of_a_row_does_not_end_the_table() -> None:
    head = "类别\t序号\t问题\t整改措施\t牵头县领导\t牵头单位\t整改时限\t验收单位\n"
    rows = "一、河道方面\t1\t河岸垃圾未清\t清运\t何平\t县水利局\t2025年5月底\t县督查室\n二、台账方面\t2\t台账不全\t补录\t周成\t县档案局\t2025年6月底\t县督查室\n"
    plan = parse_plan(HEAD + head + rows, region="青川县")
    assert [[f"{d.role.value} {d.as_written}" for d in item.duties] for item in plan.items] == [
        ["leader 何平", "lead 县水利局", "supervising 县督查室"],
        ["leader 周成", "lead 县档案局", "supervising 县督查室"],
    ]
    assert plan.not_read == 0
