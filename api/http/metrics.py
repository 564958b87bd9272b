"""Figures for a monitor (``/metrics``), in the text form that Prometheus reads.

1. `RequestMeter` is a layer around the routes: it counts each answer by method, route and status, its seconds, and what is being
   answered now.
2. `ServiceMetrics.text` adds what is true at the moment of asking: whether the store answers, its data version, how many plans and
   items it holds, the bytes of kept answers.

A route is counted by its pattern (``/v1/items/{ref}``): neither words of a question nor a key is in a figure. An address without
a route, and a HEAD, is ``-``.

Example: ``zeren_requests_total{method="GET",route="/v1/units",status="200"} 3.0``.

Left to others: who asked what (`api.security.audit`), a line for every answer (`api.http.request_log`).
"""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.dependencies import Service
from graph.errors import StoreUnavailable

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 120.0)
_HELD = {"Document": "plans", "Item": "items", "Unit": "units", "Regulation": "regulations"}


class ServiceMetrics:
    """The figures of one application; another one in the same process has its own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)
        self.requests = Counter(
            "zeren_requests", "Answers by method, route and status", ("method", "route", "status"), registry=registry
        )
        self.seconds = Histogram(
            "zeren_request_seconds", "Seconds to the end of an answer", ("route",), registry=registry, buckets=_SECONDS
        )
        self.open = Gauge("zeren_requests_open", "Requests that are being answered", registry=registry)
        self._up = Gauge("zeren_store_up", "Whether the store answers: 1 or 0", registry=registry)
        self._version = Gauge("zeren_data_version", "The version of the data in the store", registry=registry)
        self._held = Gauge("zeren_store_nodes", "What the store holds", ("kind",), registry=registry)
        self._kept = Gauge("zeren_kept_answer_bytes", "Bytes of answers that are kept", registry=registry)

    def text(self, service: Service) -> bytes:
        """All figures as of now. A store that does not answer is a figure, too, and keeps the last ones of its content."""
        try:
            status = service.store.status()
        except StoreUnavailable:
            self._up.set(0)
        else:
            self._up.set(1)
            self._version.set(status.data_version)
            for label, kind in _HELD.items():
                self._held.labels(kind).set(status.counts.get(label, 0))
        self._kept.set(service.answers.taken)
        return generate_latest(self._registry)


class RequestMeter:
    """The layer that counts answers."""

    def __init__(self, app: ASGIApp, metrics: ServiceMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with self._metrics.open.track_inprogress():
            try:
                await self._app(scope, receive, noting)
            finally:
                route = getattr(scope.get("route"), "path", "-")
                method = scope["method"] if scope["method"] in _METHODS else "-"
                self._metrics.requests.labels(method, route, str(status)).inc()
                self._metrics.seconds.labels(route).observe(time.perf_counter() - began)
