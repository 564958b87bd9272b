"""The rows of one plan for the rules: read by the statements ``read/findings-…`` and grouped by item.

Order of steps: the document and its text; sections, items and parts; then duties, mentions, deadlines, citations and
tasks, each under the id of its item.  Rules ask for *leaves*: the items that questions about bearers look at,
because they have an assignment of their own or nothing below them. Only leaves have duties.

Example: ``plan.duties[leaf["id"]]`` are the rows of its unit lines; ``plan.words("正文", 3, 9)`` is a place with its
words.

Left to others: the rules (`graph.findings.rules`).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph.names import OF_HEADING
from graph.store.contract import ReadTransaction, Row

EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the source text with its words; ``what`` says in Chinese what it is."""

    what: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class PlanRows:
    """The rows of one plan. ``duties`` … ``tasks`` map the id of an item to its rows; ``own_…`` belong to the document
    itself.
    """

    document: Row
    text: str
    sections: Sequence[Row]
    items: Sequence[Row]
    duties: Mapping[str, list[Row]]
    mentions: Mapping[str, list[Row]]
    deadlines: Mapping[str, list[Row]]
    citations: Mapping[str, list[Row]]
    tasks: Mapping[str, list[Row]]
    own_deadlines: Sequence[Row]
    own_citations: Sequence[Row]

    @cached_property
    def numbered(self) -> list[Row]:
        """The items of sections, without what stands below a numbered one, in document order."""
        return [item for item in self.items if item["parent"] is None or item["parent"].endswith(OF_HEADING)]

    @cached_property
    def leaves(self) -> list[Row]:
        """Everything that may have duties, in document order."""
        return [item for item in self.items if item["queryable"]]

    @cached_property
    def _parts(self) -> dict[str, list[Row]]:
        return _by([item for item in self.items if item["parent"] is not None], "parent")

    def leaves_of(self, item: Row) -> list[Row]:
        """Those of ``item`` and what stands below it that may have duties. The items of a heading are not its own."""
        below = () if item["id"].endswith(OF_HEADING) else self._parts.get(item["id"], ())
        own = [item] if item["queryable"] else []
        return own + [leaf for part in below for leaf in self.leaves_of(part)]

    def above(self, item: Row) -> list[Row]:
        """The items above ``item``, the nearest first."""
        found: list[Row] = []
        while item["parent"] is not None:
            item = self._by_id[item["parent"]]
            found.append(item)
        return found

    def below(self, item: Row) -> list[Row]:
        """Everything below ``item``."""
        return [one for part in self._parts.get(item["id"], ()) for one in (part, *self.below(part))]

    def bearers_around(self, item: Row, *roles: str) -> list[Row]:
        """The duties in these roles of an item, of the items above it and of those below it."""
        return [duty for one in (item, *self.above(item), *self.below(item)) for duty in self.bearers(one, *roles)]

    @cached_property
    def _by_id(self) -> dict[str, Row]:
        return {item["id"]: item for item in self.items}

    def bearers(self, item: Row, *roles: str) -> list[Row]:
        """The duties of an item in these roles, by position."""
        return [duty for duty in self.duties.get(item["id"], ()) if duty["role"] in roles]

    @cached_property
    def has_leads(self) -> bool:
        """Whether the plan distinguishes leads from other bearers at all."""
        return any(self.bearers(leaf, "lead") for leaf in self.leaves)

    def words(self, what: str, start: int, end: int) -> Place:
        """The place with its words."""
        return Place(what, start, end, self.text[start:end])

    def name_of(self, what: str, fact: Row) -> Place | None:
        """The words of the fact itself, else of its clause; None if it has neither place."""
        if fact["start"] is not None:
            return self.words(what, fact["start"], fact["end"])
        return next(iter(self.clauses(what, [fact])), None)

    def clauses(self, what: str, facts: Iterable[Row]) -> tuple[Place, ...]:
        """The clauses of the facts, each once, in text order. A fact without a clause gives its own words."""
        spans: set[tuple[int, int]] = set()
        for fact in facts:
            whole = "" if fact.get("clause_start") is None else "clause_"
            if fact[f"{whole}start"] is not None:
                spans.add((fact[f"{whole}start"], fact[f"{whole}end"]))
        return tuple(self.words(what, *span) for span in sorted(spans))

    def heading(self, item: Row) -> Place:
        """The heading of an item, else its first line."""
        start, end = item["start"], item["end"]
        at = self.text.find(item["heading"], start, end) if item["heading"] else -1
        if at >= 0:
            return self.words("事项", at, at + len(item["heading"]))
        line = self.text.find("\n", start, end)
        return self.words("事项", start, end if line < 0 else line)

    def notes(self, kind: str) -> Iterator[Row]:
        """Those ``repairs`` or ``warnings`` of the text that have a place."""
        notes: list[dict[str, Any]] = json.loads(self.document[kind] or "[]")
        return (note for note in notes if note["span"] is not None)


def read_plan_rows(reading: ReadTransaction, document: str) -> PlanRows:
    """The rows of the document with this id. The document must exist."""
    of = {"document": document}
    head = reading.rows("read/findings-document", of)[0]
    text = reading.rows("read/text", {"text_sha256": head["text_sha256"]})

    def rows(kind: str) -> dict[str, list[Row]]:
        return _by(reading.rows(f"read/findings-{kind}", of), "item_id")

    return PlanRows(
        document=head,
        text=text[0]["text"] if text else "",
        sections=reading.rows("read/sections", {**of, "after": None, "limit": EVERYTHING}),
        items=reading.rows("read/findings-items", of),
        duties=rows("duties"),
        mentions=rows("mentions"),
        deadlines=rows("deadlines"),
        citations=rows("citations"),
        tasks=rows("tasks"),
        own_deadlines=reading.rows("read/document-deadlines", of),
        own_citations=reading.rows("read/findings-document-citations", of),
    )


def _by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def numbers(items: Iterable[Row]) -> str:
    """The numbers of items, with runs joined: ``1–4、6、14–19``. An item without a number is named by its heading.

    >>> numbers([{"number": n, "heading": ""} for n in (1, 2, 3, 6)])
    '1–3、6'
    """
    parts: list[str] = []
    run: list[int] = []
    for item in items:
        number = item["number"]
        if number is not None and run and number in (run[-1], run[-1] + 1):
            run.append(number)
            continue
        parts += _run(run)
        run = [] if number is None else [number]
        if number is None:
            parts.append(f"“{item['heading'][:12]}”")
    return "、".join(parts + _run(run))


def _run(run: list[int]) -> list[str]:
    if not run:
        return []
    return [f"{run[0]}–{run[-1]}" if run[-1] > run[0] + 1 else "、".join(map(str, dict.fromkeys(run)))]
