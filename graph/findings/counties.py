"""Findings about levels and territories: counties that only the body names, zones that only some lines name.

Example: item 43 of the sample demands a yearly report of 县级政府, and its lines name no county; 万宝新区管委会 stands only on the
lines of items 14 to 19.

Left to others: other bodies that the lines leave out (`graph.findings.bearers`).
"""

import re
from collections.abc import Iterable, Iterator

from graph.findings.bearers import is_zone
from graph.findings.finding import Hit
from graph.findings.plan_rows import PlanRows, numbers
from graph.model import UnitRef
from graph.store.contract import Row

# 县级政府, 各县市区政府, 市县两级政府, 各级政府及其部门, 各级党委; not 乡镇政府, 各级党校
COUNTIES = re.compile(r"县|^各[市区]|[市、]区两级|^各级(?:人民)?(?:政府|党委|党政)")
# collectives that list the territories themselves, beside which a zone is named
TERRITORIES = re.compile(r"^各(?:县|市|区)|^县市区")
COUNTY_LEVEL = "县级"


def county_not_listed(plan: PlanRows) -> Iterator[Hit]:
    """The body demands something of counties, and no unit line names a county."""
    for leaf in plan.leaves:
        lines = plan.duties.get(leaf["id"], [])
        if names_counties([d["unit_name"] for d in lines if d["collective"]], [d["unit_level"] for d in lines]):
            continue
        met = [m for m in plan.mentions.get(leaf["id"], ()) if m["collective"] and asks_of_counties(m["unit_name"])]
        if met:
            names = "、".join(dict.fromkeys(m["unit_name"] for m in met))
            yield Hit(
                f"正文对{names}提出了要求，单位栏没有列县级政府。",
                (*plan.clauses("正文", met), *plan.clauses("单位栏", lines)),
                len(met),
                item=leaf,
            )


def asks_of_counties(collective: str) -> bool:
    """Whether a demand on this collective is a demand on counties.

    >>> [asks_of_counties(name) for name in ("县级政府", "各级政府及其部门", "乡镇政府", "各级党校")]
    [True, True, False, False]
    """
    return COUNTIES.search(collective) is not None


def names_counties(collectives: Iterable[str], levels: Iterable[str | None]) -> bool:
    """Whether unit lines with these collectives, or with units of these levels, name a county."""
    return COUNTY_LEVEL in levels or any(map(asks_of_counties, collectives))


def zone_left_out(plan: PlanRows) -> Iterator[Hit]:
    """A zone that stands beside the counties on some lines and is missing on other lines that name them.

    Only a zone that some line lists as a territory counts. A zone that merely leads a project is no gap elsewhere.
    """
    lines = {leaf["id"]: plan.bearers(leaf, "responsible", "cooperating") for leaf in plan.leaves}
    zones = {d["unit_id"]: d["unit_name"] for duties in lines.values() for d in duties if is_zone(d)}
    for key, name in zones.items():
        listed: list[tuple[Row, Row]] = []
        missing: list[tuple[Row, list[Row]]] = []
        beside = False
        for leaf in plan.leaves:
            own = [d for d in lines[leaf["id"]] if d["unit_id"] == key]
            peers = [d for d in lines[leaf["id"]] if d["unit_id"] != key and _is_territory(d)]
            listed += [(leaf, d) for d in own]
            beside = beside or bool(own and peers)
            if peers and not own:
                missing.append((leaf, peers))
        if beside and missing:
            peers_met = "、".join(dict.fromkeys(d["unit_name"] for _, peers in missing for d in peers))
            absent = tuple(leaf for leaf, _ in missing)
            there = [plan.name_of("列了它的单位栏", duty) for _, duty in listed]
            gaps = [place for _, peers in missing for place in plan.clauses("没有列它的单位栏", peers)]
            yield Hit(
                f"{name}列在{len(listed)}个事项中（{numbers(leaf for leaf, _ in listed)}）；另有{len(missing)}个事项列了"
                f"{peers_met}，没有列它（{numbers(absent)}）。",
                (*(place for place in there if place is not None), *gaps),
                len(missing),
                items=absent,
                unit=UnitRef(key, name),
                key=key,
            )


def _is_territory(duty: Row) -> bool:
    return is_zone(duty) or (duty["collective"] and TERRITORIES.search(duty["unit_name"]) is not None)
