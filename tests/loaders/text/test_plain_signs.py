"""Plain signs: one sign for each, nothing longer or shorter, and a plan is the same plan in whatever signs it is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.plan import parse_plan
from loaders.text.plain_signs import NOTHING, plain

FORMS = [
    ("市\u2003局\u2009办\u00a0室\u3000处\u205f科\u1680股", "市 局 办 室 处 科 股"),
    ("甲\r\n乙\r丙\x0b丁\x0c戊\x85己\u2028庚\u2029辛\x1e", "甲 \n乙\n丙\n丁\n戊\n己\n庚\n辛\n"),
    ("序号\t任务", "序号\t任务"),
    ("⼈民、⽔利、６⽉、⻋站、⻢路、⻓江、⺠政、⻩河", "人民、水利、6月、车站、马路、长江、民政、黄河"),
    ("\uf90a\uf9be\U0002f804", "金料你"),  # 金 of Korean, 料, 你: compatibility ideographs
    ("２０２４年Ａ类ｂ级，𝟏𝟐月", "2024年A类b级，12月"),
    ("单位﹕甲︰乙∶丙﹑丁﹔（戊）︵己︶﹁庚﹂｡", "单位：甲：乙：丙、丁；（戊）（己）「庚」。"),
    (
        "\ufeff甲\u200b乙\u200e丙\u202e丁\u2066戊\x00己\ufe0f",
        f"{NOTHING}甲{NOTHING}乙{NOTHING}丙{NOTHING}丁{NOTHING}戊{NOTHING}己{NOTHING}",
    ),
    ("甲\ud800乙", "甲\ufffd乙"),
    # brackets of other scripts, and angles around who bears
    ("⟨甲⟩«乙»❨丙❩{丁}⟦戊⟧⦅己⦆", "〔甲〕〔乙〕〔丙〕〔丁〕〔戊〕〔己〕"),
    ("清理<市司法局牵头>＜市财政局＞", "清理〔市司法局牵头〕〔市财政局〕"),
    ("甲<br>乙，PM10<70，印发<清理办法>", "甲<br>乙，PM10<70，印发<清理办法>"),
    # what says something of its own stays
    ("（一）①⒛㈠《甲》：，、。“乙”％／．～", "（一）①⒛㈠《甲》：，、。“乙”％／．～"),
]

PLAN = """青川县人民政府办公室关于印发青川县工作方案的通知
青政办发〔2024〕12号
青川县工作方案
一、主要任务
（一）清理文件。
1.公开目录。
牵头单位：县水利局、县人民政府办公室
责任单位：县民政局 县财政局
完成时限：2024年6月30日前
2.开展评估（县司法局牵头，县教育局配合）。
二、保障措施
3.督查落实。
责任单位：县政府督查室
"""


def facts(text: str) -> list[tuple[str | None, list[tuple[str, str]], str | None]]:
    plan = parse_plan(text)
    assert all(plan.text[slice(*d.span)] == d.quote for i in plan.items for d in i.duties if d.span)
    return [(i.label, [(d.role.value, d.unit.id) for d in i.duties], i.due.date) for i in plan.items]


@pytest.mark.parametrize(("text", "read"), FORMS)
def test_forms(text: str, read: str) -> None:
    assert plain(text) == read
    assert plain(read) == read


@given(st.text(max_size=100))
def test_no_place_moves(text: str) -> None:
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("sign", "printed"),
    [
        *(("\n", end) for end in ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")),
        *((" ", blank) for blank in ("\u3000", "\xa0", "\u2003", "\u2009", "\u202f")),
        *(("\n", f"\n{blank * 2}") for blank in ("\u3000", "\xa0", "\u2003", "\u2002")),
        *(("：", mark) for mark in ("﹕", "︰", "∶")),
        *(("单位", f"单{sign}位") for sign in ("\u200b", "\ufeff", "\u200e", "\u202c", "\x00", "\xad")),
    ],
)
def test_a_plan_is_the_same_in_other_signs(sign: str, printed: str) -> None:
    assert facts(PLAN.replace(sign, printed)) == facts(PLAN)


def test_a_plan_is_the_same_in_radicals_and_wide_figures() -> None:
    assert facts(PLAN.translate(str.maketrans("人月水利民政", "⼈⽉⽔利⺠政"))) == facts(PLAN)
    printed = PLAN.translate({ord(figure): chr(ord(figure) + 0xFEE0) for figure in "0123456789"})
    assert [row[1:] for row in facts(printed)] == [row[1:] for row in facts(PLAN)]


def test_half_of_a_pair_is_read() -> None:
    plan = parse_plan("青川县工作方案\n1.清理\ud800文件。\n责任单位：县司法局\n")
    assert [(i.heading, [d.as_written for d in i.duties]) for i in plan.items] == [("清理\ufffd文件", ["县司法局"])]
