"""Layout marks: a plan with bullets, in Markdown or in boxes is the same plan; what says something stays."""

import pytest

from loaders.plan import parse_plan
from loaders.text.layout_marks import unmarked
from loaders.text.repair import repair

PLAN = """青川县清理工作实施方案
一、主要任务
1.清理文件。
牵头单位：县司法局
责任单位：县财政局
完成时限：2024年6月底前
2.公开目录。
责任单位：县政府办公室
"""
MARKDOWN = """# 青川县清理工作实施方案

---
## 一、主要任务

1. **清理文件**。

   - **牵头单位**：县司法局
   - **责任单位：**县财政局
   - __完成时限__：2024年6月底前

2\\. 公开目录。

> **责任单位**：[县政府办公室](https://www.example.gov.cn/)
"""
TABLE = """## 青川县2024年清理工作方案

| 序号 | 工作任务 | **牵头单位** | 责任单位 | 完成时限 |
|:---:|---|:---|---|---:|
| 1 | 清理文件 | **县司法局** | 县财政局<br>县教育局 | 2024年6月底前 |
| 2 | 公开目录 | 县政府办公室 | 县司法局<br/>县民政局 | 2024年9月底前 |
"""


def facts(text: str) -> list[tuple[str, list[tuple[str, str]], str | None]]:
    plan = parse_plan(text)
    assert all(plan.text[slice(*d.span)] == d.quote for i in plan.items for d in i.duties if d.span)
    return [(i.heading.strip("。"), [(d.role.value, d.unit.id) for d in i.duties], i.due.date) for i in plan.items]


@pytest.mark.parametrize(
    "bullet",
    [
        "- ",
        "* ",
        "+ ",
        "• ",
        "· ",
        "★ ",
        "→",
        "—— ",
        "☑ ",
        "● ",
        "\uf0b7 ",
        "\uf06c",
        "  - ",
        "\u3000\u3000•\u3000",
        "[x] ",
    ],
)
def test_a_bullet_before_a_label_changes_nothing(bullet: str) -> None:
    bullet = "- " + bullet if bullet.startswith("[") else bullet
    lines = PLAN.splitlines(keepends=True)
    assert facts("".join(bullet + line if "：" in line else line for line in lines)) == facts(PLAN)
    assert facts("".join(bullet + line if line[0] in "12" else line for line in lines)) == facts(PLAN)


def test_numbered_labels_are_no_items() -> None:
    text = (
        PLAN.replace("牵头单位", "①牵头单位").replace("\n责任单位：县财", "\n②责任单位：县财").replace("完成", "③完成")
    )
    assert facts(text) == facts(PLAN)


def test_markdown_is_the_same_plan() -> None:
    assert facts(MARKDOWN) == facts(PLAN)
    document = parse_plan(MARKDOWN).document
    assert (document.title, document.region) == ("青川县清理工作实施方案", "青川县")


@pytest.mark.parametrize("sign", ["**", "__"])
def test_bold_labels_at_the_start_of_a_line_are_no_bullets(sign: str) -> None:
    labels = ("牵头单位", "责任单位", "完成时限", "1.清理文件。", "2.公开目录。")
    text = "".join(
        next((line.replace(x, sign + x + sign) for x in labels if x in line), line) for line in PLAN.splitlines(True)
    )
    assert facts(text) == facts(PLAN)


def test_a_table_of_markdown() -> None:
    assert facts(TABLE) == [
        (
            "清理文件",
            [("lead", "青川县:县司法局"), ("responsible", "青川县:县财政局"), ("responsible", "青川县:县教育局")],
            "2024-06-30",
        ),
        (
            "公开目录",
            [("lead", "青川县:县政府办"), ("responsible", "青川县:县司法局"), ("responsible", "青川县:县民政局")],
            "2024-09-30",
        ),
    ]


@pytest.mark.parametrize(
    "text",
    ["①清理文件", "★市财政局牵头", "-3℃以下", "——题记", "*市司法局、市财政局", "#1楼", "3*4", "", "\n\n"],
)
def test_what_stays(text: str) -> None:
    assert unmarked(text) == text


@pytest.mark.parametrize("text", [MARKDOWN, TABLE, "• 一\n\uf0b7二\n- [ ] 三\n```\n四\n```\n=====\n"])
def test_no_place_moves(text: str) -> None:
    assert len(unmarked(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("甲**乙**丙__丁__戊", "甲乙丙丁戊"),
        ("1\\. 清理\\*文件", "1. 清理*文件"),
        ("见[附件](https://example.gov.cn/a.pdf)和![图](/a.png)", "见附件和图"),
        ("甲<!-- 正文 --><style>p{}</style>乙&#12288;丙&bull;丁", "甲乙 丙•丁"),
        ("[责任单位]（县司法局）", "[责任单位]（县司法局）"),
        ("a__b", "a__b"),
    ],
)
def test_marks_inside_lines(text: str, read: str) -> None:
    assert repair(text).text == read
