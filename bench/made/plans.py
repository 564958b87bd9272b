"""Small plans that differ, as lines and as rows of a table, with what they state.

Example: ``made_plan(7).lines`` begins with a title; ``made_plan(7).states`` counts its duties by role.
"""

import random
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
