"""Rows as a table: CSV for spreadsheets, one JSON object a line for programs.

Order of steps for CSV: nested keys become columns joined by dots, a place becomes two columns (``span`` → ``start``,
``end``), lists become JSON; the header comes from the row's declared shape, so that every page has the same; text that
a spreadsheet would run as a formula gets ``'`` in front unless ``raw``; a BOM says UTF-8 to spreadsheets unless ``bom``
is off.

Example: ``evidence.clause`` ``[12292, 12308]`` is ``evidence.clause_start`` 12292 and ``evidence.clause_end`` 12308.

Left to others: which columns (`columns_of`, or a question's own), the answer's headers (`api.delivery`).
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

_PLACES = {"span": ("start", "end"), "clause": ("clause_start", "clause_end")}
# what a spreadsheet takes for a formula, in half and full width
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def to_csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, bom: bool = True, raw: bool = False) -> str:
    """``rows`` as CSV with the header ``columns``."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = dict(flat(row))
        writer.writerow([_cell(cells.get(column), raw) for column in columns])
    return "\ufeff" * bom + target.getvalue()


def to_ndjson(rows: Sequence[Mapping[str, Any]]) -> str:
    """One JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)


def flat(row: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """``{"unit": {"id": …}}`` -> ``unit.id`` …; places as two columns."""
    for key, value in row.items():
        if key in _PLACES:
            yield from zip((prefix + name for name in _PLACES[key]), value or (None, None), strict=True)
        elif isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def columns_of(shape: type[BaseModel], prefix: str = "") -> list[str]:
    """The columns of a declared shape, in its order."""
    found: list[str] = []
    for name, declared in shape.model_fields.items():
        inner = _model(declared.annotation)
        if name in _PLACES:
            found += [prefix + column for column in _PLACES[name]]
        elif inner is not None:
            found += columns_of(inner, f"{prefix}{name}.")
        else:
            found.append(prefix + name)
    return found


def without_evidence(columns: Sequence[str], evidence: str) -> list[str]:
    """The columns that an answer with ``evidence=ref`` or ``none`` has."""
    if evidence == "none":
        return [column for column in columns if "evidence." not in column]
    if evidence == "ref":
        return [column for column in columns if not column.endswith(("evidence.quote", "evidence.clause_quote"))]
    return list(columns)


def _model(annotation: Any) -> type[BaseModel] | None:
    """The shape in ``X`` or ``X | None``."""
    if get_origin(annotation) in (Union, UnionType):
        inner = [a for a in get_args(annotation) if a is not NoneType]
        annotation = inner[0] if len(inner) == 1 else None
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _cell(value: Any, raw: bool) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and not raw and value.startswith(_FORMULA):
        return f"'{value}"
    return value
