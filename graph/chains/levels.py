"""The levels of responsibility, read one at a time: regulation · document · section · item (and its parts) · unit.

One query for each kind of node (``cypher/read/chain/``) reads one level, with a limit, so that only near nodes are
read. A task belongs to its item and can only be the end of a path.

Example: ``Levels(reading, TYPES, [ChainNode("unit", "娄底市:市政府法制办")]).expand_up(2)`` has read the duties of the unit and,
above each item, its section and the instruments it cites.

Left to others: which direction makes a chain, and which chains are shortest (`graph.chains.paths`).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from graph.errors import ParameterError
from graph.model import UNIT_DUTIES
from graph.store.contract import ReadTransaction, Row

KINDS = ("regulation", "document", "section", "item", "task", "unit")
TREE = ("HAS_SECTION", "HAS_ITEM", "HAS_PART", "HAS_TASK")
TYPES = (*UNIT_DUTIES, "MENTIONED_IN", "CITES", *TREE)
MAX_STEPS = 5_000  # rows of one query, so that a busy instrument cannot hold up the rest
ALL_STEPS = 10_000_000

PathShape: TypeAlias = Literal["chain", "link"]
_Queries: TypeAlias = Mapping[str, Mapping[str, Collection[str]]]


@dataclass(frozen=True, slots=True, order=True)
class ChainNode:
    """A node by its kind and id: ``ChainNode("item", "…:s2.4-20")``."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class PathStep:
    """One stored relationship. ``fact`` holds its properties; a step of the outline has few."""

    lower: ChainNode
    upper: ChainNode
    type: str
    fact: Row = field(compare=False)

    @property
    def id(self) -> str:
        return str(self.fact["id"] or f"{self.lower.id}|{self.type}")

    def far(self, near: ChainNode) -> ChainNode:
        return self.upper if self.lower == near else self.lower

    @property
    def order(self) -> tuple[str, int, str]:
        """The sort key of text order: the owner, the place or the rank among siblings, the id."""
        return self.upper.id, self.fact["start"] or self.fact["position"] or 0, self.id


@dataclass(frozen=True, slots=True)
class Path:
    """Nodes and the steps between them. ``chain``: goes through the levels in one direction; ``link``: turns at a
    shared node.
    """

    nodes: tuple[ChainNode, ...]
    steps: tuple[PathStep, ...]
    shape: PathShape

    def __len__(self) -> int:
        return len(self.steps)

    def turned(self) -> "Path":
        return Path(self.nodes[::-1], self.steps[::-1], self.shape)


# which queries go up from, and down from, a kind, with the types each follows
_UP: _Queries = {
    "unit": {"up-of-unit": {*UNIT_DUTIES, "MENTIONED_IN"}},
    "task": {"up-of-task": {"HAS_TASK"}},
    "item": {"up-of-item-tree": {"HAS_ITEM", "HAS_PART"}, "up-of-item-rules": {"CITES"}},
    "section": {"up-of-section": {"HAS_SECTION"}},
    "document": {"up-of-document": {"CITES"}},
    "regulation": {},
}
_DOWN: _Queries = {
    "regulation": {"down-of-regulation": {"CITES"}},
    "document": {"down-of-document-tree": {"HAS_SECTION"}, "down-of-document-units": {*UNIT_DUTIES}},
    "section": {"down-of-section": {"HAS_SECTION", "HAS_ITEM"}},
    "item": {"down-of-item-tree": {"HAS_PART"}, "down-of-item-units": {*UNIT_DUTIES, "MENTIONED_IN"}},
    "task": {},
    "unit": {},
}
# tasks hang on their items: a path has them as its ends only
_TASKS: _Queries = {"item": {**_DOWN["item"], "down-of-item-tasks": {"HAS_TASK"}}}


def check_types(types: Collection[str]) -> None:
    """Raise ParameterError unless ``types`` are relationship types that may be followed, at least one."""
    unknown = sorted(set(types) - set(TYPES))
    if unknown or not types:
        met = repr(unknown[0][:80]) if unknown else "nothing"
        raise ParameterError(f"parameter 'kinds' names {met}; expected some of {', '.join(TYPES)}.")


