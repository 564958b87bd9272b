"""Judgements that people made on two units (the same, different, unsure), as a store keeps them.

Nothing is deleted: the last judgement on two units holds, so a new one undoes it.

Example: ``merged_units(read_judgements_on(reading, {"青川县:县城管局"}))`` is ``{"青川县:县城管局": "青川县:县执法局"}`` once the two are
judged the same.

Left to others: recording one, and what a load makes of them (`loaders.storing.judgements`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.store.contract import ReadTransaction, Row


@dataclass(frozen=True, slots=True)
class Judgement:
    """``unit`` is what ``other`` stays for when they are the same; both are ids. ``at`` is an ISO time."""

    unit: str
    other: str
    judgement: str
    by: str
    at: str
    why: str


def read_judgements(reading: ReadTransaction) -> list[Judgement]:
    """All that were recorded, oldest first."""
    return [
        Judgement(row["unit"], row["other"], row["judgement"], row["judged_by"], row["at"], row["why"])
        for row in reading.rows("read/judgements")
    ]


def read_judgements_on(reading: ReadTransaction, units: set[str]) -> list[Row]:
    """The judgements on ``units`` and on those they lead to, oldest first: all that `merged` needs to know of them."""
    rows: list[Row] = []
    asked: set[str] = set()
    while units - asked:
        rows += reading.rows("read/judgements-of-units", {"units": sorted(units - asked)})
        asked |= units
        units = {row[end] for row in rows for end in ("unit", "other")}
    return sorted(rows, key=lambda row: str(row["at"]))


def merged_units(rows: Iterable[Row]) -> dict[str, str]:
    """Each merged unit's id -> the id that stays, by the last judgement on each two; a ring merges nobody."""
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
