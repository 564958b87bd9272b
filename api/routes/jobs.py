"""Jobs: several files are given at once, and read and loaded one after the other while whoever gave them is elsewhere."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.http.dependencies import Service, ServiceDep, write_access
from api.http.trace import trace_of
from api.http.uploads import FILES_BODY, head_options, received_files
from api.loading.jobs import LoadJob, job_answer
from api.routes.documents import Encoding, IssuedOn, RegionOf
from api.routes.readings import NO_STORE, AllowEmpty, Replace
from api.routes.router import v1
from api.schemas.loading import JobCard, KeptJobs

router = v1("loading")
router.dependencies.append(Depends(write_access))

JobId = Annotated[str, Path(alias="id", min_length=1, max_length=64, description="the id of the job")]
Stage = Annotated[bool, Query(description="read the files and keep them for inspection, store nothing")]


@router.get("/jobs", summary="The jobs, the newest first, without their files", response_model=KeptJobs)
def jobs(service: ServiceDep) -> Response:
    found = [answer_of(service, job, whole=False) for job in service.jobs.listing()]
    return JSONResponse({"items": found, "most": service.jobs.most}, headers=NO_STORE)


@router.post(
    "/jobs",
    summary="Load several files, one after the other; the answer comes before they are read",
    response_model=JobCard,
    status_code=202,
    openapi_extra=FILES_BODY,
)
async def begin(
    request: Request,
    service: ServiceDep,
    stage: Stage = False,
    replace: Replace = False,
    allow_empty: AllowEmpty = False,
    encoding: Encoding = None,
    region: RegionOf = None,
    issued_on: IssuedOn = None,
) -> Response:
    options = head_options({"region": region, "issued_on": issued_on}, "/query")
    job = await service.jobs.add(
        "stage" if stage else "load",
        received_files(request, service.settings, encoding=encoding),
        trace_of(request).asker,
        options,
        replaces=replace,
        allows_empty=allow_empty,
        run=run_in_threadpool,
    )
    trace_of(request).what = job.id
    body = await run_in_threadpool(answer_of, service, job, whole=True)
    return JSONResponse(body, 202, NO_STORE | {"Location": f"/v1/jobs/{job.id}"})


@router.get("/jobs/{id}", summary="How far a job is, and the card of each file", response_model=JobCard)
def job(service: ServiceDep, key: JobId) -> Response:
    return JSONResponse(answer_of(service, service.jobs.find(key), whole=True), headers=NO_STORE)


@router.post(
    "/jobs/{id}/cancel",
    summary="End a job before its next file; what it has stored stays stored",
    response_model=JobCard,
)
def cancel(service: ServiceDep, key: JobId) -> Response:
    return JSONResponse(answer_of(service, service.jobs.cancel(key), whole=True), headers=NO_STORE)


@router.post(
    "/jobs/{id}/store",
    summary="Store the files that a job has read and kept, as a job",
    response_model=JobCard,
    status_code=202,
)
def store_rest(service: ServiceDep, key: JobId, replace: Replace = False, allow_empty: AllowEmpty = False) -> Response:
    found = service.jobs.store_rest(key, replaces=replace, allows_empty=allow_empty)
    return JSONResponse(answer_of(service, found, whole=True), 202, NO_STORE)


def answer_of(service: Service, job: LoadJob, *, whole: bool) -> dict[str, Any]:
    """A job with what became of its files."""
    return job_answer(job, service.shelf.of_job(job.id), service.jobs.trouble_of(job.id), whole=whole)
