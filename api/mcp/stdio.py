"""``zeren mcp``: assistants that start a program and speak over its standard input and output.

Order of steps: where a server holds the store, each call of a tool is a request to it, with the token of the lock file; otherwise the
store is opened here, and the requests go to the service without a connection.  Standard output belongs to the protocol.

Left to others: the tools (`api.mcp.tools`), the protocol (`api.mcp.server`).
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from graph.errors import ZerenError
from graph.store.embedded.lock_file import LockInfo


class NotInstalled(ZerenError):
    """The SDK of the protocol is an extra that is not there."""


def serve_stdio(app: Any, held: LockInfo | None) -> None:
    """Speak the protocol until standard input ends: by the server that holds the store (``held``), else by ``app``."""
    try:
        from mcp.server.stdio import stdio_server

        from api.mcp.server import make_server
    except ModuleNotFoundError as error:
        raise NotInstalled(
            f"assistants need {error.name!r}, which is not installed. Run pip install 'zeren[mcp]'."
        ) from None

    async def speak() -> None:
        async with _client(app, held) as client:

            async def get(path: str, given: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
                answer = await client.get(path, params=dict(given))
                return answer.status_code, answer.json()

            server = make_server(get)
            async with stdio_server() as (read, write):
                await server.run(read, write, server.create_initialization_options())

    asyncio.run(speak())


@asynccontextmanager
async def _client(app: Any, held: LockInfo | None) -> AsyncIterator[httpx2.AsyncClient]:
    if held is not None:
        headers = {"Authorization": f"Bearer {held.token}"}
        async with httpx2.AsyncClient(
            base_url=str(held.address), headers=headers, follow_redirects=True, trust_env=False, timeout=120
        ) as client:
            yield client
        return
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 0))
    async with httpx2.AsyncClient(
        transport=transport,
        base_url=f"http://127.0.0.1{app.state.service.settings.path_prefix or ''}",
        follow_redirects=True,
        trust_env=False,
        timeout=None,
    ) as client:
        yield client
