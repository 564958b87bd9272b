"""Steps of the questions about who bears what (`graph.library.question`): matrix, workload, chains, shared items.

============================  =====================================================================
question                      what the step adds to the rows of its statement
============================  =====================================================================
``section-matrix``            the checks that an item fails, on each of its cells
``lead-workload``             all rows, from the duties of the plans (`graph.chains.networks`)
``regulation-unit-chains``    what makes a chain weak (`graph.chains.weakness`)
``unit-upward-chain``         the same
``shared-items``              nothing; it refuses the same unit as both
============================  =====================================================================

The checks are those of a RACI chart, where 牵头 is accountable and 责任 is responsible: ``no-lead``, ``several-leads``,
``lead-and-responsible`` (one unit is both).

Example: item 39 of the sample, led by 市政府法制办 and 市人社局, has ``several-leads`` on each of its cells.

Left to others: the table of steps (`graph.library.steps`), the matrix as one object (`api.answers.chaining.matrix`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from graph.chains.weakness import repairs_of, weaknesses_of
from graph.errors import ParameterError
from graph.library.columns import (
    DOCUMENT,
    DUE,
    DUTY,
    EVIDENCE,
    INFERRED,
    ORDER,
    PLACE,
    REGULATION,
    UNIT,
    WHERE,
    prefixed,
)
from graph.library.question import QuestionStep, StepInput, StepResult
from graph.store.contract import Row

_REST = (*INFERRED, *EVIDENCE, *ORDER)
_CHAIN = ("id", *DUTY, "via", *REGULATION, *prefixed("citation"), *WHERE, "weaknesses", *_REST)
_WORKLOAD = (
    *("id", "rank", *UNIT, *DOCUMENT, "leads", "total", "share", "mean", "excess", "z_score"),
    *("partners", "partner_share", "betweenness", "meaning", "items", *INFERRED, *PLACE, "quote"),
)


def checks_of(cells: Iterable[Row]) -> list[str]:
    """The checks that one item fails, from its cells: rows with ``role``, ``unit_id`` and ``led_around``, whether an item above or
    below it has a lead.
    """
    cells = list(cells)
    by_role: dict[str | None, set[str]] = {}
    for cell in cells:
        by_role.setdefault(cell["role"], set()).add(cell["unit_id"])
    leads = by_role.get("lead", set())
    held = {
        "no-lead": not leads and not any(cell["led_around"] for cell in cells),
        "several-leads": len(leads) > 1,
        "lead-and-responsible": bool(leads & by_role.get("responsible", set())),
    }
    return [word for word, holds in held.items() if holds]


def _section_matrix(asked: StepInput) -> StepResult:
    of_item: dict[str, list[Row]] = {}
    for row in asked.rows:
        of_item.setdefault(row["item_id"], []).append(row)
    checks = {item: checks_of(cells) for item, cells in of_item.items()}
    return StepResult(
        [
            {key: value for key, value in row.items() if key != "led_around"} | {"checks": checks[row["item_id"]]}
            for row in asked.rows
        ]
    )


def _shared_items(asked: StepInput) -> StepResult:
    if asked.values["unit"] == asked.values["other"]:
        raise ParameterError(f"unit and other are both {asked.values['unit']}; expected two different units.")
    return StepResult(asked.rows)


def _chains(asked: StepInput) -> StepResult:
    texts = {row["text_sha256"] for row in asked.rows}
    repairs = {text: repairs_of(asked.reading, text) for text in texts}
    return StepResult(
        [
            {key: value for key, value in row.items() if key != "unresolved"}
            | {"weaknesses": _weaknesses(row, repairs[row["text_sha256"]])}
            for row in asked.rows
        ]
    )


def _weaknesses(row: Row, repairs: Sequence[Sequence[int]]) -> list[str]:
    places = ((row[f"{name}start"], row[f"{name}end"]) for name in ("", "clause_", "citation_", "citation_clause_"))
    return weaknesses_of(
        inferred=row["inferred"] or row["citation_inferred"],
        collective=row["collective"],
        open_list=row["open_list"],
        unresolved=row["unresolved"],
        relation=row["citation_relation"],
        places=(place for place in places if place[0] is not None),
        repairs=repairs,
    )


def _lead_workload(asked: StepInput) -> StepResult:
    from graph.chains.networks import workloads  # loads networkx, which takes as long as the rest together

    plans = {row["document_id"]: row for row in asked.rows}
    bearers: dict[str, list[Row]] = {plan: [] for plan in plans}
    for row in asked.reading.rows("read/bearers", {"documents": list(plans)}):
        if row["role"] != "supervising":  # it bears nothing
            bearers[row["document_id"]].append(row)
    rows = []
    for plan, duties in bearers.items():
        for one in workloads(duties, centrality=len(plans) == 1):
            held = asdict(one)
            rows.append(
                {
                    **{key: held[key] for key in _WORKLOAD if key in held},
                    **plans[plan],
                    "id": f"{plan}|{one.unit_id}",
                    "items": list(one.items),
                    "inferred": True,
                    "rule": "count-of-leads",
                    "because": list(one.places),
                    "start": None,
                    "end": None,
                    "quote": None,
                }
            )
    return StepResult(rows)


SECTION_MATRIX = QuestionStep(_section_matrix, ("id", *DUTY, *WHERE, "checks", *_REST))
LEAD_WORKLOAD = QuestionStep(_lead_workload, _WORKLOAD)
CHAINS = QuestionStep(_chains, _CHAIN)
SHARED_ITEMS = QuestionStep(_shared_items, ("id", *DUTY, *prefixed("other"), *WHERE, *DUE, "ongoing", *_REST))
