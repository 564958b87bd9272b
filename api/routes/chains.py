"""Chains (责任链): paths between two objects, what hangs together with one, the chains of an item, shared items of two units, the responsibility matrix."""

from typing import Annotated, Any, Literal

from fastapi import Path, Query, Request
from starlette.responses import Response

from api.answers.chaining.around import graph_answer
from api.answers.chaining.chains import chain_answer, parse_types, path_answer
from api.answers.chaining.matrix import matrix_answer
from api.answers.nesting import Evidence
from api.answers.questions import ask
from api.export.graphml import MEDIA as GRAPHML
from api.export.graphml import graph_to_graphml, paths_to_graphml
from api.http.dependencies import MAX_NAME, EvidenceLevel, NarrowDep, ServiceDep, Text
from api.http.reply import Reply
from api.http.responses import respond_network, respond_object
from api.routes.router import LIST, Ref, v1
from api.schemas.base import Listing
from api.schemas.chains import GraphPiece, ItemChain, Matrix, PathListing, SharedItem
from graph.chains.neighbourhood import DEFAULT_DEPTH, DEFAULT_NODES, MAX_DEPTH, MAX_NODES
from graph.chains.paths import DEFAULT_LENGTH, DEFAULT_MORE, DEFAULT_TYPES, MAX_LENGTH, MAX_MORE

router = v1("chains")
NETWORK: dict[int | str, dict[str, Any]] = {200: {"content": {GRAPHML: {"schema": {"type": "string"}}}}}
NetworkFormat = Annotated[Literal["json", "graphml"] | None, Query(description="instead of Accept: json or graphml")]

_END = "kind and name or id: unit:市政府法制办 · regulation:… · document:… · section:… · item:… · task:…"
End = Annotated[Text, Query(min_length=1, max_length=MAX_NAME, description=_END)]
Kinds = Annotated[
    Text | None,
    Query(
        max_length=MAX_NAME,
        description=f"relationship types to follow, with commas; without it {', '.join(DEFAULT_TYPES)}",
    ),
]


@router.get("/paths", summary="Responsibility chains between two things", response_model=PathListing, responses=NETWORK)
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
    format: NetworkFormat = None,
) -> Response:
    return respond_network(
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
        format,
        paths_to_graphml,
        "paths",
    )


@router.get(
    "/graph",
    summary="What hangs together with one thing: nodes and edges for a picture",
    response_model=GraphPiece,
    responses=NETWORK,
)
def graph(
    request: Request,
    service: ServiceDep,
    narrow: NarrowDep,
    around: End,
    depth: Annotated[int, Query(ge=1, le=MAX_DEPTH, description="steps at most")] = DEFAULT_DEPTH,
    nodes: Annotated[int, Query(ge=1, le=MAX_NODES, description="nodes at most")] = DEFAULT_NODES,
    kinds: Kinds = None,
    evidence: EvidenceLevel = Evidence.REF,
    format: NetworkFormat = None,
) -> Response:
    types = parse_types(kinds)
    return respond_network(
        request,
        service,
        lambda: graph_answer(
            service.store, around, depth=depth, most=nodes, types=types, narrow=narrow, evidence=evidence
        ),
        format,
        graph_to_graphml,
        "graph",
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
