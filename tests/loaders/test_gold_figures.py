"""The headline figures of the sample plan, counted from the parsed plan alone (the gold is compared elsewhere).

They are the figures by which the product is tried: how many items, bearers and dates, what one office leads, which
items cite one regulation.  Numbers in the expected lists are items of the plan.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from graph.model import Duty, Plan, Role
from loaders.plan import parse_plan

SAMPLE = Path(__file__).parents[2] / "examples/loudi-2017.txt"
LEGAL_AFFAIRS = "市政府法制办"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return parse_plan(SAMPLE.read_bytes().decode("utf-8"))


def duties(plan: Plan, role: Role) -> list[tuple[int | None, Duty]]:
    return [(i.number, d) for i in plan.items for d in i.duties if d.role == role]


def items_of(plan: Plan, role: Role, unit: str) -> list[int | None]:
    return [number for number, duty in duties(plan, role) if duty.unit.name == unit]


def test_counts(plan: Plan) -> None:
    leads, responsible = duties(plan, Role.LEAD), duties(plan, Role.RESPONSIBLE)
    assert [i.number for i in plan.items] == list(range(1, 46))
    assert len({i.section for i in plan.items}) == 8
    assert (len(leads), len({d.unit.id for _, d in leads}), len(responsible)) == (54, 17, 196)
    assert len(plan.duties) == 1


def test_joint_leads_in_order(plan: Plan) -> None:
    names = {n: [d.unit.name for m, d in duties(plan, Role.LEAD) if m == n] for n in range(1, 46)}
    joint = [n for n, leads in names.items() if len(leads) > 1]
    assert joint == [14, 17, 20, 28, 32, 39, 40, 42, 43]
    assert names[20] == ["市编办", LEGAL_AFFAIRS]
    assert names[28] == ["市纪委(市监察局)", "市审计局"]


def test_legal_affairs_office(plan: Plan) -> None:
    assert items_of(plan, Role.LEAD, LEGAL_AFFAIRS) == [*range(9, 15), 17, *range(20, 25), 33, 34, 39, 40, 41]
    assert items_of(plan, Role.RESPONSIBLE, LEGAL_AFFAIRS) == [1, 2, 3, 5, 8, 26, 27, 28, 43, 44, 45]


def test_items_citing_the_procedure_rules(plan: Plan) -> None:
    citing = [i.number for i in plan.items for c in i.citations if c.title == "湖南省行政程序规定"]
    assert citing == [3, 21, 34]


def test_completion_dates(plan: Plan) -> None:
    dates = Counter((i.due.date, i.due.basis.value) for i in plan.items)
    by_clause = {("2017-12-31", "item"): 15, ("2018-12-31", "item"): 21, ("2019-12-31", "item"): 7}
    assert dates == by_clause | {("2019-12-31", "document"): 2}
    assert [i.number for i in plan.items if i.due.basis == "document"] == [6, 10]


def test_lines_without_a_named_unit(plan: Plan) -> None:
    """Zones (管委会) count as territory here, as in question 7."""
    territory = re.compile(r"(?:经开区|新区)管委会$")
    lines = {n: [d for m, d in duties(plan, Role.RESPONSIBLE) if m == n] for n in range(1, 46)}
    assert sum(all(d.collective or territory.search(d.unit.name) for d in line) for line in lines.values()) == 24


def test_zone_of_the_decision_items(plan: Plan) -> None:
    assert items_of(plan, Role.RESPONSIBLE, "万宝新区管委会") == [14, 15, 16, 17, 18, 19]


def test_tasks_due_by_mid_2017(plan: Plan) -> None:
    due = [(i.number, d.task) for i in plan.items for d in i.deadlines if d.date == "2017-06-30"]
    assert len(set(due)) == 13
    assert Counter(number for number, _ in due) == {1: 1, 2: 2, 4: 2, 5: 1, 7: 2, 8: 1, 13: 2, 24: 1, 29: 1}


def test_targets_of_mediation(plan: Plan) -> None:
    targets = [t.target for i in plan.items if i.number == 36 for t in i.tasks if t.target]
    rows = [(t.name, t.value, t.unit, t.comparison) for t in targets]
    assert rows == [("调解率", 100.0, "%", None), ("成功率", 96.0, "%", ">=")]
