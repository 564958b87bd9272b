"""Small plans that differ, as lines and as rows of a table, with what they state; a long one; many small ones of one unit.

Example: ``made_plan(7).lines`` begins with a title; ``made_plan(7).states`` counts its duties by role; ``long_plan(2000)`` is the text of
a plan of 2,000 items, ``small_plan(3)`` that of four items, each of them with the first unit of its region.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bench.folder import WORK, place

HEAD = ("序号", "任务", "牵头单位", "责任单位", "完成时限")


@dataclass(frozen=True, slots=True)
class MadePlan:
    """A plan of some tasks; ``rows`` begin with the head of their table."""

    title: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def states(self) -> dict[str, int]:
        """Its duties by role."""
        tasks = self.rows[1:]
        return {"lead": len(tasks), "responsible": sum(len(row[3].split("、")) for row in tasks)}


def made_plan(number: int) -> MadePlan:
    """The plan with this number; the same number gives the same plan."""
    chance = random.Random(number)
    region, bodies = place(number)
    title, rows = f"{region}第{number}号重点工作实施方案", []
    for task in range(1, chance.randint(4, 8)):
        lead, *others = chance.sample(bodies, 3)
        work = f"{chance.choice(WORK)}第{number}批事项"
        rows.append((str(task), work, lead, "、".join(others), f"2025年{chance.randint(1, 12)}月底前"))
    lines = [f"{region}人民政府办公室文件", f"{region[:2]}政办发〔2024〕{number}号", title, "一、重点任务"]
    for number_of, work, lead, bearers, due in rows:
        lines += [
            f"{number_of}.{work}。逐项列出清单，明确步骤，按季调度。",
            f"牵头单位：{lead}。",
            f"责任单位：{bearers}。",
        ]
        lines.append(f"完成时限：{due}完成。")
    return MadePlan(title, tuple(lines), (HEAD, *rows))


PARTS = "一二三四五六七八九十"


def long_plan(items: int) -> str:
    """The text of one plan of so many items (a multiple of ten), each with a lead, three others and a date."""
    chance = random.Random(items)
    region, bodies = place(0)
    lines = [f"{region}人民政府文件", f"{region[:2]}政发〔2024〕1号", f"{region}2024年重点工作任务分解方案"]
    for part, numeral in enumerate(PARTS, 1):
        lines.append(f"{numeral}、重点任务之{part}")
        for number in range(1, items // len(PARTS) + 1):
            lines += _task(
                region, number, f"{chance.choice(WORK)}第{part}批", chance.sample(bodies, 4), chance.randint(1, 12)
            )
    return "\n".join(lines) + "\n"


def small_plan(number: int) -> str:
    """The text of one plan of four items; the first unit of the region leads two of them and is responsible for two."""
    chance = random.Random(number)
    region, (unit, *bodies) = place(0)
    lines = [
        f"{region}人民政府文件",
        f"{region[:2]}政发〔{2010 + number % 15}〕{number}号",
        f"{region}第{number}号工作实施方案",
        "一、重点任务",
    ]
    for item in range(1, 5):
        others = chance.sample(bodies, 3)
        units = [unit, *others] if item % 2 else [others[0], unit, *others[1:]]
        lines += _task(region, item, f"{chance.choice(WORK)}第{number}批", units, number % 12 + 1)
    return "\n".join(lines) + "\n"


def _task(region: str, number: int, work: str, units: Sequence[str], month: int) -> list[str]:
    return [
        f"{number}.{work}。按照《{region}行政程序规定》{work}，明确责任，2025年6月底前取得成效。",
        f"牵头单位：{units[0]}。",
        f"责任单位：{'、'.join(units[1:])}。",
        f"完成时限：2025年{month}月底前完成。",
    ]
