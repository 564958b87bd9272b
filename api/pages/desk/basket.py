"""The page of the basket (底稿篮), and the forms that fill it: one form has the fields, the notes, the order, and the papers.

1. Whatever button of the form is pressed, everything in it is kept first; then its own work is done: an entry moves or goes, or
   the paper is written.
2. The buttons ``＋`` of other pages post to ``/basket/add`` and ``/basket/remove``; with script nothing is loaded anew.

Example: ``/basket`` says 4 条，可以成稿.

Left to others: keeping it (`api.desk.baskets`), the script of the buttons (``static/basket.js``).
"""

from fastapi import Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from api.desk.basket_rows import basket_answer
from api.desk.baskets import PaperFields
from api.desk.pointing import point_at
from api.http.dependencies import Service, ServiceDep
from api.http.problems import invalid
from api.http.trace import trace_of
from api.pages.desk.pointed import BackTo, PointedKey, PointedSubject
from api.pages.frame import FrameDep
from api.pages.router import of_this_service, pages
from api.pages.templates import page
from api.schemas.desk import ChangedEntry, PaperFieldsShape
from api.security.keys import Person

router = pages()
_FIELDS = ("project", "prepared_by", "reviewed_by", "date", "prefix")


@router.get("/basket")
def basket_page(request: Request, service: ServiceDep, frame: FrameDep) -> Response:
    held = basket_answer(service.store, service.baskets.of(trace_of(request).asker))
    return page("basket.html", frame, basket=held, shared=trace_of(request).asker.how == "local")


@router.post("/basket")
async def save_basket(request: Request, service: ServiceDep) -> Response:
    """Keep what the form says, then do what its button says."""
    form = await request.form()
    person = trace_of(request).asker
    await run_in_threadpool(_save, service, person, form)
    if (kind := form.get("paper")) in ("docx", "xlsx", "html"):
        return RedirectResponse(f"/v1/baskets/paper?format={kind}", 303)
    return RedirectResponse("/basket", 303)


def _save(service: Service, person: Person, form: FormData) -> None:
    words = {name: str(value) for name, value in form.multi_items()}
    try:
        fields = PaperFieldsShape(**{name: words[name].strip() for name in _FIELDS if name in words})
        changes = {
            one.id: ChangedEntry(note=words.get(f"note-{one.id}"), mark=words.get(f"mark-{one.id}", one.mark).strip())
            for one in service.baskets.of(person).entries
        }
    except ValidationError as error:
        first = error.errors()[0]
        raise invalid(f"/body/{first['loc'][0]}", f"{first['loc'][0]}: {first['msg']}.") from None
    service.baskets.write_fields(person, PaperFields(**fields.model_dump()))
    for entry in service.baskets.of(person).entries:
        given = changes.get(entry.id)
        if given is not None and (given.note, given.mark) not in ((entry.note, entry.mark), (None, entry.mark)):
            service.baskets.change(person, entry.id, note=given.note, mark=given.mark, position=None)
    for name, step in (("up", -1), ("down", 1)):
        for entry in service.baskets.of(person).entries:
            if entry.id == words.get(name):
                place = max(1, entry.position + step)
                service.baskets.change(person, entry.id, note=None, mark=None, position=place)
                return
    if gone := words.get("remove"):
        service.baskets.remove(person, gone)
    if words.get("clear"):
        service.baskets.remove(person)


@router.post("/basket/add")
def add_to_basket(
    request: Request,
    service: ServiceDep,
    subject: PointedSubject,
    back: BackTo = "/basket",
) -> Response:
    point = point_at(service.store, subject)
    service.baskets.put(trace_of(request).asker, point)
    trace_of(request).what = point.subject.id
    return RedirectResponse(of_this_service(back), 303)


@router.post("/basket/remove")
def remove_from_basket(request: Request, service: ServiceDep, entry: PointedKey, back: BackTo = "/basket") -> Response:
    service.baskets.remove(trace_of(request).asker, entry)
    return RedirectResponse(of_this_service(back), 303)
