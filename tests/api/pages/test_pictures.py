"""Pictures: what stands in them, that they escape, and that they are told where they are cut."""

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from markupsafe import escape

from api.pages.clauses import Marked, marked
from api.pages.pictures.axis import Square, axis_picture
from api.pages.pictures.bars import bar, shares
from api.pages.pictures.chain import MOST, chain_picture, layers_of
from api.pages.pictures.drawing import width_of, wrapped
from graph.library.question import Clock

DOCUMENT = "娄底市-娄发2017-4"


def test_a_name_is_wrapped_and_cut_with_an_ellipsis() -> None:
    assert wrapped("娄底市法治政府建设实施方案", 104) == ["娄底市法治政府建", "设实施方案"]
    assert wrapped("一二三四五六七八九十", 26, most=2) == ["一二", "三…"]
    assert width_of("a") < width_of("一")


def path_to(unit: str, role: str = "RESPONSIBLE_FOR", weaknesses: tuple[str, ...] = ()) -> dict[str, Any]:
    words = {"quote": unit, "clause_quote": f"责任单位：{unit}。"}
    return {
        "nodes": [{"kind": "item", "id": "i", "name": "事项", "number": 1}, {"kind": "unit", "id": unit, "name": unit}],
        "steps": [{"id": unit, "type": role, "relation": None, "weaknesses": list(weaknesses), "evidence": words}],
    }


def test_a_chain_escapes_what_a_plan_calls_a_unit() -> None:
    hostile = '<script>"x"</script>'
    picture = chain_picture(layers_of([path_to(hostile)], lambda kind, key: f"/{kind}/{key}"), hostile).__html__()
    assert "<script" not in picture
    assert str(escape("<script>")) in picture
    ElementTree.fromstring(picture)


def test_a_chain_says_how_many_more_there_are() -> None:
    layers = layers_of([path_to(f"市{n}局") for n in range(MOST + 7)], lambda kind, key: key)
    assert "另有 7 个，看成表" in chain_picture(layers, "链路").__html__()


def test_a_lead_stands_first_and_a_collective_apart() -> None:
    paths = [path_to("各部门", weaknesses=("collective",)), path_to("市甲局"), path_to("市乙局", "LEADS")]
    picture = chain_picture(layers_of(paths, lambda kind, key: key), "链路").__html__()
    names = re.findall(r"<title>([^<：]+)</title><rect", picture)
    assert names == ["1 事项", "市乙局", "市甲局", "各部门"]
    assert 'class="edge lead"' in picture
    assert 'class="edge responsible weak"' in picture
    assert "统称，不是一个单位" in picture


def test_the_axis_has_a_square_for_each_item_and_the_day_of_the_question() -> None:
    squares = [
        Square(day, str(n), "lead", f"事项{n}", f"/items/{n}")
        for n, day in enumerate(["2018-12-31"] * 30 + ["2019-12-31"])
    ]
    drawn = axis_picture(squares, Clock(date(2018, 12, 10)), "时限轴")
    assert drawn is not None
    picture = drawn.__html__()
    assert "30 项 临期" in picture
    assert "1 项 未到期" in picture
    assert "截至 2018-12-10" in picture
    assert "+7" in picture  # 23 squares and a number
    ElementTree.fromstring(picture)
    assert axis_picture([], Clock(date(2018, 12, 10)), "时限轴") is None


def test_dates_that_have_no_room_on_a_scale_stand_side_by_side_by_period() -> None:
    """No stack stands under another date than its own, and none beyond the picture."""
    days = [f"{year}-{month:02}-28" for year in range(2011, 2021) for month in (3, 6, 9, 12)]
    squares = [Square(day, str(n), "item", f"事项{n}", f"/items/{n}") for n, day in enumerate(days)]
    drawn = axis_picture(squares, Clock(date(2019, 12, 30)), "时限轴")
    assert drawn is not None
    picture = drawn.__html__()
    periods = re.findall(r">(20\d\d–20\d\d年|20\d\d年)<", picture)
    assert periods == ["2010–2011年", "2012–2013年", "2014–2015年", "2016–2017年", "2018–2019年", "2020–2021年"]
    assert [int(count) for count in re.findall(r">(\d+) 项", picture)] == [4, 8, 8, 8, 8, 4]
    left = [float(x) for x in re.findall(r'class="box-item" x="(\d+)"', picture)]
    assert len(left) == len(days)
    assert max(left) < 960
    line = float(re.findall(r'class="today" d="M(\d+)', picture)[0])
    in_last = float(re.findall(r'/items/39".*?x="(\d+)"', picture)[0])
    assert max(left[:36]) < line <= in_last
    ElementTree.fromstring(picture)


@pytest.mark.parametrize(("part", "whole", "wide"), [(7, 17, "41.2"), (0, 17, "0.0"), (1, 0, "0.0")])
def test_a_bar_is_as_wide_as_its_share(part: int, whole: int, wide: str) -> None:
    assert f'width="{wide}"' in bar(part, whole)


def test_shares_of_nothing_are_an_empty_bar() -> None:
    assert shares([("red", 0), ("green", 0)], "没有").count("<rect") == 0


def test_overlapping_marks_cut_each_other_and_stay_escaped() -> None:
    made = marked(
        "甲<b>乙", 10, [Marked((10, 14), ("task",)), Marked((11, 14), ("citation",), "/r"), Marked((99, 120), ("x",))]
    )
    assert made == '<span class="m task">甲</span><a class="m task citation" href="/r">&lt;b&gt;</a>乙'


def test_the_calendar_has_an_event_for_each_date(sample: Any) -> None:
    answer = sample.client.get("/deadlines.ics?as_of=2018-12-10")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    lines = answer.text.split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 72
    assert max(len(line.encode()) for line in lines) <= 75
    assert sum(line.startswith("DTSTART;VALUE=DATE:20181231") for line in lines) == 24
