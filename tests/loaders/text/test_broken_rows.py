"""Rows of drawn tables that go over several lines: put together, read as one, and every place is one of the source."""

import pytest

from graph.model import Plan
from loaders.plan import parse_plan
from loaders.text.broken_rows import together

BOX = """青川县分工表
┌──┬──────┬─────┬─────┐
│序│任务  │牵头 │责任 │
│号│      │单位 │单位 │
├──┼──────┼─────┼─────┤
│1 │修建灌│县水利│县财政局、县自│
│  │区渠道│局    │然资源局      │
├──┼──────┼─────┼─────┤
│2 │更换管网│县住建局│各镇│
└──┴──────┴─────┴─────┘
"""
PAGE = """青川县分工表
序号    任务            牵头单位      责任单位            完成时限
1       修建灌区渠道    县水利局      县财政局、县自      2024年6月
                                      然资源局
2       更换管网        县住建局      各镇                2024年9月
3       清运垃圾12万    县城管局      县财政局、县公      2024年10月
        吨                            安局
"""
EXPECTED = [
    ["lead 县水利局", "responsible 县财政局", "responsible 县自然资源局"],
    ["lead 县住建局", "responsible 各镇"],
]


def duties(plan: Plan) -> list[list[str]]:
    return [[f"{duty.role.value} {duty.as_written}" for duty in item.duties] for item in plan.items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BOX, EXPECTED),
        (BOX.replace("│", "|").replace("──", "--"), EXPECTED),
        (PAGE, [*EXPECTED, ["lead 县城管局", "responsible 县财政局", "responsible 县公安局"]]),
    ],
)
def test_a_name_that_a_line_breaks_is_whole(text: str, expected: list[list[str]]) -> None:
    plan = parse_plan(text, issued_on="2024")
    assert duties(plan) == expected
    assert plan.text == text
    for item in plan.items:
        for fact in (*item.duties, *item.deadlines):
            assert fact.span is None or text[slice(*fact.span)] == fact.quote
    (broken,) = [duty for duty in plan.items[0].duties if duty.as_written == "县自然资源局"]
    assert (broken.span, [text[slice(*part)] for part in broken.because]) == (None, ["县自", "然资源局"])


def test_an_item_reaches_over_its_row() -> None:
    plan = parse_plan(BOX)
    assert [(item.heading, text_of(plan, item.span)[:3], text_of(plan, item.span)[-4:]) for item in plan.items] == [
        ("修建灌区渠道", "1 │", "然资源局"),
        ("更换管网", "2 │", "局│各镇"),
    ]


def text_of(plan: Plan, span: tuple[int, int]) -> str:
    return plan.text[slice(*span)]


@pytest.mark.parametrize(
    "text",
    [
        "│1│修渠│县水利局│\n│2│建站│县气象局│\n",  # no rules: a row a line
        "├─┼──┤\n│1│修渠│\n│2│建站│\n├─┼──┤\n",  # no cell goes on
        "序号    任务    责任单位\n1    修渠    县水利局\n2    建站    县气象局\n",
        "  县水利局  县财政局\n        2024年6月\n",
        "一、任务  修渠  县水利局\n",
    ],
)
def test_what_is_not_broken_stays(text: str) -> None:
    assert together(text) is None


def test_several_rows_between_two_rules_begin_with_their_numbers() -> None:
    text = "├─┼──┼───┤\n│1│修渠│县水利│\n│ │清淤│局    │\n│2│建站│县气象局│\n├─┼──┼───┤\n"
    whole = together(text)
    assert whole is not None
    assert whole.text.split("\n")[1:3] == ["│1│修渠清淤│县水利局│", "│2│建站│县气象局│"]
    assert "".join(text[slice(*part)] for part in whole.parts((0, len(whole.text)))).count("局") == 2


def test_a_row_without_its_first_cell_is_no_broken_row() -> None:
    text = (
        "青川县分工表\n类别    任务        牵头单位      责任单位\n水利    修渠        县水利局      县财政局、县自\n"
        "                                  然资源局\n        清淤        县水利局      各镇\n"
    )
    assert duties(parse_plan(text)) == [
        ["lead 县水利局", "responsible 县财政局", "responsible 县自然资源局"],
        ["lead 县水利局", "responsible 各镇"],
    ]
