"""A plan in the body of a request, read as a `Source`, in any of these forms.

======================================  ================================================================
``Content-Type``                        body
======================================  ================================================================
``multipart/form-data``                 one part ``file``
``text/plain``                          the bytes; ``charset`` counts when it is given, for ``text/html`` too
``application/octet-stream``            the bytes of a file of any format; ``name`` as a parameter
``text/html``, ``application/pdf`` …    the same, by the media types of the formats (`FILE_KINDS`)
``application/json``                    ``{"text": "…", "name": "…"}``
======================================  ================================================================

The bytes decide what a file is; the media type only admits it.

Example: ``curl --data-binary @plan.txt -H 'Content-Type: text/plain' …/v1/parse``.

Left to others: reading the bytes (`loaders.files.read`), the limit of a body (`api.http.middleware`).
"""

import json
import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote_to_bytes

from fastapi import Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from api.http.problems import INVALID_BODY, MEDIA, invalid, refuse
from api.schemas.service import PlanText
from graph.errors import UnreadableSource
from graph.names import has_half_surrogate
from loaders.files.decoding import ENCODINGS
from loaders.files.read import read_bytes
from loaders.files.source import Source

FILE_KINDS = (
    "text/html",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/msword",
    "application/vnd.ms-excel",
    "application/ofd",
)

# filename*=utf-8'zh-CN'%E6%96%B9%E6%A1%88.txt
_EXTENDED_NAME = re.compile(r"filename\*\s*=\s*\"?(?P<charset>[\w-]*)'[\w-]*'(?P<name>[^;\"\s]*)", re.IGNORECASE)
_PLAIN_NAME = re.compile(r";\s*filename\s*=", re.IGNORECASE)
KINDS = ("multipart/form-data", "text/plain", "application/octet-stream", "application/json", *FILE_KINDS)

# the body's description for /openapi.json, where routes read it themselves
REQUEST_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "a plan: one file, or its text",
        "content": {
            "text/plain": {"schema": {"type": "string"}, "example": "1.清理文件。\n牵头单位:市司法局。\n"},
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            },
            "application/json": {"schema": PlanText.model_json_schema()},
            **{kind: {"schema": {"type": "string", "format": "binary"}} for kind in FILE_KINDS},
        },
    }
}


@dataclass(frozen=True, slots=True)
class _Sent:
    data: bytes
    name: str | None
    encoding: str | None


async def read_source(request: Request, *, name: str | None, encoding: str | None) -> Source:
    """The plan in the body. Raises UnreadableSource, or a refusal for a body in another form."""
    kind, parameters = _content_type(request.headers.get("content-type", ""))
    if kind not in KINDS:
        met = kind or "no Content-Type"
        raise refuse(
            MEDIA, f"the body is {met}; expected one of {', '.join(KINDS)}.", headers={"Accept": ", ".join(KINDS)}
        )
    try:
        if kind == "application/json":
            return _from_json(await request.body(), name)
        if kind == "multipart/form-data":
            sent = await _from_form(request)
        else:
            charset = parameters.get("charset") if kind in ("text/plain", "text/html") else None
            sent = _Sent(await request.body(), None, charset)
    except ClientDisconnect:
        raise refuse(INVALID_BODY, "the body ended before its announced length.") from None
    return await run_in_threadpool(read_bytes, sent.data, name=name or sent.name, encoding=encoding or sent.encoding)


class _FormParser(MultiPartParser):
    """Takes a part that names its file by ``filename*`` alone for a file, as RFC 5987 writes names that are no ASCII.

    RFC 7578 forbids that in forms, and programs do it: the part came through as a field without a file.
    """

    def on_headers_finished(self) -> None:
        disposition = (self._current_part.content_disposition or b"").decode("latin-1")
        met = _EXTENDED_NAME.search(disposition)
        if met is not None and not _PLAIN_NAME.search(disposition):
            charset = met["charset"].lower()
            name = unquote_to_bytes(met["name"]).decode(charset if charset in ENCODINGS else "utf-8", "replace")
            safe = name.replace("\\", "_").replace('"', "_")
            self._current_part.content_disposition = f'{disposition}; filename="{safe}"'.encode()
        super().on_headers_finished()


async def _from_form(request: Request) -> _Sent:
    try:
        form = await _FormParser(request.headers, request.stream(), max_files=1, max_fields=1).parse()
    except MultiPartException as error:
        raise refuse(INVALID_BODY, f"the form cannot be read ({error.message}); expected one part 'file'.") from None
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise invalid("/body/file", "the form has no file; expected one part 'file' with a file name.")
        return _Sent(await file.read(), file.filename, None)
    finally:
        await form.close()


def _from_json(data: bytes, name: str | None) -> Source:
    try:
        plan = PlanText.model_validate(json.loads(data))
    except ValidationError as error:
        first = error.errors()[0]
        pointer = "/body/" + "/".join(map(str, first["loc"]))
        raise invalid(
            pointer.rstrip("/"), f"{first['msg']}; expected an object with the text of a plan in 'text'."
        ) from None
    except (ValueError, RecursionError) as error:
        raise refuse(INVALID_BODY, f"the body is not JSON ({type(error).__name__}: {error}).") from None
    if has_half_surrogate(plan.text):
        raise UnreadableSource("the text holds half of a surrogate pair; expected text that can be written as UTF-8.")
    source = Source(plan.text.removeprefix("\ufeff"))
    return replace(source, name=name or plan.name)


def _content_type(header: str) -> tuple[str, dict[str, str]]:
    """``text/plain; charset=GB18030`` -> ``text/plain`` and ``{"charset": "GB18030"}``."""
    kind, *rest = header.split(";")
    pairs = (part.partition("=") for part in rest)
    return kind.strip().lower(), {key.strip().lower(): value.strip().strip('"') for key, _, value in pairs}
