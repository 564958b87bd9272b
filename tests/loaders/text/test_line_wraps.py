"""Wrapped texts: breaks that a page's width put inside paragraphs are taken out, others stay, and the duties are the same."""

import pytest

from loaders.plan import parse_plan
from loaders.text.line_wraps import unwrapped
from loaders.text.repair import repair

PLAN = """青川市清理工作方案
一、总体要求
按照省委、省政府的统一部署，全面清理规范性文件，分批公开目录，到年底前建立长效机制，做到应清尽清、应改尽改、不留死角。
二、主要任务
（一）全面清理规范性文件。各部门对本部门起草的规范性文件逐件清理，提出保留、修改或者废止的意见，经集体讨论后报送审查。
牵头单位：市司法局
责任单位：市财政局、市人力资源和社会保障局、市自然资源和规划局、市住房和城乡建设局、各县（市、区）人民政府
完成时限：2024年6月底前
（二）公开清理结果。清理结果按规定程序报批后，在政府网站和政府公报上公布，公布的目录应当列明文件名称、文号和印发日期。（市政府
办公室牵头，市司法局、市大数据局配合）
1.建立目录。对继续有效的文件统一编号、统一登记、统一公布，目录每两年更新一次，更新情况在政府网站上公布。（市司法局负责）
2.开展评估。对实施满三年的文件开展评估，评估报告作为修改、废止的依据，评估工作可以委托高等学校进行。（市司法局、市财政局负责）
"""


def wrapped(text: str, width: int, indent: str = "") -> str:
    lines = [indent + line for line in text.splitlines()]
    return "\n".join(line[at : at + width] for line in lines for at in range(0, len(line), width)) + "\n"


def duties(text: str) -> list[tuple[str | None, str, str]]:
    plan = parse_plan(text, region="青川市")
    assert all(plan.text[slice(*d.span)] == d.quote for i in plan.items for d in i.duties if d.span)
    return [(i.label, d.role.value, "".join(d.as_written.split())) for i in plan.items for d in i.duties]


@pytest.mark.parametrize("width", [18, 24, 31, 38, 45])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
def test_the_width_of_the_page_changes_no_duty(width: int, indent: str) -> None:
    assert duties(wrapped(PLAN, width, indent)) == duties(PLAN)


def test_the_breaks_of_the_plan_itself_stay() -> None:
    assert unwrapped(PLAN) == ([], [])
    assert repair(wrapped(PLAN, 30)).text.splitlines()[:4] == PLAN.splitlines()[:4]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一二三四五六七八九十一二三四五六七八九十\n" * 3,  # too few lines to tell
        "一二三四五六七八九十一二三四五六七八九十。\n" * 30,  # each a sentence
        "清理文件\n公开目录\n督查落实\n" * 30,  # a list
        "".join(f"{'清理' * n}\n" for n in range(4, 30)),  # of no one width
    ],
)
def test_no_wrapped_text(text: str) -> None:
    assert unwrapped(text) == ([], [])


TASKS = ["清理规范文件。", "公开全部清单。", "开展执法检查。", "完善各项制度。"]
LABELS = "责任单位：县司法局、县财政局\n完成时限：2024年12月底前\n"


@pytest.mark.parametrize("title", ["青川县清理行动实施方案", "青川县规范性文件清理工作实施方案", "青川县方案"])
@pytest.mark.parametrize("marker", ["{}.", "{}、", "({})", "第{}条 "])
@pytest.mark.parametrize("count", [5, 12, 120])
def test_short_items_of_one_width_stay_items(title: str, marker: str, count: int) -> None:
    text = title + "\n" + "".join(f"{marker.format(n + 1)}{TASKS[n % 4]}\n{LABELS}" for n in range(count))
    plan = parse_plan(text)
    assert (plan.document.title, len(plan.items), plan.warnings) == (title, count, ())
    assert all(len(item.duties) == 2 and item.due.date == "2024-12-31" for item in plan.items)


@pytest.mark.parametrize("sign", ["\t", " | ", "  "])
@pytest.mark.parametrize("count", [9, 107])
def test_rows_of_one_width_stay_rows(sign: str, count: int) -> None:
    rows = [("序号", "工作任务", "责任单位", "完成时限")]
    rows += [(str(n + 1), "清理第一批文件和第二批文件", "县司法局", "2024年12月底前") for n in range(count)]
    plan = parse_plan("青川县2024年清理工作方案\n" + "".join(sign.join(row) + "\n" for row in rows), region="青川县")
    assert [len(item.duties) for item in plan.items] == [1] * count


@pytest.mark.parametrize(
    "opening",
    [
        "责任单位：县财政局",
        "【责任单位】县财政局",
        "包保处室：县财政局",
        "12.公开清单",
        "③公开清单",
        "2024年6月1日",
        "12 公开清单",
    ],
)
def test_what_opens_a_paragraph_is_joined_to_no_line(opening: str) -> None:
    text = wrapped(PLAN, 24)
    broken = text.index("\n", text.index("按照")) + 1
    mended = repair(text[:broken] + opening + "\n" + text[broken:]).text
    assert "\n" + opening in mended


def test_a_number_of_no_series_inside_a_sentence_is_told() -> None:
    text = wrapped(PLAN, 24)
    last = text.rindex("\n", 0, text.index("二、主要任务") - 1) + 1  # the line on which the first paragraph ends
    text = f"{text[:last]}17、18号文件，{text[last:]}"
    told = [w.span for w in parse_plan(text).warnings if w.code == "line-not-joined"]
    assert [text[slice(*span)][:7] for span in told if span] == ["17、18号文"]
    assert duties(text) == duties(PLAN)
