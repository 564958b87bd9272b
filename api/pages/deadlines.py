"""The page of dates (时限) as of a day: the axis, the list with lights, what recurs, and a calendar to download.

Example: ``/deadlines?as_of=2018-12-10&light=yellow`` lists what is due within thirty days; ``/deadlines.ics`` is the
same for a calendar.

Left to others: the lights (`graph.library.deadline_steps`), the picture (`api.pages.pictures.axis`), the calendar
(`api.export.calendar`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.responses import Response

from api.answers.all_pages import fetch_all
from api.answers.nesting import Evidence
from api.answers.objects import document_answer
from api.answers.paging import MAX_LIMIT, PageRequest
from api.answers.questions import ask
from api.export.calendar import calendar
from api.http.dependencies import ServiceDep
from api.pages.addresses import downloads, linker
from api.pages.frame import Frame, FrameDep
from api.pages.objects.plans import of_plan
from api.pages.objects.units import LightName
from api.pages.pictures.axis import Square, axis_picture, mark_of
from api.pages.router import After, Ref, pages
from api.pages.templates import page

router = pages()


@router.get("/deadlines")
def deadlines_page(
    service: ServiceDep, frame: FrameDep, light: LightName | None = None, after: After = None
) -> Response:
    return _page(service, frame, None, light, after)


@router.get("/documents/{ref}/deadlines")
def deadlines_of_plan_page(
    service: ServiceDep, frame: FrameDep, ref: Ref, light: LightName | None = None, after: After = None
) -> Response:
    card = document_answer(service.store, ref, Evidence.NONE).body
    return _page(service, of_plan(frame, card), card, light, after)


@router.get("/deadlines.ics")
def deadlines_calendar(service: ServiceDep, frame: FrameDep, light: LightName | None = None) -> Response:
    rows = fetch_all(lambda wanted: lights_of(service, frame, frame.document, light, wanted), bounded=True)
    return Response(
        calendar(rows["items"]),
        media_type="text/calendar",
        headers={"Content-Disposition": 'attachment; filename="deadlines.ics"', "Cache-Control": "private, no-cache"},
    )


def lights_of(
    service: ServiceDep,
    frame: Frame,
    document: str | None,
    light: str | None,
    wanted: PageRequest,
    evidence: Evidence = Evidence.FULL,
) -> dict[str, Any]:
    """The dates in the scope of a page with their lights as of its day."""
    given = {"as_of": frame.as_of.isoformat(), "light": light, "document": document}
    return ask(
        service.store,
        "deadline-lights",
        {name: value for name, value in given.items() if value is not None},
        page=wanted,
        evidence=evidence,
        narrow=frame.place,
        clock=frame.clock,
    ).body


def _page(
    service: ServiceDep, frame: Frame, card: Mapping[str, Any] | None, light: str | None, after: str | None
) -> Response:
    document = card["id"] if card else frame.document
    rows = lights_of(service, frame, document, light, PageRequest(MAX_LIMIT, after))
    given = {"document": document} if document else {}
    others = {
        name: ask(
            service.store,
            name,
            given,
            page=PageRequest(50),
            evidence=Evidence.FULL,
            narrow=frame.place,
            clock=frame.clock,
        ).body
        for name in ("recurring-tasks", "working-day-deadlines")
    }
    files = downloads(
        "/v1/questions/deadline-lights",
        {"as_of": frame.as_of.isoformat(), "light": light, "document": document, "region": frame.region},
    )
    return page(
        "deadlines.html",
        frame,
        document=card,
        rows=rows,
        light=light,
        months=_months(rows["items"]),
        axis=axis_picture(_squares(rows["items"], frame), frame.clock, "时限轴"),
        others=others,
        files=files,
    )


def _months(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """The rows by the month they are due in, the earliest first."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in sorted(rows, key=lambda one: str(one["due"]["date"])):
        found.setdefault(row["due"]["date"][:7], []).append(row)
    return list(found.items())


def _squares(rows: Iterable[Mapping[str, Any]], frame: Frame) -> list[Square]:
    link = linker(frame.scope)
    return [
        Square(
            row["due"]["date"],
            mark_of(row["item"]["number"]),
            "task" if row["task"] else "item",
            row["words"] or row["item"]["heading"],
            link("item", row["item"]["id"]),
        )
        for row in rows
        if row["item"] and row["due"]["date"]
    ]
