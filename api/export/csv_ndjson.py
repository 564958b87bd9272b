"""Rows as a table: CSV for spreadsheets, one JSON object a line for programs.

Order of steps for CSV: nested keys become columns joined by dots; a place becomes two columns (``span`` → ``start``,
``end``); lists become JSON.  The header comes from the declared shape of the rows, so that every page has the same one.
Text that a spreadsheet would run as a formula gets a leading ``'`` unless ``raw``; a BOM marks UTF-8 for spreadsheets
unless ``bom`` is off.

Example: ``evidence.clause`` ``[12292, 12308]`` is ``evidence.clause_start`` 12292 and ``evidence.clause_end`` 12308.

Left to others: which columns (`api.answers.nesting.columns_of`, or those of a question), the headers of the answer
(`api.http.responses`).
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from api.answers.nesting import flat_columns

# what a spreadsheet takes for a formula, in half and full width
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def to_csv(
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[str],
    heads: Sequence[str] | None = None,
    *,
    bom: bool = True,
    raw: bool = False,
) -> str:
    """``rows`` as CSV. The header is ``heads``, one for each of the ``columns``; without them the columns."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns if heads is None else heads)
    for row in rows:
        cells = dict(flat_columns(row))
        writer.writerow([_cell(cells.get(column), raw) for column in columns])
    return "\ufeff" * bom + target.getvalue()


def to_ndjson(rows: Sequence[Mapping[str, Any]]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def _cell(value: Any, raw: bool) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and not raw and value.startswith(_FORMULA):
        return f"'{value}"
    return value
