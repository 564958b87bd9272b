"""Search: what has the words, of every kind, the closest first, each with the words marked and its plans named.

Order of steps, all in one read: bring the words into the form that is searched (`graph.search_text`); ask the index of each
kind for what it finds, at most `MOST_HITS`; merge by rank; read the rows of the page and mark the words in them. Where the index
has more, the number of hits is a lower bound, and ``at_least`` names the kind: a word of every plan costs no more than a rare one.

What is equal to the words comes first, then what begins with them, ends with them or has them in a name, then what has
them in the text of an item, then source texts; among equals units, plans, instruments, items.  Several words, with a
blank between them, must all be there; an item may have one of them as a unit that bears it.

If nothing has the words: names that are nearly so (市政府法治办), then what has the pieces of the words
(`api.answers.searching.pieces`), each with the reason in Chinese.

Example: ``search(store, "娄发[2017]4号", page=PageRequest())`` finds the plan with 娄发〔2017〕4号, however its brackets are
written, and then every text that has it.

Left to others: names beside each other (`api.answers.searching.match_names`), the statements (``cypher/read/search-hits.cypher``).
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from heapq import merge
from typing import Any, NamedTuple

from api.answers.item_rows import titles_of
from api.answers.nesting import TEXTS, Json
from api.answers.paging import Listing, PageRequest, envelope
from api.answers.questions import Answer
from api.answers.references import ANYWHERE, NAMES_COMPARED, NEAREST, Narrow, named_document, nearest
from api.answers.searching.pieces import Sought, asked_of, in_pieces, sought
from graph.errors import ParameterError
from graph.search_text import search_form, search_places
from graph.store.contract import ReadTransaction, Row, Store
from graph.store.fact_places import first_plans

KINDS = ("unit", "document", "regulation", "item", "text")
"""In the order in which equals stand; each has an index of that name."""

NAMED = ("unit", "document", "regulation")
"""The kinds that are called by a name."""

MOST_HITS, MOST_TEXTS = 2000, 500
"""So many of what an index finds are looked at; of source texts, which are long, the second."""

MORE_WHERE_NARROWED = 5
"""Times as many where a plan, a place or a unit chooses among them."""

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
        found = {kind: _hits(reading, kind, one, within) for kind, one in by_kind.items()}
        near: list[Row] = []
        if not any(hits.rows or hits.cut for hits in found.values()):
            near = [] if document else _near(reading, q, [kind for kind in kinds if kind in NAMED], within["regions"])
            others = [kind for kind in kinds if kind not in {row["kind"] for row in near}]  # no hit stands twice
            by_kind = {kind: one for kind in others if (one := in_pieces(reading, kind, words)) is not None}
            found |= {kind: _hits(reading, kind, one, within) for kind, one in by_kind.items()}
        counts = {kind: len(hits.rows) for kind, hits in found.items()}
        for row in near:
            counts[row["kind"]] += 1
        at_least = [kind for kind, hits in found.items() if hits.cut]

        def fetch(keys: Mapping[str, Any]) -> Listing:
            after, limit = keys["after"], keys["limit"]
            rows = [*near, *merge(*(hits.rows for hits in found.values()), key=_place)]
            behind = 0 if after is None else bisect_right(rows, (after["fact"], after["id"]), key=_place)
            return Listing(rows[behind : behind + limit], sum(counts.values()), least=bool(at_least))

        filters = {"words": words, "document": document, "kinds": list(kinds), **narrow.place}
        body = envelope(reading, page, ("search", filters), fetch, lambda rows: _shown(reading, rows, by_kind))
        return Answer(body | {"words": words, "by_kind": counts, "at_least": at_least})

    return store.read(work)


def query_words(q: str) -> list[str]:
    """The words of a query, each in the form that is searched; none twice."""
    return list(dict.fromkeys(form for word in q.split() if (form := search_form(word))))


class _Hits(NamedTuple):
    """The hits of one kind, the closest first; ``cut``: the index has more than were looked at."""

    rows: list[Row]
    cut: bool


def _hits(reading: ReadTransaction, kind: str, one: Sought, within: Mapping[str, Any]) -> _Hits:
    """The hits of one kind. Those that lack some of the words stand behind all others."""
    asked = {**asked_of(kind, one), "kind": KINDS.index(kind), "joined": one.joined}
    if kind in ("item", "text") and within["document"] is not None and within["regions"] is None:
        # of one plan all are looked at, however common the words are
        own = ("kind", "words", "joined", "borne", "units")
        of_plan = {name: asked[name] for name in own} | {"document": within["document"]}
        most = None
        rows = reading.rows("read/search-hits-of-plan", of_plan)
    else:
        most = MOST_TEXTS if kind == "text" else MOST_HITS
        if one.borne is not None or any(value is not None for value in within.values()):
            most *= MORE_WHERE_NARROWED
        rows = reading.rows("read/search-hits", {**asked, **within, "most": most + 1})
    found = [
        row
        | {
            "kind": kind,
            "match": _TIERS[row["fact_start"] // 10_000],
            "why": one.why,
            "item_start": -1,
            "fact_start": row["fact_start"] + one.left_out * _PAST,
        }
        for row in rows[:most]
        if row["fact_start"] is not None
    ]
    return _Hits(found, most is not None and len(rows) > most)


def _place(row: Row) -> tuple[int, str]:
    """Where a hit stands among all."""
    return row["fact_start"], row["id"]


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
    for (kind, key), row in stored.items():
        if kind in ("unit", "regulation"):  # such a one may stand in thousands of plans
            row["plans"] = first_plans(reading, key, PLANS_SHOWN + 1)
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
