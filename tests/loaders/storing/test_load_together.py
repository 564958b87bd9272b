"""Plans that are new to the store share a transaction: what is stored is what loading one by one stores."""

import pytest
from msgspec.structs import replace

from graph.errors import StoreError
from loaders.storing import load as loading
from loaders.storing.differences import read_stored
from loaders.storing.load import load_new, load_plan, remove_document

NOW = "2026-11-23T08:00:00+00:00"


@pytest.fixture
def three(plans):
    """Three plans of one city that share units and a regulation; the second one knows another name of 市司法局."""
    made = [plans.make(reference=f"临发〔2017〕{n}号", title=f"临江市第{n}号方案") for n in (1, 2, 3)]
    made[1] = replace(made[1], units=tuple(renamed(unit) for unit in made[1].units))
    return made


def renamed(unit):
    return replace(unit, aliases=(*unit.aliases, "市司法行政局")) if unit.name == "市司法局" else unit


def stored(store, plans):
    """All that the store holds of the plans, shared nodes included."""
    units = sorted({unit.id for plan in plans for unit in plan.units})

    def look(reading):
        documents = [read_stored(reading, plan.document.id) for plan in plans]
        found = [(rows.nodes, rows.relationships) for rows in documents]
        return found, sorted(
            (row["id"], row["properties"]) for row in reading.rows("load/stored-node/unit", {"ids": units})
        )

    return store.read(look)


def version(store):
    return store.read(lambda reading: reading.data_version)


def test_what_is_loaded_together_is_what_is_loaded_one_by_one(store, three):
    for plan in three:
        load_plan(plan, store, now=NOW)
    expected = stored(store, three)
    for plan in three:
        remove_document(plan.document.id, store)
    before = version(store)

    assert load_new(three, store, now=NOW) == {0, 1, 2}

    assert version(store) == before + 2  # one transaction
    assert stored(store, three) == expected
    assert load_new(three, store, now=NOW) == set()
    assert version(store) == before + 2


def test_a_unit_is_joined_with_what_the_store_says_of_it(store, three):
    load_plan(three[1], store, now=NOW)
    load_plan(three[0], store, now=NOW)
    load_plan(three[2], store, now=NOW)
    expected = stored(store, three)
    remove_document(three[0].document.id, store)
    remove_document(three[2].document.id, store)
    assert load_new(three, store, now=NOW) == {0, 2}
    assert stored(store, three) == expected


def test_what_is_no_new_plan_is_left_to_be_loaded_by_itself(store, three, plans):
    load_plan(three[0], store, now=NOW)
    same_text = replace(three[0], document=replace(three[0].document, id="临江市-另一个"))
    twice = plans.edited(1, leads=("市民政局",)).make(reference="临发〔2017〕2号", title="临江市第2号方案")
    nothing = replace(three[2], items=(), duties=())
    assert load_new([three[0], same_text, three[1], twice, nothing], store, now=NOW) == {2}


def test_a_transaction_that_fails_stores_none_of_them(store, three, monkeypatch):
    real = loading._write

    def write(writing, found):
        real(writing, found)
        raise StoreError("no room")

    monkeypatch.setattr(loading, "_write", write)
    before = version(store)
    with pytest.raises(StoreError, match="no room"):
        load_new(three, store, now=NOW)
    assert version(store) == before
    assert store.status().counts["Document"] == 0
