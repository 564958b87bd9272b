"""How fast a plan is parsed: the sample, the open corpus, and a bare regex pass over the same texts as the floor.

    python bench/parse.py [--rounds 9]

Prints the sample's time (median and minimum of the rounds, after one warm-up), the corpus in MB of UTF-8 a second, its
slowest text per byte against the mean, and how much of the floor's speed is reached.  The corpus lies under ZEREN_SHARED
(default ../shared); without it only the sample is measured.
"""

import argparse
import json
import os
import re
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from loaders.plan import parse_plan

SAMPLE = Path(__file__).parent.parent / "examples" / "loudi-2017.txt"
# the floor: one expression that finds every label, year and title, and does nothing with it
FLOOR = re.compile(
    r"(?:牵头|责任|配合|参与)(?:单位|部门)[:：]|20\d\d年|《[^》]*》|(?:^|\n)\s*(?:[一二三四五六七八九十]+、|\d+\.)"
)


def rounds_of(work: Callable[[], object], rounds: int) -> list[float]:
    """Seconds of each round, the warm-up left out."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times


def corpus() -> list[tuple[str, str]]:
    """(id, text) of the open texts."""
    folder = Path(os.environ.get("ZEREN_SHARED", "../shared")) / "corpus" / "open"
    return [(path.stem, json.loads(path.read_text("utf-8"))["text"]) for path in sorted(folder.glob("*.json"))]


def floor(texts: Sequence[str]) -> int:
    return sum(1 for text in texts for _ in FLOOR.finditer(text))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=9)
    rounds = arguments.parse_args().rounds
    sample = SAMPLE.read_text("utf-8")
    times = rounds_of(lambda: parse_plan(sample), rounds * 3)
    print(f"sample plan     median {statistics.median(times) * 1e3:6.2f} ms   minimum {min(times) * 1e3:6.2f} ms")
    texts = corpus()
    if not texts:
        print("open corpus     not measured: no texts under ZEREN_SHARED")
        return
    size = sum(len(text.encode()) for _, text in texts)
    parsed = rounds_of(lambda: [parse_plan(text) for _, text in texts], rounds)
    bare = rounds_of(lambda: floor([text for _, text in texts]), rounds)
    print(
        f"open corpus     median {size / statistics.median(parsed) / 1e6:6.2f} MB/s  best    {size / min(parsed) / 1e6:6.2f} MB/s"
    )
    print(
        f"floor (regex)   median {size / statistics.median(bare) / 1e6:6.2f} MB/s  best    {size / min(bare) / 1e6:6.2f} MB/s"
    )
    print(f"parse / floor   {statistics.median(bare) / statistics.median(parsed):.3f}")
    slowest = max(
        (min(rounds_of(lambda text=text: parse_plan(text), 3)) / len(text.encode()), name)  # type: ignore[misc]
        for name, text in texts
    )
    print(f"slowest text    {slowest[1]}: {slowest[0] * size / min(parsed):.1f} × the mean time per byte")


if __name__ == "__main__":
    main()