class Levels:
    """The steps read so far above and below ``starts``. With ``document``, the other documents of a unit are ignored."""

    def __init__(
        self,
        reading: ReadTransaction,
        types: Collection[str],
        starts: Collection[ChainNode],
        document: str | None = None,
    ) -> None:
        self._reading, self._types, self._document = reading, frozenset(types), document
        self.above: dict[ChainNode, list[PathStep]] = defaultdict(list)
        self.below: dict[ChainNode, list[PathStep]] = defaultdict(list)
        self.collective: set[ChainNode] = set()
        self.complete = True
        self._upward = self._levels(starts, _UP, lambda step: step.lower, self.above)
        self._downward = self._levels(starts, _DOWN, lambda step: step.upper, self.below)
        self._expanded_up = self._expanded_down = 0

    def expand_up(self, levels: int) -> None:
        """Read the steps of ``levels`` levels above the starts, if they are not read yet."""
        while self._expanded_up < levels and next(self._upward, None):
            self._expanded_up += 1

    def expand_down(self, levels: int) -> None:
        """Read the steps of ``levels`` levels below the starts, if they are not read yet."""
        while self._expanded_down < levels and next(self._downward, None):
            self._expanded_down += 1

    def _levels(
        self,
        starts: Collection[ChainNode],
        queries: _Queries,
        near: Callable[[PathStep], ChainNode],
        known: dict[ChainNode, list[PathStep]],
    ) -> Iterator[bool]:
        """Read one level at each iteration, until there are no further nodes."""
        seen = frontier = set(starts)
        while frontier:
            steps = list(self._read(frontier, queries))
            for step in steps:
                known[near(step)].append(step)
            frontier = {step.far(near(step)) for step in steps} - seen
            seen = seen | frontier
            yield True

    def _read(self, frontier: Collection[ChainNode], queries: _Queries) -> Iterator[PathStep]:
        for rows in _rows(self._reading, frontier, queries, self._types, MAX_STEPS + 1, self._document):
            self.complete = self.complete and len(rows) <= MAX_STEPS
            for row in rows[:MAX_STEPS]:
                step = _step(row)
                if row["lower_collective"]:
                    self.collective.add(step.lower)
                yield step


def read_steps(
    reading: ReadTransaction, nodes: Collection[ChainNode], types: Collection[str], *, down: bool
) -> Iterator[PathStep]:
    """Every step of ``types`` one level down, or up, from ``nodes``, for a caller that needs all of a document."""
    for rows in _rows(reading, nodes, {**_DOWN, **_TASKS} if down else _UP, types, ALL_STEPS, None):
        yield from map(_step, rows)


def _rows(
    reading: ReadTransaction,
    nodes: Collection[ChainNode],
    queries: _Queries,
    types: Collection[str],
    limit: int,
    document: str | None,
) -> Iterator[Sequence[Row]]:
    """The rows of every query that continues from ``nodes``."""
    for kind in KINDS:
        ids = sorted(node.id for node in nodes if node.kind == kind)
        for name, followed in queries[kind].items():
            wanted = sorted(frozenset(types) & frozenset(followed))
            if ids and wanted:
                given = {"ids": ids, "types": wanted, "limit": limit}
                if name == "up-of-unit":
                    given["document"] = document
                yield reading.rows(f"read/chain/{name}", given)


def _step(row: Row) -> PathStep:
    return PathStep(
        ChainNode(row["lower_kind"], row["lower"]), ChainNode(row["upper_kind"], row["upper"]), row["type"], row
    )


def walks_between(
    steps: Mapping[ChainNode, list[PathStep]], start: ChainNode, end: ChainNode, length: int
) -> Iterator[Path]:
    """Every walk of exactly ``length`` steps. No walk is begun that cannot reach ``end`` in the remaining steps."""
    layers = [{start}]
    for _ in range(length):
        layers.append(_onward(steps, layers[-1]))
    useful = [{end} & layers[length]]
    for layer in reversed(layers[:-1]):
        useful.append({node for node in layer if any(s.far(node) in useful[-1] for s in steps.get(node, ()))})
    useful.reverse()

    def walk(nodes: tuple[ChainNode, ...], taken: tuple[PathStep, ...]) -> Iterator[Path]:
        if len(taken) == length:
            yield Path(nodes, taken, "chain")
            return
        for step in sorted(steps.get(nodes[-1], ()), key=lambda step: step.order):
            far = step.far(nodes[-1])
            if far in useful[len(taken) + 1]:
                yield from walk((*nodes, far), (*taken, step))

    if start in useful[0]:
        yield from walk((start,), ())


def ends_of_walks(steps: Mapping[ChainNode, list[PathStep]], start: ChainNode, length: int) -> set[ChainNode]:
    """The nodes at which walks of exactly ``length`` steps end."""
    layer = {start}
    for _ in range(length):
        layer = _onward(steps, layer)
    return layer


def _onward(steps: Mapping[ChainNode, list[PathStep]], layer: Collection[ChainNode]) -> set[ChainNode]:
    return {step.far(node) for node in layer for step in steps.get(node, ())}
