"""Kinds of items: a problem (反馈问题, 存在问题), a measure against it (整改措施), else a task.

A problem is an item with labels of a rectification list (整改目标, 整改措施, 整改时限), or one that its marker or its first line
calls so; what stands below it, or below a heading that is called so, are measures.  Only a text that speaks of 整改 has them;
of a row in a table the names of the columns tell.

Left to others: the tree (`loaders.items.parents`).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from graph.model import Item, ItemKind
from loaders.items.stretches import ChosenItem
from loaders.lexicon.scan import Token
from loaders.structure.outline import Node

# what only a problem of a rectification list states
_LABELS = ("整改目标", "整改措施", "整改时限", "整改完成时限", "整改情况")
# 反馈问题：… · 问题：… · 关于规划滞后的问题
_CALLED = re.compile(r"(?:反馈|存在|具体|突出|主要)?问题(?:描述|表述)?[:：]|[^\n。]{0,60}问题[。；;]?(?=\n|$)")
_MEASURES = re.compile(r"整改措施|整治措施|整改举措")


class Kinds:
    """What tells the kinds of the items of one text apart; ``labels`` are the labels of its tokens."""

    def __init__(self, text: str, labels: Sequence[Token]) -> None:
        self._text = text
        self._rectifies = "整改" in text and ("问题" in text or "隐患" in text)
        self._labels = [at for at, _, _ in labels if text.startswith(_LABELS, at)] if self._rectifies else []

    def of(self, c: ChosenItem, above: Item | None) -> ItemKind:
        """The kind of an item; ``above`` is the item above it."""
        if c.kind is not None:
            return c.kind
        if not self._rectifies:
            return ItemKind.TASK
        if above is not None and above.kind is not ItemKind.TASK:
            return above.kind if c.part else ItemKind.MEASURE
        if self._is_problem(c.node) and not (c.unnumbered and not c.is_heading):
            return ItemKind.PROBLEM
        over = c.node.parent
        while over is not None:
            if self._is_problem(over) or _MEASURES.match(self._text, over.text):
                return ItemKind.MEASURE
            over = over.parent
        return ItemKind.TASK

    def _is_problem(self, node: Node) -> bool:
        if not node.label:
            return False
        if "问题" in node.label or "隐患" in node.label or _CALLED.match(self._text, node.text, node.end):
            return True
        n = bisect_left(self._labels, node.start)
        below = node.children[0].start if node.children else node.end
        return n < len(self._labels) and self._labels[n] < below
