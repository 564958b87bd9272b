"""Leaders of working groups: their names, their group's stretch, and who is none."""

import pytest

from graph.model import Role
from loaders.duties.group_leaders import clauses
from loaders.duties.reading import Taken, read
from loaders.phrases.persons import persons
from loaders.plan import parse_plan

GROUPS = "一、分组\n第一组：东片村、西片村\n组 长：张三\n副组长：李 四、王小五（副镇长）\n组员：赵六\n第二组：南片村\n组长：孙七 镇长\n"


def test_each_group_is_an_assignment_of_its_leaders() -> None:
    plan = parse_plan("青川镇工作方案\n" + GROUPS, region="青川镇")
    led = [(i.body.split("\n")[0], [d.as_written for d in i.duties]) for i in plan.items if i.duties]
    assert led == [("第一组：东片村、西片村", ["张三", "李 四", "王小五"]), ("第二组：南片村", ["孙七"])]
    assert {(d.role, d.rule) for i in plan.items for d in i.duties} == {(Role.LEADER, "group-leader")}


def test_groups_in_one_line() -> None:
    text = (
        "各工作组：1.抢险救援组。组长：马国强，副组长：陈 勇、王小五；成员由县公安局抽调；负责抢险。2.善后处理组。组长：李四；"
        "负责安抚。3.领导小组办公室。组长：孙七；负责协调。"
    )
    led = [[d.as_written for d in i.duties] for i in parse_plan(text, region="青川镇").items if i.duties]
    assert led == [["马国强", "陈 勇", "王小五"], ["李四"]]


def test_groups_without_line_breaks() -> None:
    text = "工作分组 （一）综合协调组 组  长：黄 河（主任） 副组长：林海、吴玉兰 成  员：县局人员 （二）医疗救治组 组  长：陈志远 职  责：救治。"
    led = [[d.as_written for d in i.duties] for i in parse_plan(text, region="青川镇").items if i.duties]
    assert led == [["黄 河", "林海", "吴玉兰"], ["陈志远"]]


def test_groups_with_nothing_between_them() -> None:
    text = (
        "清查和平坝各村"
        * 80
        + "。（一）清查组第一组：东村、西村组长：张三副组长：李小四组员：王五、赵六第二组：南村组长：孙七"
        "组员：周八工作职责：1.清查；2.登记。"
    )
    led = [[d.as_written for d in i.duties] for i in parse_plan(text, region="青川镇").items if i.duties]
    assert led == [["张三", "李小四"], ["孙七"]]


def test_a_leader_is_of_this_document_and_no_unit() -> None:
    plan = parse_plan("青川镇工作方案\n" + GROUPS, region="青川镇")
    assert {d.unit.id for i in plan.items for d in i.duties} >= {f"{plan.document.id}:张三", f"{plan.document.id}:李四"}
    assert plan.units == ()


@pytest.mark.parametrize(
    "text",
    [
        "一、组织领导\n成立工作领导小组\n组长：张三 县长\n副组长：李四 副县长\n成员：王五",
        "一、领导机构\n组长：张三\n成员：李四",
        "一、分工\n宣传组\n组员：李四",
    ],
)
def test_a_roster_heads_no_task(text: str) -> None:
    assert clauses(read(text), Taken()) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三、李小四", ["张三", "李小四"]),
        ("杨 玲", ["杨 玲"]),
        ("张三（副县长）；欧阳小五", ["张三", "欧阳小五"]),
        ("分管领导、县教育局局长、各部门主要负责同志", []),
        ("", []),
    ],
)
def test_persons(text: str, names: list[str]) -> None:
    assert [text[slice(*name)] for name in persons(text, 0, len(text))] == names


def test_groups_that_are_called_by_their_task_and_leaders_below_each_other() -> None:
    text = (
        "青川市攻坚方案\n成立推进工作专班。\n组长：钱进\n（一）高铁新城专班\n组　长：梁　静　副市长\n　　　　郭永强　新城管委会主任\n"
        "副组长：邵伟　市规划局局长\n成　员：市住建局\n（二）水系连通专班\n组　长：韩雪梅\n"
    )
    led = [[d.as_written for d in i.duties] for i in parse_plan(text, region="青川市").items if i.duties]
    assert led == [["梁　静", "郭永强", "邵伟"], ["韩雪梅"]]
