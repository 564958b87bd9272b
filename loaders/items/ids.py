"""Ids of items: given in one place, for all items of a text at once, so that no two are the same in any text.

A numbered item is ``<section>-<number>``, the second of that number ``<section>-<number>~2``; one without a number is
``<section>-p<n>``, the n-th such item of its section; a heading with an assignment is ``<section>-h``; a part is
``<id of its item>-a<n>``, a numbered item below a numbered one ``<id of that>.<number>``.

Example: the third item under ``青川县-方案:s2.1`` is ``青川县-方案:s2.1-3``, its first part ``青川县-方案:s2.1-3-a1``.

Left to others: ids of sections, units and facts (`graph.names`).
"""

from collections.abc import Iterator, Sequence

from graph.names import heading_item_id
from loaders.items.stretches import ChosenItem


def item_ids(chosen: Sequence[ChosenItem]) -> Iterator[str]:
    """The id of each item, in the order given; sections and the items above must be known."""
    counts: dict[str, int] = {}
    made: dict[int, str] = {}

    def nth(key: str) -> int:
        counts[key] = counts.get(key, 0) + 1
        return counts[key]

    for c in chosen:
        if c.part and c.above:
            own = f"{made[id(c.above)]}-a{c.part}"
        elif c.is_heading:
            own = heading_item_id(c.section)
        elif c.unnumbered:
            own = f"{c.section}-p{nth(f'{c.section}-p')}"
        else:
            below = f"{c.section}-" if c.above is None or c.above.unnumbered else f"{made[id(c.above)]}."
            own = f"{below}{c.node.number}"
            again = nth(own)
            own = own if again == 1 else f"{own}~{again}"
        made[id(c)] = own
        yield own
