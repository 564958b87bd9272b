"""One answer, one version: readers beside a busy writer never see half of one plan and half of another.

A writer alternates two versions of the sample; eight threads ask both headline questions within one ``Store.read``.
Every accepted answer must be that of one of the two versions, whole. Refusals ("load in progress") count apart.
It goes on until both versions were seen: on a slow machine the writer may not come to the other one before.

``ZEREN_ANSWERS`` says how many accepted answers to gather (the suite: 600; ``bench/store.py``: 20,000).
"""

import os
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from graph.errors import StoreBusy
from graph.store.fact_places import every_fact
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

ANSWERS = int(os.environ.get("ZEREN_ANSWERS", "600"))
READERS = 8
NOW = "2026-11-23T08:00:00+00:00"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + ANSWERS // 4)]

EXAMPLE = Path(__file__).parents[3] / "examples" / "loudi-2017.txt"
# the unit asked for loses its lead of item 20, item 21 its citation; whatever stands below moves
EDITS = (
    ("牵头单位:市编办、市政府法制办。", "牵头单位:市编办。"),
    ("《湖南省行政程序规定》", "《湖南省规范性文件管理办法》"),
)


def headlines(reading):
    unit, regulation = {"unit": "娄底市:市政府法制办"}, {"regulation": "湖南省行政程序规定"}
    for given in (unit, regulation):
        given["facts"] = every_fact(reading, given)
    return reading.data_version, (
        reading.rows("questions/unit-duties", unit),
        reading.rows("questions/regulation-citing-items", regulation),
    )


def test_every_answer_is_of_one_version(store):
    text = EXAMPLE.read_text(encoding="utf-8")
    other = text
    for old, new in EDITS:
        assert old in text
        other = other.replace(old, new)
    plans = [parse_plan(text), parse_plan(other)]
    expected = []
    for plan in plans:
        load_plan(plan, store, now=NOW)
        expected.append(store.read(headlines)[1])
    assert expected[0] != expected[1]
    assert [len(rows) for rows in expected[0]] == [29, 3]

    stop = threading.Event()
    seen: Counter[str] = Counter()
    of_version: dict[int, set[int]] = {}
    guard = threading.Lock()
    failures: list[BaseException] = []

    def write():
        try:
            while not stop.is_set():
                for plan in plans:
                    load_plan(plan, store, now=NOW)
                    seen["loads"] += 1
        except BaseException as error:
            failures.append(error)

    def read():
        try:
            while not stop.is_set():
                try:
                    version, answer = store.read(headlines)
                except StoreBusy:
                    with guard:
                        seen["refused"] += 1
                    continue
                which = expected.index(answer) if answer in expected else -1
                with guard:
                    seen[("mixed", "first", "second")[which + 1]] += 1
                    of_version.setdefault(version, set()).add(which)
                    enough = seen["first"] + seen["second"] >= ANSWERS and seen["first"] and seen["second"]
                    if enough or which < 0:
                        stop.set()
        except BaseException as error:
            failures.append(error)

    began = time.monotonic()
    threads = [threading.Thread(target=work) for work in (write, *[read] * READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"\none answer, one version: {dict(seen)} in {time.monotonic() - began:.1f} s")
    assert failures == []
    assert seen["mixed"] == 0
    assert seen["loads"] >= 2
    # a data version names one state of the graph
    assert all(len(which) == 1 for which in of_version.values())
    assert seen["refused"] <= 0.01 * (seen["first"] + seen["second"])
