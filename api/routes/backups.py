"""A backup of the store, and a store made again from one, by an admin."""

import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from fastapi import Request
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, Response

from api.desk.archived import desk_counts, desk_files, restore_desk
from api.http.dependencies import ServiceDep
from api.http.trace import trace_of
from api.routes.router import ADMINS, v1
from api.schemas.service import RestoreReportShape
from graph.model import to_json
from graph.stamps import stamp
from loaders.storing.archive import make_archive
from loaders.storing.restore import other_files, restore_archive

router = v1("service")
_ZIP = "application/zip"
_BODY = {
    "requestBody": {
        "required": True,
        "description": "a backup",
        "content": {_ZIP: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get(
    "/backup",
    summary="Everything from which the store can be made again, with notes and baskets, as one file",
    response_class=Response,
    responses={200: {"content": {_ZIP: {"schema": {"type": "string", "format": "binary"}}}, "description": "the file"}},
    dependencies=ADMINS,
)
def backup(request: Request, service: ServiceDep) -> Response:
    path = _temporary(service.database.folder)
    now = datetime.now(UTC)
    try:
        made = make_archive(service.store, path, now=stamp(now), others=desk_files(service.database))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    trace, desk = trace_of(request), desk_counts(service.database)
    trace.rows, trace.data_version = len(made.documents), str(made.data_version)
    headers = {
        "X-Documents": str(len(made.documents)),
        "X-Judgements": str(made.judgements),
        "X-Notes": str(desk.notes),
        "X-Entries": str(desk.entries),
        "X-Data-Version": str(made.data_version),
        "Cache-Control": "no-store",
    }
    name = f"zeren-{now:%Y-%m-%d}.zip"
    return FileResponse(path, headers=headers, media_type=_ZIP, filename=name, background=BackgroundTask(_remove, path))


@router.post(
    "/restore",
    summary="Make the store again from a backup, and compare it with that",
    response_model=RestoreReportShape,
    dependencies=ADMINS,
    openapi_extra=_BODY,
)
async def restore(request: Request, service: ServiceDep) -> Response:
    path = _temporary(service.database.folder)
    try:
        with path.open("wb") as file:
            async for part in request.stream():
                await run_in_threadpool(file.write, part)
        report = await run_in_threadpool(restore_archive, path, service.store)
        desk = await run_in_threadpool(lambda: restore_desk(service.database, other_files(path)))
    finally:
        _remove(path)
    trace = trace_of(request)
    trace.rows, trace.data_version = report.documents, str(report.data_version)
    return JSONResponse({**to_json(report), **asdict(desk), "data_version": str(report.data_version)})


def _temporary(folder: Path) -> Path:
    """A file of the service's own; /tmp of a container is small."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix="archive-", suffix=".tmp", delete=False) as made:
        return Path(made.name)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
