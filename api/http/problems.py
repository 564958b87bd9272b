"""Errors as answers: one table from exception to problem, one shape for every failure (RFC 9457).

Order of steps: an exception or a refusal becomes a `Problem` (status, type, Chinese title, detail); `respond_problem`
sends it as ``application/problem+json``, or as a page if a browser asks outside ``/v1``.  Unknown routes, wrong
methods, invalid parameters and internal faults are answered in the same way.

Example: ``UnknownReference`` with two candidates is ``409``, ``urn:zeren:problem:ambiguous``, 名称对应多个对象, with
``candidates[]``.

Left to others: the meaning of exceptions (`graph.errors`), checks before any route (`api.http.middleware`).
"""

import errno
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount

from api.answers.chinese.messages import CODES, in_chinese, problem_code, proposed_by
from graph import errors

log = logging.getLogger("zeren.api")

MakePage: TypeAlias = Callable[[Request, Mapping[str, Any], Mapping[str, str]], Response]
"""Makes a page of a problem's JSON object; the headers are those of the answer."""

MEDIA_TYPE = "application/problem+json"
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of problem: its status, the last word of its type, its title."""

    status: int
    word: str
    title: str

    @property
    def type(self) -> str:
        return f"urn:zeren:problem:{self.word}"


NOT_UTF8 = ProblemKind(400, "address-not-utf8", "地址不是 UTF-8 编码")
NOT_HTTP = ProblemKind(400, "unreadable-request", "请求无法读取")
INVALID_BODY = ProblemKind(400, "invalid-body", "请求正文无法读取")
KEY_REQUIRED = ProblemKind(401, "key-required", "需要密钥")
SIGN_IN = ProblemKind(303, "sign-in-required", "需要登录")
ROLE_TOO_LOW = ProblemKind(403, "role-too-low", "权限不够")
CSRF = ProblemKind(403, "csrf-required", "请从本服务的页面重新提交")
FORBIDDEN = ProblemKind(403, "forbidden", "不允许")
NOT_FOUND = ProblemKind(404, "not-found", "没有这个对象")
NO_ROUTE = ProblemKind(404, "no-such-address", "没有这个地址")
METHOD = ProblemKind(405, "method-not-allowed", "此地址不支持该方法")
AMBIGUOUS = ProblemKind(409, "ambiguous", "名称对应多个对象")
CONFLICT = ProblemKind(409, "document-conflict", "文件与已载入的冲突")
TOO_SLOW = ProblemKind(408, "too-slow", "请求来得太慢")
TOO_LARGE = ProblemKind(413, "too-large", "请求正文过大")
MEDIA = ProblemKind(415, "unsupported-media-type", "不支持的正文类型")
WRONG_HOST = ProblemKind(421, "wrong-host", "不以此主机名提供服务")
INVALID = ProblemKind(422, "invalid-parameter", "参数有误")
UNREADABLE = ProblemKind(422, "unreadable-source", "文件无法读取")
STOPPED = ProblemKind(422, "reading-stopped", "读取中止：超出限度或无法读完")
FAILED = ProblemKind(500, "reading-failed", "读取程序出错")
EMPTY = ProblemKind(422, "empty-plan", "文本中没有任务事项")
NO_TEXT = ProblemKind(422, "no-text", "文件里没有文字")
TOO_MANY = ProblemKind(429, "too-many-requests", "请求过于频繁")
FAULT = ProblemKind(500, "internal", "服务内部错误")
NOT_INSTALLED = ProblemKind(501, "not-installed", "没有安装所需的组件")
UNAVAILABLE = ProblemKind(503, "store-unavailable", "数据库不可用")
TOO_MANY_CONNECTIONS = ProblemKind(503, "too-many-connections", "连接过多")
READERS = ProblemKind(503, "readers-busy", "正在读取其他文件，请稍后再试")
BUSY = ProblemKind(503, "load-in-progress", "正在载入，请稍后再试")
NO_ROOM = ProblemKind(503, "no-room", "暂存或排队已满")
KEPT_FULL = ProblemKind(409, "kept-full", "已经放满")
WRONG_STATE = ProblemKind(409, "wrong-state", "状态已变")
SCHEMA = ProblemKind(503, "schema-mismatch", "数据库结构版本不符")

PROBLEMS: Mapping[str, ProblemKind] = {
    kind.word: kind for kind in list(globals().values()) if isinstance(kind, ProblemKind)
}
"""Every kind by its word."""

# Each exception of graph/errors.py and the problem it becomes; the nearest base class counts.
TABLE: Mapping[type[errors.ZerenError], ProblemKind] = {error: PROBLEMS[code] for error, code in CODES.items()}
_RETRY_AFTER = {BUSY: "1", READERS: "10", UNAVAILABLE: "5", NO_ROOM: "30"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One failure, as it is answered."""

    kind: ProblemKind
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    errors: Sequence[Mapping[str, str]] | None = None
    candidates: Sequence[Any] | None = None


