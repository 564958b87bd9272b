"""The tree of items: what stands above and below, whose assignment is whose, dates from above, kinds."""

import pytest

from graph.model import Item, Plan
from loaders.plan import parse_plan

PROBLEMS = """青川县整改方案
一、反馈问题
1.河道监管缺位。
牵头单位：县水利局
整改时限：2024年12月底前
整改目标：全面规范采砂秩序。
整改措施：
（1）清淤疏浚。（责任单位：县住建局；完成时限：2024年6月底）
（2）加强巡查。责任单位：县公安局。
①日常巡查。（责任单位：县交警队）
②夜间巡查。（责任单位：县特警队）
整改情况：县水利局牵头完成清淤，县公安局负责巡查。
2.规划滞后。
整改措施：
（1）编制规划。责任单位：县自然资源局。
（2）推进项目。责任单位：县住建局。
牵头单位：县发改局
整改时限：2024年10月底
"""
NOTICE = "各项工作任务除本方案有明确时间要求外，应当在2025年底前完成。\n"


def read(text: str) -> Plan:
    return parse_plan(text, region="青川县", issued_on="2024")


def short(item: Item) -> str:
    return item.id.rpartition(":")[2]


def tree(plan: Plan) -> list[tuple[str, list[str]]]:
    """Each item with its bearers."""
    return [(short(item), [duty.as_written for duty in item.duties]) for item in plan.items]


def test_a_problem_keeps_its_lead_and_date_above_measures_with_their_own() -> None:
    plan = read(PROBLEMS)
    assert tree(plan) == [
        ("s1-1", ["县水利局"]),
        ("s1-1.1", ["县住建局"]),
        ("s1-1.2", ["县公安局"]),
        ("s1-1.2.1", ["县交警队"]),
        ("s1-1.2.2", ["县特警队"]),
        ("s1-2", ["县发改局"]),
        ("s1-2.1", ["县自然资源局"]),
        ("s1-2.2", ["县住建局"]),
    ]
    parents = {short(item): item.parent and item.parent.rpartition(":")[2] for item in plan.items}
    assert parents["s1-1"] is None
    assert (parents["s1-1.2"], parents["s1-1.2.1"]) == ("s1-1", "s1-1.2")
    assert [item.level for item in plan.items] == [1, 2, 2, 3, 3, 1, 2, 2]
    assert [item.kind.value for item in plan.items] == ["problem", *["measure"] * 4, "problem", *["measure"] * 2]


def test_a_measure_without_a_date_has_that_of_the_problem() -> None:
    plan = read(PROBLEMS)
    due = {short(item): (item.due.date, item.due.basis.value, item.timing.reason) for item in plan.items}
    assert due["s1-1"] == ("2024-12-31", "item", "item")
    assert due["s1-1.1"] == ("2024-06-30", "item", "item")
    assert due["s1-1.2"] == due["s1-1.2.1"] == ("2024-12-31", "parent", "parent")
    (deadline,) = plan.items[3].deadlines
    assert (deadline.kind.value, deadline.inferred, deadline.rule, deadline.span) == (
        "parent",
        True,
        "date-of-parent",
        None,
    )
    assert [plan.text[slice(*place)] for place in deadline.because] == ["2024年12月底前"]


def test_a_goal_is_a_target_and_progress_is_told() -> None:
    plan = read(PROBLEMS)
    assert [(task.quote, [kind.value for kind in task.kinds]) for task in plan.items[0].tasks] == [
        ("全面规范采砂秩序", ["target"])
    ]
    (told,) = [warning for warning in plan.warnings if warning.code == "progress-told"]
    assert told.span is not None
    assert plan.text[slice(*told.span)].strip() == "整改情况：县水利局牵头完成清淤，县公安局负责巡查。"
    assert plan.not_read == 0


@pytest.mark.parametrize(
    ("goal", "kinds"),
    [("达标率达90%", ["target"]), ("2024年6月底前全面达标", ["timed", "target"]), ("全面达标", ["target"])],
)
def test_a_goal_with_a_figure_or_a_date_is_one_task(goal: str, kinds: list[str]) -> None:
    plan = read(f"青川县整改方案\n1.水质不达标的问题。\n整改目标：{goal}。\n责任单位：县环保局\n")
    assert [[kind.value for kind in task.kinds] for task in plan.items[0].tasks] == [kinds]


def test_a_heading_with_a_lead_is_an_item_without_a_number() -> None:
    plan = read(
        NOTICE + "一、清理（牵头单位：县水利局；完成时限：2024年9月底）\n1.清淤。（责任单位：县住建局）\n"
        "二、保护\n1.划定。（责任单位：县环保局）\n"
    )
    assert tree(plan) == [("s1-h", ["县水利局"]), ("s1-1", ["县住建局"]), ("s2-1", ["县环保局"])]
    heading, below, other = plan.items
    assert (heading.number, heading.label, heading.parent, heading.section) == (None, "一、", None, below.section)
    assert (below.parent, below.section, below.level) == (heading.id, heading.section, 2)
    assert (below.due.date, below.due.basis.value) == ("2024-09-30", "parent")  # the fallback never beats it
    assert (other.due.date, other.due.basis.value) == ("2025-12-31", "document")


