"""Ways of assigning, each written as plans write it, inside a plan: who bears the first item, and in which role."""

import pytest

from loaders.plan import parse_plan

L, R, C, H = "lead", "responsible", "cooperating", "leader"
WAYS = [
    ("牵头单位：市发改委；责任单位：市财政局、市工信局", [(L, "市发改委"), (R, "市财政局"), (R, "市工信局")]),
    ("责任单位: 市发改委(牵头),市财政局", [(L, "市发改委"), (R, "市财政局")]),
    ("责 任 单 位：市司法局", [(R, "市司法局")]),
    ("【责任单位】市司法局、市财政局", [(R, "市司法局"), (R, "市财政局")]),
    ("【牵头单位】：市委编办", [(L, "市委编办")]),
    ("责任单位：★市教育局、市财政局", [(L, "市教育局"), (R, "市财政局")]),
    ("责任单位：市教育局*、市财政局", [(L, "市教育局"), (R, "市财政局")]),
    ("责任单位：市教育局牵头，市财政局、各县区政府配合", [(L, "市教育局"), (C, "市财政局"), (C, "各县区政府")]),
    ("（牵头：市科技局；配合：市财政局）", [(L, "市科技局"), (C, "市财政局")]),
    ("（主办：市科技局；协办：市财政局）", [(L, "市科技局"), (C, "市财政局")]),
    ("（责任单位：市科技局等市有关部门，各县（市、区））", [(R, "市科技局"), (R, "市有关部门"), (R, "各县（市、区）")]),
    ("由市教育局牵头，市财政局、市人社局配合。", [(L, "市教育局"), (C, "市财政局"), (C, "市人社局")]),
    ("（由市教育局牵头，市财政局配合）", [(L, "市教育局"), (C, "市财政局")]),
    ("（市民政局负责，市财政局配合）", [(R, "市民政局"), (C, "市财政局")]),
    ("〔市商务局（市口岸办）、青川海关按职责分工负责〕", [(R, "市商务局（市口岸办）"), (R, "青川海关")]),
    ("【市发展改革委牵头，市财政局按职责分工负责】", [(L, "市发展改革委"), (R, "市财政局")]),
    ("〔责任单位：市直各部门，各县（市、区）党委、政府〕", [(R, "市直各部门"), (R, "各县（市、区）党委、政府")]),
    ("（责任单位：市住建局/市城管局）", [(R, "市住建局"), (R, "市城管局")]),
    ("（责任单位：市财政局市商务局）", [(R, "市财政局"), (R, "市商务局")]),
    ("（责任单位：市教育局；责任人：李四；完成时间：2021年6月）", [(R, "市教育局"), (H, "李四")]),
    ("牵头领导：王五；牵头单位：市教育局", [(H, "王五"), (L, "市教育局")]),
    ("责任领导：分管领导", []),
    ("（责任单位：市教育局；市卫健委、团市委配合）", [(R, "市教育局"), (C, "市卫健委"), (C, "团市委")]),
    ("（市统计局牵头；完成时间：2025年12月）", [(L, "市统计局")]),
    ("责任单位：市教育局（牵头）、市财政局", [(L, "市教育局"), (R, "市财政局")]),
    ("责任单位：1.市教育局 2.市财政局", [(R, "市教育局"), (R, "市财政局")]),
    ("责任单位：市财政局（2024年6月底前）", [(R, "市财政局")]),
    ("责任单位：各乡镇（街道）、县直有关单位", [(R, "各乡镇（街道）"), (R, "县直有关单位")]),
    ("（由市发改委负责落实）", [(R, "市发改委")]),
    ("（市发改委、市财政局各负其责）", [(R, "市发改委"), (R, "市财政局")]),
    ("（市发改委牵头抓总，市财政局具体落实）", [(L, "市发改委"), (R, "市财政局")]),
    ("（市发改委、市财政局依职责分工负责）", [(R, "市发改委"), (R, "市财政局")]),
    ("（市发改委负责具体实施）", [(R, "市发改委")]),
    ("（市发改委为牵头单位，市财政局为配合单位）", [(L, "市发改委"), (C, "市财政局")]),
    ("（牵头单位为市发改委，配合单位为市财政局）", [(L, "市发改委"), (C, "市财政局")]),
    ("（市编办、市人社局按职责分别牵头负责）", [(L, "市编办"), (L, "市人社局")]),
    ("（市工信局牵头，各地、各有关部门按职责分工落实）", [(L, "市工信局"), (R, "各地"), (R, "各有关部门")]),
    # the line break before the next item was lost
    ("责任单位：市社管办十五、在新增的各类社会组织当中严格控制在职人员兼任领导职务，逐步退出。", [(R, "市社管办")]),
]


def item(assignment: str) -> str:
    gap = "" if assignment[0] in "（〔" else "\n"
    return f"青川市工作方案\n一、任务\n1.清理文件。{gap}{assignment}\n2.公开清单。\n责任单位：市司法局\n"


