"""What a person corrects in the head of a plan: checked, put above the text, kept beside what the text says."""

import pytest

from graph.errors import ParameterError
from graph.model import Plan
from loaders.plan import parse_plan
from loaders.structure.corrections import checked

TEXT = """青川县人民政府
关于印发《青川县河道整治方案》的通知
青政发〔2021〕7号
2021年4月2日
一、任务
1.清淤。
牵头单位：县水利局
完成时限：10月底前
"""
BARE = "河道整治任务\n1.清淤。\n牵头单位：县水利局\n完成时限：10月底前\n"


@pytest.mark.parametrize(
    ("name", "given", "taken"),
    [
        ("title", " 《青川县 河道整治方案》\n", "青川县河道整治方案"),
        ("title", "贯彻《湖南省行政程序规定》方案", "贯彻《湖南省行政程序规定》方案"),
        ("reference_number", "青政发〔2021〕 8号", "青政发〔2021〕8号"),
        ("issued_on", "2021", "2021"),
        ("issued_on", "2021-04-02", "2021-04-02"),
        ("region", "四川省青川县", "青川县"),
        ("region", "青川经济技术开发区", "青川经济技术开发区"),
        ("region", "南京市鼓楼区", "南京市鼓楼区"),
        ("region", "内蒙古自治区", "内蒙古自治区"),
        ("region", "全国", "全国"),
    ],
)
def test_a_value_takes_the_form_that_a_text_gives(name: str, given: str, taken: str) -> None:
    assert checked(name, given) == taken


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("title", " ", "title is empty"),
        ("title", "——", "expected the title of one plan"),
        ("title", "青川\x00方案", "expected the title of one plan"),
        ("title", "长" * 201, "at most 200"),
        ("reference_number", "青政发", "with its figures"),
        ("issued_on", "", "expected a date such as 2017-03-16"),
        ("issued_on", "2021-02-30", "expected a date such as 2017-03-16"),
        ("issued_on", "0001", "expected a date such as 2017-03-16"),
        ("region", "青川", "Did you mean 青川市 or 青川县 or 青川区?"),
        ("region", "青川县人民政府", "Did you mean 青川县?"),
        ("region", "河南", "Did you mean 河南省?"),
        ("region", "县水利局", "which is no place"),
        ("region", "全市", "which is no place"),
    ],
)
def test_what_cannot_be_a_value_is_refused_with_what_was_expected(name: str, given: str, told: str) -> None:
    with pytest.raises(ParameterError) as refused:
        checked(name, given)
    assert told in str(refused.value)


def test_a_correction_counts_above_the_text_and_keeps_what_it_says() -> None:
    plan = parse_plan(
        TEXT, title="白河区清淤方案", reference_number="白政发〔2022〕1号", issued_on="2022-05-06", region="白河区"
    )
    document = plan.document
    assert (document.id, document.region, document.issued_on) == ("白河区-白政发2022-1", "白河区", "2022-05-06")
    assert [(fix.name, fix.stated, fix.quote) for fix in document.corrections] == [
        ("title", "青川县河道整治方案", "青川县河道整治方案"),
        ("reference_number", "青政发〔2021〕7号", "青政发〔2021〕7号"),
        ("issued_on", "2021-04-02", "2021年4月2日"),
        ("region", "青川县", None),
    ]
    assert all(fix.span is None or plan.text[slice(*fix.span)] == fix.quote for fix in document.corrections)
    (item,) = plan.items
    assert (item.duties[0].unit.id, item.due.date) == ("白河区:县水利局", "2022-10-31")
    assert item.deadlines[0].because == ()  # the text does not say the year


@pytest.mark.parametrize(
    "given",
    [
        {"title": "《青川县河道整治方案》"},
        {"reference_number": "青政发[2021]7号"},
        {"issued_on": "2021-04-02"},
        {"issued_on": "2021"},
        {"region": "四川省青川县"},
    ],
)
def test_what_the_text_says_as_well_corrects_nothing(given: dict[str, str]) -> None:
    plan, told = parse_plan(TEXT), parse_plan(TEXT, **given)
    assert told.document.corrections == ()
    assert (told.document.id, told.document.issued_on, told.items) == (
        plan.document.id,
        plan.document.issued_on,
        plan.items,
    )


def test_what_the_text_lacks_is_given_and_marked() -> None:
    plan = parse_plan(BARE, title="青川县2023年清淤方案")
    assert (plan.document.id, plan.document.kind, plan.document.region) == (
        "青川县-青川县2023年清淤方案",
        "方案",
        "青川县",
    )
    assert [(fix.name, fix.stated, fix.span) for fix in plan.document.corrections] == [("title", None, None)]
    assert plan.items[0].due.date == "2023-10-31"  # the year of the title
    assert codes(parse_plan(BARE)) - codes(plan) == {"no-title", "no-region", "time-not-read"}


def codes(plan: Plan) -> set[str]:
    return {warning.code for warning in plan.warnings}
