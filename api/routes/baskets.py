"""The basket (底稿篮) of the one who asks: what was put aside for a working paper. Everyone who reads has one of his own."""

import hashlib
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from starlette.responses import Response

from api.desk.basket_rows import basket_answer, entry_rows
from api.desk.baskets import PaperFields
from api.desk.paper import working_paper
from api.desk.pointing import point_at
from api.desk.subjects import subject_of
from api.export.dossier_requests import FILES
from api.export.paper import paper_sheets, paper_without_contacts
from api.export.paper_html import paper_to_html
from api.export.paper_word import paper_to_word
from api.export.workbook import to_workbook
from api.http.dependencies import ServiceDep
from api.http.reply import Contacts
from api.http.responses import attached
from api.http.trace import trace_of
from api.routes.router import Ref, v1
from api.schemas.desk import BasketAnswer, ChangedEntry, EntryRow, NewEntry, PaperFieldsShape

router = v1("baskets")
_MEDIA = {**{kind: file.media for kind, file in FILES.items()}, "html": "text/html; charset=utf-8"}
_PAPER: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in _MEDIA.values()},
        "description": "the file",
    }
}
PaperFormat = Annotated[
    Literal["docx", "xlsx", "html"],
    Query(description="docx: with its fields · xlsx: a workbook · html: one file that checks its own hashes"),
]


@router.get("/baskets", summary="Your basket", response_model=BasketAnswer)
def basket(request: Request, service: ServiceDep) -> Any:
    return basket_answer(service.store, service.baskets.of(trace_of(request).asker))


@router.post("/baskets", summary="Put something into your basket", status_code=201, response_model=EntryRow)
def put(request: Request, service: ServiceDep, given: NewEntry) -> Any:
    entry = service.baskets.put(trace_of(request).asker, point_at(service.store, subject_of(given)))
    trace_of(request).what = entry.point.subject.id
    return entry_rows(service.store, [entry])[0]


@router.get(
    "/baskets/paper",
    summary="The working paper of your basket as a file",
    response_class=Response,
    responses=_PAPER,
)
def paper(request: Request, service: ServiceDep, format: PaperFormat = "docx", contacts: Contacts = False) -> Response:
    trace = trace_of(request)
    held = service.baskets.of(trace.asker)
    made = working_paper(service.store, service.notes, held, service.clock().today)
    made = made if contacts else paper_without_contacts(made)
    if format == "html":
        page = paper_to_html(made)
        data, digest = page.data, page.sha256
    else:
        data = paper_to_word(made) if format == "docx" else to_workbook(paper_sheets(made))
        digest = hashlib.sha256(data).hexdigest()
    trace.what, trace.rows = f"{format} {digest}", len(made.entries)
    headers = {"Content-Disposition": attached(f"{made.name}.{format}"), "Cache-Control": "no-store"}
    return Response(data, headers=headers, media_type=_MEDIA[format])


@router.put("/baskets/fields", summary="Fill the fields of your working paper", response_model=BasketAnswer)
def write_fields(request: Request, service: ServiceDep, given: PaperFieldsShape) -> Any:
    written = service.baskets.write_fields(trace_of(request).asker, PaperFields(**given.model_dump()))
    return basket_answer(service.store, written)


@router.put("/baskets/entries/{ref}", summary="Change note, index number or place of an entry", response_model=EntryRow)
def change_entry(request: Request, service: ServiceDep, ref: Ref, given: ChangedEntry) -> Any:
    entry = service.baskets.change(trace_of(request).asker, ref, **given.model_dump())
    return entry_rows(service.store, [entry])[0]


@router.delete("/baskets/entries/{ref}", summary="Remove an entry from your basket", status_code=204)
def remove_entry(request: Request, service: ServiceDep, ref: Ref) -> Response:
    service.baskets.remove(trace_of(request).asker, ref)
    return Response(status_code=204)


@router.delete("/baskets", summary="Empty your basket", status_code=204)
def empty_basket(request: Request, service: ServiceDep) -> Response:
    trace_of(request).rows = service.baskets.remove(trace_of(request).asker)
    return Response(status_code=204)
