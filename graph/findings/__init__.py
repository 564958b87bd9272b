"""Findings (疑点): what the rules see in a plan, with the words that show it.

Order of steps: the rows of one plan are gathered (`graph.findings.plan_rows`), every rule of the table (`graph.findings.rules`) looks at them, and its hits
become findings in document order: those of the whole document first, then by item.  Pure Python over rows: nothing is
stored, so a finding can never be older than the data.

Example: ``[f.hit.item["number"] for f in findings(reading, document) if f.rule.id == "several-leads"]`` on the sample is
``[14, 17, 20, 28, 32, 39, 40, 42, 43]``.

Left to others: how findings are listed and filtered (`api.answers.findings`).
"""

from graph.findings.finding import Finding, Hit, Maturity, Rule, Severity
from graph.findings.plan_rows import Place, PlanRows, gather
from graph.findings.rules import RULE, RULES
from graph.findings.run import judge
from graph.store.contract import Reading

__all__ = [
    "RULE",
    "RULES",
    "Finding",
    "Hit",
    "Maturity",
    "Place",
    "PlanRows",
    "Rule",
    "Severity",
    "findings",
    "gather",
    "judge",
]


def findings(reading: Reading, document: str) -> list[Finding]:
    """Every finding on the document with this id, which must exist, in document order."""
    return judge(gather(reading, document))
