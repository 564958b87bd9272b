"""Chains (责任链): paths between two objects, the chains of an item, shared items of two units, the responsibility matrix."""

from typing import Annotated

from fastapi import Path, Query, Request
from starlette.responses import Response

from api.answers.chaining.chains import chain_answer, parse_types, path_answer
from api.answers.chaining.matrix import matrix_answer
from api.answers.nesting import Evidence
from api.answers.questions import ask
from api.http.dependencies import MAX_NAME, EvidenceLevel, NarrowDep, ServiceDep, Text
from api.http.reply import Reply
from api.http.responses import respond_object
from api.routes.router import LIST, Ref, v1
from api.schemas.base import Listing
from api.schemas.chains import ItemChain, Matrix, PathListing, SharedItem
from graph.chains.paths import DEFAULT_LENGTH, DEFAULT_MORE, DEFAULT_TYPES, MAX_LENGTH, MAX_MORE

router = v1("chains")

_END = "kind and name or id: unit:市政府法制办 · regulation:… · document:… · section:… · item:… · task:…"
End = Annotated[Text, Query(min_length=1, max_length=MAX_NAME, description=_END)]
Kinds = Annotated[
    Text | None,
    Query(
        max_length=MAX_NAME,
        description=f"relationship types to follow, with commas; without it {', '.join(DEFAULT_TYPES)}",
    ),
]


@router.get("/paths", summary="Responsibility chains between two things", response_model=PathListing)
def paths(
    request: Request,
    service: ServiceDep,
    narrow: NarrowDep,
    start: Annotated[End, Query(alias="from")],
    end: Annotated[End, Query(alias="to")],
    kinds: Kinds = None,
    max_length: Annotated[int, Query(ge=1, le=MAX_LENGTH, description="steps at most")] = DEFAULT_LENGTH,
    more: Annotated[int, Query(ge=0, le=MAX_MORE, description="longer paths beside the shortest")] = DEFAULT_MORE,
    evidence: EvidenceLevel = Evidence.FULL,
) -> Response:
    return respond_object(
        request,
        service,
        lambda: path_answer(
            service.store,
            start,
            end,
            types=parse_types(kinds),
            max_length=max_length,
            more=more,
            narrow=narrow,
            evidence=evidence,
        ),
    )


@router.get(
    "/items/{ref}/chain",
    summary="Which rules an item rests on, and who carries it",
    response_model=ItemChain,
)
def chain(
    request: Request,
    service: ServiceDep,
    ref: Ref,
    narrow: NarrowDep,
    kinds: Kinds = None,
    evidence: EvidenceLevel = Evidence.FULL,
) -> Response:
    return respond_object(
        request,
        service,
        lambda: chain_answer(service.store, ref, narrow=narrow, types=parse_types(kinds), evidence=evidence),
    )


@router.get("/documents/{ref}/matrix", summary="The responsibility matrix of a plan", response_model=Matrix)
def matrix(
    request: Request,
    service: ServiceDep,
    ref: Ref,
    section: Annotated[
        Text | None, Query(min_length=1, max_length=MAX_NAME, description="only this section: id, title or label")
    ] = None,
    evidence: EvidenceLevel = Evidence.REF,
) -> Response:
    return respond_object(
        request, service, lambda: matrix_answer(service.store, ref, section=section, evidence=evidence)
    )


@router.get(
    "/units/{ref}/shared-with/{other}",
    summary="What two units bear together, with the role of each",
    response_model=Listing[SharedItem],
    responses=LIST,
)
def shared(
    ref: Ref,
    other: Annotated[Text, Path(min_length=1, max_length=MAX_NAME, description="id or name of the other unit")],
    narrow: NarrowDep,
    reply: Reply,
    evidence: EvidenceLevel = Evidence.REF,
) -> Response:
    given = {"unit": ref, "other": other, "document": narrow.document}
    return reply.list(
        f"{ref}-{other}",
        SharedItem,
        lambda page: ask(reply.store, "shared-items", given, page=page, evidence=evidence, narrow=narrow),
        evidence,
    )
