"""What a unit has to do, by date: the items that give it a duty, the earliest first, those without a date last.

A row is that of a list of items, with the light that its date has as of a day: ``red`` (已超期), ``yellow`` (临期), ``green``.

Example: the timeline of 市政府法制办 in the sample begins with what is due by 2017-12-31.

Left to others: which date holds for an item (`graph.dates.effective_date`), the items (`api.answers.conditions`).
"""

from datetime import date

from api.answers.conditions import list_by_conditions
from api.answers.nesting import Evidence
from api.answers.paging import PageRequest
from api.answers.questions import Answer
from api.answers.references import Narrow, resolve
from graph.conditions.query import all_hold, condition
from graph.dates.workdays import deadline_status_on
from graph.library.question import Clock
from graph.store.contract import Store


def timeline_answer(
    store: Store,
    reference: str,
    *,
    role: str | None,
    light: str | None,
    as_of: date | None,
    narrow: Narrow,
    page: PageRequest,
    evidence: Evidence,
    clock: Clock,
) -> Answer:
    """The items that give a unit a duty, of one ``role`` if that is given, by date, a page of them.

    ``light`` keeps those that have it on the day ``as_of``, by default today.
    """
    found = store.read(lambda reading: resolve(reading, "unit", reference, narrow))
    day = as_of or clock.today
    wanted = [condition(role or "bears", found.id)]
    if light is not None:
        wanted.append(condition("light", light, day.isoformat()))
    answer = list_by_conditions(store, all_hold(wanted), narrow=narrow, page=page, evidence=evidence, sort="due")
    for row in answer.body["items"]:
        last = date.fromisoformat(row["due"]["date"]) if row["due"]["date"] else None
        row["light"] = deadline_status_on(last, day, clock.near_days).value if last else None
        row["days_left"] = (last - day).days if last else None
    return Answer(answer.body | {"as_of": day.isoformat()}, "unit", found)
