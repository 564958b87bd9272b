"""Steps of the questions about facts: where a fact stands, what a unit bears, when a target is due.

Each step takes the rows of its statement (`graph.library.question`):

* ``evidence``: the facts found, in document order; the caller must give ``fact`` or ``item``;
* ``unit_coverage``: for each item the role of the unit, or the bearers that the item names instead;
* ``targets``: the date of each target: that of its own clause, else of the time that opens its sentence, else of its item.

Example: 调解率达100% of item 36 stands after 2018年年底前 in one sentence, so its date is that, not the item's 2019-12-31.

Left to others: reading the facts (``cypher/questions/``), dates of items and tasks (`graph.dates.effective_date`).
"""

from typing import Any

from graph.errors import ParameterError
from graph.library.columns import CLAUSE, DUE, INFERRED, ORDER, PLACE, UNIT, WHERE
from graph.library.question import QuestionStep, StepInput, StepResult
from graph.store.catalogue import Param
from graph.store.contract import Row

_ENDS_OF_SENTENCE = "。；;\n"


def evidence(asked: StepInput) -> StepResult:
    """The facts found, in document order."""
    if asked.values.get("fact") is None and asked.values.get("item") is None:
        raise ParameterError(
            "the question fact-evidence needs fact=… (the id of a fact) or item=… (an item, such as 20 with document=…)."
        )
    rows = [{key: row[key] for key in EVIDENCE.returns} for row in map(_placed, asked.rows)]
    rows.sort(key=lambda row: (row["document_id"], row["item_start"], row["fact_start"], row["id"]))
    return StepResult(rows)


def _placed(row: Row) -> Row:
    """``row``; a fact that does not stand in the item itself gets the place it rests on."""
    if row["start"] is not None or not row["because"]:
        return row
    return {**row, "start": row["because"][0], "end": row["because"][1]}


def unit_coverage(asked: StepInput) -> StepResult:
    """Each item with the role of the unit in it, or the reason why it has none."""
    wanted = asked.values.get("borne")
    rows: list[Row] = []
    for row in asked.rows:
        borne = row["role"] is not None
        if wanted is not None and wanted is not borne:
            continue
        lines = [line for line in row["lines"] if line["name"] is not None]
        names = list(dict.fromkeys(line["name"] for line in lines))
        last = lines[-1] if lines else None
        made = {key: row[key] for key in COVERAGE.returns if key in row}
        made |= {"borne": borne, "named": names, "why": _why(row, lines, borne)}
        if not borne:
            made |= {"inferred": False, "rule": None, "because": []}
            if last is not None:  # the last line of bearers: the one that could have named the unit
                made |= {key: last[key] for key in ("start", "end", *CLAUSE)}
        rows.append({key: made[key] for key in COVERAGE.returns})
    return StepResult(rows)


def _why(row: Row, lines: list[dict[str, Any]], borne: bool) -> str:
    if borne:
        return "单位栏点名"
    if not lines:
        return "事项没有写明任何单位"
    like = [line["name"] for line in lines if row["unit_level"] is not None and line["level"] == row["unit_level"]]
    whole = [line["name"] for line in lines if line["collective"]]
    parts = [f"同级的列了{'、'.join(dict.fromkeys(like))}"] if like else []
    parts += [f"统称列了{'、'.join(dict.fromkeys(whole))}"] if whole else []
    return "单位栏没有点名它" + (f"；{'；'.join(parts)}" if parts else "；也没有统称")


def targets(asked: StepInput) -> StepResult:
    """Each target with the date that holds for it."""
    texts: dict[str, str] = {}
    rows = []
    for row in asked.rows:
        sha256 = row["text_sha256"]
        if sha256 not in texts:
            found = asked.reading.rows("read/text", {"text_sha256": sha256})
            texts[sha256] = found[0]["text"] if found else ""
        made = {key: row[key] for key in TARGETS.returns if key in row}
        made |= {"inferred": False, "rule": None, "because": []}
        times = list(zip(row["dates"], row["precisions"], row["starts"], row["ends"], row["tasks"], strict=True))
        own = [time for time in times if time[4] == row["id"]]
        dated = [time for time in own if time[0] is not None]
        around = [time for time in times if time[0] and _opens_sentence(texts[sha256], time[2], row["start"])]
        if own and not dated:  # 每年: a time of its own that is no date
            made |= {"due_date": None, "due_precision": None, "due_basis": "task"}
        elif dated or around:
            day, precision, start, end, _ = max(dated) if dated else around[-1]
            made |= {"due_date": day, "due_precision": precision, "due_basis": "task"}
            if not dated:
                made |= {"inferred": True, "rule": "date-opens-sentence", "because": [start, end]}
        rows.append({key: made[key] for key in TARGETS.returns})
    return StepResult(rows)


def _opens_sentence(text: str, start: int, target: int) -> bool:
    """Whether the time at ``start`` stands in the sentence of the target and before it."""
    return start < target and not any(mark in text[start:target] for mark in _ENDS_OF_SENTENCE)


EVIDENCE = QuestionStep(evidence, ("id", "fact", "name", *WHERE, *INFERRED, *PLACE, *CLAUSE, *ORDER))
COVERAGE = QuestionStep(
    unit_coverage,
    ("id", *UNIT, "borne", "role", "named", "why", *WHERE, *INFERRED, *PLACE, *CLAUSE, *ORDER),
    (Param("borne", "bool", True, "true or false"),),
)
TARGETS = QuestionStep(
    targets,
    (
        *("id", "words", "target_name", "target_comparison", "target_value", "target_unit", "leads", *WHERE),
        *(*DUE, "ongoing", *INFERRED, *PLACE, "quote", *ORDER),
    ),
)
