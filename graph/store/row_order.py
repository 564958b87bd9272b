"""The order at the end of a statement, and rows in that order, made outside the engine.

The embedded engine keeps all rows that it puts in order, at several kilobytes each, and all statements that run share one bound of
memory for it: some lists of a plan with thousands of items, asked for at once, were refused.  A statement that ends in ``ORDER BY`` over its own columns, and is not cut
behind it, loses nothing by being put in order here, where a row is a small dictionary.

Order of steps: `order_at_end` finds such an order when the catalogue is read; `in_order` sorts rows by it: null behind every value,
as Cypher has it, words by their characters.

Example: ``ORDER BY start, id`` is ``(Key("start", False), Key("id", False))``.

Left to others: which engine runs which text (`graph.store.embedded.store`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

R = TypeVar("R", bound=Mapping[str, Any])

_LAST_ORDER = re.compile(
    r"""
      \bORDER\s+BY\s+
      (?P<keys>
          [a-z_][a-z0-9_]* (?:\s+(?:ASC|DESC))?               # start · rank DESC
          (?: \s*,\s* [a-z_][a-z0-9_]* (?:\s+(?:ASC|DESC))? )*
      )
      \s*$                                                    # nothing behind: no LIMIT, no SKIP
    """,
    re.VERBOSE,
)
_UNION = re.compile(r"\bUNION\b")


class Key(NamedTuple):
    """A column by which rows are put in order."""

    column: str
    falling: bool


class FinalOrder(NamedTuple):
    """Where the order at the end of a statement begins, and its keys."""

    start: int
    keys: tuple[Key, ...]


def order_at_end(bare: str, returns: Sequence[str]) -> FinalOrder | None:
    """The order at the end of a statement without literals, if it is by columns that the statement returns."""
    met = _LAST_ORDER.search(bare)
    if met is None or _UNION.search(bare):
        return None
    words = [part.split() for part in met["keys"].split(",")]
    keys = tuple(Key(word[0], word[-1] == "DESC") for word in words)
    return FinalOrder(met.start(), keys) if all(key.column in returns for key in keys) else None


def in_order(rows: Iterable[R], keys: Sequence[Key]) -> list[R]:
    """The rows sorted by the keys. Values of several types, as only a hand can write them, stand type by type."""
    found = list(rows)
    for column, falling in reversed(keys):  # the sort is stable, so the first key comes last
        try:
            found.sort(key=lambda row: ((value := row[column]) is None, 0 if value is None else value), reverse=falling)
        except TypeError:
            found.sort(
                key=lambda row: ((value := row[column]) is None, type(value).__name__, repr(value)), reverse=falling
            )
    return found
