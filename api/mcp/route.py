"""``POST /mcp``: assistants over HTTP, behind the guard of every route.

Who may read ``/v1`` may use it: with a key, or where local use is set; nobody else. Each call of a tool is a request of its own to
``/v1`` in this process, with the headers of the one it came in: its key, role, limits and line in the audit log are those of any
request. There is no session: every request stands alone (``stateless``), and GET and DELETE are answered 405.

Left to others: the tools (`api.mcp.tools`), the protocol (`api.mcp.server`).
"""

import importlib
from collections.abc import Mapping
from typing import Any

import httpx2
from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.http.dependencies import read_access
from api.http.problems import NOT_INSTALLED, refuse

PATH = "/mcp"
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


@router.post(PATH, include_in_schema=False)
async def answer_assistant(request: Request) -> Response:
    """A message of the protocol, and its answer."""
    try:
        await run_in_threadpool(importlib.import_module, "api.mcp.server")
    except ModuleNotFoundError as error:
        raise refuse(
            NOT_INSTALLED, f"assistants need {error.name!r}, which is not installed. Run pip install 'zeren[mcp]'."
        ) from None
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
        async with _inside(request, kept) as client:

            async def get(path: str, given: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
                answer = await client.get(path, params=dict(given))
                return answer.status_code, answer.json()

            manager = StreamableHTTPSessionManager(
                make_server(get), json_response=True, stateless=True, security_settings=open_to_guard
            )
            async with manager.run():
                await manager.handle_request(scope, receive, send)


def _inside(request: Request, headers: Mapping[str, str]) -> httpx2.AsyncClient:
    """A client of this service, without a connection, that asks as who sent ``request``."""
    prefix = request.app.state.service.settings.path_prefix or ""
    client = request.client
    transport = httpx2.ASGITransport(
        request.app, raise_app_exceptions=False, client=(client.host, client.port) if client else ("", 0)
    )
    return httpx2.AsyncClient(
        transport=transport,
        base_url=f"{request.url.scheme}://{request.headers['host']}{prefix}",
        headers=dict(headers),
        follow_redirects=True,
        trust_env=False,
        timeout=None,
    )
