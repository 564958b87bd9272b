"""The walk over the whole store: what is there that no document states.

Order of steps: a check of each document notes in `Seen` what it met; `walk` counts the nodes of each label and the relationships of each
type, and where there are more than were met, walks over all of them, a page at a time. What was not met is told with what it
hangs on. Labels, types and properties of others are told apart.

Example: an item copied by hand under a new id, with a copy of its lead: no document's tree leads to it, so the label ``Item`` has one node
and the type ``LEADS`` one relationship more than the documents state. Both are named.

Memory: a number for each object that was met, and a page of ids. Left to others: what a document states (`loaders.storing.check`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.schema import NODE, NODES, RELATIONSHIP, KeptWhile, RelationshipType, misfit
from graph.store.contract import Row, Store
from graph.store.shapes import of_node, of_type
from loaders.storing.fault_codes import Difference, make_difference
from loaders.storing.rows import Rows

PAGE = 5000  # ids or relationships a statement
MOST_NAMELESS = 1000  # of a label that are told
_ASKED = 500  # nodes of which what they hang on is asked at once

JUDGEMENT = "SAME_AS"
WALKED = tuple(node.label for node in NODES if node.kept is not KeptWhile.ALWAYS)
_REQUIRED = ("start", "end")


@dataclass(slots=True)
class Seen:
    """What the documents led to, as numbers (hashes): nodes by label, relationships by type."""

    nodes: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    links: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def note(self, stored: Rows, *, ends: bool = False) -> None:
        """Note the rows of a document; with ``ends`` also the units and instruments that its relationships lead to, of a
        document that cannot be read again."""
        for label, nodes in stored.nodes.items():
            self.nodes[label].update(map(_mark, nodes))
        for link in stored.relationships.values():
            self.links[link.type].add(_mark(link.properties.get("id"), link.from_id, link.to_id))
            for label, end in zip(link.labels, link.ends, strict=True) if ends else ():
                self.nodes[label].add(_mark(end))


@dataclass(slots=True)
class Walked:
    """``differences``: what no document states. ``foreign``: what is of others."""

    differences: list[Difference] = field(default_factory=list)
    foreign: list[Difference] = field(default_factory=list)


def walk(store: Store, seen: Seen) -> Walked:
    """Everything in the store that is not ``seen``."""
    found = Walked()
    labels, types = store.read(
        lambda reading: (reading.rows("load/labels-met"), reading.rows("load/types-met")),
    )
    met: Counter[str] = Counter()
    for row in labels:
        for label in row["labels"]:
            met[label] += row["count"]
        if strange := [label for label in row["labels"] if label not in NODE]:
            name = ":".join(sorted(row["labels"]))
            found.foreign.append(
                make_difference("foreign-label", "added", "", "".join(strange[:1]), name, _nodes(row["count"]))
            )
    for label in WALKED:
        if met[label] != len(seen.nodes[label]):
            found.differences += _walk_nodes(store, label, seen.nodes[label])
    for row in types:
        if row["type"] not in RELATIONSHIP:
            found.foreign.append(
                make_difference("foreign-type", "added", "", row["type"], row["type"], _links(row["count"]))
            )
        elif row["count"] != len(seen.links[row["type"]]) or row["type"] == JUDGEMENT:
            found.differences += _walk_links(store, RELATIONSHIP[row["type"]], seen.links[row["type"]])
    if met["Alias"]:
        found.differences += _aliases(store)
    return found


def _walk_nodes(store: Store, label: str, seen: set[int]) -> Iterator[Difference]:
    after = ""
    while True:
        page = _rows(store, of_node("walk-nodes", label), {"after": after, "limit": PAGE})
        ids = [row["id"] for row in page if _mark(row["id"]) not in seen]
        for at in range(0, len(ids), _ASKED):
            for row in _rows(store, of_node("unstated-nodes", label), {"ids": ids[at : at + _ASKED]}):
                if not (label == "Unit" and row["judged"]):  # people judged it; it stays with their judgement
                    yield make_difference(_code(label, row), "added", "", label, row["id"], _what(row), row["near"])
        if len(page) < PAGE:
            break
        after = page[-1]["id"]
    for row in _rows(store, of_node("nameless-nodes", label), {"limit": MOST_NAMELESS}):
        yield make_difference("nameless-node", "added", "", label, _short_id(row["id"]), _what(row), row["near"])


def _walk_links(store: Store, declared: RelationshipType, seen: set[int]) -> Iterator[Difference]:
    walked: set[int] = set()
    skip = 0
    while True:
        page = _rows(store, of_type("walk-links", declared.type), {"skip": skip, "limit": PAGE})
        for row in page:
            mark = _mark(row["id"], row["from_id"], row["to_id"])
            code = _link_code(declared, row, mark, seen, walked)
            walked.add(mark)
            if code is not None:
                ends = tuple(end if isinstance(end, str) else "" for end in (row["from_id"], row["to_id"]))
                key = row["id"] if isinstance(row["id"], str) and row["id"] else " → ".join(ends)
                what = f"the graph holds it from {_called(row, 'from')} to {_called(row, 'to')}, no text states it"
                yield make_difference(code, "added", "", declared.type, key, what, ends)
        if len(page) < PAGE:
            return
        skip += PAGE


def _link_code(declared: RelationshipType, row: Row, mark: int, seen: set[int], walked: set[int]) -> str | None:
    """What is wrong with a relationship; None for one that a document states, or a judgement on two units."""
    fits = any(start in row["from_labels"] and end in row["to_labels"] for start, end in declared.ends)
    if declared.type == JUDGEMENT:
        whole = fits and isinstance(row["from_id"], str) and isinstance(row["to_id"], str)
        return None if whole else "judgement-wrong"
    if mark in seen:
        return "doubled-relationship" if mark in walked else None
    if not fits:
        return "wrong-ends"
    return "added-relationship" if declared.few else "unplanned-relationship"


def _aliases(store: Store) -> Iterator[Difference]:
    for row in _rows(store, "load/aliases-nowhere", {"limit": MOST_NAMELESS}):
        what = f"it leads to {row['target']!r}, which is not there"
        yield make_difference("alias-nowhere", "added", "", "Alias", _short_id(row["id"]), what)


def _rows(store: Store, query: str, parameters: Mapping[str, Any]) -> list[Row]:
    return store.read(lambda reading: reading.rows(query, parameters))


def _code(label: str, row: Row) -> str:
    properties = {name: value for name, value in row["properties"].items() if name in NODE[label].types}
    placed = not (set(_REQUIRED) & NODE[label].types.keys()) or all(name in properties for name in _REQUIRED)
    if not placed or misfit(NODE[label], properties):
        return "crude-node"
    return "added-node" if row["near"] else "orphan"


def _what(row: Row) -> str:
    others = f"; {row['foreign']} relationships of other types than ours hang on it" if row["foreign"] else ""
    return f"the graph holds it, no text states it{others}"


def _called(row: Row, end: str) -> str:
    labels: Iterable[str] = row[f"{end}_labels"]
    return f"{':'.join(labels)} {_short_id(row[f'{end}_id'])}"


def _short_id(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else repr(value)[:80]


def _nodes(count: int) -> str:
    return f"{count} nodes have this label, which is not ours"


def _links(count: int) -> str:
    return f"{count} relationships are of this type, which is not ours"


def _mark(*parts: Any) -> int:
    return hash(tuple(part if isinstance(part, str) else repr(part) for part in parts))
