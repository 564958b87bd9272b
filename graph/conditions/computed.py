"""Conditions that no statement can tell: what the rules of findings say of an item, in rows as a statement gives them.

Order of steps, plan by plan: read the rows of the plan, run the rules (`graph.findings`), and give each finding to the
items it concerns: to its own item, or to what stands below it where that bears the duties; a finding on several items to
each of them; any other to the items in which its places stand.  A finding on the plan as a whole concerns no item.

Example: ``finding(several-leads)`` holds for the nine items of the sample with several leads, by the lines that name them.

Left to others: what a rule finds (`graph.findings.rules`), joining (`graph.conditions.join`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from graph.findings import Finding, PlanRows, read_plan_rows, run_rules
from graph.store.contract import ReadTransaction, Row

Compute: TypeAlias = Callable[[ReadTransaction, Mapping[str, Any], Sequence[str]], list[Row]]


def items_with_findings(reading: ReadTransaction, values: Mapping[str, Any], documents: Sequence[str]) -> list[Row]:
    """The items of some plans on which a rule (``rule``; None: any) finds something, with the words that show it."""
    rows = []
    for document in documents:
        plan = read_plan_rows(reading, document)
        rows += rows_with_findings(plan, values.get("rule"))
    return rows


def rows_with_findings(plan: PlanRows, rule: str | None) -> list[Row]:
    """The items of one plan with findings of a rule, in document order."""
    rows = [
        row
        for finding in run_rules(plan)
        if rule in (None, finding.rule.id)
        for item in _concerned(plan, finding)
        for row in _rows(plan, item, finding)
    ]
    return sorted(rows, key=lambda row: (row["item_start"], row["id"], -1 if row["start"] is None else row["start"]))


def _concerned(plan: PlanRows, finding: Finding) -> list[Row]:
    """The items with duties of their own that a finding concerns, each once."""
    hit = finding.hit
    named = hit.items if hit.item is None else (hit.item,)
    if named:
        found = [leaf for item in named for leaf in plan.leaves_of(item)]
    else:
        found = [leaf for place in hit.places for leaf in plan.leaves if leaf["start"] <= place.start < leaf["end"]]
    return list({leaf["id"]: leaf for leaf in found}.values())


def _rows(plan: PlanRows, item: Row, finding: Finding) -> Iterator[Row]:
    """One row for each place of the finding in the item; one without a place if it has none there."""
    places = ((place.start, place.end) for place in finding.hit.places)
    within: list[tuple[int | None, int | None]] = [one for one in places if item["start"] <= one[0] < item["end"]]
    for start, end in within or [(None, None)]:
        yield {
            "id": item["id"],
            "document_id": plan.document["id"],
            "item_start": item["start"],
            "start": start,
            "end": end,
            "clause_start": None,
            "clause_end": None,
        }


COMPUTED: Mapping[str, Compute] = {"findings": items_with_findings}
"""What computes the rows of a condition, by the field ``computed`` of its card."""
