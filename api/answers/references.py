"""Names as references: which object a caller means by a name or an id.

Order of steps: the id itself; the name as plans write it; other names of the same object (full name, aliases).  The
first step that finds anything decides.  ``region`` and ``document`` narrow every name; a default region only decides
between several objects.  One match is the answer, several are `AmbiguousName` with the candidates, none is `NoSuchName`
with the nearest names: similarity proposes, it never chooses.

Names are compared by `graph.names.fold`.  An item is named by its id, by ``<document>:20`` if only one item has that
number, or by ``20`` together with ``document``; an id that it had in an earlier reading leads to it.

Example: ``市政府法制办`` is ``娄底市:市政府法制办`` as long as no other place has a unit of that name.

Left to others: the status 409 or 404 (`api.http.problems`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from graph.errors import Ambiguous, NotFound
from graph.judgements import merged_units, read_judgements_on
from graph.names import document_id, fold
from graph.store.contract import ReadTransaction, Row

NEAREST = 5
SIMILAR = 45.0  # fuzz.ratio below this is no help to anyone
NAMES_COMPARED = 20_000

_ITEM = re.compile(r"(?:(?P<document>.+)[:：])?(?P<number>\d{1,6})")
_WORDS = {
    "unit": "unit (单位)",
    "regulation": "regulation (法规与文件)",
    "document": "document (文件)",
    "section": "section (部分)",
    "item": "item (任务事项)",
}


class AmbiguousName(Ambiguous):
    """Several objects have the name; ``rows`` are the candidates as the answer lists them."""

    def __init__(self, message: str, rows: Sequence[dict[str, Any]]) -> None:
        super().__init__(message, [row["id"] for row in rows])
        self.rows = rows


class NoSuchName(NotFound):
    """No object has the name; ``rows`` are the nearest names, best first, each with the reason why it is proposed."""

    def __init__(self, message: str, rows: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(message, [row["id"] for row in rows])
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Narrow:
    """What narrows every name of one request; ``document`` is a reference itself."""

    region: str | None = None
    document: str | None = None
    default_region: str | None = None


ANYWHERE = Narrow()


@dataclass(frozen=True, slots=True)
class Resolved:
    """The object that is meant. ``by_id``: the caller gave its id; ``merged``: people judged the named unit to be this
    one, or another reading gave the item this id.
    """

    id: str
    name: str
    by_id: bool
    merged: bool = False


def resolve(
    reading: ReadTransaction, kind: str, reference: str, narrow: Narrow = ANYWHERE, *, follow: bool = True
) -> Resolved:
    """The unit, regulation, document, section or item that ``reference`` means.

    For a unit that people merged it is the unit that replaces it, unless ``follow`` is off.  Raises AmbiguousName or
    NoSuchName; both say what to give instead.
    """
    found = _resolve(reading, kind, reference, narrow)
    return _stays(reading, found) if kind == "unit" and follow else found


def _stays(reading: ReadTransaction, found: Resolved) -> Resolved:
    """The unit that replaces the one found, if people merged it and a load applied that."""
    stays = merged_units(read_judgements_on(reading, {found.id})).get(found.id)
    if stays is None or reading.rows("read/unit-bears", {"unit": found.id})[0]["facts"]:
        return found
    return Resolved(stays, reading.rows("read/unit-by-id", {"id": stays})[0]["name"], False, merged=True)


def _resolve(reading: ReadTransaction, kind: str, reference: str, narrow: Narrow) -> Resolved:
    if kind == "item":
        return _item(reading, reference, narrow)
    if kind == "section":
        return _section(reading, reference, narrow)
    if kind != "unit" or ":" in reference:  # every id of a unit has a colon, names have none
        by_id = reading.rows(f"read/{kind}-by-id", {"id": reference})
        if by_id:
            return Resolved(by_id[0]["id"], by_id[0]["name"], True)
    within: dict[str, Any] = {}
    if kind != "document":
        within["document"] = narrow.document and resolve(reading, "document", narrow.document).id
    rows = _named(reading, kind, reference, within)
    rows = [row for row in rows if narrow.region is None or _is_of(row, narrow.region)]
    if len(rows) > 1 and narrow.default_region is not None:
        rows = [row for row in rows if _is_of(row, narrow.default_region)] or rows
    return _only(reading, kind, reference, rows, narrow)


def _named(reading: ReadTransaction, kind: str, reference: str, within: dict[str, Any]) -> list[Row]:
    """The rows with the name, by the first kind of name that finds any."""
    bare = reference.strip().strip("《》")
    folded = fold(bare)
    names = list(dict.fromkeys((bare, folded)))
    rows = reading.rows(f"read/{kind}s-by-name", {"names": names, **within})
    if rows or not folded:
        return rows
    if kind == "document":
        ending = document_id("", bare)
        known = reading.rows("read/document-names", {"limit": NAMES_COMPARED})
        return [row for row in known if fold(row["name"]) == folded or row["id"].endswith(ending)]
    found = reading.rows(f"read/{kind}s-by-text", {"phrase": phrase(folded), "limit": 200, **within})
    return [row for row in found if folded in row["search_text"].split("\n")]


def phrase(words: str) -> str:
    """``words`` as one Lucene phrase. This is the only place where a user's text meets Lucene syntax."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _only(reading: ReadTransaction, kind: str, reference: str, rows: list[Row], narrow: Narrow) -> Resolved:
    if len(rows) == 1:
        return Resolved(rows[0]["id"], rows[0]["name"], False)
    if rows:
        ids = [row["id"] for row in rows]
        regions = [row["region"] for row in rows if row.get("region")]
        way = f"Give region={regions[0]}" if len(set(regions)) > 1 else "Give document=…"
        raise AmbiguousName(
            f'"{reference}" names {len(rows)} {kind}s ({", ".join(ids[:5])}{" …" if len(ids) > 5 else ""}). '
            f"{way}, or an id.",
            [{**_candidate(row), "why": f"has the name {row['name']}"} for row in rows],
        )
    return _missing(reference, _WORDS[kind], reading.rows(f"read/{kind}-names", {"limit": NAMES_COMPARED}), narrow)


