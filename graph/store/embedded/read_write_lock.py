"""A readers–writer lock with bounded waits: many readers or one writer, and neither starves.

* While a writer waits, no new reader enters.
* When a writer leaves, every waiting reader enters. Other readers may enter, too, for as long as the writer took (at most
  a tenth of a second): successive loads leave half of the time for answers.

So a reader waits for at most one writer, and a writer for the current readers and that short time.

>>> lock = ReadWriteLock()
>>> with lock.reading(timeout=1.0):
...     pass

Left to others: what runs under the lock (`graph.store.embedded.store`).
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from graph.errors import StoreBusy, StoreError

LONGEST_WHILE = 0.1  # seconds


class ReadWriteLock:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._readers = 0
        self._writer = False
        self._waiting_readers = 0
        self._waiting_writers = 0
        self._admitted = 0  # readers that waited while a writer was in: they go before the next writer
        self._open_until = 0.0  # until then readers also go before writers that wait
        self._inside = threading.local()

    @contextmanager
    def reading(self, timeout: float) -> Iterator[None]:
        """Enter as a reader. Raises StoreBusy if that is not possible within ``timeout`` seconds."""
        self._enter_alone()
        try:
            with self._changed:
                self._wait_to_read(timeout)
                self._readers += 1
            try:
                yield
            finally:
                with self._changed:
                    self._readers -= 1
                    self._changed.notify_all()
        finally:
            self._inside.held = False

    @contextmanager
    def writing(self, timeout: float) -> Iterator[None]:
        """Enter as the writer. Raises StoreBusy if that is not possible within ``timeout`` seconds."""
        self._enter_alone()
        try:
            with self._changed:
                self._wait_to_write(timeout)
                self._writer = True
                began = monotonic()
            try:
                yield
            finally:
                with self._changed:
                    self._writer = False
                    self._admitted = self._waiting_readers
                    if self._admitted:
                        self._open_until = monotonic() + min(monotonic() - began, LONGEST_WHILE)
                    self._changed.notify_all()
        finally:
            self._inside.held = False

    def _enter_alone(self) -> None:
        # a second turn inside the first would wait for itself
        if getattr(self._inside, "held", False):
            raise StoreError(
                "a read or write was begun inside another one; pass the outer transaction to the inner work."
            )
        self._inside.held = True

    def _free_to_read(self) -> bool:
        return not self._writer and (not self._waiting_writers or monotonic() < self._open_until)

    def _free_to_write(self) -> bool:
        return not (self._writer or self._readers or self._admitted) and monotonic() >= self._open_until

    def _wait_to_read(self, timeout: float) -> None:
        if self._free_to_read():
            return
        self._waiting_readers += 1
        try:
            self._wait(lambda: self._admitted > 0 or self._free_to_read(), timeout)
            self._admitted = max(0, self._admitted - 1)
        finally:
            self._waiting_readers -= 1
            # an admission whose reader gave up must not hold the next writer back
            self._admitted = min(self._admitted, self._waiting_readers)
            self._changed.notify_all()

    def _wait_to_write(self, timeout: float) -> None:
        self._waiting_writers += 1
        try:
            self._wait(self._free_to_write, timeout)
        finally:
            self._waiting_writers -= 1
            self._changed.notify_all()

    def _wait(self, ready: Callable[[], bool], timeout: float) -> None:
        end = monotonic() + timeout
        while not ready():
            now = monotonic()
            if now >= end:
                raise StoreBusy(f"a load is in progress and did not end within {timeout:g} s; try again.")
            # nobody tells when the while for readers is over
            wake = self._open_until if now < self._open_until else end
            self._changed.wait(min(wake, end) - now)
