"""Clauses: every label of the vocabulary, the forms in which it stands, and the words that only look like one."""

import pytest

from graph.model import Plan
from loaders.duties.assignments import WITHIN_CELL, assignments
from loaders.duties.clause import Clause
from loaders.duties.reading import Reading
from loaders.lexicon.scan import scan
from loaders.lexicon.vocabulary import load_yaml, role_labels
from loaders.plan import parse_plan
from loaders.structure.outline import outline

IN_CHARGE = load_yaml("roles")["in_charge"]
LABELS = {word: role for word, role in role_labels().items() if role != "other"}


def found(text: str) -> list[tuple[str, str]]:
    """(role, what the clause says) of every clause."""
    return [(c.role, text[slice(*c.content)]) for c in assigned(text)]


def evidence(text: str) -> list[str]:
    """The words that give the role, of every clause."""
    return [text[slice(*c.span)] for c in assigned(text)]


def assigned(text: str) -> list[Clause]:
    """By labels, brackets and sentences, in a text with an outline."""
    return assignments(Reading(text, scan(text), outline(text)), WITHIN_CELL)


def test_every_label_alone() -> None:
    for label, role in LABELS.items():
        role = "responsible" if label in IN_CHARGE else role  # who bears where nobody else does
        content = {"deadline": "2020年6月底前", "leader": "李小四"}.get(role, "县教育局")
        assert found(f"{label}：{content}") == [(role, content)]
        assert found(f"1.清理。（{label}:{content}）") == [(role, content)]
        assert found(f"作为{label}的部门要抓好落实。") == []


def test_the_labels_of_the_issue_are_in_the_vocabulary() -> None:
    assert {LABELS[w] for w in ("牵头单位", "牵头部门", "主办单位")} == {"lead"}
    assert {LABELS[w] for w in ("责任单位", "责任部门", "承办单位", "落实部门")} == {"responsible"}
    assert {LABELS[w] for w in ("配合单位", "配合部门", "参与部门", "协办单位")} == {"cooperating"}
    assert {LABELS[w] for w in ("完成时限", "完成时间", "时限要求")} == {"deadline"}


CASES = [
    # label lines, with each width of colon and with white space around it
    ("牵头单位:县委办、县政府办。", [("lead", "县委办、县政府办")]),
    ("牵头单位：县委办", [("lead", "县委办")]),
    ("牵头单位 ： 县委办", [("lead", "县委办")]),
    ("牵头单位 : 县委办；", [("lead", "县委办")]),
    ("责任单位：县教育局\r\n完成时限：2020年\r\n", [("responsible", "县教育局"), ("deadline", "2020年")]),
    # two labels on one line
    ("牵头单位：县委办 责任单位：县教育局", [("lead", "县委办"), ("responsible", "县教育局")]),
    ("牵头单位：县委办，责任单位：县教育局。", [("lead", "县委办"), ("responsible", "县教育局")]),
    # a closing sentence of the item: the line goes on, the clause ends with its full stop
    ("1.清理文件。牵头单位：县委办。每月通报。", [("lead", "县委办")]),
    ("1.清理。牵头部门:县委办;配合部门:县司法局。", [("lead", "县委办"), ("cooperating", "县司法局")]),
    # a completion clause may hold several sentences
    ("完成时限：有明确时限的按时限。其他2020年底前。", [("deadline", "有明确时限的按时限。其他2020年底前")]),
    # the names stand on the next line
    ("责任单位：\n县教育局、县财政局\n2.公开", [("responsible", "县教育局、县财政局")]),
    # a label that starts with another one
    ("牵头责任单位：县委办", [("lead", "县委办")]),
    ("主要责任单位：县委办", [("responsible", "县委办")]),
    # parentheses of every form
    ("1.清理。（责任单位：县教育局）", [("responsible", "县教育局")]),
    ("1.清理。(责任单位:县教育局)", [("responsible", "县教育局")]),
    ("1.清理。〔责任单位：县教育局〕", [("responsible", "县教育局")]),
    ("1.清理。［责任单位：县教育局］", [("responsible", "县教育局")]),
    ("1.清理。[责任单位：县教育局]", [("responsible", "县教育局")]),
    ("1.清理。【责任单位：县教育局】", [("responsible", "县教育局")]),
    (
        "（牵头单位：县委办；配合单位：县教育局，县财政局；完成时限：2020年6月底前）",
        [("lead", "县委办"), ("cooperating", "县教育局，县财政局"), ("deadline", "2020年6月底前")],
    ),
    # a date before the first label
    ("1.清理。（2020年5月底前完成，牵头单位：县委办）", [("deadline", "2020年5月底前完成"), ("lead", "县委办")]),
    # brackets inside the bracket, and inside a name
    (
        "（责任单位：县纪委（县监委）；完成时限：2020年（暂定））",
        [("responsible", "县纪委（县监委）"), ("deadline", "2020年（暂定）")],
    ),
    ("责任单位：县纪委(县监委)、县审计局。", [("responsible", "县纪委(县监委)、县审计局")]),
    # a bracket that closed before the label is not its bracket
    ("（县级事项）责任单位：县教育局。", [("responsible", "县教育局")]),
    # a bracket that spans a line break is still one
    ("1.清理。（责任单位：县教育局、\n县财政局）", [("responsible", "县教育局、\n县财政局")]),
    # labels run together
    ("完成时限：长期责任单位：县教育局", [("deadline", "长期"), ("responsible", "县教育局")]),
]

