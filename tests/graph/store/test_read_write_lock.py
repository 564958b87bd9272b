"""The readers–writer lock: who waits for whom, and for how long."""

import threading
import time

import pytest

from graph.errors import StoreBusy, StoreError
from graph.store.embedded.read_write_lock import ReadWriteLock

WAIT = 60.0


def start(*works) -> list[threading.Thread]:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    return threads


def join(threads):
    for thread in threads:
        thread.join(WAIT)
        assert not thread.is_alive()


def test_readers_read_together():
    gate, met, together = ReadWriteLock(), threading.Barrier(3, timeout=WAIT), []

    def read():
        with gate.reading(WAIT):
            together.append(met.wait())

    join(start(read, read, read))
    assert sorted(together) == [0, 1, 2]


def test_a_writer_is_alone():
    gate, inside, most = ReadWriteLock(), 0, 0
    guard = threading.Lock()

    def turn(kind, share):
        nonlocal inside, most
        for _ in range(50):
            with kind(WAIT):
                with guard:
                    inside += share
                    most = max(most, inside)
                time.sleep(0)
                with guard:
                    inside -= share

    # a writer weighs 100: together with anyone it would pass 100
    join(start(*[lambda: turn(gate.reading, 1)] * 3, *[lambda: turn(gate.writing, 100)] * 2))
    assert most == 100


def test_a_waiting_writer_goes_before_new_readers_and_waiting_readers_before_the_next_writer():
    gate, order = ReadWriteLock(), []
    first_in, release = threading.Event(), threading.Event()

    def first():
        with gate.reading(WAIT):
            first_in.set()
            release.wait(WAIT)

    def later(kind, name):
        with kind(WAIT):
            order.append(name)

    threads = start(first)
    first_in.wait(WAIT)
    for kind, name in ((gate.writing, "writer 1"), (gate.reading, "reader"), (gate.writing, "writer 2")):
        waiting = gate._waiting_readers + gate._waiting_writers
        threads += start(lambda kind=kind, name=name: later(kind, name))
        while gate._waiting_readers + gate._waiting_writers == waiting:
            time.sleep(0.001)
    release.set()
    join(threads)
    assert order.index("writer 1") < order.index("reader") or order.index("writer 2") < order.index("reader")
    assert order.index("reader") < 2


@pytest.mark.parametrize("waiting", ["reading", "writing"])
def test_a_wait_is_bounded(waiting):
    gate, held, release = ReadWriteLock(), threading.Event(), threading.Event()

    def hold():
        with gate.writing(WAIT):
            held.set()
            release.wait(WAIT)

    threads = start(hold)
    held.wait(WAIT)
    with pytest.raises(StoreBusy, match="load is in progress"), getattr(gate, waiting)(0.05):
        pytest.fail("no turn was free")
    release.set()
    join(threads)
    with getattr(gate, waiting)(0.05):
        pass


def test_a_reader_that_gave_up_does_not_hold_the_next_writer_back():
    gate, held, release = ReadWriteLock(), threading.Event(), threading.Event()

    def hold():
        with gate.writing(WAIT):
            held.set()
            release.wait(WAIT)

    threads = start(hold)
    held.wait(WAIT)
    with pytest.raises(StoreBusy), gate.reading(0.01):
        pytest.fail("no turn was free")
    release.set()
    join(threads)
    with gate.writing(0.05):
        pass


def test_a_turn_inside_a_turn_is_refused_at_once():
    gate = ReadWriteLock()
    with gate.reading(WAIT), pytest.raises(StoreError, match="inside another"), gate.writing(WAIT):
        pytest.fail("it would wait for itself")
    with gate.writing(WAIT):
        pass
