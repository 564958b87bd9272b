"""A server over the sample for the tests of the pages, with a style guide, for this machine alone.

A module is tested on the embedded store, one marked with `BOTH_STORES` on Neo4j as well. `KEY` signs in.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graph.store.contract import Store
from graph.store.neo4j.address import ServerAddress
from graph.store.neo4j.store import BoltStore
from graph.store.opening import open_store
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

ROOT = Path(__file__).parents[2]
expect.set_options(timeout=60_000)  # a slow machine; what is expected comes at once on others

ZEREN = "import sys; from api.cli.main import main; sys.argv[0] = 'zeren'; main()"
KEY = "a key of the browser tests"
PREFIX = "/zeren"
BOTH_STORES = pytest.mark.parametrize(
    "address", ["embedded", pytest.param("neo4j", marks=pytest.mark.server)], indirect=True, scope="module"
)


@pytest.fixture(scope="module")
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service."""
    if getattr(request, "param", "embedded") == "neo4j":
        server: ServerAddress = request.getfixturevalue("blank_of_module")
        fill(BoltStore(server))
        variables = {"NEO4J_USERNAME": server.user, "NEO4J_PASSWORD": server.password or ""}
        with served(server.uri, variables) as url:
            yield url
    else:
        folder = f"embedded:{tmp_path_factory.mktemp('browser') / 'store'}"
        fill(open_store(folder))
        prefix = PREFIX if getattr(request, "param", "") == "prefix" else ""
        with served(folder, {"ZEREN_PATH_PREFIX": prefix}) as url:
            yield url + prefix


def fill(store: Store) -> None:
    load_plan(parse_plan(read_path(str(ROOT / "examples" / "loudi-2017.txt"))), store, now="2026-01-01T00:00:00+00:00")
    store.close()


@contextmanager
def served(store: str, variables: dict[str, str]) -> Iterator[str]:
    """The address of a process that serves ``store``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", ZEREN, "serve", "--store", store, "--port", str(port), "--local"]
    given = os.environ | variables | {"ZEREN_DEVELOPMENT": "true", "ZEREN_API_KEY": KEY}
    child = subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        assert "Serving" in child.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.communicate(timeout=30)
