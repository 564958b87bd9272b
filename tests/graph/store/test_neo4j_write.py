"""One write on a Neo4j server: the write lock, the commit gate, commits of unknown fate.

All against a real server of this module's own; `test_kill` kills loads and servers for real.
"""

import threading
import time
from collections import Counter

import pytest
from neo4j.exceptions import IncompleteCommit

import graph.store.neo4j.write
from graph.errors import StoreBusy, StoreUnavailable
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.server_errors import RETRYABLE, LostCommit
from graph.store.neo4j.store import BoltStore
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

UNIT = "试验市:甲"
NOW = "2026-11-23T08:00:00+00:00"


def merge(writing, name="甲"):
    writing.rows("load/merge-node/unit", {"rows": [{"id": UNIT, "properties": {"name": name}}]})


def name(store):
    rows = store.read(lambda reading: reading.rows("load/stored-node/unit", {"ids": [UNIT]}))
    return rows[0]["properties"]["name"] if rows else None


def test_every_reason_to_try_again_is_given():
    assert set(RETRYABLE) == {IncompleteCommit, LostCommit}
    assert all(RETRYABLE.values())


def test_a_commit_whose_answer_was_lost_is_found_by_its_mark(own, monkeypatch):
    calls, lost = [], []
    real = Connection.write

    def lossy(self, work, **options):
        answer = real(self, work, **options)
        if getattr(work, "__name__", "") == "_load" and not lost:
            lost.append(1)
            raise IncompleteCommit
        return answer

    monkeypatch.setattr(Connection, "write", lossy)
    assert own.write(lambda writing: (calls.append(1), merge(writing), writing.data_version)[2]) == 2
    assert (calls, name(own), own.status().data_version) == ([1], "甲", 2)


def test_a_commit_that_did_not_arrive_is_made_again(own, blank, monkeypatch, gate):
    real, calls = graph.store.neo4j.write.Load._load, []

    def lossy(self, tx):
        real(self, tx)
        if len(calls) < 2:
            raise IncompleteCommit  # before the commit: the server rolls back, the gate stays closed

    monkeypatch.setattr(graph.store.neo4j.write.Load, "_load", lossy)
    own.write(lambda writing: (calls.append(1), merge(writing)))
    assert (len(calls), name(own), gate(blank)) == (2, "甲", {"meta": 2, "gate": 2})


def test_a_commit_that_never_arrives_is_an_error(own, blank, monkeypatch, gate):
    real = graph.store.neo4j.write.Load._load

    def lossy(self, tx):
        real(self, tx)
        raise LostCommit

    monkeypatch.setattr(graph.store.neo4j.write.Load, "_load", lossy)
    monkeypatch.setattr(graph.store.neo4j.store, "ATTEMPT_PAUSE", 0)
    with pytest.raises(StoreUnavailable, match="confirmed the commit of a write but did not keep it"):
        own.write(merge)
    monkeypatch.undo()
    # the gate was left closed, as by a killed load: a reader opens it
    assert gate(blank) == {"meta": 0, "gate": 1}
    assert name(own) is None
    assert gate(blank) == {"meta": 0, "gate": 0}


def test_a_gate_left_closed_after_the_commit_is_opened_by_a_reader(own, blank, ask):
    own.write(merge)
    assert name(own) == "甲"  # the server plans the query once, which may take seconds
    ask(blank, "MATCH (g:Meta {id: 'gate'}) SET g.data_version = 1")
    patient = BoltStore(blank, read_wait=60)  # a reader that only waited would be told so after this
    began = time.monotonic()
    assert name(patient) == "甲"
    assert time.monotonic() - began < 30
    patient.close()
    assert own.read(lambda reading: reading.data_version) == 2


def test_a_gate_left_closed_does_not_stop_the_next_load(own, blank, ask, gate):
    ask(blank, "MATCH (g:Meta {id: 'gate'}) SET g.data_version = 1")
    own.write(merge)
    assert gate(blank) == {"meta": 2, "gate": 2}


def test_a_reader_does_not_open_the_gate_of_a_living_load(blank, ask, gate):
    loading, release = threading.Event(), threading.Event()
    store, patient = BoltStore(blank), BoltStore(blank, read_wait=2.0)

    def work(writing):
        merge(writing)
        loading.set()
        release.wait(120)

    thread = threading.Thread(target=store.write, args=(work,))
    thread.start()
    assert loading.wait(60)
    # as between the closing of the gate and the commit
    ask(blank, "MATCH (g:Meta {id: 'gate'}) SET g.data_version = 1")
    with pytest.raises(StoreBusy, match="load is in progress"):
        name(patient)
    assert gate(blank)["gate"] == 1
    release.set()
    thread.join(60)
    assert name(patient) == "甲"
    store.close()
    patient.close()


