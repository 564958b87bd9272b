"""Findings about who bears an item: leads, responsible units, open lists, and bodies that only the text names.

Each rule is a function from the rows of a plan to its hits, in the order of `graph.findings.rules`.

Example: item 20 of the sample, 牵头单位:市编办、市政府法制办。, is a hit of `several_leads`.

Left to others: counties and zones (`graph.findings.counties`).
"""

import re
from collections.abc import Iterator

from graph.findings.finding import Hit
from graph.findings.plan_rows import PlanRows, numbers
from graph.model import UnitRef
from graph.store.contract import Row

# a unit that stands for a territory: by the vocabulary's level, else by its name
ZONE_LEVEL = "开发区"
ZONE_NAME = re.compile(r"[区园](?:党工委|管委会|管理委员会)$")  # 高新区管委会, 工业园管委会; not 住房公积金管委会
LINES = {"lead": "牵头单位栏", "responsible": "责任单位栏", "cooperating": "配合单位栏"}

# `unit_overloaded`: at least so many leads, so many units that lead at all, so many times the mean of the others
FEW_LEADS, FEW_UNITS, TIMES = 5, 5, 4.0


def no_lead(plan: PlanRows) -> Iterator[Hit]:
    """Items, or parts of items, without a lead, also above or below them. If the plan names no lead anywhere, it has one hit."""
    items = plan.numbered
    if len(items) > 1 and not plan.has_leads:
        places = tuple(map(plan.heading, items))
        yield Hit(f"全部{len(items)}个事项都没有写明牵头单位。", places, len(items), items=tuple(items))
        return
    for item in items:
        without = [leaf for leaf in plan.leaves_of(item) if not plan.bearers_around(leaf, "lead")]
        whole = len(without) == len(plan.leaves_of(item))
        for met in [item] if whole else without:
            lines = plan.clauses("单位栏", plan.duties.get(met["id"], ()))
            said = "只列了其他单位" if lines else "也没有列出任何单位"
            told = () if lines else plan.mentions.get(met["id"], ())
            if told:
                said += f"，只在正文中提到{'、'.join(dict.fromkeys(mention['unit_name'] for mention in told))}"
            places = (plan.heading(met), *lines, *plan.clauses("正文", told))
            yield Hit(f"没有写明牵头单位，{said}。", places, 1, item=met)


def several_leads(plan: PlanRows) -> Iterator[Hit]:
    """An item with two or more leads. The first is usually the principal one, but the text rarely says so."""
    for leaf in plan.leaves:
        leads = plan.bearers(leaf, "lead")
        if len(leads) > 1:
            names = "、".join(lead["unit_name"] for lead in leads)
            said = f"有{len(leads)}个牵头单位：{names}；列在第一位的是{leads[0]['unit_name']}。"
            yield Hit(said, plan.clauses(LINES["lead"], leads), len(leads), item=leaf)


def only_collectives(plan: PlanRows) -> Iterator[Hit]:
    """A line of responsible units that names only collectives and zones: nobody can be held responsible."""
    for leaf in plan.leaves:
        bearers = plan.bearers(leaf, "responsible")
        if bearers and all(b["collective"] or is_zone(b) for b in bearers):
            names = "、".join(b["unit_name"] for b in bearers)
            yield Hit(
                f"责任单位栏没有点名任何具体部门，只有：{names}。",
                plan.clauses(LINES["responsible"], bearers),
                len(bearers),
                item=leaf,
            )


def open_list(plan: PlanRows) -> Iterator[Hit]:
    """A line that ends in 等, 等部门 or 等有关部门."""
    for leaf in plan.leaves:
        bearers = [duty for duty in plan.duties.get(leaf["id"], ()) if duty["open_list"]]
        if bearers:
            named = sum(not b["collective"] for b in bearers)
            yield Hit(
                f"单位名单以“等”字收尾，点名{named}个，其余未列全。",
                plan.clauses(LINES[bearers[0]["role"]], bearers),
                named,
                item=leaf,
            )


def bearer_not_listed(plan: PlanRows) -> Iterator[Hit]:
    """The body demands something of bodies that the unit lines neither name nor cover."""
    for leaf in plan.leaves:
        met = plan.mentions.get(leaf["id"], [])
        if met:
            names = "、".join(dict.fromkeys(m["unit_name"] for m in met))
            lines = plan.clauses("单位栏", plan.duties.get(leaf["id"], ()))
            yield Hit(
                f"正文对{names}提出了要求，单位栏既没有点名，也没有概括到。",
                (*plan.clauses("正文", met), *lines),
                len(met),
                item=leaf,
            )


def lead_also_responsible(plan: PlanRows) -> Iterator[Hit]:
    """A unit that an item names twice: as its lead and as another bearer."""
    for leaf in plan.leaves:
        others = {duty["unit_id"]: duty for duty in plan.bearers(leaf, "responsible", "cooperating")}
        twice = [(lead, others[lead["unit_id"]]) for lead in plan.bearers(leaf, "lead") if lead["unit_id"] in others]
        if twice:
            places = [plan.name_of(LINES[duty["role"]], duty) for pair in twice for duty in pair]
            names = "、".join(lead["unit_name"] for lead, _ in twice)
            yield Hit(
                f"{names}既是牵头单位，又列在{LINES[twice[0][1]['role']]}中。",
                tuple(place for place in places if place is not None),
                len(twice),
                item=leaf,
            )


def unit_overloaded(plan: PlanRows) -> Iterator[Hit]:
    """A unit that leads many times as often as the other leading units on average."""
    led: dict[str, list[tuple[Row, Row]]] = {}
    for leaf in plan.leaves:
        for lead in plan.bearers(leaf, "lead"):
            led.setdefault(lead["unit_id"], []).append((leaf, lead))
    total = sum(map(len, led.values()))
    if len(led) < FEW_UNITS:
        return
    for key, duties in led.items():
        others = (total - len(duties)) / (len(led) - 1)
        if len(duties) >= FEW_LEADS and len(duties) >= TIMES * others:
            items = tuple(leaf for leaf, _ in duties)
            name = duties[0][1]["unit_name"]
            places = (plan.name_of(LINES["lead"], lead) for _, lead in duties)
            yield Hit(
                f"{name}牵头{len(duties)}项（{numbers(items)}），占全部{total}项次的{len(duties) / total:.0%}，"
                f"是其余{len(led) - 1}个牵头单位平均数（{others:.1f}项）的{len(duties) / others:.1f}倍。",
                tuple(place for place in places if place is not None),
                len(duties),
                items=items,
                unit=UnitRef(key, name),
                key=key,
            )


def is_zone(duty: Row) -> bool:
    """Whether the bearer of a duty stands for a territory."""
    return duty["unit_level"] == ZONE_LEVEL or ZONE_NAME.search(duty["unit_name"]) is not None
