"""What an item is about where its assignment stands in its heading."""

import pytest

from loaders.plan import parse_plan

HEAD = "青川市工作方案\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a bracket in the heading, the paragraphs behind it; the last paragraph of the text
        (
            "一、项目入库（市发改局）\n每月25日前审核。\n6月底前清理。\n二、资金保障（市财政局）\n三季度末完成支付。\n",
            [("项目入库", "每月25日前审核。\n6月底前清理。", 2), ("资金保障", "三季度末完成支付。", 1)],
        ),
        # on the line of the labels; behind them, where it is labelled as what is to be done
        ("1.清水河段。责任单位：市水利局。4月30日前拆除违建。\n", [("清水河段", "4月30日前拆除违建。", 1)]),
        (
            "（1）抢险组\n组长单位：市应急局\n成员单位：市公安局\n主要职责：2小时内转移群众。\n",
            [("抢险组", "主要职责：2小时内转移群众。", 1)],
        ),
        # a task with its labels below it keeps its own words; so does one behind which only a remark stands
        ("1.清理文件\n责任单位：市司法局\n备注：另行通知。\n", [("清理文件", "清理文件", 0)]),
        (
            "1.清理。（市司法局）\n2.公开。（市财政局）\n以上任务详见附件，6月底前报送。\n",
            [("清理", "清理。", 0), ("公开", "公开。", 0)],
        ),
        (
            "一、清理（市司法局）\n完成情况：6月底前已清理。\n二、公开（市财政局）\n",
            [("清理", "清理", 0), ("公开", "公开", 0)],
        ),
    ],
)
def test_what_stands_behind_an_assignment(text: str, expected: list[tuple[str, str, int]]) -> None:
    plan = parse_plan(HEAD + text, region="青川市", issued_on="2026")
    told = [(item.heading, item.body, len(item.deadlines)) for item in plan.items]
    assert told == expected


def test_what_an_item_states_behind_its_assignment_is_its_own() -> None:
    text = "1.减免税费。支持小店。（责任单位：市税务局）按《小店认定规程》2024年7月底前公布名单。\n2.减免会费。（责任单位：市工商联）\n"
    first, _ = parse_plan(HEAD + text, region="青川市", issued_on="2024").items
    assert first.body == "减免税费。支持小店。"
    assert [citation.title for citation in first.citations] == ["小店认定规程"]
    assert [deadline.date for deadline in first.deadlines] == ["2024-07-31"]


def test_what_stands_below_an_item_is_not_its_own() -> None:
    text = "1.监管缺位。\n牵头单位：县水利局\n整改时限：2024年12月底前\n（1）清淤，依据《清淤规程》。（责任单位：县住建局；完成时限：2024年6月底）\n"
    problem, _ = parse_plan(HEAD + text, region="青川市", issued_on="2024").items
    assert [deadline.date for deadline in problem.deadlines] == ["2024-12-31"]
    assert problem.citations == ()


@pytest.mark.parametrize(("one", "two"), [("一是", "二是"), ("其一，", "其二，"), ("第一，", "第二，")])
def test_the_measures_of_a_series_begin_where_it_does(one: str, two: str) -> None:
    """The first of several assignments has the words of its measure, not those of the problem above it."""
    text = f"1.台账不全问题。整改措施：{one}补录台账（责任单位：市档案局）；{two}开展培训（责任单位：市教育局）。\n"
    plan = parse_plan("青川市整改方案\n" + text, region="青川市")
    told = [(item.kind.value, plan.text[slice(*item.span)].split("（责任")[0]) for item in plan.items]
    assert told[0][0] == "problem"
    assert told[1:] == [("measure", f"{one}补录台账"), ("measure", f"{two}开展培训")]
