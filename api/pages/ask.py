"""The page that answers a question in Chinese: how it was read, the rows with their words, and other meanings.

Example: ``/ask?q=第20项由谁牵头`` shows the card of item 20.

Left to others: reading and answering (`api.asking`), rendering pages (`api.pages.templates`).
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api.answers.nesting import Evidence
from api.answers.paging import PageRequest
from api.answers.references import Narrow
from api.asking.answer import answer_text
from api.asking.examples import examples
from api.asking.understand import LONGEST
from api.http.dependencies import MAX_CURSOR, MAX_TEXT, ServiceDep, Text, read_access
from api.pages.objects import downloads, plans_in
from api.pages.templates import heads, page

ROWS = 100  # a page
router = APIRouter(include_in_schema=False, dependencies=[Depends(read_access)])


@router.get("/ask")
def ask_page(
    service: ServiceDep,
    q: Annotated[Text, Query(max_length=MAX_TEXT)] = "",
    after: Annotated[str | None, Query(max_length=MAX_CURSOR)] = None,
) -> Response:
    narrow, clock = Narrow(default_region=service.settings.default_region), service.clock()
    shown = examples(service.store, narrow, clock)
    if not q.strip():
        return page("ask.html", asked="", answer=None, heads=[], files={}, plans={}, examples=shown)
    answer = answer_text(
        service.store,
        q,
        page=PageRequest(ROWS, after),
        evidence=Evidence.FULL,
        narrow=narrow,
        clock=clock,
    ).body
    columns = heads(answer["headings"])
    plans = plans_in(service.store, answer["items"])
    read = answer["read_as"]
    files = downloads(f"/v1/questions/{read['question']}", read["parameters"]) if read else {}
    return page(
        "ask.html",
        asked=q if len(q) <= LONGEST else "",
        answer=answer,
        heads=columns,
        files=files,
        plans=plans,
        examples=shown,
    )
