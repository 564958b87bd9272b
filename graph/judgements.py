"""Judgements of people on two units (the same, different, unsure), as a store keeps them.

Nothing is deleted: the last judgement on two units holds, so a new judgement undoes an old one.

Example: ``merged_units(read_judgements_on(reading, {"青川县:县城管局"}))`` is ``{"青川县:县城管局": "青川县:县执法局"}`` after the two were
judged the same.

Left to others: recording a judgement, and applying it in a load (`loaders.storing.judgements`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.store.contract import ReadTransaction, Row

_ENDS = ("unit", "other")


@dataclass(frozen=True, slots=True)
class Judgement:
    """If the two are the same, ``unit`` is replaced by ``other``; both are ids. ``at`` is an ISO time."""

    unit: str
    other: str
    judgement: str
    by: str
    at: str
    why: str


def read_judgements(reading: ReadTransaction) -> list[Judgement]:
    """All recorded judgements, oldest first."""
    return [
        Judgement(row["unit"], row["other"], row["judgement"], row["judged_by"], row["at"], row["why"])
        for row in reading.rows("read/judgements")
    ]


def read_judgements_on(
    reading: ReadTransaction, units: set[str], renamed: Mapping[str, str] = MappingProxyType({})
) -> list[Row]:
    """The judgements on ``units`` and on the units these lead to, oldest first: all that `merged_units` needs for them.

    A judgement on a unit whose id another reading changed is one on the unit that has its place now. ``renamed``: such
    ids that are not recorded yet, old → new.
    """
    own, asked = units, set[str]()
    rows: list[Row] = []
    into = dict(renamed)
    while fresh := units - asked:
        into |= _renamed(reading, fresh)
        fresh |= {old for old, new in into.items() if new in fresh} - asked
        rows += reading.rows("read/judgements-of-units", {"units": sorted(fresh)})
        asked |= fresh
        named = {str(row[end]) for row in rows for end in _ENDS}
        units = named | {into[unit] for unit in named & into.keys()}
    now = {old: new for old, new in into.items() if old not in own}
    led = [row | {end: now.get(row[end], row[end]) for end in _ENDS} for row in rows]
    return sorted((row for row in led if row["unit"] != row["other"]), key=lambda row: str(row["at"]))


def _renamed(reading: ReadTransaction, units: set[str]) -> dict[str, str]:
    """The recorded ids of earlier readings among ``units``, and those that lead to them → the id of now."""
    ids = sorted(units)
    known = [*reading.rows("read/aliases", {"ids": ids}), *reading.rows("read/aliases-to", {"targets": ids})]
    return {row["id"]: row["target"] for row in known if not row.get("several")}


def merged_units(rows: Iterable[Row]) -> dict[str, str]:
    """The id of each merged unit -> the id of the unit that replaces it. The last judgement on two units counts; a ring
    merges none.
    """
    last: dict[frozenset[str], Row] = {}
    for row in rows:
        last[frozenset((row["unit"], row["other"]))] = row
    into = {row["unit"]: row["other"] for row in last.values() if row["judgement"] == "same"}
    found = {}
    for unit in into:
        at, seen = unit, {unit}
        while (following := into.get(at)) is not None and following not in seen:
            at = following
            seen.add(at)
        if at not in into:
            found[unit] = at
    return found
