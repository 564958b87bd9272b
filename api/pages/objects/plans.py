"""The pages of plans (文件): their list, and one with 概览 · 原文 · 职责表 · 矩阵 · 时限 · 疑点 · 下载.

Example: ``/documents/娄底市-娄发2017-4/matrix?section=娄底市-娄发2017-4:s2.1`` is the matrix of a part: 35 rows, 8 items.

Left to others: the answers (`api.answers`), dates and findings over several plans (`api.pages.deadlines`,
`api.pages.findings`), the source with its marks (`api.pages.objects.source`).
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from api.answers.chaining.matrix import matrix_answer
from api.answers.findings import list_findings
from api.answers.lists import list_documents, list_items, list_sections
from api.answers.nesting import Evidence
from api.answers.objects import ROLES, document_answer, reading_answer
from api.answers.paging import MAX_LIMIT, PageRequest
from api.answers.references import Narrow
from api.http.dependencies import ServiceDep
from api.pages.addresses import downloads, segment
from api.pages.clauses import by_clause
from api.pages.frame import Frame, FrameDep
from api.pages.router import After, Named, Ref, Words, pages
from api.pages.templates import page

PLANS_OF_A_PAGE = 50
ITEMS_OF_A_PAGE = 200
EVERY_FINDING = 100_000
WHOLE_MATRIX = 60  # items of a plan up to which its matrix is shown whole
router = pages()


@router.get("/documents")
def documents_page(service: ServiceDep, frame: FrameDep, q: Words = "", after: After = None) -> Response:
    words = q.strip() or None
    found = list_documents(service.store, q=words, narrow=frame.place, page=PageRequest(PLANS_OF_A_PAGE, after)).body
    files = downloads("/v1/documents", {"q": words, "region": frame.region})
    return page("documents.html", frame, documents=found, q=q, files=files)


@router.get("/documents/{ref}")
def document_page(service: ServiceDep, frame: FrameDep, ref: Ref, after: After = None) -> Response:
    card = document_answer(service.store, ref, Evidence.FULL).body
    items = list_items(
        service.store,
        narrow=Narrow(document=card["id"]),
        page=PageRequest(ITEMS_OF_A_PAGE, after),
        evidence=Evidence.NONE,
    ).body
    return page(
        "document.html",
        of_plan(frame, card),
        document=card,
        items=items,
        parts=_parts(items["items"]),
        sections=outline(service, card["id"]),
        reading=reading_answer(service.store, card["id"]).body,
        files=files_of(card["id"]),
    )


@router.get("/documents/{ref}/duties")
def duties_page(service: ServiceDep, frame: FrameDep, ref: Ref, section: Named = None) -> Response:
    card, sections, body = _of_part(service, ref, section)
    loose = {unit["id"] for unit in body["units"] if unit["collective"]}
    rows = [
        {
            "item": item,
            "groups": [(role, by_clause(one)) for role in ROLES.values() if (one := _role(item, role, loose))],
        }
        for item in body["items"]
    ]
    return page(
        "duties.html",
        of_plan(frame, card),
        document=card,
        sections=sections,
        rows=rows,
        matrix=body,
    )


@router.get("/documents/{ref}/matrix")
def matrix_page(
    service: ServiceDep,
    frame: FrameDep,
    ref: Ref,
    section: Named = None,
    collectives: Annotated[bool, Query()] = True,
) -> Response:
    card, sections, body = _of_part(service, ref, section)
    units = sorted(body["units"], key=lambda unit: (-unit["lead"], -unit["responsible"], -unit["cooperating"]))
    named = [unit for unit in units if not unit["collective"]]
    return page(
        "matrix.html",
        of_plan(frame, card),
        document=card,
        sections=sections,
        matrix=body,
        named=named,
        loose=[unit for unit in units if unit["collective"]] if collectives else [],
        collectives=collectives,
        cells={item["id"]: {cell["unit"]: cell["duties"] for cell in item["cells"]} for item in body["items"]},
        remarks=_remarks(service, card, body["items"]),
    )


def of_plan(frame: Frame, card: Mapping[str, Any]) -> Frame:
    """The frame of a page about one plan; a scope of its own plan is what the address says already."""
    return replace(frame, document=None, document_title=None) if frame.document == card["id"] else frame


def outline(service: ServiceDep, document: str) -> list[dict[str, Any]]:
    """The parts of a plan, at most `MAX_LIMIT`."""
    found: list[dict[str, Any]] = list_sections(
        service.store, document, page=PageRequest(MAX_LIMIT), evidence=Evidence.REF
    ).body["items"]
    return found


def _of_part(
    service: ServiceDep, ref: str, section: str | None
) -> tuple[Mapping[str, Any], Sequence[Mapping[str, Any]], Mapping[str, Any]]:
    """A plan, its parts that have items, and the matrix of one of them: the first, where the plan is too long to be shown whole."""
    card = document_answer(service.store, ref, Evidence.NONE).body
    sections = [one for one in outline(service, card["id"]) if one["items"]]
    if section is None and card["counts"]["items"] > WHOLE_MATRIX and sections:
        section = sections[0]["id"]
    return card, sections, matrix_answer(service.store, card["id"], section=section, evidence=Evidence.FULL).body


def _role(item: Mapping[str, Any], role: str, loose: Set[str]) -> list[Mapping[str, Any]]:
    """The duties of one role on an item of a matrix, in the order of their words, each with its unit; ``loose`` are the
    collectives.
    """
    found = [
        {**duty, "unit": {"id": cell["unit"]}, "collective": cell["unit"] in loose}
        for cell in item["cells"]
        for duty in cell["duties"]
        if duty["role"] == role
    ]
    return sorted(found, key=lambda duty: duty["evidence"]["span"] or [0])


def _remarks(service: ServiceDep, card: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """What a reader should see of each item: no lead, nobody named, an open list."""
    unnamed = list_findings(
        service.store,
        rule="only-collectives",
        narrow=Narrow(document=card["id"]),
        page=PageRequest(EVERY_FINDING),
        evidence=Evidence.NONE,
    ).body["items"]
    only = {row["item"]["id"] for row in unnamed if row["item"]}
    found = {}
    for item in items:
        open_ = any(duty["open_list"] for cell in item["cells"] for duty in cell["duties"])
        marks = {"no-lead": "no-lead" in item["checks"], "collective": item["id"] in only, "open": open_}
        found[item["id"]] = [name for name, holds in marks.items() if holds]
    return found


def _parts(items: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    """The items by the part they stand in, in document order."""
    found: dict[str, tuple[Mapping[str, Any], list[Mapping[str, Any]]]] = {}
    for item in items:
        section = item["section"]
        found.setdefault(section["id"], (section, []))[1].append(item)
    return list(found.values())


def files_of(document: str) -> dict[str, str]:
    """What a plan can be had as: words -> address."""
    key = segment(document)
    return {
        "审计底稿，表格 XLSX": f"/v1/documents/{key}/dossier?format=xlsx",
        "审计底稿，文稿 DOCX": f"/v1/documents/{key}/dossier?format=docx",
        "事项 CSV": downloads("/v1/items", {"document": document})["CSV"],
        "疑点 CSV": downloads("/v1/findings", {"document": document})["CSV"],
        "原文 TXT": f"/v1/documents/{key}/text",
    }
