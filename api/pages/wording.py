"""The words of pages: dates with their precision, lights as of a day, shares, and what stands for a code.

Example: ``light_of("2018-12-31", clock).words`` is ``还有 21 天`` as of 2018-12-10.

Left to others: the words of codes that other doors use as well (`api.answers.chinese.labels`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.answers.chinese.labels import ROLE_WORDS, SEVERITY_WORDS, date_in_words, without_date
from graph.dates.workdays import DeadlineStatus, deadline_status_on
from graph.library.question import Clock

ROLE_LETTERS = {"lead": "牵", "responsible": "责", "cooperating": "配", "supervising": "督", "leader": "领"}

# what becomes of a file that is given, and of a job
READING_STATES = {
    "waiting": "等候",
    "reading": "正在读",
    "read": "读完，还没有存入",
    "storing": "正在存入",
    "stored": "已存入",
    "failed": "没有读成",
    "cancelled": "已取消",
}
JOB_STATES = {
    "waiting": "等候",
    "running": "进行中",
    "cancelling": "正在取消",
    "cancelled": "已取消",
    "done": "已完成",
}

# why a file is not stored as it is, where a page has the way on beside it
OBSTACLE_WORDS = {
    "document-conflict": "与已存的一份冲突：可能是同一份文件，也可能只是名称或文字相同。可以取代已有的，或者在“另存为新文件”里给它自己的编号。",
    "empty-plan": "没有读出事项，也没有读出职责。",
    "no-text": "文件里没有文字；扫描件需要安装文字识别。",
}

# what a plan is counted by, beside its stored version
COUNTED_WORDS = {"items": "事项", "sections": "部分", "citations": "引用", **ROLE_WORDS}

LIGHT_WORDS = {"red": "已到期", "yellow": "临期", "green": "未到期", "none": "无时限"}

# why a date is the one shown, as a sentence goes on
BASES = {
    "task": "依据任务自己写明的日期",
    "item": "依据本项写明的完成时限",
    "parent": "本项未写日期，依据上级事项的时限推定",
    "document": "本项未写日期，依据文件的总体时限推定",
    "none": "没有写明时限",
}


@dataclass(frozen=True, slots=True)
class Light:
    """The light of a date as of a day: ``red``, ``yellow``, ``green`` or ``none``, and the days that are left."""

    name: str
    days: int | None = None

    @property
    def words(self) -> str:
        """``已到期 528 天`` · ``还有 21 天`` · ``无时限``."""
        if self.days is None:
            return LIGHT_WORDS["none"]
        if self.name == DeadlineStatus.RED:
            return f"已到期 {-self.days} 天"
        return f"还有 {self.days} 天" if self.days else "今天到期"


def light_of(day: str | None, clock: Clock) -> Light:
    """The light of a date, given as ``2018-12-31``, as of the day of ``clock``.

    >>> light_of("2018-12-31", Clock(date(2018, 12, 10))).words
    '还有 21 天'
    """
    if day is None:
        return Light("none")
    last = date.fromisoformat(day)
    return Light(deadline_status_on(last, clock.today, clock.near_days).value, (last - clock.today).days)


def when(row: Mapping[str, Any]) -> str:
    """When an item is due: its date, else what it says of when."""
    return date_in_words(row["due"]) if row["due"]["date"] else without_date(row.get("timing"))


def pressing(rules: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rules of findings, what to look at first: by severity, maturity, number."""
    weights = list(SEVERITY_WORDS)
    return sorted(rules, key=lambda one: (weights.index(one["severity"]), one["maturity"] != "stable", -one["count"]))


def percent(part: float, whole: float = 1) -> str:
    """``31 %``; a share that is neither nothing nor all never says so.

    >>> percent(17, 54), percent(999, 1000), percent(1, 1000)
    ('31 %', '99 %', '1 %')
    """
    if not whole:
        return "0 %"
    share = part / whole
    return f"{round(100 * share) if share in (0, 1) else min(99, max(1, round(100 * share)))} %"


def kind_said(kind: str | None) -> str:
    """The kind of a unit by the words of the marks."""
    return {"集合称谓": "统称"}.get(kind or "", kind or "")


def without_codes(meaning: str) -> str:
    """What a field of a question asks for, without the codes that its choices say in Chinese.

    >>> without_codes("只看这种角色：lead 牵头、responsible 责任")
    '只看这种角色'
    """
    head, _, rest = meaning.partition("：")
    return head if re.search(r"[a-z]{3}", rest) else meaning


def place_words(span: Sequence[int] | None) -> str:
    """A place for paper: ``第 4855–4926 字``, counted from 1."""
    return f"第 {span[0] + 1}–{span[1]} 字" if span else "原文"


def is_led(card: Mapping[str, Any]) -> bool:
    """Whether an item has a lead, or what stands above or below it."""
    around = (card, *card["by_parents"], *card["parts"])
    return any(one["leads"] for one in around) or any(is_led(part) for part in card["parts"])


def is_dated_in_body_alone(card: Mapping[str, Any]) -> bool:
    """Whether an item has no date of its own, and a task in its body has one."""
    weighed = card["due_reason"]["weighed"]
    return card["due"]["date"] is None and any(clause["outcome"] == "of a task" for clause in weighed)
