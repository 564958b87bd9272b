"""Every condition, and conditions joined, against what the parsed plans say; on both stores."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from graph.conditions.cards import CHOICE, load_conditions
from graph.conditions.join import matches
from graph.conditions.query import And, Is, Not, Or, Query, bind, condition, parse_where, says, written
from graph.model import Plan
from graph.store.contract import Store
from loaders.files.read import read_bytes, read_path
from loaders.plan import parse_plan
from tests.conftest import SAMPLE
from tests.graph.conditions.by_reading import HOLDS, Read, read_plans, values_worth_asking

pytestmark = pytest.mark.timeout(600)

TREE = """青川市人民政府办公室关于印发《青川市水务工作方案》的通知
青政办发〔2024〕5号
各县区人民政府：
各项工作任务除本方案有明确时间要求外，应当在2025年底前完成。
2024年1月6日
青川市水务工作方案
一、河道整治（牵头单位：市水利局、市环保局；责任单位：市水利局；完成时限：2024年9月底前）
1.清淤疏浚。（责任单位：市住建局）
2.规范采砂。（牵头单位：市公安局；督导单位：市纪委；完成时限：2024年6月底前）
（1）日常巡查。依据《青川市河道条例》，2024年2月底前制定《青川市巡查办法》，2024年12月底前修订。每年3月底前报告一次。每月自查。自公布之日起30个工作日内登记。市气象局要提供预报。（责任单位：市交通局等部门）
（2）打击盗采。（责任单位：市司法局；完成时限：2024年3月底前）
二、信息公开
1.公开清单。（责任单位：市政府办）接着公开目录。（责任单位：市档案局；完成时限：2024年5月底前）
2.公开结果。（责任单位：各县区人民政府）
3.长期坚持。（牵头单位：市政府办；完成时限：长期坚持）
"""


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    made = [parse_plan(read_path(str(SAMPLE))), parse_plan(read_bytes(TREE.encode()))]
    return sorted(made, key=lambda plan: plan.document.id)


@pytest.fixture
def loaded(filled: Callable[..., Store], plans: list[Plan]) -> Store:
    return filled(*plans)


def every_condition(plans: list[Plan]) -> Iterator[Is]:
    """Each condition with every choice and some values of the plans, and with what may be left out left out."""
    for card in load_conditions().values():
        offered = []
        for name, taken in card.takes.items():
            values = list(taken.choices) if taken.kind == CHOICE else values_worth_asking(plans, taken.kind, name)
            offered.append(([] if taken.otherwise is None else [None]) + values)
        for values in product(*offered):
            made = condition(card.name, *(value for value in values if value is not None))
            bound = bind(made, lambda _, given: (given, given))
            assert isinstance(bound, Is)
            yield bound


def holds(query: Query, read: Read) -> bool:
    match query:
        case Is(card, _, values, _):
            roles = {"roles": card.facts} if card.statement == "conditions/bearing" else {}
            return HOLDS[card.computed or (card.statement or "").removeprefix("conditions/")](read, **values, **roles)
        case Not(part):
            return not holds(part, read)
        case And(parts):
            return all(holds(part, read) for part in parts)
        case Or(parts):
            return any(holds(part, read) for part in parts)


def joined(conditions: list[Is]) -> Iterator[Query]:
    """Each condition with two others, in each of the ways in which conditions join."""
    for at, one in enumerate(conditions):
        other, third = conditions[(at + 7) % len(conditions)], conditions[(at + 19) % len(conditions)]
        yield And((one, other))
        yield And((Not(one), third))
        yield Or((one, And((other, Not(third)))))
    yield Not(Or((conditions[0], conditions[5])))


def test_every_condition_holds_where_the_plan_says_so(loaded: Store, plans: list[Plan]) -> None:
    conditions = list(every_condition(plans))
    read = read_plans(plans)
    documents = [plan.document.id for plan in plans]
    met = 0
    for query in (*conditions, *joined(conditions)):
        expected = [one.item.id for one in read if holds(query, one)]
        found = loaded.read(lambda reading, query=query: matches(reading, query, documents))  # type: ignore[misc]
        assert [match.id for match in found] == expected, written(query)
        met += bool(expected)
    assert met > len(conditions)  # the plans have items for most of what is asked


def test_the_words_of_a_condition_say_it(loaded: Store, plans: list[Plan]) -> None:
    texts = {plan.document.id: plan.text for plan in plans}
    documents = list(texts)
    unit = next(unit.id for unit in plans[0].units if unit.name == "市编办")
    query = bind(parse_where(f"lead({unit}) and due-by(2018-12-31)"), lambda _, given: (given, given))
    found = loaded.read(lambda reading: matches(reading, query, documents))
    words = [
        [texts[match.document_id][place.start : place.end] for place in match.places if place.start is not None]
        for match in found
    ]
    assert words
    assert all(one[0] == "市编办" and "2018年" in one[1] for one in words)


def test_a_query_says_itself_back() -> None:
    text = 'lead(市编办) and (not due-by(2018-12-31) or list(open)) and cites("规定（试行）,附则", basis)'
    query = bind(parse_where(text), lambda _, given: (given, given))
    assert written(query) == text
    assert says(query) == (
        "由市编办牵头，且（2018-12-31以前不到期或没有日期，或名单未尽（以“等”结尾）），且依据《规定（试行）,附则》"
    )
