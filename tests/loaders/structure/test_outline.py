"""Outline: every family of markers, what only looks like one, the tree, and texts that lost their line breaks."""

import pytest

from loaders.structure.outline import outline


def tree(text: str) -> list[tuple[str, int, tuple[int, ...]]]:
    """(label, number, sibling positions from the top) of every node."""
    return [(node.label, node.number, node.path()) for node in outline(text)]


# one marker at the start of a line -> its label and number
MARKERS = [
    ("第二编 总则", "第二编", 2),
    ("第一部分 总体要求", "第一部分", 1),
    ("第3部分 总体要求", "第3部分", 3),
    ("第四篇 附则", "第四篇", 4),
    ("第十二章 附则", "第十二章", 12),
    ("第二十三条 本方案自印发之日起施行", "第二十三条", 23),
    ("第1条 清理文件", "第1条", 1),
    ("一、总体要求", "一、", 1),
    ("三.总体要求", "三.", 3),
    ("三．总体要求", "三．", 3),
    ("二十一、总体要求", "二十一、", 21),
    ("（四）完善机制", "（四）", 4),
    ("(十一)完善机制", "(十一)", 11),
    ("〔二〕完善机制", "〔二〕", 2),
    ("⒈ 清理文件", "⒈", 1),
    ("⒛清理文件", "⒛", 20),
    ("1.清理文件", "1.", 1),
    ("21. 清理文件", "21.", 21),
    ("3．清理文件", "3．", 3),
    ("1.2020年底前完成清理", "1.", 1),  # a year behind the stop is no decimal
    ("1.9月15日前完成清理", "1.", 1),  # nor is a month
    ("2.10月底前公开", "2.", 2),
    ("4、清理文件", "4、", 4),
    ("(1)清理文件", "(1)", 1),
    ("（12）清理文件", "（12）", 12),
    ("①清理文件", "①", 1),
    ("⑳清理文件", "⑳", 20),
    ("任务二：清理文件。责任单位：市司法局", "任务二：", 2),
    ("重大项目3 清理文件（市司法局）", "重大项目3 ", 3),
    (" \u3000\t一、缩进的标题", "一、", 1),
]


@pytest.mark.parametrize(("line", "label", "number"), MARKERS)
def test_marker_at_the_start_of_a_line(line: str, label: str, number: int) -> None:
    assert tree("标题\n" + line) == [(label, number, (1,))]


NAMED = {
    # assigned one by one: items
    "任务1：清理。责任单位：市司法局\n任务2：公开。责任单位：市财政局\n": [("任务1：", 1, (1,)), ("任务2：", 2, (2,))],
    # points of an item, which is assigned behind the last of them
    "1.清理。\n目标1：清理百件。\n目标2：公开百件。\n责任单位：市司法局\n2.公开。\n": [("1.", 1, (1,)), ("2.", 2, (2,))],
    # items below an item
    "1.清理。\n项目1：甲（市司法局）\n项目2：乙（市财政局）\n2.公开。\n": [
        ("1.", 1, (1,)), ("项目1：", 1, (1, 1)), ("项目2：", 2, (1, 2)), ("2.", 2, (2,)),
    ],
    # a remark between problems
    "问题1：甲。\n要点1：每月更新。\n问题2：乙。责任单位：市司法局\n": [("问题1：", 1, (1,)), ("问题2：", 2, (2,))],
}  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_a_name_and_a_number_are_a_marker_where_they_number_items(text: str) -> None:
    assert tree("标题\n" + text) == NAMED[text]


def test_a_series_goes_on_beyond_999() -> None:
    text = "标题\n" + "".join(f"{n}.清理。\n责任单位：市司法局\n2023、2024年各一次。\n" for n in range(1, 1203))
    assert [node.number for node in outline(text)] == list(range(1, 1203))


NO_MARKERS = [
    "3.5%的企业",  # a decimal
    "2019.6月底前",
    "1000.文件",  # no number of an item
    "2019年、2020年",
    "一是清理文件",
    "第五个、第六个",
    "一方面，清理文件",
    "完成重点任务一、清理文件",  # inside a line
    "于2019年建成3个。5.清理",
    "清理文件，一、二、三类企业",
    "（甲）完善机制",
    "第二步、清理文件",
]


@pytest.mark.parametrize("line", NO_MARKERS)
def test_no_marker(line: str) -> None:
    assert tree("标题\n" + line) == []


TREES = [
    (
        "一、要求\n(一)目标\n1.清理。\n(1)文件\n①规章\n2.公开。\n二、任务",
        [
            ("一、", 1, (1,)),
            ("(一)", 1, (1, 1)),
            ("1.", 1, (1, 1, 1)),
            ("(1)", 1, (1, 1, 1, 1)),
            ("①", 1, (1, 1, 1, 1, 1)),
            ("2.", 2, (1, 1, 2)),
            ("二、", 2, (2,)),
        ],
    ),
    (
        "第一部分 总则\n第一章 目标\n第一条 清理\n第二条 公开\n第二部分 附则",
        [
            ("第一部分", 1, (1,)),
            ("第一章", 1, (1, 1)),
            ("第一条", 1, (1, 1, 1)),
            ("第二条", 2, (1, 1, 2)),
            ("第二部分", 2, (2,)),
        ],
    ),
    # ⒛ and 21. are one series
    ("⒚清理。\n⒛公开。\n21.督查。", [("⒚", 19, (1,)), ("⒛", 20, (2,)), ("21.", 21, (3,))]),
    # a level may be missing
    ("一、任务\n1.清理。\n(一)公开", [("一、", 1, (1,)), ("1.", 1, (1, 1)), ("(一)", 1, (1, 2))]),
    # numbers may repeat or fall: position counts, number only says what is printed
    ("1.清理。\n1.公开。\n3.督查。\n2.总结。", [("1.", 1, (1,)), ("1.", 1, (2,)), ("3.", 3, (3,)), ("2.", 2, (4,))]),
    ("一、要求\r\n1.清理。\r\n2.公开。", [("一、", 1, (1,)), ("1.", 1, (1, 1)), ("2.", 2, (1, 2))]),
    ("", []),
    ("\n\n", []),
]


