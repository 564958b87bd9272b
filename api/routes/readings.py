"""Readings kept for inspection: a file is read, its card looked at and corrected, and then stored or discarded."""

from functools import partial
from typing import Annotated, Any

from fastapi import Body, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.http.dependencies import Service, ServiceDep, write_access
from api.http.trace import trace_of
from api.http.uploads import REQUEST_BODY, head_options, received, while_connected
from api.loading.shelf import KeptReading
from api.loading.staged import read_again, report_body, stage, staged_answer, store_kept, summary
from api.routes.documents import Encoding, FileName, OptionsDep
from api.routes.router import v1
from api.schemas.loading import HeadCorrection, KeptReadings, StagedReading
from api.schemas.service import LoadReportShape
from graph.model import ParseOptions, to_json

router = v1("loading")
router.dependencies.append(Depends(write_access))

Kept = Annotated[str, Path(alias="id", min_length=1, max_length=64, description="the id of the reading")]
Replace = Annotated[bool, Query(description="take the place of another document with this id or text")]
AllowEmpty = Annotated[bool, Query(description="load a text without items and duties, too")]
NO_STORE = {"Cache-Control": "no-store"}


@router.get("/readings", summary="What was read and is kept, the newest first", response_model=KeptReadings)
def readings(service: ServiceDep) -> Response:
    service.shelf.sweep()
    limits = service.shelf.limits
    body: dict[str, Any] = {"items": [summary(one) for one in service.shelf.listing()]}
    return JSONResponse(body | {"most": limits.readings, "hours": limits.hours}, headers=NO_STORE)


@router.post(
    "/readings",
    summary="Read a plan and keep the reading for inspection; nothing is stored in the graph",
    response_model=StagedReading,
    status_code=201,
    openapi_extra=REQUEST_BODY,
)
async def read(
    request: Request, service: ServiceDep, options: OptionsDep, encoding: Encoding = None, name: FileName = None
) -> Response:
    async with received(request, name=name, encoding=encoding) as sent:
        await run_in_threadpool(service.shelf.make_room, 1, sent.size)
        plan = await while_connected(request, partial(service.readers.plan, sent.job(options)))
        kept = await run_in_threadpool(stage, service.shelf, sent, options, trace_of(request).asker, plan)
    trace_of(request).what = kept.id
    body = await run_in_threadpool(staged_answer, service.shelf, service.store, kept)
    return JSONResponse(body, 201, NO_STORE | {"Location": f"/v1/readings/{kept.id}"})


@router.get("/readings/{id}", summary="A kept reading beside what is stored now", response_model=StagedReading)
def reading(service: ServiceDep, key: Kept) -> Response:
    service.shelf.sweep()
    return _answer(service, service.shelf.find(key))


@router.patch(
    "/readings/{id}",
    summary="Correct the head of a kept reading: it is read again, and its card made anew",
    response_model=StagedReading,
)
async def correct(
    request: Request, service: ServiceDep, key: Kept, given: Annotated[HeadCorrection, Body()]
) -> Response:
    kept = await run_in_threadpool(service.shelf.find, key)
    told = given.model_dump(exclude_unset=True)
    encoding = told.pop("encoding", kept.encoding)
    options = head_options({**to_json(kept.options), **told}, "/body")
    made = await reread(request, service, kept, options, encoding)
    return await run_in_threadpool(_answer, service, made)


@router.post(
    "/readings/{id}/store",
    summary="Store a kept reading as it was shown, by the rules of every load",
    response_model=LoadReportShape,
    responses={201: {"model": LoadReportShape, "description": "the document is new"}},
)
def store(
    request: Request, service: ServiceDep, key: Kept, replace: Replace = False, allow_empty: AllowEmpty = False
) -> Response:
    kept = service.shelf.find(key)
    report = store_kept(service.shelf, service.store, kept, replace=replace, allow_empty=allow_empty)
    trace = trace_of(request)
    trace.what, trace.data_version = report.document_id, str(report.data_version)
    return JSONResponse(report_body(report), 201 if report.created.get("Document") else 200, NO_STORE)


@router.delete("/readings/{id}", summary="Discard a kept reading", status_code=204)
def discard(service: ServiceDep, key: Kept) -> Response:
    service.shelf.remove(key)
    return Response(status_code=204)


async def reread(
    request: Request, service: Service, kept: KeptReading, options: ParseOptions, encoding: str | None
) -> KeptReading:
    """Read a kept file anew, as long as the client waits."""
    work = partial(read_again, service.shelf, service.readers, kept, options, encoding)
    return await while_connected(request, work)


def _answer(service: Service, kept: KeptReading) -> Response:
    return JSONResponse(staged_answer(service.shelf, service.store, kept), headers=NO_STORE)
