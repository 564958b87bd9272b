"""Ways of assigning, each written as plans write it, inside a plan: who bears the first item, and in which role."""

import pytest

from loaders.plan import parse_plan

L, R, C, S, H = "lead", "responsible", "cooperating", "supervising", "leader"
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
    # 会同 adds all who follow, up to the next role word
    ("（市住建局会同市公安局、市水务局按职责分工负责）", [(R, "市住建局"), (C, "市公安局"), (C, "市水务局")]),
    ("（市住建局牵头，会同市公安局、市水务局落实）", [(L, "市住建局"), (C, "市公安局"), (C, "市水务局")]),
    ("（市住建局商市财政局负责，市水务局负责）", [(R, "市住建局"), (C, "市财政局"), (R, "市水务局")]),
    ("（省商务厅负责）", [(R, "省商务厅")]),
    ("（各乡镇政府负责，市住建局等有关部门指导）", [(R, "各乡镇政府"), (C, "市住建局"), (C, "有关部门")]),
    ("（市发改委牵头市财政局、市水务局配合）", [(L, "市发改委"), (C, "市财政局"), (C, "市水务局")]),
    ("（共青团中央等部门和单位按职责分工负责）", [(R, "共青团中央")]),
    ("（市残联、市红十字会、团市委按章程开展工作）", [(R, "市残联"), (R, "市红十字会"), (R, "团市委")]),
    ("责任单位：市妇联  各村（社区）  城关镇", [(R, "市妇联"), (R, "各村（社区）"), (R, "城关镇")]),
    ("责任单位：县人民政府 办公室", [(R, "县人民政府 办公室")]),
    (
        "责任单位：各镇（街道）党（工）委、政府（办事处），市水务局",
        [(R, "各镇（街道）党（工）委、政府（办事处）"), (R, "市水务局")],
    ),
    ("由市人社局负责，市残联配合。", [(R, "市人社局"), (C, "市残联")]),
    ("此项工作由市人社局牵头，市残联配合。", [(L, "市人社局"), (C, "市残联")]),
    (
        "【市政府办公室（市大数据局）牵头，市直各部门落实；全年任务】",
        [(L, "市政府办公室（市大数据局）"), (R, "市直各部门")],
    ),
    (
        "〔责任单位：市发改委、市工信局按职责分工负责。具体任务均涉及各县区政府，不再做分工，下同〕",
        [(R, "市发改委"), (R, "市工信局")],
    ),
    ("责任单位（含驻市单位）：市教育局、市财政局", [(R, "市教育局"), (R, "市财政局")]),
    # labels put together of what names a role and what names a body
    ("协助部门：市教育局", [(C, "市教育局")]),
    ("整改落实单位：市教育局；指导单位：市财政局", [(R, "市教育局"), (C, "市财政局")]),
    ("牵头校领导：王五；主责部门：市教育局", [(H, "王五"), (R, "市教育局")]),
    ("责任单位：市教育局 督办单位：市督查室 联系人：王五", [(R, "市教育局"), (S, "市督查室")]),
    # a label that asks for bodies and persons
    (
        "责任单位及责任人：市教育局（王五）、市财政局 李小四",
        [(R, "市教育局"), (H, "王五"), (R, "市财政局"), (H, "李小四")],
    ),
    ("牵头单位及责任人：市编委办（市委编办）、市财政局", [(L, "市编委办（市委编办）"), (L, "市财政局")]),
    ("责任人：党委书记 高远、副市长李文（分管）", [(H, "高远"), (H, "李文")]),
    ("责任人：李强 王小凯", [(H, "李强"), (H, "王小凯")]),
    ("责任人：李强 副局长、各乡镇长", [(H, "李强")]),
    # a line that ends inside a list or a name
    (
        "责任单位：市人力资源\n和社会保障局、市交通运\n输局，\n市水务局",
        [(R, "市人力资源\n和社会保障局"), (R, "市交通运\n输局"), (R, "市水务局")],
    ),
    ("责任单位：市教育局\n市财政部门要保障资金。", [(R, "市教育局")]),
    (
        "责任单位：市卫生局 市环保局\n            市药监局 市质监局",
        [(R, n) for n in ("市卫生局", "市环保局", "市药监局", "市质监局")],
    ),
    # a list that goes on behind an open one, or ends in a kind of bodies
    ("（市民政局牵头，市残联等单位及各镇配合）", [(L, "市民政局"), (C, "市残联"), (C, "各镇")]),
    ("责任单位：市科技局、青川大学等科研院所和高校", [(R, "市科技局"), (R, "青川大学")]),
    ("（市精神文明办、市环保局、各新闻媒体）", [(R, "市精神文明办"), (R, "市环保局"), (R, "各新闻媒体")]),
    (
        "（市市场监管局〔市知识产权局〕、青川铁路有限公司）",
        [(R, "市市场监管局〔市知识产权局〕"), (R, "青川铁路有限公司")],
    ),
    ("由市交易中心负责，市发改委指导监督。", [(R, "市交易中心"), (C, "市发改委")]),
    ("市发改委、市财政局负责。", [(R, "市发改委"), (R, "市财政局")]),
    (
        "牵头单位 市委政法委 责任单位 市公安局、各县区 完成时限 2019年底",
        [(L, "市委政法委"), (R, "市公安局"), (R, "各县区")],
    ),
    # what a copy of a web page leaves
    ("<br/>责任单位：市教育局&nbsp;&nbsp;配合单位：市财政局</p><p>", [(R, "市教育局"), (C, "市财政局")]),
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
        ("责任单位：市住建局\n完成时限：二〇二四年六月底", "2024-06-30"),
        ("由市住建局牵头，市财政局配合。2020年12月底前完成。", "2020-12-31"),
        ("责任单位：市住建局\n完成时限：二○二四年十二月三十一日前", "2024-12-31"),
        ("责任单位：市住建局\n完成时限：２０２４年６月底前", "2024-06-30"),
        ("责任单位：市住建局\n完成时限：2024年底前完成试点，2025年全面推开，长期坚持", "2025-12-31"),
        ("责任单位：市住建局\n完成时限：2024年6月底完成主体，9月底通水", "2024-09-30"),
        ("责任单位：市住建局\n完成时限：2024年3月启动，持续推进", None),
        ("责任单位：市住建局\n完成时限：2024年5月底取得阶段性成效并持续推进", None),
    ],
)
def test_when_it_is_due(assignment: str, due: str | None) -> None:
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
    assert [(w.code, plan.text[slice(*w.span)]) for w in plan.warnings if w.span] == [("time-not-read", "待研究确定")]
    for time, code in (
        ("2024年13月45日前", "no-such-date"),
        ("2024年6月45日前", "no-such-date"),
        ("2024年2月30日前", "impossible-date"),
    ):
        plan = parse_plan(item(f"责任单位：市司法局\n完成时限：{time}"), region="青川市")
        dates = [d.date for d in plan.items[0].deadlines]
        assert ([w.code for w in plan.warnings], dates) == (
            [code],
            ["2024-02-29" if code == "impossible-date" else None],
        )
    for time in ("2024年3月1日至4月30日", "2024年4月15日、6月30日前"):  # the days of both are days of their months
        assert parse_plan(item(f"责任单位：市司法局\n完成时限：{time}"), region="青川市").warnings == ()
    told = parse_plan(item("责任单位：市司法局\n完成时限：按上级要求及时完成"), region="青川市")
    assert told.warnings == ()


