"""Parsing and checking, versions and health, the description of the service."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, PlainTextResponse, Response

from api.answers.chinese.rules import rules_answer
from api.answers.paging import DEFAULT_LIMIT, MAX_LIMIT
from api.answers.questions import corrected, document_ids, not_read, questions
from api.answers.references import resolve
from api.http.dependencies import MAX_NAME, DocumentFilter, ServiceDep, Text, open_access, read_access
from api.http.trace import trace_of
from api.http.uploads import REQUEST_BODY, uploaded_json
from api.routes.documents import Encoding, FileName, OptionsDep
from api.routes.openapi import PLAN
from api.routes.router import ADMINS, v1
from api.schemas.service import AuditPage, Catalog, CheckReportShape, Health, RepairReportShape, Rules
from graph.errors import SchemaMismatch
from graph.model import to_json
from graph.stamps import utc_now
from graph.store.contract import ReadTransaction
from graph.store.migrations import migrations
from loaders.plan import PARSER_VERSION
from loaders.storing.check import check as check_store
from loaders.storing.repair import repair_store

router = APIRouter()
_v1 = v1("service")
OPEN = [Depends(open_access)]


@_v1.post(
    "/parse",
    summary="Read a plan without storing it",
    responses={200: {"content": {"application/json": {"schema": PLAN}}}},
    openapi_extra=REQUEST_BODY,
)
async def parse(
    request: Request,
    service: ServiceDep,
    options: OptionsDep,
    encoding: Encoding = None,
    name: FileName = None,
) -> Response:
    made = await uploaded_json(request, service.readers, name=name, encoding=encoding, options=options)
    return Response(made, media_type="application/json")


@_v1.post("/check", summary="Stored facts against a fresh reading of each text", response_model=CheckReportShape)
def check(service: ServiceDep, document: DocumentFilter = None) -> Response:
    found = document and service.store.read(lambda reading: resolve(reading, "document", document).id)
    report = asdict(check_store(service.store, found))
    return JSONResponse(report | {"data_version": str(report["data_version"])})


@_v1.post(
    "/repair",
    summary="Mend what a check names, from the stored texts; by itself it only says what it would do",
    response_model=RepairReportShape,
    dependencies=ADMINS,
)
def repair(
    request: Request,
    service: ServiceDep,
    dry_run: Annotated[bool, Query(description="say what would be done, change nothing")] = True,
) -> Response:
    report = repair_store(service.store, dry_run=dry_run, now=utc_now())
    trace = trace_of(request)
    trace.what = f"{len(report.done)} {'to mend' if dry_run else 'mended'}, {len(report.left)} left"
    trace.data_version = str(report.data_version)
    return JSONResponse({**to_json(report), "data_version": str(report.data_version)})


@_v1.get("/catalog", summary="Versions, counts and the age of the data", response_model=Catalog)
def catalog(service: ServiceDep) -> Response:
    status = service.store.status()
    meta, loaded = service.store.read(lambda reading: (reading.rows("read/meta"), reading.rows("read/data-age")))
    body: dict[str, Any] = {
        "version": service.build,
        "parser_version": PARSER_VERSION,
        **asdict(status),
        "data_version": str(status.data_version),
        "vocabulary_version": meta[0]["vocabulary_version"] if meta else None,
        "loaded_at": loaded[0]["loaded_at"] if loaded else None,
        "questions": list(questions()),
        "documents": document_ids(service.store),
        "not_read": not_read(service.store),
        "corrected": corrected(service.store),
    }
    return JSONResponse(body)


@_v1.get("/rules", summary="The rules by which facts are taken, in Chinese", response_model=Rules)
def rules() -> Response:
    return JSONResponse(rules_answer())


@router.get("/healthz", tags=["health"], summary="The process answers", response_model=Health, dependencies=OPEN)
async def healthz() -> Response:
    return JSONResponse({"status": "ok"})


@router.get(
    "/readyz",
    tags=["health"],
    summary="The store is reachable, its schema current, and the audit log takes lines",
    response_model=Health,
    dependencies=OPEN,
)
def readyz(service: ServiceDep) -> Response:
    wanted = max(migration.number for migration in migrations("arcadedb"))

    def schema(reading: ReadTransaction) -> int:
        rows = reading.rows("read/meta")
        return rows[0]["schema_version"] if rows else 0

    service.database.rows("SELECT 1")
    service.audit.check()  # without it, nothing may be written
    met = service.store.read(schema)
    if met != wanted:
        raise SchemaMismatch(
            f"the store has schema version {met}; expected {wanted}. Restart the service to migrate it."
        )
    return JSONResponse({"status": "ok"})


@router.get(
    "/metrics",
    tags=["health"],
    summary="Figures for a monitor, as Prometheus reads them",
    response_class=PlainTextResponse,
    dependencies=[Depends(read_access)],
)
def metrics(request: Request, service: ServiceDep) -> Response:
    return Response(request.app.state.metrics.text(service), media_type=CONTENT_TYPE_LATEST)


@_v1.get(
    "/audit",
    summary="The audit log, the newest line first: who did what, when",
    response_model=AuditPage,
    dependencies=ADMINS,
)
def audit(
    service: ServiceDep,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="lines a page")] = DEFAULT_LIMIT,
    before: Annotated[int | None, Query(ge=1, description="only lines with a smaller number")] = None,
    who: Annotated[Text | None, Query(max_length=MAX_NAME, description="only of this person")] = None,
    event: Annotated[
        Text | None,
        Query(
            max_length=40, description="only load, remove, judge, note, basket, sign-in, refused, export, question …"
        ),
    ] = None,
) -> Response:
    lines = service.audit.last(limit, before, who=who, event=event)
    following = lines[-1]["n"] if len(lines) == limit and lines[-1]["n"] > 1 else None
    return JSONResponse({"items": lines, "next": following})


@router.get("/openapi.json", include_in_schema=False, dependencies=[Depends(read_access)])
async def openapi(request: Request) -> Response:
    prefix = request.scope.get("app_root_path")
    return JSONResponse(request.app.openapi() | ({"servers": [{"url": prefix}]} if prefix else {}))


router.include_router(_v1)
