"""Every finding on several plans, from a store and from the parsed plans alone: no statement, no store."""

from collections.abc import Callable
from typing import Any

import pytest

from graph.findings import Finding, find_findings, run_rules
from graph.store.contract import Store
from tests.graph.findings.rows_of_plan import rows_of_plan
from tests.plans_to_ask import plans_to_ask


def told(finding: Finding) -> tuple[Any, ...]:
    places = [(place.what, place.start, place.end, place.quote) for place in finding.hit.places]
    return finding.id, finding.rule.id, finding.hit.message, finding.hit.count, places


@pytest.mark.one_neo4j
def test_findings_of_a_store_are_those_of_the_plans(filled: Callable[..., Store]) -> None:
    plans = plans_to_ask()
    store = filled(*plans)
    found = 0
    for plan in plans:
        wanted = [told(one) for one in run_rules(rows_of_plan(plan))]
        document = plan.document.id
        assert [told(one) for one in store.read(lambda reading, key=document: find_findings(reading, key))] == wanted  # type: ignore[misc]
        found += len(wanted)
    assert found > 90