def test_a_date_in_the_body_that_no_calendar_has_is_told() -> None:
    plan = parse_plan(
        "青川县方案\n1.2024年13月底前公开清单。\n责任单位：县司法局\n2.办理。2024年3月底前办理13件。\n责任单位：县司法局\n"
    )
    assert [(w.code, plan.text[slice(*w.span)]) for w in plan.warnings if w.span] == [("no-such-date", "2024年13月")]


def test_a_control_character_is_told() -> None:
    plan = parse_plan(item("责任单位：市司\x00法局"), region="青川市")
    assert [(w.code, plan.text[slice(*w.span)]) for w in plan.warnings if w.span] == [("control-character", "\x00")]
    assert parse_plan(item("责任单位：市司法局\x0c"), region="青川市").warnings == ()


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
        "建立由医疗保障部门牵头，有关部门参加的机制。",
        "由市司法局负责解释。",
        "市教育局、市财政局按照职责分工，各负其责，密切配合。",
        "有关部门（市教育局牵头）应当公开。",
        "市教育局牵头制定方案；市财政局配合。",
        "各相关部门（市教育局、市财政局）。",
        "责任单位 每月公开。",
        "日常工作由市司法局负责，资金由市财政局保障。",
        "市直机关、县级医院（县级医院由企业负责）应当公开。",
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