@pytest.mark.parametrize(("assignment", "expected"), WAYS, ids=[words for words, _ in WAYS])
def test_who_bears_it(assignment: str, expected: list[tuple[str, str]]) -> None:
    plan = parse_plan(item(assignment), region="青川市")
    assert [(d.role.value, d.as_written) for d in plan.items[0].duties] == expected
    assert [(d.role.value, d.as_written) for d in plan.items[1].duties] == [(R, "市司法局")]
    assert all(plan.text[slice(*d.span)] == d.quote for d in plan.items[0].duties if d.span)


@pytest.mark.parametrize(
    ("assignment", "due"),
    [
        ("（责任单位：市住建局）（2021年6月底前完成）", "2021-06-30"),
        ("（市住建局牵头，市城管局配合；2021年9月底前）", "2021-09-30"),
        ("（2021年底前完成，市住建局牵头，市城管局配合）", "2021-12-31"),
        ("责任单位：市住建局\n完成日期：2021年3月", "2021-03-31"),
        ("(责任单位：市住建局、市城管局，2024年上半年完成)", "2024-06-30"),
        ("责任单位：市财政局（2024年6月底前）", "2024-06-30"),
        ("（市统计局牵头；完成时间：2025年四季度）", "2025-12-31"),
        ("责任单位：市住建局；时限：2025.6.30前", "2025-06-30"),
        ("责任单位：市住建局\n完成时限：2024-06-30", "2024-06-30"),
        ("责任单位：市住建局\n完成时限：2024/9", "2024-09-30"),
    ],
)
def test_when_it_is_due(assignment: str, due: str) -> None:
    plan = parse_plan(item(assignment), region="青川市")
    assert plan.items[0].due.date == due
    assert plan.items[1].due.date is None


def test_a_list_is_open_for_its_own_role_only() -> None:
    plan = parse_plan(item("（市审批局牵头，市税务局、市公安局等按职责分工负责）"), region="青川市")
    assert [(d.as_written, d.open_list) for d in plan.items[0].duties] == [
        ("市审批局", False),
        ("市税务局", True),
        ("市公安局", True),
    ]


def test_a_time_that_was_not_understood_is_told() -> None:
    plan = parse_plan(item("责任单位：市司法局\n完成时限：待研究确定"), region="青川市")
    assert [(w.code, plan.text[slice(*w.span)]) for w in plan.warnings if w.span] == [
        ("unread-clause", "完成时限：待研究确定")
    ]
    told = parse_plan(item("责任单位：市司法局\n完成时限：按上级要求及时完成"), region="青川市")
    assert told.warnings == ()


def test_the_year_of_a_month_may_stand_in_the_title() -> None:
    plan = parse_plan("青川市2024年工作要点\n1.清理。\n责任单位：市司法局\n完成时限：11月底\n", region="青川市")
    due = plan.items[0].deadlines[0]
    assert (due.date, due.rule, due.inferred) == ("2024-11-30", "year-of-issue", True)
    assert [plan.text[slice(*place)] for place in due.because] == ["青川市2024年工作要点"]


@pytest.mark.parametrize(
    "prose",
    [
        "市教育局牵头制定方案，市财政局配合。",
        "作为牵头单位的部门要负责到底。",
        "各责任单位：要高度重视。",
        "财政部门要保障资金；人社部门要抓好落实；审计部门要加强监督。",
    ],
)
def test_prose_assigns_nothing(prose: str) -> None:
    plan = parse_plan(
        f"青川市工作方案\n一、任务\n1.清理文件。{prose}\n2.公开清单。\n责任单位：市司法局\n", region="青川市"
    )
    assert plan.items[0].duties == ()


def test_paragraphs_without_numbers_are_items() -> None:
    plan = parse_plan("青川县方案\n清理文件。\n责任单位：县司法局\n公开清单。\n牵头单位：县委编办\n", region="青川县")
    assert [(i.number, i.body, [d.as_written for d in i.duties]) for i in plan.items] == [
        (None, "清理文件。", ["县司法局"]),
        (None, "公开清单。", ["县委编办"]),
    ]


@pytest.mark.parametrize(
    "convention",
    [
        "列首位的为牵头单位，下同",
        "排名第一的单位为牵头单位",
        "第一个单位为牵头单位",
        "责任单位中排首位的为牵头单位",
        "各项任务位列第一的为牵头部门，其他为配合单位",
    ],
)
def test_a_stated_convention_holds_from_where_it_stands(convention: str) -> None:
    plan = parse_plan(
        f"青川市工作方案\n1.清理。（责任单位：市教育局、市财政局，{convention}）\n2.公开。（责任单位：市司法局、市财政局）\n",
        region="青川市",
    )
    assert [[(d.role.value, d.as_written) for d in i.duties] for i in plan.items] == [
        [(L, "市教育局"), (R, "市财政局")],
        [(L, "市司法局"), (R, "市财政局")],
    ]
    assert plan.items[1].duties[0].inferred
    assert plan.items[1].duties[0].because


def test_one_label_in_a_text_without_numbers_is_no_plan() -> None:
    assert parse_plan("发布单位：县府办 责任单位：县教育局\n青川县关于开展活动的通知\n活动丰富。").items == ()
