"""Lists told body by body: under a heading that announces them, by lines, numbers or sentences; never in prose."""

from itertools import pairwise

import pytest

from loaders.duties.body_lists import clauses
from loaders.duties.reading import Taken, read
from loaders.plan import parse_plan

LISTS = [
    (
        "三、职责分工\n县财政局：落实资金。\n县公安局：维护秩序。\n县卫健局：做好保障。\n四、要求\n各乡镇要高度重视。",
        [("responsible", ["县财政局"]), ("responsible", ["县公安局"]), ("responsible", ["县卫健局"])],
    ),
    (
        "二、部门职责\n（一）县财政局。负责资金。\n（二）县公安局、县交通局。维护秩序。\n（三）县水务局。负责抢修，牵头会商。",
        [("responsible", ["县财政局"]), ("responsible", ["县公安局", "县交通局"]), ("responsible", ["县水务局"])],
    ),
    (
        "三、职责分工：县发改委牵头负责规划；县财政局负责资金；各乡镇人民政府负责实施。",
        [("lead", ["县发改委"]), ("responsible", ["县财政局"]), ("responsible", ["各乡镇人民政府"])],
    ),
    (
        "一、明确责任分工\n——县财政局负责资金。\n——县公安局加强巡查,牵头维护秩序。\n——县卫健局负责救护。",
        [("responsible", ["县财政局"]), ("lead", ["县公安局"]), ("responsible", ["县卫健局"])],
    ),
    (
        "2 组织体系\n2.1 指挥部\n统一领导。\n2.2 成员单位职责\n2.2.1 县应急局：负责协调。\n2.2.2 县公安局：维护秩序。\n"
        "2.2.3 县水利局牵头监测。\n3 预警\n加强监测。",
        [("responsible", ["县应急局"]), ("responsible", ["县公安局"]), ("lead", ["县水利局"])],
    ),
    (
        "三、职责分工\n市委组织部、市扶贫办：负责选派。\n市委组织部负责考核。\n市财政局：负责资金。",
        [("responsible", ["市委组织部", "市扶贫办"]), ("responsible", ["市委组织部"]), ("responsible", ["市财政局"])],
    ),
    (
        "（一）发展改革部门：负责协调。\n（二）统计部门：负责监测。\n（三）镇派出所：负责排查。\n（四）各村（居）：及时上报。\n二、时间\n即日起。",
        [
            ("responsible", ["发展改革部门"]),
            ("responsible", ["统计部门"]),
            ("responsible", ["镇派出所"]),
            ("responsible", ["各村（居）"]),
        ],
    ),
    (
        "五、职责分工\n县财政局：落实资金。\n县公安局：维护秩序。\n县卫健局：做好保障。\n本预案由县防指办公室负责解释，自发布之日起实施。",
        [("responsible", ["县财政局"]), ("responsible", ["县公安局"]), ("responsible", ["县卫健局"])],
    ),
    (
        "《古城条例》自3月1日起施行。经研究，分工如下：\n办公室——牵头拟订台账。\n文物科（考古科）——负责巡查，配合市规划局做好管控。\n财务科——负责资金。",
        [("lead", ["办公室"]), ("responsible", ["文物科（考古科）"]), ("responsible", ["财务科"])],
    ),
    (
        "五、责任清单\n县委组织部:负责选派;县财政局:负责资金;县教育局:牵头做好控辍。",
        [("responsible", ["县委组织部"]), ("responsible", ["县财政局"]), ("lead", ["县教育局"])],
    ),
    (
        "三、职责分工 县财政局：负责资金。 县公安局：维护秩序。 县卫健局负责救护。",
        [("responsible", ["县财政局"]), ("responsible", ["县公安局"]), ("responsible", ["县卫健局"])],
    ),
    (
        "三、职责分工\n（一）县农业农村局\n牵头负责改厕。\n组织培训。\n（二）县卫健局：\n1.负责指导。\n2.开展宣传。\n（三）各乡镇人民政府\n负责实施。",
        [("lead", ["县农业农村局"]), ("responsible", ["县卫健局"]), ("responsible", ["各乡镇人民政府"])],
    ),
    (
        "二、职责分工\n各组成单位及其职责如下：\n县财政局。负责资金。\n县交通局、公路局。负责巡查。\n供销、粮食、邮政等部门和单位负责本行业。\n"
        "各乡镇政府是辖区工作的责任主体，负责实施。",
        [
            ("responsible", ["县财政局"]),
            ("responsible", ["县交通局", "公路局"]),
            ("responsible", ["供销", "粮食", "邮政"]),
            ("responsible", ["各乡镇政府"]),
        ],
    ),
    (
        "二、职责分工\n县财政局职责：筹集资金。\n县公安局。维护秩序。\n县卫健局主要职责：救治伤员。\n县水务局  保障供水。",
        [("responsible", [unit]) for unit in ("县财政局", "县公安局", "县卫健局", "县水务局")],
    ),
    (
        "二、职责分工\n⑴县财政局：筹集资金。\n⑵县公安局：维护秩序。\n⑶县卫健局：救治伤员。",
        [("responsible", [unit]) for unit in ("县财政局", "县公安局", "县卫健局")],
    ),
    (
        "附：成员单位职责\n县财政局：筹集资金。\n县公安局：维护秩序。\n县卫健局：救治伤员。\n其他单位按照各自职责做好相关工作。",
        [("responsible", [unit]) for unit in ("县财政局", "县公安局", "县卫健局", "其他单位")],
    ),
    (
        "四、任务分工\n宣传部门负责宣传。（二）公安部门负责治安。（三）财政部门负责资金。",
        [("responsible", ["宣传部门"]), ("responsible", ["公安部门"]), ("responsible", ["财政部门"])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_a_list_is_read(text: str, expected: list[tuple[str, list[str]]]) -> None:
    plan = parse_plan(text, region="青川县")
    borne = [item for item in plan.items if item.duties]
    assert [(i.duties[0].role.value, [d.as_written for d in i.duties]) for i in borne] == expected
    assert {d.rule for i in borne for d in i.duties} == {"unit-first"}
    for before, after in pairwise(borne):
        assert before.span[1] <= after.span[0]


def test_the_clause_is_the_bearers_and_the_word_behind_them() -> None:
    plan = parse_plan("六、部门职责\n县公安局负责疏散。\n县水务局牵头抢修。\n县民政局：救济。", region="青川县")
    assert [d.clause_quote for i in plan.items for d in i.duties] == ["县公安局负责", "县水务局牵头", "县民政局："]
    assert [i.body for i in plan.items] == ["县公安局负责疏散。", "县水务局牵头抢修。", "县民政局：救济。"]


def test_an_excerpt_that_is_nothing_but_a_list_needs_no_heading() -> None:
    plan = parse_plan("县财政局：落实资金。\n县公安局：维护秩序。\n县水务局负责抢修。", region="青川县")
    assert [d.as_written for i in plan.items for d in i.duties] == ["县财政局", "县公安局", "县水务局"]


@pytest.mark.parametrize(
    "text",
    [
        # no heading announces it
        "一、背景\n县财政局负责资金。\n县公安局负责秩序。\n县水务局负责抢修。\n二、展望\n前景广阔，大有可为，各方面都要努力做好工作。",
        # demands in prose
        "（一）明确责任分工。各部门要高度重视。财政部门要保障资金；人社部门要抓好落实；审计部门要加强监督。",
        # two are no list
        "一、职责分工\n县财政局负责资金。\n县公安局负责秩序。",
        # most lines begin otherwise
        "一、工作职责\n县财政局负责资金。\n建立会商机制，定期研究。\n完善信息共享，及时通报。\n县公安局负责秩序。\n加强督导检查，严格考核。\n县水务局负责抢修。",
    ],
)
def test_no_list(text: str) -> None:
    assert list(clauses(read(text), Taken())) == []


def bearers(text: str) -> list[str]:
    return [d.as_written for i in parse_plan(text, region="青川县").items for d in i.duties]


def test_a_list_is_chosen_by_its_section() -> None:
    tasks = "一、清理文件。（责任单位：县司法局）\n二、职责分工\n"
    lines = "县财政局负责资金。\n县公安局负责秩序。\n县水务局要抢修设施。"
    assert bearers(tasks + lines) == ["县司法局", "县财政局", "县公安局", "县水务局"]
    commas = "县财政局，负责资金。\n县公安局，要维护秩序。\n各镇要做好值守。\n县水务局，牵头抢修。"
    assert bearers(tasks + commas) == ["县司法局", "县财政局", "县公安局", "县水务局"]
    numbers = "（一）县财政局：安排资金。\n（二）县公安局\n维护秩序。\n（三）县水务局。牵头抢修。\n"
    assert bearers(tasks + numbers) == ["县司法局", "县财政局", "县公安局", "县水务局"]


def test_a_section_that_assigns_otherwise_has_no_such_list() -> None:
    text = "一、职责分工\n县财政局负责资金。\n县公安局负责秩序。\n县水务局负责抢修。\n责任单位：县司法局\n"
    assert bearers(text) == ["县司法局"]


def test_what_a_unit_does_with_others_names_no_bearer() -> None:
    text = (
        "成员单位职责\n1.县林业站：管护树木。配合有关部门清渠。\n2.县水利局：指导建设。指导各镇清淤。\n"
        "3.县财政局：保障经费。协调相关企业出资。\n4.县公安局：查处案件。组织各派出所巡查。\n"
    )
    assert bearers(text) == ["县林业站", "县水利局", "县财政局", "县公安局"]