def test_a_time_alone_above_items_is_theirs() -> None:
    plan = read("一、清理\n完成时限：2024年9月底\n1.清淤。（责任单位：县住建局）\n2.采砂。（责任单位：县公安局）\n")
    assert [(short(i), i.due.date, i.due.basis.value) for i in plan.items] == [
        ("s1-h", "2024-09-30", "item"),
        ("s1-1", "2024-09-30", "parent"),
        ("s1-2", "2024-09-30", "parent"),
    ]


def test_what_goes_on_above_goes_on_below() -> None:
    plan = read("1.监管缺位。\n牵头单位：县水利局\n整改时限：长期坚持\n（1）巡查。（责任单位：县公安局）\n")
    assert [(i.timing.kind.value, i.timing.reason, i.due.date) for i in plan.items] == [
        ("ongoing", "item", None),
        ("ongoing", "parent", None),
    ]


# the points below a number, and who bears what
BEHIND_POINTS = [
    # the bracket stands alone below points without their own
    ("（1）清淤；\n（2）采砂。\n（责任单位：县水利局）\n", {"s0-1": ["县水利局"]}),
    ("（1）清淤；\n（2）采砂。\n责任单位：县水利局\n", {"s0-1": ["县水利局"]}),
    # each point has its own in the line
    (
        "（1）清淤。（责任单位：县住建局）\n（2）采砂。（责任单位：县公安局）\n牵头单位：县水利局\n",
        {"s0-1": ["县水利局"], "s0-1.1": ["县住建局"], "s0-1.2": ["县公安局"]},
    ),
    (
        "（1）清淤。\n责任单位：县住建局\n（2）采砂。\n责任单位：县公安局\n牵头单位：县水利局\n",
        {"s0-1": ["县水利局"], "s0-1.1": ["县住建局"], "s0-1.2": ["县公安局"]},
    ),
    # the last point may have more than the others
    (
        "（1）清淤。\n责任单位：县住建局\n（2）采砂。\n责任单位：县公安局\n配合单位：县水利局\n",
        {"s1-1": ["县住建局"], "s1-2": ["县公安局", "县水利局"]},
    ),
    (
        "（1）清淤。\n牵头单位：县住建局\n（2）采砂。\n牵头单位：县公安局\n责任单位：县水利局\n",
        {"s1-1": ["县住建局"], "s1-2": ["县公安局", "县水利局"]},
    ),
    # a bracket in its line closes the point
    ("（1）清淤。（责任单位：县住建局）\n（2）采砂。\n", {"s1-1": ["县住建局"], "s1-2": []}),
]


@pytest.mark.parametrize(("points", "expected"), BEHIND_POINTS)
def test_whose_is_what_stands_behind_the_last_point(points: str, expected: dict[str, list[str]]) -> None:
    plan = read(f"青川县方案\n1.清理河道。\n{points}2.公开信息。（责任单位：县政府办）\n")
    found = dict(tree(plan))
    assert found.popitem()[1] == ["县政府办"]
    assert found == expected


@pytest.mark.parametrize(
    "of_all", ["以上任务由", "以上由", "上述各项工作由", "以上重点任务均由", "上述2项，", "以上两项任务，"]
)
def test_a_sentence_that_speaks_of_all_points_above_is_that_of_their_heading(of_all: str) -> None:
    plan = read(
        "青川县方案\n一、氛围\n1.投放广告。\n2.开设专栏。\n"
        f"{of_all}县委宣传部牵头，县城管局配合，贯穿创建全过程。\n"
        "二、设施\n1.改建厕所。（责任单位：县住建局）\n2.更新标牌。\n"
    )
    assert tree(plan)[0][1] == ["县委宣传部", "县城管局"]
    assert plan.items[0].span[0] == plan.text.index("一、")
    assert plan.not_read == 0


