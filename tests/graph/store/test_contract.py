"""What every store does, whichever engine keeps it. Runs once per kind in ``STORES`` of the conftest.

Only queries of the catalogue are used, so a new store needs no change here.
"""

import threading

import pytest

from graph.errors import CatalogueError, ParameterError, StoreError

UNITS = ["试验市:甲", "试验市:乙", "试验市:丙"]

VALUES = {
    "name": "甲",
    "full_name": "临江市甲局 𠮷🙂\r\n\x00\t'\"\\`$name",
    "aliases": ["甲局", "𠮷", ""],
    "candidates": [],
    "collective": True,
    "unresolved": False,
    "level": "",
}


@pytest.fixture(autouse=True)
def _without_units(store):
    yield
    store.write(lambda writing: writing.rows("load/remove-unused/unit", {"ids": UNITS}))


def merge(writing, *rows):
    return writing.rows("load/merge-node/unit", {"rows": [{"id": id, "properties": p} for id, p in rows]})


def units(reading, *ids):
    return {r["id"]: r["properties"] for r in reading.rows("load/stored-node/unit", {"ids": list(ids or UNITS)})}


def version(store) -> int:
    return store.read(lambda reading: reading.data_version)


def test_a_read_returns_the_answer_of_its_work(store):
    assert store.read(lambda reading: ("answer", reading.rows("load/stored-node/unit", {"ids": UNITS}))) == (
        "answer",
        [],
    )


def test_values_come_back_as_plain_python(store):
    store.write(lambda writing: merge(writing, (UNITS[0], VALUES)))
    (stored,) = store.read(units).values()
    assert stored == {"id": UNITS[0], **VALUES}
    assert {type(v) for v in stored.values()} == {str, list, bool}
    assert [type(v) for v in stored["aliases"]] == [str] * 3


def test_numbers_come_back_as_they_are(store):
    key = "试验:s1-1-t1"
    values = {"start": 2**40, "end": 0, "target_value": 100.0}
    try:
        store.write(lambda w: w.rows("load/merge-node/task", {"rows": [{"id": key, "properties": values}]}))
        (row,) = store.read(lambda reading: reading.rows("load/stored-node/task", {"ids": [key]}))
        assert row["properties"] == {"id": key, **values}
        assert {k: type(v) for k, v in row["properties"].items()} == {
            "id": str,
            "start": int,
            "end": int,
            "target_value": float,
        }
    finally:
        store.write(lambda writing: writing.rows("load/remove-node/task", {"ids": [key]}))


def test_a_text_of_a_million_characters_is_kept(store):
    text, key = "责任单位:市政府法制办。𠮷\n" * 60_000, "0" * 64
    try:
        row = {"id": key, "properties": {"text": text}}
        store.write(lambda writing: writing.rows("load/merge-node/source-text", {"rows": [row]}))
        (stored,) = store.read(lambda reading: reading.rows("load/stored-node/source-text", {"ids": [key]}))
        assert stored["properties"]["text"] == text
    finally:
        store.write(lambda writing: writing.rows("load/remove-unused/source-text", {"ids": [key]}))


def test_null_takes_a_property_away(store):
    store.write(lambda writing: merge(writing, (UNITS[0], {"name": "甲", "level": "市"})))
    store.write(lambda writing: merge(writing, (UNITS[0], {"level": None})))
    assert store.read(units) == {UNITS[0]: {"id": UNITS[0], "name": "甲"}}


def test_the_version_goes_up_with_a_change_and_is_even(store):
    before = version(store)
    inside = store.write(lambda writing: (merge(writing, (UNITS[0], {"name": "甲"})), writing.data_version)[1])
    assert version(store) == inside > before
    assert (before % 2, inside % 2) == (0, 0)


def test_the_version_stays_when_nothing_was_written(store):
    store.write(lambda writing: merge(writing, (UNITS[0], {})))
    before = version(store)
    assert store.write(units) == {UNITS[0]: {"id": UNITS[0]}}
    store.write(lambda writing: writing.rows("load/remove-node/item", {"ids": ["none such"]}))
    store.write(lambda writing: merge(writing))
    assert version(store) == before
    assert store.status().data_version == before


def test_a_write_sees_what_it_wrote(store):
    assert store.write(lambda writing: (merge(writing, (UNITS[0], {"name": "甲"})), units(writing))[1]) == {
        UNITS[0]: {"id": UNITS[0], "name": "甲"}
    }


