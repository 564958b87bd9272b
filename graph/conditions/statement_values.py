"""Computes the values of a statement from those of its condition.

Example: ``light(yellow, 2018-06-01)`` holds for dates from 2018-06-01 to 2018-07-01, as thirty days count as near.

Left to others: which condition is computed how (the field ``reckons`` of ``cypher/conditions/cards.yaml``).
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from graph.dates.workdays import NEAR_DAYS, DeadlineStatus


def _deadline_status(values: Mapping[str, Any]) -> dict[str, Any]:
    """The first and the last day that have a status on the day ``as_of`` (today), as `deadline_status_on` gives it."""
    day = date.fromisoformat(values["as_of"]) if "as_of" in values else date.today()
    last_near = day + timedelta(NEAR_DAYS)
    since, by = {
        DeadlineStatus.RED: (None, day - timedelta(1)),
        DeadlineStatus.YELLOW: (day, last_near),
        DeadlineStatus.GREEN: (last_near + timedelta(1), None),
    }[DeadlineStatus(values["light"])]
    return {"since": since and since.isoformat(), "by": by and by.isoformat()}


RECKONED: Mapping[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {"deadline-status": _deadline_status}
