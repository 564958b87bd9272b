"""The question library: every file under ``cypher/questions/``, asked by its name with parameters as words.

Order of steps, all in one read: turn each parameter into the type that its file declares (``unit``, ``other``,
``regulation``, ``item``, ``document``, ``section`` are references, so a name is enough); read the rows of the page, and
their total by ``read/count-<name>``; nest the rows (`api.answers.nesting`).  If a question has a step in Python
(`graph.library.steps`), all rows are read first, the step makes the rows of the answer, and a page is cut from them.

Example: ``run_question(store, "unit-duties", {"unit": "市政府法制办", "role": "lead"})`` has 18 rows on the sample: the unit
leads 17 items and the document itself.

Left to others: the text of a question (its file and its card, `graph.library.cards`), checking types
(`graph.store.catalogue`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from api.answers.all_pages import fetch_all
from api.answers.beside import BESIDE, beside
from api.answers.chinese.labels import code_of_word
from api.answers.fact_lists import fact_listing
from api.answers.left_out import PASSED_OVER_OF, with_addresses
from api.answers.nesting import Evidence, flat_columns, nest_row, nest_rows
from api.answers.paging import Envelope, Listing, PageRequest, envelope
from api.answers.places import tell_unplaced
from api.answers.plan_window import BEHIND, WITHIN, PlanWindow, fill_page, plans_to_look_into, within
from api.answers.references import ANYWHERE, Narrow, Resolved, resolve
from graph.errors import CatalogueError, NotFound, ParameterError
from graph.library.cards import Card, load_cards, parameters_of
from graph.library.question import MOST_ROWS, PLANS, Clock, QuestionStep, StepInput
from graph.library.steps import STEPS
from graph.store.catalogue import Param, Query, load_catalogue
from graph.store.contract import ReadTransaction, Row, Store
from graph.store.fact_places import FACTS

PREFIX = "questions/"
OF_PLACE = ("region", "exact")
# a parameter of this name is a reference to a thing of this kind
OF_REFERENCE = {
    "unit": "unit",
    "other": "unit",
    "regulation": "regulation",
    "document": "document",
    "section": "section",
    "item": "item",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A body, the data version it comes from, and the object it is about if the caller named one."""

    body: dict[str, Any]
    kind: str | None = None
    found: Resolved | None = None


def questions() -> dict[str, Query]:
    """The library by name, in the order of the numbers: ``unit-duties`` …"""
    known = load_catalogue().queries
    return {name: known[PREFIX + name] for name in load_cards()}


def card_of(name: str) -> Card:
    """The card of a question. Raises CatalogueError if the card has a column that no row has."""
    card = load_cards()[name]
    unknown = [column for column in card.columns if column not in columns(find(name))]
    if unknown:
        raise CatalogueError(
            f"cypher/questions/{name}.yaml has a heading for {unknown[0]!r}; expected columns of the answer: "
            f"{', '.join(columns(find(name)))}."
        )
    return card


def describe(name: str, query: Query) -> dict[str, Any]:
    """A question as it is listed: its card, its parameters, its columns."""
    card = card_of(name)
    return {
        "id": name,
        "number": card.number,
        "question": card.question,
        "variants": list(card.variants),
        "kind": card.kind,
        "purpose": query.purpose,
        "parameters": [
            {
                "name": p.name,
                "type": p.type,
                "required": not p.nullable,
                "note": p.note,
                "meaning": card.parameters[p.name],
            }
            for p in parameters_of(query)
        ],
        "columns": list(columns(query)),
        "headings": dict(card.columns),
        "neighbours": [{"id": other, "question": load_cards()[other].question} for other in card.neighbours],
        "left_out": card.left_out,
        "pitfalls": card.pitfalls,
    }


def document_ids(store: Store, limit: int = 100) -> list[str]:
    """The ids of the loaded documents, in order, at most ``limit``."""
    rows = store.read(lambda reading: reading.rows("read/document-names", {"limit": limit}))
    return sorted(row["id"] for row in rows)


