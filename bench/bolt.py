"""The Neo4j store, measured against a server of its own (.ci/neo4j): loading, loading again, answering, coming back.

* ``load``: items and their edges through `load_plan`; the same rows by a bare ``UNWIND … MERGE`` script in batches; a
  share of them row by row, each a transaction, as object mappers do. Nodes and edges a second; constraints are on.
* ``twice``: the sample, loaded twice; what the driver's counters say was written.
* ``reload``: one document with one line edited, in an empty graph and in one of many documents.
* ``rest``: the headline question over REST with 8 connections, beside 8 threads of the bare driver that run the same
  query between the same two version reads.
* ``back``: the service while the server stops and starts: how soon 503, how soon answers again.

Order of steps in each: a server with an empty graph, a warm-up, then as many runs as are asked for; the median counts,
and every number of a part comes from one run of this program.

Reproduce: ``python bench/bolt.py`` (``--parts load,rest --items 100000 --runs 5 --documents 2000 --limit 60 --singly 40 --version 2026.08.1``)
"""

import argparse
import asyncio
import gc
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench"), str(ROOT / ".ci" / "neo4j")]

from neo4j import Driver, GraphDatabase, ManagedTransaction  # noqa: E402
from neo4j_server import LTS, PASSWORD, USER, Server  # noqa: E402

from api.app import create_app  # noqa: E402
from api.settings import Settings  # noqa: E402
from bench import rest  # noqa: E402
from graph.model import Plan  # noqa: E402
from graph.store.catalogue import load_catalogue  # noqa: E402
from graph.store.contract import Store  # noqa: E402
from graph.store.fact_places import FACTS, every_fact  # noqa: E402
from graph.store.neo4j.address import ServerAddress  # noqa: E402
from graph.store.neo4j.connection import Ran  # noqa: E402
from graph.store.neo4j.store import BoltStore  # noqa: E402
from graph.store.shapes import merge_of, of_node  # noqa: E402
from loaders.files.read import read_path  # noqa: E402
from loaders.plan import parse_plan  # noqa: E402
from loaders.storing.load import load_plan  # noqa: E402
from loaders.storing.rows import plan_rows  # noqa: E402

NOW = "2026-01-01T00:00:00+00:00"
ITEMS_A_DOCUMENT = 2000
BARE_BATCH = 5000
CONNECTIONS = 8
DUTIES = f"/v1/units/{quote('市政府法制办')}/duties?limit=500"
QUESTION, ASKED = "questions/unit-duties", {"unit": "娄底市:市政府法制办"}

Batches = list[tuple[str, list[dict[str, Any]]]]


def text_of(number: int, items: int) -> str:
    """A made plan: each item has a lead of its own turn, two responsible units, a regulation and a date."""
    lines = [f"临江市人民政府文件\n\n临政发〔2018〕{number}号\n\n临江市第{number}批重点任务实施方案\n\n一、重点任务\n"]
    for n in range(1, items + 1):
        lines.append(
            f"{n}.推进第{n}项工作。落实《临江市第{n % 97}号规定》。\n\n牵头单位：市第{n % 89}局。\n\n"
            f"责任单位：市第{n % 83 + 100}局、市第{n % 79 + 200}局。\n\n完成时限：2018年年底前完成。\n"
        )
    return "\n".join(lines)


def batches_of(plans: list[Plan]) -> Batches:
    """The rows of the plans as the bare script writes them: nodes, then relationships, by file of the catalogue."""
    nodes: dict[str, dict[str, Any]] = defaultdict(dict)
    links: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for plan in plans:
        rows = plan_rows(plan, now=NOW)
        for label, found in rows.nodes.items():
            nodes[of_node("merge-node", label)] |= {k: {"id": k, "properties": p} for k, p in found.items()}
        for r in rows.relationships.values():
            row = {"id": r.properties.get("id"), "from_id": r.from_id, "to_id": r.to_id, "properties": r.properties}
            links[merge_of(r.type, r.labels)].append(row)
    return [*((name, list(found.values())) for name, found in nodes.items()), *links.items()]


def write(tx: ManagedTransaction, text: str, rows: list[dict[str, Any]]) -> None:
    tx.run(text, {"rows": rows}).consume()


def bare(driver: Driver, batches: Batches, size: int) -> None:
    """The bare script: one transaction a batch, nothing compared, nothing versioned."""
    with driver.session(database="neo4j") as session:
        for name, rows in batches:
            text = load_catalogue()[name].text
            for start in range(0, len(rows), size):
                part = rows[start : start + size]
                session.execute_write(write, text, part)


