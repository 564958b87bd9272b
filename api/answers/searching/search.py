"""Search: what has the words, of every kind, the closest first, each with the words marked and its plans named.

Order of steps, all in one read: bring the words into the form that is searched (`graph.search_text`); ask the index of each
kind for its closest hits and their number; merge them by rank; read the rows of the page and mark the words in them.

What is equal to the words comes first, then what begins with them, ends with them or has them in a name, then what has
them in the text of an item, then source texts; among equals units, plans, instruments, items.  Several words, with a
blank between them, must all be there; an item may have one of them as a unit that bears it.

If nothing has the words: names that are nearly so (市政府法治办), then what has the pieces of the words
(`api.answers.searching.pieces`), each with the reason in Chinese.

Example: ``search(store, "娄发[2017]4号", page=PageRequest())`` finds the plan with 娄发〔2017〕4号, however its brackets are
written, and then every text that has it.

Left to others: names beside each other (`api.answers.searching.match_names`), the statements (``cypher/read/search-hits.cypher``).
"""

from collections.abc import Mapping, Sequence
from heapq import merge
from typing import Any

from api.answers.item_rows import titles_of
from api.answers.nesting import TEXTS, Json
from api.answers.paging import Listing, PageRequest, envelope
from api.answers.questions import Answer
from api.answers.references import ANYWHERE, NAMES_COMPARED, NEAREST, Narrow, named_document, nearest
from api.answers.searching.pieces import Sought, asked_of, in_pieces, sought
from graph.errors import ParameterError
from graph.search_text import search_form, search_places
from graph.store.contract import ReadTransaction, Row, Store

KINDS = ("unit", "document", "regulation", "item", "text")
"""In the order in which equals stand; each has an index of that name."""

NAMED = ("unit", "document", "regulation")
"""The kinds that are called by a name."""

ALIKE = 70.0
"""Per cent of a name that must be as it was typed; a search offers no other name."""

PLANS_SHOWN = 3
_AROUND = 40  # characters of a text shown before the first place and behind it
_PAST = 1_000_000  # behind every rank of a hit that has all words

_TIERS = ("equal", "other-name", "begins", "ends", "in-name", "in-other-name", "apart-in-name", "in-text", "apart")


def search(
    store: Store, q: str, *, kinds: Sequence[str] = KINDS, narrow: Narrow = ANYWHERE, page: PageRequest
) -> Answer:
    """What has all words of ``q``, the closest first. Raises ParameterError for words that are marks only."""
    words = query_words(q)
    if not words:
        raise ParameterError(f"parameter 'q' is {q!r:.60}; expected words to look for: letters, figures or characters.")

    def work(reading: ReadTransaction) -> Answer:
        named = named_document(reading, narrow)
        document = None if named is None else named.id
        by_kind = {kind: sought(reading, kind, words, search_form(q)) for kind in kinds}
        within = {"document": document, "regions": narrow.regions(reading)}
        counts = {kind: _count(reading, kind, one, within) for kind, one in by_kind.items()}
        near: list[Row] = []
        if not any(counts.values()):
            near = [] if document else _near(reading, q, [kind for kind in kinds if kind in NAMED], within["regions"])
            others = [kind for kind in kinds if kind not in {row["kind"] for row in near}]  # no hit stands twice
            by_kind = {kind: one for kind in others if (one := in_pieces(reading, kind, words)) is not None}
            counts |= {kind: _count(reading, kind, one, within) for kind, one in by_kind.items()}
            for row in near:
                counts[row["kind"]] += 1

        def fetch(keys: Mapping[str, Any]) -> Listing:
            after, limit = keys["after"], keys["limit"]
            names = [row for row in near if after is None or row["fact_start"] > after["fact"]]
            found = [_hits(reading, kind, one, within, after, limit) for kind, one in by_kind.items() if counts[kind]]
            rows = [*names, *merge(*found, key=lambda row: (row["fact_start"], row["id"]))]
            return Listing(rows[:limit], sum(counts.values()))

        filters = {"words": words, "document": document, "kinds": list(kinds), **narrow.place}
        body = envelope(reading, page, ("search", filters), fetch, lambda rows: _shown(reading, rows, by_kind))
        return Answer(body | {"words": words, "by_kind": counts})

    return store.read(work)


def query_words(q: str) -> list[str]:
    """The words of a query, each in the form that is searched; none twice."""
    return list(dict.fromkeys(form for word in q.split() if (form := search_form(word))))


def _count(reading: ReadTransaction, kind: str, one: Sought, within: Mapping[str, Any]) -> int:
    given = {**asked_of(kind, one), **within}
    total: int = reading.rows("read/count-search-hits", given)[0]["total"]
    return total


