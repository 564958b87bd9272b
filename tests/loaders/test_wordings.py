"""Wordings of assignments: labels, words of role and names of bodies as plans of all levels write them, and what only looks so."""

import pytest

from loaders.body_words import is_body, is_sure
from loaders.plan import parse_plan
from loaders.role_words import role_of

L, R, C, H = "lead", "responsible", "cooperating", "leader"


def duties(assignment: str) -> list[tuple[str, str]]:
    """What the assignment gives, behind the first of two items."""
    plan = parse_plan(
        f"青川市工作方案\n一、任务\n1.清理文件。{assignment}\n2.公开清单。\n责任单位：市司法局\n", region="青川市"
    )
    assert [d.as_written for d in plan.items[-1].duties] == ["市司法局"]
    assert all(plan.text[slice(*d.span)] == d.quote for i in plan.items for d in i.duties if d.span)
    return [(d.role.value, d.as_written) for i in plan.items[:-1] for d in i.duties]


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        # what belongs to the label behind it
        (
            "（市级牵头单位：市教育局；县级责任单位：各县区政府）",
            [(L, "市教育局"), (R, "各县区政府")],
        ),
        ("（牵头单位：市教育局；其他责任单位：市财政局）", [(L, "市教育局"), (R, "市财政局")]),
        ("\n省直牵头单位：省教育厅\n市直配合单位：市教育局", [(L, "省教育厅"), (C, "市教育局")]),
        # a label without its colon, in a bracket
        ("（责任单位 市教育局、市财政局）", [(R, "市教育局"), (R, "市财政局")]),
        ("（责任单位；市教育局）", [(R, "市教育局")]),
        ("（责任单位市教育局、市财政局）", [(R, "市教育局"), (R, "市财政局")]),
        ("\n责任单位︰市教育局", [(R, "市教育局")]),
        ("（主责：市教育局；配合：市财政局）", [(R, "市教育局"), (C, "市财政局")]),
        ("\n责任分工：市教育局牵头，市财政局配合。", [(L, "市教育局"), (C, "市财政局")]),
        ("\n——市教育局牵头，市财政局配合", [(L, "市教育局"), (C, "市财政局")]),
        ("\n『责任单位：市教育局』", [(R, "市教育局")]),
        ("\n责任单位：市教育局；业主单位：青川建设公司", [(R, "市教育局")]),
        # a mark in square brackets; the list goes on behind an open one
        ("（责任单位：市教育局[牵头]、市财政局）", [(L, "市教育局"), (R, "市财政局")]),
        (
            "（责任单位：市教育局等市直有关部门和各县区政府）",
            [(R, "市教育局"), (R, "市直有关部门"), (R, "各县区政府")],
        ),
        ("（责任单位：市、县（区）农业农村部门，市财政局）", [(R, "市、县（区）农业农村部门"), (R, "市财政局")]),
        ("（责任单位：各乡镇、县住建局）", [(R, "各乡镇"), (R, "县住建局")]),
        # a bracket before a comma, in a sentence that ends with another one; a bare list that ends its paragraph
        (
            "修路（市交通局牵头），供水（市水利局牵头，市财政局配合）。",
            [(L, "市交通局"), (L, "市水利局"), (C, "市财政局")],
        ),
        ("免收通行费（市交通局、市公路中心）。", [(R, "市交通局"), (R, "市公路中心")]),
        # what no word tells from other names, in a longer list; a person beside the body
        (
            "（市教育局、青川孵化器、市财政局、各街道）",
            [(R, "市教育局"), (R, "青川孵化器"), (R, "市财政局"), (R, "各街道")],
        ),
        ("\n牵头单位：市教育局\u3000张\u3000涛", [(L, "市教育局")]),
        ("\n牵头单位｜市教育局\n配合单位｜市财政局", [(L, "市教育局"), (C, "市财政局")]),
        ("\n主办：市教育局 分办：市财政局", [(L, "市教育局"), (R, "市财政局")]),
        # a sentence that also says when
        ("市教育局、市财政局分别负责，2021年7月31日前完成。", [(R, "市教育局"), (R, "市财政局")]),
        ("市教育局、市财政局按照职责分工负责。2021年7月31日前完成。", [(R, "市教育局"), (R, "市财政局")]),
        ("此项工作由市教育局、市财政局负责，立即执行并长期坚持。", [(R, "市教育局"), (R, "市财政局")]),
        ("（责任单位：市教育局，各市、县〔区〕人民政府）", [(R, "市教育局"), (R, "各市、县〔区〕人民政府")]),
        (
            "（市教育局、市财政局负责，列首位的为牵头单位，下同；各县区政府、园区管委会）",
            [(L, "市教育局"), (R, "市财政局"), (R, "各县区政府"), (R, "园区管委会")],
        ),
        ("（责任单位：市教育局、市财政局，黑体字单位为牵头单位）", [(R, "市教育局"), (R, "市财政局")]),
        ("（市教育局为牵头单位，市财政局为配合单位）", [(L, "市教育局"), (C, "市财政局")]),
        ("\n抢险组：由市教育局牵头，市财政局参加。", [(L, "市教育局"), (C, "市财政局")]),
        ("市教育局牵头，市财政局配合，持续推进。", [(L, "市教育局"), (C, "市财政局")]),
        ("……（市教育局、青川银行负责）", [(R, "市教育局"), (R, "青川银行")]),
        # who does what, before what is to be done
        (
            "\n由市教育局承办，市财政局、市人社局协办。目标是按期办结。",
            [(R, "市教育局"), (C, "市财政局"), (C, "市人社局")],
        ),
        # fields stand for their bodies; offices; a list that ends with a name that no word tells
        ("（市教育局负责，民政、工商、税务等部门协助）", [(R, "市教育局"), (C, "民政"), (C, "工商"), (C, "税务")]),
        ("\n（市教育局负责，民政、工商、税务等部门协助）", [(R, "市教育局"), (C, "民政"), (C, "工商"), (C, "税务")]),
        ("（基建处、资产管理处负责）", [(R, "基建处"), (R, "资产管理处")]),
        (
            "（市委宣传部、青川日报社、青川电视台、青川新闻网）",
            [(R, n) for n in ("市委宣传部", "青川日报社", "青川电视台", "青川新闻网")],
        ),
        ("（责任单位：综治办、青川派出所及沿线乡镇）", [(R, "综治办"), (R, "青川派出所"), (R, "沿线乡镇")]),
        ("（责任单位：市教育局，各县（市）委、人民政府）", [(R, "市教育局"), (R, "各县（市）委、人民政府")]),
        ("（责任单位：市住建局等行业主管部门）", [(R, "市住建局"), (R, "行业主管部门")]),
        ("（市科技局牵头，青川大学、青川学院等在市高校配合）", [(L, "市科技局"), (C, "青川大学"), (C, "青川学院")]),
        (
            "（责任单位：市教育局、市财政局，除注明“分别牵头”外，列第一位的为牵头单位，下同）",
            [(L, "市教育局"), (R, "市财政局")],
        ),
        # who bears by the label stands before the comma, who helps behind it
        (
            "（责任单位：市教育局、各县区政府，市财政局负责指导监督）",
            [(R, "市教育局"), (R, "各县区政府"), (C, "市财政局")],
        ),
        (
            "（市教育局牵头；市财政局、市人社局，各县区政府配合）",
            [(L, "市教育局"), (C, "市财政局"), (C, "市人社局"), (C, "各县区政府")],
        ),
        (
            "（市教育局牵头；市财政、工商等部门及工青妇组织配合）",
            [(L, "市教育局"), (C, "市财政"), (C, "工商"), (C, "工青妇组织")],
        ),
        ("（教育部牵头，国家档案局办公室及有关部门配合）", [(L, "教育部"), (C, "国家档案局办公室"), (C, "有关部门")]),
        ("（各省、自治区、直辖市人民政府负责）", [(R, "各省、自治区、直辖市人民政府")]),
        ("（责任单位：青川新区党工委和管委会）", [(R, "青川新区党工委和管委会")]),
        ("（市工信局、市住建局按行业分工负责）", [(R, "市工信局"), (R, "市住建局")]),
        ("整治餐饮油烟：市教育局牵头，市财政局配合，5月底前完成。", [(L, "市教育局"), (C, "市财政局")]),
        ("牵头单位市教育局，配合单位市财政局、市人社局。", [(L, "市教育局"), (C, "市财政局"), (C, "市人社局")]),
        ("（人行青川中支、新疆兵团、青川电网负责）", [(R, "人行青川中支"), (R, "新疆兵团"), (R, "青川电网")]),
    ],
)
def test_who_bears_it(assignment: str, expected: list[tuple[str, str]]) -> None:
    assert duties(assignment) == expected


