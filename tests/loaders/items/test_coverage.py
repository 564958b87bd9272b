"""Coverage: what is taken and what is left out add up to the text, and each stretch left out says why."""

from itertools import pairwise

import pytest

from graph.model import Plan
from loaders.plan import parse_plan

BEAR = "责任单位：县司法局\n"


def left(text: str) -> list[tuple[str, str]]:
    plan = parse_plan(text)
    adds_up(plan)
    return [(stretch.reason, text[slice(*stretch.span)].strip()) for stretch in plan.coverage.left_out]


def adds_up(plan: Plan) -> None:
    spans = [stretch.span for stretch in plan.coverage.left_out]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(plan.text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert plan.coverage.characters == len(plan.text)
    assert plan.coverage.taken + sum(end - start for start, end in spans) == len(plan.text)


CASES = [
    ("", []),
    # whole: title, items
    (f"青川县工作方案\n1.清理。\n{BEAR}2.公开。\n{BEAR}", []),
    # headings of sections with items, and their introductions
    (f"青川县工作方案\n一、任务\n抓好下列任务。\n1.清理。\n{BEAR}", []),
    (f"各乡镇:\n青川县工作方案\n1.清理。\n{BEAR}", [("before-first-heading", "各乡镇:")]),
    (
        f"青川县工作方案\n一、要求\n加强领导。\n二、任务\n1.清理。\n{BEAR}",
        [("section-without-items", "一、要求\n加强领导。")],
    ),
    (f"青川县工作方案\n1.清理。\n{BEAR}联系人另行通知。\n2.公开。\n{BEAR}", [("between-items", "联系人另行通知。")]),
    (f"青川县工作方案\n1.清理。\n{BEAR}联系人另行通知。\n", [("after-last-item", "联系人另行通知。")]),
    (
        f"青川县工作方案\n一、任务\n1.清理。\n{BEAR}二、保障\n加强领导。\n",
        [("after-last-item", "二、保障\n加强领导。")],
    ),
    # the places of the document's own facts
    (
        f"青川县人民政府\n青政发〔2019〕3号\n青川县工作方案\n县司法局要牵头做好督查。\n2019年3月6日\n1.清理。\n{BEAR}",
        [],
    ),
    # no plan: all of it
    ("今天天气很好。", [("before-first-heading", "今天天气很好。")]),
    # white space alone is nothing that was left out
    (f"\n\n青川县工作方案\n\n\n1.清理。\n\n{BEAR}\n\n", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_left_out(text: str, expected: list[tuple[str, str]]) -> None:
    assert left(text) == expected
