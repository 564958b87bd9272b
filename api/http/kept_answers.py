"""Answers that are kept, and 304, before routing: what an address was answered is remembered for a data version and a day.

Order of steps of a GET: its address is one that was answered from the data version that the store has now
(`api.http.response_cache`); the same guard as before every route (`api.http.access.guard`) lets it pass, with role and
limits, or refuses it; the tag is the one that the sender has: 304; the body is kept: it is sent. In every other case the request
goes on to its route, which makes the answer and remembers it.

Host, request id, length and audit log are the layers around this one. A store that must be asked for its version (a Neo4j
server) is asked by the route.

Example: the second GET of ``/v1/units/娄底市:市司法局/duties`` is answered here, with the line in the audit log that the first had.

Left to others: what makes a tag (`api.http.responses`).
"""

from fastapi import Request
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.access import guard
from api.http.dependencies import Service
from api.http.problems import Refused, from_error, respond_problem
from api.http.response_cache import AnsweredAddress, address_of
from api.http.responses import is_known, kept_response, not_modified
from api.http.trace import trace_of
from graph.errors import ZerenError


class KeptAnswers:
    """The innermost layer, around the routes; see the module."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await _answer(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        await (answer or self._app)(scope, receive, send)


async def _answer(scope: Scope) -> Response | None:
    """The answer to a request that needs no route; None if it needs one."""
    service: Service | None = getattr(scope["app"].state, "service", None)
    version = service.store.version_now() if service is not None else None
    if service is None or version is None:
        return None
    headers = Headers(scope=scope)
    address = address_of(scope, headers.get("accept", ""))
    made = service.answers.remembered(address, str(version)) if address is not None else None
    if made is None:
        return None
    known = is_known(headers.get("if-none-match", ""), made.tag)
    kept = None if known else service.answers.get(made.tag)
    if not known and kept is None:
        return None
    refused = await _refusal(scope, service, made)
    if refused is not None:
        return refused
    return not_modified(made.tag) if kept is None else kept_response(kept)


async def _refusal(scope: Scope, service: Service, made: AnsweredAddress) -> Response | None:
    """What the guard of routes says against it; the request is marked as one of the route that was remembered."""
    scope["route"], scope["path_params"] = made.route, dict(made.path_params)
    request = Request(scope)
    try:
        await guard(request, service)
    except Refused as refused:
        return respond_problem(request, refused.problem)
    except ZerenError as error:
        return respond_problem(request, from_error(error))
    trace_of(request).data_version = made.version
    return None
