"""Every question of the library on the sample plan, measured: the time of one answer with all its words.

Order of steps: the sample is loaded into an empty store; the cases of tests/gold/questions are asked one after another,
first to warm up, then by turns, so that a slow moment of the machine does not fall on one of them; the median and the
95th percentile of each question are printed, the slowest last, and the processor time of this process, in which the
embedded engine runs: on a busy machine it says more than the clock.  The rows of every answer are counted and must be those
of the gold file.

Reproduce: ``python -m bench.questions`` (``--turns 20``, ``--store neo4j://host`` for a server whose database is empty)

Left to others: answers over REST (`bench.rest`), plans by the thousand.
"""

import argparse
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from api.questions import run_question
from graph.asking import Clock
from graph.store import Store, open_store
from loaders.files import read_path
from loaders.load import load_plan, remove_document
from loaders.plan import parse_plan

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "examples" / "loudi-2017.txt"
GOLD = ROOT / "tests" / "gold" / "questions"
BAR = 50.0  # milliseconds
TODAY = Clock(date(2026, 11, 23))
WARM_UP = 3


def cases() -> list[tuple[str, dict[str, Any]]]:
    """The longest case of each question: its name, and what is asked and expected."""
    found = []
    for path in sorted(GOLD.glob("*.yaml")):
        known = yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
        found.append((path.stem, max(known, key=lambda case: len(case["rows"]))))
    return found


def measure(store: Store, turns: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of each question, ``turns`` times: by the clock and of processor time. Raises SystemExit when an answer has not the rows expected."""
    times: dict[str, list[tuple[float, float]]] = {}
    known = cases()
    for turn in range(WARM_UP + turns):
        for name, case in known:
            start, worked = time.perf_counter(), time.process_time()
            answer = run_question(store, name, case["ask"], clock=TODAY)
            took = ((time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000)
            if len(answer["items"]) != len(case["rows"]):
                sys.exit(f"{name}: {len(answer['items'])} rows; expected {len(case['rows'])}.")
            if turn >= WARM_UP:
                times.setdefault(name, []).append(took)
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--store", help="an empty store instead of one made for the run")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(given.store or f"embedded:{folder}/store")
        try:
            plan = parse_plan(read_path(str(SAMPLE)))
            load_plan(plan, store, now="2026-01-01T00:00:00+00:00")
            times = measure(store, given.turns)
            remove_document(plan.document.id, store)
        finally:
            store.close()
    over = 0
    for name, met in sorted(times.items(), key=lambda pair: statistics.median(taken for taken, _ in pair[1])):
        clock, work = sorted(taken for taken, _ in met), statistics.median(worked for _, worked in met)
        middle, p95 = statistics.median(clock), clock[min(len(clock) - 1, int(len(clock) * 0.95))]
        over += middle > BAR
        print(
            f"{name:<32} {middle:7.1f} ms   p95 {p95:7.1f} ms   processor {work:7.1f} ms"
            f"{'   over the bar' if middle > BAR else ''}"
        )
    print(f"bar: {BAR:.0f} ms a question; {over} of {len(times)} over it")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main())
