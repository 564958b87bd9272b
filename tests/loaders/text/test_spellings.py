"""Forms that say the same in other signs: HTML remains, Chinese and full-width figures; and what only looks like them."""

import pytest

from loaders.plan import parse_plan
from loaders.text.repair import repair


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('<p align=\\"left\\">一、甲</p><p>二、乙</p>', "一、甲\n二、乙\n"),
        ("甲<br />乙&nbsp;丙<strong>丁</strong>", "甲\n乙 丙丁"),
        ("<tr><td>1</td><td>甲</td></tr>", "1\t甲\t\n"),
        ("\u200b一、甲\ufeff\n\u200b\u200b乙\u2060丙", "一、甲\n乙丙"),
        ("各县（市、 区）、\u3000各镇、\n 各村 各组", "各县（市、区）、各镇、\n 各村 各组"),
        ("二〇〇八年十月一日", "2008年10月1日"),
        ("二○二四年六月底、十二月三十一日前", "2024年6月底、12月31日前"),
        ("二零一九年", "2019年"),
        ("六月廿五日前、十二月卅一日前、三月卅日", "6月25日前、12月31日前、3月30日"),
        ("２０２４年１２月", "2024年12月"),
        # a title is a name, an instrument in angles is no tag, and not every figure is a date's
        ("《二○二四年六月要点》", "《二○二四年六月要点》"),
        ("关于印发<用人单位补贴办法>的通知", "关于印发<用人单位补贴办法>的通知"),
        ("第三季度、三月三、五月花、每月五日", "第三季度、三月三、五月花、每月5日"),
        ("R&D投入", "R&D投入"),
    ],
)
def test_what_is_read(text: str, read: str) -> None:
    mended = repair(text)
    assert mended.text == read
    assert mended.repairs == ()


def test_a_fact_quotes_the_words_of_the_source() -> None:
    plan = parse_plan("青川市方案\n1.清理。\n责任单位：市司法局<br/>\n完成时限：二〇二四年六月底\n", region="青川市")
    deadline = plan.items[0].deadlines[0]
    assert (deadline.quote, deadline.date, deadline.inferred) == ("二〇二四年六月底", "2024-06-30", False)
    assert plan.repairs == ()


def test_a_plan_in_traditional_characters() -> None:
    text = "青川縣工作方案\n一、任務\n1.清理文件。（縣司法局牽頭，縣財政局、各鄉鎮人民政府配合）\n2.公開目錄。\n責任單位：縣政府辦公室\n完成時限：2024年6月底前\n"
    plan = parse_plan(text, region="青川县")
    assert [[(d.role.value, d.as_written, d.unit.name) for d in i.duties] for i in plan.items] == [
        [
            ("lead", "縣司法局", "县司法局"),
            ("cooperating", "縣財政局", "县财政局"),
            ("cooperating", "各鄉鎮人民政府", "各乡镇人民政府"),
        ],
        [("responsible", "縣政府辦公室", "县政府办")],
    ]
    assert plan.items[1].due.date == "2024-06-30"