def not_read(store: Store, limit: int = 100) -> dict[str, int]:
    """Documents of which places were not read -> how many; the ``limit`` documents with the most."""
    rows = store.read(lambda reading: reading.rows("read/not-read", {"limit": limit}))
    return {row["id"]: row["not_read"] for row in rows}


def corrected(store: Store, limit: int = 100) -> dict[str, list[dict[str, Any]]]:
    """Documents of which a person corrected the head -> what was given, beside what the text says; at most ``limit``."""
    rows = store.read(lambda reading: reading.rows("read/corrected", {"limit": limit}))
    return {row["id"]: json.loads(row["corrections"]) for row in rows}


def step_of(query: Query) -> QuestionStep | None:
    """The step in Python that makes the rows of the answer; None if the statement makes them."""
    return STEPS.get(query.name.removeprefix(PREFIX))


@cache
def columns(query: Query) -> tuple[str, ...]:
    """The columns of the rows of a question, as nested keys joined by dots: ``item.number``, ``evidence.quote`` …"""
    step = step_of(query)
    marks: Row = {**dict.fromkeys(step.returns if step else query.returns, 0), "because": [], "text_sha256": ""}
    rows = [marks]
    if "item_id" in marks:
        rows.append(marks | {"item_id": None})  # a fact of the document itself is nested another way
    nested = [nest_row(row, Evidence.FULL, {"": ""}) for row in rows]
    return tuple(dict.fromkeys(column for row in nested for column, _ in flat_columns(row)))


def find(name: str) -> Query:
    """The question called ``name``. Raises NotFound with the known names."""
    query = questions().get(name)
    if query is None:
        raise NotFound(
            f"the library has no question {name[:80]!r}; expected one of {', '.join(questions())}.", list(questions())
        )
    return query


def run_question(
    store: Store,
    name: str,
    parameters: Mapping[str, str],
    *,
    page: PageRequest | None = None,
    bounded: bool = False,
    evidence: Evidence = Evidence.FULL,
    narrow: Narrow = ANYWHERE,
    clock: Clock | None = None,
) -> Envelope:
    """The list envelope of a question, with ``columns``. Without a page: every row, or with ``bounded`` as many as a
    file takes.

    Raises ParameterError for a parameter that is missing, unknown or invalid, UnknownReference for an unknown name.
    """

    def page_of(given: PageRequest) -> Envelope:
        return ask(store, name, parameters, page=given, evidence=evidence, narrow=narrow, clock=clock).body

    body = fetch_all(page_of, bounded=bounded) if page is None else page_of(page)
    return body | {"columns": list(columns(find(name))), "headings": dict(card_of(name).columns)}


def ask(
    store: Store,
    name: str,
    parameters: Mapping[str, str | None],
    *,
    page: PageRequest,
    evidence: Evidence,
    narrow: Narrow = ANYWHERE,
    clock: Clock | None = None,
) -> Answer:
    """As `run_question`, without the columns, and with the object that the first reference of the question names.

    ``clock`` tells a step which day it is; the default is today.
    """
    query = find(name)
    given = {key: value for key, value in parameters.items() if value is not None}
    check_parameters(query, given)
    narrow = _of_place(narrow, given)
    params = parameters_of(query)
    if narrow.document is not None and any(param.name == "document" for param in params):
        given.setdefault("document", narrow.document)
    hands = clock or Clock(date.today())

    def work(reading: ReadTransaction) -> Answer:
        there = replace(narrow, document=given.get("document", narrow.document))
        found: dict[str, Resolved] = {}
        values: dict[str, Any] = {}
        for param in params:
            if param.name in OF_REFERENCE and param.name in given:
                found[param.name] = resolve(reading, OF_REFERENCE[param.name], given[param.name], there)
                values[param.name] = found[param.name].id
            elif param.name in given:
                values[param.name] = parse_value(param, given[param.name])
        step = step_of(query)
        mark = values | narrow.place
        # a place of a unit is that of its name; of anything else, that of the plans
        values["regions"] = values["of_regions"] = None if "unit" in found else narrow.regions(reading)
        body = envelope(
            reading,
            page,
            (name, mark),
            lambda keys: (
                _listing(reading, query, values, keys)
                if step is None
                else _stepped(reading, query, step, values, keys, hands)
            ),
            lambda rows: nest_rows(reading, rows, evidence),
        )
        body["left_out"] = with_addresses(body["left_out"], name, {**given, **narrow.place})
        if "document" not in values:
            body = tell_unplaced(reading, body, values["regions"], page)
        if name in BESIDE and page.after is None:
            plans = _looked_into(reading, query, values, page.limit + 1)[1].ids
            body["beside"] = beside(reading, name, plans, {**given, **narrow.place})
        kind = next((k for k in OF_REFERENCE if k in found), None)
        return Answer(body, kind, found[kind] if kind else None)

    return store.read(work)


