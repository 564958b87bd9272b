"""A question in Chinese, answered by the question of the library that it is read as."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from api.answers.nesting import Evidence
from api.asking.answer import answer_text
from api.http.dependencies import MAX_TEXT, EvidenceInLists, NarrowDep, OutputDep, PageDep, ServiceDep, Text
from api.http.responses import deliver_list
from api.routes.router import LIST, v1
from api.schemas.ask import AskListing

router = v1("questions")


@router.get("/ask", summary="Ask in Chinese", response_model=AskListing, responses=LIST)
def ask_in_words(
    request: Request,
    service: ServiceDep,
    q: Annotated[Text, Query(max_length=MAX_TEXT, description="市政府法制办牵头哪些事项")],
    narrow: NarrowDep,
    page: PageDep,
    output: OutputDep,
    evidence: EvidenceInLists = Evidence.REF,
) -> Response:
    return deliver_list(
        request,
        service,
        output,
        page,
        "ask",
        lambda body: body["columns"],
        lambda page: answer_text(service.store, q, page=page, evidence=evidence, narrow=narrow, clock=service.clock()),
    )