@pytest.mark.parametrize(
    "prose",
    [
        "有关部门（市交通局、市水利局）。",
        "发现异常及时报告（街道办事处、社区卫生服务中心）。",
        "报送主管机构（市交通局牵头），经审定后公布。",
        "先后征求了意见（市教育局、市财政局、市水利局等12个部门书面反馈）。",
        "各县区政府负责本辖区内的组织实施。",
        "牵头单位要发挥好牵头作用，责任单位各司其职。",
        "责任单位负责人要到场。",
        "（责任单位和个人应当公开）",
        "做好分工：各部门要高度重视。",
        "落实（以下简称落实）主体责任。",
    ],
)
def test_prose_assigns_nothing(prose: str) -> None:
    assert duties(prose) == []


@pytest.mark.parametrize(
    ("words", "name", "role"),
    [
        ("市教育局主责", "市教育局", "manner"),
        ("市教育局主抓", "市教育局", L),
        ("市教育局负责牵头协调", "市教育局", L),
        ("市教育局牵头组织", "市教育局", L),
        ("市教育局负责统筹", "市教育局", "manner"),
        ("市教育局负责指导", "市教育局", C),
        ("市教育局负责督导", "市教育局", C),
        ("市教育局牵头督导", "市教育局", L),
        ("市教育局负责组织", "市教育局", "manner"),
        ("市教育局按职能职责分别负责", "市教育局", "manner"),
        ("市教育局业务指导", "市教育局", C),
        ("市教育局密切配合支持", "市教育局", C),
        ("市教育局各司其职", "市教育局", "manner"),
        ("各县区政府落实主体责任", "各县区政府", "manner"),
        ("各镇履行属地管理责任", "各镇", "manner"),
        ("市教育局按部门职责分工推动落实", "市教育局", "manner"),
        ("市教育局（配合部门）", "市教育局", "marked-cooperating"),
        ("各群团组织", "各群团组织", None),
        ("市教育局", "市教育局", None),
    ],
)
def test_how_a_body_bears(words: str, name: str, role: str | None) -> None:
    assert role_of(words) == (name, role)


