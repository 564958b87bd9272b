"""The check: a fresh reading of the stored text against the graph, after changes made by hand."""

import json

import pytest

from graph.errors import NotFound
from loaders.files.source import Source
from loaders.plan import parse_plan
from loaders.storing.check import CheckReport, check
from loaders.storing.load import load_plan
from tests.forgeries import text_of

NOW = "2026-11-23T08:00:00+00:00"

TEXT = text_of("临江市")


@pytest.fixture
def loaded(store):
    """The plan above in the store, as (store, plan); whatever the test does to it, a load mends."""
    plan = parse_plan(Source(TEXT, name="plan.txt"))
    assert len(plan.items) == 2
    load_plan(plan, store, now=NOW)
    yield store, plan
    load_plan(plan, store, now=NOW)
    assert check(store).differences == ()


def found(report: CheckReport) -> set[tuple[str, str, str]]:
    return {(d.change, d.kind, d.id) for d in report.differences}


def merge(store, label: str, key: str, **properties):
    row = {"id": key, "properties": properties}
    store.write(lambda writing: writing.rows(f"load/merge-node/{label}", {"rows": [row]}))


@pytest.mark.parametrize("whole", [True, False])
def test_a_graph_as_it_was_loaded_has_no_difference(loaded, whole):
    store, plan = loaded
    report = check(store, None if whole else plan.document.id)
    assert report == CheckReport((plan.document.id,), (), (), store.status().data_version, whole=whole)


@pytest.mark.parametrize("whole", [True, False])
def test_a_property_of_a_node_changed_by_hand_is_named(loaded, whole):
    store, plan = loaded
    item, deadline, unit = plan.items[0], plan.items[0].deadlines[0], plan.items[0].duties[0].unit
    merge(store, "item", item.id, heading="编制权力清单", due_date="2030-12-31", remark="特例")
    merge(store, "deadline", deadline.id, date=None)
    merge(store, "unit", unit.id, name="市委编办")
    report = check(store, None if whole else plan.document.id)
    assert found(report) == {
        ("changed", "Item", item.id),
        ("changed", "Deadline", deadline.id),
        ("changed", "Unit", unit.id),
    }
    what = {d.id: d.what for d in report.differences}
    assert 'heading is "编制权力清单", the text says "编制事项清单' in what[item.id]
    assert 'due_date is "2030-12-31", the text says "2018-12-31"' in what[item.id]
    assert [(d.code, d.id) for d in report.foreign] == [("foreign-property", item.id)]
    assert report.foreign[0].what == 'remark is "特例", not ours'
    assert 'date is absent, the text says "2018-12-31"' in what[deadline.id]


def test_a_relationship_changed_by_hand_is_named(loaded):
    store, plan = loaded
    item = plan.items[0]
    kept, dragged, taken = item.duties[0], item.duties[1], item.duties[2]
    other = plan.items[1].duties[0].unit.id

    def meddle(writing):
        for duty, kind in ((dragged, "LEADS"), (taken, "RESPONSIBLE_FOR")):
            gone = {"type": kind, "id": duty.id, "owner": item.id, "other": duty.unit.id}
            writing.rows("load/remove-facts/item", {"rows": [gone]})
        new = [
            {"id": dragged.id, "from_id": other, "to_id": item.id, "properties": {}},
            {"id": kept.id, "from_id": kept.unit.id, "to_id": item.id, "properties": {"open_list": True, "end": 7}},
            {"id": "mine", "from_id": other, "to_id": item.id, "properties": {}},
        ]
        writing.rows("load/merge-fact-to/leads-unit-item", {"rows": new})

    store.write(meddle)
    report = check(store, plan.document.id)
    assert found(report) == {
        ("removed", "LEADS", dragged.id),
        ("added", "LEADS", dragged.id),
        ("removed", "RESPONSIBLE_FOR", taken.id),
        ("changed", "LEADS", kept.id),
        ("added", "LEADS", "mine"),
    }
    (changed,) = (d.what for d in report.differences if d.change == "changed")
    assert changed == f"end is 7, the text says {kept.span[1]}; open_list is true, the text says false"
    load_plan(parse_plan(Source(TEXT, name="plan.txt")), store, now=NOW)
    assert found(check(store)) == set()


