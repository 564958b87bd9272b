"""The units that carry an instrument (落实这部法规的单位): who bears the items that cite it, in which role, how often.

Order of steps: the chains of the instrument (`api.answers.chaining.chains`); one row for each unit at their ends, those that
lead most first and collectives last.  The chains have a limit: where it cut some off, the total is a lower bound.

Example: 湖南省行政程序规定 is carried by six units of the sample; 市政府法制办 leads.

Left to others: the words of each citation and duty (``/v1/regulations/{ref}/chain``).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from api.answers.chaining.chains import regulation_chains
from api.answers.nesting import Evidence, Json
from api.answers.paging import Listing, PageRequest, envelope
from api.answers.questions import Answer
from api.answers.references import Narrow, resolve
from graph.model import DUTY_TYPE
from graph.store.contract import ReadTransaction, Row, Store

_ROLES = {kind: role.value for role, kind in DUTY_TYPE.items()}
_COUNTED = ("lead", "responsible", "cooperating")


def carriers_answer(store: Store, reference: str, *, narrow: Narrow, page: PageRequest, evidence: Evidence) -> Answer:
    """The units that carry an instrument, a page of them."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "regulation", reference, narrow)

        def fetch(keys: Mapping[str, Any]) -> Listing:
            chains = regulation_chains(reading, found, evidence)
            rows = carriers_of(chains["downward"])
            begin = keys["after"]["fact"] + 1 if keys["after"] else 0
            return Listing(rows[begin:], len(rows), least=not chains["complete"], last=lambda row: _keys(rows, row))

        body = envelope(reading, page, ("regulation-units", {"regulation": found.id}), fetch, list)
        return Answer(body, "regulation", found)

    return store.read(work)


def carriers_of(downward: Sequence[Json]) -> list[Row]:
    """The units at the ends of an instrument's chains."""
    made: dict[str, Json] = {}
    counted: set[str] = set()
    for path in downward:
        unit, duty, item = path["nodes"][-1], path["steps"][-1], path["nodes"][-2]["id"]
        row = made.setdefault(
            unit["id"],
            {
                "unit": {"id": unit["id"], "name": unit["name"]},
                "collective": "collective" in duty["weaknesses"],
                **dict.fromkeys(_COUNTED, 0),
                "items": [],
                "inferred": duty["inferred"],
                "rule": duty["rule"],
                "because": duty["because"],
                "evidence": duty["evidence"],
            },
        )
        if duty["id"] not in counted:
            counted.add(duty["id"])
            row[_ROLES[duty["type"]]] += 1
        if item not in row["items"]:
            row["items"].append(item)
    return sorted(
        made.values(), key=lambda row: (row["collective"], *(-row[role] for role in _COUNTED), row["unit"]["id"])
    )


def _keys(rows: Sequence[Row], row: Row) -> Row:
    """Where a row stands, as a cursor says it."""
    return {"fact_start": rows.index(row), "id": row["unit"]["id"]}
