"""Items by conditions: one page of the items that meet a query, each with the words that make it true.

Order of steps, all in one read: resolve the names in the conditions; look into plan after plan, a few at a time
(`graph.conditions.join`), until the page is full; count on, as far as the total can be had in bounded time; read the rows
of the page.  The total is exact if every plan that can have such items was looked into, else it is a lower bound.

Example: ``list_by_conditions(store, parse_where("lead(市编办) and due-by(2018-12-31)"), page=PageRequest(),
evidence=Evidence.REF)`` says back ``由市编办牵头，且2018-12-31以前到期``.

Left to others: the form of a query (`graph.conditions.query`), the list of all items of a plan (`api.answers.lists`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from api.answers.item_rows import item_rows, titles_of
from api.answers.left_out import address_of_items, entry_of
from api.answers.nesting import TEXTS, Evidence, Json, evidence_of
from api.answers.paging import MAX_LIMIT, Listing, PageRequest, envelope, one_page
from api.answers.places import tell_unplaced
from api.answers.plan_window import MOST_PLANS, behind, of_regions, walk_plans
from api.answers.questions import Answer
from api.answers.references import ANYWHERE, Narrow, Resolved, named_document, resolve
from api.answers.remembered import Remembered
from graph.conditions.cards import load_conditions
from graph.conditions.join import Match, Proof, is_computed, matches, narrowing, next_plans
from graph.conditions.passed_over import PART_OF, passed_over
from graph.conditions.query import Not, Query, bind, parts_of_and, says, written
from graph.errors import ParameterError
from graph.search_text import search_form
from graph.store.contract import ReadTransaction, Row, Store

WALKED = 10
"""So many plans are joined at a time: a page ends with the ones that fill it."""

COUNTED, COUNTED_BY_INDEX, COUNTED_COMPUTED = MOST_PLANS, 1000, WALKED
"""So many plans a total looks into: when no index finds those that count, when one does, when a condition is computed."""

MOST_WALKED, MOST_COMPUTED = 500, 3 * WALKED
"""So many plans one page looks into, full or not; the next page goes on. The second, when a condition is computed."""

SORTS = ("due", "-due")
"""Orders of items beside that of the plans: by date, the earliest or the latest first; what has no date comes last."""

MOST_SORTED = 2000
_UNDATED = 99_999_999

ROLES = ("lead", "responsible", "cooperating", "supervising", "bearer")
BEARING = ("lead", "responsible", "cooperating")
GROUPS = {**dict.fromkeys((*ROLES, "regulation", "document", "section"), 0), "year": 4, "month": 7, "date": 10}
"""By what items are counted; of a date, so many characters."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with ids for names, and the plans to which it is confined."""

    query: Query
    document: Resolved | None
    regions: list[str] | None
    place: dict[str, Any]  # as the caller gave it

    @property
    def said(self) -> dict[str, Any]:
        """The query in Chinese, as a whole and condition by condition, and as it is written."""
        parts = [says(part) for part in parts_of_and(self.query)]
        return {"says": says(self.query), "parts": parts, "where": written(self.query)}

    @property
    def filters(self) -> dict[str, Any]:
        return {"where": written(self.query), "document": self.document and self.document.id, **self.place}


def list_by_conditions(
    store: Store,
    query: Query,
    *,
    narrow: Narrow = ANYWHERE,
    page: PageRequest,
    evidence: Evidence,
    sort: str | None = None,
) -> Answer:
    """The items that meet the query, in document order or by ``sort`` (`SORTS`), with ``why`` on each row and ``query``
    beside the list.

    Raises ParameterError for a value that cannot be one, UnknownReference for a name.
    """

    def work(reading: ReadTransaction) -> Answer:
        reading = Remembered(reading)
        asked = _asked(reading, query, narrow)
        body = envelope(
            reading,
            page,
            ("items", asked.filters | {"sort": sort}),
            lambda keys: _listing(reading, asked, keys) if sort is None else _sorted(reading, asked, sort, keys),
            lambda rows: _shape(reading, rows, evidence),
        )
        if asked.document is None:
            body = tell_unplaced(reading, body, asked.regions, page)
        return Answer(body | {"query": asked.said}, "document", asked.document)

    return store.read(work)


def count_by_conditions(store: Store, query: Query, *, narrow: Narrow = ANYWHERE) -> Json:
    """How many items meet the query, as a list of them would say it: ``total``, ``left_out`` and ``query``."""

    def work(reading: ReadTransaction) -> Json:
        reading = Remembered(reading)
        asked = _asked(reading, query, narrow)
        total, whole = _count(reading, asked, asked.query)
        body = one_page([], str(reading.data_version), total, least=not whole, left_out=_left_out(reading, asked))
        return body | {"query": asked.said}

    return store.read(work)


