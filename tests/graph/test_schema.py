"""The one declaration against the model, the load files and the store that the migrations make."""

import re

import pytest

from graph.model import DUTY_TYPE
from graph.schema import NODE, NODES, RELATIONSHIP, RELATIONSHIPS, misfit
from graph.store.catalogue import load_catalogue
from graph.store.migrations import declared_indexes
from graph.store.shapes import merge_of
from loaders.storing.differences import read_stored
from loaders.storing.load import load_plan
from loaders.storing.rows import plan_rows

NOW = "2026-11-23T08:00:00+00:00"


def test_the_store_has_just_the_declared_indexes(store):
    assert store.indexes() == declared_indexes()


def test_no_label_shares_its_name_with_a_relationship_type():
    labels, types = {n.label.lower() for n in NODES}, {r.type.lower() for r in RELATIONSHIPS}
    assert not labels & types
    assert (len(labels), len(types)) == (len(NODES), len(RELATIONSHIPS))


def test_every_end_of_a_relationship_is_a_declared_label():
    assert {label for r in RELATIONSHIPS for end in r.ends for label in end} <= set(NODE)


@pytest.mark.parametrize("declared", [*NODES, *RELATIONSHIPS], ids=lambda d: getattr(d, "label", None) or d.type)
def test_every_property_is_described_once(declared):
    assert declared.chinese
    assert declared.description
    names = [p.name for p in declared.properties]
    assert len(names) == len(set(names))
    assert all(p.chinese and p.description for p in declared.properties)


def test_what_is_stored_is_what_is_declared(store, plans):
    plan = plans.make()
    load_plan(plan, store, now=NOW)
    stored = store.read(lambda reading: read_stored(reading, plan.document.id, plan_rows(plan, now=NOW)))
    for label, nodes in stored.nodes.items():
        for properties in nodes.values():
            assert misfit(NODE[label], properties) is None
    for relationship in stored.relationships.values():
        declared = RELATIONSHIP[relationship.type]
        assert relationship.labels in declared.ends
        assert misfit(declared, relationship.properties) is None
    assert set(stored.nodes) == {"Document", "SourceText", "Section", "Item", "Deadline", "Unit", "Regulation"}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"id": "a", "start": 3, "kinds": ["timed"], "target_value": 96.0}, None),
        ({"id": "a", "begin": 3}, "'begin' is not declared"),
        ({"id": 7}, "'id' is 7; expected string"),
        ({"start": True}, "'start' is True; expected integer"),
        ({"start": None}, "'start' is None; expected integer"),
        ({"start": 2**63}, "expected integer"),
        ({"kinds": ["timed", None]}, "expected list of strings"),
        ({"kinds": "timed"}, "expected list of strings"),
        ({"target_value": 96}, "'target_value' is 96; expected float"),
    ],
)
def test_a_row_that_does_not_fit_is_found_before_it_is_written(row, fault):
    for sound in ({"id": "a"}, {"start": 3}, {"kinds": ["timed"]}):  # rows of the same names that fit are remembered
        assert misfit(NODE["Task"], sound) is None
    found = misfit(NODE["Task"], row)
    assert found is None if fault is None else found is not None and fault in found


FACTS = {*DUTY_TYPE.values(), "MENTIONED_IN", "CITES"}
STATED = [r for r in RELATIONSHIPS if r.type.startswith("HAS_") or r.type in FACTS]


@pytest.mark.parametrize("declared", STATED, ids=lambda d: d.type)
def test_every_stated_relationship_has_a_file_that_merges_it_on_its_key(declared):
    for start, end in declared.ends:
        text = load_catalogue()[merge_of(declared.type, (start, end))].text
        key = r" \{id: row\.id\}" if declared.has_id else ""
        # merging from a unit that bears thousands of duties would look through all of them, for each row
        merge = rf"MERGE \(b\)<-\[r:{declared.type}{key}\]-\(a\)"
        if declared.type == "CITES":
            merge = rf"MERGE \(a\)-\[r:{declared.type}{key}\]->\(b\)"
        assert re.search(rf"MATCH \(a:{start} .*\nMATCH \(b:{end} .*\n{merge}", text)


def test_only_stated_relationships_have_files_that_merge_them():
    made = re.compile(r"MERGE \([ab]\)<?-\[r:([A-Z_]+)")
    queries = load_catalogue().queries.values()
    found = {m[1] for q in queries if q.name.startswith("load/merge-") for m in made.finditer(q.text)}
    assert found == {r.type for r in STATED}
