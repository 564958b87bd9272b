"""The archive of the engine's classes: made once, used later, and missed by nobody."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.store.embedded.class_archive import TRIED_AGAIN, ClassArchive


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "engine" / "jars").mkdir(parents=True)
    return tmp_path / "engine"


def cached(tmp_path: Path, ending: str) -> list[Path]:
    return list((tmp_path / "cache" / "zeren").glob(f"*{ending}"))


def test_the_first_process_lists_classes_and_others_do_without(package: Path, tmp_path: Path) -> None:
    first, second = ClassArchive(package), ClassArchive(package)
    assert [option.partition("=")[0] for option in first.options()] == ["-XX:DumpLoadedClassList"]
    assert second.options() == []
    assert (first.wanted, second.wanted) == (True, False)
    assert (tmp_path / "cache" / "zeren").stat().st_mode & 0o777 == 0o700


def test_an_attempt_that_left_no_archive_is_made_again_a_day_later(package: Path, tmp_path: Path) -> None:
    ClassArchive(package).options()
    (tried,) = cached(tmp_path, ".tried")
    long_ago = time.time() - TRIED_AGAIN - 60
    os.utime(tried, (long_ago, long_ago))
    assert ClassArchive(package).options() != []


def test_a_folder_that_cannot_be_written_is_done_without(package: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    archive = ClassArchive(package)
    assert archive.options() == []
    archive.make([], "")  # nothing is wanted, so nothing is started


USE = """
import sys
from pathlib import Path
from graph.store.embedded.store import EmbeddedStore
store = EmbeddedStore(Path(sys.argv[1]), brief=True)
print(store.status().data_version)
store.close()
from jpype import JClass
print(*JClass("java.lang.management.ManagementFactory").getRuntimeMXBean().getInputArguments(), sep="\\n")
"""


@pytest.mark.server
def test_a_second_start_uses_the_archive_of_the_first(tmp_path: Path) -> None:
    def start() -> subprocess.CompletedProcess[str]:
        here = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
        command = [sys.executable, "-c", USE, str(tmp_path / "store")]
        return subprocess.run(command, env=here, capture_output=True, text=True, timeout=120, check=True)

    assert "-XX:DumpLoadedClassList=" in start().stdout
    until = time.monotonic() + 120
    while cached(tmp_path, ".classes") and time.monotonic() < until:
        time.sleep(0.2)
    (archive,) = cached(tmp_path, ".jsa")
    second = start()
    assert (second.stdout.splitlines()[0], second.stderr) == ("0", "")
    assert f"-XX:SharedArchiveFile={archive}" in second.stdout