def test_a_write_that_raises_leaves_nothing(store):
    before = version(store)

    def work(writing):
        merge(writing, (UNITS[0], {"name": "甲"}), (UNITS[1], {"name": "乙"}))
        raise LookupError("half-way")

    with pytest.raises(LookupError, match="half-way"):
        store.write(work)
    assert (store.read(units), version(store)) == ({}, before)


def test_merging_the_same_rows_again_makes_no_second_node(store):
    for _ in range(2):
        store.write(lambda writing: merge(writing, (UNITS[0], {"name": "甲"}), (UNITS[1], {"name": "乙"})))
    assert store.status().counts["Unit"] == 2


def test_two_mentions_between_the_same_ends_are_two_relationships(store, plans):
    document = plans.make().document.id
    rows = [
        {"id": f"{document}|lead|甲|{n}", "from_id": UNITS[0], "to_id": document, "properties": {"position": n}}
        for n in (1, 2)
    ]
    try:
        store.write(lambda writing: merge(writing, (UNITS[0], {"name": "甲"})))
        store.write(lambda w: w.rows("load/merge-node/document", {"rows": [{"id": document, "properties": {}}]}))
        for _ in range(2):
            store.write(lambda writing: writing.rows("load/merge-fact-to/leads-unit-document", {"rows": rows}))
        found = store.read(lambda r: r.rows("load/stored-relationships/document", {"ids": [document]}))
        assert sorted(row["properties"]["position"] for row in found) == [1, 2]
    finally:
        store.write(lambda writing: writing.rows("load/remove-node/document", {"ids": [document]}))


def test_a_relationship_given_new_ends_within_one_write(store, plans):
    document = plans.make().document.id
    fact = f"{document}|lead|甲|1"

    def link(unit):
        return {"rows": [{"id": fact, "from_id": unit, "to_id": document, "properties": {}}]}

    def turn(writing):
        gone = {"type": "LEADS", "id": fact, "owner": document, "other": UNITS[0]}
        writing.rows("load/remove-facts/document", {"rows": [gone]})
        writing.rows("load/merge-fact-to/leads-unit-document", link(UNITS[1]))

    try:
        store.write(lambda w: w.rows("load/merge-node/document", {"rows": [{"id": document, "properties": {}}]}))
        store.write(lambda writing: merge(writing, (UNITS[0], {}), (UNITS[1], {})))
        store.write(lambda writing: writing.rows("load/merge-fact-to/leads-unit-document", link(UNITS[0])))
        store.write(turn)
        (row,) = store.read(lambda r: r.rows("load/stored-relationships/document", {"ids": [document]}))
        assert row["from_id"] == UNITS[1]
    finally:
        store.write(lambda writing: writing.rows("load/remove-node/document", {"ids": [document]}))


def test_a_writing_query_is_refused_in_a_read(store):
    with pytest.raises(StoreError, match="'load/merge-node/unit' writes"):
        store.read(lambda reading: merge(reading, (UNITS[0], {"name": "甲"})))
    assert store.read(units) == {}


def test_a_wrong_parameter_is_refused_before_the_engine_sees_it(store):
    with pytest.raises(ParameterError, match="'ids' is a str"):
        store.read(lambda reading: reading.rows("load/stored-node/unit", {"ids": "试验市:甲"}))
    with pytest.raises(CatalogueError, match="no query 'read/no-such'"):
        store.read(lambda reading: reading.rows("read/no-such"))


def test_a_read_inside_a_write_is_refused_and_the_store_goes_on(store):
    with pytest.raises(StoreError, match="inside another"):
        store.write(lambda _: store.read(units))
    assert store.read(units) == {}


def test_many_threads_read_and_write(store):
    failures = []

    def work(number):
        try:
            for turn in range(10):
                row = (UNITS[number], {"name": f"{number}-{turn}"})
                store.write(lambda writing, row=row: merge(writing, row))
                found = store.read(lambda reading: units(reading, UNITS[number]))
                assert found[UNITS[number]]["name"] == row[1]["name"]
        except BaseException as error:
            failures.append(error)

    before = version(store)
    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert version(store) == before + 2 * 30


def test_the_status_counts_what_is_there(store):
    store.write(lambda writing: merge(writing, *((id, {"name": id}) for id in UNITS)))
    status = store.status()
    assert (status.url, status.counts["Unit"], status.counts["Item"], status.counts["LEADS"]) == (store.url, 3, 0, 0)
    assert status.engine
    assert status.engine_version


def test_migrating_again_does_nothing(store):
    assert store.migrate() == []
