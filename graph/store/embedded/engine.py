"""The embedded engine's Java machine: started once in a process, with a bounded heap, for long work or for one answer.

This and `graph.store.embedded.store` are the only modules that import the engine.

Order of steps: check the heap that the user asks for; start the machine with the class-data archive
(`graph.store.embedded.class_archive`), its notices kept off the terminal; take what is in memory by then out of the
looks of Python's garbage collector.

Left to others: databases (`graph.store.embedded.store`).
"""

import gc
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from graph.errors import StoreUnavailable
from graph.store.embedded.class_archive import ClassArchive

# bounds the memory of a serving process; a graph of a million items wants more
HEAP_VARIABLE = "ZEREN_EMBEDDED_HEAP"
DEFAULT_HEAP = "160m"
SMALLEST_HEAP = 64  # MB

_starting = threading.Lock()
_archive: ClassArchive | None = None  # of the machine of this process


def start_engine(path: Path, *, brief: bool = False, loads: bool = False) -> Any:
    """The engine's module with its Java machine running; only the first call in a process starts it. ``path`` is the store's,
    beside which a crash is told. A ``brief`` process works for some minutes at most: its machine compiles sooner and less well. One
    that ``loads`` many plans reads few pages again, so more of its heap is left for what it writes.

    Raises StoreUnavailable if the engine is not installed or the heap is no size.
    """
    global _archive
    try:
        import arcadedb_embedded
        import jpype
        from arcadedb_embedded.jvm import start_jvm
    except ImportError as error:
        raise StoreUnavailable(
            f"the embedded store needs its engine, which is not installed or not made for this system ({error}). "
            f"Install it by: pip install 'zeren[embedded]'. If that is not possible, use a Neo4j server."
        ) from error
    heap = _heap()
    with _starting:
        if jpype.isJVMStarted():
            return arcadedb_embedded
        _archive = ClassArchive(Path(str(files(arcadedb_embedded))))
        with as_file(files("graph").joinpath("arcadedb-logging.properties")) as logging, _without_start_notice():
            start_jvm(
                heap_size=f"{heap}m",
                jvm_args=[
                    f"-Djava.util.logging.config.file={logging}",
                    f"-XX:ErrorFile={path.with_name(path.name + '.crash-%p.log')}",
                    "-XX:+UseSerialGC",  # the smallest footprint, and 2 cores gain nothing from the others
                    "-Xrs",  # signals stay Python's: a server ends in order on SIGTERM
                    f"-Darcadedb.maxPageRAM={heap // 6 if loads else heap * 2 // 5}",  # MB of pages kept, within the heap
                    "-Darcadedb.indexCompactionRAM=24",  # MB for putting an index in order; as it comes, twice the heap
                    "-Xlog:disable",  # standard output is for answers
                    "-Xlog:all=error:stderr",
                    *(["-XX:TieredStopAtLevel=1"] if brief else []),
                    *_archive.options(),
                ],
            )
    _leave_to_no_collection()
    return arcadedb_embedded


def keep_classes() -> None:
    """Have the class-data archive made from what the machine has loaded so far, if there is none yet."""
    if _archive is not None and _archive.wanted:
        from jpype import JClass

        machine = JClass("java.lang.management.ManagementFactory").getRuntimeMXBean()
        _archive.make([str(option) for option in machine.getInputArguments()], str(machine.getClassPath()))


def _leave_to_no_collection() -> None:
    """Keep what is in memory now, modules for the most part, out of all later looks of Python's garbage collector.

    Each collection of the engine's memory has Python collect too, over all that was ever imported: some 150 ms in which
    nobody is answered. After this it takes 2. Nothing is lost by it but cycles, and those are collected first.
    """
    gc.collect()
    gc.freeze()


def _heap() -> int:
    """The size of the heap in MB. It is checked here, because the Java machine ends the whole process for a wrong size."""
    size = os.environ.get(HEAP_VARIABLE, DEFAULT_HEAP)
    met = re.fullmatch(r"(\d{1,6})([mg])", size)
    heap = int(met[1]) * {"m": 1, "g": 1024}[met[2]] if met else 0
    if heap < SMALLEST_HEAP:
        raise StoreUnavailable(f"{HEAP_VARIABLE} is {size!r}; expected {SMALLEST_HEAP}m or more, such as 192m or 2g.")
    return heap


@contextmanager
def _without_start_notice() -> Iterator[None]:
    """Keep the machine's notice about incubator modules, which bypasses Python, off the terminal.

    If the start fails, the hidden output is shown.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as aside:
        os.dup2(aside.fileno(), 2)
        failed = True
        try:
            yield
            failed = False
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            if failed:
                aside.seek(0)
                os.write(2, aside.read())
