"""The post of a person who leads, as written; contact persons and telephones name nobody."""

import pytest

from loaders.plan import parse_plan


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("分管领导：副县长赵海峰\n", [("赵海峰", "副县长")]),
        ("分管领导：赵海峰\n", [("赵海峰", None)]),
        (
            "包案领导：县委常委、副县长 赵海峰，李文（县财政局局长）\n",
            [("赵海峰", "县委常委、副县长"), ("李文", "县财政局局长")],
        ),
        ("责任人：县水利局局长 钱江、张三\n", [("钱江", "县水利局局长"), ("张三", None)]),
        ("督办领导：县委书记王海\n", [("王海", "县委书记")]),
        ("（责任单位：县水利局，分管领导：副县长 赵海峰）\n", [("赵海峰", "副县长")]),
        ("联系人：王五 13812345678\n", []),
        ("联络员：副局长王五，电话：0730-1234567\n", []),
        ("督导人：王五\n", [("王五", None)]),
        ("督办责任人：副县长 王五\n", [("王五", "副县长")]),
        ("验收负责人：王五\n", [("王五", None)]),
    ],
)
def test_a_leader_keeps_his_post(words: str, expected: list[tuple[str, str | None]]) -> None:
    plan = parse_plan(f"1.清理河道。\n{words}责任单位：县水利局\n2.公开清单。\n责任单位：县财政局\n", region="青川县")
    duties = plan.items[0].duties
    assert [(duty.as_written, duty.post) for duty in duties if duty.role == "leader"] == expected
    assert {duty.as_written for duty in duties if duty.role != "leader"} == {"县水利局"}
    assert plan.not_read == 0


def test_a_cell_of_leaders_keeps_their_posts() -> None:
    table = "序号\t任务\t责任单位\t分管领导\t联系人\t联系电话\n1\t清理\t县财政局\t副县长 赵海峰\t王五\t13812345678\n2\t公开\t县教育局\t副县长 赵海峰\t李四\t13812345679\n"
    plan = parse_plan(table, region="青川县")
    assert [(d.role.value, d.as_written, d.post) for d in plan.items[0].duties] == [
        ("responsible", "县财政局", None),
        ("leader", "赵海峰", "副县长"),
    ]
    assert plan.not_read == 0