def test_a_bracket_may_close_a_sentence_without_a_mark_before_it() -> None:
    plan = parse_plan(
        "青川市方案\n1.清理（市司法局负责）；公开（市大数据局负责）。\n2.督办（市政府办牵头）\n", region="青川市"
    )
    assert [(i.body, [d.as_written for d in i.duties]) for i in plan.items if i.duties] == [
        ("清理", ["市司法局"]),
        ("公开", ["市大数据局"]),
        ("督办", ["市政府办"]),
    ]


TABLES = [
    "序号\t任务\t牵头单位\t责任人\t完成时限\n1\t清理文件\t市司法局\t王五\t2024年6月\n2\t公开目录\t市大数据局\t李小四\t长期\n",
    "序号\n任务\n牵头单位\n责任人\n完成时限\n1\n清理文件\n市司法局\n王五\n2024年6月\n2\n公开目录\n市大数据局\n李小四\n长期\n",
    "<table><tr><td>序号</td><td>任务</td><td>牵头单位</td><td>责任人</td><td>完成时限</td></tr><tr><td>1</td><td>清理文件</td>"
    "<td>市司法局</td><td>王五</td><td>2024年6月</td></tr><tr><td>2</td><td>公开目录</td><td>市大数据局</td><td>李小四</td><td>长期</td></tr></table>",
    # a ruled line below the head row, a last cell that is empty
    "| 序号 | 任务 | 牵头单位 | 责任人 | 完成时限 | 备注 |\n|---|:---:|---|---|---|---|\n| 1 | 清理文件 | 市司法局 | 王五 | 2024年6月 |  |\n"
    "| 2 | 公开目录 | 市大数据局 | 李小四 | 长期 |  |\n",
    "序号 任务 牵头单位 责任人 完成时限 备注 1 清理文件 市司法局 王五 2024年6月 2 公开目录 市大数据局 李小四 长期",
]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_its_text_still_shows(table: str) -> None:
    plan = parse_plan(f"青川市任务分工表\n{table}", region="青川市")
    assert [(i.number, i.body, i.due.date, [(d.role.value, d.as_written) for d in i.duties]) for i in plan.items] == [
        (1, "清理文件", "2024-06-30", [(L, "市司法局"), (H, "王五")]),
        (2, "公开目录", None, [(L, "市大数据局"), (H, "李小四")]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t单位\t电话\n王五\t市司法局\t123\n李四\t市财政局\t456\n",
        "序号\n任务\n责任单位\n",
        "任务\n责任单位\n时限\n清理文件。\n市司法局\n",
    ],
)
def test_what_only_looks_like_a_table(text: str) -> None:
    assert [d.as_written for i in parse_plan(text, region="青川市").items for d in i.duties] == []


