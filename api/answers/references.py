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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz, process

from api.answers.name_errors import AmbiguousName, NoSuchName
from api.answers.places import regions_within
from graph.judgements import merged_units, read_judgements_on
from graph.names import fold
from graph.search_text import every_term, search_form
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


@dataclass(frozen=True, slots=True)
class Narrow:
    """What narrows every name of one request; ``document`` is a reference itself.

    A name of ``region`` is of the place or of one below it, with ``exact`` of the place itself.
    """

    region: str | None = None
    document: str | None = None
    default_region: str | None = None
    exact: bool = False

    def regions(self, reading: ReadTransaction) -> list[str] | None:
        """The regions that ``region`` means; None: all."""
        return regions_within(reading, self.region, exact=self.exact)

    @property
    def place(self) -> dict[str, Any]:
        """The place as the caller gave it, for the mark of a cursor: which places are loaded may change between two pages."""
        return {"region": self.region, "exact": self.exact or None}


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
    regions = narrow.regions(reading)
    found = _resolve(reading, kind, reference, narrow, regions)
    found = _stays(reading, found) if kind == "unit" and follow else found
    if regions is not None and kind != "regulation" and _region_of(reading, kind, found.id) not in regions:
        raise NoSuchName(
            f'The {_WORDS[kind]} "{reference[:200]}" is not of {narrow.region}. Give its own region, or none.',
            [
                {
                    "id": found.id,
                    "name": found.name,
                    "region": _region_of(reading, kind, found.id),
                    "why": "has the name",
                }
            ],
        )
    return found


def _region_of(reading: ReadTransaction, kind: str, key: str) -> str | None:
    """The place of a unit or a plan; what belongs to a plan is of its place."""
    rows = reading.rows(f"read/{kind}-by-id", {"ids": [key]}) if kind in ("unit", "document") else []
    own: str | None = rows[0]["region"] if rows else None
    if own is not None or kind == "document":
        return own
    plan = reading.rows("read/document-by-id", {"ids": [key.rpartition(":")[0]]})
    return plan[0]["region"] if plan else None


def named_document(reading: ReadTransaction, narrow: Narrow) -> Resolved | None:
    """The document that a request names, which must be of its place; None if it names none."""
    if narrow.document is None:
        return None
    return resolve(reading, "document", narrow.document, replace(narrow, document=None))


def _stays(reading: ReadTransaction, found: Resolved) -> Resolved:
    """The unit that replaces the one found, if people merged it and a load applied that, or if another reading gave its
    place to another unit.
    """
    stays = merged_units(read_judgements_on(reading, {found.id})).get(found.id)
    rows = reading.rows("read/unit-by-id", {"ids": [stays]}) if stays else []
    rows = rows or reading.rows("read/unit-by-alias", {"id": found.id})
    if not rows or _has_facts(reading, found.id):
        return found
    return Resolved(rows[0]["id"], rows[0]["name"], False, merged=True)


def _has_facts(reading: ReadTransaction, unit: str) -> bool:
    """Whether any fact names the unit; none does once a judgement that merges it was applied."""
    return any(
        count for name, count in reading.rows("read/unit", {"unit": unit})[0].items() if name.startswith("count_")
    )


def _resolve(
    reading: ReadTransaction, kind: str, reference: str, narrow: Narrow, regions: Sequence[str] | None
) -> Resolved:
    if kind == "item":
        return _item(reading, reference, narrow)
    if kind == "section":
        return _section(reading, reference, narrow)
    if kind != "unit" or ":" in reference:  # every id of a unit has a colon, names have none
        by_id = reading.rows(f"read/{kind}-by-id", {"ids": [reference]})
        if by_id:
            return Resolved(by_id[0]["id"], by_id[0]["name"], True)
        by_alias = reading.rows(f"read/{kind}-by-alias", {"id": reference}) if kind != "document" else []
        if by_alias:
            return Resolved(by_alias[0]["id"], by_alias[0]["name"], False, merged=True)
    within: dict[str, Any] = {}
    if kind != "document":
        named = named_document(reading, narrow)
        within["document"] = named and named.id
    rows = _named(reading, kind, reference, within)
    if regions is not None:
        there = [row for row in rows if _is_of(row, regions)]
        # an instrument of the whole country is cited in every place
        rows = there or rows if kind == "regulation" else there
    if len(rows) > 1 and narrow.default_region is not None:
        rows = [row for row in rows if _is_of(row, [narrow.default_region])] or rows
    return _only(reading, kind, reference, rows, narrow)


