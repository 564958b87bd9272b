"""The application: `create_app(settings)` assembles layers, routes, error handlers and pages.

Order of steps: check the binding before anything else; put the request guard around every route; when the server
starts, open the store (which migrates it) and, if only this process may open it, write the address and the local token
into its lock file; when the server ends, end the reading children and close the store.

Example: ``uvicorn.run(create_app(Settings()))`` serves the default store on 127.0.0.1:8000.

Left to others: the routes (`api.routes`), the pages (`api.pages`).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.staticfiles import StaticFiles

from api.http import problems
from api.http.access import guard, routes_by_role
from api.http.audit_trail import AuditTrail
from api.http.dependencies import Service
from api.http.kept_answers import KeptAnswers
from api.http.metrics import RequestMeter, ServiceMetrics
from api.http.middleware import RequestGuard
from api.http.path_prefix import PathPrefix
from api.http.request_log import RequestLog
from api.mcp import route as assistants
from api.pages import ask as ask_page
from api.pages import deadlines as deadline_pages
from api.pages import findings as finding_pages
from api.pages import handbook as handbook_pages
from api.pages import home as home_page
from api.pages import items as items_page
from api.pages import questions as question_pages
from api.pages import search as search_pages
from api.pages import sign_in
from api.pages import workbench as workbench_pages
from api.pages.desk import basket as basket_pages
from api.pages.desk import notes as note_pages
from api.pages.loading import card as card_page
from api.pages.loading import giving as load_page
from api.pages.loading import removal as removal_page
from api.pages.neo4j_guide import guide_mount
from api.pages.objects import chains as chain_pages
from api.pages.objects import explore as explore_page
from api.pages.objects import item as item_page
from api.pages.objects import plans as plan_pages
from api.pages.objects import regulations as regulation_pages
from api.pages.objects import source as source_page
from api.pages.objects import units as unit_pages
from api.pages.templates import problem_page
from api.routes import (
    ask,
    backups,
    baskets,
    chains,
    documents,
    findings,
    items,
    jobs,
    notes,
    questions,
    readings,
    regulations,
    search,
    system,
    units,
)
from api.routes.openapi import complete
from api.security.database import ServiceDatabase
from api.security.folder import service_folder
from api.security.keys import holds_keys
from api.settings import Settings, check_binding
from graph.store.contract import Store
from graph.store.opening import open_store
from loaders.children.pool import Readers

TITLE = "Zeren 责任图谱"
CONTRACT = "1"  # of /v1: keys may be added, never removed or changed in meaning
SUMMARY = "Who must do what, by when, under which rule, with the words that say so."


_PARTS = (
    *(ask, search, backups, readings, jobs, documents, findings, items, chains, units, regulations, questions, notes),
    *(baskets, system, assistants),
    *(item_page, unit_pages, regulation_pages, source_page, deadline_pages, finding_pages, chain_pages, plan_pages),
    *(load_page, card_page, removal_page, explore_page, handbook_pages),
    *(items_page, home_page, question_pages, ask_page, search_pages, workbench_pages, sign_in),
    *(note_pages, basket_pages),
)


class Application(FastAPI):
    """FastAPI with a description in which every error is a problem document."""

    def openapi(self) -> dict[str, Any]:
        """The description of ``/v1``, made once."""
        if self.openapi_schema is None:
            made = get_openapi(title=TITLE, version=CONTRACT, summary=SUMMARY, routes=self.routes)
            self.openapi_schema = complete(made, routes_by_role(self))
        return self.openapi_schema


def create_app(settings: Settings, store: Store | None = None, readers: Readers | None = None) -> FastAPI:
    """The service over the store of ``settings``, or over ``store``, which the caller opened and will close. It reads by
    children of its own, or by ``readers``, and ends them.

    Raises UnsafeBinding if it would listen to other machines without a key.
    """
    url = settings.store if store is None else store.url

    def folder() -> Path:
        return service_folder(url, settings.service_folder)

    check_binding(settings, lambda: holds_keys(folder()))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # on this thread, the server's main one: the engine's machine, started on another, hangs when the process ends
        opened = store if store is not None else open_store(settings.store)
        try:
            database = ServiceDatabase(folder())
            held = readers or Readers(settings.read_limits)
            app.state.service = service = Service(settings, opened, held, database)
            service.jobs.start()
            if store is None:
                opened.announce(settings.address, service.token)
            yield
        finally:
            if (running := getattr(app.state, "service", None)) is not None:
                running.close()
            if store is None:
                opened.close()

    app = Application(
        title=TITLE,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(guard)],
    )
    app.router.redirect_slashes = False
    for part in _PARTS:
        app.include_router(part.router)
    app.mount("/static", StaticFiles(packages=[("api", "pages/static")]), name="static")
    app.router.routes.append(guide_mount())
    app.add_middleware(KeptAnswers)
    app.add_middleware(AuditTrail)
    if settings.log_requests:
        app.add_middleware(RequestLog)
    app.add_middleware(RequestGuard, settings=settings)
    app.state.metrics = metrics = ServiceMetrics()
    app.add_middleware(RequestMeter, metrics=metrics)
    if settings.path_prefix:
        app.add_middleware(PathPrefix, prefix=settings.path_prefix)
    problems.install(app, page=problem_page)
    return app