def empty(driver: Driver) -> None:
    with driver.session(database="neo4j") as session:
        keep = "WHERE NOT n:Meta AND NOT n:Migration"
        session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 5000 ROWS").consume()
        session.run(f"MATCH (n) {keep} CALL (n) {{ DELETE n }} IN TRANSACTIONS OF 5000 ROWS").consume()


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def load_part(driver: Driver, store: Store, given: argparse.Namespace) -> None:
    count = max(1, given.items // ITEMS_A_DOCUMENT)
    plans = [parse_plan(text_of(n, ITEMS_A_DOCUMENT)) for n in range(1, count + 1)]
    batches = batches_of(plans)
    nodes = sum(len(rows) for name, rows in batches if "from_id" not in rows[0])
    edges = sum(len(rows) for name, rows in batches if "from_id" in rows[0])
    print(f"load: {count} documents, {nodes} nodes, {edges} edges")

    gc.freeze()  # all plans at once are held for this measurement only: no collection has to go through them

    def ours() -> None:
        for plan in plans:
            load_plan(plan, store, now=NOW)

    took: dict[str, list[float]] = defaultdict(list)
    for warming in range(2):  # a cold server plans and compiles: whoever came first would pay for that
        empty(driver)
        bare(driver, batches_of(plans[:6]), BARE_BATCH) if warming else ours()
    both: list[tuple[str, Callable[[], object]]] = [
        ("zeren", ours),
        ("bare", partial(bare, driver, batches, BARE_BATCH)),
    ]
    begun = time.monotonic()
    for turn in range(given.runs):
        if turn and time.monotonic() - begun > given.limit:
            print(f"  {turn} of {given.runs} runs: the limit of {given.limit:.0f} s was reached")
            break
        for name, work in both if turn % 2 else both[::-1]:  # a server still warms: neither is always the later one
            empty(driver)
            took[name].append(timed(work))
            held = driver.execute_query("MATCH (n) WHERE NOT n:Meta AND NOT n:Migration RETURN count(n) AS n").records
            if held[0]["n"] != nodes:
                raise SystemExit(f"{name} wrote {held[0]['n']} nodes; expected {nodes}.")
        empty(driver)
        few = [(name, rows[: given.singly]) for name, rows in batches if len(rows) >= given.singly]
        took["row by row"].append(timed(partial(bare, driver, few, 1)) / sum(len(r) for _, r in few))
    medians = {name: statistics.median(found) for name, found in took.items()}
    for name in ("zeren", "bare"):
        print(
            f"  {name:12}{medians[name]:8.1f} s  {nodes / medians[name]:8.0f} nodes/s  {edges / medians[name]:8.0f} edges/s"
        )
    single = 1 / medians["row by row"]
    rate = (nodes + edges) / medians["zeren"]
    print(f"  row by row  {single:8.0f} rows/s; zeren {rate:.0f} rows/s")
    print(
        f"  zeren / bare {medians['bare'] / medians['zeren']:.2f} (bar 0.8), zeren / row by row {rate / single:.0f} (bar 20)"
    )


def twice(driver: Driver, store: BoltStore) -> None:
    """Load the sample twice; the driver's counters of each load, without those of the write lock and the commit gate."""
    empty(driver)
    plan = parse_plan(read_path(str(ROOT / "examples" / "loudi-2017.txt")))
    counted: Counter[str] = Counter()
    connection = store._connection
    real = connection.run

    def counting(tx: ManagedTransaction, name: str, parameters: Mapping[str, Any] | None = None) -> Ran:
        ran = real(tx, name, parameters)
        if "-commit-gate" not in name and "-write" not in name:
            counted.update(ran.counters)
        return ran

    connection.run = counting  # type: ignore[method-assign]
    for time_ in ("first", "second"):
        counted.clear()
        load_plan(plan, store, now=NOW)
        said = ", ".join(f"{name} {count}" for name, count in sorted(counted.items())) or "0 written"
        print(f"twice: the {time_} time: {said}")
    connection.run = real  # type: ignore[method-assign]


def reload_part(driver: Driver, store: Store, given: argparse.Namespace) -> None:
    text = text_of(1, 45)
    plans = [parse_plan(text), parse_plan(text.replace("牵头单位：市第20局", "牵头单位：市第21局"))]

    def turns() -> float:
        load_plan(plans[0], store, now=NOW)
        return statistics.median(
            timed(partial(load_plan, plans[n % 2], store, now=NOW)) for n in range(1, 4 * given.runs)
        )

    empty(driver)
    turns()
    alone = turns()
    for n in range(2, given.documents + 2):
        load_plan(parse_plan(text_of(n, 45)), store, now=NOW)
    among = turns()
    print(f"reload: empty graph {alone * 1000:.0f} ms, among {given.documents} documents {among * 1000:.0f} ms: "
          f"{among / alone:.2f} (bar 1.5)")  # fmt: skip


def bare_loop(address: ServerAddress, facts: list[str], seconds: float) -> rest.Run:
    """8 threads of the bare driver: version, query of these facts, version in one read transaction."""
    gate, text = load_catalogue()["read/commit-gate"].text, load_catalogue()[QUESTION]
    parameters, latencies = text.check({**ASKED, FACTS: facts}), []

    def work(tx: Any) -> None:
        tx.run(gate).single()
        rows = [record.data() for record in tx.run(text.text, parameters)]
        tx.run(gate).single()
        if len(rows) != 29:
            raise SystemExit(f"the bare loop got {len(rows)} rows; expected 29.")

    with GraphDatabase.driver(address.uri, auth=(USER, PASSWORD)) as driver:
        ends = time.perf_counter() + seconds

        def loop() -> None:
            while time.perf_counter() < ends:
                with driver.session(database="neo4j") as session:
                    latencies.append(timed(lambda: session.execute_read(work)) * 1000)

        threads = [threading.Thread(target=loop) for _ in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return rest.Run(len(latencies) / seconds, sorted(latencies))


def rest_part(address: ServerAddress, store: Store, given: argparse.Namespace) -> None:
    load_plan(parse_plan(read_path(str(ROOT / "examples" / "loudi-2017.txt"))), store, now=NOW)
    facts = store.read(lambda reading: every_fact(reading, ASKED))
    for title, room in (("every answer made anew", "0"), ("answers kept while no data changes", None)):
        with serving(address, room) as port:
            bare_loop(address, facts, given.seconds)
            asyncio.run(rest.measure(port, DUTIES, 29, given.seconds))
            pairs = [
                (bare_loop(address, facts, given.seconds), asyncio.run(rest.measure(port, DUTIES, 29, given.seconds)))
                for _ in range(given.runs)
            ]
        rates = [statistics.median(run.rate for run in runs) for runs in zip(*pairs, strict=True)]
        tails = [statistics.median(run.percentile(0.99) for run in runs) for runs in zip(*pairs, strict=True)]
        print(f"rest, {title}: bare {rates[0]:.0f}/s p99 {tails[0]:.0f} ms, REST {rates[1]:.0f}/s p99 {tails[1]:.0f} ms: "
              f"rate {rates[1] / rates[0]:.2f} (bar 0.7), p99 {tails[1] / tails[0]:.2f} (bar 1.5)")  # fmt: skip


class serving:  # noqa: N801 - used like a function
    """The service over the server, in a process of its own; its port."""

    def __init__(self, address: ServerAddress, room: str | None) -> None:
        self._port = rest._free_port()
        kept = {"ZEREN_ANSWER_CACHE_BYTES": room} if room else {}
        environment = {"PYTHONPATH": str(ROOT), "NEO4J_PASSWORD": PASSWORD, **kept}
        code = f"from bench.rest import serve; serve({address.uri!r}, {self._port}, None)"
        self._child = subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=ROOT)

    def __enter__(self) -> int:
        rest._wait(self._port, self._child)
        return self._port

    def __exit__(self, *_: object) -> None:
        self._child.terminate()
        self._child.wait()


def back_part(server: Server, store: Store) -> None:
    from starlette.testclient import TestClient

    load_plan(parse_plan(read_path(str(ROOT / "examples" / "loudi-2017.txt"))), store, now=NOW)
    app = create_app(Settings(local_use=True), store)
    with TestClient(app, "http://127.0.0.1:8000", raise_server_exceptions=False, client=("127.0.0.1", 5000)) as client:
        client.get(DUTIES)
        server.stop()
        away = max(timed(lambda: client.get(DUTIES)) for _ in range(5))
        server.start()
        began = time.perf_counter()
        while client.get(DUTIES).status_code != 200:
            time.sleep(0.05)
        print(f"back: 503 within {away:.2f} s (bar 2), answers {time.perf_counter() - began:.2f} s after Bolt (bar 5)")


def main() -> None:
    parser = argparse.ArgumentParser(description="The Neo4j store, measured.")
    parser.add_argument("--parts", default="load,twice,reload,rest,back")
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--limit", type=float, default=3600.0, help="seconds behind which no further run of load begins"
    )
    parser.add_argument("--singly", type=int, default=400, help="rows of each kind that load writes one by one")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--version", default=LTS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), given.version, heap="1g", pages="256m", quick=False).start()
        try:
            address = ServerAddress(server.uri, USER, PASSWORD, "neo4j")
            store = BoltStore(address)
            with GraphDatabase.driver(server.uri, auth=(USER, PASSWORD)) as driver:
                for part in given.parts.split(","):
                    empty(driver)
                    run(part, server, address, driver, store, given)
            store.close()
        finally:
            server.stop()


def run(
    part: str, server: Server, address: ServerAddress, driver: Driver, store: BoltStore, given: argparse.Namespace
) -> None:
    """One part by its name."""
    if part == "load":
        load_part(driver, store, given)
    elif part == "twice":
        twice(driver, store)
    elif part == "reload":
        reload_part(driver, store, given)
    elif part == "rest":
        rest_part(address, store, given)
    elif part == "back":
        back_part(server, store)
    else:
        raise SystemExit(f"{part!r} is no part; expected load, twice, reload, rest or back.")


if __name__ == "__main__":
    main()
