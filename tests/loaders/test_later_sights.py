"""Further plans written before the rules were read: what is found, what is missed, and that a warning tells it.

A folder beside `first_sight_2026_11_30` each; ``missed.yaml`` has the form of the one there, and so have the comparisons.
"""

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from loaders.plan import parse_plan
from tests.loaders.first_sight_2026_11_30 import test_first_sight as earlier

HERE = Path(__file__).parent
DUTIES = {"second": 642, "third": 309, "fourth": 158, "fifth": 92}  # of the annotation, a folder each
FOLDERS = {name: HERE / f"first_sight_2026_11_30_{name}" for name in DUTIES}
RECORDS = {
    (name, path.stem): json.loads(path.read_text("utf-8"))
    for name, folder in FOLDERS.items()
    for path in sorted(folder.glob("*.json"))
}
MISSED = {name: yaml.safe_load((folder / "missed.yaml").read_text("utf-8")) for name, folder in FOLDERS.items()}


@pytest.mark.parametrize(("folder", "name"), RECORDS)
def test_duties_and_times(folder: str, name: str) -> None:
    record = RECORDS[folder, name]
    plan = parse_plan(record["text"], issued_on=str(record["year"]))
    # what a heading gives to the points below it has no words of its own
    stated = (replace(item, duties=tuple(duty for duty in item.duties if duty.span)) for item in plan.items)
    missed, extra = earlier.compared(record, replace(plan, items=tuple(stated)))
    optional = Counter(f"{duty['role']} {duty['unit']}" for duty in record["optional"])
    listed = MISSED[folder].get(name, {})
    assert Counter(fact for fact, _, _ in missed) == Counter(listed.get("missed", ()))
    assert Counter(extra) - optional == Counter(listed.get("extra", ()))
    silent = [fact for fact, start, end in missed if not earlier.is_told(plan, fact, start, end)]
    assert silent == listed.get("silent", [])
    assert earlier.unread(record, plan) == listed.get("times", [])


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_list_of_misses_has_a_reason(folder: str) -> None:
    assert all(len(listed["why"]) > 10 for listed in MISSED[folder].values())
    records = [record for (name, _), record in RECORDS.items() if name == folder]
    assert set(MISSED[folder]) <= {record["id"] for record in records}
    assert sum(len(earlier.annotated(record)) for record in records) == DUTIES[folder]
