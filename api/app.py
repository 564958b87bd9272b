"""The application: `create_app(settings)` assembles layers, routes, error handlers and pages.

Order of steps: check the binding before anything else; put the request guard around every route; when the server
starts, open the store (which migrates it) and, if only this process may open it, write the address and the local token
into its lock file; when the server ends, end the reading children and close the store.

Example: ``uvicorn.run(create_app(Settings()))`` serves the default store on 127.0.0.1:8000.

Left to others: the routes (`api.routes`), the pages (`api.pages`).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.staticfiles import StaticFiles

from api.http import problems
from api.http.dependencies import Service
from api.http.middleware import RequestGuard
from api.pages import ask as ask_page
from api.pages import objects as pages
from api.pages import questions as question_pages
from api.pages.neo4j_guide import guide_mount
from api.pages.templates import problem_page
from api.routes import ask, chains, documents, findings, items, questions, regulations, system, units
from api.routes.openapi import complete
from api.settings import Settings, check_binding
from graph.store.contract import Store
from graph.store.opening import open_store
from loaders.children.pool import Readers

TITLE = "Zeren 责任图谱"
CONTRACT = "1"  # of /v1: keys may be added, never removed or changed in meaning
SUMMARY = "Who must do what, by when, under which rule, with the words that say so."


class Application(FastAPI):
    """FastAPI with a description in which every error is a problem document."""

    def openapi(self) -> dict[str, Any]:
        """The description of ``/v1``, made once."""
        if self.openapi_schema is None:
            made = get_openapi(title=TITLE, version=CONTRACT, summary=SUMMARY, routes=self.routes)
            self.openapi_schema = complete(made)
        return self.openapi_schema


def create_app(settings: Settings, store: Store | None = None, readers: Readers | None = None) -> FastAPI:
    """The service over the store of ``settings``, or over ``store``, which the caller opened and will close. It reads by
    children of its own, or by ``readers``, and ends them.

    Raises UnsafeBinding if it would listen to other machines without a key.
    """
    check_binding(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # on this thread, the server's main one: the engine's machine, started on another, hangs when the process ends
        opened = store if store is not None else open_store(settings.store)
        try:
            app.state.service = service = Service(settings, opened, readers or Readers(settings.read_limits))
            if store is None:
                opened.announce(settings.address, service.token)
            yield
        finally:
            if (running := getattr(app.state, "service", None)) is not None:
                running.readers.close()
            if store is None:
                opened.close()

    app = Application(title=TITLE, lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.router.redirect_slashes = False
    plain = (documents, findings, items, chains, units, regulations, questions, system, pages, question_pages)
    for part in (ask, *plain, ask_page):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(packages=[("api", "pages/static")]), name="static")
    app.router.routes.append(guide_mount())
    app.add_middleware(RequestGuard, settings=settings)
    problems.install(app, page=problem_page)
    return app
