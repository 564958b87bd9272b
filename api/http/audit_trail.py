"""Which request becomes which line of the audit log: a layer between the request guard and the routes.

1. What writes (a load, a removal, a judgement, signing in) is not begun while the log cannot take a line (503), and not
   answered before its line is on the disk. If the disk fills up meanwhile, the answer is 503 and says that the work was done.
2. What reads is noted, and on the disk within a second. A page that follows a job asks all the time: its looks of a minute are one
   line, with ``times``.
3. What was refused (401, 403, 429) is a line, too. Open routes (health, files of the pages) are none.

Example: ``DELETE /v1/documents/x`` by 王五 becomes ``{"event":"remove","who":"王五","what":"x","status":200,…}``.

Left to others: the log itself (`api.security.audit`), what is known of a request (`api.http.trace`).
"""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.dependencies import Service
from api.http.middleware import ASSISTANTS, SAFE_METHODS
from api.http.problems import Problem, from_error, respond_problem
from api.http.trace import RequestTrace, trace_of
from api.security.audit import AuditLog
from graph.errors import StoreUnavailable

_REFUSED = (401, 403, 429)
_WRITES = ("load", "remove", "judge", "sign-in", "sign-out", "restore", "repair")
# what a request is called, by its method and route; other reads are "read", other writes "write"
_EVENTS = {
    ("POST", "/v1/documents"): "load",
    ("DELETE", "/v1/documents/{ref}"): "remove",
    ("POST", "/v1/readings"): "stage",
    ("PATCH", "/v1/readings/{id}"): "correct",
    ("POST", "/v1/readings/{id}/store"): "load",
    ("DELETE", "/v1/readings/{id}"): "discard",
    ("POST", "/v1/jobs"): "job",
    ("POST", "/v1/jobs/{id}/cancel"): "cancel",
    ("POST", "/v1/jobs/{id}/store"): "job",
    ("POST", "/load"): "job",
    ("POST", "/load/jobs/{id}/cancel"): "cancel",
    ("POST", "/load/jobs/{id}/store"): "job",
    ("POST", "/documents/{ref}/remove"): "remove",
    ("POST", "/v1/judgements"): "judge",
    ("GET", "/v1/ask"): "question",
    ("GET", "/ask"): "question",
    ("GET", "/find"): "question",
    ("GET", "/v1/questions/{name}"): "question",
    ("GET", "/questions/{name}"): "question",
    ("POST", "/sign-in"): "sign-in",
    ("POST", "/sign-out"): "sign-out",
    ("POST", "/v1/notes"): "note",
    ("POST", "/v1/notes/findings"): "note",
    ("PUT", "/v1/notes/{ref}"): "note",
    ("PUT", "/v1/notes/{ref}/subject"): "note",
    ("DELETE", "/v1/notes/{ref}"): "note",
    ("POST", "/notes"): "note",
    ("POST", "/notes/findings"): "note",
    ("POST", "/notes/{ref}"): "note",
    ("POST", "/notes/{ref}/subject"): "note",
    ("POST", "/notes/{ref}/remove"): "note",
    ("POST", "/basket"): "basket",
    ("POST", "/basket/add"): "basket",
    ("POST", "/basket/remove"): "basket",
    ("POST", "/v1/baskets"): "basket",
    ("PUT", "/v1/baskets/fields"): "basket",
    ("PUT", "/v1/baskets/entries/{ref}"): "basket",
    ("DELETE", "/v1/baskets/entries/{ref}"): "basket",
    ("DELETE", "/v1/baskets"): "basket",
    ("GET", "/v1/backup"): "backup",
    ("POST", "/v1/restore"): "restore",
    ("POST", "/v1/repair"): "repair",
}
_READING = {"/v1/parse", "/v1/match", "/v1/check", ASSISTANTS}  # by POST, but they write nothing
_OPEN = {"/healthz", "/readyz", ASSISTANTS}  # what an assistant asks is a request of its own
_FOLLOWED = {"/v1/jobs", "/v1/jobs/{id}", "/load/jobs/{id}"}


class AuditTrail:
    """The layer; see the module."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        service: Service | None = getattr(scope["app"].state, "service", None) if scope["type"] == "http" else None
        if service is None:
            await self._app(scope, receive, send)
            return
        writes = scope["method"] not in SAFE_METHODS and scope["path"] not in _READING
        if writes:
            try:
                await run_in_threadpool(service.audit.check)
            except StoreUnavailable as error:
                await respond_problem(Request(scope), from_error(error))(scope, receive, send)
                return
        await self._app(scope, receive, _Recording(scope, send, service.audit, writes=writes))


class _Recording:
    """``send`` that writes the line of an answer before it begins."""

    def __init__(self, scope: Scope, send: Send, audit: AuditLog, *, writes: bool) -> None:
        self._scope, self._send, self._audit, self._writes = scope, send, audit, writes
        self._dropped = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            fields = line_of(self._scope, message)
            if fields is None:
                pass
            elif not self._writes or message["status"] in _REFUSED:
                follows = fields.get("route") in _FOLLOWED and message["status"] < 400
                (self._audit.note_look if follows else self._audit.note)(**fields)
            else:
                try:
                    await run_in_threadpool(self._audit.write, **fields)
                except StoreUnavailable as error:
                    await self._say_so(message["status"], error)
        if not self._dropped:
            await self._send(message)

    async def _say_so(self, status: int, error: StoreUnavailable) -> None:
        """Answer that the line is missing, instead of what was to be answered."""
        self._dropped = True
        problem = from_error(error)
        done = "The work itself was done. " if status < 400 else ""
        answer = respond_problem(Request(self._scope), Problem(problem.kind, f"{done}{error}", problem.headers))
        await answer(self._scope, _nothing, self._send)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def line_of(scope: Scope, start: Message) -> dict[str, Any] | None:
    """The fields of the line for an answer that begins with ``start``; None if it has none."""
    trace, status = trace_of(Request(scope)), start["status"]
    route = scope.get("route")
    path = (
        str(getattr(route, "path", "")) if hasattr(route, "dependant") else ""
    )  # what is mounted has none: files, the guide
    if trace.unlogged or path in _OPEN or (not path and status not in _REFUSED):
        return None
    headers = Headers(raw=start["headers"])
    event = trace.event or _EVENTS.get((scope["method"], path))
    if path.startswith("/sign-in") and scope["method"] == "GET":
        return None
    if event is None:
        event = "read" if scope["method"] in SAFE_METHODS or path in _READING else "write"
    if event in ("read", "question") and "attachment" in headers.get("content-disposition", ""):
        event = "export"
    if status in _REFUSED:
        event = "refused"
    fields = {
        "event": event,
        **_who(trace),
        "address": trace.address,
        "method": scope["method"],
        "route": path or None,
        "what": trace.what or _named(scope, status),
        "status": status,
        "rows": trace.rows if trace.rows is not None else _total(headers),
        "data_version": trace.data_version,
        "request": trace.request_id,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _who(trace: RequestTrace) -> dict[str, str]:
    person = trace.person
    return {} if person is None else {"who": person.name, "key": person.key, "role": person.role.word, "by": person.how}


def _named(scope: Scope, status: int) -> str | None:
    """The names in the path of an answer; of one that failed they may be anything."""
    words = [str(value)[:300] for value in scope.get("path_params", {}).values()]
    return " ".join(words) or None if status < 400 else None


def _total(headers: Headers) -> int | None:
    total = headers.get("x-total-count", "")
    return int(total) if total.isdecimal() else None
