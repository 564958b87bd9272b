"""How fast a plan is parsed: the sample, the open corpus, and a bare regex pass over the same texts as the floor.

    python bench/parse.py [--rounds 9] [--fragments | --growth]

Prints the sample's time (median and minimum of the rounds, after one warm-up), the corpus in MB of UTF-8 a second (also
with nothing kept from an earlier text), its slowest text per byte against the mean, and how much of the floor's speed is
reached.  The corpus lies under ZEREN_SHARED (default ../shared); without it only the sample is measured.

``--fragments`` instead repeats each word of the grammar, and each two of them, over and over, alone and inside an item: the
slowest ones in seconds a MB, and the same at four times the size, where a rule that is not linear shows.  It takes minutes.

``--growth`` draws how the time grows to 1 MB for fragments that once made it grow with the square: seconds a MB at each size as
a bar (of one height where the time is linear), the exponent of the growth, and how often the corpus' mean time per byte it is.
Ends with 1 where an exponent is above 1.1.
"""

import argparse
import json
import math
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path

from loaders.plan import parse_plan

SAMPLE = Path(__file__).parent.parent / "examples" / "loudi-2017.txt"
# the floor: one expression that finds every label, year and title, and does nothing with it
FLOOR = re.compile(
    r"(?:牵头|责任|配合|参与)(?:单位|部门)[:：]|20\d\d年|《[^》]*》|(?:^|\n)\s*(?:[一二三四五六七八九十]+、|\d+\.)"
)

# the words of the grammar, one of each kind
WORDS = (
    *(
        "牵头单位",
        "责任单位：",
        "完成时限：",
        "组长：",
        "牵头",
        "配合",
        "负责",
        "为牵头",
        "由",
        "要",
        "会同",
        "按职责",
        "下同",
    ),
    *(
        "市教育局",
        "局",
        "政府",
        "部门",
        "各",
        "有关",
        "和",
        "等",
        "市",
        "县",
        "级",
        "办法",
        "制定",
        "至少",
        "长期",
        "序号",
        "任务",
        "附件：",
    ),
    *("（", "）", "(", ")", "《", "》", "〔", "【", "】", "、", "，", "。", "；", "：", ":", "——", "*", "%", "|"),
    *("\n", " ", "\u3000", "\t", "\u200b", "<p>", "&", "a", "的", "不", "3个", "号"),
    *("一、", "一", "十", "二〇", "（一）", "1", "1.", "①", "⒈", "第一条"),
    *("2017年", "2017", "20", "6月", "年", "月", "日", "底", "前", "每", "每年", "日内", "个工作日"),
)
IN_AN_ITEM = "青川县工作方案\n1.清理。\n责任单位：县司法局\n2.公开。"
HEADS = {"alone": "", "in an item": IN_AN_ITEM, "behind a label": "青川县工作方案\n1.清理。\n责任单位："}
# what made a rule walk over the whole text again and again, or what a rule is tried at sign by sign
GROWTH = (
    *(
        "县司法局 责任单位",
        "组长：",
        "<br>县司法局 中旬",
        "青政发〔2017〕4号牵头县教育局",
        "为牵头县教育局",
        "县司法局负责。",
    ),
    *("（", "、", "：", "\n1.", "\r\n三十一日旬各县（市、区）", "\u200b", " ", "\t", "**", "- ", "\\"),
    *(
        "| 1 | 甲 | 县司法局 |\n",
        "1\t甲\t县司法局\n",
        "任务\t责任单位\n",
        "责 任 单 位 ",
        "县司法局和",
        "县教育局县公安局",
    ),
)
SIZES = (16_000, 64_000, 256_000, 1_000_000)
MOST_GROWTH, BARS = 1.1, "▁▂▃▄▅▆▇█"
SHOWN, FRAGMENT_BYTES = 20, 5000


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


def forget() -> None:
    """Empty the bounded caches of names and lists, as in a process that has read nothing yet."""
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.split(".")[0] in ("graph", "loaders") else ():
            if hasattr(value, "cache_clear") and value.cache_parameters()["maxsize"]:
                value.cache_clear()


def parse_afresh(texts: Sequence[str]) -> None:
    """Parse ``texts`` one after another in what is like a new process."""
    forget()
    for text in texts:
        parse_plan(text)


