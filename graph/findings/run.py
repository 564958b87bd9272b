"""Run every rule of the table over the rows of a plan; the hits become findings in document order.

Example: ``run_rules(plan)`` on the rows of the sample gives 86 findings.

Left to others: reading the rows (`graph.findings.plan_rows`), the rules (`graph.findings.rules`).
"""

from collections.abc import Iterator

from graph.findings.finding import Finding, FindingRule
from graph.findings.plan_rows import PlanRows
from graph.findings.rules import RULES


def run_rules(plan: PlanRows) -> list[Finding]:
    """All findings on a plan whose rows were read."""
    met = [finding for rule in RULES for finding in _of(rule, plan)]
    return sorted(met, key=lambda f: (f.item_start, f.fact_start, f.id))


def _of(rule: FindingRule, plan: PlanRows) -> Iterator[Finding]:
    for hit in rule.find(plan):
        owner = plan.document["id"] if hit.item is None else hit.item["id"]
        key = "|".join([owner, "finding", rule.id, *([hit.key] if hit.key else [])])
        yield Finding(key, rule, plan.document, hit)
