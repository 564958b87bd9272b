"""Blanks inside words: closed where a word results, left where they part names, cells and sentences."""

import random
from itertools import pairwise

import pytest

from loaders.plan import parse_plan
from loaders.text.repair import repair

READ = [
    ("责任单 位：市司法局", "责任单位：市司法局"),
    ("责 任 单 位：市司法局", "责任单位：市司法局"),
    ("牵头　　单位：市司法局", "牵头单位：市司法局"),
    ("完 成 时 限：2024 年 6 月底前", "完成时限：2024年6月底前"),
    ("2024 年 12 月 31 日", "2024年12月31日"),
    ("责任单位：市 司 法 局、市 财 政 局", "责任单位：市司法局、市财政局"),
    ("组 长：张三", "组长：张三"),
    ("关 于 印 发 方 案 的 通 知", "关于印发方案的通知"),
    # a mark of its own
    ("责任单位：市司法局 市财政局", "责任单位：市司法局 市财政局"),
    ("抓好落实 责任单位：市司法局", "抓好落实 责任单位：市司法局"),
    ("责任单位 市司法局", "责任单位 市司法局"),
    ("组长：杨 玲", "组长：杨 玲"),
    ("1 清理文件 市司法局 2024年6月底前", "1 清理文件 市司法局 2024年6月底前"),
    ("第 3 条", "第 3 条"),
]

PLAN = """青川市人民政府办公室关于印发青川市清理工作实施方案的通知
青政办发〔2024〕12号
青川市清理工作实施方案
一、主要任务
1.全面清理规范性文件并公布目录。
牵头单位：市司法局
责任单位：市财政局、市人力资源和社会保障局
完成时限：2024年6月底前
2.按照职责分工开展行政执法检查。
牵头单位：市公安局
责任单位：市城市管理局
完成时限：2024年9月底前
"""


def facts(text: str) -> list[tuple[str | None, list[tuple[str, str]], str | None]]:
    plan = parse_plan(text)
    assert all(plan.text[slice(*d.span)] == d.quote for i in plan.items for d in i.duties if d.span)
    return [(i.label, [(d.role.value, d.unit.id) for d in i.duties], i.due.date) for i in plan.items]


@pytest.mark.parametrize(("text", "read"), READ)
def test_what_is_read(text: str, read: str) -> None:
    mended = repair(text)
    assert (mended.text, mended.repairs) == (read, ())


@pytest.mark.parametrize("seed", range(20))
def test_a_layer_of_recognised_text_is_the_same_plan(seed: int) -> None:
    chance = random.Random(seed)
    between = [a + (" " if a > "\u4e00" < b and chance.random() < 0.25 else "") for a, b in pairwise(PLAN)]
    assert facts("".join(between) + PLAN[-1]) == facts(PLAN)


def test_characters_that_all_stand_apart_are_the_same_plan() -> None:
    apart = "\n".join(" ".join(line) for line in PLAN.splitlines())
    assert [duties for _, duties, _ in facts(apart)] == [duties for _, duties, _ in facts(PLAN)]
