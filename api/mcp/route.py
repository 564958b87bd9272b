"""``POST /mcp``: assistants over HTTP, behind the guard of every route.

Who may read ``/v1`` may use it: with a key, or where local use is set; nobody else. Each call of a tool is a request of its own to
``/v1`` in this process, with the headers of the one it came in: its key, role, limits and line in the audit log are those of any
request. There is no session: every request stands alone (``stateless``), and GET and DELETE are answered 405.

Left to others: the tools (`api.mcp.tools`), the protocol (`api.mcp.server`).
"""

import importlib
from functools import partial

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.http.dependencies import read_access
from api.http.middleware import ASSISTANTS
from api.http.problems import NOT_INSTALLED, refuse
from api.mcp.inside import answer_of, client_inside, without_sdk

router = APIRouter(dependencies=[Depends(read_access)])
# what belongs to the message, not to who sent it
_OWN = frozenset(
    (
        "accept",
        "accept-encoding",
        "content-length",
        "content-type",
        "connection",
        "transfer-encoding",
        "origin",
        "if-none-match",
        "range",
    )
)


@router.post(ASSISTANTS, include_in_schema=False)
async def answer_assistant(request: Request) -> Response:
    """A message of the protocol, and its answer."""
    try:
        await run_in_threadpool(importlib.import_module, "api.mcp.server")
    except ModuleNotFoundError as error:
        raise refuse(NOT_INSTALLED, without_sdk(error)) from None
    return _Answered()


class _Answered(Response):
    """The answer that the SDK makes, given to the server as it comes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
        from mcp.server.transport_security import TransportSecuritySettings

        from api.mcp.server import make_server

        request = Request(scope)
        kept = {
            name: value for name, value in request.headers.items() if name not in _OWN and not name.startswith("mcp-")
        }
        # Host and Origin are the guard's matter
        open_to_guard = TransportSecuritySettings(enable_dns_rebinding_protection=False)
        sender = (request.client.host, request.client.port) if request.client else ("", 0)
        async with client_inside(
            request.app, f"{request.url.scheme}://{request.headers['host']}", sender, kept
        ) as client:
            manager = StreamableHTTPSessionManager(
                make_server(partial(answer_of, client)),
                json_response=True,
                stateless=True,
                security_settings=open_to_guard,
            )
            async with manager.run():
                await manager.handle_request(scope, receive, send)