def group_by_condition(
    store: Store, query: Query, by: str, *, narrow: Narrow = ANYWHERE, limit: int = MAX_LIMIT
) -> Answer:
    """How many of the items that meet the query each plan, section, month … has (`GROUPS`), the largest number first.

    An item with several leads counts for each of them; items without any count under null. The total counts the groups.
    """

    def work(reading: ReadTransaction) -> Answer:
        reading = Remembered(reading)
        asked = _asked(reading, query, narrow)
        most = _most_counted(asked.query)
        counts: Counter[tuple[str | None, str | None]] = Counter()
        size = min(most, MOST_PLANS)
        windows = _windows(reading, asked, None, size)
        for plans in islice(windows, most // size):
            met = matches(reading, asked.query, plans)
            counts.update(key for keys in _group_keys(reading, by, met) for key in keys or [(None, None)])
        ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0][0] or ""))
        rows = [{"id": key, "name": name, "items": count} for (key, name), count in ordered[:limit]]
        whole = next(windows, None) is None
        left_out = _left_out(reading, asked)
        left_out += [] if whole else [{"reason": f"plans beyond the first {most}; name one: document=…", "count": 1}]
        if len(ordered) > limit:
            left_out.append({"reason": f"groups beyond the first {limit}", "count": len(ordered) - limit})
        body = one_page(rows, str(reading.data_version), len(ordered), least=not whole, left_out=left_out)
        if asked.document is None:
            body = tell_unplaced(reading, body, asked.regions, PageRequest())
        return Answer(body | {"query": asked.said})

    return store.read(work)


def _group_keys(
    reading: ReadTransaction, by: str, met: Sequence[Match]
) -> Iterator[list[tuple[str | None, str | None]]]:
    """The groups of each item, as id and name; none for an item that is in none."""
    if by in ROLES:
        named: dict[str, list[tuple[str | None, str | None]]] = {}
        for row in reading.rows("read/bearers", {"documents": sorted({match.document_id for match in met})}):
            if row["role"] == by or (by == "bearer" and row["role"] in BEARING):
                keys = named.setdefault(row["duty_of"], [])
                keys += [key for key in [(row["unit_id"], row["unit_name"])] if key not in keys]
        yield from (named.get(match.id, []) for match in met)
        return
    if by == "regulation":
        cited: dict[str, list[tuple[str | None, str | None]]] = {}
        for row in reading.rows("read/regulations-of-items", {"ids": [match.id for match in met]}):
            cited.setdefault(row["item"], []).append((row["id"], row["name"]))
        yield from (cited.get(match.id, []) for match in met)
        return
    plans = {match.document_id for match in met} if by == "document" else ()
    titles = titles_of(reading, plans)
    for row in reading.rows("read/items-with-ids", {"ids": [match.id for match in met]}):
        due = row["due_date"]
        if by == "document":
            yield [(row["document_id"], titles[row["document_id"]])]
        elif by == "section":
            yield [(row["section_id"], row["section_title"])]
        elif due is None:
            yield []
        else:
            yield [(due[: GROUPS[by]], due[: GROUPS[by]])]


def _asked(reading: ReadTransaction, query: Query, narrow: Narrow) -> _Asked:
    document = named_document(reading, narrow)
    return _Asked(bind(query, partial(_resolved, reading, narrow)), document, narrow.regions(reading), narrow.place)


def _resolved(reading: ReadTransaction, narrow: Narrow, kind: str, given: str) -> tuple[str, str]:
    if kind == "words":
        return search_form(given), given
    # the place is that of the plans: an id needs none
    found = resolve(reading, kind, given, replace(narrow, region=None) if kind == "unit" and ":" in given else narrow)
    return found.id, found.name


def _listing(reading: ReadTransaction, asked: _Asked, keys: Mapping[str, Any]) -> Listing:
    after, limit = keys["after"], keys["limit"]
    start = None if after is None else after["document"]
    found: list[Match] = []
    looked = 0
    resume = None
    for plans in _windows(reading, asked, start, WALKED if limit <= MAX_LIMIT + 1 else MOST_PLANS):
        met = matches(reading, asked.query, plans)
        found += [
            match for match in met if after is None or match.key > (after["document"], after["item"], after["id"])
        ]
        looked += len(plans)
        resume = behind(plans[-1])
        if len(found) >= limit or looked >= (MOST_COMPUTED if is_computed(asked.query) else MOST_WALKED):
            break
    else:
        resume = None
    every = after is None and resume is None  # the page looked into all plans there are
    total, whole = (len(found), True) if every else _count(reading, asked, asked.query)
    rows = [_row(match) for match in found[:limit]]
    # told on the first page alone, so that the pages of a whole list add up
    left_out = _left_out(reading, asked) if after is None else []
    return Listing(
        rows, max(total, len(rows)), left_out, least=not whole, resume=resume if len(found) < limit else None
    )


