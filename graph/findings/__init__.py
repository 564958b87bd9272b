"""Findings (疑点): gaps and conflicts that rules find in a plan, with the words that show them.

Order of steps: read the rows of one plan (`graph.findings.plan_rows`); run every rule of the table
(`graph.findings.rules`) over them; sort the findings in document order, those of the whole document first.  This is pure
Python over rows.  Nothing is stored, so a finding is never older than the data.

Example: ``[f.hit.item["number"] for f in find_findings(reading, document) if f.rule.id == "several-leads"]`` on the sample
is ``[14, 17, 20, 28, 32, 39, 40, 42, 43]``.

Left to others: listing and filtering findings (`api.answers.findings`).
"""

from graph.findings.finding import Finding, FindingRule, Hit, Maturity, Severity
from graph.findings.plan_rows import Place, PlanRows, read_plan_rows
from graph.findings.rules import RULE, RULES
from graph.findings.run import run_rules
from graph.store.contract import ReadTransaction

__all__ = [
    "RULE",
    "RULES",
    "Finding",
    "FindingRule",
    "Hit",
    "Maturity",
    "Place",
    "PlanRows",
    "Severity",
    "find_findings",
    "read_plan_rows",
    "run_rules",
]


def find_findings(reading: ReadTransaction, document: str) -> list[Finding]:
    """All findings on the document with this id, in document order. The document must exist."""
    return run_rules(read_plan_rows(reading, document))
