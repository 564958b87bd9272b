"""Example questions for the start page, each of which has an answer in this store.

Order of steps: build a few questions from the first plan (its last number, the year of a date, a lead); keep those whose
answer has rows. They are kept for each scope until the data changes: of a long plan each costs as much as a page.

Example: over the sample they are 第45项由谁牵头、何时完成, 哪些事项有两个以上牵头单位 and 2018年底以前到期的事项由谁牵头.

Left to others: reading and answering (`api.asking.answer`).
"""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from api.answers.lists import list_documents, list_items
from api.answers.nesting import Evidence
from api.answers.paging import MAX_LIMIT, PageRequest
from api.answers.references import Narrow
from api.asking.answer import answer_text
from graph.library.question import Clock
from graph.store.contract import Store

_KEPT_SCOPES = 8
_KEPT: WeakKeyDictionary[Store, dict[tuple[int, Narrow, Clock], list[str]]] = WeakKeyDictionary()


def examples(store: Store, narrow: Narrow, clock: Clock) -> list[str]:
    """The questions in Chinese; an empty list for an empty store."""
    kept = _KEPT.setdefault(store, {})
    key = store.read(lambda reading: reading.data_version), narrow, clock
    made = kept.get(key)
    if made is None:
        made = kept[key] = _answered(store, narrow, clock)
        for old in list(kept)[:-_KEPT_SCOPES]:
            kept.pop(old, None)
    return list(made)


def _answered(store: Store, narrow: Narrow, clock: Clock) -> list[str]:
    def answered(text: str) -> bool:
        body = answer_text(store, text, page=PageRequest(1), evidence=Evidence.NONE, narrow=narrow, clock=clock).body
        return bool(body["items"]) and not body["unread"]

    return [text for text in _candidates(store) if answered(text)]


def _candidates(store: Store) -> Iterator[str]:
    plans = list_documents(store, page=PageRequest(1)).body["items"]
    if not plans:
        return
    within = Narrow(document=plans[0]["id"])
    items = list_items(store, narrow=within, page=PageRequest(MAX_LIMIT), evidence=Evidence.NONE).body["items"]
    numbers = [row["number"] for row in items if row["number"] is not None]
    if numbers:
        yield f"第{max(numbers)}项由谁牵头、何时完成"
    yield "哪些事项有两个以上牵头单位"
    dated = next((row["due"]["date"] for row in items if row["due"]["date"]), None)
    if dated:
        yield f"{dated[:4]}年底以前到期的事项由谁牵头"
