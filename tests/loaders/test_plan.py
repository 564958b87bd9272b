"""Plan: small plans of several forms, their ids and sections, the document's own facts, and texts that are none."""

import json

import pytest

from graph.errors import ParameterError
from graph.model import Plan, to_json
from loaders.files.source import Source
from loaders.plan import parse_plan

COUNTY = """青川县人民政府办公室
关于印发《青川县2019年政务公开工作方案》的通知
青政办发〔2019〕12号

各乡镇人民政府:
各项工作任务除本方案有明确时间要求外,原则上应当在2019年年底前完成。县司法局要牵头做好督促检查。各乡镇要牵头抓好落实。
2019年4月18日

一、总体要求
(一)指导思想
坚持公开为常态。
二、主要任务
(一)解读政策
加强解读。
1.做好解读。严格执行《湖南省行政程序规定》,2019年6月底前公布目录。每季度通报。监察部门要通报结果。
牵头单位:县政府办、县司法局。
责任单位:县融媒体中心等有关部门,各乡镇人民政府按职责分工分别负责。
完成时限:没有明确时间要求的,于2019年9月底前完成;属于常态化工作的,长期坚持。
2.回应关切。
责任单位:县委宣传部。
(二)平台建设
3.建设平台。
责任单位:县政府办。
三、保障措施
加强领导。
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return parse_plan(COUNTY)


def test_document(plan: Plan) -> None:
    document = plan.document
    assert (document.id, document.title, document.kind) == (
        "青川县-青政办发2019-12",
        "青川县2019年政务公开工作方案",
        "工作方案",
    )
    assert (document.issuers, document.region, document.issued_on) == (
        ("青川县人民政府办公室",),
        "青川县",
        "2019-04-18",
    )
    assert (document.reference_number, document.span) == ("青政办发〔2019〕12号", (0, len(COUNTY)))


def test_sections(plan: Plan) -> None:
    rows = [(s.id.partition(":")[2], s.label, s.title, s.level, s.position) for s in plan.sections]
    assert rows == [
        ("s0", None, "", 0, 0),
        ("s1", "一、", "总体要求", 1, 1),
        ("s1.1", "(一)", "指导思想", 2, 1),
        ("s2", "二、", "主要任务", 1, 2),
        ("s2.1", "(一)", "解读政策", 2, 1),
        ("s2.2", "(二)", "平台建设", 2, 2),
        ("s3", "三、", "保障措施", 1, 3),
    ]
    assert {s.id.partition(":")[2]: s.parent for s in plan.sections}["s2.1"] == "青川县-青政办发2019-12:s2"
    assert {s.title: s.intro for s in plan.sections}["解读政策"] == "加强解读。"


def test_items(plan: Plan) -> None:
    rows = [(i.id.partition(":")[2], i.number, i.label, i.heading, i.position, i.due.date) for i in plan.items]
    assert rows == [
        ("s2.1-1", 1, "1.", "做好解读", 1, "2019-09-30"),
        ("s2.1-2", 2, "2.", "回应关切", 2, "2019-12-31"),
        ("s2.2-3", 3, "3.", "建设平台", 1, "2019-12-31"),
    ]
    assert [i.due.basis.value for i in plan.items] == ["item", "document", "document"]


def test_duties_in_order(plan: Plan) -> None:
    rows = [(d.role.value, d.position, d.unit.id, d.collective, d.open_list) for d in plan.items[0].duties]
    own = "青川县-青政办发2019-12"
    assert rows == [
        ("lead", 1, "青川县:县政府办", False, False),
        ("lead", 2, "青川县:县司法局", False, False),
        ("responsible", 1, "青川县:县融媒体中心", False, True),
        ("responsible", 2, f"{own}:有关部门", True, True),
        ("responsible", 3, f"{own}:各乡镇人民政府", True, True),
    ]
    assert {d.clause_quote for d in plan.items[0].duties if d.role == "lead"} == {"牵头单位:县政府办、县司法局。"}


def test_other_facts_of_an_item(plan: Plan) -> None:
    item = plan.items[0]
    assert [(d.kind.value, d.quote) for d in item.deadlines] == [
        ("explicit", "2019年6月底前"),
        ("recurring", "每季度"),
        ("default", "2019年9月底前"),
        ("ongoing", "属于常态化工作的,长期坚持"),
    ]
    assert item.ongoing
    assert [(c.title, c.relation.value) for c in item.citations] == [("湖南省行政程序规定", "implements")]
    assert [m.as_written for m in item.mentions] == ["监察部门"]
    assert [[k.value for k in t.kinds] for t in item.tasks] == [["timed"], ["recurring"]]
    assert [d.id.rpartition("-")[2] for d in item.deadlines] == ["d1", "d2", "d3", "d4"]
    assert item.duties[0].id == f"{item.id}|lead|县政府办|1"


def test_the_documents_own_facts(plan: Plan) -> None:
    assert [(d.role.value, d.unit.id, d.clause_quote) for d in plan.duties] == [
        ("lead", "青川县:县司法局", "县司法局要牵头做好督促检查。")
    ]
    assert [(d.kind.value, d.date, d.hedge, d.conditional) for d in plan.deadlines] == [
        ("document", "2019-12-31", "原则上", True)
    ]
    assert plan.warnings == ()


NO_DUTY = [
    "各乡镇要牵头抓好落实。",
    "作为牵头单位的部门要负总责。",
    "有关部门要牵头做好工作。",
    "县发改局要做好牵头协调。",
    "要建立牵头机制。",
]


@pytest.mark.parametrize("sentence", NO_DUTY)
def test_no_duty_of_the_whole_plan(sentence: str) -> None:
    assert parse_plan(f"青川县工作方案\n{sentence}\n1.清理。\n责任单位：县司法局\n").duties == ()


NO_FALLBACK = [
    "力争到2019年年底,机制基本健全。",
    "2019年年底前完成。",
    "除本方案外,2019年年底前印发其他方案。",
]


@pytest.mark.parametrize("sentence", NO_FALLBACK)
def test_no_fallback(sentence: str) -> None:
    plan = parse_plan(f"青川县工作方案\n{sentence}\n1.清理。\n责任单位：县司法局\n")
    assert (plan.deadlines, plan.items[0].due.date) == ((), None)


def ids(text: str) -> list[str]:
    return [i.id.partition(":")[2] for i in parse_plan(text).items]


BEAR = "责任单位：县司法局\n"
ITEM_IDS = [
    # a number repeated in its section, and the same number in another section
    (f"一、甲类\n1.修路。\n{BEAR}1.架桥。\n{BEAR}二、乙类\n1.植树。\n{BEAR}", ["s1-1", "s1-1~2", "s2-1"]),
    # no heading above: all in s0
    (f"青川县工作方案\n1.修路。\n{BEAR}2.架桥。\n{BEAR}", ["s0-1", "s0-2"]),
    # items are the headings themselves
    (f"青川县工作方案\n一、修路\n{BEAR}二、架桥\n{BEAR}", ["s0-1", "s0-2"]),
    (f"青川县工作方案\n第一条 修路。\n{BEAR}第二条 架桥。\n{BEAR}", ["s0-1", "s0-2"]),
    # numbers run on through the sections
    (f"一、甲\n⒈修路。\n{BEAR}二、乙\n⒉架桥。\n{BEAR}三、丙\n3.植树。\n{BEAR}", ["s1-1", "s2-2", "s3-3"]),
    (f"一、甲\n（一）修路。\n{BEAR}（二）架桥。\n{BEAR}", ["s1-1", "s1-2"]),
    (f"第一部分 甲\n一、乙\n1.修路。\n{BEAR}", ["s1.1-1"]),
    # a numbered point inside an item is part of its body
    (f"一、甲\n1.修路。\n(1)勘察；\n(2)施工。\n{BEAR}2.架桥。\n{BEAR}", ["s1-1", "s1-2"]),
    # … also where the next item's points have bearers of their own
    (
        f"一、甲\n1.修路。\n(1)勘察；\n(2)施工。\n{BEAR}2.架桥。\n(1)勘察。\n{BEAR}(2)施工。\n{BEAR}",
        ["s1-1", "s1.1-1", "s1.1-2"],
    ),
    # the list of appendices holds no items
    (f"一、甲\n1.修路。\n{BEAR}附件：1.任务清单\n2.联系表\n", ["s1-1"]),
]


@pytest.mark.parametrize(("text", "expected"), ITEM_IDS)
def test_item_ids(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


PARTS = [
    # several assignments in one numbered item: the item bears nothing, each stretch of its own does
    (
        "1.推进改革。清理文件。（责任单位：县教育局）公开目录。（责任单位：县财政局）\n",
        [("s0-1", None, []), ("s0-1-a1", 1, ["县教育局"]), ("s0-1-a2", 2, ["县财政局"]), ("s0-2", None, ["县司法局"])],
    ),
    # one assignment in several lines or brackets is one
    (
        "1.推进改革。\n牵头单位：县教育局\n责任单位：县财政局\n完成时限：2020年\n",
        [("s0-1", None, ["县教育局", "县财政局"]), ("s0-2", None, ["县司法局"])],
    ),
    (
        "1.推进改革。（责任单位：县教育局）（完成时限：2020年）\n",
        [("s0-1", None, ["县教育局"]), ("s0-2", None, ["县司法局"])],
    ),
    # words between its labels do not part it: the time stays with the bearers
    (
        "1.推进改革。\n责任单位：县教育局\n工作措施：清理文件。\n完成时限：2020年\n",
        [("s0-1", None, ["县教育局"]), ("s0-2", None, ["县司法局"])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_parts(text: str, expected: list[tuple[str, int | None, list[str]]]) -> None:
    plan = parse_plan(f"青川县工作方案\n{text}2.公开。\n{BEAR}")
    rows = [(i.id.partition(":")[2], i.part, [d.unit.name for d in i.duties]) for i in plan.items]
    assert rows == expected
    numbered = {i.id for i in plan.items if i.part is None}
    assert {i.parent for i in plan.items if i.part} <= numbered


def test_a_text_that_lost_its_line_breaks() -> None:
    lines = COUNTY.replace("\n", " ") + "为进一步加强政务公开，规范行政行为，提高工作效能。" * 20
    plan = parse_plan(lines)
    assert [(i.number, i.heading) for i in plan.items] == [(1, "做好解读"), (2, "回应关切"), (3, "建设平台")]
    assert [[d.unit.name for d in i.duties if d.role == "lead"] for i in plan.items] == [
        ["县政府办", "县司法局"],
        [],
        [],
    ]
    assert all("1." not in s.title for s in plan.sections)


def test_carriage_returns_change_places_only(plan: Plan) -> None:
    other = parse_plan(COUNTY.replace("\n", "\r\n"))
    assert other.text.count("\r") == COUNTY.count("\n")

    def facts(p: Plan) -> list[object]:
        duties = [(i.number, d.role, d.unit, d.quote, d.clause_quote) for i in p.items for d in i.duties]
        deadlines = [(i.number, d.kind, d.quote, d.date) for i in p.items for d in i.deadlines]
        return [[(i.id, i.heading, i.body, i.due) for i in p.items], duties, deadlines, p.document.id, p.units]

    assert facts(other) == facts(plan)


def test_spans_are_code_points() -> None:
    text = "青川县工作方案\n本方案由𠮷女士😀起草。\n1.清理👍文件。2019年底前完成。\n责任单位：县司法局\n"
    (item,) = parse_plan(text).items
    start = text.index("县司法局")
    assert (item.duties[0].span, item.duties[0].quote) == ((start, start + 4), "县司法局")
    assert item.deadlines[0].span == (text.index("2019"), text.index("完成"))
    assert item.heading == "清理👍文件"


NO_PLANS = [
    "",
    " \n\t\n",
    "今天天气很好。",
    "番茄炒蛋\n1.番茄切块。\n2.鸡蛋打散,加盐。\n3.热锅下油。\n2017年我学会了这道菜。\n",
    "红烧肉\n一、备料\n(一)五花肉\n二、烹制\n按照个人口味安排\n",
    "x" * 1000,
    "\x00\x01\ufffd",
    "7" * 5000,
    "责任单位：县司法局\n",  # an assignment of nothing
]


@pytest.mark.parametrize("text", NO_PLANS)
def test_no_plan(text: str) -> None:
    plan = parse_plan(text)
    assert (plan.items, plan.duties, plan.deadlines, plan.citations) == ((), (), (), ())
    assert (plan.units, plan.regulations, plan.repairs) == ((), (), ())
    told = {"no-plan" if text.strip() else "no-text"} | ({"control-character"} if "\0" in text else set())
    told |= {"unplaced-assignment"} if "责任单位" in text else set()
    assert {w.code for w in plan.warnings} == told
    assert plan.text == text


def test_a_plan_without_title_or_region_says_so() -> None:
    plan = parse_plan("1.清理。\n责任单位：县司法局\n")
    assert [w.code for w in plan.warnings] == ["no-title", "no-region"]
    assert [u.id for u in plan.units] == [f"{plan.document.id}:?县司法局"]
    assert parse_plan(plan.text, region="青川县").items[0].duties[0].unit.id == "青川县:县司法局"


def test_a_source_carries_what_its_reader_knew() -> None:
    text = COUNTY.replace("坚持", "坚\ufffd")
    at = text.index("\ufffd")
    plan = parse_plan(Source(text, name="方案.txt", encoding="utf-8", undecodable=((at, at + 1),)))
    assert (plan.document.source, plan.document.encoding) == ("方案.txt", "utf-8")
    assert [(r.rule, r.original, r.span) for r in plan.repairs] == [("undecodable-bytes", "\ufffd", (at, at + 1))]


def test_the_same_text_gives_the_same_plan(plan: Plan) -> None:
    assert json.dumps(to_json(parse_plan(COUNTY))) == json.dumps(to_json(plan))


@pytest.mark.parametrize("bearers", ["（牵头）", "牵头", "等", "负责", "、", "（", "", "等有关部门"])
def test_a_label_with_nobody_behind_it_is_read(bearers: str) -> None:
    plan = parse_plan(f"青川县工作方案\n1.清理。\n责任单位：{bearers}\n2.公开。\n{BEAR}")
    assert [d.unit.name for i in plan.items for d in i.duties if d.unit.name != "县司法局"] in ([], ["有关部门"])


def test_a_text_that_begins_with_its_first_item_has_a_section_for_it() -> None:
    plan = parse_plan("1.清理文件。\n牵头单位:市司法局。\n2.公开清单。\n牵头单位:市编办。\n")
    assert [(s.id.rpartition(":")[2], s.span) for s in plan.sections] == [("s0", (0, len(plan.text)))]
    assert {i.section for i in plan.items} == {plan.sections[0].id}


@pytest.mark.parametrize("issued_on", ["0001", "2017-13-01", "2017-02-30", "2017-1-1", "３０１７", "20171316", ""])
def test_what_is_no_day_of_issue_is_refused(issued_on: str) -> None:
    with pytest.raises(ParameterError, match="issued_on"):
        parse_plan("青川县方案\n1.清理。\n责任单位：县司法局\n", issued_on=issued_on)


def test_a_plan_without_a_place_is_told_the_one_that_its_number_may_stand_for() -> None:
    text = "关于支持服务业的若干措施\n黔发改服务〔2020〕111号\n1.清理文件。责任单位：财政厅\n"
    told = [one.message for one in parse_plan(text).warnings if one.code == "no-region"]
    assert told == [
        "没有读到发文地区，各单位无法归属；可用 --region 指明。文号以“黔”开头，若是贵州省的文件，用 --region 贵州省。"
    ]
    assert parse_plan(text).document.region == ""
    (bare,) = [one.message for one in parse_plan(text.replace("黔", "署")).warnings if one.code == "no-region"]
    assert bare.endswith("可用 --region 指明。")
