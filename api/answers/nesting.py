"""Rows of a query as JSON: the one mapping between flat columns and nested objects.

Queries return scalars. The interface nests columns that belong together, only by their names, as `graph.library.columns`
declares them:

====================================================  ==========================================================
columns                                               JSON
====================================================  ==========================================================
``unit_id`` ``unit_name``                             ``unit {id, name}``; likewise ``regulation_…``
``item_id`` ``item_number`` …, ``section_…``          ``item {…, document_id, section {…}}``, or null
``document_id`` ``document_title``                    ``document {id, title}`` where there is no item
``due_date`` ``due_precision`` ``due_basis``          ``due {date, precision, basis}``
``timing_kind`` ``timing_reason`` …                    ``timing {kind, reason, span, quote}``; null in a store of before
``text_sha256`` ``start`` ``end`` ``quote`` …         ``evidence {document_id, text_sha256, span, quote, clause …}``
``other_role`` …, ``citation_relation`` …              ``other {role, …, evidence}``: a second fact of the row, or null
``because``                                           pairs of start and end
``item_start`` ``fact_start``                         left out: sort keys
====================================================  ==========================================================

Every other column keeps its name and place.  Example: a row of ``questions/unit-duties`` becomes a duty of api.md.

Left to others: reading rows (`api.answers.lists`), documentation of the shapes (`api.schemas.base`).
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel

from graph.library.columns import CLAUSE, EVIDENCE, ORDER, SECOND_FACTS, owner_and_key
from graph.store.contract import ReadTransaction, Row

Json: TypeAlias = dict[str, Any]


class Evidence(StrEnum):
    """How much evidence a fact has: words and places, places alone, nothing."""

    FULL = "full"
    REF = "ref"
    NONE = "none"


class TextCache:
    """The source texts used last, by their sha256. The text of a sha256 never changes."""

    def __init__(self, characters: int = 4_000_000) -> None:
        self._room = characters
        self._texts: dict[str, str] = {}

    def get(self, reading: ReadTransaction, sha256: str) -> str:
        """The text, read from the store if it is not cached; empty if the store has none."""
        text = self._texts.pop(sha256, None)
        if text is None:
            rows = reading.rows("read/text", {"text_sha256": sha256})
            text = rows[0]["text"] if rows else ""
        self._texts[sha256] = text  # last used, last to go
        while len(self._texts) > 1 and sum(map(len, list(self._texts.values()))) > self._room:
            self._texts.pop(next(iter(self._texts)), None)
        return text


TEXTS = TextCache()


def pairs(flat: Sequence[int] | None) -> list[list[int]]:
    """``[3, 5, 9, 12]`` -> ``[[3, 5], [9, 12]]``."""
    return [list(pair) for pair in list(pairwise(flat or ()))[::2]]


def nest_rows(reading: ReadTransaction, rows: Sequence[Row], evidence: Evidence) -> list[Json]:
    """Every row as `nest_row` makes it. For full evidence, the texts of the clauses are read as well."""
    texts: dict[str, str] = {}
    if evidence is Evidence.FULL:
        wanted = {row["text_sha256"] for row in rows if "text_sha256" in row and _needs_text(row)}
        texts = {sha256: TEXTS.get(reading, sha256) for sha256 in wanted}
    return [nest_row(row, evidence, texts) for row in rows]


def nest_row(row: Row, evidence: Evidence, texts: dict[str, str]) -> Json:
    """One row, nested. ``texts`` has the source texts from which full evidence quotes clauses."""
    made: Json = {}
    groups: dict[str, Json] = {}
    facts: dict[str, Json] = {}
    has_item = "item_id" in row
    for column, value in row.items():
        owner, key = owner_and_key(column)
        if owner in SECOND_FACTS:
            made.setdefault(owner, None)
            facts.setdefault(owner, {})[key] = value
        elif owner:
            group = groups.setdefault(owner, {})
            group[key] = value
            if not (has_item and owner in ("section", "document")):
                made[owner] = group
        elif column in EVIDENCE:
            made.setdefault("evidence", None)
        elif column in ORDER:
            continue
        elif column == "because":
            made[column] = pairs(value)
        else:
            made[column] = value
    _place_groups(made, groups, has_item)
    for name, fact in facts.items():
        if fact["id"] is not None:
            own = nest_row(
                {**fact, "document_id": row["document_id"], "text_sha256": row["text_sha256"]}, evidence, texts
            )
            del own["document_id"]
            made[name] = own
    if "evidence" in made:
        made["evidence"] = made.pop("evidence")  # last, where a reader looks for it
        if evidence is not Evidence.NONE:
            made["evidence"] = evidence_of(row, evidence, texts)
    return made


def _place_groups(made: Json, groups: dict[str, Json], has_item: bool) -> None:
    document, section = groups.get("document", {}), groups.get("section")
    if timing := groups.get("timing"):
        start, end, quote = timing.pop("start"), timing.pop("end"), timing.pop("quote")
        timing |= {"span": None if start is None else [start, end], "quote": quote}
        made["timing"] = timing if timing["kind"] is not None else None
    for name in ("unit", "regulation"):
        if name in groups and groups[name].get("id", "") is None:
            made[name] = None  # a cell without a unit, a duty without a rule
    if not has_item:
        if section is not None and section["id"] is None:
            made["section"] = None
        if list(document) == ["id"]:
            del made["document"]
            made["document_id"] = document["id"]
        return
    item = groups["item"]
    if item["id"] is None:
        made["item"] = None
        made["document"] = document
        return
    if item.get("part", 0) is None:
        del item["part"]
    if "id" in document:
        item["document_id"] = document["id"]
        if "title" in document:
            item["document_title"] = document["title"]
    if section is not None:
        item["section"] = section if section["id"] is not None else None


def evidence_of(row: Row, evidence: Evidence, texts: dict[str, str]) -> Json:
    """The evidence object of a row: places, and with ``full`` their words."""
    full = evidence is Evidence.FULL
    made: Json = {"document_id": row["document_id"], "text_sha256": row["text_sha256"]}
    made["span"] = None if row.get("start") is None else [row["start"], row["end"]]
    if full:
        span = made["span"]
        made["quote"] = row["quote"] if "quote" in row else span and texts[row["text_sha256"]][span[0] : span[1]]
    if "clause_start" in row:
        clause = None if row["clause_start"] is None else [row["clause_start"], row["clause_end"]]
        made["clause"] = clause
        if full:
            made["clause_quote"] = clause and texts[row["text_sha256"]][clause[0] : clause[1]]
    return made


def _needs_text(row: Row) -> bool:
    clauses = (f"{prefix}clause_start" for prefix in ("", *(f"{name}_" for name in SECOND_FACTS)))
    return any(row.get(clause) is not None for clause in clauses) or (
        "quote" not in row and row.get("start") is not None
    )


_PLACES = {"span": ("start", "end"), "clause": CLAUSE}


def flat_columns(row: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """``{"unit": {"id": …}}`` -> ``unit.id`` …; a place becomes two columns."""
    for key, value in row.items():
        if key in _PLACES:
            yield from zip((prefix + name for name in _PLACES[key]), value or (None, None), strict=True)
        elif isinstance(value, Mapping):
            yield from flat_columns(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def value_at(row: Mapping[str, Any], column: str) -> Any:
    """The value of a nested row in a column such as ``item.section.label``; None if it has none."""
    met: Any = row
    for part in column.split("."):
        met = met.get(part) if isinstance(met, Mapping) else None
    return met


def columns_of(shape: type[BaseModel], prefix: str = "") -> list[str]:
    """The columns of a declared shape, in order."""
    found: list[str] = []
    for name, declared in shape.model_fields.items():
        inner = _model(declared.annotation)
        if name in _PLACES:
            found += [prefix + column for column in _PLACES[name]]
        elif inner is not None:
            found += columns_of(inner, f"{prefix}{name}.")
        else:
            found.append(prefix + name)
    return found


def without_evidence(columns: Sequence[str], evidence: str) -> list[str]:
    """The columns that remain with ``evidence=ref`` or ``none``."""
    if evidence == "none":
        return [column for column in columns if "evidence." not in column]
    if evidence == "ref":
        return [column for column in columns if not column.endswith(("evidence.quote", "evidence.clause_quote"))]
    return list(columns)


def _model(annotation: Any) -> type[BaseModel] | None:
    """The shape in ``X`` or ``X | None``."""
    if get_origin(annotation) in (Union, UnionType):
        inner = [a for a in get_args(annotation) if a is not NoneType]
        annotation = inner[0] if len(inner) == 1 else None
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
