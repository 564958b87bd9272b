"""The services of the tests of notes and baskets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from tests.api.desk.desk import Desk, opened


@pytest.fixture
def desk(new_store: Path) -> Iterator[Desk]:
    store = EmbeddedStore(new_store)
    yield from opened(store)
    store.close()


@pytest.fixture
def any_desk(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("ZEREN_SERVICE_FOLDER", str(tmp_path / "service"))
    yield from opened(store)
