"""What stands beside a "nobody": how many items have something like what a question looks for, each with its address.

Example: beside the items without a lead, how many have bearers that are collectives only (各有关部门), and how many have
their lead only in the item above them.

Left to others: the conditions that find these items (`graph.conditions`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from api.answers.left_out import kept_filters
from graph.conditions.join import matches
from graph.conditions.query import bind, condition
from graph.store.contract import ReadTransaction


@dataclass(frozen=True, slots=True)
class _Neighbour:
    """Items that a condition finds: how it is written, what is said of them, and where they are listed."""

    condition: tuple[str, ...]
    says: str
    path: str
    given: Mapping[str, str]


_COLLECTIVE = _Neighbour(
    ("only-collectives",),
    "承担者只有统称（各有关部门等）、没有点名单位的：",
    "/v1/questions/items-without-named-bearer",
    {},
)
BESIDE: Mapping[str, Sequence[_Neighbour]] = {
    "items-without-lead": (
        _COLLECTIVE,
        _Neighbour(
            ("by-parent", "lead"),
            "自己没有写、牵头单位写在上级事项中的（不算没有）：",
            "/v1/items",
            {"by_parent": "lead"},
        ),
    ),
}


def beside(
    reading: ReadTransaction, question: str, plans: Sequence[str], given: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """What stands beside the answer to a question about ``plans``; ``given`` are the filters of the request."""
    kept = kept_filters(given)
    return [
        {
            "says": one.says,
            "count": len(matches(reading, bind(condition(*one.condition), lambda _, value: (value, value)), plans)),
            "url": one.path + (f"?{urlencode({**one.given, **kept})}" if one.given or kept else ""),
        }
        for one in BESIDE[question]
    ]
