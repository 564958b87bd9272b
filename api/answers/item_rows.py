"""Items as lists show them: the rows of ``read/items`` and ``read/items-with-ids``, nested, with their leads and dates.

Example: a row of item 20 of the sample has ``leads`` with two units, and ``due_below`` null.

Left to others: reading the rows (`api.answers.lists`, `api.answers.conditions`).
"""

from collections.abc import Sequence

from api.answers.nesting import Evidence, Json, nest_rows
from graph.store.contract import ReadTransaction, Row


def item_rows(reading: ReadTransaction, rows: Sequence[Row], evidence: Evidence) -> list[Json]:
    """The rows, nested; the leads of a row without repetition, and of a mere parent the first and last date below it."""
    made = nest_rows(reading, rows, evidence)
    for row in made:
        leads = list(zip(row.pop("lead_ids"), row.pop("lead_names"), row.pop("lead_inferred"), strict=True))
        named = {key: {"id": key, "name": name, "inferred": inferred} for key, name, inferred in reversed(leads)}
        row["leads"] = [named[key] for key in dict.fromkeys(key for key, _, _ in leads)]
        dates = sorted(filter(None, row.pop("dates_below")))
        row["due_below"] = {"first": dates[0], "last": dates[-1]} if dates else None
        if row["part"] is None:
            del row["part"]
        row["evidence"] = row.pop("evidence")
    return made
