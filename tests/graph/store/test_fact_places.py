"""The places of the facts of one unit or instrument: their order, pages of them, and the plans that have any."""

import pytest

from graph.names import PAGE_SIGN, page_key
from graph.schema import RELATIONSHIP
from graph.store import fact_places as module
from graph.store.fact_places import FactPlace, fact_places, facts_of_plans, plans_citing, plans_of_unit
from graph.store.shapes import merge_of
from loaders.storing.differences import read_named
from loaders.storing.load import load_plan
from loaders.storing.rows import plan_rows

NOW = "2026-11-23T08:00:00+00:00"
DUTIES = ("LEADS", "RESPONSIBLE_FOR", "COOPERATES_ON", "SUPERVISES")
WORDS = {"LEADS": "lead", "RESPONSIBLE_FOR": "responsible", "COOPERATES_ON": "cooperating", "SUPERVISES": "supervising"}


def stored(store, types):
    """The facts of every unit as the statements of items give them, in the order of lists."""

    def read(reading):
        items = [row["id"] for row in reading.rows("load/stored-tree", {"document": PLAN}) if row["label"] == "Item"]
        starts = {
            row["id"]: row["properties"]["start"] for row in reading.rows("load/stored-node/item", {"ids": items})
        }
        rows = reading.rows("load/stored-relationships/item", {"ids": items})
        rows += reading.rows("load/stored-relationships/document", {"ids": [PLAN]})
        found = {}
        for row in rows:
            if row["type"] in types:
                unit, owner = row["from_id"], row["to_id"]
                own = row["properties"]
                place = FactPlace(PLAN, starts.get(owner, -1), own.get("start", -1), own["id"])
                found.setdefault(unit, []).append(place)
        return {unit: sorted(some) for unit, some in found.items()}

    return store.read(read)


PLAN = "娄底市-娄发2017-4"


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_pages_give_every_fact_once_and_in_the_order_of_lists(sample_store, step):
    expected = stored(sample_store, DUTIES)
    assert len(expected) == 47
    for unit, every in list(expected.items())[:: 1 if step > 100 else 12]:
        met, after = [], None
        while True:
            page = sample_store.read(
                lambda reading, a=after, u=unit: fact_places(reading, u, DUTIES, limit=step, after=a)
            )
            met += page
            if len(page) < step:
                break
            last = page[-1]
            after = {"document": last.document, "item": last.item_start, "fact": last.fact_start, "id": last.id}
        assert met == every


def test_a_type_alone_and_a_plan_alone(sample_store):
    expected = stored(sample_store, ("LEADS",))["娄底市:市编办"]

    def read(reading, **more):
        return fact_places(reading, "娄底市:市编办", ("LEADS",), limit=1000, **more)

    assert sample_store.read(read) == expected
    assert sample_store.read(lambda reading: read(reading, document=PLAN)) == expected
    assert sample_store.read(lambda reading: read(reading, document=PLAN[:-1])) == []  # the beginning of its id
    behind = {"document": PLAN, "item": 2**53, "fact": -1, "id": "~"}
    assert sample_store.read(lambda reading: read(reading, after=behind)) == []


def test_the_unit_whose_name_goes_on_is_another(store, plans):
    made = plans.edited(1, leads=("市审计局", "市审计局办公室")).make()
    load_plan(made, store, now=NOW)
    found = store.read(lambda reading: fact_places(reading, "临江市:市审计局", ("LEADS",), limit=9))
    assert [place.id.split("|")[1:] for place in found] == [["lead", "市审计局", "1"]]


@pytest.mark.parametrize("at_once", [1, 2, 200])
def test_the_plans_of_a_unit_and_of_an_instrument_in_order(store, plans, monkeypatch, at_once):
    monkeypatch.setattr(module, "_AT_ONCE", at_once)
    few = plans.edited(2, leads=("市审计局",), cites=()).edited(3, cites=())
    made = [
        plans.make(reference="临发〔2017〕4号"),
        few.make(reference="临发〔2017〕6号"),
        plans.make(reference="临发〔2017〕5号"),
    ]
    for plan in made:
        load_plan(plan, store, now=NOW)
    four, six, five = (plan.document.id for plan in made)

    def of(stream, node, start=None, limit=100):
        return store.read(lambda reading: stream(reading, node, start, limit))

    assert of(plans_of_unit, "临江市:市政府办") == [four, five, six]
    assert of(plans_of_unit, "临江市:市政府办", five) == [five, six]
    assert of(plans_of_unit, "临江市:市政府办", four, 2) == [four, five]
    assert of(plans_of_unit, "临江市:市审计局") == [six]
    assert of(plans_of_unit, "临江市:没有") == []
    assert of(plans_citing, "湖南省行政程序规定") == [four, five]
    facts = store.read(lambda reading: facts_of_plans(reading, "临江市:市司法局", ("RESPONSIBLE_FOR",), [six, four]))
    assert facts == [f"{four}:s1-1|responsible|市司法局|1", f"{four}:s1-2|responsible|市司法局|1",
                     f"{six}:s1-1|responsible|市司法局|1", f"{six}:s1-2|responsible|市司法局|1"]  # fmt: skip


def test_a_key_is_in_the_order_of_its_parts():
    rows = [
        ("b", None, None, "b|x"),
        ("b", 0, None, "b:1|x"),
        ("b", 9, 4, "b:2|x"),
        ("b", 10, 3, "b:1|x"),
        ("b-1", 2, 2, "b-1:1|x"),
    ]
    keys = [page_key("u", *row) for row in rows]
    assert keys == sorted(keys)
    assert all(key.startswith("u" + PAGE_SIGN) for key in keys)


def test_a_migration_gives_the_keys_that_a_load_writes(store, sample_plan):
    load_plan(sample_plan, store, now=NOW)
    rows = plan_rows(sample_plan, now=NOW)

    def keys(reading):
        return {
            key: relationship.properties.get("page")
            for key, relationship in read_named(reading, rows).relationships.items()
            if "page" in RELATIONSHIP[relationship.type].types
        }

    written = store.read(keys)
    assert len(written) > 300
    assert None not in written.values()

    def forget(writing):
        for relationship in rows.relationships.values():
            if "page" in relationship.properties:
                row = {
                    "from_id": relationship.from_id,
                    "to_id": relationship.to_id,
                    "id": relationship.properties["id"],
                }
                name = merge_of(relationship.type, relationship.labels)
                writing.rows(name, {"rows": [row | {"properties": {"page": None}}]})

    store.write(forget)
    assert set(store.read(keys).values()) == {None}
    store.write(lambda writing: writing.rows("load/set-pages", {"documents": [PLAN], "sign": PAGE_SIGN}))
    assert store.read(keys) == written
