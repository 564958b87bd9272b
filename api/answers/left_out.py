"""What an answer leaves out: the reason, how many, and the address where they are listed.

Example: an answer for a day has ``{"reason": "undated", "count": 2, "url": "/v1/items?where=…"}``.  What a reason counts
may be a part of what another counts (``part_of``), and the count a lower bound (``relation``: gte).

Left to others: the words of a reason (`api.answers.chinese.labels`), counting (`api.answers.conditions`, the steps of
`graph.library`).
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from graph.conditions.passed_over import PART_OF

# reasons of a question of the library -> the items that it leaves out, as they are written
_ITEMS_OF: Mapping[str, Mapping[str, str]] = {
    "items-due": {"undated": "due-basis(none)", "unread": "due-basis(none) and timing(unread)"},
    "deadline-lights": {"undated": "no-date()", "unread": "no-date() and timing(unread)"},
}
PASSED_OVER_OF: Mapping[str, Mapping[str, str]] = {
    "tasks-due": {"undated-tasks": "tasks", "recurring-tasks": "recurring"},
}
"""Question → reason → the column of ``read/count-undated-items`` that counts what the question passes over."""
_FILTERS = ("document", "region", "exact")


def kept_filters(given: Mapping[str, Any]) -> dict[str, str]:
    """The plan and the place of a request, as an address has them."""
    return {name: str(given[name]).lower() if name == "exact" else given[name] for name in _FILTERS if given.get(name)}


def address_of_items(where: str, given: Mapping[str, Any], by: str | None = None) -> str:
    """The address of the items that meet a written query, or of their groups, in the plan and the place of ``given``."""
    asked = {"where": where, "by": by, **kept_filters(given)}
    return f"/v1/items{'/groups' if by else ''}?{urlencode({name: value for name, value in asked.items() if value})}"


def entry_of(reason: str, count: int, url: str | None = None, *, least: bool = False) -> dict[str, Any]:
    """One entry of ``left_out``."""
    made: dict[str, Any] = {"reason": reason, "count": count}
    if reason in PART_OF:
        made["part_of"] = PART_OF[reason]
    if url is not None:
        made["url"] = url
    return made | ({"relation": "gte"} if least else {})


def with_addresses(
    entries: Iterable[Mapping[str, Any]], question: str, given: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """What a question of the library leaves out, with addresses; ``given`` are the parameters of the request."""
    return [entry_of(one["reason"], one["count"], _address(question, one["reason"], given)) for one in entries]


def _address(question: str, reason: str, given: Mapping[str, Any]) -> str | None:
    if reason == "tasks":
        return f"/v1/questions/tasks-due?{urlencode({'by': given['by'], **kept_filters(given)})}"
    if reason == "recurring-tasks":
        given = kept_filters(given)
        return "/v1/questions/recurring-tasks" + (f"?{urlencode(given)}" if given else "")
    where = _ITEMS_OF.get(question, {}).get(reason)
    return None if where is None else address_of_items(where, given)


def added_up(pages: Iterable[Iterable[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """What the pages of one list leave out, added up by reason."""
    found: dict[str, dict[str, Any]] = {}
    for entries in pages:
        for one in entries:
            known = found.get(one["reason"])
            found[one["reason"]] = dict(one) if known is None else {**known, "count": known["count"] + one["count"]}
    return list(found.values())
