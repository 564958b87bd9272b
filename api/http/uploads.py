"""A plan in the body of a request, in any of these forms.

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

1. A long body goes into a file, not into memory.
2. The children of the service read it (`loaders.children`), in turn. When the client goes, the reading ends.

Example: ``curl --data-binary @plan.txt -H 'Content-Type: text/plain' …/v1/parse``.

Left to others: reading the bytes (`loaders.children.job`), the limit of a body (`api.http.middleware`).
"""

import asyncio
import re
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar
from urllib.parse import unquote_to_bytes

import msgspec
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from api.http.dependencies import MAX_NAME
from api.http.problems import INVALID_BODY, MEDIA, TOO_LARGE, invalid, refuse
from api.loading.shelf import GivenSource
from api.schemas.service import PlanText
from api.settings import Settings
from graph.errors import ParameterError
from graph.model import ParseOptions, Plan
from graph.names import fold
from loaders.children.job import SMALL
from loaders.children.pool import Readers
from loaders.files.decoding import ENCODINGS
from loaders.structure.corrections import CORRECTED, checked

T_co = TypeVar("T_co", covariant=True)

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
_PLAIN_NAME = re.compile(r";\s*filename\s*=\s*(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^;]*)", re.IGNORECASE)
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
                    "additionalProperties": False,
                }
            },
            "application/json": {"schema": PlanText.model_json_schema()},
            **{kind: {"schema": {"type": "string", "format": "binary"}} for kind in FILE_KINDS},
        },
    }
}


async def uploaded_plan(
    request: Request, readers: Readers, *, name: str | None, encoding: str | None, options: ParseOptions
) -> Plan:
    """The plan in the body. Raises ZerenError, or a refusal for a body in another form."""
    async with received(request, name=name, encoding=encoding) as sent:
        return await while_connected(request, partial(readers.plan, sent.job(options)))


async def uploaded_json(
    request: Request, readers: Readers, *, name: str | None, encoding: str | None, options: ParseOptions
) -> bytes:
    """The plan in the body as JSON; raises like `uploaded_plan`."""
    async with received(request, name=name, encoding=encoding) as sent:
        return await while_connected(request, partial(readers.json, sent.job(options)))


_FIELDS = ("file", "text", "name", "csrf")  # csrf: the token of a page
FILES_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "plans: one part 'file' for each",
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "text": {"type": "string", "description": "a text, besides the files or in their place"},
                        "name": {"type": "string", "maxLength": MAX_NAME, "description": "of the text"},
                    },
                    "additionalProperties": False,
                }
            }
        },
    }
}


class _Work(Protocol[T_co]):
    def __call__(self, *, gone: Callable[[], bool]) -> T_co: ...


async def while_connected(request: Request, work: _Work[T_co]) -> T_co:
    """Run ``work`` on a thread; it is told when the client has gone."""
    gone = threading.Event()

    async def watch() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone.set()

    watching = asyncio.create_task(watch())
    try:
        return await run_in_threadpool(work, gone=gone.is_set)
    except asyncio.CancelledError:
        gone.set()
        raise
    finally:
        watching.cancel()


@asynccontextmanager
async def received(request: Request, *, name: str | None, encoding: str | None) -> AsyncIterator[GivenSource]:
    """The file in the body, in memory or in a file that is removed behind it; ``name`` and ``encoding`` count above its own."""
    async with _body(request) as sent:
        yield replace(sent, name=name or sent.name, encoding=encoding or sent.encoding)


