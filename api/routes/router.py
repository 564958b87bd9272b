"""What all modules of routes share: the router that each of them makes, and the description of lists."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query

from api.export.dossier_requests import FILES
from api.http.dependencies import MAX_NAME, Text, admin_access, known_parameters, read_access, write_access

_TABLES: dict[str, Any] = {
    "text/csv": {"schema": {"type": "string"}},
    "application/x-ndjson": {"schema": {"type": "string"}},
    FILES["xlsx"].media: {"schema": {"type": "string", "format": "binary"}},
}
# a list can also be had as a table
LIST: dict[int | str, dict[str, Any]] = {200: {"content": _TABLES}}

# a dossier is a file only
DOSSIER: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {file.media: {"schema": {"type": "string", "format": "binary"}} for file in FILES.values()},
        "description": "the file",
    }
}
FileFormat = Annotated[Literal["xlsx", "docx"], Query(description="xlsx: a workbook · docx: a written report")]

Ref = Annotated[Text, Path(min_length=1, max_length=MAX_NAME, description="id or name")]
WRITES = [Depends(write_access)]
ADMINS = [Depends(admin_access)]


def v1(tag: str) -> APIRouter:
    """A router for ``/v1``: a reader may use it where a route asks for no more; unknown parameters are refused."""
    return APIRouter(prefix="/v1", tags=[tag], dependencies=[Depends(read_access), Depends(known_parameters)])
