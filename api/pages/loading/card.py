"""The card of a reading: what was read, what was not, the head to correct, the difference to what is stored; 存入 and 放弃.

One form has the head and the buttons. What was corrected is read again first and shown, so that nothing is stored that was not
seen; only an unchanged card is stored.

Example: a wrong date, 按更正重读, then 存入: two clicks.

Left to others: reading, comparing, storing (`api.loading.staged`), the places in doubt (`api.pages.loading.doubts`).
"""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Depends, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.answers.nesting import Evidence
from api.answers.objects import document_answer
from api.http.dependencies import Service, ServiceDep, write_access
from api.http.problems import Refused
from api.http.trace import trace_of
from api.http.uploads import head_options
from api.loading.shelf import KeptReading
from api.loading.staged import staged_answer, store_kept
from api.pages.frame import Frame, FrameDep
from api.pages.loading.doubts import doubtful_places, whole_text
from api.pages.router import pages
from api.pages.templates import page
from api.routes.readings import Kept, reread
from graph.errors import DocumentConflict, EmptyPlan, WrongState, ZerenError
from graph.model import ROLE_OF, Plan, Role, to_json
from loaders.structure.corrections import CORRECTED

MOST_SHOWN = 200_000  # characters of a text on one page
OPENING = 600  # characters of one without doubts, beside its card
Act = Literal["correct", "store", "replace", "empty", "discard"]
router = pages()
router.dependencies.append(Depends(write_access))

_Field = Annotated[str, Form(max_length=300)]


@router.get("/load/readings/{id}")
def card_page(
    service: ServiceDep,
    frame: FrameDep,
    key: Kept,
    note: Annotated[Literal["corrected", "look"] | None, Query()] = None,
) -> Response:
    return _card(service, frame, service.shelf.find(key), note=note)


@router.get("/load/readings/{id}/text")
def text_page(service: ServiceDep, frame: FrameDep, key: Kept) -> Response:
    kept = service.shelf.find(key)
    plan = service.shelf.plan_of(kept)
    return page(
        "load_text.html",
        frame,
        reading=kept,
        title=plan.document.title,
        text=whole_text(plan, MOST_SHOWN),
        cut=max(0, len(plan.text) - MOST_SHOWN),
    )


@router.post("/load/readings/{id}")
async def decide(
    request: Request,
    service: ServiceDep,
    frame: FrameDep,
    key: Kept,
    act: Annotated[Act, Form(alias="do")],
    title: _Field = "",
    reference_number: _Field = "",
    issued_on: _Field = "",
    region: _Field = "",
    document_id: _Field = "",
) -> Response:
    trace, here = trace_of(request), f"/load/readings/{key}"
    kept = await run_in_threadpool(service.shelf.find, key)
    if act == "discard":
        trace.event = "discard"
        await run_in_threadpool(service.shelf.remove, key)
        return RedirectResponse("/load", 303)
    fields = (title, reference_number, issued_on, region)
    given = {**dict(zip(CORRECTED, fields, strict=True)), "document_id": document_id}
    changed = _changed(kept, {name: value.strip() for name, value in given.items()})
    if changed:
        trace.event = "correct"
        try:
            options = head_options({**to_json(kept.options), **changed}, "/body")
            await reread(request, service, kept, options, kept.encoding)
        except (Refused, ZerenError) as error:
            if isinstance(error, WrongState):
                raise
            return await run_in_threadpool(_refused, service, frame, kept, given, error)
        return RedirectResponse(f"{here}?note={'corrected' if act == 'correct' else 'look'}", 303)
    if act != "correct":
        trace.event = "load"
        await run_in_threadpool(_store, request, service, kept, act)
    return RedirectResponse(here, 303)


def _changed(kept: KeptReading, given: Mapping[str, str]) -> dict[str, str | None]:
    """Those of the fields that say something else than the card; an empty one takes back what was told."""
    card = (kept.card or {}).get("card") or {}
    shown = {**{name: card.get(name) or "" for name in CORRECTED}, "document_id": kept.options.document_id or ""}
    return {name: value or None for name, value in given.items() if value != shown[name]}


def _store(request: Request, service: Service, kept: KeptReading, act: Act) -> None:
    """Store a reading; what is in the way stands on its card."""
    try:
        report = store_kept(service.shelf, service.store, kept, replace=act == "replace", allow_empty=act == "empty")
    except (DocumentConflict, EmptyPlan):
        trace_of(request).event = "trial"
        return
    trace = trace_of(request)
    trace.what, trace.data_version = report.document_id, str(report.data_version)


def _refused(
    service: Service, frame: Frame, kept: KeptReading, given: Mapping[str, str], error: Refused | ZerenError
) -> Response:
    """The card again, with what was typed and why it cannot be."""
    field = None
    if isinstance(error, Refused) and error.problem.errors:
        field = error.problem.errors[0]["pointer"].rpartition("/")[2]
    return _card(service, frame, kept, status=422, wrong=field, typed=given)


def _card(
    service: Service,
    frame: Frame,
    kept: KeptReading,
    *,
    note: str | None = None,
    status: int = 200,
    wrong: str | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    reading = staged_answer(service.shelf, service.store, kept)
    plan = service.shelf.plan_of(kept) if kept.state == "read" else None
    coverage = reading["coverage"]
    left: Counter[str] = Counter()
    signs: Counter[str] = Counter()
    for one in coverage["left_out"] if coverage else ():
        left[one["reason"]] += 1
        signs[one["reason"]] += one["span"][1] - one["span"][0]
    return page(
        "load_card.html",
        frame,
        stored=False,
        status=status,
        reading=reading,
        doubts=doubtful_places(plan) if plan else [],
        rows=_beside(service, reading, plan) if plan else [],
        opening=whole_text(plan, OPENING) if plan else "",
        left=[(reason, count, signs[reason]) for reason, count in left.items()],
        repairs=len(plan.repairs) if plan else 0,
        note=note,
        wrong=wrong,
        failed=status != 200,
        typed=typed or {},
    )


def _beside(service: Service, reading: Mapping[str, Any], plan: Plan) -> list[tuple[str, int | None, int]]:
    """What is counted, in the stored version (None: none is stored, or it is not counted there) and in this one."""
    card, told = reading["card"], reading["comparison"]
    stored = told["stored"] or next(iter(told["replaces"]), None)
    before: Counter[str] = Counter()
    if stored is not None:
        body = document_answer(service.store, stored, Evidence.NONE).body
        # what belongs to the document itself is counted on the card as well
        before = Counter(body["counts"]) + Counter(duty["role"] for duty in body["duties"])
        before["citations"] += len(body["citations"])
    now = {
        "items": sum(item.parent is None for item in plan.items),
        **{role.value: card["duties"][role.value] for role in ROLE_OF.values()},
        "sections": card["sections"],
        "citations": card["citations"],
    }
    known = {name: None if stored is None or name == Role.LEADER else before[name] for name in now}
    return [(name, known[name], count) for name, count in now.items() if count or known[name]]
