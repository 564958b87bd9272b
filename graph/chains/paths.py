"""Chains of responsibility (责任链): how a rule and a unit are connected, step by step.

A *chain* goes through the levels (`graph.chains.levels`) in one direction, from the rule to the unit or back.  Two
nodes without a chain may be *linked* by a shared node: the path turns once, at the top (two units, one item) or at the
bottom (two items, one unit).

Order of steps in `find_paths`:

1. If an end is a task, it becomes its item and one more step.
2. From the lower end, the levels above are read, only over the types asked for: a node has few nodes above it and many
   below. The walks to the other end are taken from these steps, shortest first.
3. If there is no chain, the levels above and below both ends are read, and walks are joined where they meet.
4. All paths of the shortest length are returned, and the ``more`` next longer ones.

A collective (各有关部门) may be an end but never an inner node.  If a limit cuts something off, the answer is marked
incomplete.

Example: from ``regulation:湖南省行政程序规定`` to ``unit:娄底市:市政府法制办`` there are chains of two steps, through items 3, 21 and 34.

Left to others: the words, places and weaknesses of a step (`api.answers.chaining.chains`), networks (`graph.chains.networks`).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from graph.chains.levels import (
    TREE,
    ChainNode,
    Levels,
    Path,
    PathStep,
    check_types,
    ends_of_walks,
    walks_between,
)
from graph.chains.weakness import RESTS_ON
from graph.errors import ParameterError
from graph.model import UNIT_DUTIES
from graph.store.contract import ReadTransaction

DEFAULT_TYPES = (*UNIT_DUTIES, "CITES", *TREE)

DEFAULT_LENGTH, MAX_LENGTH = 6, 8
DEFAULT_MORE, MAX_MORE = 5, 50
MAX_PATHS = 500
_RANK = {kind: rank for rank, kind in enumerate(("regulation", "document", "section", "item", "unit"))}
_NESTED = ("section", "item")


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths found. ``complete``: no limit cut anything off."""

    paths: tuple[Path, ...]
    complete: bool = True


def find_paths(
    reading: ReadTransaction,
    start: ChainNode,
    end: ChainNode,
    *,
    types: Collection[str] = DEFAULT_TYPES,
    max_length: int = DEFAULT_LENGTH,
    more: int = DEFAULT_MORE,
) -> Paths:
    """All shortest chains (or links, if there is no chain) from ``start`` to ``end``, and the ``more`` next longer
    ones.

    Raises ParameterError if both ends are the same node, for an unknown type, or for a number out of bounds.
    """
    _check(start, end, types, max_length, more)
    before, inner_start = _off_task(reading, start, types)
    after, inner_end = _off_task(reading, end, types)
    rest = max_length - len(before) - len(after)
    if rest < 0 or "task" in (inner_start.kind, inner_end.kind):  # HAS_TASK is not asked for
        return Paths(())
    if inner_start == inner_end:
        found = Paths((Path((inner_start,), (), "chain"),))
    else:
        found = _between(reading, inner_start, inner_end, types, rest, more)
    if not (before or after):
        return found
    head, tail = (start,) if before else (), (end,) if after else ()
    longer = (
        Path((*head, *path.nodes, *tail), (*before, *path.steps, *after), "link" if head and tail else path.shape)
        for path in found.paths
    )
    return Paths(tuple(longer), found.complete)


def rules_above(
    reading: ReadTransaction, item: str, types: Collection[str] = DEFAULT_TYPES
) -> tuple[Paths, Counter[str]]:
    """The chains from an item up to each rule that the item, its sections or its document rests on, shortest first.

    Also says how many citations with other relations (produces, mentions …) are ignored.  If nothing is cited, the only
    chain ends at the document.
    """
    start = ChainNode("item", item)
    levels = Levels(reading, types, [start])
    levels.expand_up(MAX_LENGTH)
    passed: Counter[str] = Counter()
    resting: dict[ChainNode, list[PathStep]] = {}
    for node, steps in levels.above.items():
        resting[node] = [step for step in steps if step.type != "CITES" or step.fact["relation"] in RESTS_ON]
        passed.update(step.fact["relation"] for step in steps if step not in resting[node])
    tops = {step.upper for steps in resting.values() for step in steps}
    ends = {top for top in tops if top.kind == "regulation"} or {top for top in tops if top.kind == "document"}
    return _all(resting, start, ends, levels.complete), passed


def bearers_below(reading: ReadTransaction, item: str, types: Collection[str] = DEFAULT_TYPES) -> Paths:
    """The chains from an item or its parts down to each unit that bears it."""
    start = ChainNode("item", item)
    levels = Levels(reading, types, [start])
    levels.expand_down(MAX_LENGTH)
    units = {step.lower for steps in levels.below.values() for step in steps if step.lower.kind == "unit"}
    return _all(levels.below, start, units, levels.complete)


