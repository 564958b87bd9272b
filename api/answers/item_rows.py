"""Items as lists show them: the rows of ``read/items`` and ``read/items-with-ids``, nested, with their leads and dates.

Example: a row of item 20 of the sample has ``leads`` with two units, and ``due_below`` null.

`neighbours_of` finds the items before and after one: within its part of the plan those that stand there; at its border
those with the number before and after, if just one item of the plan has it.

Left to others: reading the rows of lists (`api.answers.lists`, `api.answers.conditions`).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from api.answers.nesting import Evidence, Json, nest_rows
from graph.store.contract import ReadTransaction, Row

MOST = 500  # items of a part that are looked at
_NO_FILTER = dict.fromkeys(("cites", "q", "due_before", "due_after", "after"))
_NEIGHBOUR_KEYS = ("id", "number", "label", "heading")


def item_rows(reading: ReadTransaction, rows: Sequence[Row], evidence: Evidence) -> list[Json]:
    """The rows, nested; the leads of a row without repetition, and of a mere parent the first and last date below it."""
    made = nest_rows(reading, rows, evidence)
    titles = titles_of(reading, {row["document_id"] for row in made})
    for row in made:
        row["document_title"] = titles[row["document_id"]]
        leads = list(zip(row.pop("lead_ids"), row.pop("lead_names"), row.pop("lead_marks"), strict=True))
        named = {key: {"id": key, "name": name, **_marks(marks)} for key, name, marks in reversed(leads)}
        row["leads"] = [named[key] for key in dict.fromkeys(key for key, _, _ in leads)]
        dates = sorted(filter(None, row.pop("dates_below")))
        row["due_below"] = {"first": dates[0], "last": dates[-1]} if dates else None
        if row["part"] is None:
            del row["part"]
        row["evidence"] = row.pop("evidence")
    return made


def titles_of(reading: ReadTransaction, plans: Iterable[str]) -> dict[str, str | None]:
    """The titles of those of some plans that are stored, by their ids."""
    return {row["id"]: row["name"] for row in reading.rows("read/document-by-id", {"ids": sorted(plans)})}


def _marks(added: int) -> Json:
    """What weakens a lead, as ``lead_marks`` of the statement adds it up."""
    return {"inferred": bool(added & 1), "open_list": bool(added & 2), "collective": bool(added & 4)}


def neighbours_of(reading: ReadTransaction, card: Json) -> dict[str, Json | None]:
    """``previous`` and ``next`` of an item's card; None where there is none."""
    beside: dict[str, Json | None] = {"previous": None, "next": None}
    if card["section"] is None or "parent" in card:
        return beside
    document = card["document"]["id"]
    given = {**_NO_FILTER, "documents": [document], "section": card["section"]["id"], "limit": MOST}
    rows = reading.rows("read/items", given)
    at = next((number for number, row in enumerate(rows) if row["id"] == card["id"]), None)
    if at is None:
        return beside
    for name, step in (("previous", -1), ("next", 1)):
        if 0 <= at + step < len(rows):
            beside[name] = {key: rows[at + step][key] for key in _NEIGHBOUR_KEYS}
        else:
            beside[name] = _numbered(reading, document, card["number"], step)
    return beside


def _numbered(reading: ReadTransaction, document: str, number: int | None, step: int) -> Json | None:
    if number is None:
        return None
    found: list[Any] = reading.rows("read/items-numbered", {"documents": [document], "number": number + step})
    if len(found) != 1:
        return None
    return {"id": found[0]["id"], "number": number + step, "label": None, "heading": found[0]["name"]}
