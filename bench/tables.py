"""How fast tables in a text are read: one table in each layout, and how the time grows with its size.

    python bench/tables.py [--size 1000000] [--rounds 3]

For each layout of `tests/loaders/tables/layouts.py`: KB of UTF-8 a second of CPU time, of the tables alone (heads, alignment, the meaning
of cells) and of the whole of `parse_plan`; beside it the floor, one expression that finds the cells of the same text and does
nothing with them; and the exponent of the growth from a sixteenth of the size on.  Below that the same growth for what once
made a step walk over the text again and again: blanks, tabs, heads over and over.

``!!`` marks where the tables alone are read slower than the bar (300 KB/s, run together 100 KB/s), or an exponent is above 1.1. Fails
nothing.
"""

import argparse
import math
import re
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import count

from loaders.duties.table_cells import table_items
from loaders.lexicon.scan import scan
from loaders.plan import parse_plan
from loaders.tables.in_text import text_tables
from tests.loaders.tables.layouts import LAYOUTS, MadeUp, Row, plain, titled

FLOOR = re.compile(r"[^\t|│\n ]+")
BARS = {"run together": 100.0}
LEAST, MOST_GROWTH = 300.0, 1.1
PARTS = (16, 4, 1)  # of the size, where the growth is measured
_LAST_NUMBER = 999  # of a row; behind it the numbers begin again
# what is written over and over, behind a head
GROWTH = {
    "blanks": " ",
    "tabs": "\t",
    "empty lines": "\n",
    "blanks and lines": " \n",
    "strokes": "|",
    "heads, run together": "序号任务责任单位时限",
    "heads by tabs": "序号\t任务\t责任单位\t时限\n",
    "heads by blanks": "序号 任务 责任单位 时限\n",
    "heads by lines": "序号\n任务\n责任单位\n时限\n",
    "rows without an end": "1\t清理文件\t县司法局\t",
    "bodies by lines": "县司法局\n",
    "numbers by lines": "1\n",
}
HEAD = titled("序号\t任务\t责任单位\t时限\n1\t清理文件\t县司法局\t年底\n")


def table_of(size: int, layout: str) -> str:
    """A text of about ``size`` bytes: one table, its rows numbered on."""
    rows: list[Row] = []
    head = plain(0)
    written = 0
    for seed in count():
        for row in plain(seed).rows:
            rows.append(Row((str(len(rows) % _LAST_NUMBER + 1), *row.cells[1:])))
            written += len("".join(row.cells).encode()) + len(row.cells)
        if written >= size:
            return titled(LAYOUTS[layout](MadeUp(head.heads, tuple(rows), frozenset())))
    raise AssertionError


def tables_alone(text: str) -> None:
    table_items(text, text_tables(text, scan(text)).read)


def cpu(work: Callable[[str], object], text: str, rounds: int) -> float:
    """The least CPU seconds of some rounds."""
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        work(text)
        times.append(time.process_time() - begun)
    return min(times)


def cells(text: str) -> int:
    return sum(1 for _ in FLOOR.finditer(text))


def exponent_of(sizes: list[int], times: list[float]) -> float:
    """By which power of its size the time of a text grows."""
    return statistics.linear_regression([math.log(n) for n in sizes], [math.log(n) for n in times]).slope


def by_layout(size: int, rounds: int) -> Iterator[tuple[str, bool]]:
    """A line for each layout, and whether it misses a bar."""
    for layout in LAYOUTS:
        texts = [table_of(size // part, layout) for part in PARTS]
        sizes = [len(text.encode()) for text in texts]
        tables_alone(texts[0])
        times = [cpu(tables_alone, text, rounds) for text in texts]
        whole, floor = cpu(parse_plan, texts[-1], 1), cpu(cells, texts[-1], rounds)
        speed, exponent = sizes[-1] / times[-1] / 1e3, exponent_of(sizes, times)
        yield (
            f"{layout:16} tables {speed:7.0f} KB/s   whole plan {sizes[-1] / whole / 1e3:6.0f} KB/s   "
            f"floor {sizes[-1] / floor / 1e3:8.0f} KB/s   exponent {exponent:5.2f}",
            speed < BARS.get(layout, LEAST) or exponent > MOST_GROWTH,
        )


def by_growth(size: int, rounds: int) -> Iterator[tuple[str, bool]]:
    """A line for each text of `GROWTH`, and whether it grows too fast."""
    for name, piece in GROWTH.items():
        texts = [HEAD + piece * (size // part // len(piece.encode())) for part in PARTS]
        times = [cpu(tables_alone, text, rounds) for text in texts]
        exponent = exponent_of([len(text.encode()) for text in texts], times)
        speed = len(texts[-1].encode()) / times[-1] / 1e3
        yield f"{name:20} {speed:8.0f} KB/s   exponent {exponent:5.2f}", exponent > MOST_GROWTH


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--size", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    missed = 0
    for lines in (by_layout(given.size, given.rounds), by_growth(given.size, given.rounds)):
        for line, misses in lines:
            print(f"{line}{'   !!' if misses else ''}", flush=True)
            missed += misses
    print(f"{missed} miss a bar")


if __name__ == "__main__":
    main()
