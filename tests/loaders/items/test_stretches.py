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