class Refused(Exception):
    """Raised by routes and dependencies for refusals that no exception of the graph covers."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def refuse(kind: ProblemKind, detail: str, **more: Any) -> Refused:
    """The refusal of one request: ``raise refuse(MEDIA, "…")``."""
    return Refused(Problem(kind, detail, **more))


def invalid(pointer: str, detail: str) -> Refused:
    """The refusal of one parameter: ``invalid("/query/after", "…")``."""
    return refuse(INVALID, detail, errors=[{"pointer": pointer, "detail": detail}])


def from_error(error: errors.ZerenError) -> Problem:
    """The problem for an exception of the graph, by `TABLE`."""
    kind = PROBLEMS[problem_code(error)]
    headers = {"Retry-After": _RETRY_AFTER[kind]} if kind in _RETRY_AFTER else {}
    proposes = isinstance(error, errors.UnknownReference | errors.DocumentConflict)
    return Problem(kind, str(error), headers, candidates=proposed_by(error) if proposes else None)


def body(problem: Problem, *, instance: str, request_id: str) -> dict[str, Any]:
    """The JSON object of a problem."""
    made: dict[str, Any] = {
        "type": problem.kind.type,
        "title": problem.kind.title,
        "status": problem.kind.status,
        "detail": problem.detail,
        "detail_zh": in_chinese(problem.kind.word, problem.detail, problem.candidates or ()),
        "instance": instance,
        "request_id": request_id,
    }
    if problem.errors is not None:
        made["errors"] = list(problem.errors)
    if problem.candidates is not None:
        made["candidates"] = list(problem.candidates)
    return made


def beside_form(request: Request, error: errors.ZerenError) -> dict[str, Any]:
    """The problem that an error is, for a page that shows it beside the form that met it."""
    return body(from_error(error), instance=request.url.path, request_id="")


def respond_problem(request: Request, problem: Problem) -> Response:
    """The answer: a page for a browser outside ``/v1``, else problem details."""
    request_id = request.scope.get("zeren.request_id", "")
    # The path as it came, percent-encoded: an instance is a URI reference.
    raw = request.scope.get("raw_path") or request.url.path.encode()
    made = body(problem, instance=raw.partition(b"?")[0].decode("ascii", "replace"), request_id=request_id)
    headers = {**problem.headers, "Cache-Control": "no-store"}
    page: MakePage | None = getattr(request.app.state, "problem_page", None)
    if page is not None and wants_page(request):
        return page(request, made, headers)
    content = json.dumps(made, ensure_ascii=False).encode("utf-8", "replace")
    return Response(content, made["status"], headers, MEDIA_TYPE)


def wants_page(request: Request) -> bool:
    """Whether a browser asks for a page: it accepts HTML, and the path is not part of the interface."""
    path = request.url.path
    machine = path.startswith("/v1/") or path in ("/v1", "/openapi.json", "/healthz", "/readyz")
    return not machine and "text/html" in request.headers.get("accept", "")


def install(app: FastAPI, *, page: MakePage) -> None:
    """Answer every exception of ``app`` with this module; ``page`` makes the answer for a browser."""
    app.state.problem_page = page
    app.add_exception_handler(errors.ZerenError, _on_error)
    app.add_exception_handler(OSError, _on_disk)
    app.add_exception_handler(Refused, _on_refused)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_fault)


async def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.ZerenError)
    problem = from_error(error)
    if isinstance(error, errors.ReadingFailed):
        request_id = request.scope.get("zeren.request_id", "")
        log.error("request %s %s %s: %s\n%s", request_id, request.method, request.url.path, error, error.trace)
    elif problem.kind.status >= 500:
        log.warning("%s %s: %s", request.method, request.url.path, error)
    return respond_problem(request, problem)


_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


async def _on_disk(request: Request, error: Exception) -> Response:
    """A disk that is full or may not be written, wherever it was met: a backup, a long body, a kept reading."""
    assert isinstance(error, OSError)
    if error.errno not in _DISK:
        return await _on_fault(request, error)
    where = f" of {error.filename}" if error.filename else ""
    told = errors.StoreUnavailable(
        f"the disk{where} takes no more ({error.strerror}); expected room on a disk that can be written. Nothing was kept of this request."
    )
    return await _on_error(request, told)


async def _on_refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return respond_problem(request, error.problem)


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = [{"pointer": _pointer(e["loc"]), "detail": _sentence(e)} for e in error.errors()]
    detail = "; ".join(f"{e['pointer']}: {e['detail']}" for e in found)
    return respond_problem(request, Problem(INVALID, detail, errors=found))


# what a checked parameter had to be, by the kind of fault; the words of the library where none fits
_EXPECTED = {
    "missing": "something; it must be given",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "float_parsing": "a number",
    "bool_parsing": "true or false",
    "date_from_datetime_parsing": "a date such as 2018-12-31",
    "date_parsing": "a date such as 2018-12-31",
    "date_type": "a date such as 2018-12-31",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "literal_error": "one of {expected}",
    "enum": "one of {expected}",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "at least {min_length} character(s)",
}


def _is_text(fault: Mapping[str, Any]) -> bool:
    """Whether a length fault is about text that has its own check; the framework reports it like that of a list."""
    return fault["type"] in ("too_long", "too_short") and isinstance(fault.get("input"), str)


def _sentence(fault: Mapping[str, Any]) -> str:
    """A fault of the framework in our words: what was met, what was expected."""
    wanted = _EXPECTED.get(fault["type"].replace("too_", "string_too_") if _is_text(fault) else fault["type"])
    if wanted is None:
        return str(fault["msg"])
    wanted = wanted.format(**{key: value for key, value in fault.get("ctx", {}).items() if isinstance(key, str)})
    if fault["type"] == "missing":
        return f"expected {wanted}."
    met = fault["input"]
    shown = repr(met[:80]) if isinstance(met, str) else type(met).__name__ if not isinstance(met, int) else repr(met)
    return f"is {shown}; expected {wanted}."


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        allowed = allowed_methods(request)
        detail = f"{request.method} is not for {request.url.path}; expected one of {', '.join(allowed)}."
        return respond_problem(request, Problem(METHOD, detail, {"Allow": ", ".join(allowed)}))
    if error.status_code == 404:
        detail = f"there is nothing at {request.url.path}; every address is listed at /docs and in /openapi.json."
        return respond_problem(request, Problem(NO_ROUTE, detail))
    known = {INVALID_BODY.status: INVALID_BODY, TOO_LARGE.status: TOO_LARGE}
    return respond_problem(request, Problem(known.get(error.status_code, FAULT), str(error.detail)))


async def _on_fault(request: Request, error: Exception) -> Response:
    request_id = request.scope.get("zeren.request_id", "")
    log.error("request %s %s %s failed", request_id, request.method, request.url.path, exc_info=error)
    return respond_problem(request, Problem(FAULT, f"the service failed; the log has the reason under {request_id}."))


def allowed_methods(request: Request) -> list[str]:
    """Every method that some route of the application takes at this path; HEAD goes with GET."""
    routes = request.app.router.routes
    scope = {**request.scope, "root_path": request.scope.get("app_root_path", "")}
    found = {method for method in _METHODS if _takes(routes, {**scope, "method": method})}
    if "GET" in found:
        found.add("HEAD")
    return sorted(found)


def _takes(routes: Sequence[BaseRoute], scope: dict[str, Any]) -> bool:
    """Whether a route, or a route below a mount, takes this path and method."""
    for route in routes:
        match, more = route.matches(scope)
        if match is not Match.FULL:
            continue
        if not isinstance(route, Mount):
            return True
        if not route.routes:  # a folder of files
            return scope["method"] in ("GET", "HEAD")
        if _takes(route.routes, {**scope, **more}):
            return True
    return False


def _pointer(location: Sequence[int | str]) -> str:
    """``("query", "limit")`` -> ``/query/limit``, escaped as in RFC 6901."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)
