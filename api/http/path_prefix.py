"""A service below a path of its host: ``ZEREN_PATH_PREFIX=/zeren`` puts pages, files and ``/v1`` below ``/zeren/``.

Order of steps, around the whole application:

1. The prefix is taken off the path of a request; one that a proxy has taken off already is served the same way.
2. The application sees its own paths, and writes them into its answers.
3. The prefix is put before them again: in ``Location``, ``Content-Location`` and ``Link``; in the path of a cookie; in the
   attributes of a page that hold an address; in ``url`` and ``next_url`` of a JSON body.

A quote inside a text is escaped in HTML and in JSON alike, so that no words of a plan can look like an attribute or a key.

Example: ``href="/units/甲"`` is sent as ``href="/zeren/units/甲"``.

Left to others: scripts, which take addresses from their own (``static/``).
"""

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ATTRIBUTE = re.compile(rb"(\s(?:href|src|action|formaction|data-address)=\")/(?!/)")
_KEY = re.compile(rb"(\"(?:next_url|url)\": ?\")/(?=v1/)")
_LINK = re.compile(r"<(?=/(?!/))")
_HELD = {"text/html": _ATTRIBUTE, "application/json": _KEY, "application/problem+json": _KEY}


class PathPrefix:
    """The layer around an application that is served below ``prefix``; see the module."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app, self._prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        inner = {**scope, "path": self._own(scope["path"]), "app_root_path": self._prefix}
        if raw := scope.get("raw_path"):
            inner["raw_path"] = self._own(raw.decode("latin-1")).encode("latin-1")
        await self._app(inner, receive, _Prefixing(send, self._prefix, head=scope["method"] == "HEAD"))

    def _own(self, path: str) -> str:
        """``/zeren/units`` -> ``/units``, ``/zeren`` -> ``/``; another path as it is."""
        if path == self._prefix:
            return "/"
        return path.removeprefix(self._prefix) if path.startswith(self._prefix + "/") else path


class _Prefixing:
    """``send`` that puts the prefix before the addresses of an answer."""

    def __init__(self, send: Send, prefix: str, *, head: bool) -> None:
        self._send, self._prefix, self._head = send, prefix, head
        self._start: Message | None = None  # of an answer whose body is rewritten
        self._pattern: re.Pattern[bytes] | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            self._rewrite(headers)
            self._pattern = _HELD.get(headers.get("content-type", "").partition(";")[0])
            if self._pattern is not None:
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._whole(message)
            return
        await self._send(message)

    async def _whole(self, last: Message) -> None:
        assert self._start is not None
        assert self._pattern is not None
        body = self._pattern.sub(rb"\g<1>" + self._prefix.encode() + b"/", self._body)
        headers = MutableHeaders(scope=self._start)
        if self._head:
            del headers["content-length"]  # that of a body that was not made
        else:
            headers["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({**last, "body": body})

    def _rewrite(self, headers: MutableHeaders) -> None:
        for name in ("location", "content-location"):
            if (value := headers.get(name, "")).startswith("/") and not value.startswith("//"):
                headers[name] = self._prefix + value
        if (links := headers.get("link")) is not None:
            headers["link"] = _LINK.sub(f"<{self._prefix}", links)
        cookies = headers.getlist("set-cookie")
        if cookies:
            del headers["set-cookie"]
            for cookie in cookies:
                headers.append("set-cookie", re.sub(r"; Path=/(?=;|$)", f"; Path={self._prefix}", cookie))
