"""Brackets behind a body: persons, parts and purposes, marks of role, parts of its name; anything else is told."""

import pytest

from loaders.phrases.bearers import split
from loaders.plan import parse_plan

# list, names with the role that their words give, persons
SPLIT = [
    ("县林业局（周成）", ["县林业局"], ["周成"]),
    ("县林业局（局长周成）、县水利局（申大江）", ["县林业局", "县水利局"], ["周成", "申大江"]),
    ("县林业局（党组书记、局长 周成，副局长何平）", ["县林业局"], ["周成", "何平"]),
    ("县林业局（周成局长）、县水利局（造林股 何平）", ["县林业局", "县水利局"], ["周成", "何平"]),
    ("县林业局（责任人：周成 6120045）", ["县林业局"], ["周成"]),
    ("县林业局（周成）和县水利局（何平）牵头，县财政局配合", ["县林业局/lead", "县水利局/lead", "县财政局/cooperating"], ["周成", "何平"]),
    ("县林业局（周成）（牵头）", ["县林业局/lead"], ["周成"]),
    ("宏远燃气公司（周成）、各村委会", ["宏远燃气公司", "各村委会"], ["周成"]),
    # for which part, or for what
    ("县林业局（第1、2项措施），县水利局（3至5项）", ["县林业局", "县水利局"], []),
    ("县林业局（第（一）项）、县水利局（①③）", ["县林业局", "县水利局"], []),
    ("县林业局（措施一）、县水利局（河道部分）", ["县林业局", "县水利局"], []),
    ("县林业局（负责苗木）；县水利局（做好灌溉用水）", ["县林业局", "县水利局"], []),
    ("县林业局（资金保障）、县水利局（按行业管理职责）", ["县林业局", "县水利局"], []),
    ("县林业局（牵头第2项）、县水利局（配合做好供水）", ["县林业局/lead", "县水利局/cooperating"], []),
    # how it is reached or called, which post
    ("县林业局（联系人：周成，电话：6120045）、县水利局（以下简称水利局）", ["县林业局", "县水利局"], []),
    ("县林业局（主要负责人）", ["县林业局"], []),
    # another body there says its own role, and nothing of the next one
    ("县林业局（县督查室督办）、县水利局", ["县林业局", "县督查室/supervising", "县水利局"], []),
    # part of the name
    ("县文旅局（县文物局）、各镇（街道）", ["县文旅局（县文物局）", "各镇（街道）"], []),
    ("各区县（自治县，以下简称区县）政府", ["各区县（自治县，以下简称区县）政府"], []),
    # a place, a section of the body, a word that begins as a name does
    ("柳溪村（王家湾）", ["柳溪村（王家湾）"], []),
    ("县林业局（安全股）、县委宣传部（文明）", ["县林业局（安全股）", "县委宣传部（文明）"], []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "names", "persons"), SPLIT)
def test_what_a_bracket_behind_a_body_says(words: str, names: list[str], persons: list[str]) -> None:
    found = split(words)
    assert [f"{n.name}/{n.role}" if n.role else n.name for n in found.names] == names
    assert [person.name for person in found.persons] == persons
    assert all(words[slice(*name.span)] == name.name for name in found.in_order)


LAYOUTS = [
    "1.补植。\n责任单位：{}\n2.公开。\n责任单位：县财政局\n",
    "1.补植。（责任单位：{}）\n2.公开。（责任单位：县财政局）\n",
    "序号\t任务\t责任单位\n1\t补植\t{}\n2\t公开\t县财政局\n",
    "序号 | 任务 | 责任单位\n1 | 补植 | {}\n2 | 公开 | 县财政局\n",
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_person_behind_his_body_is_a_leader_wherever_the_list_stands(layout: str) -> None:
    plan = parse_plan(layout.format("县林业局（局长 周成）、县水利局（申大江）"), region="青川县")
    assert [(d.role.value, d.as_written, d.post) for d in plan.items[0].duties] == [
        ("responsible", "县林业局", None),
        ("leader", "周成", "局长"),
        ("responsible", "县水利局", None),
        ("leader", "申大江", None),
    ]
    assert plan.not_read == 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_bracket_that_no_rule_knows_is_told(layout: str) -> None:
    plan = parse_plan(layout.format("县教育局（初中）"), region="青川县")
    told = [plan.text[slice(*w.span)] for w in plan.warnings if w.code == "name-not-sure" and w.span]
    assert told == ["县教育局（初中）"]


@pytest.mark.parametrize(
    "name", ["县文旅局（县文物局）", "县发改局（粮食）", "各镇（含园区）", "各县（市、区）", "县委（党组）"]
)
def test_a_bracket_of_the_name_is_not_told(name: str) -> None:
    plan = parse_plan(LAYOUTS[0].format(name), region="青川县")
    assert plan.items[0].duties[0].as_written == name
    assert plan.not_read == 0
