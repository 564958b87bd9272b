"""Connections within limits: a request that does not come, or comes too slowly, ends its connection.

uvicorn waits for ever for the rest of a request.  Its protocol is extended by a look every few seconds:

1. The head of a request must be there within ``ZEREN_HEADER_SECONDS`` after the connection was opened, or after its first byte.
2. Its body may pause for ``ZEREN_BODY_PAUSE_SECONDS`` at most, and must come at `SLOWEST` bytes a second on the whole. The
   time in which the service itself takes no more does not count.
3. There are at most ``ZEREN_MAX_CONNECTIONS``, and from one address ``ZEREN_ADDRESS_CONNECTIONS`` of them; this machine and
   trusted proxies may have all.

Who is too slow is answered 408, who is too many 503, whose request is no HTTP or has an address beyond 64 KB 400, as a problem
document; then the connection is closed.

Example: 700 half-sent requests are gone some 11 seconds later.

Left to others: how often somebody may ask (`api.http.access`), the length of a body (`api.http.middleware`).
"""

import asyncio
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from api.http.origin import is_trusted
from api.http.problems import MEDIA_TYPE, NOT_HTTP, TOO_MANY_CONNECTIONS, TOO_SLOW, Problem, ProblemKind, body
from api.settings import Settings, is_loopback

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as _Protocol
else:
    _Protocol = object  # uvicorn is imported by who serves alone

STEP = 1.0  # seconds between two looks at a connection
SLOWEST = 1000  # bytes a second
_REASONS = {400: "Bad Request", 408: "Request Timeout", 503: "Service Unavailable"}


def bounded_protocol(settings: Settings) -> "type[_Protocol] | str":
    """uvicorn's protocol with these limits; uvicorn's own where httptools is not there (Windows)."""
    try:
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
    except ImportError:
        return "auto"
    return type("BoundedProtocol", (Bounded, HttpToolsProtocol), {"settings": settings, "open_now": Counter()})


class Bounded(_Protocol):
    """One connection within limits, over uvicorn's protocol; see the module."""

    settings: Settings
    open_now: Counter[str]  # connections by address

    _counted: str | None = None
    _look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        address = str(self.client[0]) if self.client else ""
        self._counted = address
        self.open_now[address] += 1
        own = is_loopback(address) or is_trusted(address, self.settings.proxies)
        if self.open_now.total() > self.settings.max_connections:
            self._end(TOO_MANY_CONNECTIONS, f"there are {self.settings.max_connections} connections; expected fewer.")
        elif self.open_now[address] > self.settings.address_connections and not own:
            self._end(
                TOO_MANY_CONNECTIONS,
                f"there are {self.settings.address_connections} connections from this address; expected fewer.",
            )
        self._begun = self._last = self.loop.time()
        self._taken = 0
        self._in_head, self._in_body = True, False
        self._look = self.loop.call_later(STEP, self._check)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._look is not None:
            self._look.cancel()
        if self._counted is not None:
            self.open_now[self._counted] -= 1
            if not self.open_now[self._counted]:
                del self.open_now[self._counted]
            self._counted = None
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        self._begun = self.loop.time()
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head, self._in_body = False, True
        self._begun = self._last = self.loop.time()
        self._taken = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._last = self.loop.time()
        self._taken += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._in_body = False
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """What uvicorn calls for a request that its parser gives up."""
        self._end(
            NOT_HTTP, "the request cannot be read; expected HTTP/1.1, with an address and headers of at most 64 KB."
        )

    def _check(self) -> None:
        if self.transport.is_closing():
            return
        now = self.loop.time()
        if self._in_head and now - self._begun > self.settings.header_seconds:
            self._end(
                TOO_SLOW,
                f"the head of the request is not there after {self.settings.header_seconds:g} seconds; expected it at once.",
            )
        elif self._in_body and self.flow.read_paused:  # it is the service that takes no more
            self._begun += STEP
            self._last = now
        elif self._in_body and self._is_slow(now):
            self._end(
                TOO_SLOW,
                f"the body of the request stopped, or comes at less than {SLOWEST} bytes a second; expected the rest of "
                f"it within {self.settings.body_pause_seconds:g} seconds.",
            )
        else:
            self._look = self.loop.call_later(STEP, self._check)

    def _is_slow(self, now: float) -> bool:
        late = now - self._begun - self.settings.body_pause_seconds
        return now - self._last > self.settings.body_pause_seconds or self._taken < late * SLOWEST

    def _end(self, kind: ProblemKind, detail: str) -> None:
        """Answer with a problem document, unless an answer has begun, and close."""
        begun = self.cycle is not None and (self.cycle.response_started and not self.cycle.response_complete)
        if not begun:
            self.transport.write(_refusal(kind, detail))
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()


def _refusal(kind: ProblemKind, detail: str) -> bytes:
    made: dict[str, Any] = body(Problem(kind, detail), instance="", request_id="")
    content = json.dumps(made, ensure_ascii=False).encode()
    again = "" if kind is NOT_HTTP else "Retry-After: 10\r\n"
    head = (
        f"HTTP/1.1 {kind.status} {_REASONS[kind.status]}\r\nContent-Type: {MEDIA_TYPE}\r\n{again}"
        f"Content-Length: {len(content)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode("ascii") + content
