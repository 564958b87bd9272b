"""Every table of docs/performance.md, measured in bounded time: `make bench`.

    python -m bench.run [--only parse,rest] [--page docs/performance.md]

Order of steps: each script of `PARTS` runs in a process of its own, one after another, with its time limit; what it prints becomes
its section of the page, with how long it took and the load of the machine before and after.  A script that ends with an
error, or is ended by its limit, is said to be so, with what it had printed.  Nothing fails here: bars are held by tests.

Each script measures beside a floor or a peer in turns and prints medians, so that its ratios hold on a busy machine too. The
whole takes a quarter of an hour.

Left to others: longer runs (each script by itself), the tests' own time (docs/decisions/031).
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
HEAD = """# Performance

Written by `make bench` from its last run; do not edit. Ratios within one table were measured in turns and hold on a busy machine;
seconds and rates are those of one machine at one load. How each figure is measured stands at the head of its script.
"""


class Part(NamedTuple):
    """One script: what its table says, how it is run, and after how many seconds it is ended."""

    name: str
    title: str
    command: tuple[str, ...]
    seconds: int


PARTS = (
    Part("parse", "Parsing, beside a bare pass of an expression", ("bench/parse.py", "--rounds", "3"), 120),
    Part("tables", "Tables in a text, beside an expression that finds the cells", ("bench/tables.py", "--size", "60000"), 120),
    Part("formats", "Formats, each beside its library", ("bench/formats.py", "--rounds", "2"), 120),
    Part("folder", "A folder of plans, loaded and loaded again", ("bench/folder.py", "--plans", "60"), 180),
    Part("questions", "Questions of the library on one plan", ("bench/questions.py", "--turns", "5"), 180),
    Part("growth", "Answers with one plan and with many", ("bench/growth.py", "--plans", "30", "--turns", "3"), 420),
    Part("rest", "Requests, beside a route that does nothing", ("bench/rest.py", "--seconds", "1"), 180),
    Part("bolt", "Loading into Neo4j, beside a bare script", ("bench/bolt.py", "--parts", "load", "--items", "2000", "--runs", "3", "--limit", "60", "--singly", "20"), 420),
)  # fmt: skip


def section(part: Part) -> str:
    """The section of one script, which is run for it."""
    before, began = os.getloadavg()[0], time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(
            [sys.executable, *part.command],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=part.seconds,
            check=False,
        )
        printed, end = done.stdout, "" if done.returncode == 0 else f", ended with code {done.returncode}"
    except subprocess.TimeoutExpired as late:
        printed, end = late.stdout or b"", f", ended by its limit of {part.seconds} s"
    took = time.monotonic() - began
    said = f"{took:.0f} s, load {before:.1f} before and {os.getloadavg()[0]:.1f} after{end}"
    table = printed.decode(errors="replace").strip() or "nothing was printed"
    return f"\n## {part.title}\n\n`python {' '.join(part.command)}`: {said}.\n\n```\n{table}\n```\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help=f"some of {', '.join(part.name for part in PARTS)}")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "performance.md")
    given = parser.parse_args()
    wanted = set(given.only.split(",")) - {""} or {part.name for part in PARTS}
    made = []
    for part in PARTS:
        if part.name in wanted:
            print(f"== {part.title}", flush=True)
            made.append(section(part))
            print(made[-1], flush=True)
    machine = (
        f"\nMeasured on {time.strftime('%Y-%m-%d')} with {os.cpu_count()} cores, Python {sys.version.split()[0]}.\n"
    )
    given.page.write_text(HEAD + machine + "".join(made), encoding="utf-8")


if __name__ == "__main__":
    main()
