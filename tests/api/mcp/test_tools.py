"""The tools for assistants: each is an address of ``/v1`` with parameters that it takes; answers are those of REST, row for row."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.client.client import Client

from api.answers.questions import questions
from api.mcp.server import make_server
from api.mcp.tools import TOOLS, request_of
from graph.errors import ParameterError
from tests.api.conftest import Served

DESCRIBED = json.loads((Path(__file__).parents[3] / "docs" / "openapi.json").read_text("utf-8"))["paths"]
PLAN = "娄底市-娄发2017-4"
# what the questions need, by the name of the parameter
GIVEN = {
    "unit": "市政府法制办",
    "other": "市编办",
    "regulation": "湖南省行政程序规定",
    "item": f"{PLAN}:s2.4-20",
    "section": f"{PLAN}:s2",
    "document": PLAN,
    "by": "2018-12-31",
}
ALSO = {"fact-evidence": {"item": f"{PLAN}:s2.4-20"}}  # of several ways to ask, one


def call(sample: Served, name: str, arguments: Mapping[str, Any]) -> tuple[bool, dict[str, Any]]:
    """Whether a call of a tool failed, and its answer, by a client of the SDK."""
    return calls(sample, [(name, arguments)])[0]


def calls(sample: Served, wanted: list[tuple[str, Mapping[str, Any]]]) -> list[tuple[bool, dict[str, Any]]]:
    async def get(path: str, given: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        answer = await anyio.to_thread.run_sync(lambda: sample.client.get(path, params=dict(given)))
        return answer.status_code, answer.json()

    async def ask() -> list[tuple[bool, dict[str, Any]]]:
        async with Client(make_server(get)) as client:
            found = []
            for name, arguments in wanted:
                answer = await client.call_tool(name, dict(arguments))
                assert json.loads(answer.content[0].text) == answer.structured_content  # type: ignore[union-attr]
                found.append((bool(answer.is_error), dict(answer.structured_content or {})))
            return found

    return anyio.run(ask)


def test_each_tool_asks_an_address_that_takes_its_parameters() -> None:
    for tool in TOOLS.values():
        path = tool.path
        for name in tool.needs:
            path = path.replace(f"{{{name}}}", "{ref}" if name not in ("name",) else "{name}")
        taken = (
            {one["name"] for one in DESCRIBED[path]["get"]["parameters"] if one["in"] == "query"}
            if tool.takes
            else set()
        )
        inside = {name for name in tool.needs if f"{{{name}}}" in tool.path}
        assert tool.takes.keys() - inside - {"parameters"} <= taken, tool.name
        assert not tool.evidence or "evidence" in taken, tool.name


def test_the_list_of_tools_is_small() -> None:
    async def listed() -> str:
        async def get(path: str, given: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
            raise AssertionError(path)

        async with Client(make_server(get)) as client:
            found = await client.list_tools()
            assert all(tool.annotations and tool.annotations.read_only_hint for tool in found.tools)
            return json.dumps(
                [tool.model_dump(by_alias=True, exclude_none=True, mode="json") for tool in found.tools],
                ensure_ascii=False,
            )

    assert len(anyio.run(listed).encode()) <= 8192


def test_every_question_is_answered_as_by_rest_row_for_row(sample: Served) -> None:
    wanted, rest = [], []
    for name, query in questions().items():
        given = {p.name: GIVEN[p.name] for p in query.params if p.name in GIVEN and not p.nullable} | ALSO.get(name, {})
        wanted.append(("question", {"name": name, "parameters": given, "limit": 500}))
        answer = sample.client.get(f"/v1/questions/{name}", params={**given, "limit": 500, "evidence": "full"})
        assert answer.status_code == 200, answer.text[:300]
        rest.append(answer.json())
    assert calls(sample, wanted) == [(False, body) for body in rest]
    for body in rest:
        for row in body["items"]:
            if (place := row.get("evidence")) and place["span"]:
                assert place["quote"]
                assert place["document_id"] == PLAN
                assert len(place["text_sha256"]) == 64


def test_pages_follow_one_another(sample: Served) -> None:
    whole = sample.client.get("/v1/units/市政府法制办/duties?limit=500&evidence=full").json()["items"]
    rows: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        failed, body = call(sample, "duties", {"unit": "市政府法制办", "limit": 10, **after})
        assert not failed
        rows += body["items"]
        if body["next"] is None:
            break
        after = {"after": body["next"]}
    assert rows == whole


def test_a_place_is_the_words_of_a_quote(sample: Served) -> None:
    _, body = call(sample, "ask", {"q": "市政府法制办牵头哪些事项"})
    place = body["items"][0]["evidence"]
    failed, met = call(
        sample,
        "place",
        {"document": place["document_id"], "start": place["span"][0], "end": place["span"][1], "around": 4},
    )
    assert not failed
    assert (met["quote"], met["text_sha256"], met["span"]) == (place["quote"], place["text_sha256"], place["span"])
    text = sample.client.get(f"/v1/documents/{PLAN}/text").text
    start, end = place["span"]
    assert met["before"] + met["quote"] + met["behind"] == text[start - 4 : end + 4]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {}),
        ("ask", {"q": ["a", "b"]}),
        ("ask", {"q": "市" * 3000}),
        ("ask", {"q": "谁牵头", "cypher": "MATCH (n) DETACH DELETE n"}),
        ("duties", {"unit": "无此单位"}),
        ("duties", {"unit": "..", "limit": 5}),
        ("duties", {"unit": "市编办", "role": "boss"}),
        ("duties", {"unit": "x?role=lead#"}),
        ("duties", {"unit": "市编办", "after": "1"}),
        ("duties", {"unit": "市编办", "limit": 100000}),
        ("question", {"name": "../documents"}),
        ("question", {"name": "unit-duties", "parameters": "unit=市编办"}),
        ("question", {"name": "unit-duties", "parameters": {"unit": {"id": 1}}}),
        ("question", {"name": "unit-duties", "parameters": {"unit": "市编办", "format": "csv"}}),
        ("question", {"name": "unit-duties", "parameters": {"unit": "市编办", "whole": "true"}}),
        ("items", {"where": "lead(市编办) and ("}),
        ("place", {"document": PLAN, "start": 5, "end": 5}),
        ("place", {"document": PLAN, "start": 0, "end": 10**9}),
        ("delete", {"ref": PLAN}),
    ],
)
def test_what_cannot_be_meant_is_refused_and_says_why(sample: Served, name: str, arguments: dict[str, Any]) -> None:
    failed, body = call(sample, name, arguments)
    assert failed
    assert body["detail_zh"]
    assert body["detail"]


def test_a_name_with_a_slash_stays_one_name() -> None:
    assert (
        request_of("unit", {"ref": "市委/市政府"})[0]
        == "/v1/units/%E5%B8%82%E5%A7%94%EF%BC%8F%E5%B8%82%E6%94%BF%E5%BA%9C"
    )
    with pytest.raises(ParameterError, match="expected an id or a name"):
        request_of("unit", {"ref": ""})
