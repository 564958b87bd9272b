"""One server over the sample for the tests of the pages, with a style guide, for this machine alone."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from graph.store.opening import open_store
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

ROOT = Path(__file__).parents[2]
expect.set_options(timeout=60_000)  # a slow machine; what is expected comes at once on others


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service."""
    url = f"embedded:{tmp_path_factory.mktemp('browser') / 'store'}"
    store = open_store(url)
    load_plan(parse_plan(read_path(str(ROOT / "examples" / "loudi-2017.txt"))), store, now="2026-01-01T00:00:00+00:00")
    store.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "import os, sys; os.environ['ZEREN_DEVELOPMENT'] = 'true'; from api.cli.main import main; sys.argv[0] = 'zeren'; main()"
    command = [sys.executable, "-c", program, "serve", "--store", url, "--port", str(port), "--local"]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        assert "Serving" in child.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.communicate(timeout=30)
