"""What is particular to the embedded store: its folder, its process, its memory, its engine."""

import os
import shutil
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from graph.errors import StoreBusy, StoreError, StoreUnavailable
from graph.schema import NODE, RELATIONSHIP
from graph.store.embedded.lock_file import holder
from graph.store.embedded.store import EmbeddedStore
from graph.store.migrations import migrations
from graph.store.opening import default_path, open_store
from loaders.storing.load import load_plan


@pytest.fixture(scope="module")
def own(empty_folder, tmp_path_factory):
    """A second store in this process, with short waits."""
    folder = shutil.copytree(empty_folder, tmp_path_factory.mktemp("own") / "store")
    store = EmbeddedStore(folder, read_wait=0.1, write_wait=0.1)
    yield store
    store.close()


def run(code: str, cwd: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    here = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment
    here.pop("ARCADEDB_JVM_ARGS", None)  # the engine as a user starts it: its memory is measured
    return subprocess.run(command, cwd=cwd, env=here, capture_output=True, text=True, timeout=120, check=False)


def test_two_stores_are_open_in_one_process(own, store):
    assert own.url != store.url
    assert own.status().data_version == 0
    with pytest.raises(StoreUnavailable, match="already open in this process"):
        EmbeddedStore(own.path)


def test_all_labels_and_types_are_there_before_any_data(own):
    status = own.status()
    assert set(status.counts) == set(NODE) | set(RELATIONSHIP)
    assert {name for name, count in status.counts.items() if count} == {"Meta", "Migration"}
    assert (status.engine, status.schema_version) == ("ArcadeDB", len(migrations("arcadedb")))


def test_a_reader_beside_a_long_load_is_told_so(own):
    loading, release = threading.Event(), threading.Event()

    def work(_):
        loading.set()
        release.wait(120)

    thread = threading.Thread(target=own.write, args=(work,))
    thread.start()
    loading.wait(60)
    with pytest.raises(StoreBusy, match=r"load is in progress and did not end within 0\.1 s"):
        own.read(lambda reading: reading.data_version)
    with pytest.raises(StoreBusy):
        own.write(lambda writing: writing.data_version)
    release.set()
    thread.join(120)
    assert own.read(lambda reading: reading.data_version) == 0


def test_an_index_dropped_by_hand_is_noticed(new_store):
    store = EmbeddedStore(new_store)
    store._database.command("sql", "DROP INDEX unit_name")
    store.close()
    with pytest.raises(StoreError, match=r"lacks the range index on Unit\.name"):
        EmbeddedStore(new_store)


def test_a_closed_store_says_so(new_store):
    store = EmbeddedStore(new_store)
    store.close()
    store.close()
    with pytest.raises(StoreUnavailable, match="is closed"):
        store.read(lambda reading: reading.rows("read/meta"))
    assert holder(new_store) is None


def test_what_was_written_is_there_after_opening_again(tmp_path):
    store = EmbeddedStore(tmp_path / "store")
    row = {"id": "试验市:甲", "properties": {"name": "甲"}}
    store.write(lambda writing: writing.rows("load/merge-node/unit", {"rows": [row]}))
    store.close()
    again = EmbeddedStore(tmp_path / "store")
    assert (again.status().data_version, again.status().counts["Unit"]) == (2, 1)
    again.close()


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(StoreUnavailable, match="holds other files than a store"):
        EmbeddedStore(tmp_path / "photos")
    assert [p.name for p in (tmp_path / "photos").iterdir()] == ["a.jpg"]


def test_an_unknown_kind_of_store_is_refused():
    with pytest.raises(StoreUnavailable, match=r"'sqlite:x' names no store .* expected embedded:"):
        open_store("sqlite:x")


def test_the_default_folder_follows_the_users_settings(monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_path() == Path("/data/zeren/store")
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", "/home/li")
    assert default_path() == Path("/home/li/.local/share/zeren/store")


@pytest.mark.server
def test_a_second_process_is_told_who_holds_the_store(own, tmp_path):
    code = "import sys\nfrom graph.store.opening import open_store\nopen_store(sys.argv[1])"
    done = run(code, tmp_path, own.url)
    assert done.returncode != 0
    assert f"is held by process {os.getpid()} since" in done.stderr
    assert "give another --store" in done.stderr


OPEN = """
import sys
from graph.store.opening import open_store
store = open_store(sys.argv[1])
store.status()
store.close()
print([line for line in open("/proc/self/status") if line.startswith("VmRSS")][0].split()[1])
"""


@pytest.mark.server
def test_opening_writes_nothing_beside_the_store_and_prints_nothing(tmp_path):
    (tmp_path / "work").mkdir()
    done = run(OPEN, tmp_path / "work", f"embedded:{tmp_path / 'store'}")
    assert (done.returncode, done.stderr) == (0, "")
    assert list((tmp_path / "work").iterdir()) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["store", "store.lock", "work"]
    # the serving process's whole 400 MB: what the machine of Java takes of them differs by the moment of its collector
    assert int(done.stdout) < 400_000


@pytest.mark.server
def test_a_missing_engine_names_the_extra_and_the_other_store(tmp_path):
    hide = "import sys\nsys.modules['arcadedb_embedded'] = None\n"
    done = run(hide + OPEN, tmp_path, f"embedded:{tmp_path / 'store'}")
    assert done.returncode != 0
    assert "pip install 'zeren[embedded]'" in done.stderr
    assert "Neo4j" in done.stderr
    assert holder(tmp_path / "store") is None


@pytest.mark.parametrize("size", ["1k", "63m", "much", ""])
def test_a_wrong_heap_is_named(tmp_path, monkeypatch, size):
    monkeypatch.setenv("ZEREN_EMBEDDED_HEAP", size)
    with pytest.raises(StoreUnavailable, match=rf"ZEREN_EMBEDDED_HEAP is '{size}'; expected .* 192m or 2g"):
        EmbeddedStore(tmp_path / "store")
    assert holder(tmp_path / "store") is None


HEAP = """
import sys
from pathlib import Path
import jpype
from graph.store.embedded.engine import start_engine
start_engine(Path(sys.argv[1]))
print(jpype.JClass("java.lang.Runtime").getRuntime().maxMemory() // 2**20)
"""


@pytest.mark.server
def test_a_larger_heap_can_be_set(tmp_path):
    """The machine alone is started: that a store opens in it, the test of its memory shows."""
    done = run(HEAP, tmp_path, str(tmp_path / "store"), ZEREN_EMBEDDED_HEAP="1g")
    assert (done.returncode, done.stderr) == (0, "")
    assert 900 < int(done.stdout) <= 1024  # MB


def test_a_full_disk_is_told_before_the_engine_opens(new_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = shutil.disk_usage(new_store)._replace(free=2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: room)
    with pytest.raises(StoreUnavailable, match=r"nearly full \(1\.0 MB free, expected 2\)\. Make room"):
        EmbeddedStore(new_store)


def test_a_file_of_the_store_that_may_not_be_written_is_named(new_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "schema.json" and real(path, mode))
    with pytest.raises(StoreUnavailable, match=r"schema\.json may not be written.*give the copy by --store"):
        EmbeddedStore(new_store)
    assert holder(new_store) is None


def test_a_statement_of_a_load_may_take_longer_than_one_of_an_answer(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.embedded.store.ANSWER_TIME", 1)
    with closing(EmbeddedStore(shutil.copytree(sample_folder, tmp_path / "store"))) as store:
        plan = {"documents": ["娄底市-娄发2017-4"] * 60}  # long enough on any machine
        rows = store.write(lambda writing: writing.rows("conditions/every-item", plan))
        with pytest.raises(StoreError, match=r"exceeded the arcadedb\.command\.timeout of 1ms"):
            store.read(lambda reading: reading.rows("conditions/every-item", plan))
        assert len(rows) > 60 * 40
    with closing(EmbeddedStore(tmp_path / "store", loads=True)) as store:  # of a process that loads, all statements may
        assert store.read(lambda reading: reading.rows("conditions/every-item", plan)) == rows


def test_a_folder_that_was_taken_away_is_told_and_nothing_is_written_beside_it(new_store: Path) -> None:
    with closing(EmbeddedStore(new_store)) as store:
        away = new_store.rename(new_store.with_name("away"))
        for work in (store.read, store.write):
            with pytest.raises(StoreUnavailable, match="is gone, or another one"):
                work(lambda access: access.rows("read/meta"))
        new_store.mkdir()
        with pytest.raises(StoreUnavailable, match="is gone, or another one"):
            store.read(lambda reading: reading.rows("read/meta"))
        new_store.rmdir()
        away.rename(new_store)
        assert store.read(lambda reading: len(reading.rows("read/meta"))) == 1


def test_an_interrupted_store_begins_no_further_statement(new_store: Path, plans) -> None:
    plan = plans.make()
    store = EmbeddedStore(new_store)
    store.interrupt()
    with pytest.raises(StoreUnavailable, match="the service is ending"):
        load_plan(plan, store, now="2026-01-01T00:00:00+00:00")
    store.close()
    with closing(EmbeddedStore(new_store)) as again:
        assert again.status().counts["Document"] == 0
