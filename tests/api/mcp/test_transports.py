"""Assistants as they come: a client of the SDK over HTTP and over standard input, against real programs."""

import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from tests.api.cli.test_serve import Place, stop

pytestmark = pytest.mark.server
QUESTION = {"q": "市政府法制办牵头哪些事项", "limit": 500}


@pytest.fixture
def place(sample_folder: Path, tmp_path: Path) -> Place:
    shutil.copytree(sample_folder, tmp_path / "store")
    return Place(tmp_path)


@pytest.fixture
def address(place: Place) -> Iterator[str]:
    process, address = place.serve(ZEREN_LOCAL_USE="0", ZEREN_API_KEY="the first admin's key")
    yield address
    stop(process, signal.SIGTERM)


async def use(server: Any) -> tuple[int, dict[str, Any]]:
    """How many tools there are, and the answer to a question."""
    async with Client(server) as client:
        listed = await client.list_tools()
        answer = await client.call_tool("ask", QUESTION)
        assert not answer.is_error
        return len(listed.tools), dict(answer.structured_content or {})


def of_program(place: Place) -> StdioServerParameters:
    command = "from api.cli.main import main; main()"
    return StdioServerParameters(
        command=sys.executable,
        args=["-c", command, "mcp", "--store", place.environment()["ZEREN_STORE"]],
        env=place.environment(),
    )


def test_a_program_answers_with_a_service_and_without_one(place: Place) -> None:
    alone = anyio.run(use, of_program(place))
    process, address = place.serve()
    try:
        beside = anyio.run(use, of_program(place))
        over_http = anyio.run(use, f"{address}/mcp")
        rest = httpx2.get(f"{address}/v1/ask", params={**QUESTION, "evidence": "full"}, trust_env=False).json()
    finally:
        stop(process, signal.SIGTERM)
    assert alone == beside == over_http
    assert alone[1] == rest
    assert alone[0] > 10


def test_a_program_finds_the_service_again_and_says_when_there_is_none(place: Place) -> None:
    async def through() -> list[tuple[bool, dict[str, Any]]]:
        met = []
        process, _ = place.serve()
        async with Client(of_program(place)) as client:
            for step in ("first", "gone", "another"):
                if step == "gone":
                    stop(process, signal.SIGTERM)
                if step == "another":
                    process, _ = place.serve()
                answer = await client.call_tool("ask", QUESTION)
                met.append((bool(answer.is_error), dict(answer.structured_content or {})))
        stop(process, signal.SIGTERM)
        return met

    first, gone, another = anyio.run(through)
    assert (first[0], gone[0], another[0]) == (False, True, False)
    assert "no other holds it" in gone[1]["detail"]
    assert first[1] == another[1]


def test_only_who_may_read_may_ask(address: str, place: Place) -> None:
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    headers = {"Accept": "application/json, text/event-stream"}
    refused = httpx2.post(f"{address}/mcp", json=message, headers=headers, trust_env=False)
    assert (refused.status_code, refused.json()["type"]) == (401, "urn:zeren:problem:key-required")
    foreign = httpx2.post(
        f"{address}/mcp", json=message, headers={**headers, "Origin": "http://evil.example"}, trust_env=False
    )
    assert foreign.status_code == 403
    rebound = httpx2.post(f"{address}/mcp", json=message, headers={**headers, "Host": "evil.example"}, trust_env=False)
    assert rebound.status_code == 421
    assert httpx2.get(f"{address}/mcp", trust_env=False).status_code == 405

    _, made, _ = place.run("keys", "create", "--name", "助手", "--role", "reader")
    key = next(word for word in made.split() if len(word) > 30)

    async def with_key() -> tuple[int, dict[str, Any]]:
        async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}, trust_env=False, timeout=60) as http:
            return await use(streamable_http_client(f"{address}/mcp", http_client=http))

    tools, body = anyio.run(with_key)
    assert tools > 10
    assert body["total"]["value"] == 18
    audit = httpx2.get(
        f"{address}/v1/audit", headers={"Authorization": "Bearer the first admin's key"}, trust_env=False
    ).json()
    asked = [line for line in audit["items"] if line.get("route") == "/v1/ask"]
    assert [(line["event"], line["who"], line["rows"]) for line in asked] == [("question", "助手", 18)]
