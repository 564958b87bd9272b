"""What a query for dates passes over for want of a date, as queries: each can be counted and shown.

Order of steps: in the query, put for every condition of a date what an item has that lacks such a date; what the query
denies stays, for what has no date meets it.  An item that meets the query by another of its parts is not passed over.

* ``undated``: items that have no date; of a light, none in their body either, for a light shines for both;
* ``unread``: those of the undated that say a time which was not read;
* ``body-dates``: items whose own date does not meet the query, while a task in their body has a date that would.

Example: of ``lead(市编办) and due-by(2018-12-31)`` the undated are ``lead(市编办) and due-basis(none)``.

Left to others: counting them and their addresses (`api.answers.conditions`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graph.conditions.query import And, Is, Not, Or, Query, all_hold, bind, condition, parts_of_and

UNDATED, UNREAD, BODY_DATES = "undated", "unread", "body-dates"
PART_OF: Mapping[str, str] = {UNREAD: UNDATED, "recurring-tasks": "undated-tasks"}
"""Reason → the reason whose count holds it, too."""

_Instead: TypeAlias = Callable[[Is], Query | None]
_IN_BODY = {"due-by": "body-due-by", "due-after": "body-due-after"}
# what an item has that lacks the date of a condition
_WITHOUT: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "due-by": (("due-basis", "none"),),
    "due-after": (("due-basis", "none"),),
    "light": (("no-date",),),
    "produces-by": (("produces",), ("no-date",)),
}


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Items that a query passes over, and why: one of the reasons of this module."""

    reason: str
    query: Query


def passed_over(query: Query) -> list[PassedOver]:
    """What a bound query for dates passes over; nothing if it asks for no date."""
    found = [
        PassedOver(reason, made)
        for reason, instead in ((UNDATED, _undated), (UNREAD, _unread), (BODY_DATES, _in_body))
        if (made := _instead_of_dates(query, instead)) is not None
    ]
    return [PassedOver(one.reason, _beside(one, query)) for one in found]


def _beside(one: PassedOver, query: Query) -> Query:
    """Without the items that the query itself has: they may be there by another part of an ``or``, or by their own date."""
    may_meet = one.reason == BODY_DATES or _has_or(query)
    return And((*parts_of_and(one.query), Not(query))) if may_meet else one.query


def _has_or(query: Query) -> bool:
    match query:
        case Or():
            return True
        case And(parts):
            return any(map(_has_or, parts))
        case Not(part):
            return _has_or(part)
        case Is():
            return False


def _instead_of_dates(query: Query, instead: _Instead) -> Query | None:
    """The query with something else for the dates that it asks for; None if there is nothing to put for any."""
    if not any(instead(leaf) for leaf in _asked_dates(query)):
        return None

    def put(part: Query) -> Query:
        match part:
            case Is():
                return (instead(part) if part.condition.name in _WITHOUT else None) or part
            case And(parts):
                return And(tuple(one for made in map(put, parts) for one in parts_of_and(made)))
            case Or(parts):
                return Or(tuple(map(put, parts)))
            case Not():
                return part

    return put(query)


def _asked_dates(query: Query) -> list[Is]:
    """The conditions of a date that a query does not deny."""
    match query:
        case Is():
            return [query] if query.condition.name in _WITHOUT else []
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in _asked_dates(part)]
        case Not():
            return []


def _undated(leaf: Is) -> Query:
    return all_hold(_made(*one) for one in _WITHOUT[leaf.condition.name])


def _unread(leaf: Is) -> Query:
    return all_hold((*parts_of_and(_undated(leaf)), _made("timing", "unread")))


def _in_body(leaf: Is) -> Query | None:
    name = _IN_BODY.get(leaf.condition.name)
    return None if name is None else _made(name, *leaf.written.values())


def _made(name: str, *values: str) -> Query:
    return bind(condition(name, *values), lambda _, given: (given, given))