def _sorted(reading: ReadTransaction, asked: _Asked, sort: str, keys: Mapping[str, Any]) -> Listing:
    """A page by date. An order needs all items: it is refused where that are too many, or too many plans."""
    most = _most_counted(asked.query)
    size = min(most, MOST_PLANS)
    windows = _windows(reading, asked, None, size)
    found = [match for plans in islice(windows, most // size) for match in matches(reading, asked.query, plans)]
    if len(found) > MOST_SORTED or next(windows, None) is not None:
        raise ParameterError(
            f"parameter 'sort' would put more than {MOST_SORTED} items, or those of more than {most} plans, in order; "
            "expected fewer: name a plan (document=…), a place (region=…) or more conditions."
        )
    dates = {row["id"]: row["due_date"] for row in reading.rows("read/items-with-ids", {"ids": [m.id for m in found]})}
    rows = [_row(match) | {"fact_start": _place_of(dates[match.id], sort)} for match in found]
    rows.sort(key=_by_date)
    after = keys["after"]
    if after is not None:
        start = (after["fact"], after["document"], after["item"], after["id"])
        rows = [row for row in rows if _by_date(row) > start]
    left_out = _left_out(reading, asked) if after is None else []
    return Listing(rows[: keys["limit"]], len(found), left_out)


def _by_date(row: Row) -> tuple[int, str, int, str]:
    return row["fact_start"], row["document_id"], row["item_start"], row["id"]


def _place_of(day: str | None, sort: str) -> int:
    """The figure by which a date is put in order; what has no date comes last."""
    figure = _UNDATED if day is None else int(day.replace("-", ""))
    return -figure if day is not None and sort.startswith("-") else figure


def _windows(reading: ReadTransaction, asked: _Asked, start: str | None, size: int) -> Iterator[list[str]]:
    """The plans that can have items of the answer, some at a time, in the order of their ids."""
    if asked.document is not None:
        if plans := of_regions(reading, [asked.document.id], asked.regions):
            yield plans
        return
    for ids in walk_plans(partial(next_plans, reading, asked.query), start, size):
        if plans := of_regions(reading, ids, asked.regions):
            yield plans


def _count(reading: ReadTransaction, asked: _Asked, query: Query) -> tuple[int, bool]:
    """How many items meet a query in the plans that a count looks into, and whether these are all plans."""
    most = _most_counted(asked.query)
    size = min(most, MOST_PLANS)
    windows = _windows(reading, asked, None, size)
    total = sum(len(matches(reading, query, plans)) for plans in islice(windows, most // size))
    return total, next(windows, None) is None


def _most_counted(query: Query) -> int:
    if is_computed(query):
        return COUNTED_COMPUTED
    return COUNTED if narrowing(query) is None else COUNTED_BY_INDEX


def _left_out(reading: ReadTransaction, asked: _Asked) -> list[Json]:
    """What the query passes over for want of a date, with the address of the items."""
    made: list[Json] = []
    for one in passed_over(asked.query):
        if one.reason in PART_OF and not any(entry["reason"] == PART_OF[one.reason] for entry in made):
            continue  # no part of nothing
        count, whole = _count(reading, asked, one.query)
        if count:
            where = address_of_items(written(one.query), asked.filters)
            made.append(entry_of(one.reason, count, where, least=not whole))
    return made


def _row(match: Match) -> Row:
    return {
        "id": match.id,
        "document_id": match.document_id,
        "item_start": match.item_start,
        "fact_start": -1,
        "places": match.places,
    }


def _shape(reading: ReadTransaction, rows: Sequence[Row], evidence: Evidence) -> list[Json]:
    """The rows of the page as lists show items, each with the words that make the query true of it."""
    stored = reading.rows("read/items-with-ids", {"ids": [row["id"] for row in rows]})
    texts = {row["id"]: row["text_sha256"] for row in stored}
    shown = {row["id"]: row for row in item_rows(reading, stored, evidence)}
    return [
        shown[row["id"]] | {"why": [_why(reading, row, texts[row["id"]], place, evidence) for place in row["places"]]}
        for row in rows
    ]


def _why(reading: ReadTransaction, row: Row, text: str, place: Proof, evidence: Evidence) -> Json:
    made: Json = {
        "condition": place.condition.condition.name,
        "says": says(Not(place.condition) if place.denied else place.condition),
        "evidence": None,
    }
    if evidence is not Evidence.NONE and place.start is not None:
        at = {
            "start": place.start,
            "end": place.end,
            "clause_start": place.clause_start,
            "clause_end": place.clause_end,
        }
        words = {text: TEXTS.get(reading, text)} if evidence is Evidence.FULL else {}
        made["evidence"] = evidence_of({"document_id": row["document_id"], "text_sha256": text, **at}, evidence, words)
    return made


def describe_conditions() -> list[Json]:
    """Every condition as it is listed: what it says and what it takes."""
    return [
        {
            "id": card.name,
            "group": card.group,
            "says": card.says,
            "denies": card.denies,
            "takes": [
                {
                    "name": name,
                    "kind": taken.kind,
                    "required": taken.otherwise is None,
                    "choices": [{"value": value, "word": word} for value, word in taken.choices.items()],
                }
                for name, taken in card.takes.items()
            ],
        }
        for card in load_conditions().values()
    ]