def test_several_headings_whose_last_point_says_who() -> None:
    one = "（{}）{}。\n1.清淤；\n2.采砂。（责任单位：{}）\n"
    plan = read("青川县方案\n一、任务\n" + one.format("一", "清理", "县水利局") + one.format("二", "保护", "县环保局"))
    assert [name for _, name in tree(plan) if name] == [["县水利局"], ["县环保局"]]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("对新建灌区给予补助。（责任单位：县水利局）\n", [("s0-h", ["县水利局"])]),
        (
            "对新建给予补助。（责任单位：县水利局）\n对改造给予奖励。（责任单位：县财政局）\n",
            [("s0-p1", ["县水利局"]), ("s0-p2", ["县财政局"])],
        ),
        ("索引号：0001 责任部门：县政府办\n", []),  # of the page
    ],
)
def test_an_assignment_before_the_first_number(before: str, expected: list[tuple[str, list[str]]]) -> None:
    plan = read(f"青川县通知\n{before}一、争取资金。（责任单位：县发改局）\n二、鼓励改造。（责任单位：县农业农村局）\n")
    assert tree(plan)[:-2] == expected
    assert [item.number for item in plan.items][-2:] == [1, 2]


def test_what_a_page_says_before_the_title_is_no_duty() -> None:
    plan = read("责任部门：县政府办\n青川县人民政府关于印发灌区建设方案的通知\n一、争取资金。（责任单位：县发改局）\n")
    assert [names for _, names in tree(plan)] == [["县发改局"]]


@pytest.mark.parametrize("marker", ["反馈问题{}：", "问题{}：", "存在问题（{}）：", "问题{}、"])
def test_a_problem_is_numbered_by_its_name(marker: str) -> None:
    one = "{}{}。\n牵头单位：{}\n整改措施：\n（一）{}。（责任单位：{}）\n（二）巡查。（责任单位：县公安局）\n"
    plan = read(
        "青川县整改方案\n"
        + one.format(marker.format("一"), "规划滞后", "县发改局", "编制规划", "县住建局")
        + one.format(marker.format("二"), "监管缺位", "县水利局", "清淤", "县水利局")
    )
    assert [(item.number, item.kind.value, item.level) for item in plan.items] == [
        (1, "problem", 1),
        (1, "measure", 2),
        (2, "measure", 2),
        (2, "problem", 1),
        (1, "measure", 2),
        (2, "measure", 2),
    ]


def test_a_problem_below_a_heading_of_its_kind() -> None:
    plan = read(
        "一、责任落实方面\n（一）问题甲\n问题1：规划滞后。\n责任单位：县发改局\n问题2：监管缺位。\n责任单位：县水利局\n"
    )
    assert [(short(item), item.number) for item in plan.items] == [("s1.1-1", 1), ("s1.1-2", 2)]


def test_prose_about_problems_numbers_nothing() -> None:
    plan = read("一、存在问题\n问题一是规划滞后。\n1.编制规划。（责任单位：县住建局）\n")
    assert [short(item) for item in plan.items] == ["s1-1"]


@pytest.mark.parametrize("label", ["整改情况", "进展情况", "完成情况", "整改落实情况"])
def test_numbered_progress_is_no_item(label: str) -> None:
    plan = read(
        f"青川县整改方案\n1.规划滞后。\n责任单位：县发改局\n{label}：\n（1）县财政局牵头拨付。\n（2）已完成。（县住建局）\n"
        "2.监管缺位。\n责任单位：县水利局\n"
    )
    assert tree(plan) == [("s0-1", ["县发改局"]), ("s0-2", ["县水利局"])]
    assert [warning.code for warning in plan.warnings] == ["progress-told"]


def test_a_mere_parent_is_not_looked_at() -> None:
    plan = read(
        "青川县方案\n1.清理文件。（责任单位：县司法局）接着公开清单。（责任单位：县政府办）\n2.公开。（责任单位：县财政局）\n"
    )
    assert [(short(item), item.queryable) for item in plan.items] == [
        ("s0-1", False),
        ("s0-1-a1", True),
        ("s0-1-a2", True),
        ("s0-2", True),
    ]


def test_only_a_text_about_rectification_has_problems() -> None:
    plan = read("青川县方案\n1.解决规划滞后的问题。\n责任单位：县发改局\n")
    assert [item.kind.value for item in plan.items] == ["task"]


def test_measures_numbered_in_the_line_of_their_label() -> None:
    plan = read(
        "青川县整改清单\n问题1. 水源地不规范。\n整改目标：2025年3月底前完成防护。\n"
        "整改措施：（1）安装围网5公里（县水利局，2024年12月底前）；（2）搬迁养殖场（东坝乡、县农业农村局，2025年1月底前）。\n"
        "整改负责人：周启明  整改牵头单位：县环保局  整改督查单位：县审计局\n"
        "问题2. 管网滞后。\n整改措施：（1）修管网；（2）建泵站。\n整改责任单位：县住建局\n"
    )
    assert [(short(item), item.due.date, [duty.as_written for duty in item.duties]) for item in plan.items] == [
        ("s0-1", None, ["周启明", "县环保局", "县审计局"]),
        ("s0-1.1", "2024-12-31", ["县水利局"]),
        ("s0-1.2", "2025-01-31", ["东坝乡", "县农业农村局"]),
        ("s0-2", None, ["县住建局"]),
    ]


