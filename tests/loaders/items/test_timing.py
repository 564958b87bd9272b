"""Timing: what an item says of when, and that only an item that states nothing has no time."""

import pytest

from loaders.plan import parse_plan

HEAD = "青川县方案\n{}一、任务\n1.清理。{}\n责任单位：县司法局\n{}2.公开。\n责任单位：县政府办\n"
FALLBACK = "各项工作任务除本方案有明确时间要求外,原则上应当在2020年年底前完成。\n"

CASES = [
    # head, body, label -> kind, reason, words
    ("", "", "完成时限：2019年6月底前\n", ("dated", "item", "2019年6月底前")),
    ("", "", "完成时限：2019年6月底前印发；2019年底前完成\n", ("dated", "item", "2019年底前")),
    ("", "每年考核。", "完成时限：长期坚持\n", ("ongoing", "item", "长期坚持")),
    ("", "2019年底前公布。", "", ("dated", "task", "2019年底前")),
    ("", "每年考核。", "", ("recurring", "task", "每年")),
    ("", "", "完成时限：汛期前\n", ("event", "item", "汛期前")),
    ("", "", "完成时限：30日内\n", ("duration", "item", "30日内")),
    ("", "", "完成时限：13月底前\n", ("unread", "not-understood", "13月底前")),
    ("", "", "完成时限：6月底前\n", ("unread", "no-year", "6月底前")),
    ("", "", "完成时限：尽快完成\n", ("unread", "no-day", "尽快完成")),
    (
        "",
        "",
        "完成时限：有明确时间要求的，按要求的时间完成\n",
        ("unread", "no-day", "有明确时间要求的，按要求的时间完成"),
    ),
    ("", "", "完成时限：—\n", ("none", None, None)),
    ("", "", "", ("none", None, None)),
    (FALLBACK, "", "", ("dated", "document", None)),
    (FALLBACK, "", "完成时限：长期坚持\n", ("ongoing", "item", "长期坚持")),
]


@pytest.mark.parametrize(("head", "body", "label", "expected"), CASES)
def test_what_an_item_says_of_when(
    head: str, body: str, label: str, expected: tuple[str, str | None, str | None]
) -> None:
    plan = parse_plan(HEAD.format(head, body, label))
    timing = plan.items[0].timing
    assert (timing.kind.value, timing.reason, timing.quote) == expected
    assert timing.span is None or plan.text[slice(*timing.span)] == timing.quote


def test_a_time_that_was_not_read_is_told_with_its_very_words() -> None:
    plan = parse_plan(HEAD.format("", "", "完成时限：13月底前\n"))
    assert [(w.code, plan.text[slice(*w.span)]) for w in plan.warnings if w.span] == [("no-such-date", "13月底前")]
    assert (plan.not_read, plan.coverage.signs.told) == (1, 1)
    assert [(d.kind.value, d.quote, d.date) for d in plan.items[0].deadlines] == [("unread", "13月底前", None)]


def test_an_item_in_parts_says_when_in_its_parts() -> None:
    text = (
        "青川县方案\n1.清理。先清理文件。（责任单位：县司法局，6月底前）再清理目录。（责任单位：县政府办，9月底前）\n"
    )
    items = parse_plan(text, issued_on="2024").items
    assert [(item.timing.kind.value, item.timing.reason, item.timing.quote) for item in items] == [
        ("none", "in-parts", None),
        ("dated", "item", "6月底前"),
        ("dated", "item", "9月底前"),
    ]


def test_how_long_a_document_holds_is_no_time_of_an_item() -> None:
    text = "青川县办法\n1.清理。\n责任单位：县司法局\n2.公开。\n责任单位：县政府办\n本办法有效期至2028年12月31日。\n"
    plan = parse_plan(text, issued_on="2024")
    assert [(d.kind.value, d.date, d.conditional) for d in plan.deadlines] == [("document", "2028-12-31", False)]
    assert [item.due.date for item in plan.items] == [None, None]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("青川县通报\n存在的问题要在2个月内整改到位。\n", ["2个月内"]),
        ("青川县通知\n请各单位于6月底前报送自查报告，每季度更新。\n", ["6月底前", "每季度"]),
        (
            "青川县方案\n演出时间：2024年10月20日—11月30日\n1.布置场地。\n责任单位：县文旅局\n",
            ["2024年10月20日—11月30日"],
        ),
        ("青川县方案\n到2025年底，全面建成。\n1.布置场地。\n责任单位：县文旅局\n", []),  # an aim of the whole plan
        ("青川县通知\n发布时间：2024年6月1日\n青川县政府\n2024年6月1日\n", []),
    ],
)
def test_what_obliges_outside_the_items_is_of_the_document(text: str, times: list[str]) -> None:
    assert [d.quote for d in parse_plan(text, issued_on="2024").deadlines] == times
