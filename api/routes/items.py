"""Items (任务事项): the list with its filters, and the whole card of an item."""

from datetime import date
from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response

from api.answers.lists import list_items
from api.answers.nesting import Evidence
from api.answers.objects import item_answer
from api.http.dependencies import MAX_NAME, EvidenceLevel, NarrowDep, RoleFilter, SearchWords, ServiceDep, Text
from api.http.problems import invalid
from api.http.reply import Reply
from api.http.responses import respond_object
from api.routes.router import LIST, Ref, v1
from api.schemas.base import ItemRow, Listing
from api.schemas.objects import ItemCard

router = v1("items")


@router.get("/items", summary="Items that fit every given filter", response_model=Listing[ItemRow], responses=LIST)
def items(
    narrow: NarrowDep,
    reply: Reply,
    unit: Annotated[Text | None, Query(max_length=MAX_NAME, description="that give this unit a duty")] = None,
    role: RoleFilter = None,
    section: Annotated[Text | None, Query(max_length=MAX_NAME, description="in this section or below it")] = None,
    cites: Annotated[Text | None, Query(max_length=MAX_NAME, description="that cite this instrument")] = None,
    q: SearchWords = None,
    due_before: Annotated[date | None, Query(description="due on this day or before")] = None,
    due_after: Annotated[date | None, Query(description="due on this day or after")] = None,
    evidence: EvidenceLevel = Evidence.REF,
) -> Response:
    if role is not None and unit is None:
        raise invalid("/query/role", "role needs a unit; expected unit=… with it.")
    return reply.list(
        "items",
        ItemRow,
        lambda page: list_items(
            reply.store,
            unit=unit,
            role=role,
            section=section,
            cites=cites,
            q=q,
            due_before=due_before.isoformat() if due_before else None,
            due_after=due_after.isoformat() if due_after else None,
            narrow=narrow,
            page=page,
            evidence=evidence,
        ),
        evidence,
    )


@router.get("/items/{ref}", summary="One item's whole card", response_model=ItemCard)
def item(
    request: Request, service: ServiceDep, ref: Ref, narrow: NarrowDep, evidence: EvidenceLevel = Evidence.FULL
) -> Response:
    return respond_object(request, service, lambda: item_answer(service.store, ref, narrow, evidence))
