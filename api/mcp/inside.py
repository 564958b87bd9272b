"""What both doors for assistants need: a client of the service without a connection, an answer as the tools want it, and what to say
where the SDK of the protocol is not installed.

Left to others: who asks, and where (`api.mcp.route`, `api.mcp.stdio`).
"""

from collections.abc import Mapping
from typing import Any

import httpx2


def client_inside(
    app: Any, origin: str, sender: tuple[str, int], headers: Mapping[str, str] | None = None
) -> httpx2.AsyncClient:
    """A client of the service ``app`` in this process, that asks as ``sender`` with ``headers``; ``origin`` is the address it is known by."""
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app, raise_app_exceptions=False, client=sender),
        base_url=f"{origin}{app.state.service.settings.path_prefix or ''}",
        headers=dict(headers or {}),
        follow_redirects=True,
        trust_env=False,
        timeout=None,
    )


async def answer_of(
    client: httpx2.AsyncClient, address: str, given: Mapping[str, str], headers: Mapping[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """Status and body of a GET."""
    answer = await client.get(address, params=dict(given), headers=dict(headers or {}))
    return answer.status_code, answer.json()


def without_sdk(error: ModuleNotFoundError) -> str:
    """What to say where the SDK is not there."""
    return f"assistants need {error.name!r}, which is not installed. Run pip install 'zeren[mcp]'."
