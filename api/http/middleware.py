"""The request guard: an ASGI layer around the whole application, so that no request can bypass it.

Order of steps:

1. A request id, in the log and on every answer (``X-Request-ID``).
2. ``Host``: only names of this machine and configured names are served (others get 421), so that a foreign web page cannot
   read by rebinding its name to 127.0.0.1.  A write from a page of another origin is refused (403).
3. An address whose bytes are no UTF-8 is refused (400): its words would be read as others.
4. A body longer than the limit is refused (413), by its declared length or while it is read.
5. ``%2F`` in a path becomes ``／``: names may contain ``/`` (市委/市政府), ids never do.
6. HEAD is answered as GET without its body.

Left to others: keys (`api.http.dependencies`), the form of a refusal (`api.http.problems`).
"""

import re
import secrets
from collections.abc import Mapping
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.origin import client_address, is_https
from api.http.problems import FORBIDDEN, NOT_UTF8, TOO_LARGE, WRONG_HOST, Problem, ProblemKind, refuse, respond_problem
from api.http.trace import CURRENT, RequestTrace
from api.settings import Settings

_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[^\[\]:/@\s]+))(?::\d{1,5})?", re.IGNORECASE)
_SHOWN = 80  # bytes of an address that a refusal repeats
_SLASH = re.compile(rb"%2f", re.IGNORECASE)
_FULL_WIDTH_SLASH = b"%EF%BC%8F"
ASSISTANTS = "/mcp"  # by POST, but it only reads
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# Sent with every answer; pages add their own policy.
_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # without it, forms of our own pages have the origin null
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class RequestGuard:
    """The outermost layer of the application; see the module."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._names = settings.host_names
        self._max_body = settings.max_body_bytes
        self._max_of = {
            "/v1/restore": settings.max_restore_bytes,
            **dict.fromkeys(("/v1/jobs", "/load"), settings.max_job_bytes),
        }
        self._proxies = settings.proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if is_https(scope, self._proxies):  # so that whole addresses of this service are as the sender knows them
            scope["scheme"] = "https"
        scope["zeren.request_id"] = _request_id(headers)
        scope["zeren.trace"] = trace = RequestTrace(scope["zeren.request_id"], client_address(scope, self._proxies))
        CURRENT.set(trace)
        head = scope["method"] == "HEAD"
        send = _Answering(send, scope["zeren.request_id"], head=head)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await respond_problem(Request(scope), Problem(*refusal))(scope, receive, send)
            return
        if head:
            scope = {**scope, "method": "GET"}  # a copy: the server looks at its own for the length of the answer
        _full_width_slashes(scope)
        await self._app(scope, self._bounded(receive, self._longest(scope)), send)

    def _refusal(self, scope: Scope, headers: Headers) -> tuple[ProblemKind, str] | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or _name(hosts[0]) not in self._names:
            return WRONG_HOST, (
                f"the Host of this request is {', '.join(hosts)!r}; expected one of {', '.join(sorted(self._names))}. "
                f"Another name must be written into ZEREN_ALLOWED_HOSTS."
            )
        if scope["method"] not in SAFE_METHODS and self._foreign(headers):
            return FORBIDDEN, (
                "this request comes from a page of another site; expected one from the command line or this service's "
                "own pages."
            )
        for part in (scope.get("raw_path") or b"", scope["query_string"]):
            if not _is_utf8(unquote_to_bytes(part)):
                return NOT_UTF8, (
                    f"the bytes of {part.decode('latin-1')[:_SHOWN]!r} are no UTF-8 (GBK, perhaps); expected an address "
                    f"encoded in UTF-8. Encode its words anew."
                )
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > (most := self._longest(scope)):
            return TOO_LARGE, _too_large(length, most)
        return None

    def _foreign(self, headers: Headers) -> bool:
        if (site := headers.get("sec-fetch-site")) is not None:  # browsers of today say it themselves
            return site in ("cross-site", "same-site")
        origin = headers.get("origin")
        return origin is not None and urlsplit(origin).netloc != headers["host"]

    def _longest(self, scope: Scope) -> int:
        """How many bytes a body may have; a backup and the files of a job have more than a plan."""
        return self._max_of.get(scope["path"], self._max_body)

    def _bounded(self, receive: Receive, most: int) -> Receive:
        taken = 0

        async def counting() -> Message:
            nonlocal taken
            message = await receive()
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                if taken > most:
                    raise refuse(TOO_LARGE, _too_large(f"at least {taken}", most))
            return message

        return counting


def _too_large(met: str, most: int) -> str:
    return (
        f"the body has {met} bytes; expected at most {most} (ZEREN_MAX_BODY_BYTES, of a backup ZEREN_MAX_RESTORE_BYTES, of "
        f"several files ZEREN_MAX_JOB_BYTES). Send less at a time."
    )


class _Answering:
    """``send`` with our headers on every answer, and without a body for HEAD."""

    def __init__(self, send: Send, request_id: str, *, head: bool) -> None:
        self._send = send
        self._request_id = request_id
        self._head = head

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self._request_id
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        elif self._head and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)


def _is_utf8(words: bytes) -> bool:
    try:
        words.decode()
    except UnicodeDecodeError:
        return False
    return True


def _request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)


def _name(host: str) -> str | None:
    """``[::1]:8000`` -> ``::1``, ``LOCALHOST`` -> ``localhost``; None for an invalid host."""
    met = _HOST.fullmatch(host)
    return (met["six"] or met["name"]).lower() if met else None


def _full_width_slashes(scope: Scope) -> None:
    raw: bytes = scope.get("raw_path") or b""
    if b"%2" in raw and (kept := _SLASH.sub(_FULL_WIDTH_SLASH, raw.partition(b"?")[0])) != raw:
        scope["path"] = unquote(kept.decode("ascii"))
