"""The service over the real sample, in process: ``sample`` is read; ``two_cities`` has a second plan and may be written.

Each service is made once per session.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from loaders.plan import parse_plan
from loaders.storing.load import load_plan
from tests.office import sheet_of, word_of

KEY = "a key of the tests"
OTHER_CITY = """中共临江市委文件

临发〔2017〕4号

临江市法治政府建设实施方案

一、健全制度

1.完善审批制度。落实《临江市行政程序规定》。

牵头单位：市编办、市政府法制办。

完成时限：2018年年底前完成。
"""


@dataclass(frozen=True)
class Served:
    """One running service: its client (which needs no key to read), its application, its store."""

    client: TestClient
    app: FastAPI
    store: Store

    @property
    def key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {KEY}"}


def _serve(store: Store) -> Iterator[Served]:
    app = create_app(Settings(api_key=KEY), store)
    with TestClient(app, "http://127.0.0.1:8000", raise_server_exceptions=False, client=("127.0.0.1", 5000)) as client:
        yield Served(client, app, store)


@pytest.fixture(scope="session")
def word() -> Callable[[Iterable[str]], bytes]:
    """Makes a Word file of paragraphs."""
    return word_of


@pytest.fixture(scope="session")
def sheet() -> Callable[[Iterable[Sequence[object]]], bytes]:
    """Makes an Excel file of rows, its one sheet called 任务."""
    return sheet_of


@pytest.fixture(scope="session")
def other_city() -> str:
    """A plan of another city than the sample's, with a unit of the same name."""
    return OTHER_CITY


@pytest.fixture(scope="session")
def sample(embedded_sample: Store) -> Iterator[Served]:
    """The sample alone; tests only read it."""
    yield from _serve(embedded_sample)


@pytest.fixture(scope="session")
def two_cities(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The sample and a plan of another city; a test that writes leaves both as they were."""
    store = EmbeddedStore(shutil.copytree(sample_folder, tmp_path_factory.mktemp("two-cities") / "store"))
    load_plan(parse_plan(OTHER_CITY), store, now="2026-01-01T00:00:00+00:00")
    yield from _serve(store)
    store.close()


@pytest.fixture
def empty(new_store: Path) -> Iterator[Served]:
    """A service over a store of the test's own, with nothing in it."""
    store = EmbeddedStore(new_store)
    yield from _serve(store)
    store.close()