@pytest.mark.parametrize(("text", "expected"), TREES)
def test_tree(text: str, expected: list[tuple[str, int, tuple[int, ...]]]) -> None:
    assert tree(text) == expected


LONG = "为进一步规范行政行为制定本方案" * 60  # one line: a text that has lost its line breaks

FLAT = [
    # a series that begins, continues, and begins anew below the next heading
    (f"{LONG}。一、要求。1.清理。2.公开。二、任务。1.督查。", ["一、", "1.", "2.", "二、", "1."]),
    # white space is a gap too
    (f"{LONG} 一、要求 1.清理 2.公开", ["一、", "1.", "2."]),
    # what continues nothing is no marker
    (f"{LONG}。建成下列设施。7.公园。", []),
    (f"{LONG}。1.清理。2.公开。9.督查。", ["1.", "2."]),
    (f"{LONG}，1.清理，2.公开", []),  # a comma is no gap
    # right behind a word, where the series says so
    (f"{LONG}。一、目标。二、保障措施1.清理。责任单位：市司法局2.公开。", ["一、", "二、", "1.", "2."]),
    (f"{LONG}。1.清理。责任单位：市司法局3.公开。", ["1."]),  # no series
    (f"{LONG}。建成的7.公园", []),
    (f"{LONG}。一、清理。责任单位：市司法局二、公开。责任单位：信访室三、督查。", ["一、", "二、", "三、"]),
    (f"{LONG}。一、清理的二、公开", ["一、"]),  # no body before it
    (f"{LONG}。一、清理市一、二、三级医院，重点抓好第二、第三项。", ["一、"]),
    (f"{LONG}工作方案一、目标。二、任务。", ["一、", "二、"]),
    (
        f"{LONG}。第一章总则第一条清理。依据第二条规定公开。第二章任务第二条督查。",
        ["第一章", "第一条", "第二章", "第二条"],
    ),
    (f"{LONG}。重点工作①清理。②公开目录③督查。", ["①", "②", "③"]),
    (f"{LONG}。第一条 清理规章第二条 公开。", ["第一条", "第二条"]),
    (f"{LONG}。第一条清理。数据来源：市司法局数据第二条公开。", ["第一条", "第二条"]),
]


@pytest.mark.parametrize(("text", "labels"), FLAT)
def test_text_without_line_breaks(text: str, labels: list[str]) -> None:
    assert [node.label for node in outline(text)] == labels


INSIDE_LINES = [
    # one break is lost: behind a bracket or a stop a marker that continues a series begins a line of its own
    ("一、任务\n1.清理。（市司法局负责）2.公开。\n3.督查。", ["一、", "1.", "2.", "3."]),
    ("1.清理。 2.公开。\n3.督查。", ["1.", "2.", "3."]),
    ("1.清理下列文件：1.规章；2.规定。\n2.公开。", ["1.", "2."]),
    ("1.清理。（市司法局负责）（2）公开。\n2.督查。", ["1.", "2."]),  # a point of an item
    ("一、清理。责任单位：市司法局二、公开。\n三、督查。", ["一、", "二、", "三、"]),
    ("1.清理。责任单位：市司法局 2.公开。\n3.督查。", ["1.", "2.", "3."]),
    ("1.清理。\n2.公开。\n二、保障措施3.督查。\n4.总结。", ["1.", "2.", "二、", "3.", "4."]),
    # a list of bearers may be numbered
    ("1.清理。责任单位：1.市司法局 2.市财政局\n2.公开。", ["1.", "2."]),
    ("1.清理。责任单位：1.市司法局2.市财政局\n2.公开。", ["1.", "2."]),
    # most breaks are lost: lines begin anywhere
    (
        "工作方案 一、任务 1.清理文件。\n（市司法局负责） 2.公开目录。\n（市财政局负责） 二、保障 3.督查。\n（市政府办负责） 4.总结。",
        ["一、", "1.", "2.", "二、", "3.", "4."],
    ),
    # behind a colon, where the first is assigned before the second
    ("通知\n任务改定如下：1.清理文件。（责任单位：市司法局）2.公开清单。（责任单位：市财政局）\n", ["1.", "2."]),
    ("通知\n整改目标：1.清理文件。2.公开清单。责任单位：市财政局\n", []),
    ("通知\n责任单位：1.市司法局 2.市财政局\n", []),
]


@pytest.mark.parametrize(("text", "labels"), INSIDE_LINES)
def test_markers_inside_lines(text: str, labels: list[str]) -> None:
    assert [node.label for node in outline(text)] == labels


def test_a_node_reaches_to_the_next_of_its_rank() -> None:
    text = "一、任务\n1.清理。\n2.公开。\n二、保障\n"
    assert [text[n.start : n.end] for n in outline(text)] == [
        "一、任务\n1.清理。\n2.公开。\n",
        "1.清理。\n",
        "2.公开。\n",
        "二、保障\n",
    ]
    assert [text[n.text : n.end].strip() for n in outline(text)][1:] == ["清理。", "公开。", "保障"]


def test_the_texts_own_start_is_the_start_of_a_line() -> None:
    assert tree("一、要求\n1.清理。") == [("一、", 1, (1,)), ("1.", 1, (1, 1))]
    assert tree("\u3000\u3000一、要求\n1.清理。") == [("一、", 1, (1,)), ("1.", 1, (1, 1))]
