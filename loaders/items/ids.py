"""Ids of items: given in one place, for all items of a text at once, so that no two are the same in any text.

A numbered item is ``<section>-<number>``, the second of that number ``<section>-<number>~2``; one without a number is
``<section>-p<n>``, the n-th such item of its section; a part is ``<id of its item>-a<n>``.

Example: the third item under ``青川县-方案:s2.1`` is ``青川县-方案:s2.1-3``, its first part ``青川县-方案:s2.1-3-a1``.

Left to others: ids of sections, units and facts (`graph.names`).
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from loaders.items.choose import ChosenItem


def item_ids(chosen: Sequence[ChosenItem]) -> Iterator[tuple[str, str | None]]:
    """The id of each item and that of the item whose part it is, in the order given; sections must be known."""
    counts: Counter[str] = Counter()
    whole: dict[int, str] = {}  # of a node that is an item

    def nth(key: str) -> int:
        counts[key] += 1
        return counts[key]

    for c in chosen:
        if c.part:
            parent = whole[id(c.node)]
            yield f"{parent}-a{c.part}", parent
        elif c.unnumbered:
            yield f"{c.section}-p{nth(f'{c.section}-p')}", None
        else:
            own = f"{c.section}-{c.node.number}"
            again = nth(own)
            whole[id(c.node)] = own if again == 1 else f"{own}~{again}"
            yield whole[id(c.node)], None
