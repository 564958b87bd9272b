"""Removing a plan: a page that says first what goes with it and what stays, then the removal itself. For admins.

What goes is counted by a removal that is tried and taken back, so it is what the removal does.

Left to others: the removal (`loaders.storing.load`), who may (`api.http.access`).
"""

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from api.answers.nesting import Evidence
from api.answers.objects import document_answer
from api.http.dependencies import ServiceDep, admin_access
from api.http.trace import trace_of
from api.pages.frame import FrameDep
from api.pages.router import Ref, pages
from api.pages.templates import page
from graph.model import ROLE_OF, Role
from loaders.storing.load import remove_document, try_removal

router = pages()
router.dependencies.append(Depends(admin_access))


@router.get("/documents/{ref}/remove")
def removal_page(service: ServiceDep, frame: FrameDep, ref: Ref) -> Response:
    card = document_answer(service.store, ref, Evidence.NONE).body
    tried = try_removal(card["id"], service.store)
    gone = tried.report.removed
    return page(
        "remove.html",
        frame,
        stored=False,
        document=card,
        duties={Role(role).value: gone.get(kind, 0) for kind, role in ROLE_OF.items()},
        gone=gone,
        judgements=tried.judgements,
        notes=service.notes.count(document=card["id"]),
    )


@router.post("/documents/{ref}/remove")
def remove_plan(request: Request, service: ServiceDep, ref: Ref) -> Response:
    card = document_answer(service.store, ref, Evidence.NONE).body
    report = remove_document(card["id"], service.store)
    trace = trace_of(request)
    trace.what, trace.data_version = report.document_id, str(report.data_version)
    return RedirectResponse("/documents", 303)
