"""Rows of clauses, lists with persons, rows with marks: who bears in each, and what assigns nothing."""

import pytest

from loaders.plan import parse_plan

L, R, C, S, H = "lead", "responsible", "cooperating", "supervising", "leader"
ROWS = [
    (
        "1.办好赛事。统筹由市体育局牵头；市财政局负责资金；市公安局负责交通管制，市城管局配合；市气象局会同市台站负责预报。\n",
        [(L, "市体育局"), (R, "市财政局"), (R, "市公安局"), (C, "市城管局"), (R, "市气象局"), (C, "市台站")],
    ),
    (
        "1.供水。新建水厂6座，其中，县级水厂由县水利局负责，乡镇水厂由各乡镇人民政府负责。\n",
        [(R, "县水利局"), (R, "各乡镇人民政府")],
    ),
    (
        "第二章 职责\n第四条 镇应急办履行下列职责：\n（一）检查；\n（二）上报。\n第五条 镇派出所主要职责是：\n（一）查处；\n（二）巡逻。\n"
        "第六条 各行政村应当做好下列工作：\n（一）巡查；\n（二）报告。\n第七条 镇财政所负责经费，镇文化站负责宣传。\n",
        [(R, "镇应急办"), (R, "镇派出所"), (R, "各行政村"), (R, "镇财政所"), (R, "镇文化站")],
    ),
    (
        "一、领导责任分工\n（一）高立新（县委副书记、县长）：负责全面工作。\n（二）副县长周明远：分管水利。\n（三）县人武部部长 田卫国负责抢险。\n",
        [(H, "高立新"), (H, "周明远"), (H, "田卫国")],
    ),
    (
        "1 后续扶持 州农业农村局（牵头） 州人社局（配合） 州委督查室（督导）\n2 粮库建设 州粮食局（牵头） 州政府督查室（督导）\n3 危桥改造 州交通局（牵头）\n",
        [
            (L, "州农业农村局"),
            (C, "州人社局"),
            (S, "州委督查室"),
            (L, "州粮食局"),
            (S, "州政府督查室"),
            (L, "州交通局"),
        ],
    ),
    (
        "1.清理。由副市长张明牵头，市教育局配合。\n2.公开。责任单位：市司法局\n",
        [(H, "张明"), (C, "市教育局"), (R, "市司法局")],
    ),
    (
        "1.看护水库。行政责任人：周明远；技术责任人：县水利局 李向阳；巡查责任人：石门镇 王大山\n2.公开。责任单位：县司法局\n",
        [(H, "周明远"), (H, "李向阳"), (H, "王大山"), (R, "县司法局")],
    ),
    ("1.清理。责任单位：市司法局；技术责任单位：市数据局\n", [(R, "市司法局"), (R, "市数据局")]),
    (
        "1.充电。新增端口2万个，其中：小区1万个由市住建局组织建设，城中村1万个由各区政府组织建设。\n",
        [(R, "市住建局"), (R, "各区政府")],
    ),
]


@pytest.mark.parametrize(("text", "bearers"), ROWS)
def test_every_bearer_of_a_row_is_read(text: str, bearers: list[tuple[str, str]]) -> None:
    plan = parse_plan(text)
    assert [(duty.role.value, duty.as_written) for item in plan.items for duty in item.duties] == bearers
    assert "unread-clause" not in {warning.code for warning in plan.warnings}


NONE = [
    "一、总体情况\n县住建局牵头的12项任务全部完工；县教育局负责的3所学校建设进度滞后。\n",
    "一、存在问题\n县水利局负责的管网已建成；县财政局负责落实了经费。\n",
    "一、人员\n县长高立新出席会议；副县长周明远主持会议。\n",
]


@pytest.mark.parametrize("text", NONE)
def test_what_was_done_assigns_nothing(text: str) -> None:
    assert not [duty for item in parse_plan(text).items for duty in item.duties]


def test_rows_before_the_first_number_leave_the_items_alone() -> None:
    """第1至3项由… is told of the items below; they stay items."""
    text = (
        "共四项任务，第1至2项由县教育局牵头；第3至4项由县委编办牵头。\n1.补短板。\n2.配装备。\n3.核编制。\n4.招教师。\n"
    )
    plan = parse_plan(f"教育工作任务安排方案\n\n{text}")
    assert not [item for item in plan.items if item.duties]
    assert "unplaced-assignment" in {warning.code for warning in plan.warnings}


# what no rule reads for its role is unknown, or an item assigns otherwise: each name is told
TOLD = [
    (
        "1.供水。其中：末梢水由县疾控中心负责监测，水源水由县环保局负责监测。（责任单位：县水利局）\n",
        ["县疾控中心", "县环保局"],
    ),
    (
        "1.清理。责任单位：县司法局\n领衔督办：刘海滨副主任\n2.公开。责任单位：县民政局\n督战人：王建国\n",
        ["刘海滨", "王建国"],
    ),
    ("1.清理。责任单位：县司法局\n2.公开。县民政局统抓目录公开；县教育局统抓培训。\n", ["县民政局", "县教育局"]),
    (
        "1.清理。责任单位：县司法局\n（二）刊播广告，由县委宣传部统筹、县融媒体中心承办、各镇协办。\n",
        ["县委宣传部", "县融媒体中心", "各镇"],
    ),
    (
        "1.值守。县应急局、县气象局要严格落实值班制度，预警发布后叫应。\n2.公开。责任单位：县民政局\n",
        ["县应急局", "县气象局"],
    ),
    (
        "1.清理。责任单位：县司法局\n审核单位：县审计局\n2.公开。责任单位：县民政局\n审核单位：县统计局\n",
        ["县审计局", "县统计局"],
    ),
    (
        "| 任务 | 责任单位 | 业主单位 |\n|---|---|---|\n| 修路 | 县交通局 | 县城投公司 |\n| 架桥 | 县住建局 | 县水务集团 |\n| 种树 | 县林业局 | 县旅投公司 |\n",
        ["县城投公司", "县水务集团", "县旅投公司"],
    ),
    ("一、职责分工\n县住建局负责鉴定，县应急局予以指导。\n县公安局负责巡逻。\n县教体局负责建档。\n", ["县应急局"]),
    ("1.清理。县司法局为统抓单位，县财政局为配合单位。\n2.公开。责任单位：县民政局\n", ["县司法局", "县财政局"]),
]


@pytest.mark.parametrize(("text", "names"), TOLD)
def test_what_is_not_read_is_told_at_its_place(text: str, names: list[str]) -> None:
    plan = parse_plan(text)
    held = {duty.as_written for item in plan.items for duty in item.duties}
    told = [warning.span for warning in plan.warnings if warning.code == "unplaced-assignment" and warning.span]
    for name in names:
        at = text.index(name)
        assert name in held or any(first <= at and at + len(name) <= last for first, last in told), name
