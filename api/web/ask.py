"""The page that answers a question in Chinese: how it was read, the rows with their words, what else it may mean.

Example: ``/ask?q=第20项由谁牵头`` shows the card of item 20.

Left to others: reading and answering (`api.asking`), how pages are made (`api.web.pages`).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api.asking.answer import answer_text
from api.cli_text import RELATION_WORDS, ROLE_WORDS
from api.deps import MAX_CURSOR, ServiceDep, Text, read_access
from api.export.tables import flat
from api.paging import Page
from api.references import Narrow
from api.routes.ask import MAX_TEXT
from api.shapes import Evidence
from api.web.pages import page

ROWS = 100  # a page
router = APIRouter(include_in_schema=False, dependencies=[Depends(read_access)])
_WORDS = {**ROLE_WORDS, **RELATION_WORDS}


@router.get("/ask")
def ask_page(
    service: ServiceDep,
    q: Annotated[Text, Query(max_length=MAX_TEXT)] = "",
    after: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
) -> Response:
    if not q.strip():
        return page("ask.html", asked="", answer=None, rows=[])
    answer = answer_text(
        service.store,
        q,
        page=Page(ROWS, after),
        evidence=Evidence.FULL,
        narrow=Narrow(default_region=service.settings.default_region),
        clock=service.clock(),
    ).body
    rows = [(row, _cells(row, list(answer["headings"]))) for row in answer["items"]]
    return page("ask.html", asked=q if len(q) <= 300 else "", answer=answer, rows=rows)


def _cells(row: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    """A row's values under the headings of the question's card."""
    values = dict(flat(row))
    return [_cell(column, values.get(column)) for column in columns]


def _cell(column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value)) if all(isinstance(one, str | int) for one in value) else _json(value)
    if column.split(".")[-1] in ("role", "relation"):
        return _WORDS.get(str(value), str(value))
    return str(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
