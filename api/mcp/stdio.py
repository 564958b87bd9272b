"""``zeren mcp``: assistants that start a program and speak over its standard input and output.

Order of steps: where a server holds the store, each call of a tool is a request to it, with the token of the lock file, which is read
anew if that server is gone; otherwise the store is opened here, and the requests go to the service without a connection.  Standard
output belongs to the protocol.

Left to others: the tools (`api.mcp.tools`), the protocol (`api.mcp.server`).
"""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import httpx2

from api.mcp.inside import answer_of, client_inside, without_sdk
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
        raise NotInstalled(without_sdk(error)) from None

    async def speak() -> None:
        async with _client(app) as client:
            get = partial(answer_of, client) if app is not None else _Served(client, holder).get
            server = make_server(get)
            async with stdio_server() as (read, write):
                await server.run(read, write, server.create_initialization_options())

    asyncio.run(speak())


def _client(app: Any) -> httpx2.AsyncClient:
    if app is not None:
        return client_inside(app, "http://127.0.0.1", ("127.0.0.1", 0))
    return httpx2.AsyncClient(follow_redirects=True, trust_env=False, timeout=120)


class _Served:
    """Asks the server that holds the store; where that is gone, the one that holds it now, once."""

    def __init__(self, client: httpx2.AsyncClient, holder: Callable[[], LockInfo | None]) -> None:
        self._client, self._holder = client, holder
        self._held: LockInfo | None = None

    async def get(self, path: str, given: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        if self._held is not None:
            try:
                return await self._ask(self._held, path, given)
            except httpx2.ConnectError:
                pass
        self._held = await asyncio.to_thread(self._holder)
        if self._held is None:
            raise StoreUnavailable(
                "the service that held the store has ended, and no other holds it; start zeren mcp anew."
            )
        return await self._ask(self._held, path, given)

    async def _ask(self, held: LockInfo, path: str, given: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {held.token}"}
        return await answer_of(self._client, f"{held.address}{path}", given, headers)
