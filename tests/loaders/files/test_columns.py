"""Pages from their signs: columns by their gutter, thin strokes in their line, no columns where there are none."""

import pytest

from loaders.files.paged.layout import lay_out
from loaders.files.paged.page import page_of
from loaders.files.paged.page_lines import Char, lines_of

SIZE = 12.0


def line(words: str, left: float, top: float) -> list[Char]:
    """The signs of one line; 一 is as thin as it is drawn."""
    signs = []
    for n, sign in enumerate(words):
        x = left + n * SIZE
        thin = sign == "一"
        box = (x + 0.5, top + 5, x + 11.5, top + 6.5) if thin else (x, top, x + SIZE, top + SIZE)
        signs.append(Char(sign, box, False))
    return signs


def text(*placed: tuple[str, float, float]) -> str:
    page = page_of(1, 800.0, [sign for words, left, top in placed for sign in line(words, left, top)], [])
    return "\n".join(block.text.replace("\f", "") for block in lay_out([page]) if hasattr(block, "text"))


FULL = "逐条排查沿线问题并建立清单明确措施"  # fills a column
LEFT = (
    "1.疏浚渠道。" + FULL[:11],
    FULL[11:] + "，做到有人管。",
    "牵头单位：市水务局",
    "2.清理河岸。" + FULL[:11],
    FULL[11:] + "，做到有人看。",
    "牵头单位：市城管局",
)
RIGHT = (
    "3.修补护栏。" + FULL[:11],
    FULL[11:] + "，做到有人修。",
    "牵头单位：市住建局",
    "4.栽种树木。" + FULL[:11],
    FULL[11:] + "，做到有人种。",
    "牵头单位：市林业局",
)


def columns(top: float = 160.0) -> list[tuple[str, float, float]]:
    return [
        (words, left + (0 if n % 3 == 1 else 24), top + n * 24)
        for n, pair in enumerate(zip(LEFT, RIGHT, strict=True))
        for words, left in zip(pair, (40, 300), strict=True)
    ]


def expected(*lines: str) -> str:
    def joined(side: tuple[str, ...]) -> list[str]:
        return [side[0] + side[1], side[2], side[3] + side[4], side[5]]

    return "\n".join([*lines, *joined(LEFT), *joined(RIGHT)])


def test_the_left_column_is_read_to_its_end_first() -> None:
    assert text(*columns()) == expected()


def test_what_stands_above_the_columns_stays_above_them() -> None:
    head = [
        ("长河市人民政府办公室关于印发湿地保护方案的通知", 60, 40),
        ("长河市人民政府办公室", 420, 80),
        ("长河市湿地保护方案", 40, 120),
    ]
    assert text(*head, *columns()) == expected(*(words for words, _, _ in head))


def test_a_column_that_is_longer_goes_on_alone() -> None:
    made = text(*columns(), ("完成时限：2025年底前", 324, 160 + 6 * 24))
    assert made == expected() + "\n完成时限：2025年底前"


def test_a_line_over_both_columns_parts_them() -> None:
    wide = ("附件是长河市湿地保护重点任务责任分工和完成时限表", 60, 330)
    made = text(*columns(), wide, *columns(380))
    assert made == expected() + "\n" + expected(wide[0])


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("工作任务", "牵头单位"),
            *[("疏浚渠道清理河岸修补护栏", "市水务局市城管局市住建局")] * 6,
        ],  # a table without lines
        [("市水务局", "2025年底前")] * 6,  # short on both sides
        [("疏浚渠道并清理沿线的垃圾杂物", "")] * 6,
    ],
)
def test_rows_that_are_no_columns_are_read_across(rows: list[tuple[str, str]]) -> None:
    placed = [
        (words, left, 100 + n * 24)
        for n, row in enumerate(rows)
        for words, left in zip(row, (40, 300), strict=True)
        if words
    ]
    first = text(*placed).splitlines()[0]
    assert first.replace(" ", "").startswith("".join(rows[0]))


@pytest.mark.parametrize("words", ["一、主要任务", "（一）疏浚", "1.一次办好", "十一、保障", "一一"])
def test_a_thin_stroke_stays_in_its_line(words: str) -> None:
    placed = [*line(words, 40, 100), *line("三、其他", 40, 140)]
    assert [made.text for made in lines_of(placed)] == [words, "三、其他"]


THIRD = (
    "5.整修泵站。" + FULL[:11],
    FULL[11:] + "，做到有人检。",
    "牵头单位：市应急局",
    "6.清运垃圾。" + FULL[:11],
    FULL[11:] + "，做到有人运。",
    "牵头单位：市交通局",
)


def in_three(*columns: tuple[str, ...]) -> list[tuple[str, float, float]]:
    """Columns of nearly full lines, side by side."""
    return [
        (words, 40 + side * 250 + (0 if n % 3 == 1 else 24), 160 + n * 24)
        for side, column in enumerate(columns)
        for n, words in enumerate(column)
    ]


def test_three_columns_are_read_one_after_the_other() -> None:
    def joined(side: tuple[str, ...]) -> list[str]:
        return [side[0] + side[1], side[2], side[3] + side[4], side[5]]

    read = text(("临江市水务工作方案", 300, 100), *in_three(LEFT, RIGHT, THIRD), ("抄送：市委办公室", 40, 420))
    assert read == "\n".join(["临江市水务工作方案", *joined(LEFT), *joined(RIGHT), *joined(THIRD), "抄送：市委办公室"])


def test_three_columns_of_which_the_last_ends_early() -> None:
    read = text(*in_three(LEFT, RIGHT, THIRD[:5]))
    assert read.splitlines()[-2:] == ["牵头单位：市应急局", THIRD[3] + THIRD[4]]


CELLS = (
    ("1", "清理河道", "市水利局"),
    ("2", "疏浚渠道", "市农业局"),
    ("3", "拆除坝体", "市住建局"),
    ("4", "修补护栏", "市城管局"),
)


@pytest.mark.parametrize("wide", [120, 240])
def test_cells_of_a_table_without_rules_are_no_columns(wide: int) -> None:
    rows = [(words, 40 + side * wide, 160 + n * 24) for n, row in enumerate(CELLS) for side, words in enumerate(row)]
    assert "".join(text(*rows).split()) == "".join(words for row in CELLS for words in row)
