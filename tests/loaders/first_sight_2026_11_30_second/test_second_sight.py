"""Forty-five further plans written before the rules were read: what is found, what is missed, and that a warning tells it.

``missed.yaml`` has the form of the one beside the forty earlier texts, and so have the comparisons.
"""

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from loaders.plan import parse_plan

HERE = Path(__file__).parent
RECORDS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.json"))}
MISSED = yaml.safe_load((HERE / "missed.yaml").read_text("utf-8"))
EARLIER = HERE.parent / "first_sight_2026_11_30" / "test_first_sight.py"
_spec = importlib.util.spec_from_file_location("earlier_sight", EARLIER)
assert _spec is not None
assert _spec.loader is not None
earlier = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(earlier)


@pytest.mark.parametrize("name", RECORDS)
def test_duties_and_times(name: str) -> None:
    record = RECORDS[name]
    plan = parse_plan(record["text"], issued_on=str(record["year"]))
    # what a heading gives to the points below it has no words of its own
    stated = (replace(item, duties=tuple(duty for duty in item.duties if duty.span)) for item in plan.items)
    missed, extra = earlier.compared(record, replace(plan, items=tuple(stated)))
    optional = Counter(f"{duty['role']} {duty['unit']}" for duty in record["optional"])
    listed = MISSED.get(name, {})
    assert Counter(fact for fact, _, _ in missed) == Counter(listed.get("missed", ()))
    assert Counter(extra) - optional == Counter(listed.get("extra", ()))
    silent = [fact for fact, start, end in missed if not earlier.is_told(plan, fact, start, end)]
    assert silent == listed.get("silent", [])
    assert earlier.unread(record, plan) == listed.get("times", [])


def test_every_list_of_misses_has_a_reason() -> None:
    assert all(len(listed["why"]) > 10 for listed in MISSED.values())
    assert set(MISSED) <= set(RECORDS)
    assert sum(len(earlier.annotated(record)) for record in RECORDS.values()) == 642