@pytest.mark.parametrize(
    "convention",
    [
        "列首位的为牵头单位，下同",
        "排名第一的单位为牵头单位",
        "第一个单位为牵头单位",
        "责任单位中排首位的为牵头单位",
        "各项任务位列第一的为牵头部门，其他为配合单位",
        "列第一位的为牵头评价部门，下同",
        "排在首位的为主牵头单位",
        "牵头单位排在首位，下同",
        "排在前面的为牵头单位，下同",
        "排在首位的部门牵头，下同",
        "首家单位牵头",
    ],
)
def test_a_stated_convention_holds_from_where_it_stands(convention: str) -> None:
    others = C if "其他为配合" in convention else R
    plan = parse_plan(
        f"青川市工作方案\n1.清理。（责任单位：市教育局、市财政局，{convention}）\n2.公开。（责任单位：市司法局、市财政局）\n",
        region="青川市",
    )
    assert [[(d.role.value, d.as_written) for d in i.duties] for i in plan.items] == [
        [(L, "市教育局"), (others, "市财政局")],
        [(L, "市司法局"), (others, "市财政局")],
    ]
    assert [duty.inferred for duty in plan.items[1].duties] == [True, others == C]
    assert plan.items[1].duties[0].because


def test_a_blank_for_a_mark_in_a_text_without_line_breaks() -> None:
    text = (
        "青川市工作方案 一、任务 1.清理文件。责任单位：市司法局 市政府办 市财政局、市人社局 2.公开目录。责任单位：市政府办 "
        "市财政局负责经费。"
    )
    named = [[d.as_written for d in i.duties] for i in parse_plan(text, region="青川市").items]
    assert named == [["市司法局", "市政府办", "市财政局", "市人社局"], ["市政府办"]]


def test_the_foot_of_a_web_page_assigns_nothing() -> None:
    foot = ["打印本页", "主办单位：青川市人民政府办公室 承办单位：市大数据局", "备案号：青ICP备05001号"]
    plan = parse_plan("\n".join([item("主办单位：市教育局"), *foot]), region="青川市")
    assert [d.as_written for i in plan.items for d in i.duties] == ["市教育局", "市司法局"]
    plan = parse_plan(" ".join(["青川市工作要点 一、清理文件。 二、公开目录。", *foot]), region="青川市")
    assert [d for i in plan.items for d in i.duties] == []


def test_the_head_of_a_web_page_hides_no_list_of_duties() -> None:
    text = "索引号：0001 责任部门：市政府办\n一、部门职责\n市公安局负责秩序。\n市水务局负责抢修。\n市民政局负责救济。\n"
    assert [d.as_written for i in parse_plan(text).items for d in i.duties] == ["市公安局", "市水务局", "市民政局"]


@pytest.mark.parametrize(
    "text",
    [
        "一、任务\n1.清理文件。责任单位 市司法局、市财政局\n2.公开目录。责任单位\u3000市政府办\n",
        "青川市工作方案 一、任务 1.清理文件。责任单位 市司法局、市财政局 2.公开目录。责任单位 市政府办",
        "一、任务\n1.清理文件。（责任单位 市司法局、市财政局）\n2.公开目录。（责任单位 市政府办）\n",
    ],
)
def test_a_label_with_a_blank_for_its_colon(text: str) -> None:
    assert [[d.as_written for d in i.duties] for i in parse_plan(text, region="青川市").items] == [
        ["市司法局", "市财政局"],
        ["市政府办"],
    ]


def test_one_label_in_a_text_without_numbers_is_no_plan() -> None:
    assert parse_plan("发布单位：县府办 责任单位：县教育局\n青川县关于开展活动的通知\n活动丰富。").items == ()


def test_a_convention_about_the_type_of_names_is_told() -> None:
    text = "青川市工作方案\n加粗的为牵头单位，其余为责任单位。\n1.清理。（市教育局、市财政局）\n"
    plan = parse_plan(text, region="青川市")
    assert [(d.role.value, d.as_written) for d in plan.items[0].duties] == [(R, "市教育局"), (R, "市财政局")]
    assert [(w.code, text[slice(*w.span or (0, 0))]) for w in plan.warnings] == [("role-not-told", "加粗的为牵头单位")]
