"""Single objects with everything that belongs to them: the card of an item, a unit, an instrument, a document.

The card of an item has, from one read, its leads (牵头), responsible (责任), cooperating (配合) and supervising (督导) units, leaders (负责人),
deadlines and the reason for its date (`api.answers.due_reasons`), citations, tasks, mentions and parts, each with words
and place.

Example: ``item_answer(store, "娄底市-娄发2017-4:20", ...)`` has two leads, due 2018-12-31 by its own completion clause.

Left to others: lists (`api.answers.lists`), the text itself (`api.answers.source_text`).
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from api.answers.chinese.labels import LEFT_TEXT_WORDS
from api.answers.chinese.rules import rule_said
from api.answers.chinese.sentences import said_of_item
from api.answers.due_reasons import explain_due
from api.answers.findings import count_findings, item_findings
from api.answers.item_rows import neighbours_of
from api.answers.nesting import Evidence, Json, nest_rows
from api.answers.questions import Answer
from api.answers.references import Narrow, resolve
from graph.store.contract import ReadTransaction, Row, Store

ROLES = {"leads": "lead", "responsible": "responsible", "cooperating": "cooperating", "supervising": "supervising"}


def document_card(row: Row) -> Json:
    """A document as in a list: its head, versions, counts and coverage in figures."""
    counts = {key.removeprefix("count_"): row[key] for key in row if key.startswith("count_")}
    coverage = json.loads(row["coverage"] or "{}")
    return {
        **{key: row[key] for key in _DOCUMENT_KEYS},
        "counts": counts
        | {"repairs": len(json.loads(row["repairs"] or "[]")), "warnings": len(json.loads(row["warnings"] or "[]"))},
        "corrections": json.loads(row["corrections"] or "[]"),
        "coverage": {
            "characters": coverage.get("characters", 0),
            "taken": coverage.get("taken", 0),
            "left_out": len(coverage.get("left_out", ())),
            "not_read": row["not_read"],
        },
    }


_DOCUMENT_KEYS = (
    "id",
    "title",
    "reference_number",
    "issuers",
    "region",
    "issued_on",
    "kind",
    "source",
    "file_sha256",
    "encoding",
    "text_sha256",
    "parser_version",
    "vocabulary_version",
    "loaded_at",
)


def section_rows(reading: ReadTransaction, rows: Sequence[Row], evidence: Evidence) -> list[Json]:
    """The sections of an outline. The place of each is its whole stretch."""
    made = nest_rows(reading, [{k: v for k, v in row.items() if k != "count_items"} for row in rows], evidence)
    for section, row in zip(made, rows, strict=True):
        section["items"] = row["count_items"]
        section["evidence"] = section.pop("evidence")
    return made


def unit_card(row: Row) -> Json:
    """A unit with its names and the number of its duties."""
    return {
        **{key: row[key] for key in _UNIT_KEYS},
        "counts": {
            key: row[f"count_{key}"] for key in ("lead", "responsible", "cooperating", "supervising", "mentioned")
        },
    }


_UNIT_KEYS = (
    "id",
    "name",
    "full_name",
    "region",
    "level",
    "kind",
    "aliases",
    "collective",
    "unresolved",
    "candidates",
    "source",
)


def regulation_card(row: Row) -> Json:
    """An instrument with the number of items and documents that cite it."""
    keys = ("id", "title", "reference_number", "issuer", "kind", "unresolved", "source")
    return {
        **{key: row[key] for key in keys},
        "counts": {"items": row["count_items"], "documents": row["count_documents"]},
    }


def unit_answer(store: Store, reference: str, narrow: Narrow) -> Answer:
    """One unit."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "unit", reference, narrow)
        return Answer(_stamped(unit_card(reading.rows("read/unit", {"unit": found.id})[0]), reading), "unit", found)

    return store.read(work)


def regulation_answer(store: Store, reference: str, narrow: Narrow) -> Answer:
    """One instrument."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "regulation", reference, narrow)
        row = reading.rows("read/regulation", {"regulation": found.id})[0]
        return Answer(_stamped(regulation_card(row), reading), "regulation", found)

    return store.read(work)


def document_answer(store: Store, reference: str, evidence: Evidence) -> Answer:
    """One document with the duties, deadlines and citations that belong to no single item."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "document", reference)
        row = reading.rows("read/document", {"document": found.id})[0]
        card = document_card(row)
        for key in ("duties", "deadlines", "citations"):
            facts = reading.rows(f"read/document-{key}", {"document": found.id})
            card[key] = _facts(reading, facts, row["id"], row["text_sha256"], evidence)
        card["findings"] = count_findings(store, reading, row["id"])
        return Answer(_stamped(card, reading), "document", found)

    return store.read(work)


