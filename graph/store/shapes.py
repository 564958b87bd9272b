"""Statements that differ only in a label or a relationship type: shapes, filled from the schema.

Order of steps: each file under ``cypher/load/shapes/`` and ``cypher/read/shapes/`` is a statement with places to fill
(``{label}``, ``{type}`` …); `fill_shapes` fills it once for each label or relationship type, **only with words of
`graph.schema`** and of this module, so that no text of a user can get in.  The catalogue checks a filled statement like any other.

The name of a filled statement of a load is its shape and its fillings: ``load/merge-node/item``,
``load/merge-fact-to/leads-unit-item``; `of_node` and `merge_of` give the names.  Reading ones are named as files of their own
would be: ``read/item-by-id``, ``read/document-duties``.

Example: for Item, ``{type}`` of ``remove-links.cypher`` becomes ``HAS_ITEM|HAS_PART``, the types that attach an item to
another node.

Left to others: when each statement runs (`loaders.storing.load`, `loaders.storing.differences`, `api.answers`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TypeAlias

from graph.errors import CatalogueError
from graph.schema import NODE, NODES, RELATIONSHIP, RELATIONSHIPS, End, KeptWhile, NodeType, RelationshipType
from graph.search_text import SEARCHED

Words: TypeAlias = Mapping[str, str]
Ends: TypeAlias = tuple[str, str]
Fillings: TypeAlias = list[tuple[str, Words]]  # name of a filled statement, what fills its shape

FOLDER = "shapes"
_PLACE = re.compile(r"\{([a-z]+)\}")  # a place to fill; a map of Cypher has a colon in it
_STATED = tuple(r for r in RELATIONSHIPS if r.few is not None)
_FACTS = tuple(r for r in _STATED if r.has_id)
_KNOWN = ", ".join(f"'{r.type}'" for r in RELATIONSHIPS)
_LINKS = tuple(r for r in _STATED if not r.has_id)


@cache
def of_node(shape: str, label: str) -> str:
    """The name of a statement about nodes: ``of_node("stored-node", "SourceText")`` is load/stored-node/source-text."""
    return f"load/{shape}/{_hyphened(label)}"


@cache
def merge_of(kind: str, ends: Ends, *, new: bool = False) -> str:
    """The name of the statement that writes relationships of a type between nodes of two labels; ``new``: that creates them."""
    (declared,) = (r for r in _STATED if r.type == kind)
    shape = _merge_shape(declared).replace("merge", "create" if new else "merge")
    return f"load/{shape}/{'-'.join((kind.lower().replace('_', '-'), *map(_hyphened, ends)))}"


def page_statement(kind: str) -> str:
    """The name of the statement that reads the places of facts of a type: ``read/page-of/responsible-for``."""
    return f"read/page-of/{kind.lower().replace('_', '-')}"


def fill_shapes(shapes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The name and text of every statement that the ``shapes`` give: ``load/merge-node`` -> the text of its file.

    Raises CatalogueError for a shape that is missing or unknown, and for a place that nothing fills.
    """
    if shapes.keys() != _FILLINGS.keys():
        met, expected = sorted(shapes), sorted(_FILLINGS)
        raise CatalogueError(f"the folders {FOLDER} under cypher/ have the shapes {met}; expected {expected}.")
    for shape, text in shapes.items():
        for name, words in _FILLINGS[shape]:
            yield name, _fill(shape, text, words)


def _fill(shape: str, text: str, words: Words) -> str:
    unknown = sorted(set(_PLACE.findall(text)) - words.keys())
    if unknown:
        file = shape.replace("/", f"/{FOLDER}/")
        raise CatalogueError(f"cypher/{file}.cypher has the place {unknown}; expected {sorted(words)}.")
    return _PLACE.sub(lambda place: words[place[1]], text)


def of_type(shape: str, kind: str) -> str:
    """The name of a statement about all relationships of a type: ``load/walk-links/has-item``."""
    return f"load/{shape}/{kind.lower().replace('_', '-')}"


