"""The description of the service: committed, whole, and true of every route."""

import json
from pathlib import Path
from typing import Any

from api.app import create_app
from api.settings import Settings

COMMITTED = Path(__file__).parents[3] / "docs" / "openapi.json"


def test_the_committed_description_is_the_service_s_own(sample: Any) -> None:
    made = create_app(Settings()).openapi()
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == made
    assert sample.client.get("/openapi.json").json() == made


def test_every_operation_has_a_summary_and_says_how_it_fails(sample: Any) -> None:
    paths = sample.app.openapi()["paths"]
    for path, methods in paths.items():
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert operation.get("summary"), where
            failures = {s: a for s, a in operation["responses"].items() if s[0] in "45" or s == "default"}
            assert failures, where
            assert all("application/problem+json" in answer["content"] for answer in failures.values()), where


def test_a_choice_is_described_by_the_values_it_takes(sample: Any) -> None:
    told = 0
    for methods in sample.client.get("/openapi.json").json()["paths"].values():
        for parameter in (one for route in methods.values() for one in route.get("parameters", ())):
            choices = [
                c for one in parameter["schema"].get("anyOf", [parameter["schema"]]) for c in one.get("enum", ())
            ]
            assert [c for c in choices if c not in parameter["description"]] == [], parameter["name"]
            told += bool(choices)
    assert told
