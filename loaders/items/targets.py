"""Targets that a rectification list states by a label: 整改目标：全面规范采砂秩序。 Each is a task of its item with the kind ``target``.

A label belongs to the item in whose stretch it stands, or which ends right before it; the item then ends with the target.  A task
of the body that stands in the words of the label (达到90%) gets the kind and is not told twice.

Left to others: figures that are aimed at (`loaders.facts.tasks`).
"""

from bisect import bisect_right
from collections.abc import Sequence

from graph.model import Span, TaskKind
from loaders.facts.tasks import TaskMatch
from loaders.items.stretches import ChosenItem
from loaders.lexicon.marks import trim
from loaders.lexicon.scan import Token

_LABELS = ("整改目标",)
_COLONS = (":", "：", "】")


def stated_targets(text: str, labels: Sequence[Token], chosen: Sequence[ChosenItem]) -> dict[int, list[Span]]:
    """The words of each label of a target, by the ``id()`` of its item, which then reaches to their end."""
    found: dict[int, list[Span]] = {}
    if not any(label in text for label in _LABELS):
        return found
    starts: list[int] = []
    for n, (at, label_end, _) in enumerate(labels):
        if not text.startswith(_LABELS, at) or not text.startswith(_COLONS, label_end):
            continue
        starts = starts or [c.start for c in chosen]
        following = labels[n + 1][0] if n + 1 < len(labels) else len(text)
        owner = bisect_right(starts, at) - 1
        if owner < 0 or at >= chosen[owner].node.end:
            continue
        line = text.find("\n", label_end + 1, following)
        limit = min(following, chosen[owner].node.end, *(starts[owner + 1 : owner + 2]))
        span = trim(text, label_end + 1, min(limit, line) if line >= 0 else limit)
        if span[0] < span[1]:
            found.setdefault(id(chosen[owner]), []).append(span)
            chosen[owner].end = max(chosen[owner].end, span[1])
    return found


def with_targets(tasks: list[TaskMatch], stated: Sequence[Span]) -> list[TaskMatch]:
    """The tasks of an item with those that its labels state as targets."""
    for span in stated:
        inside = [n for n, task in enumerate(tasks) if task.span[0] < span[1] and span[0] < task.span[1]]
        for n in inside:
            kinds = {*tasks[n].kinds, TaskKind.TARGET}
            tasks[n] = tasks[n]._replace(kinds=tuple(kind for kind in TaskKind if kind in kinds))
        if not inside:
            tasks.append(TaskMatch(span, (TaskKind.TARGET,), None, ()))
    return tasks