def test_nodes_added_and_removed_by_hand_are_named(loaded):
    store, plan = loaded
    section, gone = plan.items[0].section, plan.items[1]
    merge(store, "item", "mine", heading="补充任务")
    link = {"from_id": section, "to_id": "mine", "properties": {"position": 9}}

    def meddle(writing):
        writing.rows("load/merge-link/has-item-section-item", {"rows": [link]})
        writing.rows("load/remove-node/item", {"ids": [gone.id]})

    store.write(meddle)
    report = check(store, plan.document.id)
    assert {("added", "Item", "mine"), ("removed", "Item", gone.id)} <= found(report)
    assert {("added", "HAS_ITEM", f"{section} → mine"), ("removed", "LEADS", gone.duties[0].id)} <= found(report)


def test_an_item_cut_off_its_section_is_still_the_same_item(loaded):
    store, plan = loaded
    item = plan.items[0]
    cut = {"type": "HAS_ITEM", "from_id": item.section, "to_id": item.id}
    store.write(lambda writing: writing.rows("load/remove-links/item", {"rows": [cut]}))
    assert found(check(store)) == {("removed", "HAS_ITEM", f"{item.section} → {item.id}")}


def test_a_text_changed_by_hand_is_named_by_its_sum(loaded):
    store, plan = loaded
    merge(store, "source-text", plan.document.text_sha256, text=TEXT.replace("市编办", "市审计局"))
    (difference,) = check(store).differences
    assert (difference.change, difference.kind, difference.id) == ("changed", "SourceText", plan.document.text_sha256)
    assert "sha256" in difference.what


def test_a_text_taken_away_is_named(loaded):
    store, plan = loaded
    gone = {"type": "HAS_TEXT", "from_id": plan.document.id, "to_id": plan.document.text_sha256}
    store.write(lambda writing: writing.rows("load/remove-links/source-text", {"rows": [gone]}))
    difference, text = check(store).differences
    assert (difference.change, difference.kind, difference.code) == ("removed", "SourceText", "text-missing")
    assert "0 source texts" in difference.what
    assert (text.code, text.id) == ("orphan", plan.document.text_sha256)
    load_plan(plan, store, now=NOW)


@pytest.mark.parametrize("options", ["{", "[]", '{"ort": 1}'])
def test_options_that_cannot_be_read_are_named(loaded, options):
    store, plan = loaded
    merge(store, "document", plan.document.id, options=options)
    (difference,) = check(store).differences
    assert difference.what.startswith("its options or repairs cannot be read any more")


def test_the_options_of_the_load_are_used_again(store):
    plan = parse_plan(TEXT, issued_on="2016-01-02", region="望海市", document_id="我的方案")
    load_plan(plan, store, now=NOW)
    assert check(store).documents == ("我的方案",)
    assert check(store).differences == ()
    merge(store, "document", "我的方案", options=json.dumps({"document_id": "别的方案"}))
    (difference,) = check(store).differences
    assert "gives the id '别的方案'" in difference.what


def test_a_document_read_by_another_version_is_listed_as_outdated(loaded):
    store, plan = loaded
    merge(store, "document", plan.document.id, parser_version="0.0.1")
    report = check(store)
    assert report.outdated == (plan.document.id,)
    assert report.differences == ()


def test_undecodable_places_are_read_again_as_such(store):
    text = TEXT.replace("主要任务", "主要\ufffd务")
    at = text.index("\ufffd")
    plan = parse_plan(Source(text, name="plan.txt", encoding="utf-8", undecodable=((at, at + 1),)))
    load_plan(plan, store, now=NOW)
    assert check(store).differences == ()


def test_an_unknown_document_is_refused(store):
    with pytest.raises(NotFound, match="no document has the id '别处-1'"):
        check(store, "别处-1")