@asynccontextmanager
async def _body(request: Request) -> AsyncIterator[GivenSource]:
    kind, parameters = _content_type(request.headers.get("content-type", ""))
    if kind not in KINDS:
        met = kind or "no Content-Type"
        raise refuse(
            MEDIA, f"the body is {met}; expected one of {', '.join(KINDS)}.", headers={"Accept": ", ".join(KINDS)}
        )
    with tempfile.NamedTemporaryFile(prefix="zeren-") as file:
        try:
            if kind == "multipart/form-data":
                body, name = await _from_form(request, file)
                sent = GivenSource(body, name)
            else:
                body = await _kept(request.stream(), file)
                charset = parameters.get("charset") if kind in ("text/plain", "text/html") else None
                sent = GivenSource(body, None, charset)
        except ClientDisconnect:
            raise refuse(INVALID_BODY, "the body ended before its announced length.") from None
        if kind != "application/json":
            yield sent
            return
        with tempfile.NamedTemporaryFile(prefix="zeren-") as text:
            async with _ONE_JSON:
                sent = await run_in_threadpool(_from_json, body, text)
            yield sent


async def _kept(chunks: AsyncIterator[bytes], file: IO[bytes]) -> bytes | str:
    """What comes: the bytes if they are few, else the path of ``file``, which then holds them."""
    begin = bytearray()
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size <= SMALL:
            begin += chunk
            continue
        if begin:
            file.write(begin)
            begin.clear()
        file.write(chunk)
    return bytes(begin) if size <= SMALL else _path(file)


def _path(file: IO[bytes]) -> str:
    file.flush()
    return file.name


class _FormParser(MultiPartParser):
    """Takes the names of files in every form that programs write them.

    ``filename*`` (RFC 5987) counts above ``filename``, which is a name for those that cannot read it then; alone it names a file, too: the
    part came through as a field without a file.  Bytes of a name that are no UTF-8 are GBK, as Chinese systems write them.
    """

    def on_headers_finished(self) -> None:
        said = _words_of(self._current_part.content_disposition or b"")
        met = _EXTENDED_NAME.search(said)
        if met is not None:
            charset = met["charset"].lower()
            name = unquote_to_bytes(met["name"]).decode(charset if charset in ENCODINGS else "utf-8", "replace")
            safe = name.replace("\\", "_").replace('"', "_")
            said = f'{_PLAIN_NAME.sub("", said)}; filename="{safe}"'
        self._current_part.content_disposition = said.encode()
        super().on_headers_finished()