def _missing(reference: str, word: str, known: Sequence[Row], narrow: Narrow) -> Resolved:
    """Raise NoSuchName with the nearest known names."""
    wanted = fold(reference.strip().strip("《》"))[:200]
    names = [fold(row["name"]) for row in known]
    near = process.extract(wanted, names, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=SIMILAR)
    rows = []
    for _, score, at in near:
        row = known[at]
        outside = narrow.region is not None and score == 100.0
        why = f"has the name, but is not of {narrow.region}" if outside else f"{score:.0f} % of the name is alike"
        rows.append({**_candidate(row), "why": why})
    if rows:
        help_ = "Nearest: " + ", ".join(row["id"] for row in rows) + "."
    else:
        help_ = "Nothing loaded has a name like it." if known else "None is loaded yet."
    within = "".join(f" in {value}" for value in (narrow.region, narrow.document) if value)
    raise NoSuchName(f'No {word} is called "{reference[:200]}"{within}. {help_}', rows)


def _item(reading: ReadTransaction, reference: str, narrow: Narrow) -> Resolved:
    by_id = reading.rows("read/item-by-id", {"id": reference})
    if by_id:
        return Resolved(by_id[0]["id"], by_id[0]["name"], True)
    by_alias = reading.rows("read/item-by-alias", {"id": reference})
    if by_alias:
        return Resolved(by_alias[0]["id"], by_alias[0]["name"], False, merged=True)
    met = _ITEM.fullmatch(reference.strip())
    within = (met and met["document"]) or narrow.document
    if met is None or within is None:
        raise NoSuchName(
            f'No item (任务事项) has the id "{reference[:200]}". Expected an id, or a document and a number: '
            f"<document>:20, or 20 with ?document=."
        )
    document = resolve(reading, "document", within)
    rows = reading.rows("read/items-by-number", {"document": document.id, "number": int(met["number"])})
    if len(rows) == 1:
        return Resolved(rows[0]["id"], rows[0]["name"], False)
    if rows:
        raise AmbiguousName(
            f"{len(rows)} items of {document.id} have the number {met['number']}. Give the id of one.",
            [{**_candidate(row), "why": f"has the number {met['number']}"} for row in rows],
        )
    raise NoSuchName(f"The document {document.id} has no item with the number {met['number']}.")


def _section(reading: ReadTransaction, reference: str, narrow: Narrow) -> Resolved:
    by_id = reading.rows("read/section-by-id", {"id": reference})
    if by_id:
        return Resolved(by_id[0]["id"], by_id[0]["name"], True)
    if narrow.document is None:
        raise NoSuchName(
            f'No section (部分) has the id "{reference[:200]}". Expected an id, or a title or label with ?document=.'
        )
    document = resolve(reading, "document", narrow.document)
    known = reading.rows("read/section-names", {"document": document.id})
    folded = fold(reference)
    rows = [row for row in known if folded in (fold(row["name"]), fold(row["label"] or ""))]
    if len(rows) == 1:
        return Resolved(rows[0]["id"], rows[0]["name"], False)
    if rows:
        raise AmbiguousName(
            f'"{reference}" names {len(rows)} sections of {document.id}. Give the id of one.',
            [{**_candidate(row), "why": f"is {row['label'] or ''}{row['name']}"} for row in rows],
        )
    return _missing(reference, _WORDS["section"], known, narrow)


def _is_of(row: Row, region: str) -> bool:
    own = row.get("region")
    return own == region if own else str(row["id"]).startswith(f"{region}:")


def _candidate(row: Row) -> dict[str, Any]:
    return {"id": row["id"], "name": row["name"], "region": row.get("region")}
