"""Load statements that differ only in a label or a relationship type: eleven shapes, filled from the schema.

Order of steps: each file under ``cypher/load/shapes/`` is a statement with places to fill (``{label}``, ``{type}`` …);
`fill_shapes` fills it once for each label or relationship type, **only with words of `graph.schema`**, so that no text
of a user can get in.  The catalogue checks a filled statement like any other.

The name of a filled statement is its shape and its fillings: ``load/merge-node/item``,
``load/merge-fact-to/leads-unit-item``; `of_node` and `merge_of` give the names.

Example: for Item, ``{type}`` of ``remove-links.cypher`` becomes ``HAS_ITEM|HAS_PART``, the types that attach an item to
another node.

Left to others: when each statement runs (`loaders.storing.load`, `loaders.storing.differences`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from graph.errors import CatalogueError
from graph.schema import NODE, NODES, RELATIONSHIPS, End, KeptWhile, NodeType, RelationshipType

Words: TypeAlias = Mapping[str, str]
Ends: TypeAlias = tuple[str, str]
Fillings: TypeAlias = list[tuple[str, Words]]  # name of a filled statement, what fills its shape

FOLDER = "shapes"
_PLACE = re.compile(r"\{([a-z]+)\}")  # a place to fill; a map of Cypher has a colon in it
_STATED = tuple(r for r in RELATIONSHIPS if r.few is not None)
_FACTS = tuple(r for r in _STATED if r.has_id)
_LINKS = tuple(r for r in _STATED if not r.has_id)


def of_node(shape: str, label: str) -> str:
    """The name of a statement about nodes: ``of_node("stored-node", "SourceText")`` is load/stored-node/source-text."""
    return f"load/{shape}/{_hyphened(label)}"


def merge_of(kind: str, ends: Ends) -> str:
    """The name of the statement that writes relationships of a type between nodes of two labels."""
    (declared,) = (r for r in _STATED if r.type == kind)
    return f"load/{_merge_shape(declared)}/{'-'.join((kind.lower().replace('_', '-'), *map(_hyphened, ends)))}"


def fill_shapes(shapes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The name and text of every statement that the ``shapes`` give (name of the file without suffix -> its text).

    Raises CatalogueError for a shape that is missing or unknown, and for a place that nothing fills.
    """
    if shapes.keys() != _FILLINGS.keys():
        met, expected = sorted(shapes), sorted(_FILLINGS)
        raise CatalogueError(f"cypher/load/{FOLDER} has the shapes {met}; expected {expected}.")
    for shape, text in shapes.items():
        for name, words in _FILLINGS[shape]:
            yield name, _fill(shape, text, words)


def _fill(shape: str, text: str, words: Words) -> str:
    unknown = sorted(set(_PLACE.findall(text)) - words.keys())
    if unknown:
        raise CatalogueError(f"cypher/load/{FOLDER}/{shape}.cypher has the place {unknown}; expected {sorted(words)}.")
    return _PLACE.sub(lambda place: words[place[1]], text)


def _nodes(shape: str, fits: Callable[[NodeType], bool]) -> Fillings:
    """One filling for each label that fits."""
    return [(of_node(shape, n.label), {"label": n.label, "chinese": n.chinese}) for n in NODES if fits(n)]


def _touching(shape: str, kinds: Iterable[RelationshipType], touches: Callable[[NodeType, Ends], bool]) -> Fillings:
    """One filling for each label; ``{types}`` are those of ``kinds`` for which ``touches`` holds."""
    found = [(n, [r.type for r in kinds if any(touches(n, ends) for ends in r.ends)]) for n in NODES]
    return [
        (of_node(shape, n.label), {"label": n.label, "chinese": n.chinese, "types": "|".join(types)})
        for n, types in found
        if types
    ]


def _merges(shape: str) -> Fillings:
    """One filling for each relationship type of this shape and each pair of its labels."""
    return [
        (merge_of(r.type, (start, end)), {"type": r.type, "chinese": r.chinese, "from": start, "to": end})
        for r in _STATED
        if _merge_shape(r) == shape
        for start, end in r.ends
    ]


def _merge_shape(declared: RelationshipType) -> str:
    if not declared.has_id:
        return "merge-link"
    return "merge-fact-from" if declared.few is End.FROM else "merge-fact-to"


def _hyphened(label: str) -> str:
    """``SourceText`` -> ``source-text``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", NODE[label].label).lower()


_OWNERS = {start for r in _LINKS for start, _ in r.ends}  # what other nodes of a document hang on
_FILLINGS: Mapping[str, Fillings] = {
    "merge-node": _nodes("merge-node", lambda n: n.kept is not KeptWhile.ALWAYS),
    "stored-node": _nodes("stored-node", lambda n: n.kept is not KeptWhile.ALWAYS),
    "remove-node": _nodes("remove-node", lambda n: n.kept is KeptWhile.STATED),
    "remove-unused": _nodes("remove-unused", lambda n: n.kept is KeptWhile.REFERRED),
    "used-elsewhere": _nodes("used-elsewhere", lambda n: n.shared),
    "remove-links": _touching("remove-links", _LINKS, lambda n, ends: n.label == ends[1]),
    "remove-facts": _touching("remove-facts", _FACTS, lambda n, ends: n.kept is KeptWhile.STATED and n.label in ends),
    "stored-relationships": _touching(
        "stored-relationships", _STATED, lambda n, ends: n.label in _OWNERS and n.label in ends
    ),
    **{shape: _merges(shape) for shape in ("merge-fact-from", "merge-fact-to", "merge-link")},
}
