"""The log of the service: a line each on standard error, as text or as JSON, each with the request it belongs to.

`set_up_log` is called once by ``zeren serve``.  With ``ZEREN_LOG_FORMAT=json`` a line is an object: ``at``, ``level``, ``logger``,
``message``, and ``request`` and ``who`` where a request is being answered.  With ``ZEREN_LOG_REQUESTS=true`` every answer is a line:
method, route, status, milliseconds. Neither words of a question nor a key is in it: of an address the log has the route alone.

Example: ``{"at":"…","level":"INFO","logger":"zeren.requests","message":"GET /v1/units 200 3 ms","request":"9f…","who":"王五"}``.

Left to others: who did what, for ever (`api.security.audit`).
"""

import json
import logging
import time
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.trace import CURRENT, RequestTrace
from api.settings import Settings

log = logging.getLogger("zeren.requests")


class RequestLog:
    """The layer that writes a line for every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        trace: RequestTrace | None = scope.get("zeren.trace")
        if trace is None:
            await self._app(scope, receive, send)
            return

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", "-")
                took = (time.monotonic() - trace.began) * 1000
                log.info("%s %s %s %.0f ms", scope["method"], route, message["status"], took)
            await send(message)

        await self._app(scope, receive, noting)


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        trace = CURRENT.get()
        person = trace.person if trace is not None else None
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": trace.request_id if trace is not None else None,
            "who": person.name if person is not None else None,
            "error": self.formatException(record.exc_info) if record.exc_info else None,
        }
        return json.dumps({name: value for name, value in fields.items() if value is not None}, ensure_ascii=False)


class TextLines(logging.Formatter):
    """A record as a line that people read; a fault keeps its traceback behind it."""

    def format(self, record: logging.LogRecord) -> str:
        trace = CURRENT.get()
        said = super().format(record)
        return said if trace is None or trace.request_id in said else f"{said} [{trace.request_id}]"


def set_up_log(settings: Settings) -> None:
    """Send the log of the service and of the server to standard error, in the form of the settings."""
    handler = logging.StreamHandler()
    text = TextLines("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if settings.log_format == "json" else text)
    for name, level in (("zeren", logging.INFO), ("uvicorn.error", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
