"""Forty plans written and annotated before the rules were read: what is found, what is missed, and that a warning tells it.

``missed.yaml`` lists per text every duty that is missed or too many and every time that is not read, with the reason.  A
missed duty stands under ``silent`` as well where no warning tells of it.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.model import Plan
from loaders.plan import parse_plan

HERE = Path(__file__).parent
RECORDS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.json"))}
MISSED = yaml.safe_load((HERE / "missed.yaml").read_text("utf-8"))
LISTS = ("lead", "responsible", "cooperating", "supervising", "leaders")


def squeeze(words: str) -> str:
    return re.sub(r"\s+", "", words)


def annotated(record: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Each duty as ``role name``, with the stretch in which it is stated: from the start of its item to the next."""
    text, cursor, starts = record["text"], 0, []
    for assignment in record["assignments"]:
        starts.append(text.index(assignment["item_start"], cursor))
        cursor = starts[-1] + 1
    ends = [*starts[1:], len(text)][: len(starts)]
    return [
        (f"{role.removesuffix('s')} {squeeze(name)}", start, end)
        for assignment, start, end in zip(record["assignments"], starts, ends, strict=True)
        for role in LISTS
        for name in assignment[role]
    ]


def compared(record: dict[str, Any], plan: Plan) -> tuple[list[tuple[str, int, int]], list[str]]:
    """The duties that are missed, and those that are too many."""
    found = [
        (f"{duty.role.value} {squeeze(duty.as_written)}", (duty.span or item.span)[0])
        for item in plan.items
        for duty in item.duties
    ]
    missed = []
    for fact, start, end in annotated(record):
        hit = next((f for f in found if f[0] == fact and start - 12 <= f[1] < end), None)
        if hit:
            found.remove(hit)
        else:
            missed.append((fact, start, end))
    return missed, [fact for fact, _ in found]


def is_told(plan: Plan, fact: str, start: int, end: int) -> bool:
    """Whether a warning of a loss holds the name where it stands, or the start of the item if it stands nowhere."""
    name = re.escape(fact.split(" ")[1])
    places = [match.span() for match in re.compile(name).finditer(plan.text, start, end)] or [(start, start + 1)]
    spans = [warning.span for warning in plan.warnings if warning.span and warning.is_loss]
    return any(first <= a and b <= last for a, b in places for first, last in spans)


def unread(record: dict[str, Any], plan: Plan) -> list[str]:
    """The firm times that no deadline of the same date touches."""
    deadlines = [d for d in (*plan.deadlines, *(d for item in plan.items for d in item.deadlines)) if d.span]
    return [
        time["quote"]
        for time in record["times"]
        if not time["unread_ok"]
        and not any(
            d.span[0] < time["start"] + len(time["quote"]) and time["start"] < d.span[1] and d.date == time["date"]
            for d in deadlines
            if d.span
        )
    ]


@pytest.mark.parametrize("name", RECORDS)
def test_duties_and_times(name: str) -> None:
    record = RECORDS[name]
    plan = parse_plan(record["text"], issued_on=str(record["year"]))
    missed, extra = compared(record, plan)
    listed = MISSED.get(name, {})
    assert Counter(fact for fact, _, _ in missed) == Counter(listed.get("missed", ()))
    assert Counter(extra) == Counter(listed.get("extra", ()))
    assert [fact for fact, start, end in missed if not is_told(plan, fact, start, end)] == listed.get("silent", [])
    assert unread(record, plan) == listed.get("times", [])


def test_every_list_of_misses_has_a_reason() -> None:
    assert all(len(listed["why"]) > 10 for listed in MISSED.values())
    assert set(MISSED) <= set(RECORDS)
    assert sum(len(annotated(record)) for record in RECORDS.values()) == 479
