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
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from api.answers.item_rows import item_rows
from api.answers.nesting import TEXTS, Evidence, Json, evidence_of
from api.answers.paging import MAX_LIMIT, Listing, PageRequest, envelope, one_page
from api.answers.plan_window import WALKED, WHOLE, behind
from api.answers.questions import Answer
from api.answers.references import ANYWHERE, Narrow, Resolved, resolve
from graph.conditions.cards import load_conditions
from graph.conditions.join import Match, Proof, matches, narrowing, next_plans
from graph.conditions.query import And, Is, Not, Query, bind, condition, says, written
from graph.names import fold
from graph.store.contract import ReadTransaction, Row, Store

COUNTED, COUNTED_BY_INDEX = WHOLE, 1000
"""So many plans a total looks into: when no index finds those that count, and when one does."""

MOST_WALKED = 500
"""So many plans one page looks into, full or not; the next page goes on."""

ROLES = ("lead", "responsible", "cooperating", "bearer")
GROUPS = {**dict.fromkeys((*ROLES, "document", "section"), 0), "year": 4, "month": 7, "date": 10}
"""By what items are counted; of a date, so many characters."""

_OF_DATES = frozenset(("due-by", "due-after"))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with ids for names, and the plans to which it is confined."""

    query: Query
    document: Resolved | None
    region: str | None

    @property
    def said(self) -> dict[str, str]:
        """The query in Chinese, and as it is written."""
        return {"says": says(self.query), "where": written(self.query)}

    @property
    def filters(self) -> dict[str, Any]:
        return {"where": written(self.query), "document": self.document and self.document.id, "region": self.region}


def list_by_conditions(
    store: Store, query: Query, *, narrow: Narrow = ANYWHERE, page: PageRequest, evidence: Evidence
) -> Answer:
    """The items that meet the query, in document order, with ``why`` on each row and ``query`` beside the list.

    Raises ParameterError for a value that cannot be one, UnknownReference for a name.
    """

    def work(reading: ReadTransaction) -> Answer:
        asked = _asked(reading, query, narrow)
        body = envelope(
            reading,
            page,
            ("items", asked.filters),
            lambda keys: _listing(reading, asked, keys),
            lambda rows: _shape(reading, rows, evidence),
        )
        return Answer(body | {"query": asked.said}, "document", asked.document)

    return store.read(work)


def group_by_condition(
    store: Store, query: Query, by: str, *, narrow: Narrow = ANYWHERE, limit: int = MAX_LIMIT
) -> Answer:
    """How many of the items that meet the query each plan, section, month … has (`GROUPS`), the largest number first.

    An item with several leads counts for each of them; items without any count under null. The total counts the groups.
    """

    def work(reading: ReadTransaction) -> Answer:
        asked = _asked(reading, query, narrow)
        most = _most_counted(asked.query)
        counts: Counter[tuple[str | None, str | None]] = Counter()
        windows = _windows(reading, asked, None, WHOLE)
        for plans in islice(windows, most // WHOLE):
            met = matches(reading, asked.query, plans)
            counts.update(key for keys in _group_keys(reading, by, met) for key in keys or [(None, None)])
        ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0][0] or ""))
        rows = [{"id": key, "name": name, "items": count} for (key, name), count in ordered[:limit]]
        whole = next(windows, None) is None
        left_out = [] if whole else [{"reason": f"plans beyond the first {most}; name one: document=…", "count": 1}]
        if len(ordered) > limit:
            left_out.append({"reason": f"groups beyond the first {limit}", "count": len(ordered) - limit})
        body = one_page(rows, str(reading.data_version), len(ordered), least=not whole, left_out=left_out)
        return Answer(body | {"query": asked.said})

    return store.read(work)


def _group_keys(
    reading: ReadTransaction, by: str, met: Sequence[Match]
) -> Iterator[list[tuple[str | None, str | None]]]:
    """The groups of each item, as id and name; none for an item that is in none."""
    if by in ROLES:
        named: dict[str, list[tuple[str | None, str | None]]] = {}
        for row in reading.rows("read/bearers", {"documents": sorted({match.document_id for match in met})}):
            if by in ("bearer", row["role"]):
                keys = named.setdefault(row["duty_of"], [])
                keys += [key for key in [(row["unit_id"], row["unit_name"])] if key not in keys]
        yield from (named.get(match.id, []) for match in met)
        return
    plans = {match.document_id for match in met} if by == "document" else ()
    titles = {plan: reading.rows("read/document-by-id", {"id": plan})[0]["name"] for plan in plans}
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
    document = None if narrow.document is None else resolve(reading, "document", narrow.document)
    return _Asked(bind(query, partial(_resolved, reading, narrow)), document, narrow.region)


def _resolved(reading: ReadTransaction, narrow: Narrow, kind: str, given: str) -> tuple[str, str]:
    if kind == "words":
        return fold(given), given
    found = resolve(reading, kind, given, narrow)
    return found.id, found.name


def _listing(reading: ReadTransaction, asked: _Asked, keys: Mapping[str, Any]) -> Listing:
    after, limit = keys["after"], keys["limit"]
    start = None if after is None else after["document"]
    found: list[Match] = []
    looked = 0
    resume = None
    for plans in _windows(reading, asked, start, WALKED if limit <= MAX_LIMIT + 1 else WHOLE):
        met = matches(reading, asked.query, plans)
        found += [
            match for match in met if after is None or match.key > (after["document"], after["item"], after["id"])
        ]
        looked += len(plans)
        resume = behind(plans[-1])
        if len(found) >= limit or looked >= MOST_WALKED:
            break
    else:
        resume = None
    every = after is None and resume is None  # the page looked into all plans there are
    total, whole = (len(found), True) if every else _count(reading, asked, asked.query)
    without_dates = _undated(asked.query)
    undated = 0 if without_dates is None else _count(reading, asked, without_dates)[0]
    rows = [_row(match) for match in found[:limit]]
    left_out = [{"reason": "undated", "count": undated}] if undated else []
    return Listing(
        rows, max(total, len(rows)), left_out, least=not whole, resume=resume if len(found) < limit else None
    )


def _windows(reading: ReadTransaction, asked: _Asked, start: str | None, size: int) -> Iterator[list[str]]:
    """The plans that can have items of the answer, some at a time, in the order of their ids."""
    if asked.document is not None:
        yield [asked.document.id]
        return
    while True:
        # one more than is yielded: its id is where the next window begins
        found = next_plans(reading, asked.query, start, size + 1)
        plans = found[:size]
        if asked.region is not None and plans:
            rows = reading.rows("read/plans-of-region", {"documents": plans, "region": asked.region})
            plans = [row["id"] for row in rows]
        if plans:
            yield plans
        if len(found) <= size:
            return
        start = found[size]


def _count(reading: ReadTransaction, asked: _Asked, query: Query) -> tuple[int, bool]:
    """How many items meet a query in the plans that a count looks into, and whether these are all plans."""
    windows = _windows(reading, asked, None, WHOLE)
    total = sum(len(matches(reading, query, plans)) for plans in islice(windows, _most_counted(asked.query) // WHOLE))
    return total, next(windows, None) is None


def _most_counted(query: Query) -> int:
    return COUNTED if narrowing(query) is None else COUNTED_BY_INDEX


def _undated(query: Query) -> Query | None:
    """The query for items that a date of the query passes over because they have none; None if it asks for no date."""
    parts = query.parts if isinstance(query, And) else (query,)
    rest = tuple(part for part in parts if not (isinstance(part, Is) and part.condition.name in _OF_DATES))
    if len(rest) == len(parts):
        return None
    without = bind(condition("due-basis", "none"), lambda _, given: (given, given))
    return And((*rest, without))


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
