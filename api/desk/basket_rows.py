"""A basket as answers show it: each entry with its words, and whether these still stand where they stood.

An entry is ``current`` while every one of its places has the words it was put aside with, ``changed`` where one has others,
``plan-gone`` where its plan was removed. What is of no single plan (a unit, an instrument) has no words and is ``current``.

Example: ``basket_answer(store, basket)["items"][0]["index"]`` is ``SJ-01``.

Left to others: keeping it (`api.desk.baskets`), the paper (`api.desk.paper`).
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Literal, TypeAlias

from api.answers.nesting import TEXTS
from api.desk.baskets import MOST_ENTRIES, Basket, BasketEntry
from api.desk.subjects import PointedAt
from graph.store.contract import ReadTransaction, Store

EntryState: TypeAlias = Literal["current", "changed", "plan-gone"]
ENTRY_STATE_WORDS: dict[str, str] = {"current": "与原文一致", "changed": "原文已变", "plan-gone": "文件已移除"}
KIND_OF_ENTRY: dict[str, str] = {
    "item": "事项",
    "finding": "疑点",
    "fact": "事实",
    "chain": "链路",
    "document": "文件",
    "unit": "单位",
    "regulation": "法规",
    "place": "原文",
}


def basket_answer(store: Store, basket: Basket) -> dict[str, Any]:
    """The whole basket."""
    return {
        "fields": asdict(basket.fields),
        "items": entry_rows(store, basket.entries),
        "total": {"value": len(basket.entries), "relation": "eq"},
        "most": MOST_ENTRIES,
    }


def entry_rows(store: Store, entries: Sequence[BasketEntry]) -> list[dict[str, Any]]:
    """Entries as JSON, of one version of the data."""

    def work(reading: ReadTransaction) -> list[dict[str, Any]]:
        return [_row(one, state_of_entry(reading, one.point)) for one in entries]

    return store.read(work)


def state_of_entry(reading: ReadTransaction, point: PointedAt) -> EntryState:
    """Whether the words of an entry still stand where they stood."""
    if point.document is None:
        return "current"
    rows = reading.rows("read/findings-document", {"document": point.document})
    if not rows:
        return "plan-gone"
    if rows[0]["text_sha256"] == point.text_sha256:
        return "current"
    text = TEXTS.get(reading, rows[0]["text_sha256"])
    holds = all(text[one.start : one.end] == one.quote for one in point.places)
    return "current" if holds and point.places else "changed"


def _row(entry: BasketEntry, state: EntryState) -> dict[str, Any]:
    point = entry.point
    return {
        "id": entry.id,
        "position": entry.position,
        "index": entry.index,
        "mark": entry.mark,
        "note": entry.note,
        "kind": point.subject.kind,
        "kind_zh": KIND_OF_ENTRY[point.subject.kind],
        "subject": point.subject.id,
        "title": point.title,
        "said": point.said,
        "document": None if point.document is None else {"id": point.document, "title": point.document_title},
        "text_sha256": point.text_sha256,
        "places": [{"what": one.what, "span": [one.start, one.end], "quote": one.quote} for one in point.places],
        "places_left_out": entry.places_left_out,
        "added_at": entry.added_at,
        "state": state,
        "state_zh": ENTRY_STATE_WORDS[state],
    }
