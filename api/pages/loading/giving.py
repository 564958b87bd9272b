"""The page 载入, where files are given, and the page of the job that reads them.

1. ``/load`` takes files and a pasted text in one form, and lists the jobs and what is read and not stored yet.
2. The form makes a job that reads and stores nothing (`api.loading.jobs`); its page shows how far it is, and can be left.
3. The job of a single file leads on to its card as soon as it is read.

Example: ``/load/jobs/8c1f…`` while the third of five files is read.

Left to others: the card (`api.pages.loading.card`), what script adds (``static/loading.js``).
"""

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.http.dependencies import ServiceDep, write_access
from api.http.trace import trace_of
from api.http.uploads import received_files
from api.loading.staged import summary
from api.pages.frame import FrameDep
from api.pages.router import pages
from api.pages.templates import page
from api.routes.jobs import JobId, answer_of
from graph.model import ParseOptions

JOBS_SHOWN = 20
router = pages()
router.dependencies.append(Depends(write_access))


@router.get("/load")
def load_page(service: ServiceDep, frame: FrameDep) -> Response:
    service.shelf.sweep()
    kept = [summary(one) for one in service.shelf.listing() if one.state == "read"]
    found = service.jobs.listing()
    return page(
        "load.html",
        frame,
        stored=False,
        jobs=[answer_of(service, job, whole=False) for job in found[:JOBS_SHOWN]],
        older=max(0, len(found) - JOBS_SHOWN),
        kept=kept,
        limits=service.shelf.limits,
        most_files=service.settings.job_files,
        most_mb=service.settings.max_body_bytes // 2**20,
    )


@router.post("/load")
async def take_files(request: Request, service: ServiceDep) -> Response:
    job = await service.jobs.add(
        "stage",
        received_files(request, service.settings, encoding=None),
        trace_of(request).asker,
        ParseOptions(),
        run=run_in_threadpool,
    )
    trace_of(request).what = job.id
    return RedirectResponse(f"/load/jobs/{job.id}", 303)


@router.get("/load/jobs/{id}")
def job_page(service: ServiceDep, frame: FrameDep, key: JobId) -> Response:
    job = answer_of(service, service.jobs.find(key), whole=True)
    only = job["items"][0] if len(job["items"]) == 1 else None
    if job["state"] == "done" and job["kind"] == "stage" and only and only["state"] == "read":
        return RedirectResponse(f"/load/readings/{only['id']}", 303)
    return page("load_job.html", frame, stored=False, job=job)


@router.post("/load/jobs/{id}/cancel")
def cancel_job(service: ServiceDep, key: JobId) -> Response:
    service.jobs.cancel(key)
    return RedirectResponse(f"/load/jobs/{key}", 303)


@router.post("/load/jobs/{id}/store")
def store_files(service: ServiceDep, key: JobId) -> Response:
    service.jobs.store_rest(key, replaces=False, allows_empty=False)
    return RedirectResponse(f"/load/jobs/{key}", 303)
