"""What all modules of pages share: the router that each of them makes, and the parameters of their addresses.

Left to others: the same of ``/v1`` (`api.routes.router`).
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from api.http.dependencies import MAX_CURSOR, MAX_NAME, Text, known_parameters, read_access

Ref = Annotated[Text, Path(max_length=MAX_NAME)]
"""The id or name of an object."""

After = Annotated[str | None, Query(max_length=MAX_CURSOR)]
"""Behind which row a page of a list begins."""

Named = Annotated[Text | None, Query(max_length=MAX_NAME)]
"""A name that narrows, if it is given."""

Words = Annotated[Text, Query(max_length=MAX_NAME)]
"""Words to look for; a field of a form that stays empty gives none."""


def of_this_service(address: str) -> str:
    """An address of this service to go back to; the home page for any other, so that no link leads elsewhere."""
    safe = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if safe else "/"


def pages() -> APIRouter:
    """A router for pages: a reader may see them; unknown parameters are refused."""
    return APIRouter(include_in_schema=False, dependencies=[Depends(read_access), Depends(known_parameters)])
