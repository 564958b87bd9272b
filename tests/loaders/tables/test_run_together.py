"""Tables that became running text: glued, by lines, by blanks; with a head row or with marked leads."""

import pytest

from loaders.lexicon.scan import scan
from loaders.plan import parse_plan
from loaders.tables.in_text import text_tables

EXPECTED = [
    ([("lead", "市发改委"), ("responsible", "市财政局"), ("responsible", "市教育局")], "2021-12-31"),
    ([("lead", "市教育局"), ("responsible", "市卫健委")], "2021-06-30"),
    ([("lead", "市民政局"), ("responsible", "市残联"), ("responsible", "各县区人民政府")], None),
]
CELLS = [
    ("1", "开展清理工作", "市发改委", "市财政局、市教育局", "2021年12月"),
    ("2", "推进改革试点", "市教育局", "市卫健委", "2021年6月底"),
    ("3", "完善服务体系", "市民政局", "市残联、各县区人民政府", "长期坚持"),
]
HEAD = ("序号", "工作任务", "牵头单位", "责任单位", "完成时限")


@pytest.mark.parametrize("gap", ["", " ", "\n", "\t", "\u3000\u3000"], ids=["glued", "blank", "line", "tab", "wide"])
def test_a_table_with_a_head_row(gap: str) -> None:
    text = gap.join(HEAD) + (gap or "") + gap.join(gap.join(row) for row in CELLS)
    items = parse_plan(text, issued_on="2021", region="娄底市").items
    assert [([(d.role.value, d.as_written) for d in i.duties], i.due.date) for i in items] == EXPECTED
    assert [(i.number, i.heading) for i in items] == [(1, "开展清理工作"), (2, "推进改革试点"), (3, "完善服务体系")]
    # where something parts its cells they are still there
    assert {d.rule for i in items for d in i.duties} == {"table-cell"}


PERSONS = [
    # a person behind the bodies, between two columns of them, or before them: told by his family name
    (
        "序号工作任务责任单位责任人完成时限1清理文件市司法局、市政府办王志强2024年6月底2公开目录市直有关部门刘敏长期坚持3督查落实"
        "市政府办、各县（市、区）政府欧阳建国2024年底前",
        [
            [("responsible", "市司法局"), ("responsible", "市政府办"), ("leader", "王志强")],
            [("responsible", "市直有关部门"), ("leader", "刘敏")],
            [("responsible", "市政府办"), ("responsible", "各县（市、区）政府"), ("leader", "欧阳建国")],
        ],
    ),
    (
        "序号工作任务牵头单位责任人配合单位1清理文件市司法局王志强市财政局、市档案局2公开目录市政府办刘敏市大数据局3督查落实市委督查室"
        "赵卫市司法局",
        [
            [("lead", "市司法局"), ("leader", "王志强"), ("cooperating", "市财政局"), ("cooperating", "市档案局")],
            [("lead", "市政府办"), ("leader", "刘敏"), ("cooperating", "市大数据局")],
            [("lead", "市委督查室"), ("leader", "赵卫"), ("cooperating", "市司法局")],
        ],
    ),
    (
        "序号工作任务牵头领导牵头单位1清理文件李建国市司法局2公开目录赵卫市政府办3督查落实钱进市财政局",
        [
            [("leader", "李建国"), ("lead", "市司法局")],
            [("leader", "赵卫"), ("lead", "市政府办")],
            [("leader", "钱进"), ("lead", "市财政局")],
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PERSONS)
def test_a_column_of_persons(text: str, expected: list[list[tuple[str, str]]]) -> None:
    items = parse_plan(text, issued_on="2024", region="青川市").items
    assert [[(d.role.value, d.as_written) for d in i.duties] for i in items] == expected


def test_marked_leads_need_no_head_row() -> None:
    text = (
        "1支持社区活动市文广局（牵头）、市教育局和各区人民政府持续实施2放宽责任保险市保险协会（牵头）会同有关部门2021年2季度出台"
        "二、政策措施3推进试点人行娄底中心支行（牵头）、市金融办2021年底前"
    )
    items = parse_plan(text, issued_on="2021", region="娄底市").items
    assert [([(d.role.value, d.as_written) for d in i.duties], i.due.date) for i in items] == [
        ([("lead", "市文广局"), ("responsible", "市教育局"), ("responsible", "各区人民政府")], None),
        ([("lead", "市保险协会"), ("responsible", "有关部门")], "2021-06-30"),
        ([("lead", "人行娄底中心支行"), ("responsible", "市金融办")], "2021-12-31"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1.清理文件。（市司法局牵头）\n2.公开清单。（市编办牵头）\n3.推进试点。（市教育局牵头）",
        "市文广局（牵头）、市教育局（牵头）、市民政局（牵头）",
        "要明确工作任务、责任单位、完成时限。1是清理2是公开3是推进",
        "工作任务 责任单位：市教育局 1个 2个 3个",
        "",
    ],
)
def test_no_table(text: str) -> None:
    assert text_tables(text, scan(text)) == ([], [])


def test_names_that_hold_the_end_or_the_level_of_another() -> None:
    text = (
        "序号存在问题责任单位完成时限1路口拥堵市公安局交警支队、市城管局2021年6月底2垃圾未清市城管局、青东区人民政府、青西区人民政府"
        "2021年8月底3台账缺失市档案局2021年9月底"
    )
    items = parse_plan(text, issued_on="2021", region="青川市").items
    assert [[d.as_written for d in i.duties] for i in items] == [
        ["市公安局交警支队", "市城管局"],
        ["市城管局", "青东区人民政府", "青西区人民政府"],
        ["市档案局"],
    ]


def test_a_sentence_in_a_cell_is_no_body_and_a_post_in_brackets_tells_a_person() -> None:
    rows = (
        (
            "1",
            "报警器未接入",
            "1.恢复联锁；\n2.接入24小时有人值守的控制室。",
            "鲁恒化工有限公司",
            "王建国",
            "市应急局",
            "2021年6月底",
        ),
        ("2", "消火栓无水", "维修管网。", "金泉物业有限公司", "孙立军（项目经理）", "市住建局", "2021年8月底"),
    )
    head = ("序号", "隐患情况", "整改措施", "责任单位", "责任人", "督办单位", "整改时限")
    text = "青川市隐患整改清单\n" + "\n".join(("\n".join(head), *("\n".join(row) for row in rows)))
    items = parse_plan(text, issued_on="2021", region="青川市").items
    assert [[(d.role.value, d.as_written) for d in i.duties] for i in items] == [
        [("responsible", "鲁恒化工有限公司"), ("leader", "王建国"), ("supervising", "市应急局")],
        [("responsible", "金泉物业有限公司"), ("leader", "孙立军"), ("supervising", "市住建局")],
    ]