def test_a_late_opening_leaves_the_gate_of_the_next_load_alone(own, blank, ask, gate):
    load = graph.store.neo4j.write.Load(own._connection, merge)
    own._connection.write(load._load)
    ask(blank, "MATCH (g:Meta {id: 'gate'}) SET g.data_version = 3")
    own._connection.write(load._open_gate)
    assert gate(blank) == {"meta": 2, "gate": 3}


def test_a_load_that_waits_too_long_for_its_turn_is_told_so(own, blank, monkeypatch):
    loading, release = threading.Event(), threading.Event()
    other = BoltStore(blank)

    def work(_):
        loading.set()
        release.wait(120)

    thread = threading.Thread(target=other.write, args=(work,))
    thread.start()
    assert loading.wait(60)
    real = Connection.write
    monkeypatch.setattr(Connection, "write", lambda self, work, **_: real(self, work, timeout=1.0))
    with pytest.raises(StoreBusy, match="a load is in progress"):
        own.write(merge)
    monkeypatch.undo()  # the other load ends in its own time
    release.set()
    thread.join(60)
    other.close()


def test_the_server_counts_nothing_written_when_a_plan_is_loaded_twice(own, monkeypatch):
    """By the driver's counters of every statement of a load, without those of the write lock and the commit gate."""
    counted = Counter()
    real = Connection.run

    def counting(self, tx, name, parameters=None):
        ran = real(self, tx, name, parameters)
        if "-commit-gate" not in name and "-write" not in name:
            counted.update(ran.counters)
        return ran

    monkeypatch.setattr(Connection, "run", counting)
    plan = parse_plan(read_path("examples/loudi-2017.txt"))
    first = load_plan(plan, own, now=NOW)
    written = {"nodes_created": 326, "relationships_created": 539, "labels_added": 326}
    assert sum(first.created.values()) == 326 + 539
    assert {name: counted[name] for name in written} == written
    assert counted["properties_set"] > 5000
    assert set(counted) == {*written, "properties_set"}
    counted.clear()
    assert load_plan(plan, own, now=NOW).unchanged
    assert counted == {}


@pytest.mark.parametrize("same", [True, False], ids=["the same document", "different documents"])
def test_two_programs_load_at_once(blank, plans, same, gate):
    """Each has connections of its own; units are shared between the documents, so both write the same nodes."""
    editions = [plans, plans.edited(2, leads=("市司法局",), responsible=())]
    numbers = ["临发〔2017〕4号"] * 2 if same else ["临发〔2017〕4号", "临发〔2018〕5号"]
    titles = ["临江市法治政府建设实施方案"] * 2 if same else ["临江市法治政府建设实施方案", "临江市普法工作方案"]
    made = [e.make(reference=n, title=t) for e, n, t in zip(editions, numbers, titles, strict=True)]
    failures = []
    BoltStore(blank).close()

    def work(own_plan):
        try:
            store = BoltStore(blank, warnings=True)
            for _ in range(5):
                load_plan(own_plan, store, now=NOW)
            store.close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(plan,)) for plan in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    store = BoltStore(blank)
    documents = [row["id"] for row in store.read(lambda reading: reading.rows("load/document-ids"))]
    assert documents == sorted({plan.document.id for plan in made})
    stored = store.read(lambda reading: reading.rows("load/stored-node/document", {"ids": documents}))
    for row in stored:
        wanted = next(p for p in made if p.document.text_sha256 == row["properties"]["text_sha256"])
        # one of the two, whole: loading it again finds nothing to write
        assert load_plan(wanted, store, now=NOW).unchanged
    assert gate(blank)["gate"] == gate(blank)["meta"]
    store.close()


@pytest.mark.slow
def test_a_commit_after_an_orderly_stop_is_not_believed(own, own_server, blank, gate):
    """A 5.26 server ends an idle transaction when it stops and still answers its commit; the load is made again."""
    calls = []

    def work(writing):
        merge(writing)
        calls.append(1)
        if len(calls) == 1:
            own_server.stop()
            own_server.start()

    own.write(work)
    assert (len(calls), name(own), gate(blank)) == (2, "甲", {"meta": 2, "gate": 2})