def test_numbered_fields_belong_to_their_item() -> None:
    fields = "（一）整改目标：{}。\n（二）整改时限：2020年6月30日\n（三）责任单位：{}\n"
    plan = parse_plan(
        f"青川市整改方案\n一、污水直排\n{fields.format('截污', '市水利局')}二、扬尘污染\n{fields.format('降尘', '市住建局')}",
        region="青川市",
    )
    assert [(i.label, i.due.date, [d.as_written for d in i.duties]) for i in plan.items] == [
        ("一、", "2020-06-30", ["市水利局"]),
        ("二、", "2020-06-30", ["市住建局"]),
    ]
    whole = parse_plan("青川市方案\n一、目标任务：治污\n（一）截污。\n（二）责任单位：市水利局\n", region="青川市")
    assert [i.label for i in whole.items if i.duties] == ["（二）"]


def test_a_text_that_lost_its_line_breaks() -> None:
    text = (
        "青川市工作方案 一、任务 （一）清理文件。此项工作由市司法局、市财政局负责，长期坚持。 （二）公开清单。责任领导：副市长 孙立平 "
        "责任单位：市大数据局 第三条 免收通行费（市交通局、市公路中心）。 第四条 本方案由市司法局负责解释。"
    )
    items = parse_plan(text, region="青川市").items
    assert [[(d.role.value, d.as_written) for d in i.duties] for i in items if i.duties] == [
        [(R, "市司法局"), (R, "市财政局")],
        [(H, "孙立平"), (R, "市大数据局")],
        [(R, "市交通局"), (R, "市公路中心")],
    ]


def test_a_star_before_the_number() -> None:
    plan = parse_plan(
        "★1.清理。责任单位：市司法局\n★2.公开。责任单位：市财政局\n3.督办。责任单位：市审计局\n", region="青川市"
    )
    assert [(i.label, [d.as_written for d in i.duties]) for i in plan.items] == [
        ("1.", ["市司法局"]),
        ("2.", ["市财政局"]),
        ("3.", ["市审计局"]),
    ]


def test_names_that_are_bodies() -> None:
    sure = ["人行青川中支", "青川监管分局", "高新区管委会", "市武警支队", "各群团组织", "国家数据局", "驻市央企"]
    assert [name for name in sure if not is_sure(name)] == []
    likely = ["青川电力", "中国移动", "市图书馆", "国有林场", "工作专班", "人事科", "镇中心小学", "青川大学城"]
    assert [name for name in likely if not is_body(name)] == []
    assert [name for name in ("资金", "志愿者", "社会力量", "项目资金管理") if is_body(name)] == []
