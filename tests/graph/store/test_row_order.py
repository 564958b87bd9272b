"""The order at the end of a statement, made outside the engine, and what that is for: long plans, read by several at once."""

import os
import subprocess
import sys

import pytest

from graph.store.catalogue import load_catalogue
from graph.store.row_order import Key, in_order, order_at_end

# 600 items with 2,400 duties
LOADED = """
from pathlib import Path
from bench.made.plans import long_plan
from graph.store.embedded.store import EmbeddedStore
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

Path("long.txt").write_text(long_plan(600), "utf-8")
store = EmbeddedStore(Path("store"))
load_plan(parse_plan(read_path("long.txt")), store, now="2026-01-01T00:00:00+00:00")
store.close()
"""
READ_BY_SIX = """
import threading
from pathlib import Path
from graph.findings import read_plan_rows
from graph.store.embedded.store import EmbeddedStore

store = EmbeddedStore(Path("store"))
(plan,) = store.read(lambda reading: reading.rows("read/document-names", {"limit": 2}))
read = []
def look():
    rows = store.read(lambda reading: read_plan_rows(reading, plan["id"]))
    starts = [item["start"] for item in rows.items]
    read.append((len(rows.items), sum(map(len, rows.duties.values())), starts == sorted(starts)))
readers = [threading.Thread(target=look) for _ in range(6)]
for reader in readers: reader.start()
for reader in readers: reader.join()
store.close()
print(read)
"""


@pytest.mark.slow
def test_several_read_a_long_plan_at_once(tmp_path):
    def run(code, **environment):
        here = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment
        command = [sys.executable, "-c", code]
        return subprocess.run(command, cwd=tmp_path, env=here, capture_output=True, text=True, timeout=300, check=False)

    assert run(LOADED).returncode == 0
    # the smallest heap: its engine keeps some 30 MB for all that statements put in order
    done = run(READ_BY_SIX, ZEREN_EMBEDDED_HEAP="64m")
    assert done.stdout.strip() == str([(600, 2400, True)] * 6), done.stderr[-2000:]


def test_rows_are_put_in_order_with_null_last_and_words_by_their_characters():
    rows = [{"n": n, "id": key} for n, key in ((2, "乙"), (None, "甲"), (1, "乙"), (2, "丙"))]
    assert [(row["n"], row["id"]) for row in in_order(rows, (Key("n", False), Key("id", False)))] == [
        (1, "乙"),
        (2, "丙"),
        (2, "乙"),
        (None, "甲"),
    ]
    assert [row["n"] for row in in_order(rows, (Key("n", True),))] == [None, 2, 2, 1]


@pytest.mark.parametrize(
    ("end", "keys"),
    [
        ("ORDER BY start, id", [("start", False), ("id", False)]),
        ("ORDER BY start DESC,\n  id", [("start", True), ("id", False)]),
        ("ORDER BY start, id\nLIMIT $limit", None),  # cut: the engine must know the order
        ("ORDER BY start, n.id", None),  # by what is no column
        ("ORDER BY other", None),
        ("", None),
    ],
)
def test_the_order_at_the_end_of_a_statement(end, keys):
    met = order_at_end(f"MATCH (n) RETURN n.start AS start, n.id AS id {end}", ("start", "id"))
    assert (None if met is None else [tuple(key) for key in met.keys]) == keys


def test_a_union_keeps_its_order():
    assert order_at_end("RETURN 1 AS id UNION RETURN 2 AS id ORDER BY id", ("id",)) is None


def test_no_statement_has_the_engine_keep_rows_that_it_does_not_cut():
    """Such an order takes several kilobytes a row, of a bound that all statements share."""
    few = {"read/item-parts"}  # the parts of one item
    for name, query in load_catalogue().queries.items():
        _, order, behind = query.text.rpartition("ORDER BY")
        ends = order and not any(word in behind for word in ("LIMIT", "RETURN", "}"))
        assert name in few or bool(query.loose) == bool(ends), name
