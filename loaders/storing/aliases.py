"""Ids that a new reading of the same text changes: the old one leads to what stands at its place now.

Order of steps: `renamed_ids` compares the stored rows of a document with those that its text gives now, place by place;
`note_aliases` records where each old id leads.  An old id that several replace in different plans is marked so and leads
nowhere: nothing chooses between them.

Example: 0.1.0 read the first measure of a problem as ``…:s1.1-1``; it is ``…:s1-1.1`` now, and the old id answers with it.
It had a unit ``青川市:市文化和旅游局``; forms of one name are joined since, and that id answers with ``青川市:市文旅局``.

Left to others: when a plan is written (`loaders.storing.load`), following an old id (`api.answers.references`),
judgements on a unit whose id changed (`graph.judgements`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from graph.judgements import merged_units, read_judgements_on
from graph.names import fold
from graph.store.contract import ReadTransaction, Row, WriteTransaction
from loaders.storing.differences import SHARED
from loaders.storing.rows import Relationship, Rows

Place = tuple[object, ...]


def renamed_ids(reading: ReadTransaction, stored: Rows, wanted: Rows) -> dict[str, str]:
    """The ids of items, units and regulations that ``stored`` has and ``wanted`` has not → the id that has its place now.

    Empty where the text itself changed: its places say nothing then.
    """
    if not stored.ids("SourceText") or stored.ids("SourceText") != wanted.ids("SourceText"):
        return {}
    found = _leading(_items(stored), _items(wanted), gone=stored.ids("Item") - wanted.ids("Item"))
    before = {(*place, raw) for place, link in _places(stored) if (raw := _as_read(link))}
    after = {(*place, _shared_end(link)) for place, link in _places(wanted)}
    if before == after:
        return found
    before |= _judged(reading, stored)
    gone = {str(one[-1]) for one in before} - {str(one[-1]) for one in after}
    return found | _leading(before, after, gone=gone)


def note_aliases(writing: WriteTransaction, renamed: Mapping[str, str], now: str) -> None:
    """Record where old ids lead from ``now`` on (ISO time)."""
    if not renamed:
        return
    # another plan may have led the old id of a unit elsewhere
    taken = {row["id"]: row for row in writing.rows("read/aliases", {"ids": sorted(renamed)}) if row["shared"]}
    rows = [
        {"id": old, "target": new, "several": old in taken and _leads_elsewhere(taken[old], new), "at": now}
        for old, new in renamed.items()
    ]
    writing.rows("load/note-aliases", {"rows": rows})


def _leads_elsewhere(known: Row, new: str) -> bool:
    return bool(known["several"]) or known["target"] != new


def _leading(before: set[Place], after: set[Place], *, gone: set[str]) -> dict[str, str]:
    """Each id that is ``gone`` → the one id at its places, if it is one; the last part of a place is the id there."""
    now: dict[Place, set[str]] = defaultdict(set)
    for *place, id_ in after:
        now[tuple(place)].add(str(id_))
    led: dict[str, set[str]] = defaultdict(set)
    for *place, id_ in before:
        if id_ in gone:
            led[str(id_)] |= now[tuple(place)]
    return {old: min(new) for old, new in led.items() if len(new) == 1}


def _items(rows: Rows) -> set[Place]:
    """Start, number and id of each item; of several at one place the first, which holds the others."""
    at: dict[Place, str] = {}
    for item in rows.nodes.get("Item", {}).values():
        at.setdefault((item.get("start"), item.get("number")), item["id"])
    return {(*place, id_) for place, id_ in at.items()}


def _places(rows: Rows) -> Iterator[tuple[Place, Relationship]]:
    """The facts about units and regulations whose name stands in the text, each with label and place of the name."""
    for link in rows.relationships.values():
        label = link.from_label if link.from_label == "Unit" else link.to_label
        if label in SHARED and link.properties.get("start") is not None:
            yield (label, link.properties["start"], link.properties.get("end")), link


def _shared_end(link: Relationship) -> str:
    return link.from_id if link.from_label == "Unit" else link.to_id


def _as_read(link: Relationship) -> str | None:
    """The unit or regulation that the text gave; None for a unit that replaces it by a judgement.

    The id of a fact keeps the name that was read (`graph.names.fact_id`).
    """
    if link.from_label != "Unit":
        return link.to_id
    return link.from_id if _name_in(link) == _name_of(link.from_id) else None


def _name_of(unit: str) -> str:
    """The folded name in the id of a unit: ``<region>:<name>``, unresolved ``<document>:?<name>``."""
    return fold(unit.rpartition(":")[2].removeprefix("?"))


def _name_in(link: Relationship) -> str:
    return str(link.properties.get("id", "")).rpartition("|")[0].rpartition("|")[2]


def _judged(reading: ReadTransaction, stored: Rows) -> set[Place]:
    """The places of those units that another replaces by a judgement, each with the unit that was read there."""
    replaced = [(place, link) for place, link in _places(stored) if _as_read(link) is None]
    if not replaced:
        return set()
    merged = merged_units(read_judgements_on(reading, {link.from_id for _, link in replaced}))
    read_as = {(stays, _name_of(unit)): unit for unit, stays in merged.items()}
    found = ((place, read_as.get((link.from_id, _name_in(link)))) for place, link in replaced)
    return {(*place, unit) for place, unit in found if unit is not None}
