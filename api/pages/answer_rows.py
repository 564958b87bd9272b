"""What pages with rows of an answer share: the plans that the rows are about, by title.

Left to others: the rows themselves (`api.answers`), how they look (``html/parts/facts.html``).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from api.answers.item_rows import titles_of
from api.pages.templates import plan_of
from graph.store.contract import ReadTransaction, Store


def plans_in(store: Store, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The ids of the plans that the rows are about, each with its title."""
    keys = dict.fromkeys(key for row in rows if (key := plan_of(row)) is not None)

    def work(reading: ReadTransaction) -> dict[str, str]:
        found = titles_of(reading, keys)
        return {key: found.get(key) or key for key in keys}

    return store.read(work)
