"""How a real Neo4j runs the catalogue: PROFILE of every reading query begins at an index, and none multiplies.

What has to look at every node of a label (a list of all documents) is listed below with its reason.
"""

from contextlib import closing

import pytest

from graph.store.catalogue import load_catalogue
from graph.store.neo4j.store import BoltStore
from loaders.storing.load import load_plan

pytestmark = pytest.mark.server

READS = [query for query in load_catalogue().queries.values() if query.mode == "read"]
VALUES = {
    "string": "x", "int": 10, "float": 1.0, "bool": True, "list of string": ["x"],
    "map": {"document": "a", "item": 1, "fact": 1, "id": "a"}, "list of maps": [{"id": "x"}],
}  # fmt: skip

NAMED = {"index": "item_search"}  # a parameter of this name has just some values

# where a plan may begin: an index, the engine's counters, rows that were given, or the full-text call
STARTS = ("Seek", "CountFromCountStore", "Unwind", "Argument", "ProcedureCall")
EVERY_ONE = "a page of all of a kind, in order of ids; filters that may be left out cannot choose an index"
COUNTED = "how many a list holds in all: each is looked at once, up to the bound that the caller gives"
NAMES = "proposes the nearest name to one that is unknown: all are compared, up to a limit"
LABELS = ("document", "item", "regulation", "source-text", "unit")
WALKED = [
    query.name
    for query in READS
    if query.name.startswith(("load/walk-", "load/nameless-nodes/")) or query.name == "load/aliases-nowhere"
]
WHOLE = {"load/labels-met", "load/types-met"}  # a check asks what there is of labels and types, those of others as well
MISSING = "asks what is missing: no index holds that"
SCANS = {
    **{f"load/unsearched/{label}": "a migration looks at every node once" for label in LABELS},
    "load/document-ids": "a check of the whole graph",
    **dict.fromkeys(
        WALKED, "a check looks at every node and relationship once, where there are more than documents state"
    ),
    "load/documents-of-old-units": "the handful of ids that another reading changed, asked for once a migration",
    "load/known-files": "a folder is compared with every document",
    "questions/units-never-leading": MISSING,
    "questions/units-only-leading": MISSING,
    "questions/deadline-conflicts": EVERY_ONE,
    "read/count-units-never-leading": COUNTED,
    "read/count-units-only-leading": COUNTED,
    "questions/lead-workload": "weighs every plan; one that is named is picked out of them",
    "read/count-documents": COUNTED,
    "read/count-regulations": COUNTED,
    "read/count-units": COUNTED,
    "read/documents": EVERY_ONE,
    "read/count-unplaced": EVERY_ONE,
    "read/regions": EVERY_ONE,
    "read/corrected": "is read when all plans are listed",
    "read/not-read": "ranks every plan by how much of it was not read",
    "read/document-ids-from": EVERY_ONE,
    "read/regulations": EVERY_ONE,
    "read/units": EVERY_ONE,
    "read/document-names": NAMES,
    "read/regulation-names": NAMES,
    "read/unit-names": NAMES,
    "read/regions-called": "places are few: the region of each document is compared with the names that a question holds",
    "read/sections-called": "asked only when a question speaks of a part: titles have no index",
    "read/data-age": "the latest load of all documents",
    "read/migrations": "a handful of nodes",
    "read/judgements": "what people judged by hand: a handful of relationships, each looked at",
}


@pytest.fixture(scope="module")
def loaded(blank_of_module, plans):
    with closing(BoltStore(blank_of_module)) as store:
        load_plan(plans.make(), store, now="2026-11-23T08:00:00+00:00")
        yield store


def operators(plan):
    yield plan["operatorType"].partition("@")[0], not plan.get("children")
    for child in plan.get("children", ()):
        yield from operators(child)


# a query of which nothing may be left out is asked in one way
WAYS = [
    pytest.param(query, given, id=f"{given}-{query.name}")
    for query in READS
    for given in ("all parameters", "only what must be")
    if given == "all parameters" or any(p.nullable for p in query.params)
]


@pytest.mark.parametrize(("query", "given"), WAYS)
def test_a_plan_begins_at_an_index(loaded, query, given):
    values = {p.name: NAMED.get(p.name, VALUES[p.type]) for p in query.params}
    parameters = {p.name: None if p.nullable and given != "all parameters" else values[p.name] for p in query.params}
    profile = loaded._connection.read(lambda tx: tx.run(f"PROFILE {query.text}", parameters).consume().profile)
    found = list(operators(profile))
    if query.name in WHOLE:
        return
    assert not {name for name, _ in found} & {"AllNodesScan", "CartesianProduct"}
    scans = sorted({name for name, is_leaf in found if is_leaf and not any(s in name for s in STARTS)})
    if query.name in SCANS:
        assert set(scans) <= {"NodeByLabelScan", "NodeIndexScan", "DirectedRelationshipTypeScan"}, SCANS[query.name]
    else:
        assert scans == []


def test_every_reason_is_of_a_query_that_is_there():
    assert set(SCANS) <= {query.name for query in READS}
