"""Every question of the library on the sample plan, measured: the time of one answer with all its words.

Order of steps: the sample is loaded into an empty store; the cases of tests/gold/questions are asked one after another,
first to warm up, then by turns, so that a slow moment of the machine does not fall on one of them; the median and the
95th percentile of each question are printed, the slowest last, and the processor time of this process, in which the
embedded engine runs: on a busy machine it says more than the clock.  The rows of every answer are counted and must be those
of the gold file.

In a store that holds plans already the sample is loaded beside them; each question is asked a page at a time, of the
sample and, where it can be, of all plans, and the rows are not compared.

Reproduce: ``python -m bench.questions`` (``--turns 20``, ``--store neo4j://host``, ``--store embedded:/a/copy`` of one made
by `bench.folder`, whose plans stay)

Left to others: answers over REST (`bench.rest`), plans by the thousand.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from api.answers.paging import PageRequest
from api.answers.questions import find, run_question
from api.answers.references import Narrow
from graph.library.cards import parameters_of
from graph.library.question import Clock
from graph.store.contract import Store
from graph.store.opening import open_store
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.load import load_plan, remove_document

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "loudi-2017.txt"
GOLD = ROOT / "tests" / "gold" / "questions"
BAR, BAR_AMONG_MANY = (
    50.0,
    500.0,
)  # milliseconds: the median on the sample alone; the 95th percentile beside other plans
NARROW = Narrow(region="娄底市")  # of units of one name in many places, the sample's
TODAY = Clock(date(2026, 11, 23))
WARM_UP = 3


def cases() -> list[tuple[str, dict[str, Any]]]:
    """The longest case of each question: its name, and what is asked and expected."""
    found = []
    for path in sorted(GOLD.glob("*.yaml")):
        known = yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
        found.append((path.stem, max(known, key=lambda case: len(case["rows"]))))
    return found


def among_many(document: str) -> list[tuple[str, dict[str, Any]]]:
    """Each question of the sample's plan, and of all plans where no plan need be named."""
    asked = []
    for name, case in cases():
        takes = {param.name for param in parameters_of(find(name))}
        rest = {key: value for key, value in case["ask"].items() if key not in ("document", "region")}
        asked.append((name, rest | ({"document": document} if "document" in takes else {})))
        if "document" in takes and not rest.keys() & {"item", "section", "fact"}:
            asked.append((f"{name}, all plans", rest))
    return asked


def measure(
    store: Store, asked: Sequence[tuple[str, dict[str, Any], int | None]], page: PageRequest | None, turns: int
) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of each question, ``turns`` times: by the clock and of processor time. Raises SystemExit when an answer has not the rows expected."""
    times: dict[str, list[tuple[float, float]]] = {}
    for turn in range(WARM_UP + turns):
        for label, ask, rows in asked:
            start, worked = time.perf_counter(), time.process_time()
            answer = run_question(store, label.partition(",")[0], ask, page=page, narrow=NARROW, clock=TODAY)
            took = ((time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000)
            if rows is not None and len(answer["items"]) != rows:
                sys.exit(f"{label}: {len(answer['items'])} rows; expected {rows}.")
            if turn >= WARM_UP:
                times.setdefault(label, []).append(took)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--store", help="a store instead of one made for the run")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(given.store or f"embedded:{folder}/store")
        try:
            many = store.status().counts["Document"] > 0
            plan = parse_plan(read_path(str(SAMPLE)))
            load_plan(plan, store, now="2026-01-01T00:00:00+00:00")
            if many:
                asked = [(label, ask, None) for label, ask in among_many(plan.document.id)]
                times = measure(store, asked, PageRequest(), given.turns)
            else:
                times = measure(
                    store, [(name, case["ask"], len(case["rows"])) for name, case in cases()], None, given.turns
                )
            remove_document(plan.document.id, store)
        finally:
            store.close()
    over = 0
    for name, met in sorted(times.items(), key=lambda pair: statistics.median(taken for taken, _ in pair[1])):
        clock, work = sorted(taken for taken, _ in met), statistics.median(worked for _, worked in met)
        middle, p95 = statistics.median(clock), clock[min(len(clock) - 1, int(len(clock) * 0.95))]
        beyond = p95 > BAR_AMONG_MANY if many else middle > BAR
        over += beyond
        print(
            f"{name:<32} {middle:7.1f} ms   p95 {p95:7.1f} ms   processor {work:7.1f} ms"
            f"{'   over the bar' if beyond else ''}"
        )
    print(f"bar: {BAR_AMONG_MANY if many else BAR:.0f} ms a question; {over} of {len(times)} over it")


if __name__ == "__main__":
    main()
