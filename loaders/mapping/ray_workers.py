"""The map step on the workers of a Ray cluster (extra ``ray``).

1. ``RAY_ADDRESS`` names the cluster; without it, workers are started on this machine for the time of the run.
2. A worker takes a few files at a time and calls `loaders.mapping.folder.map_file` for each, in a reading child of its own: a
   file that is too much ends that child, and not the worker.
3. The few files of a worker that was killed are given to another one, up to three times; then each of them has failed, and says so.
4. No more files are out than two lots for each worker: memory does not grow with the folder.

Example: ``with read_on_ray(2, ReadLimits()) as read: map_files(files, Job(), output, read)`` writes what
``read_here(readers)`` writes; only the order of the records differs.

Left to others: which files, and where records go (`loaders.mapping.folder`, `loaders.mapping.outputs`). Workers on other
machines need the same version of Zeren and the same folder at the same path.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from graph.errors import ParameterError, ReadingStopped
from loaders.children.job import Job
from loaders.children.limits import ReadLimits
from loaders.children.pool import Readers
from loaders.mapping.folder import Mapped, NamedFile, Read, map_file

_LOT = 8  # files that a worker takes at a time
_STARTS = 3  # tries to start Ray on this machine
_RETRIES = 2  # more tries, when a worker was killed


@contextmanager
def read_on_ray(workers: int, limits: ReadLimits) -> Iterator[Read]:
    """Reads files on ``workers`` workers. Raises ParameterError without Ray, or where its cluster does not answer."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    try:
        import ray
    except ImportError as error:
        raise ParameterError("Ray is not installed; expected the extra: pip install 'zeren[ray]'.") from error
    _start(ray, workers)
    try:
        yield _reading(ray, workers, replace(limits, children=1))
    finally:
        ray.shutdown()


def _start(ray: Any, workers: int) -> None:
    """Join the cluster, or start one here: Ray gives itself 30 seconds for that, too few on a machine that is busy."""
    address = os.environ.get("RAY_ADDRESS")
    here: dict[str, Any] = {"num_cpus": workers, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    for left in range(_STARTS - 1, -1, -1):
        try:
            ray.init(**({"address": address} if address else here), log_to_driver=False, logging_level="ERROR")
            return
        except Exception as error:  # no narrower one is raised for a start that takes too long
            ray.shutdown()
            if address or not left:
                raise ParameterError(
                    f"Ray did not start ({error}); expected RAY_ADDRESS to name a cluster that runs, or a machine less "
                    "busy. Run this again."
                ) from error


def _reading(ray: Any, workers: int, limits: ReadLimits) -> Read:
    task = ray.remote(num_cpus=1, max_retries=_RETRIES)(_map_lot)

    def read(files: Iterable[NamedFile], how: Job) -> Iterator[Mapped]:
        queue = iter(files)
        out: dict[Any, list[NamedFile]] = {}
        while True:
            while len(out) < 2 * workers and (lot := list(islice(queue, _LOT))):
                named = [NamedFile(str(Path(one.path).absolute()), one.name) for one in lot]
                out[task.remote(named, how, limits)] = lot
            if not out:
                return
            (ready, *_), _ = ray.wait(list(out), num_returns=1)
            yield from _answer_of(ray, ready, out.pop(ready))

    return read


def _answer_of(ray: Any, ready: Any, lot: Sequence[NamedFile]) -> list[Mapped]:
    try:
        answer: list[Mapped] = ray.get(ready)
    except ray.exceptions.RayError as error:
        words = (str(error).strip() or type(error).__name__).splitlines()[0]
        told = ReadingStopped(
            f"the Ray workers that read it and {len(lot) - 1} others ended, {_RETRIES + 1} times ({words}); run this again."
        )
        return [Mapped(one.name, error=told) for one in lot]
    return answer


def _map_lot(files: Sequence[NamedFile], how: Job, limits: ReadLimits) -> list[Mapped]:
    """What a worker does."""
    readers = _readers_of_worker(limits)
    return [map_file(file, how, readers) for file in files]


@cache
def _readers_of_worker(limits: ReadLimits) -> Readers:
    return Readers(lambda: limits)
