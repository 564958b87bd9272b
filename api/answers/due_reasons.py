"""Why an item and its tasks are due on their dates, as JSON with the words of every clause that was weighed.

Order of steps: read the time clauses of the item and of its document; weigh them (`graph.dates.effective_date`); add
evidence to each.

Example: item 6 of the sample is due by the fallback clause of the covering notice, whose words are in
``due_reason.weighed``; its task 完善立体化社会治安防控体系 is due at the end of 2017 by its own date.

Left to others: the rest of an item's card (`api.answers.objects`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from api.answers.nesting import Json
from graph.dates.effective_date import of_item, of_task
from graph.store.contract import ReadTransaction, Row

NestFacts: TypeAlias = Callable[[Sequence[Row]], list[Json]]


def explain_due(reading: ReadTransaction, card: Json, item: Row, clauses: Sequence[Row], shaped: NestFacts) -> None:
    """Add ``due_reason`` to the card of an item, and ``due`` with ``due_reason`` to each of its tasks.

    ``item`` is the row of ``read/item``, ``clauses`` are those of ``read/item-deadlines``, ``shaped`` nests clauses.
    """
    of_document = reading.rows("read/document-deadlines", {"document": item["document_id"]})
    fallback = [clause for clause in of_document if clause["kind"] == "document"]
    evidence = {fact["id"]: fact["evidence"] for fact in (*card["deadlines"], *shaped(fallback))}
    card["due_reason"] = _with_words(of_item(item, clauses, fallback), evidence)
    for task in card["tasks"]:
        found = of_task(task["id"], item, clauses, fallback)
        task["due"] = found.pop("due")
        task["due_reason"] = _with_words(found, evidence)


def _with_words(found: Mapping[str, Any], evidence: Mapping[str, Json | None]) -> Json:
    weighed = [{**clause, "evidence": evidence[clause["id"]]} for clause in found["weighed"]]
    return {"basis": found["basis"], "rule": found["rule"], "weighed": weighed}