def _named(reading: ReadTransaction, kind: str, reference: str, within: dict[str, Any]) -> list[Row]:
    """The rows with the name, by the first kind of name that finds any."""
    bare = reference.strip().strip("《》")
    form = search_form(bare)
    rows = reading.rows(f"read/{kind}s-by-name", {"names": list(dict.fromkeys((bare, fold(bare)))), **within})
    if rows or not form:
        return rows
    found = rows_with_words(reading, kind, form, 200, within)
    wanted = forms_of_name(kind, form)
    return [row for row in found if not wanted.isdisjoint(row["search_text"].split("\n"))]


def forms_of_name(kind: str, form: str) -> frozenset[str]:
    """The whole names that ``form`` may stand for, all in the form that is searched: 娄发2017-4 is a 文号, too."""
    return frozenset((form, f"{form}号") if kind == "document" else (form,))


def rows_with_words(
    reading: ReadTransaction, kind: str, words: str, limit: int, within: Mapping[str, Any] | None = None
) -> list[Row]:
    """Units, regulations or documents with a name that contains ``words``, given in the form that is searched."""
    asked = {"terms": every_term([words]), "words": words, "limit": limit, **(within or {})}
    return reading.rows(f"read/{kind}s-by-text", asked) if words else []


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
            [_candidate(row, f"has the name {row['name']}", "名称相同") for row in rows],
        )
    return _missing(reference, _WORDS[kind], reading.rows(f"read/{kind}-names", {"limit": NAMES_COMPARED}), narrow)


def _missing(reference: str, word: str, known: Sequence[Row], narrow: Narrow) -> Resolved:
    """Raise NoSuchName with the nearest known names."""
    rows = []
    for row, score in nearest(reference, known):
        outside = narrow.region is not None and score == 100.0
        if outside:
            rows.append(
                _candidate(row, f"has the name, but is not of {narrow.region}", f"名称相同，但不属于{narrow.region}")
            )
        else:
            rows.append(_candidate(row, f"{score:.0f} % of the name is alike", f"名称有 {score:.0f}% 相同"))
    if rows:
        help_ = "Nearest: " + ", ".join(row["id"] for row in rows) + "."
    else:
        help_ = "Nothing loaded has a name like it." if known else "None is loaded yet."
    within = "".join(f" in {value}" for value in (narrow.region, narrow.document) if value)
    raise NoSuchName(f'No {word} is called "{reference[:200]}"{within}. {help_}', rows)


def nearest(
    name: str, known: Sequence[Row], least: float = SIMILAR, folded: Sequence[str] | None = None
) -> list[tuple[Row, float]]:
    """The rows whose names are most like ``name``, best first, each with how much of the name is alike, in per cent.

    ``folded`` holds the names of ``known``, folded, where several names are looked for.
    """
    wanted = fold(name.strip().strip("《》"))[:200]
    names = folded if folded is not None else [fold(row["name"] or "") for row in known]
    near = process.extract(wanted, names, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=least)
    return [(known[at], score) for _, score, at in near]


def _item(reading: ReadTransaction, reference: str, narrow: Narrow) -> Resolved:
    by_id = reading.rows("read/item-by-id", {"ids": [reference]})
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
    rows = reading.rows("read/items-numbered", {"documents": [document.id], "number": int(met["number"])})
    if len(rows) == 1:
        return Resolved(rows[0]["id"], rows[0]["name"], False)
    if rows:
        raise AmbiguousName(
            f"{len(rows)} items of {document.id} have the number {met['number']}. Give the id of one.",
            [_candidate(row, f"has the number {met['number']}", f"都是第{met['number']}项") for row in rows],
        )
    raise NoSuchName(f"The document {document.id} has no item with the number {met['number']}.")


def _section(reading: ReadTransaction, reference: str, narrow: Narrow) -> Resolved:
    by_id = reading.rows("read/section-by-id", {"ids": [reference]})
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
            [_candidate(row, f"is {(said := (row['label'] or '') + row['name'])}", said) for row in rows],
        )
    return _missing(reference, _WORDS["section"], known, narrow)


def _is_of(row: Row, regions: Sequence[str]) -> bool:
    own = row.get("region")
    return own in regions if own else str(row["id"]).startswith(tuple(f"{region}:" for region in regions))


def _candidate(row: Row, why: str, chinese: str) -> dict[str, Any]:
    return {"id": row["id"], "name": row["name"], "region": row.get("region"), "why": why, "why_zh": chinese}
