"""Steps of the questions about time: recurring duties, times counted from an event, the status of deadlines.

Each step takes the rows of its statement and the values of its parameters (`graph.library.question`), and computes with
`graph.dates.workdays`:

* ``recurring``: the next occurrence of each duty, or with ``until`` every occurrence from ``since`` to that day;
* ``working_days``: times in working days; with ``event``, the day they are counted from, also their last day;
* ``deadline_status``: red (已到期), yellow (临期) or green (正常) as of a day, earliest date first.

Example: 每年2月底前 asked on 2026-11-23 occurs next on 2027-02-28; with ``until=2028-12-31`` it occurs twice.

Left to others: reading the facts (``cypher/questions/``), which date holds for an item (`graph.dates.effective_date`).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from graph.dates.workdays import STATUS_WORDS, DeadlineStatus, after, deadline_status_on, occurrences
from graph.errors import ParameterError
from graph.library.columns import CLAUSE, DUE, EVIDENCE, INFERRED, ORDER, PLACE, WHERE
from graph.library.question import PLANS, QuestionStep, StepInput, StepResult
from graph.store.catalogue import Param
from graph.store.contract import Row

YEARS_AHEAD = 3  # within which the next turn of a duty must come
MOST_YEARS = 50  # between since and until
MOST_NEAR_DAYS = 3660
_COUNTED_IN = {
    "working": ("工作日",),
    "calendar": ("日", "周", "个月", "年", "小时", "分钟", "学期"),
    "all": ("工作日", "日", "周", "个月", "年", "小时", "分钟", "学期"),
}
_REST = (*WHERE, *INFERRED, *EVIDENCE, *ORDER)


def recurring(asked: StepInput) -> StepResult:
    """The next occurrence of each recurring duty, or every occurrence between two days."""
    since = _day(asked, "since") or asked.clock.today
    until = _day(asked, "until")
    if until is not None and not since <= until <= _years_after(since, MOST_YEARS):
        raise ParameterError(
            f"the period from since={since} to until={until} is empty; expected until on or after since, and at most "
            f"{MOST_YEARS} years later."
        )
    rows = [turn for row in asked.rows for turn in _turns(row, since, until)]
    if until is not None:
        rows.sort(key=lambda row: (row["next"] or "9999", row["document_id"], row["item_start"], row["fact_start"]))
    return StepResult(rows, as_of=since.isoformat())


def _turns(row: Row, since: date, until: date | None) -> Iterator[Row]:
    kept = _kept(row, "id", "task", "words", "recurrence", "leads")
    rest = _kept(row, *_REST)
    if row["recurrence"] is None:  # 定期
        if until is None:
            yield kept | {"next": None, "precision": None, "note": "只写了定期，没有写明周期"} | rest
        return
    found = list(occurrences(row["recurrence"], since, until or _years_after(since, YEARS_AHEAD)))
    if not found:
        # stated as every second year, or no turn within the two days
        if until is None:
            yield kept | {"next": None, "precision": None, "note": "文中没有写明从哪一年算起，不能推算"} | rest
        return
    for turn in found if until is not None else found[:1]:
        key = f"{row['id']}@{turn.day}" if until is not None else row["id"]
        note = "只写了周期，按每个周期的最后一天计" if _is_bare(row["recurrence"]) else None
        yield kept | {"id": key, "next": turn.day.isoformat(), "precision": turn.precision.value, "note": note} | rest


def _is_bare(rule: str) -> bool:
    return "BYMONTHDAY" not in rule and "BYDAY" not in rule


def working_days(asked: StepInput) -> StepResult:
    """Times counted from an event; with the day of the event, also their last day."""
    event = _day(asked, "event")
    units = _COUNTED_IN[asked.values.get("counted_in") or "working"]
    rows = []
    for row in asked.rows:
        if row["duration_unit"] not in units:
            continue
        last = after(event, row["duration"], row["duration_unit"]) if event is not None else None
        note = last.why if last is not None else None
        if row["anchor"] is None:
            note = "；".join(filter(None, ("文中没有写明从哪一天起算", note)))
        rows.append(
            _kept(row, "id", "task", "words", "duration", "duration_unit", "anchor", "leads")
            | {
                "event": event.isoformat() if event is not None else None,
                "last_day": last.day.isoformat() if last is not None and last.day is not None else None,
                "note": note,
            }
            | _kept(row, *_REST)
        )
    passed = len(asked.rows) - len(rows)
    return StepResult(
        rows, [{"reason": "other units", "count": passed}] if passed else [], event.isoformat() if event else None
    )


def deadline_status(asked: StepInput) -> StepResult:
    """Each date with its status as of a day, earliest first."""
    as_of = _day(asked, "as_of") or asked.clock.today
    near = asked.values.get("near_days")
    near = asked.clock.near_days if near is None else near
    if not 0 <= near <= MOST_NEAR_DAYS:
        raise ParameterError(f"parameter 'near_days' is {near}; expected a number from 0 to {MOST_NEAR_DAYS}.")
    rows = []
    for row in asked.rows:
        last = date.fromisoformat(row["due_date"])
        met = deadline_status_on(last, as_of, near)
        if asked.values.get("light") not in (None, met.value):
            continue
        rows.append(
            {"id": row["id"], "light": met.value, "state": STATUS_WORDS[met], "days_left": (last - as_of).days}
            | {key: value for key, value in row.items() if key != "id"}
        )
    counts = asked.reading.rows("read/count-undated-items", {PLANS: asked.values[PLANS]})[0]
    left_out = [{"reason": reason, "count": counts[reason]} for reason in ("undated", "unread") if counts[reason]]
    return StepResult(rows, left_out, as_of.isoformat())


def _day(asked: StepInput, name: str) -> date | None:
    given: str | None = asked.values.get(name)
    return None if given is None else date.fromisoformat(given)


def _years_after(day: date, years: int) -> date:
    """The last day of the year that is ``years`` after ``day``, or the last day that a date can have."""
    return date(min(day.year + years, date.max.year), 12, 31)


def _kept(row: Any, *names: str) -> Row:
    return {name: row[name] for name in names if name in row}


_TASK_OF = ("id", "task", "words")
_DAY = "ISO date such as 2026-11-23"
RECURRING = QuestionStep(
    recurring,
    (*_TASK_OF, "recurrence", "leads", "next", "precision", "note", *_REST),
    (Param("since", "string", True, _DAY), Param("until", "string", True, _DAY)),
)
WORKING_DAYS = QuestionStep(
    working_days,
    (*_TASK_OF, "duration", "duration_unit", "anchor", "leads", "event", "last_day", "note", *_REST),
    (Param("event", "string", True, _DAY), Param("counted_in", "string", True, "one of working calendar all")),
)
DEADLINE_STATUS = QuestionStep(
    deadline_status,
    (
        *("id", "light", "state", "days_left", "kind", "task", "words", "leads", *WHERE),
        *(*DUE, "ongoing", "hedge", *INFERRED, *PLACE, *CLAUSE, *ORDER),
    ),
    (
        Param("as_of", "string", True, _DAY),
        Param("near_days", "int", True, "a number of days"),
        Param("light", "string", True, f"one of {' '.join(DeadlineStatus)}"),
    ),
)
