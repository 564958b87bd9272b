"""Judgements on units, on both engines: recorded, applied by the next load, undone by a new one, never deleted."""

import pytest

from graph.errors import NotFound, ParameterError
from graph.judgements import Judgement, merged_units, read_judgements
from loaders.plan import parse_plan
from loaders.storing.check import check
from loaders.storing.judgements import store_judgement
from loaders.storing.load import load_plan, remove_document

TEXT = "青川县方案\n1.清理。\n责任单位：县城管局、县司法局\n2.公开。\n责任单位：县执法局\n"
OLD, NEW = "青川县:县城管局", "青川县:县执法局"


def load(store):
    return load_plan(parse_plan(TEXT, region="青川县"), store, now="2026-01-01T00:00:00+00:00")


def bearers(store):
    rows = store.read(lambda reading: reading.rows("load/stored-relationships/item", {"ids": items(reading)}))
    return sorted(row["from_id"].partition(":")[2] for row in rows if row["type"] == "RESPONSIBLE_FOR")


def items(reading):
    (document,) = (row["id"] for row in reading.rows("load/document-ids"))
    return [row["id"] for row in reading.rows("load/stored-tree", {"document": document}) if row["label"] == "Item"]


def say(store, word, second):
    store_judgement(store, Judgement(OLD, NEW, word, "王五", f"2026-02-01T00:00:{second:02}+00:00", "2019年更名"))


def test_a_judgement_is_applied_by_the_next_load_and_undone_by_the_next_one(kept):
    load(kept)
    say(kept, "same", 1)
    assert bearers(kept) == ["县司法局", "县城管局", "县执法局"]
    report = load(kept)
    assert not report.unchanged
    assert bearers(kept) == ["县司法局", "县执法局", "县执法局"]
    assert load(kept).unchanged
    assert check(kept).differences == ()
    say(kept, "different", 2)
    load(kept)
    assert bearers(kept) == ["县司法局", "县城管局", "县执法局"]
    assert [(j.judgement, j.by, j.why) for j in kept.read(read_judgements)] == [
        ("same", "王五", "2019年更名"),
        ("different", "王五", "2019年更名"),
    ]


def test_a_judgement_outlives_the_documents(kept):
    document = load(kept).document_id
    say(kept, "same", 1)
    remove_document(document, kept)
    load(kept)
    assert bearers(kept) == ["县司法局", "县执法局", "县执法局"]


def test_what_cannot_be_judged(kept):
    load(kept)
    for wrong in ({"judgement": "alike"}, {"other": OLD}, {"by": " "}, {"why": ""}):
        with pytest.raises(ParameterError):
            store_judgement(kept, Judgement(**{**GIVEN, **wrong}))
    with pytest.raises(NotFound):
        store_judgement(kept, Judgement(**{**GIVEN, "other": "青川县:县无此局"}))
    assert kept.read(read_judgements) == []


GIVEN = {"unit": OLD, "other": NEW, "judgement": "same", "by": "王五", "at": "2026-02-01T00:00:00+00:00", "why": "更名"}


@pytest.mark.parametrize(
    ("given", "into"),
    [
        ([("a", "b", "same")], {"a": "b"}),
        ([("a", "b", "same"), ("b", "c", "same")], {"a": "c", "b": "c"}),
        ([("a", "b", "same"), ("b", "a", "different")], {}),
        ([("a", "b", "same"), ("b", "a", "same")], {"b": "a"}),
        ([("a", "b", "unsure")], {}),
        ([("a", "b", "same"), ("b", "c", "same"), ("c", "a", "same")], {}),
    ],
)
def test_who_stays(given, into):
    rows = [{"unit": unit, "other": other, "judgement": word} for unit, other, word in given]
    assert merged_units(rows) == into
