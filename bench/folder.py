"""How long a folder of plans takes: made by a generator, parsed and loaded by ``zeren load``, then loaded again.

    python bench/folder.py [--plans 1000,3000,10000] [--store embedded:/path]

Prints seconds, plans a second, peak memory (of the largest process) and the load of the machine for a first load of so
many plans, each into a store of its own (a given one must be empty and takes one number), and for a second load of the
last, which skips every file: memory that is flat in the number of files has the same figure in each.  The plans are text
of some 45 items, each with its own number, region and units; every fiftieth is an Excel sheet.
"""

import argparse
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REGIONS = tuple(f"{a}{b}{'市县区'[at % 3]}" for at, a in enumerate("临云松白青望安永") for b in "江溪阳河石川")
UNITS = ("财政局", "司法局", "人社局", "教育局", "民政局", "审计局", "发改委", "卫健委", "市场监管局", "交通运输局")
WORK = (
    "清理规范性文件",
    "完善决策程序",
    "公开权力清单",
    "健全监督机制",
    "推进政务服务",
    "加强队伍建设",
    "落实普法责任",
)


def place(number: int) -> tuple[str, list[str]]:
    """The region of one plan and the units it has: ``云江县`` and 县财政局, 县司法局 …"""
    region = REGIONS[number % len(REGIONS)]
    return region, [region[-1] + unit for unit in UNITS]


def plan(number: int) -> str:
    """The text of one plan of some 45 items; the same number gives the same text."""
    chance = random.Random(number)
    (region, bodies), year = place(number), 2010 + number % 15
    lines = [f"{region}人民政府文件", f"{region[:2]}政发〔{year}〕{number}号", f"{region}第{number}号工作实施方案"]
    for part, numeral in enumerate("一二三", 1):
        lines.append(f"{numeral}、重点任务之{part}")
        for item in range(1, chance.randint(12, 20)):
            work, units = chance.choice(WORK), chance.sample(bodies, 4)
            lines.append(f"{item}.{work}。按照《{region}行政程序规定》{work}，明确责任，{year + 1}年6月底前取得成效。")
            lines.append(
                f"牵头单位：{units[0]}。\n责任单位：{'、'.join(units[1:])}。\n完成时限：{year + 1}年底前完成。"
            )
    return "\n".join(lines) + "\n"


def sheet(number: int) -> bytes:
    """A plan as a table in an Excel file."""
    import xlsxwriter

    chance, target = random.Random(number), io.BytesIO()
    region, bodies = place(number)
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("任务")
    page.write(0, 0, f"{region}第{number}号重点任务分工表")
    page.write_row(1, 0, ("序号", "任务", "牵头单位", "配合单位", "完成时限"))
    for row in range(1, 12):
        units = chance.sample(bodies, 3)
        page.write_row(row + 1, 0, (row, chance.choice(WORK) + "。", units[0], "、".join(units[1:]), "2025年6月底前"))
    book.close()
    return target.getvalue()


def make(folder: Path, plans: int) -> None:
    """Write the plans, a hundred to a folder."""
    for number in range(1, plans + 1):
        place = folder / f"{number // 100:03}"
        place.mkdir(parents=True, exist_ok=True)
        if number % 50:
            (place / f"{number:05}.txt").write_text(plan(number), "utf-8")
        else:
            (place / f"{number:05}.xlsx").write_bytes(sheet(number))


def load(folder: Path, store: str) -> tuple[float, float, str]:
    """Seconds, peak memory in MB of the largest process, and the account of one load."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", "from api.cli.main import main; main()", "load", "--store", store, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    out, _ = process.communicate()
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return took, peak, out.splitlines()[0] if out else f"failed with code {process.returncode}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--plans", default="1000,3000,10000")
    arguments.add_argument("--store", default=None)
    given = arguments.parse_args()
    counts = [int(word) for word in given.plans.split(",")]
    if given.store and len(counts) > 1:
        raise SystemExit("one store takes one number of plans; give one to --plans.")
    with tempfile.TemporaryDirectory() as scratch:
        for plans in counts:
            folder = Path(scratch) / f"plans-{plans}"
            make(folder, plans)
            store = given.store or f"embedded:{scratch}/store-{plans}"
            for what in ("first load", "again") if plans == counts[-1] else ("first load",):
                took, peak, account = load(folder, store)
                print(
                    f"{plans:6} plans  {what:10}  {took:7.1f} s  {plans / took:7.1f} plans/s  peak {peak:6.0f} MB  "
                    f"load {os.getloadavg()[0]:.1f}  {account}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