def parse_value(param: Param, given: str) -> Any:
    """The value of a parameter in its declared type. Raises ParameterError that says what was expected."""
    kind = param.type
    words = param.note.removeprefix("one of ").split() if param.note.startswith("one of ") else None
    given = code_of_word(param.name, given)  # 牵头 for lead
    if words is not None and given not in words:
        raise ParameterError(f"parameter {param.name!r} is {given[:80]!r}; expected one of {', '.join(words)}.")
    try:
        if param.note.startswith("ISO date"):
            return date.fromisoformat(given).isoformat()
        if kind == "int":
            return int(given)
        if kind == "float":
            return float(given)
        if kind == "bool":
            return {"true": True, "false": False}[given.lower()]
    except (ValueError, KeyError):
        raise ParameterError(f"parameter {param.name!r} is {given[:80]!r}; expected {param.note or kind}.") from None
    return given.split(",") if kind == "list of string" else given


def _of_place(narrow: Narrow, given: dict[str, str]) -> Narrow:
    """``narrow`` with the place that the parameters give, which are taken out of them."""
    exact = given.pop("exact", None)
    if exact not in (None, "true", "false"):
        raise ParameterError(f"parameter 'exact' is {exact[:80]!r}; expected true or false.")
    narrow = replace(narrow, region=given.pop("region", narrow.region), exact=narrow.exact or exact == "true")
    if narrow.exact and narrow.region is None:
        raise ParameterError("parameter 'exact' needs a place; expected region=… with it.")
    return narrow


def check_parameters(query: Query, given: Mapping[str, str]) -> None:
    """Raise ParameterError for a parameter that the question does not have, that is empty, or that it needs and lacks."""
    params = parameters_of(query)
    takes = list(dict.fromkeys([*(p.name for p in params), *OF_PLACE]))
    unknown = sorted(set(given) - set(takes))
    missing = [p for p in params if not p.nullable and p.name not in given]
    empty = sorted(name for name, value in given.items() if not value.strip())
    name = query.name.removeprefix(PREFIX)
    if unknown:
        raise ParameterError(
            f"the question {name} has no parameter {unknown[0][:80]!r}; it takes: {', '.join(takes) or 'none'}."
        )
    if empty:
        raise ParameterError(f"parameter {empty[0]!r} is empty; expected a value, or no parameter.")
    if missing:
        raise ParameterError(f"the question {name} needs {missing[0].name}=… ({missing[0].note}).")