def _nodes(shape: str, fits: Callable[[NodeType], bool]) -> Fillings:
    """One filling for each label that fits."""
    return [
        (of_node(shape, n.label), {"label": n.label, "chinese": n.chinese, "known": _KNOWN}) for n in NODES if fits(n)
    ]


def _writing(name: str, declared: NodeType | RelationshipType, new: bool) -> Words:
    """How nodes or relationships are written, called ``name`` in the statement, that may be stored already, or are ``new``: then no
    one is searched for, and all properties are given at once. Set afterwards, each index would be written twice.
    """
    if not new:
        own = " {id: row.id}" if "id" in declared.types else ""
        return {"verb": "MERGE", "own": own, "then": f"\nSET {name} += row.properties", "how": _MERGED}
    given = ", ".join(f"{p}: row.properties.{p}" for p in declared.types)
    return {"verb": "CREATE", "own": f" {{{given}}}" if given else "", "then": "", "how": _CREATED}


_MERGED, _CREATED = "what is missing is created", "all are new, the caller has looked"


def _touching(shape: str, kinds: Iterable[RelationshipType], touches: Callable[[NodeType, Ends], bool]) -> Fillings:
    """One filling for each label; ``{types}`` are those of ``kinds`` for which ``touches`` holds."""
    found = [(n, [r.type for r in kinds if any(touches(n, ends) for ends in r.ends)]) for n in NODES]
    return [
        (of_node(shape, n.label), {"label": n.label, "chinese": n.chinese, "types": "|".join(types)})
        for n, types in found
        if types
    ]


def _merges(shape: str) -> Fillings:
    """Two fillings for each relationship type of this shape and each pair of its labels."""
    return [
        (
            merge_of(r.type, (start, end), new=new),
            {"type": r.type, "chinese": r.chinese, "from": start, "to": end, **_writing("r", r, new)},
        )
        for r in _STATED
        if _merge_shape(r) == shape
        for start, end in r.ends
        for new in (False, True)
    ]


def _merge_shape(declared: RelationshipType) -> str:
    if not declared.has_id:
        return "merge-link"
    return "merge-fact-from" if declared.few is End.FROM else "merge-fact-to"


