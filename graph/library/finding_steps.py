"""Steps of the questions that rest on findings (`graph.library.question`).

`COUNTY_DEMANDS` keeps the demands on counties in items whose unit lines name no county; `DEADLINE_CONFLICTS` runs the
rules about contradictory times; `UNIT_DOSSIER` adds instruments and findings to each duty of a page, of the first
`MOST_PLANS` plans of a page, and says how many it left out.

Example: on the sample ``DEADLINE_CONFLICTS`` has a row for item 37, whose body says 2019 while its own clause says
2018.

Left to others: the rules (`graph.findings.rules`), the statements (``cypher/questions/``).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.findings.counties import asks_of_counties, names_counties
from graph.findings.finding import Finding
from graph.findings.plan_rows import PlanRows, read_plan_rows
from graph.findings.run import run_rules
from graph.library.columns import DUE, DUTY, EVIDENCE, INFERRED, OBJECTS, ORDER, PLACE, SECTION, UNIT, WHERE
from graph.library.question import QuestionStep, StepInput, StepResult
from graph.store.contract import Row

MOST_PLANS = 5
CONFLICTS = frozenset(("deadline-within-item", "deadline-after-aim", "fallback-after-aim"))


def county_demands(asked: StepInput) -> StepResult:
    """The demands on counties in items whose lines name no county."""
    return StepResult(
        [
            {key: row[key] for key in COUNTY_DEMANDS.returns}
            for row in asked.rows
            if asks_of_counties(row["unit_name"]) and not names_counties(row["line_names"], row["line_levels"])
        ]
    )


def deadline_conflicts(asked: StepInput) -> StepResult:
    """The findings about contradictory times, plan after plan."""
    plans = (read_plan_rows(asked.reading, row["document_id"]) for row in asked.rows)
    return StepResult([row for plan in plans for row in _conflicts(plan)])


def dossier_rows(asked: StepInput) -> StepResult:
    """Each duty, with empty lists that `dossier_page` fills."""
    return StepResult([{**row, "regulations": [], "doubts": []} for row in asked.rows])


def dossier_page(asked: StepInput, rows: Sequence[Row]) -> StepResult:
    """The duties of one page with the instruments that their items cite and the titles of the findings on them."""
    ids = list(dict.fromkeys(row["document_id"] for row in rows))
    plans = {key: read_plan_rows(asked.reading, key) for key in ids[:MOST_PLANS]}
    doubts = {key: _doubts(plan) for key, plan in plans.items()}
    filled = [
        {
            **row,
            "regulations": _instruments(plans.get(row["document_id"]), row["item_id"]),
            "doubts": doubts.get(row["document_id"], {}).get(row["item_id"], []),
        }
        for row in rows
    ]
    return StepResult(filled, _passed_over(ids))


def _conflicts(plan: PlanRows) -> Iterator[Row]:
    for finding in run_rules(plan):
        if finding.rule.id in CONFLICTS:
            yield _row(plan, finding)


def _row(plan: PlanRows, finding: Finding) -> Row:
    """A finding as a flat row. Its first place is its evidence; all places are what it rests on."""
    hit, document = finding.hit, plan.document
    item: Mapping[str, Any] = hit.item or {}
    first = hit.places[0]
    return {
        "id": finding.id,
        "severity": finding.rule.severity.value,
        "title": finding.rule.title,
        "message": hit.message,
        "count": hit.count,
        **{f"item_{key}": item.get(key) for key in OBJECTS["item"]},
        **{key: item.get(key) for key in SECTION},
        "document_id": document["id"],
        "document_title": document["title"],
        "inferred": True,
        "rule": finding.rule.id,
        "because": [at for place in hit.places for at in (place.start, place.end)],
        "text_sha256": document["text_sha256"],
        "start": first.start,
        "end": first.end,
        "quote": first.quote,
        "item_start": finding.item_start,
        "fact_start": finding.fact_start,
    }


def _doubts(plan: PlanRows) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding in run_rules(plan):
        if finding.hit.item is not None:
            found.setdefault(finding.hit.item["id"], []).append(finding.rule.title)
    return found


def _instruments(plan: PlanRows | None, item: str | None) -> list[str]:
    cited = [] if plan is None or item is None else plan.citations.get(item, [])
    return list(dict.fromkeys(f"《{row['regulation_title']}》" for row in cited))


def _passed_over(ids: Sequence[str]) -> list[dict[str, Any]]:
    more = len(ids) - MOST_PLANS
    return [{"reason": f"plans beyond the first {MOST_PLANS}; name one: document=…", "count": more}] if more > 0 else []


COUNTY_DEMANDS = QuestionStep(county_demands, ("id", "as_written", *UNIT, *WHERE, *INFERRED, *EVIDENCE, *ORDER))
DEADLINE_CONFLICTS = QuestionStep(
    deadline_conflicts,
    ("id", "severity", "title", "message", "count", *WHERE, *INFERRED, *PLACE, "quote", *ORDER),
)
UNIT_DOSSIER = QuestionStep(
    dossier_rows,
    ("id", *DUTY, *WHERE, *DUE, "ongoing", "regulations", "doubts", *INFERRED, *EVIDENCE, *ORDER),
    page=dossier_page,
)
