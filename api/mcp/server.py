"""The protocol: a server of the SDK (https://py.sdk.modelcontextprotocol.io) whose tools are those of `api.mcp.tools`.

The SDK is an extra and takes two seconds to import: this module is imported when an assistant comes, not before.

Left to others: who sends the requests, and how they come in (`api.mcp.route`, `api.mcp.stdio`).
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import httpx2
from mcp import types
from mcp.server.lowlevel import Server

from api.answers.chinese.messages import in_chinese
from api.mcp.tools import TOOLS, request_of
from api.settings import product_version
from graph.errors import ParameterError, ZerenError

Get: TypeAlias = Callable[[str, Mapping[str, str]], Awaitable[tuple[int, dict[str, Any]]]]
"""Sends a GET to ``/v1``: address and parameters -> status and body."""

_INSTRUCTIONS = (
    "责任图谱：政府文件里谁牵头、谁负责、何时完成、依据什么。每行的 evidence 有原文（quote）、位置（span，按码位的 [start, end)）、"
    "文件编号（document_id）和原文的 text_sha256；回答时请引用原文。total.relation 为 gte 时总数只是下限；next 不为空时还有下一页；"
    "left_out、unused、unread 说明没有计入或没有读懂的部分，必须转告。只读。"
)


def make_server(get: Get) -> "Server[Any]":
    """A server whose tools ask ``/v1`` by ``get``."""

    async def list_tools(context: Any, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=tool.name,
                    description=tool.says,
                    input_schema=tool.schema,
                    annotations=types.ToolAnnotations(read_only_hint=True),
                )
                for tool in TOOLS.values()
            ]
        )

    async def call_tool(context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            path, given = request_of(params.name, params.arguments or {})
        except ParameterError as error:
            return _failed("invalid-parameter", str(error))
        try:
            status, body = await get(path, given)
        except (httpx2.HTTPError, ZerenError, ValueError) as error:
            return _failed(
                "store-unavailable",
                f"the service did not answer ({error or type(error).__name__}). Try again, or see whether it runs.",
            )
        return _result(body, failed=status >= 400)

    return Server(
        "zeren",
        version=product_version(),
        title="Zeren 责任图谱",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _failed(code: str, detail: str) -> types.CallToolResult:
    """A refusal that came from no address of ``/v1``."""
    return _result({"detail": detail, "detail_zh": in_chinese(code, detail, ())}, failed=True)


def _result(body: Mapping[str, Any], *, failed: bool) -> types.CallToolResult:
    """The body of an answer, or of a problem, as words and as an object."""
    words = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=words)], structured_content=dict(body), is_error=failed
    )
