"""What the modules of routes share: the router every one of them makes, and the description of lists."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path

from api.deps import MAX_NAME, Text, known_parameters, read_access, write_access

_TABLES: dict[str, Any] = {
    "text/csv": {"schema": {"type": "string"}},
    "application/x-ndjson": {"schema": {"type": "string"}},
}
# a list can also be had as a table
LIST: dict[int | str, dict[str, Any]] = {200: {"content": _TABLES}}

Ref = Annotated[Text, Path(min_length=1, max_length=MAX_NAME, description="id or name")]
WRITES = [Depends(write_access)]


def v1(tag: str) -> APIRouter:
    """A router of ``/v1``: reads as `read_access` says, no unknown parameters."""
    return APIRouter(prefix="/v1", tags=[tag], dependencies=[Depends(read_access), Depends(known_parameters)])
