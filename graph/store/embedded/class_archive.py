"""The engine's classes, read and checked once for all later starts: the Java machine's class-data archive.

Order of steps: `ClassArchive.options` asks for the archive in the user's cache folder, or, where there is none yet, has the
machine list the classes it loads; `ClassArchive.make`, when a store is closed, has a process of its own put the archive
together from that list (some 5 s of processor time at the lowest priority, 42 MB), which nobody waits for. Later starts
take a third less processor time. Nothing depends on it: a machine that cannot use its archive loads the classes as ever.

An archive belongs to one installation of the engine; one that nothing used for thirty days is taken away.

Left to others: the machine's other options (`graph.store.embedded.engine`).
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

KEPT_FOR = 30 * 86_400  # seconds since the last use
TRIED_AGAIN = 86_400  # seconds after an attempt that left none
_LIST, _USE = "-XX:DumpLoadedClassList=", "-XX:SharedArchiveFile="


def cache_folder() -> Path:
    """Where archives stand: ``$XDG_CACHE_HOME/zeren``, else ``~/.cache/zeren``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "zeren"


class ClassArchive:
    """The archive of the engine installed in the folder ``package``, whose machine is ``jre/bin/java`` there."""

    def __init__(self, package: Path) -> None:
        self._java = package / "jre" / "bin" / "java"
        installed = (str(package), package.stat().st_mtime_ns, (package / "jars").stat().st_mtime_ns)
        self._file = cache_folder() / f"engine-{sha256(repr(installed).encode()).hexdigest()[:16]}.jsa"
        self._classes: Path | None = None  # what this process lists, until the archive is made from it

    @property
    def wanted(self) -> bool:
        """Whether the machine of this process lists its classes, for there was no archive."""
        return self._classes is not None

    def options(self) -> list[str]:
        """What the machine is started with."""
        if os.name != "posix":
            return []
        tried = self._file.with_suffix(".tried")
        with suppress(OSError):  # no place, no permission, another process just tries: without
            if self._file.exists():
                os.utime(self._file)
                return [f"{_USE}{self._file}"]
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if tried.exists() and tried.stat().st_mtime < time.time() - TRIED_AGAIN:
                tried.unlink()
            tried.touch(exist_ok=False)
            self._classes = self._file.with_suffix(f".{os.getpid()}.classes")
            return [f"{_LIST}{self._classes}"]
        return []

    def make(self, started_with: Sequence[str], class_path: str) -> None:
        """Start the process that puts the archive together, if one is `wanted`; ``started_with`` and ``class_path`` are the
        machine's, for an archive holds for these alone.
        """
        if self._classes is None:
            return
        classes, self._classes = self._classes, None
        made = classes.with_suffix(".jsa")
        options = [option for option in started_with if not option.startswith((_LIST, "-XX:ErrorFile="))]
        dump = [str(self._java), "-Xshare:dump", *options, f"-XX:SharedClassListFile={classes}", f"{_USE}{made}"]
        command = [sys.executable, "-m", __name__, str(classes), str(made), str(self._file), *dump, "-cp", class_path]
        silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
        with suppress(OSError):  # not `subprocess`: nobody waits for it
            os.posix_spawn(sys.executable, command, os.environ, file_actions=silent, setpgroup=0)


def _main(classes: str, made: str, archive: str, *dump: str) -> None:
    """Run ``dump``; what it ``made`` becomes the ``archive`` when it is whole."""
    os.nice(19)
    if subprocess.run(dump, check=False).returncode == 0:
        Path(made).replace(archive)
    for file in (Path(classes), Path(made)):
        file.unlink(missing_ok=True)
    for file in Path(archive).parent.glob("engine-*"):
        if file.stat().st_mtime < time.time() - KEPT_FOR:
            file.unlink(missing_ok=True)


if __name__ == "__main__":
    _main(*sys.argv[1:])
