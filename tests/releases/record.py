"""Keeps what a release leaves behind: a store of each engine, and the answers it gave.  Run once, with the release's code.

    PYTHONPATH=.:.ci/neo4j python tests/releases/record.py VERSION

Into ``tests/releases/VERSION/``: ``embedded.tar.xz`` (the folder of an embedded store), ``neo4j.json.gz`` (schema
statements, nodes and relationships of the same graph on a Neo4j server), ``answers.json.gz`` (path of ``/v1`` →
body) and ``day.txt`` (the day on which it gave them).  In the stores: the sample, the plans of ``VERSION/plans`` (one a
Word file with a table), two judgements.

Left to others: what a later version owes to them (``test_old_stores.py``).
"""

import argparse
import gzip
import json
import os
import subprocess
import tarfile
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from neo4j import GraphDatabase
from neo4j_server import PASSWORD, USER, Server

from bench.same_answers import addresses, serve

ROOT = Path(__file__).parents[2]
PROGRAM = str(ROOT / ".venv" / "bin" / "zeren")
JUDGEMENTS = (
    ("青川县:县城管局", "same", "青川县:县执法局", "2019年更名"),
    ("临江市:市编办", "different", "临江市:市政府办", "两个机关"),
)
MOST = 8  # objects of each kind that are asked for
ALIKE = 2  # answers kept of those whose addresses differ in values alone


def run(store: str, *words: str, **more: str) -> None:
    subprocess.run(
        [PROGRAM, *words],
        cwd=ROOT,
        env={**os.environ, "ZEREN_STORE": store, **more},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def fill(store: str, plans: list[Path], **more: str) -> None:
    """Load the plans, judge, and load the judged plan again, which is when a judgement takes hold."""
    for plan in plans:
        run(store, "load", str(plan), **more)
    for unit, word, other, why in JUDGEMENTS:
        run(store, "judge", unit, word, other, "--by", "王五", "--why", why, **more)
    for plan in plans:
        run(store, "load", str(plan), **more)


def exported(server: Server) -> dict[str, Any]:
    """All that a database holds, in an order of its own."""
    with (
        GraphDatabase.driver(server.uri, auth=(USER, PASSWORD)) as driver,
        driver.session() as session,
    ):
        statements = session.run("SHOW CONSTRAINTS YIELD createStatement AS s").value()
        statements += session.run(
            "SHOW INDEXES YIELD createStatement AS s, type, owningConstraint WHERE type <> 'LOOKUP' AND owningConstraint IS NULL RETURN s"
        ).value()
        nodes = session.run(
            "MATCH (n) RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS properties"
        ).data()
        at = {node.pop("id"): place for place, node in enumerate(nodes)}
        links = session.run(
            "MATCH (a)-[r]->(b) RETURN elementId(a) AS a, elementId(b) AS b, type(r) AS type, properties(r) AS properties"
        ).data()
    for link in links:
        link["from"], link["to"] = at[link.pop("a")], at[link.pop("b")]
    return {"statements": sorted(statements), "nodes": nodes, "relationships": links}


def write(path: Path, made: Any) -> None:
    text = json.dumps(made, ensure_ascii=False, sort_keys=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("version", help="the release, such as 0.1.0; its plans lie in tests/releases/VERSION/plans")
    folder = Path(__file__).parent / arguments.parse_args().version
    plans = [ROOT / "examples" / "loudi-2017.txt", *sorted((folder / "plans").iterdir())]
    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside) / "store"
        fill(f"embedded:{path}", plans)
        with tarfile.open(folder / "embedded.tar.xz", "w:xz") as archive:
            archive.add(path, "store")
        with serve(ROOT, [], path) as served:
            asks = addresses(served, MOST)
            kept = {ask: json.loads(body) for ask, body in answers(served, asks)}
            del kept["/v1/catalog"]["url"]  # where this very store was kept
            write(folder / "answers.json.gz", kept)
            (folder / "day.txt").write_text(f"{date.today()}\n")
        server = Server(Path(aside) / "neo4j").start()
        try:
            fill(server.uri, plans, NEO4J_USERNAME=USER, NEO4J_PASSWORD=PASSWORD)
            write(folder / "neo4j.json.gz", exported(server))
        finally:
            server.stop()


def answers(served: Any, asks: list[str]) -> list[tuple[str, bytes]]:
    """The JSON answers among what was asked for, problems left out, of each kind a few."""
    found = []
    kinds: Counter[str] = Counter()
    for ask in asks:
        kind = kind_of(ask)
        if kinds[kind] == ALIKE:
            continue
        head, _, body = served.body(ask).partition(b"\n")
        if head.startswith(b"200 application/json"):
            kinds[kind] += 1
            found.append((ask, body))
    return found


def kind_of(ask: str) -> str:
    """An address without the values in it: ids, which are Chinese, and what stands behind a ``=``."""
    path, _, query = ask.partition("?")
    parts = ["*" if "%" in part else part for part in path.split("/")]
    return "/".join(parts) + "?" + "&".join(sorted(pair.partition("=")[0] for pair in query.split("&")))


if __name__ == "__main__":
    main()
