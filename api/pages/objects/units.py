"""The pages of units: their list, one unit with all its duties on an axis and by light, and what two units share.

Order of steps for one unit: the card; a page of its duties, at most `ROWS`; the facets (role, light, part) counted over
these rows; the rows that pass them, in groups.  Where a unit has more duties the page says so, and its files hold all.

Example: ``/units/娄底市:市政府法制办?as_of=2018-12-10&light=yellow`` lists the twelve that are due within thirty days.

Left to others: the answers (`api.answers.lists`, `api.answers.questions`), the picture (`api.pages.pictures.axis`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from starlette.responses import Response

from api.answers.chaining.chains import partners_of
from api.answers.findings import list_findings
from api.answers.lists import list_units
from api.answers.nesting import Evidence
from api.answers.objects import unit_answer
from api.answers.paging import MAX_LIMIT, PageRequest
from api.answers.questions import ask
from api.answers.references import Narrow
from api.http.dependencies import RoleFilter, ServiceDep
from api.pages.addresses import downloads, linker, segment
from api.pages.frame import Frame, FrameDep
from api.pages.pictures.axis import Square, axis_picture, mark_of
from api.pages.router import After, Named, Ref, Words, pages
from api.pages.templates import page
from api.pages.wording import LIGHT_WORDS, light_of

ROWS = MAX_LIMIT
UNITS_OF_A_PAGE = 100
FINDINGS_SHOWN = 20
LightName = Literal["red", "yellow", "green", "none"]
Grouping = Literal["light", "part", "no"]
router = pages()


@router.get("/units")
def units_page(
    service: ServiceDep,
    frame: FrameDep,
    q: Words = "",
    kind: Named = None,
    after: After = None,
) -> Response:
    words, wanted = q.strip() or None, (kind or "").strip() or None
    found = list_units(
        service.store, q=words, kind=wanted, narrow=frame.narrow, page=PageRequest(UNITS_OF_A_PAGE, after)
    ).body
    files = downloads("/v1/units", {"q": words, "kind": wanted, "document": frame.document, "region": frame.region})
    return page("units.html", frame, units=found, q=q, kind=wanted, files=files)


@router.get("/units/{ref}")
def unit_page(
    service: ServiceDep,
    frame: FrameDep,
    ref: Ref,
    role: RoleFilter = None,
    light: LightName | None = None,
    part: Named = None,
    group: Grouping = "light",
    after: After = None,
) -> Response:
    card = unit_answer(service.store, ref, frame.narrow).body
    given = {"unit": card["id"], "role": None, "document": frame.document}
    duties = ask(
        service.store, "unit-duties", given, page=PageRequest(ROWS, after), evidence=Evidence.FULL, narrow=frame.place
    ).body
    rows = [one | {"light": light_of(one["due"]["date"], frame.clock).name} for one in duties["items"]]
    chosen = {"role": role, "light": light, "part": part}
    shown = [row for row in rows if _fits(row, chosen)]
    findings = list_findings(
        service.store,
        unit=card["id"],
        narrow=Narrow(document=frame.document, default_region=frame.default_region),
        page=PageRequest(FINDINGS_SHOWN),
    ).body
    address = f"/v1/units/{segment(card['id'])}/duties"
    return page(
        "unit.html",
        frame,
        unit=card,
        duties=duties,
        rows=rows,
        groups=_groups(shown, group),
        shown=len(shown),
        counted={name: _counted(rows, chosen, name) for name in chosen},
        chosen=chosen,
        group=group,
        parts={_part(row): _part_words(row) for row in rows},
        axis=axis_picture(_squares(shown, frame), frame.clock, f"{card['name']}各项的时限"),
        partners=partners_of(service.store, card["id"]),
        findings=findings,
        files=downloads(address, {"role": role, "document": frame.document}),
    )


@router.get("/units/{ref}/shared-with/{other}")
def shared_page(service: ServiceDep, frame: FrameDep, ref: Ref, other: Ref, after: After = None) -> Response:
    cards = [unit_answer(service.store, one, frame.place).body for one in (ref, other)]
    given = {"unit": cards[0]["id"], "other": cards[1]["id"]}
    rows = ask(service.store, "shared-items", given, page=PageRequest(ROWS, after), evidence=Evidence.FULL)
    return page("shared.html", frame, unit=cards[0], other=cards[1], shared=rows.body)


def _part(row: Mapping[str, Any]) -> str:
    """The part of a plan that a duty stands in; the plan itself for a duty of the whole."""
    if row["item"] is None:
        return str(row["document"]["id"])
    section = row["item"]["section"]
    return str(section["id"] if section else row["item"]["document_id"])


def _part_words(row: Mapping[str, Any]) -> str:
    if row["item"] is None or not row["item"]["section"]:
        return "整个文件"
    section = row["item"]["section"]
    return f"{section['label'] or ''}{section['title']}"


_VALUE = {"role": lambda row: row["role"], "light": lambda row: row["light"], "part": _part}


def _fits(row: Mapping[str, Any], chosen: Mapping[str, str | None], but: str | None = None) -> bool:
    return all(value is None or name == but or _VALUE[name](row) == value for name, value in chosen.items())


def _counted(rows: Iterable[Mapping[str, Any]], chosen: Mapping[str, str | None], name: str) -> Counter[str]:
    """How many rows each value of a facet would give, with the other facets as they are."""
    return Counter(_VALUE[name](row) for row in rows if _fits(row, chosen, but=name))


def _groups(rows: Sequence[Mapping[str, Any]], by: Grouping) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """The rows in groups: by light, the most pressing first and within it by date; by part in document order."""
    if by == "no":
        return [("", list(rows))] if rows else []
    name = "light" if by == "light" else "part"
    found: dict[str, list[Mapping[str, Any]]] = {key: [] for key in LIGHT_WORDS} if by == "light" else {}
    for row in rows:
        found.setdefault(_VALUE[name](row), []).append(row)
    if by == "light":
        for group in found.values():
            group.sort(key=lambda row: row["due"]["date"] or "")
    return [(key, group) for key, group in found.items() if group]


def _squares(rows: Iterable[Mapping[str, Any]], frame: Frame) -> list[Square]:
    link = linker(frame.scope)
    found = []
    for row in rows:
        item = row["item"]
        if item and row["due"]["date"]:
            mark = mark_of(item["number"])
            found.append(Square(row["due"]["date"], mark, row["role"], item["heading"], link("item", item["id"])))
    return found
