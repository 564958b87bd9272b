"""The page of chains (链路): from one thing to another, as a picture and as a table of its steps.

Example: ``/chains?from_kind=regulation&from=湖南省行政程序规定&to_kind=unit&to=市政府法制办`` shows chains of two steps.

Left to others: the paths (`api.answers.chaining.chains`), the picture (`api.pages.pictures.chain`).
"""

from typing import Annotated, Literal

from fastapi import Query, Request
from starlette.responses import Response

from api.answers.chaining.chains import path_answer
from api.answers.lists import list_regulations, list_units
from api.answers.paging import PageRequest
from api.http.dependencies import MAX_NAME, ServiceDep, Text
from api.http.problems import beside_form
from api.pages.addresses import linker
from api.pages.frame import FrameDep
from api.pages.pictures.chain import chain_picture, layers_of
from api.pages.router import Words, pages
from api.pages.templates import page
from graph.errors import Ambiguous, NotFound, ParameterError

OFFERED = 100  # names in each pick-list; others are typed
Kind = Literal["regulation", "document", "section", "item", "unit"]
router = pages()


@router.get("/chains")
def chains_page(
    request: Request,
    service: ServiceDep,
    frame: FrameDep,
    start: Annotated[Text, Query(max_length=MAX_NAME, alias="from")] = "",
    to: Words = "",
    from_kind: Kind = "regulation",
    to_kind: Kind = "unit",
) -> Response:
    found, problem, picture = None, None, None
    if start.strip() and to.strip():
        try:
            ends = (f"{from_kind}:{start.strip()}", f"{to_kind}:{to.strip()}")
            found = path_answer(service.store, *ends, narrow=frame.narrow).body
            layers = layers_of(found["items"], linker(frame.scope), found["from"]["id"])
            if layers.links:
                picture = chain_picture(layers, f"从{found['from']['name']}到{found['to']['name']}的链路")
        except (Ambiguous, NotFound, ParameterError) as error:
            problem = beside_form(request, error)
    offered = PageRequest(OFFERED)
    return page(
        "chains.html",
        frame,
        status=problem["status"] if problem else 200,
        found=found,
        problem=problem,
        picture=picture,
        from_kind=from_kind,
        to_kind=to_kind,
        from_name=start,
        to_name=to,
        regulations=list_regulations(service.store, narrow=frame.narrow, page=offered).body["items"],
        units=list_units(service.store, narrow=frame.narrow, page=offered).body["items"],
    )
