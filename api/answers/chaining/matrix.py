"""The responsibility matrix (责任矩阵) of a plan or a section: items by units, with the checks of a RACI chart.

Order of steps, all in one `Store.read`: read the rows of the question ``section-matrix`` for the section, or for each
top section of the plan; group them by item, then by unit.

Example: in the matrix of the sample nine items have ``several-leads`` and none has ``no-lead``.

Left to others: the checks (`graph.library.duty_steps`), the route (`api.routes.chains`).
"""

from collections import Counter
from collections.abc import Sequence

from api.answers.nesting import Evidence, Json, nest_rows
from api.answers.questions import Answer
from api.answers.references import Narrow, resolve
from graph.chains.levels import ChainNode, read_steps
from graph.library.duty_steps import checks_of
from graph.library.question import MOST_ROWS
from graph.store.contract import ReadTransaction, Row, Store

_OF_CELL = ("id", "role", "position", "as_written", "open_list", "inferred", "rule", "because", "evidence")


def matrix_answer(store: Store, document: str, *, section: str | None, evidence: Evidence) -> Answer:
    """The matrix of a document, or of one of its sections (an id, a title or a label)."""

    def work(reading: ReadTransaction) -> Answer:
        found = resolve(reading, "document", document)
        if section is not None:
            wanted = [resolve(reading, "section", section, Narrow(document=found.id)).id]
        else:
            steps = read_steps(reading, [ChainNode("document", found.id)], ("HAS_SECTION",), down=True)
            wanted = [step.lower.id for step in steps]
        rows = [row for one in wanted for row in _rows(reading, one, found.id)]
        rows.sort(key=lambda row: (row["item_start"], row["fact_start"], row["id"]))
        body = {
            "document_id": found.id,
            "section": wanted[0] if section is not None else None,
            **_matrix(
                rows,
                nest_rows(reading, [{k: v for k, v in row.items() if k != "led_around"} for row in rows], evidence),
            ),
            "data_version": str(reading.data_version),
        }
        return Answer(body, "document", found)

    return store.read(work)


def _rows(reading: ReadTransaction, section: str, document: str) -> list[Row]:
    given = {"section": section, "document": document, "limit": MOST_ROWS}
    return reading.rows("questions/section-matrix", given)


def _matrix(rows: Sequence[Row], shaped: Sequence[Json]) -> Json:
    units: dict[str, Json] = {}
    items: dict[str, Json] = {}
    cells: dict[str, list[Row]] = {}
    for row, made in zip(rows, shaped, strict=True):
        item = items.setdefault(row["item_id"], {**made["item"], "checks": [], "cells": {}})
        cells.setdefault(row["item_id"], []).append(row)
        if row["unit_id"] is None:
            continue
        unit = units.setdefault(
            row["unit_id"],
            {
                **made["unit"],
                "collective": row["collective"],
                "lead": 0,
                "responsible": 0,
                "cooperating": 0,
                "supervising": 0,
            },
        )
        unit[row["role"]] += 1
        cell = item["cells"].setdefault(row["unit_id"], {"unit": row["unit_id"], "duties": []})
        cell["duties"].append({key: made[key] for key in _OF_CELL})
    for key, item in items.items():
        item["checks"] = checks_of(cells[key])
        item["cells"] = list(item["cells"].values())
    failed = Counter(check for item in items.values() for check in item["checks"])
    return {"units": list(units.values()), "items": list(items.values()), "checks": dict(sorted(failed.items()))}