def carriers_below(reading: ReadTransaction, regulation: str) -> Paths:
    """The chains from a rule through the items that cite it to the units that bear them; a plan that cites it as a whole is
    not followed into its items.
    """
    start = ChainNode("regulation", regulation)
    levels = Levels(reading, (*UNIT_DUTIES, "CITES", "HAS_PART"), [start])
    levels.expand_down(MAX_LENGTH)
    units = {step.lower for steps in levels.below.values() for step in steps if step.lower.kind == "unit"}
    return _all(levels.below, start, units, levels.complete)


def _all(
    steps: dict[ChainNode, list[PathStep]], start: ChainNode, ends: Collection[ChainNode], complete: bool
) -> Paths:
    """Every chain to any of ``ends``, shortest first, then in text order."""
    found = [
        path
        for length in range(1, MAX_LENGTH + 1)
        for path in sorted(
            (path for end in ends for path in islice(walks_between(steps, start, end, length), MAX_PATHS)),
            key=lambda path: [step.order for step in path.steps],
        )
    ]
    return Paths(tuple(found[:MAX_PATHS]), complete and len(found) <= MAX_PATHS)


def _check(start: ChainNode, end: ChainNode, types: Collection[str], max_length: int, more: int) -> None:
    if start == end:
        raise ParameterError(f"from and to are both {start.kind}:{start.id}; expected two different things.")
    check_types(types)
    for name, value, low, high in (("max_length", max_length, 1, MAX_LENGTH), ("more", more, 0, MAX_MORE)):
        if not low <= value <= high:
            raise ParameterError(f"parameter {name!r} is {value}; expected {low} to {high}.")


def _off_task(
    reading: ReadTransaction, node: ChainNode, types: Collection[str]
) -> tuple[tuple[PathStep, ...], ChainNode]:
    """For a task: the step to its item, and the item. For any other node: no step, and the node."""
    if node.kind != "task":
        return (), node
    levels = Levels(reading, types, [node])
    levels.expand_up(1)
    steps = levels.above[node]
    return (tuple(steps), steps[0].upper) if steps else ((), node)


def _between(
    reading: ReadTransaction, start: ChainNode, end: ChainNode, types: Collection[str], length: int, more: int
) -> Paths:
    lower, upper = (start, end) if _RANK[start.kind] >= _RANK[end.kind] else (end, start)
    nested = start.kind == end.kind and start.kind in _NESTED
    if start.kind != end.kind or nested:
        starts = (start, end) if nested else (lower,)
        levels = Levels(reading, types, starts, None if upper.kind == "regulation" else _document(upper))

        def chains(n: int) -> Iterator[Path]:
            levels.expand_up(n)
            yield from walks_between(levels.above, lower, upper, n)
            if nested:
                yield from walks_between(levels.above, upper, lower, n)

        found, whole = _shortest(chains, length, more)
        if found:
            inward = (path if path.nodes[0] == start else path.turned() for path in found)
            return Paths(tuple(inward), whole and levels.complete)
    return _linked(reading, start, end, types, length, more)


def _linked(
    reading: ReadTransaction, start: ChainNode, end: ChainNode, types: Collection[str], length: int, more: int
) -> Paths:
    """Paths that turn once: at the top, where both ends rest on one node, or at the bottom, where both reach one node."""
    levels = Levels(reading, types, (start, end))

    def links(n: int) -> Iterator[Path]:
        levels.expand_up(n - 1)
        levels.expand_down(n - 1)
        for steps in (levels.above, levels.below):
            for first in range(1, n):
                turns = ends_of_walks(steps, start, first) & ends_of_walks(steps, end, n - first)
                for turn in sorted(turns - levels.collective - {start, end}):
                    yield from _joined(
                        walks_between(steps, start, turn, first), list(walks_between(steps, end, turn, n - first))
                    )

    found, whole = _shortest(links, length, more)
    return Paths(tuple(found), whole and levels.complete)


def _joined(up: Iterator[Path], down: list[Path]) -> Iterator[Path]:
    for one in up:
        for other in down:
            if not set(one.nodes[:-1]) & set(other.nodes[:-1]):
                back = other.turned()
                yield Path((*one.nodes, *back.nodes[1:]), (*one.steps, *back.steps), "link")


def _shortest(found_of: Callable[[int], Iterator[Path]], length: int, more: int) -> tuple[list[Path], bool]:
    """All paths of the shortest length and the ``more`` next longer ones, and whether none had to be left out."""
    found: list[Path] = []
    for n in range(1, length + 1):
        batch = list(islice(found_of(n), (more if found else MAX_PATHS) + 1))
        if not found:
            if len(batch) > MAX_PATHS:
                return batch[:MAX_PATHS], False
            found = batch
        else:
            found += batch[:more]
            more -= len(batch)
        if found and more <= 0:
            break
    return found, True


def _document(node: ChainNode) -> str:
    """The document of a section or an item: its id without the last part."""
    return node.id if node.kind == "document" else node.id.rpartition(":")[0]
