"""The route for a question in Chinese; the answer is that of the library question that it is read as."""

from typing import Annotated

from fastapi import Query
from starlette.responses import Response

from api.answers.nesting import Evidence
from api.asking.answer import answer_text
from api.http.dependencies import MAX_TEXT, EvidenceLevel, NarrowDep, Text
from api.http.reply import Reply
from api.routes.router import LIST, v1
from api.schemas.ask import AskListing

router = v1("questions")


@router.get("/ask", summary="Ask in Chinese", response_model=AskListing, responses=LIST)
def ask_in_words(
    q: Annotated[Text, Query(max_length=MAX_TEXT, description="市政府法制办牵头哪些事项")],
    narrow: NarrowDep,
    reply: Reply,
    evidence: EvidenceLevel = Evidence.REF,
) -> Response:
    return reply.question(
        "ask",
        lambda page: answer_text(
            reply.store, q, page=page, evidence=evidence, narrow=narrow, clock=reply.service.clock()
        ),
    )
