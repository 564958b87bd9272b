"""Notes (批注) on items, findings and places in a text; they are kept beside the plans and change no fact."""

from typing import Annotated, Any

from fastapi import Query, Request
from starlette.responses import Response

from api.answers.paging import DEFAULT_LIMIT, MAX_LIMIT
from api.answers.references import resolve
from api.desk.note_rows import list_notes, note_row, note_rows
from api.desk.notes import KeptNote
from api.desk.pointing import point_at
from api.desk.subjects import Subject, subject_of
from api.http.access import refuse_other_author
from api.http.dependencies import MAX_NAME, Service, ServiceDep, Text
from api.http.trace import trace_of
from api.routes.router import WRITES, Ref, v1
from api.schemas.desk import (
    LONGEST_ID,
    ChangedNote,
    NewFindingNotes,
    NewNote,
    NoteKind,
    NotePage,
    NoteRow,
    NotesMade,
    NoteState,
    NoteTarget,
)
from graph.errors import NotFound

router = v1("notes")

_About = Annotated[Text | None, Query(max_length=LONGEST_ID, description="about this item or finding: its id")]
_Of = Annotated[Text | None, Query(max_length=MAX_NAME, description="of this plan: id, title or 文号")]
_Kind = Annotated[NoteKind | None, Query(description="on: item, finding or place")]
_Author = Annotated[Text | None, Query(max_length=MAX_NAME, description="by this person")]
_State = Annotated[NoteState | None, Query(description="how they stand: current, moved, changed, to-relink, plan-gone")]


@router.get("/notes", summary="Notes on items, findings and places, the newest first", response_model=NotePage)
def notes(
    service: ServiceDep,
    subject: _About = None,
    document: _Of = None,
    author: _Author = None,
    kind: _Kind = None,
    state: _State = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="notes a page")] = DEFAULT_LIMIT,
    before: Annotated[int | None, Query(ge=1, le=2**60, description="the next of the page before")] = None,
) -> Any:
    plan = None if document is None else plan_of_notes(service, document)
    given = {"document": plan, "author": author, "kind": kind}
    return list_notes(service.store, service.notes, limit, before, state=state, subject=subject, **given)


def plan_of_notes(service: Service, reference: str) -> str:
    """The id of a plan that notes are about; it may be gone, then it is what was given."""
    try:
        return service.store.read(lambda reading: resolve(reading, "document", reference).id)
    except NotFound:
        return reference


@router.post("/notes", summary="Note something", status_code=201, response_model=NoteRow, dependencies=WRITES)
def make_note(request: Request, service: ServiceDep, given: NewNote) -> Any:
    point = point_at(service.store, subject_of(given))
    person = trace_of(request).asker
    (made,) = service.notes.add([point], why=given.why, verdict=given.verdict, by=person)
    trace_of(request).what = what_of_note(made)
    return note_row(service.store, made)


@router.post(
    "/notes/findings",
    summary="Note the same on several findings",
    status_code=201,
    response_model=NotesMade,
    dependencies=WRITES,
)
def note_findings(request: Request, service: ServiceDep, given: NewFindingNotes) -> Any:
    points = [point_at(service.store, Subject("finding", key)) for key in dict.fromkeys(given.findings)]
    made = service.notes.add(points, why=given.why, verdict=given.verdict, by=trace_of(request).asker)
    trace_of(request).what, trace_of(request).rows = " ".join(map(what_of_note, made))[:2000], len(made)
    return {"items": note_rows(service.store, made)}


@router.get("/notes/{ref}", summary="One note", response_model=NoteRow)
def note(service: ServiceDep, ref: Ref) -> Any:
    return note_row(service.store, service.notes.get(ref))


@router.put("/notes/{ref}", summary="Change what a note says", response_model=NoteRow, dependencies=WRITES)
def change_note(request: Request, service: ServiceDep, ref: Ref, given: ChangedNote) -> Any:
    own_note(request, service, ref)
    changed = service.notes.change(ref, why=given.why, verdict=given.verdict, by=trace_of(request).asker)
    return note_row(service.store, changed)


@router.put(
    "/notes/{ref}/subject",
    summary="Link a note again: what it is about from now on",
    response_model=NoteRow,
    dependencies=WRITES,
)
def relink_note(request: Request, service: ServiceDep, ref: Ref, given: NoteTarget) -> Any:
    own_note(request, service, ref)
    point = point_at(service.store, subject_of(given))
    changed = service.notes.relink(ref, point, by=trace_of(request).asker)
    trace_of(request).what = what_of_note(changed)
    return note_row(service.store, changed)


@router.delete("/notes/{ref}", summary="Remove a note", status_code=204, dependencies=WRITES)
def remove_note(request: Request, service: ServiceDep, ref: Ref) -> Response:
    known = own_note(request, service, ref)
    service.notes.remove(ref)
    trace_of(request).what = what_of_note(known)
    return Response(status_code=204)


def own_note(request: Request, service: Service, key: str) -> KeptNote:
    """The note with this id, which the one who asks may change."""
    known = service.notes.get(key)
    refuse_other_author(request, known.author_key, known.author)
    return known


def what_of_note(note: KeptNote) -> str:
    """What the audit log says of a note: its id and what it is about, no word of it."""
    subject = note.kept.subject
    return f"{note.id} {subject.id or f'{subject.document} {subject.start}-{subject.end}'}"