def fragment_time(fragment: str, head: str, size: int) -> float:
    """Seconds a MB of ``fragment`` repeated up to ``size`` bytes; a second reading finds nothing that the first one kept."""
    text = head + fragment * (size // len(fragment.encode()))
    forget()
    start = time.process_time()
    parse_plan(text)
    return (time.process_time() - start) / len(text.encode()) * 1e6


def fragments() -> Iterator[str]:
    """The lines of the table of fragments, slowest first."""
    every = dict.fromkeys([*WORDS, *(a + b for a, b in product(WORDS, WORDS))])
    times = sorted(
        ((fragment_time(word, head, FRAGMENT_BYTES), word, head) for word in every for head in ("", IN_AN_ITEM)),
        reverse=True,
    )
    yield f"{len(every)} fragments; seconds a MB at {FRAGMENT_BYTES // 1000} KB and at {FRAGMENT_BYTES // 250} KB"
    for first, word, head in times[:SHOWN]:
        again = fragment_time(word, head, 4 * FRAGMENT_BYTES)
        yield f"{first:7.2f} {again:7.2f}  {word!r} {'in an item' if head else 'alone'}"


def growth(mean: float | None) -> Iterator[tuple[str, float]]:
    """A line for each fragment of `GROWTH` and what it stands behind, with the exponent of its growth; ``mean``: the corpus'
    seconds a MB."""
    yield f"bars: seconds a MB at {', '.join(f'{size // 1000} KB' for size in SIZES)}", 0.0
    for fragment, head in product(GROWTH, HEADS.values()):
        times = [
            min(fragment_time(fragment, head, size) for _ in range(3 if size < SIZES[-1] else 1)) for size in SIZES
        ]
        exponent = 1 + slope([math.log(size) for size in SIZES], [math.log(time) for time in times])
        bars = "".join(BARS[min(len(BARS) - 1, int(time / max(times) * (len(BARS) - 1)))] for time in times)
        beside = f" {times[-1] / mean:6.1f} ×" if mean else ""
        yield (
            f"{bars}  exponent {exponent:5.2f}  {times[-1]:7.2f} s/MB{beside}  {fragment!r} behind {head[-4:]!r}",
            exponent,
        )


def print_growth() -> bool:
    """Print the table of growth; whether a fragment grows too fast."""
    texts = [text for _, text in corpus()]
    parse_afresh(texts)
    begun = time.process_time()
    parse_afresh(texts)
    size = sum(len(text.encode()) for text in texts)
    steepest = 0.0
    for line, exponent in growth((time.process_time() - begun) / size * 1e6 if size else None):
        print(line, flush=True)
        steepest = max(steepest, exponent)
    print(f"the steepest exponent is {steepest:.2f}; at most {MOST_GROWTH}")
    return steepest > MOST_GROWTH


def slope(x: Sequence[float], y: Sequence[float]) -> float:
    """The slope of the straight line nearest to the points."""
    return statistics.linear_regression(x, y).slope


def floor(texts: Sequence[str]) -> int:
    return sum(1 for text in texts for _ in FLOOR.finditer(text))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--fragments", action="store_true", help="the table of fragments alone")
    arguments.add_argument("--growth", action="store_true", help="how the time grows with the size alone")
    given = arguments.parse_args()
    if given.growth:
        sys.exit(print_growth())
    if given.fragments:
        for line in fragments():
            print(line, flush=True)
        return
    rounds = given.rounds
    sample = SAMPLE.read_text("utf-8")
    times = rounds_of(lambda: parse_plan(sample), rounds * 3)
    print(f"sample plan     median {statistics.median(times) * 1e3:6.2f} ms   minimum {min(times) * 1e3:6.2f} ms")
    texts = corpus()
    if not texts:
        print("open corpus     not measured: no texts under ZEREN_SHARED")
        return
    size = sum(len(text.encode()) for _, text in texts)
    parsed = rounds_of(lambda: [parse_plan(text) for _, text in texts], rounds)
    fresh = rounds_of(lambda: parse_afresh([text for _, text in texts]), rounds)
    bare = rounds_of(lambda: floor([text for _, text in texts]), rounds)
    print(
        f"open corpus     median {size / statistics.median(parsed) / 1e6:6.2f} MB/s  best    {size / min(parsed) / 1e6:6.2f} MB/s"
    )
    print(
        f"  nothing kept  median {size / statistics.median(fresh) / 1e6:6.2f} MB/s  best    {size / min(fresh) / 1e6:6.2f} MB/s"
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
