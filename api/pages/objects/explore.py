"""The page of exploration (探索): a picture that grows by clicks, from one thing to what is linked with it.

The page finds what is meant and says what its script asks: the answers of ``/v1`` that the other pages show as lists.
Without script it names those pages.

Example: ``/explore?of_kind=unit&of=市政府法制办`` begins with the office and the items that it bears.

Left to others: the picture (``static/explore/``), names (`api.answers.references`).
"""

from typing import Literal

from fastapi import Request
from starlette.responses import Response

from api.answers.chinese.labels import RELATION_WORDS, ROLE_WORDS
from api.answers.lists import list_documents
from api.answers.paging import PageRequest
from api.answers.references import resolve
from api.http.dependencies import ServiceDep
from api.http.problems import beside_form
from api.pages.frame import FrameDep
from api.pages.router import Words, pages
from api.pages.templates import page
from graph.errors import Ambiguous, NotFound

ExploredKind = Literal["unit", "regulation", "document", "item"]
A_STEP = 20  # rows that one click asks for
_OFFERED = 8  # plans to begin with, where nothing is named
MOST = 300  # things in the picture; more cannot be read
_WORDS = {"roles": ROLE_WORDS, "relations": RELATION_WORDS}
router = pages()


@router.get("/explore")
def explore(
    request: Request, service: ServiceDep, frame: FrameDep, of: Words = "", of_kind: ExploredKind = "unit"
) -> Response:
    found, problem, plans = None, None, []
    if not of.strip():
        plans = list_documents(service.store, narrow=frame.place, page=PageRequest(_OFFERED)).body["items"]
    else:
        try:
            found = service.store.read(lambda reading: resolve(reading, of_kind, of.strip(), frame.narrow))
        except (Ambiguous, NotFound) as error:
            problem = beside_form(request, error)
    return page(
        "explore.html",
        frame,
        status=problem["status"] if problem else 200,
        found=found,
        plans=plans,
        problem=problem,
        of=of,
        of_kind=of_kind,
        bounds={"step": A_STEP, "most": MOST},
        spoken=_WORDS,
    )
