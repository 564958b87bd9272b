"""A folder as people have it: plans in every format, and files among them that cannot be read.

    python bench/mixed_folder.py [--good 500]

1. Makes the folder: as many plans in all kinds of files that are read, the kinds of files that cannot be (43), what programs put
   into folders, a file whose name is no UTF-8, a second plan under one title, a broken link and a pipe.
2. Loads it twice with ``zeren load --json``, and compares what is told of each file: the title and the duties of each plan, what
   was left out of it, the reason of each other file.

Prints counts, seconds and memory of both loads; every difference, and then ends with code 1.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench.made.bad import BAD
from bench.made.good import GOOD, GoodFile
from bench.made.plans import MadePlan, made_plan
from loaders.files.folders import writable_name

_OF_PROGRAMS = ("Thumbs.db", "desktop.ini", ".DS_Store", "~$方案.docx")
_TWINS = ("twin-a.txt", "twin-b.txt")
_SECONDS = "40"  # of reading a file: so long waits the one without end
Told = dict[str, dict[str, Any]]  # by the name of the file


class Made(NamedTuple):
    """A good file that was written: its kind, its plan, and the file."""

    kind: str
    plan: MadePlan
    file: GoodFile


def make(folder: Path, good: int) -> dict[str, Made]:
    """Write the folder; the good files by their names."""
    kinds = list(GOOD)
    made: dict[str, Made] = {}
    for number in range(1, good + 1):
        kind, plan = kinds[number % len(kinds)], made_plan(number)
        file = GOOD[kind](plan)
        name = f"{number:04}-{kind.replace(' ', '-')}.{file.ending}"
        path: Path = folder / f"{number % 7}" / name
        if number == good:  # the last name comes from an archive of Windows
            path = Path(os.fsdecode(os.fsencode(path.parent) + f"/方案{number}.{file.ending}".encode("gbk")))
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(file.data)
        made[Path(writable_name(str(path))).name] = Made(kind, plan, file)
    for number, (name, bad) in enumerate(BAD.items()):
        (folder / f"{number % 7}" / name).write_bytes(bad())
    for name in _OF_PROGRAMS:
        (folder / "3" / name).write_bytes(b"\0" * 100)
    for name, words in zip(_TWINS, ("清理文件，逐件登记，分类处置", "修复渠道，汛前完工，按月巡查"), strict=True):
        text = f"临江市重点任务清单\n1.{words}。\n责任单位：市{'司法' if name == _TWINS[0] else '水利'}局\n"
        (folder / name).write_text(text)
    (folder / "link.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    return made


def load(folder: Path, store: str) -> tuple[Told, dict[str, int], str]:
    """What ``zeren load --json`` tells of each file, its totals, and a line of figures."""
    start = time.perf_counter()
    command = [
        sys.executable,
        "-c",
        "from api.cli.main import main; main()",
        "load",
        "--json",
        "--store",
        store,
        str(folder),
    ]
    here = {"PYTHONPATH": os.pathsep.join(sys.path), "ZEREN_READ_SECONDS": _SECONDS}
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | here)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    *lines, totals = [json.loads(line) for line in done.stdout.splitlines()]
    told = {Path(line["file"]).name: line for line in lines}
    took = f"{time.perf_counter() - start:.0f} s, peak of one process {peak:.0f} MB, exit code {done.returncode}"
    if done.stderr:
        print(f"on standard error: {done.stderr[-2000:]}")
    return told, totals, took


def differences(made: dict[str, Made], told: Told) -> Iterator[str]:
    """What the first load tells otherwise than was made."""
    for name, (kind, plan, file) in made.items():
        line = told.get(name, {})
        card = line.get("card")
        if card is None:
            yield f"{kind}: {name} was not loaded: {line}"
            continue
        duties = {role: count for role, count in card["duties"].items() if count}
        if (card["title"], duties) != (plan.title, plan.states):
            yield f"{kind}: {name}: expected {plan.title} with {plan.states}, got {card['title']} with {duties}"
        told_of = {omission["kind"] for omission in card["omissions"]}
        if told_of != file.told:
            yield f"{kind}: {name}: expected {sorted(file.told)} to be told, got {sorted(told_of)}"
    for name in (*BAD, "link.txt", "pipe", *_OF_PROGRAMS):
        why = told.get(name, {}).get("error") or told.get(name, {}).get("skipped")
        if not why or "fault of Zeren" in why:
            yield f"{name}: expected a reason, got {told.get(name)}"
    twins = Counter("error" if "error" in told.get(name, {}) else "loaded" for name in _TWINS)
    if twins != {"error": 1, "loaded": 1}:
        yield f"two plans of one title: expected one to be refused, got {[told.get(name) for name in _TWINS]}"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--good", type=int, default=500)
    good = arguments.parse_args().good
    with tempfile.TemporaryDirectory() as scratch:
        folder, store = Path(scratch, "plans"), f"embedded:{scratch}/store"
        made = make(folder, good)
        told, totals, took = load(folder, store)
        print(f"{good} good files of {len(GOOD)} kinds, {len(BAD)} bad ones: {totals}, {took}", flush=True)
        found = list(differences(made, told))
        again, totals_again, took = load(folder, store)
        print(f"again: {totals_again}, {took}")
        expected = totals | {"loaded": 0, "unchanged": totals["loaded"]}
        if totals_again != expected:
            found.append(f"the second load: expected {expected}, got {totals_again}")
        found += [
            f"{name}: was told, and is no more" for name in told if "card" not in told[name] and name not in again
        ]
    for line in found:
        print(f"  {line}")
    print(f"{len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
