"""The question library: its list, and one question asked with its parameters."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from api.answers.nesting import Evidence, without_evidence
from api.answers.paging import PageRequest, one_page
from api.answers.questions import Answer, ask, card_of, columns, describe, find, questions
from api.export.dossier_requests import question_dossier
from api.http.dependencies import MAX_NAME, EvidenceLevel, PlaceDep, ServiceDep, read_access
from api.http.problems import invalid
from api.http.reply import QuestionReply
from api.http.responses import respond_dossier
from api.routes.router import DOSSIER, LIST, v1
from api.schemas.base import Listing, Question, QuestionListing

router = APIRouter()
_library = v1("questions")
# its parameters are the question's own, so they are checked against its file
_asking = APIRouter(prefix="/v1", tags=["questions"], dependencies=[Depends(read_access)])
_OWN = frozenset(
    {"limit", "after", "whole", "evidence", "format", "bom", "raw", "contacts", "heads", "region", "exact"}
)


@_library.get("/questions", summary="The question library", response_model=Listing[Question])
def library(service: ServiceDep) -> dict[str, Any]:
    known = [describe(name, query) for name, query in questions().items()]
    return one_page(known, service.store.read(lambda reading: str(reading.data_version)))


@_asking.get(
    "/questions/{name}",
    summary="Ask a question of the library",
    response_model=QuestionListing,
    responses={200: {"content": LIST[200]["content"] | DOSSIER[200]["content"]}},
    openapi_extra={
        "parameters": [
            {
                "in": "query",
                "name": "parameters",
                "description": "the question's own parameters, each by its name: unit=市政府法制办",
                "schema": {"type": "object", "additionalProperties": {"type": "string", "maxLength": MAX_NAME}},
                "style": "form",
                "explode": True,
            }
        ]
    },
)
def question(
    name: Annotated[str, Path(max_length=MAX_NAME, description="unit-duties, regulation-citing-items …")],
    reply: QuestionReply,
    place: PlaceDep,
    evidence: EvidenceLevel = Evidence.REF,
) -> Response:
    service, format = reply.service, reply.output.format
    query = find(name)
    given: dict[str, str | None] = {}
    seen: set[str] = set()
    for key, value in reply.request.query_params.multi_items():
        if key in seen or (len(value) > MAX_NAME and key != "after") or "\0" in value:
            raise invalid(f"/query/{key}", f"the parameter {key!r} is given twice, too long or not text.")
        seen.add(key)
        if key not in _OWN:
            given[key] = value

    given |= {"region": place.region, "exact": "true" if place.exact else None}
    if format in ("xlsx", "docx"):
        stated = {key: value for key, value in given.items() if value is not None}
        return respond_dossier(
            reply.request,
            service,
            format,
            lambda: question_dossier(service.store, name, stated, narrow=place, clock=service.clock()),
            contacts=reply.output.contacts,
        )

    def make(page: PageRequest) -> Answer:
        answer = ask(service.store, name, given, page=page, evidence=evidence, narrow=place, clock=service.clock())
        answer.body["columns"] = without_evidence(columns(query), evidence)
        answer.body["headings"] = dict(card_of(name).columns)
        return answer

    return reply.question(name, make)


router.include_router(_library)
router.include_router(_asking)