def item_answer(store: Store, reference: str, narrow: Narrow, evidence: Evidence) -> Answer:
    """The whole card of one item."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "item", reference, narrow)
        card = item_card(reading, found.id, evidence)
        for one in (card, *card["parts"]):
            one["findings"] = item_findings(store, reading, card["document"]["id"], one["id"], evidence)
        card |= {"said": said_of_item(card), **neighbours_of(reading, card)}
        return Answer(_stamped(card, reading), "item", found)

    return store.read(work)


def item_card(reading: ReadTransaction, item: str, evidence: Evidence) -> Json:
    """The card of the item with the id ``item``; each of its parts has a card, too."""
    row = reading.rows("read/item", {"item": item})[0]
    text = row["text_sha256"]
    card = nest_rows(reading, [row], evidence)[0]
    card["document"] = {"id": card["document"]["id"], "title": card["document"]["title"]}
    if card["parent"] is None:
        del card["parent"]
    if card["part"] is None:
        del card["part"]

    def shaped(rows: Sequence[Row]) -> list[Json]:
        return _facts(reading, rows, row["document_id"], text, evidence)

    def facts(kind: str) -> list[Json]:
        return shaped(reading.rows(f"read/item-{kind}", {"item": item}))

    duties = facts("duties")
    for key, role in ROLES.items():
        card[key] = [duty for duty in duties if duty["role"] == role]
    card["leaders"] = facts("leaders")
    clauses = reading.rows("read/item-deadlines", {"item": item})
    card["deadlines"] = shaped(clauses)
    card["citations"] = facts("citations")
    card["tasks"] = facts("tasks")
    explain_due(reading, card, row, clauses, shaped)
    card["mentions"] = facts("mentions")
    card["parts"] = [
        item_card(reading, part["id"], evidence) for part in reading.rows("read/item-parts", {"item": item})
    ]
    card["by_parents"] = _by_parents(reading, row, evidence)
    card["evidence"] = card.pop("evidence")
    return card


def _by_parents(reading: ReadTransaction, row: Row, evidence: Evidence) -> list[Json]:
    """Who bears each item above, the nearest first, and until when."""
    found: list[Json] = []
    while row["parent"] is not None:
        row = reading.rows("read/item", {"item": row["parent"]})[0]
        duties = reading.rows("read/item-duties", {"item": row["id"]})
        shaped = _facts(reading, duties, row["document_id"], row["text_sha256"], evidence)
        found.append(
            {
                "item": {key: row[key] for key in ("id", "number", "label", "heading")},
                **{key: [duty for duty in shaped if duty["role"] == role] for key, role in ROLES.items()},
                "due": {key: row[f"due_{key}"] for key in ("date", "precision", "basis")},
            }
        )
    return found


def coverage_answer(store: Store, reference: str) -> Answer:
    """How many code points of the text a section or item took, and each stretch left out with its reason."""
    return _text_answer(store, reference, _coverage)


def repairs_answer(store: Store, reference: str) -> Answer:
    """Every repaired loss of the source with its rule, original words and place, and what stayed doubtful."""
    return _text_answer(store, reference, _repairs)


def reading_answer(store: Store, reference: str) -> Answer:
    """How the text was read: what `coverage_answer` and `repairs_answer` have, from one version of the data."""
    return _text_answer(store, reference, lambda row: _coverage(row) | _repairs(row))


def _coverage(row: Row) -> Json:
    coverage: Json = json.loads(row["coverage"] or "{}")
    for stretch in coverage.get("left_out", ()):
        stretch["reason_zh"] = LEFT_TEXT_WORDS.get(stretch["reason"], stretch["reason"])
    return coverage


def _repairs(row: Row) -> Json:
    repairs = [{**one, "rule_zh": rule_said(one["rule"])} for one in json.loads(row["repairs"] or "[]")]
    return {"repairs": repairs, "warnings": json.loads(row["warnings"] or "[]")}


def _text_answer(store: Store, reference: str, told: Callable[[Row], Json]) -> Answer:
    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "document", reference)
        row = reading.rows("read/document", {"document": found.id})[0]
        body = {"document_id": found.id, "text_sha256": row["text_sha256"], **told(row)}
        return Answer(_stamped(body, reading), "document", found)

    return store.read(work)


def _facts(
    reading: ReadTransaction, rows: Sequence[Row], document: str, text_sha256: str, evidence: Evidence
) -> list[Json]:
    """Facts of one document, nested, each with its evidence; targets and officials become objects, too."""
    made = nest_rows(reading, [{**row, "document_id": document, "text_sha256": text_sha256} for row in rows], evidence)
    for fact in made:
        del fact["document_id"]
        for name in ("target", "official"):
            _gather(fact, name)
        fact["evidence"] = fact.pop("evidence")
    return made


def _gather(fact: Json, name: str) -> None:
    keys = [key for key in fact if key.startswith(f"{name}_")]
    if keys:
        group: dict[str, Any] = {key.removeprefix(f"{name}_"): fact.pop(key) for key in keys}
        fact[name] = group if any(value is not None for value in group.values()) else None


def _stamped(body: Json, reading: ReadTransaction) -> Json:
    return {**body, "data_version": str(reading.data_version)}
