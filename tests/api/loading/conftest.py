"""An editor before a service over a store, in process."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.security.keys import AccessRole
from api.settings import Settings
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore

NAME = "编辑甲"


class Desk:
    """An editor before a service."""

    def __init__(self, client: TestClient, app: Any, store: Store) -> None:
        self.client, self.store, self.service = client, store, app.state.service
        ring = self.service.keys
        known = any(key.name == NAME for key in ring.all())
        key = ring.rotate(NAME)[1] if known else ring.create(NAME, AccessRole.EDITOR)
        self.editor = {"Authorization": f"Bearer {key}"}

    def ask(self, method: str, address: str, **more: Any) -> Any:
        headers = self.editor | more.pop("headers", {})
        return self.client.request(method, address, headers=headers, **more)


Open: TypeAlias = Callable[..., AbstractContextManager[Desk]]


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Opens a service over a store, always with the same folder; settings as keywords."""

    @contextmanager
    def made(store: Store, **settings: Any) -> Iterator[Desk]:
        app = create_app(Settings(service_folder=tmp_path / "a.service", **settings), store)
        with TestClient(
            app, "http://127.0.0.1:8000", raise_server_exceptions=False, client=("127.0.0.1", 5000)
        ) as client:
            yield Desk(client, app, store)

    return made


@pytest.fixture
def desk(store: Store, opened: Open) -> Iterator[Desk]:
    """Over each kind of store."""
    with opened(store) as made:
        yield made


@pytest.fixture
def embedded(new_store: Path) -> Iterator[Store]:
    store = EmbeddedStore(new_store)
    yield store
    store.close()


@pytest.fixture
def near(embedded: Store, opened: Open) -> Iterator[Desk]:
    """Over an embedded store, with narrow limits."""
    with opened(embedded, jobs_waiting=1, job_files=4, readings_kept=4) as made:
        yield made