def _listing(reading: ReadTransaction, query: Query, values: Mapping[str, Any], keys: Mapping[str, Any]) -> Listing:
    if _takes(query, FACTS):
        return fact_listing(reading, query, values, keys)
    given, plans = _looked_into(reading, query, values, keys["limit"], after=keys["after"])
    paged = {k: v for k, v in keys.items() if _takes(query, k)}
    if _takes(query, PLANS) and _takes(query, "limit"):
        rows, plans = fill_page(
            plans, keys["limit"], lambda ids: reading.rows(query.name, {**given, **paged, PLANS: ids})
        )
        given[PLANS] = plans.ids
    else:
        rows = reading.rows(query.name, {**given, **paged})
    counting = load_catalogue().queries.get(f"read/count-{query.name.removeprefix(PREFIX)}")
    is_whole = keys["after"] is None and len(rows) < keys["limit"]
    if counting is None or (is_whole and counting.returns == ("total",)):
        # the page holds every row there is
        listing = Listing(rows, len(rows))
    else:
        listing = listing_of(rows, reading.rows(counting.name, given)[0])
    if (reasons := PASSED_OVER_OF.get(query.name.removeprefix(PREFIX))) is not None:
        counts = reading.rows("read/count-undated-items", {PLANS: plans.ids})[0]
        passed = [{"reason": reason, "count": counts[column]} for reason, column in reasons.items() if counts[column]]
        listing = replace(listing, left_out=[*listing.left_out, *passed])
    return replace(listing, least=plans.partial, resume=plans.resume)


def _looked_into(
    reading: ReadTransaction,
    query: Query,
    values: Mapping[str, Any],
    limit: int,
    *,
    after: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], PlanWindow]:
    """The values of the statement's parameters, and the window of plans if the statement takes one."""
    given = {name: value for name, value in values.items() if _takes(query, name)}
    if not _takes(query, PLANS):
        return given, PlanWindow([])
    filters = {**given, "document": values.get("document"), "regions": values.get("regions")}
    plans = plans_to_look_into(reading, filters, after, limit)
    return given | {PLANS: plans.ids}, plans


def _stepped(
    reading: ReadTransaction,
    query: Query,
    step: QuestionStep,
    values: Mapping[str, Any],
    keys: Mapping[str, Any],
    clock: Clock,
) -> Listing:
    """The page after the row that the cursor names, cut from the rows that the step makes of a window of plans.

    A step chooses the order of its rows. So where there are more plans than one window holds, the cursor names the plan with
    which the window begins beside the last row.
    """
    after, limit = keys["after"], keys["limit"]
    of_window = after if after is not None and after["item"] >= WITHIN else None
    given, plans = _looked_into(reading, query, values, limit, after=of_window)
    bound = {"limit": MOST_ROWS + 1} if _takes(query, "limit") else {}
    rows = reading.rows(query.name, {**given, **bound})
    more = len(rows) > MOST_ROWS
    asked = StepInput(reading, rows[:MOST_ROWS], {**values, **given}, clock)
    made = step.run(asked)
    shown = _behind(made.rows, after)[:limit]
    left_out = [*made.left_out]
    if step.page is not None:
        filled = step.page(asked, shown)
        shown, left_out = filled.rows, [*left_out, *filled.left_out]
    if more:
        left_out.append({"reason": f"beyond the first {MOST_ROWS} facts", "count": 1})
    return Listing(
        shown,
        len(made.rows),
        left_out,
        made.as_of,
        least=more or plans.partial,
        resume=plans.resume,
        last=(lambda row: within(plans.ids[0], row["id"])) if plans.partial else None,
    )


def _behind(rows: Sequence[Row], after: Mapping[str, Any] | None) -> Sequence[Row]:
    """The rows behind the one that the cursor names; all of them in a window behind those of the pages before."""
    if after is None or after["item"] >= BEHIND:
        return rows
    start = 1 + next((at for at, row in enumerate(rows) if row["id"] == after["id"]), -1)
    if not start:
        raise ParameterError("parameter 'after' names a row that the answer no longer has; start again without it.")
    return rows[start:]


def listing_of(rows: Sequence[Row], counts: Row) -> Listing:
    """Rows with their total. Other counts become ``left_out``: ``undated`` rows that a date filter ignores, ``tasks``
    with dates of their own.
    """
    left_out = [{"reason": key, "count": count} for key, count in counts.items() if key != "total" and count]
    return Listing(rows, counts["total"], left_out)


def _takes(query: Query, name: str) -> bool:
    return any(p.name == name for p in query.params)
