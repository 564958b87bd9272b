"""``zeren mcp``: assistants that start a program and speak over its standard input and output.

Order of steps: where a server holds the store, each call of a tool is a request to it, with the token of the lock file, which is read
anew if that server is gone; otherwise the store is opened here, and the requests go to the service without a connection.  Standard
output belongs to the protocol.

Left to others: the tools (`api.mcp.tools`), the protocol (`api.mcp.server`).
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import httpx2

from graph.errors import StoreUnavailable, ZerenError
from graph.store.embedded.lock_file import LockInfo


class NotInstalled(ZerenError):
    """The SDK of the protocol is an extra that is not there."""


def serve_stdio(app: Any, holder: Callable[[], LockInfo | None]) -> None:
    """Speak the protocol until standard input ends: by the server that holds the store (``holder``), else by ``app``, which is None
    where there is one.
    """
    try:
        from mcp.server.stdio import stdio_server

        from api.mcp.server import make_server
    except ModuleNotFoundError as error:
        raise NotInstalled(
            f"assistants need {error.name!r}, which is not installed. Run pip install 'zeren[mcp]'."
        ) from None

    async def speak() -> None:
        async with httpx2.AsyncClient(
            transport=None
            if app is None
            else httpx2.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 0)),
            follow_redirects=True,
            trust_env=False,
            timeout=120,
        ) as client:
            held: LockInfo | None = None

            async def get(path: str, given: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
                nonlocal held
                if app is None and held is None:
                    held = await asyncio.to_thread(holder)
                try:
                    answer = await _ask(client, app, held, path, given)
                except httpx2.ConnectError:
                    held = await asyncio.to_thread(
                        holder
                    )  # a server that was started since, perhaps at another address
                    answer = await _ask(client, app, held, path, given)
                return answer.status_code, answer.json()

            server = make_server(get)
            async with stdio_server() as (read, write):
                await server.run(read, write, server.create_initialization_options())

    asyncio.run(speak())


async def _ask(
    client: httpx2.AsyncClient, app: Any, held: LockInfo | None, path: str, given: Mapping[str, str]
) -> httpx2.Response:
    if app is not None:
        prefix = app.state.service.settings.path_prefix or ""
        return await client.get(f"http://127.0.0.1{prefix}{path}", params=dict(given))
    if held is None:
        raise StoreUnavailable(
            "the service that held the store has ended, and no other holds it; start zeren mcp anew."
        )
    headers = {"Authorization": f"Bearer {held.token}"}
    return await client.get(f"{held.address}{path}", params=dict(given), headers=headers)