def _words_of(header: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return header.decode(encoding)
        except UnicodeDecodeError:
            pass
    return header.decode("latin-1")


async def _from_form(request: Request, kept: IO[bytes]) -> tuple[bytes | str, str | None]:
    """The file of a form, and its name."""
    try:
        form = await _FormParser(request.headers, request.stream(), max_files=1, max_fields=1).parse()
    except MultiPartException as error:
        raise refuse(INVALID_BODY, f"the form cannot be read ({error.message}); expected one part 'file'.") from None
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise invalid("/body/file", "the form has no file; expected one part 'file' with a file name.")
        return await _kept(_chunks(file), kept), file.filename
    finally:
        await form.close()


async def received_files(request: Request, settings: Settings, *, encoding: str | None) -> AsyncIterator[GivenSource]:
    """The files of a form, one after the other in memory. Raises a refusal for a form without files, with too many, or with one
    that is too long.
    """
    form = await _form_of(request, settings.job_files)
    try:
        _check_fields(form)
        files = [part for part in form.getlist("file") if isinstance(part, UploadFile) and (part.filename or part.size)]
        text = form.get("text")
        pasted = text if isinstance(text, str) and text.strip() else None
        if not files and pasted is None:
            raise invalid(
                "/body/file", "the form has no file; expected parts 'file', each with a file name, or 'text'."
            )
        if len(files) > settings.job_files:
            raise refuse(INVALID_BODY, f"the form has {len(files)} files; expected at most {settings.job_files}.")
        for file in files:
            if (file.size or 0) > settings.max_body_bytes:
                raise refuse(
                    TOO_LARGE,
                    f"{file.filename!r} has {file.size} bytes; expected at most {settings.max_body_bytes} a file "
                    f"(ZEREN_MAX_BODY_BYTES). Nothing was taken.",
                )
        for file in files:
            yield GivenSource(await file.read(), file.filename, encoding)
        if pasted is not None:
            name = form.get("name")
            yield GivenSource(pasted.encode("utf-8", "replace"), name if isinstance(name, str) else None, is_text=True)
    finally:
        await form.close()


def _check_fields(form: FormData) -> None:
    """Refuse a form with a part that nothing would be done with, or with a name that is too long to be shown."""
    for name, value in form.multi_items():
        if name not in _FIELDS:
            raise invalid("/body", f"the form has a part {name[:60]!r}; expected parts of {', '.join(_FIELDS[:3])}.")
        said = value.filename if isinstance(value, UploadFile) else value if name == "name" else None
        if len(said or "") > MAX_NAME:
            raise invalid(f"/body/{name}", f"a name has {len(said or '')} characters; expected at most {MAX_NAME}.")


async def _form_of(request: Request, files: int) -> FormData:
    """The form in a body; the guard may have read it, for its token."""
    known: FormData | None = getattr(request, "_form", None)
    if known is not None:
        return known
    kind, _ = _content_type(request.headers.get("content-type", ""))
    if kind != "multipart/form-data":
        raise refuse(
            MEDIA,
            f"the body is {kind or 'no Content-Type'}; expected multipart/form-data.",
            headers={"Accept": KINDS[0]},
        )
    try:
        return await _FormParser(request.headers, request.stream(), max_files=files, max_fields=files).parse()
    except MultiPartException as error:
        raise refuse(INVALID_BODY, f"the form cannot be read ({error.message}); expected parts 'file'.") from None
    except ClientDisconnect:
        raise refuse(INVALID_BODY, "the body ended before its announced length.") from None


async def _chunks(file: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await file.read(SMALL):
        yield chunk


class _PlanBody(msgspec.Struct, forbid_unknown_fields=True):
    """`api.schemas.service.PlanText`, read so that nothing but its two texts is ever held in memory."""

    text: str
    name: str | None = None


_ONE_JSON = asyncio.Semaphore(1)  # one at a time is decoded: it is in memory, as bytes and as text


def _from_json(body: bytes | str, kept: IO[bytes]) -> GivenSource:
    """The text in a JSON body; ``kept`` takes a long one."""
    data = body if isinstance(body, bytes) else Path(body).read_bytes()
    try:
        msgspec.json.decode(data, type=msgspec.Raw)
        plan = msgspec.json.decode(data, type=_PlanBody)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        pointer = "/body/" + place.strip("`").replace(".", "/").strip("/")
        raise invalid(pointer.rstrip("/"), f"{words}; expected an object with the text of a plan in 'text'.") from None
    except (ValueError, RecursionError) as error:
        raise refuse(
            INVALID_BODY, f"the body is not JSON, or holds half of a surrogate pair ({type(error).__name__}: {error})."
        ) from None
    text = plan.text.encode("utf-8")
    if len(text) > SMALL:
        kept.write(text)
        return GivenSource(_path(kept), plan.name, is_text=True)
    return GivenSource(text, plan.name, is_text=True)


def head_options(given: Mapping[str, str | None], at: str) -> ParseOptions:
    """The options of the parser that somebody gave, each in the form that a text would have. Raises a refusal that names what
    cannot be a value, with its place below ``at``.
    """
    document_id = given.get("document_id")
    if document_id is not None and fold(document_id) != document_id:
        raise invalid(
            f"{at}/document_id", f"{document_id!r} is not an id; expected {fold(document_id)!r}: ids are folded."
        )
    checked_ones = {}
    for name in CORRECTED:
        if (value := given.get(name)) is not None:
            try:
                checked_ones[name] = checked(name, value)
            except ParameterError as error:
                raise invalid(f"{at}/{name}", str(error)) from None
    return ParseOptions(document_id=document_id, **checked_ones)


def _content_type(header: str) -> tuple[str, dict[str, str]]:
    """``text/plain; charset=GB18030`` -> ``text/plain`` and ``{"charset": "GB18030"}``."""
    kind, *rest = header.split(";")
    pairs = (part.partition("=") for part in rest)
    return kind.strip().lower(), {key.strip().lower(): value.strip().strip('"') for key, _, value in pairs}