def test_a_problem_whose_number_stands_alone_above_boxes() -> None:
    one = "问题{}\n【问题表现】{}。\n【整改措施】①巡查。责任单位：县公安局。②复核。责任单位：县司法局。\n【牵头单位】{}\n【整改时限】2024年底前\n"
    plan = read(
        "青川县整改清单\n" + one.format("一", "占用河滩", "县水利局") + one.format("二", "占用耕地", "县农业局")
    )
    assert tree(plan) == [
        ("s0-1", ["县水利局"]),
        ("s0-1.1", ["县公安局"]),
        ("s0-1.2", ["县司法局"]),
        ("s0-2", ["县农业局"]),
        ("s0-2.1", ["县公安局"]),
        ("s0-2.2", ["县司法局"]),
    ]
    assert {item.due.date for item in plan.items} == {"2024-12-31"}


def test_the_fields_of_a_record_are_one_assignment() -> None:
    plan = read(
        "青川县整改台账\n问题1：资金闲置。\n整改责任单位：县财政局\n整改措施：收回资金。\n整改期限：2024年3月底前\n"
        "整改情况：县财政局已收回。\n督促检查单位：县审计局\n问题2：违规发放。\n整改责任单位：县人社局\n"
    )
    assert tree(plan) == [("s0-1", ["县财政局", "县审计局"]), ("s0-2", ["县人社局"])]


@pytest.mark.parametrize(
    ("marker", "numbered"),
    [("审议意见{n}：", 3), ("安全隐患{n}：", 3), ("建议{n}：", 3), ("意见{n}很多：", 0), ("提出意见：", 0)],
)
def test_an_opinion_is_numbered_by_its_name(marker: str, numbered: int) -> None:
    text = "青川县办理方案\n" + "".join(
        f"{marker.format(n=n)}压实责任。\n1.完善机制。\n2.组织培训。\n办理单位：县水利局；督办单位：县督查室。\n"
        for n in "一二三"
    )
    items = read(text).items
    assert sum(item.label is not None and item.label[-1] == "：" for item in items) == numbered
    if numbered:
        assert [sorted(duty.as_written for duty in item.duties) for item in items] == [["县水利局", "县督查室"]] * 3


def test_a_row_below_the_column_of_problems_is_a_problem_and_further_measures_are_measures() -> None:
    plan = read(
        "青川县台账\n序号\t反馈问题\t整改措施\t责任单位\t整改时限\n1\t河道监管缺位\t清淤疏浚\t县水利局\t2024年6月底\n"
        "\t\t加强巡查\t县公安局\t2024年9月底\n2\t规划滞后\t编制规划\t县住建局\t2024年10月底\n"
    )
    assert [(short(item), item.kind.value, item.heading) for item in plan.items] == [
        ("s0-1", "problem", "河道监管缺位"),
        ("s0-1-a1", "measure", "清淤疏浚"),
        ("s0-1-a2", "measure", "加强巡查"),
        ("s0-2", "problem", "规划滞后"),
    ]
    assert [item.duties[0].as_written for item in plan.items if item.duties] == ["县水利局", "县公安局", "县住建局"]


def test_a_row_below_a_column_of_tasks_is_a_task() -> None:
    plan = read("青川县台账\n序号\t任务\t问题数\t责任单位\n1\t清淤疏浚\t3\t县水利局\n2\t编制规划\t2\t县住建局\n")
    assert [item.kind.value for item in plan.items] == ["task", "task"]


def test_a_heading_with_a_lead_stands_above_the_rows_of_its_table() -> None:
    head = "序号\t任务\t责任单位\n"
    plan = read(
        f"青川县清单\n一、党的建设（牵头单位：县委组织部）\n{head}1\t清理台账\t县司法局\n2\t公开清单\t县财政局\n"
        f"二、经济发展（牵头单位：县发改局）\n{head}1\t编制规划\t县住建局\n"
    )
    assert [(short(item), item.parent and item.parent.rpartition(":")[2]) for item in plan.items] == [
        ("s1-h", None),
        ("s1-1", "s1-h"),
        ("s1-2", "s1-h"),
        ("s2-h", None),
        ("s2-1", "s2-h"),
    ]
    assert [duty.as_written for item in plan.items for duty in item.duties] == [
        "县委组织部",
        "县司法局",
        "县财政局",
        "县发改局",
        "县住建局",
    ]


def test_an_item_before_an_annexed_table_is_not_above_its_rows() -> None:
    plan = read(
        "青川县方案\n1.加强统筹。（责任单位：县政府办）\n附件：分工表\n序号\t任务\t责任单位\n1\t清理台账\t县司法局\n2\t公开清单\t县财政局\n"
    )
    assert [item.parent for item in plan.items] == [None, None, None]
