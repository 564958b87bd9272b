"""Repair: each rule mends what it is for, leaves its counter-example alone, and every place finds its way back."""

import pytest

from loaders.plan import parse_plan
from loaders.text.repair import Repaired, repair

# text, what it becomes, the rules that did it
MENDED = [
    # 年 lost before a month, of one figure or two
    ("20196月底前公布目录", "2019年6月底前公布目录", ["lost-year-before-month"]),
    ("201912月底前公布目录", "2019年12月底前公布目录", ["lost-year-before-month"]),
    # 年 and 月 lost before a day; only one reading is a date
    ("2019426日", "2019年4月26日", ["lost-year-and-month"]),
    ("20191231日", "2019年12月31日", ["lost-year-and-month"]),
    ("2019130日", "2019年1月30日", ["lost-year-and-month"]),
    # the dash between two years, and with it the bracket that opened before them
    ("20182022年规划", "2018—2022年规划", ["lost-dash-between-years"]),
    ("依法治市20182022年)规划", "依法治市(2018—2022年)规划", ["lost-dash-between-years"]),
    ("依法治市20182022年）规划", "依法治市（2018—2022年）规划", ["lost-dash-between-years"]),
    ("(试行)依法治市20182022年)规划", "(试行)依法治市(2018—2022年)规划", ["lost-dash-between-years"]),
    ("依法治市(20182022年)规划", "依法治市(2018—2022年)规划", ["lost-dash-between-years"]),
    # 年 lost before 底, with each word that may close the phrase
    ("2019底前", "2019年底前", ["lost-year-before-end"]),
    ("2019底之前", "2019年底之前", ["lost-year-before-end"]),
    ("2019底以前", "2019年底以前", ["lost-year-before-end"]),
    ("2019底完成", "2019年底完成", ["lost-year-before-end"]),
    # the closing bracket of a reference number, at a line's end with 号 too
    ("青发〔20197\n", "青发〔2019〕7号\n", ["lost-bracket-of-reference"]),
    ("青政办〔201912号", "青政办〔2019〕12号", ["lost-bracket-of-reference"]),
    ("青府函[20197号", "青府函[2019]7号", ["lost-bracket-of-reference"]),
    ("青政规［20197号", "青政规［2019］7号", ["lost-bracket-of-reference"]),
    # a label that lost its first character at the start of a line
    ("\n任单位:市教育局", "\n责任单位:市教育局", ["lost-head-of-label"]),
    ("\n 任部门：市教育局", "\n 责任部门：市教育局", ["lost-head-of-label"]),
    ("\n头单位:市教育局", "\n牵头单位:市教育局", ["lost-head-of-label"]),
    ("\n头部门：市教育局", "\n牵头部门：市教育局", ["lost-head-of-label"]),
    ("\n成时限:长期", "\n完成时限:长期", ["lost-head-of-label"]),
    ("\n成时间：长期", "\n完成时间：长期", ["lost-head-of-label"]),
    # an issuer's line that lost its first character
    ("\n共青川市委\n", "\n中共青川市委\n", ["lost-head-of-issuer"]),
    ("\n共青川县委办公室 \n", "\n中共青川县委办公室 \n", ["lost-head-of-issuer"]),
    # a character typed twice in a fixed phrase
    ("市县两级级政府", "市县两级政府", ["doubled-character"]),
    ("省市县三级级部门", "省市县三级部门", ["doubled-character"]),
    ("两级级人民政府", "两级人民政府", ["doubled-character"]),
    ("两级级党委", "两级党委", ["doubled-character"]),
    # several in one text
    (
        "20196月底前、2019底前、2019426日",
        "2019年6月底前、2019年底前、2019年4月26日",
        ["lost-year-before-month", "lost-year-before-end", "lost-year-and-month"],
    ),
]

UNTOUCHED = [
    "2019年6月底前",
    "120196月",  # a longer figure
    "201900月",  # no month
    "20606月",  # no year of ours
    "1999426日",
    "2019年4月26日",
    "20222018年规划",  # falling
    "20182018年规划",
    "20182050年规划",  # too far apart
    "2019底稿",
    "2019底数",
    "2019年底前",
    "青发〔2019〕7号",
    "青发〔20197，",  # neither 号 nor the end of a line
    "共青〔20197号",  # no word of a reference number before the bracket
    "\n主任单位:市教育局",
    "\n任单位的人",
    "由责任单位:市教育局",
    "\n共青川市委要加强领导\n",  # a sentence, not a line
    "\n公共青川市委\n",
    "各级级别",
    "两级级差",
    "",
    "没有损坏的一句话。",
]


@pytest.mark.parametrize(("text", "mended", "rules"), MENDED)
def test_mended(text: str, mended: str, rules: list[str]) -> None:
    found = repair(text)
    assert (found.text, [r.rule for r in found.repairs]) == (mended, rules)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_untouched(text: str) -> None:
    found = repair(text)
    assert (found.text, found.repairs, found.warnings) == (text, (), ())


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("于2019112日印发", "ambiguous-date", ["1月12日", "11月2日"]),
        ("于2019999日印发", "unreadable-date", []),
        ("于20190426日印发", "unreadable-date", []),
    ],
)
def test_what_cannot_be_repaired_is_a_warning(text: str, code: str, words: list[str]) -> None:
    found = repair(text)
    assert (found.text, found.repairs, [w.code for w in found.warnings]) == (text, (), [code])
    (warning,) = found.warnings
    assert all(word in warning.message for word in words)
    assert warning.span is not None
    assert text[slice(*warning.span)] in warning.message


def boundaries(found: Repaired, source: str) -> list[int]:
    return [found.source(position) for position in range(len(found.text) + 1)]


@pytest.mark.parametrize("text", [*(row[0] for row in MENDED), *UNTOUCHED])
def test_the_way_back(text: str) -> None:
    """Positions never run backwards, begin and end with the text, and an unmended character is the same character."""
    found = repair(text)
    places = boundaries(found, text)
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, len(text))
    damaged = {at for r in found.repairs for at in range(*r.span)}
    kept = "".join(text[at] for at in range(len(text)) if at not in damaged)
    origin = [found.place((at, at + 1)) for at in range(len(found.text))]
    assert "".join(text[a] for a, b in origin if b - a == 1 and a not in damaged) == kept
    assert all(found.text[at] == text[a] for at, (a, b) in enumerate(origin) if b - a == 1 and a not in damaged)


@pytest.mark.parametrize("text", [row[0] for row in MENDED])
def test_a_repair_quotes_its_original(text: str) -> None:
    assert [text[slice(*r.span)] for r in repair(text).repairs] == [r.original for r in repair(text).repairs]


def test_a_phrase_over_a_repair_has_its_place_in_the_source() -> None:
    text = "应于20196月底前公布。"
    found = repair(text)
    start = found.text.index("2019年6月底前")
    assert text[slice(*found.place((start, start + len("2019年6月底前"))))] == "20196月底前"


def test_a_fact_on_mended_words_is_inferred_and_says_why() -> None:
    text = "青川市工作方案\n1.公开目录。20196月底前公布。\n责任单位:市司法局。\n"
    (item,) = parse_plan(text).items
    (deadline,) = item.deadlines
    assert (deadline.quote, deadline.date, deadline.inferred) == ("20196月底前", "2019-06-30", True)
    assert deadline.rule == "lost-year-before-month"
    assert [text[slice(*place)] for place in deadline.because] == ["20196月"]
    assert [d.inferred for d in item.duties] == [False]
