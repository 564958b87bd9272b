"""What is known of one request while it is answered: who asks, from where, and what the answer holds.

The request guard (`api.http.middleware`) makes it, the guard of routes, routes and responses add to it, and the audit log
and the log of requests are written from it.

Example: ``trace_of(request).rows = 29``.
"""

import time
from contextvars import ContextVar
from dataclasses import dataclass, field

from fastapi import Request

from api.security.keys import Person

_KEY = "zeren.trace"


@dataclass(slots=True)
class RequestTrace:
    """One request. ``what`` is the id of what it was about, ``rows`` how many rows were answered of how many there are."""

    request_id: str
    address: str
    began: float = field(default_factory=time.monotonic)
    person: Person | None = None
    csrf: str | None = None  # the token that a write of this session must repeat
    event: str | None = None
    what: str | None = None
    rows: int | None = None
    data_version: str | None = None
    unlogged: bool = False

    @property
    def asker(self) -> Person:
        """Who asks, behind the guard: there it is somebody."""
        assert self.person is not None
        return self.person


CURRENT: ContextVar[RequestTrace | None] = ContextVar("zeren.trace", default=None)
"""The request that is being answered, for the log."""


def trace_of(request: Request) -> RequestTrace:
    """The trace of a request."""
    trace: RequestTrace = request.scope.setdefault(_KEY, RequestTrace("", ""))
    return trace