NONE = [
    "作为牵头单位和负责单位的有关部门要建立报告制度。",
    "责任单位要各司其职。",
    "牵头单位、责任单位应当于每月5日前报送。",
    "由县司法局负责解释。",
    "各责任单位：要加强领导，抓好落实。",
    "各牵头单位:请于每月5日前报送。",
    "联系电话：12345678",
    "分管领导：由各单位自行明确",
    "牵头单位。",
    "责任单位",
    "",
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_forms(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_no_clause(text: str) -> None:
    assert found(text) == []


EVIDENCE = [
    ("1.清理。牵头单位:县委办。每月通报。", ["牵头单位:县委办。"]),
    ("1.清理。（责任单位：县教育局）再公开。", ["（责任单位：县教育局）"]),
    ("牵头单位：县委办\n责任单位：县教育局\n", ["牵头单位：县委办", "责任单位：县教育局"]),
    ("（县级事项）责任单位：县教育局。", ["责任单位：县教育局。"]),
]


@pytest.mark.parametrize(("text", "expected"), EVIDENCE)
def test_evidence(text: str, expected: list[str]) -> None:
    assert evidence(text) == expected


def test_a_long_parenthesis_is_one_clause_to_its_last_label() -> None:
    """The last label of a parenthesis may stand far behind the opening bracket."""
    names = (
        "、".join(f"县第{n}局" for n in "一二三四五六七八九") + "、" + "、".join(f"县{n}办" for n in "甲乙丙丁戊己庚辛")
    )
    text = f"1.清理。（牵头单位：{names}；配合单位：{names}；责任单位：县教育局）"
    assert found(text) == [("lead", names), ("cooperating", names), ("responsible", "县教育局")]
    assert set(evidence(text)) == {text[text.index("（") :]}


def test_an_empty_label_bears_nothing() -> None:
    text = "责任单位：\n完成时限：2020年\n"
    assert [c for c in found(text) if c[1]] == [("deadline", "2020年")]


def duties(plan: Plan) -> list[tuple[int | None, str, list[str]]]:
    """(item, role, units) of every role of every item, in text order."""
    rows: dict[tuple[int | None, str], list[str]] = {}
    for item in plan.items:
        for duty in item.duties:
            rows.setdefault((item.number, duty.role.value), []).append(duty.unit.name)
    return [(*key, names) for key, names in rows.items()]


ITEM = "青川县工作方案\n一、任务\n1.清理文件。{}\n2.公开目录。\n"

# the same assignment in five forms is the same fact
SAME = [
    "\n牵头单位：县委办\n责任单位：县教育局、县财政局\n完成时限：2020年6月底前",
    "\n牵头单位:县委办。\n责任单位:县教育局、县财政局。\n完成时限:2020年6月底前完成。",
    "牵头单位：县委办；责任单位：县教育局、县财政局；完成时限：2020年6月底前。",
    "（牵头单位：县委办；责任单位：县教育局、县财政局；完成时限：2020年6月底前）",
    "（2020年6月底前完成，牵头单位：县委办，责任单位：县教育局、县财政局）",
]


@pytest.mark.parametrize("assignment", SAME)
def test_the_same_assignment_in_every_form(assignment: str) -> None:
    plan = parse_plan(ITEM.format(assignment))
    assert duties(plan) == [(1, "lead", ["县委办"]), (1, "responsible", ["县教育局", "县财政局"])]
    assert [(i.number, i.due.date, i.due.basis.value, i.body) for i in plan.items] == [
        (1, "2020-06-30", "item", "清理文件。"),
        (2, None, "none", "公开目录。"),
    ]


@pytest.mark.parametrize("arrow", ["→", "⇒", "►", ""])
def test_labels_behind_arrows_and_blanks(arrow: str) -> None:
    text = f"1.改造农贸市场。\n{arrow}责任：市商务局、市城管局　{arrow}验收：市爱卫办　{arrow}完成：2024年3月底\n"
    plan = parse_plan("青川市方案\n" + text, region="青川市")
    (item,) = plan.items
    assert [f"{d.role.value} {d.as_written}" for d in item.duties] == [
        "responsible 市商务局",
        "responsible 市城管局",
        "supervising 市爱卫办",
    ]
    assert item.due.date == "2024-03-31"
