"""Plans: the list, loading and removing, and the outline, items, text, coverage and repairs of a plan."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.answers.lists import list_documents, list_items, list_sections
from api.answers.nesting import Evidence
from api.answers.objects import coverage_answer, document_answer, repairs_answer
from api.answers.references import Narrow, resolve
from api.answers.source_text import place_answer, text_answer
from api.export.dossier_requests import document_dossier
from api.http.dependencies import MAX_NAME, EvidenceLevel, PlaceDep, SearchWords, ServiceDep, Text
from api.http.reply import Contacts, Reply
from api.http.responses import respond_dossier, respond_object, respond_text
from api.http.trace import trace_of
from api.http.uploads import REQUEST_BODY, head_options, uploaded_plan
from api.loading.staged import report_body
from api.routes.router import ADMINS, DOSSIER, LIST, WRITES, FileFormat, Ref, v1
from api.schemas.base import DocumentRow, ItemRow, Listing, SectionRow
from api.schemas.objects import Coverage, DocumentCard, PlaceOfText, Repairs, TextPieces
from api.schemas.service import LoadReportShape
from graph.model import ParseOptions
from graph.stamps import utc_now
from loaders.storing.load import LoadReport, load_plan, remove_document

router = v1("documents")
MOST_CHARACTERS = 2**31 - 1

_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"model": TextPieces, "content": {"text/plain": {"schema": {"type": "string"}}}, "description": "the text"}
}


Encoding = Annotated[str | None, Query(max_length=20, description="read the bytes so: gb18030, big5 …")]
FileName = Annotated[Text | None, Query(max_length=MAX_NAME, description="name of the file the text comes from")]
DocumentId = Annotated[Text | None, Query(min_length=1, max_length=MAX_NAME, description="an id of its own")]
_ABOVE = "counts above what the text says, and is marked as corrected (人工更正)"
IssuedOn = Annotated[str | None, Query(max_length=40, description=f"year or day of issue; {_ABOVE}")]
RegionOf = Annotated[Text | None, Query(max_length=MAX_NAME, description=f"the place of the plan: 娄底市; {_ABOVE}")]
TitleOf = Annotated[Text | None, Query(max_length=MAX_NAME, description=f"the title of the plan; {_ABOVE}")]
NumberOf = Annotated[Text | None, Query(max_length=MAX_NAME, description=f"文号: 娄发〔2017〕4号; {_ABOVE}")]


async def _options(
    document_id: DocumentId = None,
    title: TitleOf = None,
    reference_number: NumberOf = None,
    issued_on: IssuedOn = None,
    region: RegionOf = None,
) -> ParseOptions:
    """What the caller tells the parser."""
    given = {"title": title, "reference_number": reference_number, "issued_on": issued_on, "region": region}
    return head_options({"document_id": document_id, **given}, "/query")


OptionsDep = Annotated[ParseOptions, Depends(_options)]


@router.get("/documents", summary="The loaded plans", response_model=Listing[DocumentRow], responses=LIST)
def documents(reply: Reply, place: PlaceDep, q: SearchWords = None) -> Response:
    return reply.list("documents", DocumentRow, lambda page: list_documents(reply.store, q=q, narrow=place, page=page))


@router.post(
    "/documents",
    summary="Load a plan",
    response_model=LoadReportShape,
    responses={201: {"model": LoadReportShape, "description": "the document is new"}},
    dependencies=WRITES,
    openapi_extra=REQUEST_BODY,
)
async def load(
    request: Request,
    service: ServiceDep,
    options: OptionsDep,
    dry_run: Annotated[bool, Query(description="say what would be written, write nothing")] = False,
    replace: Annotated[bool, Query(description="take the place of another document with this id or text")] = False,
    allow_empty: Annotated[bool, Query(description="load a text without items and duties, too")] = False,
    encoding: Encoding = None,
    name: FileName = None,
) -> Response:
    plan = await uploaded_plan(request, service.readers, name=name, encoding=encoding, options=options)

    def work() -> LoadReport:
        now = utc_now()
        return load_plan(plan, service.store, replace=replace, dry_run=dry_run, allow_empty=allow_empty, now=now)

    report = await run_in_threadpool(work)
    trace = trace_of(request)
    trace.what, trace.data_version = report.document_id, str(report.data_version)
    trace.event = "trial" if dry_run else "load"
    new = bool(report.created.get("Document")) and not report.dry_run
    headers = {"Location": f"/v1/documents/{quote(report.document_id, safe=':')}"} if not report.dry_run else {}
    return JSONResponse(report_body(report), 201 if new else 200, headers)


@router.get("/documents/{ref}", summary="One plan with the facts of the document itself", response_model=DocumentCard)
def document(request: Request, service: ServiceDep, ref: Ref, evidence: EvidenceLevel = Evidence.FULL) -> Response:
    return respond_object(request, service, lambda: document_answer(service.store, ref, evidence))


@router.delete(
    "/documents/{ref}",
    summary="Remove a plan, by its id, title or 文号; notes on it stay",
    response_model=LoadReportShape,
    dependencies=ADMINS,
)
def remove(request: Request, service: ServiceDep, ref: Ref) -> Response:
    narrow = Narrow(default_region=service.settings.default_region)
    found = service.store.read(lambda reading: resolve(reading, "document", ref, narrow))
    report = remove_document(found.id, service.store)
    trace = trace_of(request)
    trace.what, trace.data_version = report.document_id, str(report.data_version)
    return JSONResponse({**report_body(report), "notes_kept": service.notes.count(document=found.id)})


@router.get(
    "/documents/{ref}/sections", summary="The outline of a plan", response_model=Listing[SectionRow], responses=LIST
)
def sections(ref: Ref, reply: Reply, evidence: EvidenceLevel = Evidence.REF) -> Response:
    return reply.list(
        "sections", SectionRow, lambda page: list_sections(reply.store, ref, page=page, evidence=evidence), evidence
    )


@router.get("/documents/{ref}/items", summary="The items of a plan", response_model=Listing[ItemRow], responses=LIST)
def items(ref: Ref, reply: Reply, evidence: EvidenceLevel = Evidence.REF) -> Response:
    return reply.list(
        "items",
        ItemRow,
        lambda page: list_items(reply.store, narrow=Narrow(document=ref), page=page, evidence=evidence),
        evidence,
    )


@router.get(
    "/documents/{ref}/dossier",
    summary="The dossier of a plan as a file: duties, times, instruments, words, findings",
    response_class=Response,
    responses=DOSSIER,
)
def dossier(
    request: Request, service: ServiceDep, ref: Ref, format: FileFormat = "xlsx", contacts: Contacts = False
) -> Response:
    return respond_dossier(
        request,
        service,
        format,
        lambda: document_dossier(service.store, ref, service.clock().today),
        contacts=contacts,
    )


def _flag(value: Any) -> Any:
    return True if value == "" else value


@router.get("/documents/{ref}/text", summary="The source text, plain or in marked pieces", responses=_TEXT)
def text(
    request: Request,
    service: ServiceDep,
    ref: Ref,
    pieces: Annotated[
        bool, BeforeValidator(_flag), Query(description="as JSON, cut at every border of a mark")
    ] = False,
) -> Response:
    if pieces:
        return respond_object(request, service, lambda: text_answer(service.store, ref, pieces=True))
    return respond_text(request, service, lambda: text_answer(service.store, ref, pieces=False))


@router.get("/documents/{ref}/place", summary="The words at one place of the source text", response_model=PlaceOfText)
def place(
    request: Request,
    service: ServiceDep,
    ref: Ref,
    start: Annotated[int, Query(ge=0, le=MOST_CHARACTERS, description="code points before it")],
    end: Annotated[int, Query(ge=1, le=MOST_CHARACTERS, description="code points up to its end")],
    around: Annotated[int, Query(ge=0, le=2000, description="characters before and behind it, at most")] = 80,
) -> Response:
    return respond_object(request, service, lambda: place_answer(service.store, ref, start, end, around))


@router.get(
    "/documents/{ref}/coverage", summary="What of the text was taken, what not and why", response_model=Coverage
)
def coverage(request: Request, service: ServiceDep, ref: Ref) -> Response:
    return respond_object(request, service, lambda: coverage_answer(service.store, ref))


@router.get("/documents/{ref}/repairs", summary="Losses of the source made good, and doubts", response_model=Repairs)
def repairs(request: Request, service: ServiceDep, ref: Ref) -> Response:
    return respond_object(request, service, lambda: repairs_answer(service.store, ref))
