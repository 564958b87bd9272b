"""What the store has of one document, and how that differs from what the plan says.

Order of steps: find the nodes of the document by its tree, if it is stored, and by the ids that the plan expects (this
also finds a node that was detached by hand); read their properties and relationships; `compare_rows` compares them with
the wanted rows, key by key.  Documents share units and regulations: `merge_properties` merges what each document says
about one of them, and its result does not depend on the order of loading.  Plans that are new to the store are compared
together, as `merge_rows`.

Example: the same item with the same words two lines further down differs only in ``start`` and ``end``: it has *moved*.

Left to others: writing the differences (`loaders.storing.load`), reporting them (`loaders.storing.check`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.schema import NODE, NODES, RELATIONSHIP
from graph.store.contract import ReadTransaction, Row
from graph.store.shapes import of_node
from loaders.storing.rows import Properties, Relationship, Rows, with_search

TREE = ("Document", "SourceText", "Section", "Item", "Task", "Deadline")
OWNERS = ("Document", "Section", "Item")
SHARED = tuple(node.label for node in NODES if node.shared)

# where a fact stands, as against what it says
PLACES = frozenset(("start", "end", "clause_start", "clause_end", "because", "position", "page"))

# written with every change, so no difference by themselves
NOTES = frozenset(("loaded_at",))


@dataclass(slots=True)
class Differences:
    """What to write. ``changed`` and ``moved`` hold only the differing properties; None means that a property is
    removed. ``renamed``: ids that are gone → the id that has their place now (`loaders.storing.aliases`).
    """

    created: list[tuple[str, Properties]] = field(default_factory=list)
    changed: list[tuple[str, str, Properties]] = field(default_factory=list)
    moved: list[tuple[str, str, Properties]] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)
    linked: list[Relationship] = field(default_factory=list)
    relinked: list[tuple[Relationship, Properties]] = field(default_factory=list)
    shifted: list[tuple[Relationship, Properties]] = field(default_factory=list)
    unlinked: list[Relationship] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)


def read_stored(reading: ReadTransaction, document: str, wanted: Rows | None = None) -> Rows:
    """The stored rows of ``document``, and of everything that ``wanted`` names."""
    ids = _named(wanted or Rows())
    ids["Document"].add(document)
    return _read(reading, ids, tree_of=document)


def read_named(reading: ReadTransaction, wanted: Rows) -> Rows:
    """The stored rows of everything that ``wanted`` names, by its ids alone."""
    return _read(reading, _named(wanted))


def _named(wanted: Rows) -> dict[str, set[str]]:
    return {label: wanted.ids(label) for label in NODE}


def _read(reading: ReadTransaction, ids: dict[str, set[str]], tree_of: str | None = None) -> Rows:
    """The stored rows with these ``ids``; with ``tree_of`` also the nodes below that document and below the found
    items.
    """
    stored = Rows()
    for label in (*TREE, "Official", *SHARED):
        for row in _of(reading, of_node("stored-node", label), ids[label]):
            stored.add(label, row["properties"])
        # a new document has nothing below it: it is not asked for
        if label == "Document" and tree_of in stored.ids(label):
            _note(ids, reading.rows("load/stored-tree", {"document": tree_of}))
        if label == "Item":
            _note(ids, _of(reading, "load/stored-leaves", stored.ids(label)))
    for label in OWNERS:
        for row in _of(reading, of_node("stored-relationships", label), stored.ids(label)):
            relationship = Relationship(**row)
            stored.relationships[relationship.key] = relationship
    return stored


def _note(ids: dict[str, set[str]], below: list[Row]) -> None:
    for row in below:
        ids[row["label"]].add(row["id"])


def _of(reading: ReadTransaction, query: str, ids: set[str]) -> list[Row]:
    """The rows of ``query`` for the ``ids``. Without ids nothing is asked, because a new document has many kinds of
    none.
    """
    return reading.rows(query, {"ids": sorted(ids)}) if ids else []


def compare_rows(stored: Rows, wanted: Rows) -> Differences:
    """How ``wanted`` differs from ``stored``. Shared nodes that are no longer wanted are left to `remove-unused`."""
    found = Differences()
    for label in (*TREE, "Official", *SHARED):
        there = stored.nodes.get(label, {})
        for key, properties in wanted.nodes.get(label, {}).items():
            if key not in there:
                found.created.append((label, properties))
            elif differing := _differing(NODE[label].types, there[key], properties):
                (found.moved if differing.keys() <= PLACES else found.changed).append((label, key, differing))
        if label in ("Document", "Section", "Item", "Task", "Deadline"):
            found.removed += [(label, key) for key in there if key not in wanted.nodes.get(label, {})]
    for link, relationship in wanted.relationships.items():
        before = stored.relationships.get(link)
        if before is None or before.ends != relationship.ends:
            found.linked.append(relationship)
        elif differing := _differing(RELATIONSHIP[relationship.type].types, before.properties, relationship.properties):
            (found.shifted if differing.keys() <= PLACES else found.relinked).append((relationship, differing))
    for link, there_before in stored.relationships.items():
        now = wanted.relationships.get(link)
        if now is None or now.ends != there_before.ends:
            found.unlinked.append(there_before)
    return found


def merge_properties(label: str, known: Properties, other: Properties) -> Properties:
    """What two documents say about one unit or regulation, as one node. The order of the two does not matter.

    A value of the vocabulary (it has a ``source``) wins over a guess from a text; between two values of the vocabulary,
    the newer one, ``other``, wins. Two guesses are merged: lists are united, of two words the smaller one is kept.
    """
    if "source" in other:
        return other
    if "source" in known:
        return known
    joined = {**known, **other}
    for name in known.keys() & other.keys():
        both = known[name], other[name]
        joined[name] = sorted({*both[0], *both[1]}) if isinstance(both[0], list) else min(both)
    return with_search(label, joined)


def merge_rows(plans: Iterable[Rows]) -> Rows:
    """Several plans that are new to the store, as one. Shared nodes are merged as if the plans were loaded one by one."""
    made = Rows()
    for rows in plans:
        for label, nodes in rows.nodes.items():
            there = made.nodes.setdefault(label, {})
            for key, properties in nodes.items():
                there[key] = (
                    merge_properties(label, there[key], properties) if label in SHARED and key in there else properties
                )
        made.relationships |= rows.relationships
    return made


def join_shared(reading: ReadTransaction, stored: Rows, wanted: Rows) -> Rows:
    """``wanted`` with its units and regulations merged with what other documents say about them."""
    own = sorted(set().union(*(rows.ids(label) for rows in (stored, wanted) for label in OWNERS)))
    joined = Rows(dict(wanted.nodes), wanted.relationships)
    for label in SHARED:
        nodes, there = dict(wanted.nodes.get(label, {})), stored.nodes.get(label, {})
        differing = [key for key, properties in nodes.items() if there.get(key, properties) != properties]
        if differing:
            asked = {"ids": differing, "owners": own}
            for row in reading.rows(of_node("used-elsewhere", label), asked):
                key = row["id"]
                nodes[key] = merge_properties(label, there[key], nodes[key])
        joined.nodes[label] = nodes
    return joined


def _differing(declared: Mapping[str, object], before: Properties, now: Properties) -> Properties:
    """The properties of ``now`` that differ from ``before``, and None for those that only ``before`` has. What is not
    ``declared`` is of others and stays.
    """
    changed = {k: v for k, v in now.items() if before.get(k) != v and k not in NOTES}
    return changed | {k: None for k in before if k not in now and k not in NOTES and k in declared}
