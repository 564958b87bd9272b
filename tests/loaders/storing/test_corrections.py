"""Corrections of a load are stored, and every later reading of the stored text repeats them."""

import json
from typing import Any

import msgspec

from graph.store.contract import Store
from loaders.plan import parse_plan
from loaders.storing.check import check
from loaders.storing.load import load_plan
from loaders.storing.reread import reread

THEN, NOW = "2026-11-29T00:00:00+00:00", "2026-11-30T00:00:00+00:00"
TEXT = "青川县河道整治方案\n2021年4月2日\n一、任务\n1.清淤。\n牵头单位：县水利局\n完成时限：10月底前\n"
GIVEN = {
    "title": "白河区清淤方案",
    "reference_number": "白政发〔2022〕1号",
    "issued_on": "2022-05-06",
    "region": "白河区",
}
PLAN = "白河区-白政发2022-1"


def stored(store: Store, document: str) -> dict[str, Any]:
    rows = store.read(lambda reading: reading.rows("load/stored-node/document", {"ids": [document]}))
    found: dict[str, Any] = rows[0]["properties"]
    return found


def write(store: Store, **properties: Any) -> None:
    rows = [{"id": properties["id"], "properties": properties}]
    store.write(lambda writing: writing.rows("load/merge-node/document", {"rows": rows}))


def test_a_correction_is_stored_beside_what_the_text_says(store: Store) -> None:
    load_plan(parse_plan(TEXT, **GIVEN), store, now=NOW)
    fixes = json.loads(stored(store, PLAN)["corrections"])
    assert [(fix["name"], fix["given"], fix["stated"]) for fix in fixes] == [
        ("title", "白河区清淤方案", "青川县河道整治方案"),
        ("reference_number", "白政发〔2022〕1号", None),
        ("issued_on", "2022-05-06", "2021-04-02"),
        ("region", "白河区", "青川县"),
    ]
    assert check(store).differences == ()


def test_another_reading_repeats_it(store: Store) -> None:
    plan = parse_plan(TEXT, **GIVEN)
    older = msgspec.structs.replace(plan.document, parser_version="7")
    load_plan(msgspec.structs.replace(plan, document=older), store, now=THEN)
    (done,) = reread(store, now=NOW)
    assert (done.document, done.fault, done.gained, done.lost) == (PLAN, None, 0, 0)
    assert stored(store, PLAN)["title"] == "白河区清淤方案"
    assert check(store).outdated == check(store).differences == ()


def test_a_correction_taken_back_leaves_what_the_text_says(store: Store) -> None:
    load_plan(parse_plan(TEXT, **GIVEN), store, now=THEN)
    load_plan(parse_plan(TEXT, reference_number="白政发〔2022〕1号", region="白河区"), store, replace=True, now=NOW)
    assert (stored(store, PLAN)["title"], stored(store, PLAN)["issued_on"]) == ("青川县河道整治方案", "2021-04-02")
    load_plan(parse_plan(TEXT, document_id=PLAN), store, replace=True, now=NOW)
    assert "corrections" not in stored(store, PLAN)


def test_a_date_that_did_not_count_in_an_earlier_version_does_not_count_now(store: Store) -> None:
    """Up to version 7 a date of issue was for texts that have none."""
    plan = parse_plan(TEXT)
    load_plan(plan, store, now=THEN)
    options = json.dumps({"issued_on": "2019", "region": None, "document_id": None})
    write(store, id=plan.document.id, options=options, parser_version="7")
    assert check(store).differences == ()
    assert [done.fault for done in reread(store, now=NOW)] == [None]
    assert stored(store, plan.document.id)["issued_on"] == "2021-04-02"
