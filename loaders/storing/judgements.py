"""Judgements on two units: `store_judgement` records one, `apply_judgements` applies them in a load.

A load replaces merged units: facts move to the unit that stays; ids and words do not change.

Example: after ``store_judgement(store, Judgement("青川县:县城管局", "青川县:县执法局", "same", …))`` the next load of each plan moves
its duties; after ``different`` the load after that moves them back.

Left to others: which judgements hold (`graph.judgements`), names that are equal by rule
(`loaders.facts.unit_identity`), the answer 307 (`api`).
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from types import MappingProxyType

from graph.errors import NotFound, ParameterError
from graph.judgements import Judgement, merged_units, read_judgements_on
from graph.names import PAGE_SIGN
from graph.store.contract import ReadTransaction, Store, WriteTransaction
from loaders.storing.rows import Relationship, Rows

WORDS = ("same", "different", "unsure")


def store_judgement(store: Store, judgement: Judgement) -> int:
    """Record a judgement and return the new data version. Raises ParameterError for an unknown word, NotFound for a
    unit.
    """
    if judgement.judgement not in WORDS:
        raise ParameterError(f"the judgement is {judgement.judgement[:40]!r}; expected one of {', '.join(WORDS)}.")
    if judgement.unit == judgement.other:
        raise ParameterError(f"both units are {judgement.unit!r}; expected two.")
    for name in ("by", "why"):
        if not getattr(judgement, name).strip():
            raise ParameterError(f"{name} is empty; expected who judges and why, so that others can follow it.")

    def work(writing: WriteTransaction) -> int:
        row = asdict(judgement)
        row["judged_by"] = row.pop("by")
        if not writing.rows("load/judge-units", row):
            raise NotFound(
                f"no two units have the ids {judgement.unit!r} and {judgement.other!r}; nothing was recorded."
            )
        return writing.data_version

    return store.write(work)


def apply_judgements(reading: ReadTransaction, wanted: Rows, renamed: Mapping[str, str] = MappingProxyType({})) -> Rows:
    """``wanted`` with merged units replaced by the units that stay; ``renamed``: ids that this load changes."""
    own = wanted.ids("Unit")
    judged = merged_units(read_judgements_on(reading, own, renamed))
    into = {unit: stays for unit, stays in judged.items() if unit in own}
    if not into:
        return wanted
    units = {id_: node for id_, node in wanted.nodes["Unit"].items() if id_ not in into}
    absent = sorted(set(into.values()) - units.keys())
    units |= {row["id"]: row["properties"] for row in reading.rows("load/stored-node/unit", {"ids": absent})}
    made = Rows(wanted.nodes | {"Unit": units}, {})
    for key, link in wanted.relationships.items():
        made.relationships[key] = (
            _of_other(link, into[link.from_id]) if link.from_label == "Unit" and link.from_id in into else link
        )
    return made


def _of_other(link: Relationship, unit: str) -> Relationship:
    """The same fact of another unit."""
    page = PAGE_SIGN.join((unit, link.properties["page"].partition(PAGE_SIGN)[2]))
    return replace(link, from_id=unit, properties=link.properties | {"page": page})