def _hits(
    reading: ReadTransaction,
    kind: str,
    one: Sought,
    within: Mapping[str, Any],
    after: Mapping[str, Any] | None,
    limit: int,
) -> list[Row]:
    """The closest hits of one kind. Those that lack some of the words stand behind all others."""
    behind = one.left_out * _PAST
    start = None if after is None else {**after, "fact": after["fact"] - behind}
    of_page = {"kind": KINDS.index(kind), "joined": one.joined, "after": start, "limit": limit}
    given = {**asked_of(kind, one), **within, **of_page}
    return [
        row
        | {
            "kind": kind,
            "match": _TIERS[row["fact_start"] // 10_000],
            "why": one.why,
            "item_start": -1,
            "fact_start": row["fact_start"] + behind,
        }
        for row in reading.rows("read/search-hits", given)
    ]


def _near(reading: ReadTransaction, q: str, kinds: Sequence[str], regions: Sequence[str] | None) -> list[Row]:
    """Names that are nearly the words, the most alike first; with regions, of units and plans of these."""
    found = []
    for kind in kinds:
        known = reading.rows(f"read/{kind}-names", {"limit": NAMES_COMPARED})
        known = [row for row in known if regions is None or row.get("region") in regions]
        found += [(score, kind, row["id"]) for row, score in nearest(q, known, ALIKE)]
    best = sorted(found, key=lambda one: (-one[0], KINDS.index(one[1]), one[2]))[:NEAREST]
    return [
        {
            "id": key,
            "kind": kind,
            "match": "near",
            "why": f"名称有 {score:.0f}% 相同",
            "document_id": None,
            "item_start": -1,
            "fact_start": at - NEAREST,
        }
        for at, (score, kind, key) in enumerate(best)
    ]


def _shown(reading: ReadTransaction, hits: Sequence[Row], by_kind: Mapping[str, Sought]) -> list[Json]:
    """The rows of a page, in the order of the hits."""
    ids: dict[str, list[str]] = {}
    for hit in hits:
        ids.setdefault(hit["kind"], []).append(hit["id"])
    stored = {
        (kind, row["id"]): row
        for kind, keys in ids.items()
        for row in reading.rows(f"read/found-{kind}s", {"ids": keys})
    }
    plans = {plan for row in stored.values() for plan in row["plans"]}
    known = titles_of(reading, plans)
    titles = {plan: known.get(plan) or plan for plan in plans}
    made = []
    for hit in hits:
        kind = hit["kind"]
        row = stored[kind, hit["id"]]
        shown = {
            "kind": kind,
            "id": row["id"],
            "name": row["name"] or titles[row["plans"][0]],
            **{key: row[key] for key in ("region", "number", "label")},
            "match": hit["match"],
            "why": hit["why"],
            **_marked(reading, kind, row, by_kind.get(kind)),
            "documents": [{"id": plan, "title": titles[plan]} for plan in row["plans"][:PLANS_SHOWN]],
            "more_documents": len(row["plans"]) > PLANS_SHOWN,
        }
        made.append(shown)
    return made


def _marked(reading: ReadTransaction, kind: str, row: Row, one: Sought | None) -> Json:
    """The words in a name or in a piece of the source text, and where they stand in that text."""
    if row["text_sha256"] is not None and kind != "document":
        text, start = TEXTS.get(reading, row["text_sha256"]), row["start"] or 0
        places = _places(text[start : row["end"]], one)
        if places:
            places = [(start + begin, start + end) for begin, end in places]
            return _piece(text, row, places)
    fields = [row["name"] or "", *row["others"]]
    for field in fields:
        if places := _places(field, one):
            return {"shown": field, "highlights": [list(place) for place in places], "evidence": None}
    return {"shown": fields[0], "highlights": [], "evidence": None}


def _places(text: str, one: Sought | None) -> list[tuple[int, int]]:
    return [] if one is None else search_places(text, [one.joined]) or search_places(text, one.words)


def _piece(text: str, row: Row, places: Sequence[tuple[int, int]]) -> Json:
    """The words around the first places, and the first of them as evidence."""
    begin = max(places[0][0] - _AROUND, 0)
    end = min(places[0][1] + _AROUND, len(text))
    within = [place for place in places if place[1] <= end]
    return {
        "shown": text[begin:end],
        "highlights": [[start - begin, stop - begin] for start, stop in within],
        "evidence": {
            "document_id": row["plans"][0],
            "text_sha256": row["text_sha256"],
            "span": list(places[0]),
            "quote": text[places[0][0] : places[0][1]],
        },
    }
