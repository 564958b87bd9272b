"""What a text tells of how far things are: 整改情况：… 进展情况：…. It reports, and assigns nothing.

A stretch begins with such a label and its colon at the start of a line. It ends where the next line begins with a label, else with
the node of the outline in which it stands; the points below the label belong to it.

>>> text = "1.清理。\\n责任单位：市司法局\\n整改情况：市财政局牵头完成。\\n2.公开。"
>>> from loaders.structure.outline import outline
>>> [text[slice(*span)] for span in progress(text, [(6, 10, "responsible"), (16, 20, "other")], outline(text))]
['整改情况：市财政局牵头完成。\\n']

Left to others: the warning (`loaders.plan`), the labels (`loaders.lexicon`).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from graph.model import Span
from loaders.lexicon.scan import Token
from loaders.lexicon.vocabulary import load_yaml
from loaders.structure.outline import Node

_LABELS = tuple(load_yaml("roles")["progress"])
_COLONS = (":", "：", "∶", "】", "\n")


def progress(text: str, labels: Sequence[Token], nodes: Sequence[Node]) -> list[Span]:
    """The stretches in text order; none reaches into another."""
    if not any(text.startswith(_LABELS, at) for at, _, _ in labels):
        return []
    starts = [node.start for node in nodes]
    found: list[Span] = []
    opening = list(_opening(text, labels))
    for n, (start, at) in enumerate(opening):
        if not text.startswith(_LABELS, at) or (found and start < found[-1][1]):
            continue
        holder = bisect_right(starts, start) - 1
        end = nodes[holder].end if holder >= 0 else len(text)
        if n + 1 < len(opening):
            end = min(end, opening[n + 1][0])
        found.append((start, end))
    return found


def _opening(text: str, labels: Sequence[Token]) -> Iterator[Span]:
    """The labels with a colon that open a line: where the line begins, and the label."""
    for at, end, _ in labels:
        line = text.rfind("\n", 0, at) + 1
        if not text[line:at].strip(" \t【[（(") and text[end : end + 2].lstrip(" \t").startswith(_COLONS):
            yield line, at


def without_progress(nodes: list[Node], stretches: Sequence[Span]) -> list[Node]:
    """The nodes without those that number what is told of progress."""
    if not stretches:
        return nodes
    ends = [end for _, end in stretches]
    starts = [start for start, _ in stretches]

    def told(node: Node) -> bool:
        n = bisect_right(starts, node.start) - 1
        return n >= 0 and starts[n] < node.start < ends[n]

    for node in nodes:
        node.children = [child for child in node.children if not told(child)]
    return [node for node in nodes if not told(node)]
