"""The pages of notes (批注): the list with its states, and the forms that make, change, link again and remove one.

Every form works without script and repeats the token of its session. After it, one is where one came from.

Example: ``/notes?state=to-relink`` lists the notes that wait to be linked again, each with what it could be about.

Left to others: notes beside items, findings and texts (``html/parts/notes.html``), keeping them (`api.desk.notes`).
"""

from collections.abc import Mapping
from typing import Annotated, Any, cast

from fastapi import Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from api.answers.findings import plan_findings
from api.answers.nesting import TEXTS
from api.answers.paging import DEFAULT_LIMIT
from api.desk.note_rows import list_notes
from api.desk.notes import VERDICT_WORDS, KeptNote, Verdict
from api.desk.pointing import point_at
from api.desk.relinking import STANDING_WORDS
from api.desk.subjects import FINDING_SIGN, Subject
from api.http.dependencies import Service, ServiceDep, write_access
from api.http.trace import trace_of
from api.pages.desk.pointed import BackTo, PointedKey, PointedSubject
from api.pages.frame import FrameDep
from api.pages.router import Named, Ref, of_this_service, pages
from api.pages.templates import page
from api.routes.notes import own_note, plan_of_notes, what_of_note
from api.schemas.desk import LONGEST_ID, LONGEST_WHY, SentText
from graph.store.contract import ReadTransaction

MOST_CHOICES = 300  # items, findings or places that a note can be linked to
router = pages()
WRITES = [Depends(write_access)]
_WhyField = Annotated[SentText, Form(max_length=LONGEST_WHY)]
_VerdictField = Annotated[str, Form(pattern="^(checked|true|false)?$")]


@router.get("/notes")
def notes_page(
    service: ServiceDep,
    frame: FrameDep,
    state: Annotated[str, Query(pattern="^(current|moved|changed|to-relink|plan-gone)?$")] = "",
    author: Named = None,
    before: Annotated[int | None, Query(ge=1, le=2**60)] = None,
) -> Response:
    wanted: Any = state or None
    plan = None if frame.document is None else plan_of_notes(service, frame.document)
    found = list_notes(
        service.store, service.notes, DEFAULT_LIMIT, before, state=wanted, author=author or None, document=plan
    )
    choices = {row["id"]: _choices(service, row) for row in found["items"] if row["state"] == "to-relink"}
    return page("notes.html", frame, notes=found, states=STANDING_WORDS, state=state, author=author, choices=choices)


def _choices(service: Service, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a lost note could be about: a value of the form, and its words."""

    def work(reading: ReadTransaction) -> list[tuple[str, str]]:
        document = row["document"]["id"]
        met = plan_findings(service.store, reading, document)
        if row["kind"] == "item":
            return [
                (item["id"], f"{item['number'] or item['label'] or ''} {item['heading'] or ''}")
                for item in met.plan.items
            ]
        if row["kind"] == "finding":
            rule = row["subject"].partition(FINDING_SIGN)[2].partition("|")[0]
            return [(f.id, f"{_where(f.hit.item)}：{f.hit.message}") for f in met.findings if f.rule.id == rule]
        text, quote = TEXTS.get(reading, met.plan.document["text_sha256"]), row["quote"]
        found: list[tuple[str, str]] = []
        at = -1
        while (at := text.find(quote, at + 1)) >= 0 and len(found) <= MOST_CHOICES:
            around = " ".join(text[max(0, at - 12) : at + len(quote) + 12].split())
            found.append((f"{at}-{at + len(quote)}", f"第 {at}–{at + len(quote)} 字：…{around}…"))
        return found

    return service.store.read(work)[:MOST_CHOICES]


def _where(item: Mapping[str, Any] | None) -> str:
    return "整个文件" if item is None else f"{item['number'] or ''} {item['heading'] or ''}".strip()


@router.post("/notes", dependencies=WRITES)
def make_note(
    request: Request,
    service: ServiceDep,
    subject: PointedSubject,
    verdict: _VerdictField = "",
    why: _WhyField = "",
    back: BackTo = "/notes",
) -> Response:
    point = point_at(service.store, subject)
    (made,) = service.notes.add([point], why=why, verdict=_verdict(verdict), by=trace_of(request).asker)
    return _done(request, made, back)


@router.post("/notes/findings", dependencies=WRITES)
def note_findings(
    request: Request,
    service: ServiceDep,
    findings: Annotated[list[PointedKey] | None, Form(max_length=500)] = None,
    verdict: _VerdictField = "checked",
    why: _WhyField = "",
    back: BackTo = "/findings",
) -> Response:
    points = [point_at(service.store, Subject("finding", key)) for key in dict.fromkeys(findings or ())]
    made = service.notes.add(points, why=why, verdict=_verdict(verdict), by=trace_of(request).asker)
    trace_of(request).what, trace_of(request).rows = " ".join(map(what_of_note, made))[:2000], len(made)
    return RedirectResponse(of_this_service(back), 303)


@router.post("/notes/{ref}", dependencies=WRITES)
def change_note(
    request: Request,
    service: ServiceDep,
    ref: Ref,
    verdict: _VerdictField = "",
    why: _WhyField = "",
    back: BackTo = "/notes",
) -> Response:
    own_note(request, service, ref)
    return _done(
        request, service.notes.change(ref, why=why, verdict=_verdict(verdict), by=trace_of(request).asker), back
    )


@router.post("/notes/{ref}/subject", dependencies=WRITES)
def relink_note(
    request: Request,
    service: ServiceDep,
    ref: Ref,
    to: Annotated[SentText, Form(max_length=LONGEST_ID)],
    back: BackTo = "/notes",
) -> Response:
    known = own_note(request, service, ref).kept
    if known.subject.kind == "place":
        start, _, end = to.partition("-")
        place = [int(word) if word.isdecimal() and len(word) < 12 else None for word in (start, end)]
        subject = Subject("place", None, known.document, *place)
    else:
        subject = Subject(known.subject.kind, to)
    return _done(request, service.notes.relink(ref, point_at(service.store, subject), by=trace_of(request).asker), back)


@router.post("/notes/{ref}/remove", dependencies=WRITES)
def remove_note(request: Request, service: ServiceDep, ref: Ref, back: BackTo = "/notes") -> Response:
    known = own_note(request, service, ref)
    service.notes.remove(ref)
    return _done(request, known, back)


def _verdict(given: str) -> Verdict | None:
    return cast(Verdict, given) if given in VERDICT_WORDS else None


def _done(request: Request, note: KeptNote, back: str) -> Response:
    trace_of(request).what = what_of_note(note)
    return RedirectResponse(of_this_service(back), 303)
