"""Script: the sample in traditional characters says the same, in its own words."""

from pathlib import Path

import opencc
import pytest

from loaders.plan import parse_plan
from loaders.text.traditional import simplified

SAMPLE = (Path(__file__).parents[3] / "examples" / "loudi-2017.txt").read_text("utf-8")


def test_the_sample_in_traditional_characters_says_the_same() -> None:
    told, plan = parse_plan(SAMPLE), parse_plan(opencc.OpenCC("s2t").convert(SAMPLE))
    assert plan.text != SAMPLE
    assert plan.document.id == told.document.id
    for item, as_told in zip(plan.items, told.items, strict=True):
        assert [(d.id, d.span) for d in item.duties] == [(d.id, d.span) for d in as_told.duties]
        assert [(d.date, d.span) for d in item.deadlines] == [(d.date, d.span) for d in as_told.deadlines]
        assert [(c.id, c.span) for c in item.citations] == [(c.id, c.span) for c in as_told.citations]
    first = plan.items[0].duties[0]
    assert (first.as_written, first.clause_quote, first.unit.name) == ("市編辦", "牽頭單位:市編辦。", "市编办")
    assert [r.original for r in plan.repairs] == [plan.text[slice(*r.span)] for r in plan.repairs]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "责任单位：市財政局",
        "會後为縣里准备，责任单位：市司法局、市财政局、市教育局，完成时限：" + "长期坚持。" * 20,
    ],
)
def test_a_few_traditional_characters_leave_a_text_alone(text: str) -> None:
    assert simplified(text) == text
