"""Many files at once: the reading children of the pool read and parse them; the caller gets the plans as they come.

1. As many threads as children wait for the answers; a file whose bytes are stored already, read by this parser and
   vocabulary, is given to no child.
2. A child that dies or is beyond a limit fails with its file alone.
3. Memory: at most one plan for each child is in progress.

Example: ``for outcome in parse_files(files, Job(), {}, readers): …`` with ``outcome.plan``, ``outcome.known`` or
``outcome.error``.

Left to others: which files (`loaders.files.folders`), children (`loaders.children.pool`), writing (`loaders.storing.load`).
"""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from itertools import islice

from graph.errors import ZerenError
from graph.model import Plan
from loaders.children.job import Job, failure
from loaders.children.pool import Readers
from loaders.files.read import file_bytes, file_digest


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one file: a plan, the id of the document that is already stored from it, or why it failed."""

    path: str
    plan: Plan | None = None
    known: str | None = None
    error: ZerenError | None = None


def parse_file(path: str, how: Job, known: Mapping[str, str], readers: Readers) -> Outcome:
    """Read one file like the job ``how``; ``known`` maps the sha256 of stored files to their document ids."""
    try:
        if known and (document := known.get(file_digest(file_bytes(path)))) is not None:
            return Outcome(path, known=document)
        return Outcome(path, readers.plan(replace(how, path=path)))
    except Exception as error:  # one file never stops the rest; what it was is told
        return Outcome(path, error=failure(error))


def parse_files(files: Iterable[str], how: Job, known: Mapping[str, str], readers: Readers) -> Iterator[Outcome]:
    """The outcome of each file, read like the job ``how``, as it comes, from the children of ``readers``, which the caller closes."""
    queue = iter(files)
    with ThreadPoolExecutor(readers.at_once, thread_name_prefix="reading") as threads:
        running: set[Future[Outcome]] = set()
        try:
            while True:
                ready = [future for future in running if future.done()]
                running.difference_update(ready)
                for path in islice(queue, readers.at_once - len(running)):
                    running.add(threads.submit(parse_file, path, how, known, readers))
                for future in ready:  # children read on while the caller writes
                    yield future.result()
                if not running:
                    return
                if not ready:
                    wait(running, return_when=FIRST_COMPLETED)
        except BaseException:
            readers.close()  # the threads wait for children
            raise