def _hyphened(label: str) -> str:
    """``SourceText`` -> ``source-text``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", NODE[label].label).lower()


def _named(of: str, labels: Iterable[str]) -> Fillings:
    """One reading statement for each label: ``read/item-by-id``."""
    return [
        (
            f"read/{_hyphened(label)}-{of}",
            {"label": label, "chinese": NODE[label].chinese, "owner": _hyphened(label), "name": _NAMES[label]},
        )
        for label in labels
    ]


def _chain(way: str, steps: Mapping[str, tuple[str, str, tuple[str, ...]]]) -> Fillings:
    """One statement for each step of a chain: ``read/chain/up-of-task``. A step: the label it leaves, the arrow between the two
    nodes, the types it follows; from the schema the label that it comes to, if all types lead to one.
    """
    found: Fillings = []
    for name, (label, arrow, types) in steps.items():
        at = 1 if arrow == "->" else 0
        far = {ends[at] for kind in types for ends in RELATIONSHIP[kind].ends if ends[1 - at] == label}
        words = {
            "label": label,
            "chinese": NODE[label].chinese,
            "owner": _hyphened(label),
            "types": "|".join(types),
            "from": "-" if at else "<-",
            "to": "->" if at else "-",
            "far": f":{min(far)}" if len(far) == 1 else "",
        }
        found.append((f"read/chain/{way}-of-{name}", words))
    return found


_NAMES = {"Document": "title", "Section": "title", "Item": "heading", "Unit": "name", "Regulation": "title"}
"""The property by which nodes of a label are called."""

_OWNERS = {start for r in _LINKS for start, _ in r.ends}  # what other nodes of a document hang on
_LOADING: Mapping[str, Fillings] = {
    "merge-node": [
        (name, {**words, **_writing("n", NODE[words["label"]], new)})
        for new, verb in ((False, "merge"), (True, "create"))
        for name, words in _nodes(f"{verb}-node", lambda n: n.kept is not KeptWhile.ALWAYS)
    ],
    "stored-node": _nodes("stored-node", lambda n: n.kept is not KeptWhile.ALWAYS),
    "remove-node": _nodes("remove-node", lambda n: n.kept is KeptWhile.STATED),
    "remove-unused": _nodes("remove-unused", lambda n: n.kept is KeptWhile.REFERRED),
    "used-elsewhere": _nodes("used-elsewhere", lambda n: n.shared),
    "unsearched": _nodes("unsearched", lambda n: n.label in SEARCHED),
    "set-search": _nodes("set-search", lambda n: n.label in SEARCHED),
    **{
        shape: _nodes(shape, lambda n: n.kept is not KeptWhile.ALWAYS)
        for shape in ("walk-nodes", "nameless-nodes", "unstated-nodes", "remove-unstated", "remove-nameless")
    },
    **{
        shape: [(of_type(shape, r.type), {"type": r.type, "chinese": r.chinese}) for r in RELATIONSHIPS]
        for shape in ("walk-links", "remove-unstated-links")
    },
    "remove-links": _touching("remove-links", _LINKS, lambda n, ends: n.label == ends[1]),
    "remove-facts": _touching("remove-facts", _FACTS, lambda n, ends: n.kept is KeptWhile.STATED and n.label in ends),
    "stored-relationships": _touching(
        "stored-relationships", _STATED, lambda n, ends: n.label in _OWNERS and n.label in ends
    ),
    **{shape: _merges(shape) for shape in ("merge-fact-from", "merge-fact-to", "merge-link")},
}
_LISTED = ("Document", "Regulation", "Unit")
_DUTIES = ("LEADS", "RESPONSIBLE_FOR", "COOPERATES_ON")
_READING: Mapping[str, Fillings] = {
    "chain-up": _chain(
        "up",
        {
            "unit": ("Unit", "->", (*_DUTIES, "MENTIONED_IN")),
            "task": ("Task", "<-", ("HAS_TASK",)),
            "item-tree": ("Item", "<-", ("HAS_ITEM", "HAS_PART")),
            "item-rules": ("Item", "->", ("CITES",)),
            "section": ("Section", "<-", ("HAS_SECTION",)),
            "document": ("Document", "->", ("CITES",)),
        },
    ),
    "chain-down": _chain(
        "down",
        {
            "regulation": ("Regulation", "<-", ("CITES",)),
            "document-tree": ("Document", "->", ("HAS_SECTION",)),
            "document-units": ("Document", "<-", _DUTIES),
            "section": ("Section", "->", ("HAS_SECTION", "HAS_ITEM")),
            "item-tree": ("Item", "->", ("HAS_PART",)),
            "item-tasks": ("Item", "->", ("HAS_TASK",)),
            "item-units": ("Item", "<-", (*_DUTIES, "MENTIONED_IN")),
        },
    ),
    "by-id": _named("by-id", _NAMES),
    "names": _named("names", ("Document", "Regulation")),
    "count": [
        (f"read/count-every-{_hyphened(label)}", {"label": label, "chinese": NODE[label].chinese}) for label in _LISTED
    ],
    "by-alias": _named("by-alias", ("Item", "Unit", "Regulation")),
    **{facts: _named(facts, ("Document", "Item")) for facts in ("duties", "deadlines", "citations")},
    "page-of": [
        (page_statement(r.type), {"type": r.type, "chinese": r.chinese}) for r in RELATIONSHIPS if "page" in r.types
    ],
}
_FILLINGS: Mapping[str, Fillings] = {
    f"{folder}/{shape}": fillings
    for folder, shapes in (("load", _LOADING), ("read", _READING))
    for shape, fillings in shapes.items()
}
