"""What hangs together with one thing: the nodes a few steps away in any direction, and the steps between them.

Order of steps: from the thing, one round for each step; a round reads one level above and one below the nodes that the
round before found, in text order, until the nodes are as many as asked for.  A collective (各有关部门) is found, but nothing is
looked for behind it: it hangs together with half of a plan.  What a limit cuts off makes the answer incomplete.

Example: two steps around ``unit:娄底市:市政府法制办`` are its 29 duties and what else bears, cites or holds those items.

Left to others: the words and places of a step (`api.answers.chaining.chains`), paths between two things (`graph.chains.paths`).
"""

from collections.abc import Collection
from dataclasses import dataclass

from graph.chains.levels import ChainNode, Levels, PathStep, check_types
from graph.chains.paths import DEFAULT_TYPES
from graph.errors import ParameterError
from graph.store.contract import ReadTransaction

DEFAULT_DEPTH, MAX_DEPTH = 1, 3
DEFAULT_NODES, MAX_NODES = 200, 1000


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The nodes with how many steps away each is, and the steps between them. ``complete``: no limit cut anything off."""

    depths: dict[ChainNode, int]
    steps: tuple[PathStep, ...]
    complete: bool


def neighbourhood(
    reading: ReadTransaction,
    start: ChainNode,
    *,
    depth: int = DEFAULT_DEPTH,
    types: Collection[str] = DEFAULT_TYPES,
    most: int = DEFAULT_NODES,
    document: str | None = None,
) -> Neighbourhood:
    """The nodes at most ``depth`` steps from ``start``, at most ``most`` of them, over steps of ``types``.

    With ``document``, the other documents of a unit are ignored.  Raises ParameterError for an unknown type or a number out of
    bounds.
    """
    check_types(types)
    for name, value, high in (("depth", depth, MAX_DEPTH), ("nodes", most, MAX_NODES)):
        if not 1 <= value <= high:
            raise ParameterError(f"parameter {name!r} is {value}; expected 1 to {high}.")
    depths, kept, complete = {start: 0}, dict[str, PathStep](), True
    frontier, closed = [start], set[ChainNode]()
    for away in range(1, depth + 1):
        levels = Levels(reading, types, frontier, document)
        levels.expand_up(1)
        levels.expand_down(1)
        complete = complete and levels.complete
        closed |= levels.collective
        steps = [step for met in (levels.above, levels.below) for found in met.values() for step in found]
        for step in sorted(steps, key=lambda step: step.order):
            further = [node for node in (step.lower, step.upper) if node not in depths]
            if len(depths) + len(further) > most:
                complete = False
                continue
            depths.update(dict.fromkeys(further, away))
            kept[step.id] = step
        frontier = [node for node, met in depths.items() if met == away and node not in closed]
        if not frontier:
            break
    return Neighbourhood(depths, tuple(sorted(kept.values(), key=lambda step: step.order)), complete)
