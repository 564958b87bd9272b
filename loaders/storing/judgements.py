"""Judgements: what people say of two units (the same, different, unsure), and what a load makes of it.

1. `judge` records one: who, when, why.  Nothing is deleted: the last judgement on two units holds, so a new one undoes it.
2. `merged` follows those that hold: 县应急局 same 县应急管理局 merges the first into the second.
3. `applied` gives a plan's rows with merged units in place: facts go to the unit that stays, ids and words as they were.

Example: after ``judge(store, Judgement("青川县:县城管局", "青川县:县执法局", "same", …))`` the next load of each plan moves its duties;
after ``different`` the load after that moves them back.

Left to others: names that are one by rule (`loaders.facts.unit_identity`), the answer 307 (`api`).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from graph.errors import NotFound, ParameterError
from graph.store.contract import Reading, Row, Store, Writing
from loaders.storing.rows import Rows

WORDS = ("same", "different", "unsure")


@dataclass(frozen=True, slots=True)
class Judgement:
    """``unit`` is what ``other`` stays for when they are the same; both are ids. ``at`` is an ISO time."""

    unit: str
    other: str
    judgement: str
    by: str
    at: str
    why: str


def judge(store: Store, judgement: Judgement) -> int:
    """Record a judgement; the data version it made. Raises ParameterError for an unknown word, NotFound for a unit."""
    if judgement.judgement not in WORDS:
        raise ParameterError(f"the judgement is {judgement.judgement[:40]!r}; expected one of {', '.join(WORDS)}.")
    if judgement.unit == judgement.other:
        raise ParameterError(f"both units are {judgement.unit!r}; expected two.")
    for name in ("by", "why"):
        if not getattr(judgement, name).strip():
            raise ParameterError(f"{name} is empty; expected who judges and why, so that others can follow it.")

    def work(writing: Writing) -> int:
        row = asdict(judgement)
        row["judged_by"] = row.pop("by")
        if not writing.rows("load/judge-units", row):
            raise NotFound(
                f"no two units have the ids {judgement.unit!r} and {judgement.other!r}; nothing was recorded."
            )
        return writing.data_version

    return store.write(work)


def judgements(reading: Reading) -> list[Judgement]:
    """All that were recorded, oldest first."""
    return [
        Judgement(row["unit"], row["other"], row["judgement"], row["judged_by"], row["at"], row["why"])
        for row in reading.rows("read/judgements")
    ]


def merged(rows: Iterable[Row]) -> dict[str, str]:
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


def judged(reading: Reading, units: set[str]) -> list[Row]:
    """The judgements on ``units`` and on those they lead to, oldest first: all that `merged` needs to know of them."""
    rows: list[Row] = []
    asked: set[str] = set()
    while units - asked:
        rows += reading.rows("read/judgements-of-units", {"units": sorted(units - asked)})
        asked |= units
        units = {row[end] for row in rows for end in ("unit", "other")}
    return sorted(rows, key=lambda row: str(row["at"]))


def applied(reading: Reading, wanted: Rows) -> Rows:
    """``wanted`` with the units that people merged in each other's place."""
    own = wanted.ids("Unit")
    into = {unit: stays for unit, stays in merged(judged(reading, own)).items() if unit in own}
    if not into:
        return wanted
    units = {id_: node for id_, node in wanted.nodes["Unit"].items() if id_ not in into}
    absent = sorted(set(into.values()) - units.keys())
    units |= {row["id"]: row["properties"] for row in reading.rows("load/stored-node/unit", {"ids": absent})}
    made = Rows(wanted.nodes | {"Unit": units}, {})
    for key, link in wanted.relationships.items():
        made.relationships[key] = (
            replace(link, from_id=into[link.from_id]) if link.from_label == "Unit" and link.from_id in into else link
        )
    return made
