"""A loader or a server that is killed: the store then holds the state before or after a load, never one between.

A child process loads two versions of the sample by turns; it, or the Neo4j server under it, is killed at a random
moment; then this process opens the store and compares every node, property and relationship with the two versions.

``ZEREN_KILL_ROUNDS`` says how often (the suite: 1; ``bench/store.py``: 10).
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore
from graph.store.neo4j.store import BoltStore
from loaders.plan import parse_plan
from loaders.storing.check import check
from loaders.storing.differences import read_stored
from loaders.storing.load import load_plan
from loaders.storing.rows import plan_rows

ROUNDS = int(os.environ.get("ZEREN_KILL_ROUNDS", "1"))

pytestmark = [pytest.mark.server, pytest.mark.timeout(300 * ROUNDS)]

NOW = "2026-11-23T08:00:00+00:00"
EXAMPLE = Path(__file__).parents[3] / "examples" / "loudi-2017.txt"

LOADER = """
import sys
from pathlib import Path
from graph.store.opening import open_store
from loaders.storing.load import load_plan
from loaders.plan import parse_plan
plans = [parse_plan(Path(path).read_text(encoding="utf-8")) for path in sys.argv[2:]]
store = open_store(sys.argv[1])
while True:
    for plan in plans:
        report = load_plan(plan, store, now="2026-11-23T08:00:00+00:00")
        print(report.data_version, flush=True)
"""


class EmbeddedLoader:
    """The loader is killed; it holds the store, so it is opened anew each round."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "store"
        self.url, self.environment = f"embedded:{self._folder}", {}

    def open(self) -> Store:
        return EmbeddedStore(self._folder)

    def kill(self, child):
        child.kill()


class Neo4jLoader:
    """The loader is killed; the server goes on."""

    def __init__(self, server, address) -> None:
        self._server, self._address = server, address
        self.url, self.environment = address.uri, {"NEO4J_PASSWORD": address.password}

    def open(self) -> Store:
        self._server.start()
        return BoltStore(self._address, warnings=True)

    def kill(self, child):
        child.kill()


class Neo4jServer(Neo4jLoader):
    """The server is killed, while the loader waits for an answer or a commit; then the loader too."""

    def kill(self, child):
        self._server.kill()
        child.kill()


@pytest.fixture(params=[EmbeddedLoader, Neo4jLoader, Neo4jServer], ids=lambda kind: kind.__name__)
def victim(request, tmp_path):
    if request.param is EmbeddedLoader:
        return EmbeddedLoader(tmp_path)
    address = request.getfixturevalue("blank")
    return request.param(request.getfixturevalue("own_server"), address)


def test_a_killed_load_leaves_one_version_whole(victim, tmp_path):
    text = EXAMPLE.read_text(encoding="utf-8")
    # another unit, another date, an item less: nodes and relationships of many kinds come and go
    other = text.replace("牵头单位:市编办、市政府法制办。", "牵头单位:市编办。").replace("2017年年底前", "2018年年底前")
    versions = {}
    for name, words in (("one", text), ("other", other)):
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
        plan = parse_plan(words)
        versions[plan.document.text_sha256] = plan
    assert len(versions) == 2
    store = victim.open()
    expected = {}
    for digest, plan in versions.items():
        load_plan(plan, store, now=NOW)
        expected[digest] = {k: n for k, n in store.status().counts.items() if n}
    store.close()

    found = []
    for _ in range(ROUNDS):
        reported = _run_and_kill(victim, tmp_path)
        began = time.monotonic()
        store = victim.open()
        opened = time.monotonic() - began
        (document,) = store.read(lambda reading: reading.rows("load/document-ids"))
        stored = store.read(lambda reading, key=document["id"]: read_stored(reading, key))
        digest = stored.nodes["Document"][document["id"]]["text_sha256"]
        plan = versions[digest]
        wanted = plan_rows(plan, now=NOW)
        assert stored.nodes["Item"] == wanted.nodes["Item"]
        assert {k: (r.ends, r.properties) for k, r in stored.relationships.items()} == {
            k: (r.ends, r.properties) for k, r in wanted.relationships.items()
        }
        status = store.status()
        assert {k: n for k, n in status.counts.items() if n} == expected[digest]
        # what was reported as loaded is there; at most the load under way has come on top
        assert status.data_version in (reported, reported + 2)
        assert check(store).differences == ()
        # and it goes on: the next load ends in the exact state
        load_plan(plan, store, now=NOW)
        assert {k: n for k, n in store.status().counts.items() if n} == expected[digest]
        store.close()
        found.append(f"killed after version {reported}, found {status.data_version}, open in {opened:.2f} s")
    print("\n" + "\n".join(found))


def _run_and_kill(victim, folder: Path) -> int:
    """The last version that the child reported before it was killed, some loads on and somewhere within one."""
    command = [sys.executable, "-c", LOADER, victim.url, str(folder / "one.txt"), str(folder / "other.txt")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | victim.environment
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(random.randint(2, 6))]
        time.sleep(random.uniform(0, 0.3))
        assert child.poll() is None
        victim.kill(child)
        child.wait()
        lines += child.stdout.read().split()
    return int(lines[-1])
