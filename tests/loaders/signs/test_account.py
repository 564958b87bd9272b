"""What becomes of signs: taken, told at their place, or dismissed with a reason; the sum holds for any text."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Plan, PlanWarning
from loaders.lexicon.vocabulary import role_labels
from loaders.plan import parse_plan
from loaders.signs.dismiss import REASONS

SAMPLE = (Path(__file__).parents[3] / "examples" / "loudi-2017.txt").read_text("utf-8")
LABELS = "|".join(sorted((word for word, role in role_labels().items() if role != "other"), key=len, reverse=True))
HEAD = "临江市人民政府办公室\n关于印发2024年重点工作分工方案的通知\n临政办发〔2024〕3号\n一、工作任务\n"
PIECES = st.sampled_from(
    [
        "责任单位",
        "牵头单位：",
        "扛责单位：",
        "市司法局",
        "县财政局",
        "、",
        "。",
        "；",
        "\n",
        "\t",
        "|",
        "（",
        "）",
        "「",
        "」",
        "1.",
        "2.",
        "一、",
        "由",
        "牵头",
        "负责",
        "完成时限：",
        "2024年6月底前",
        "序号",
        "工作任务",
        "抄送：",
        "各县区",
        "等",
        "以下简称",
        "没有明确",
        "成员：",
    ]
)


def losses(plan: Plan) -> list[PlanWarning]:
    return [warning for warning in plan.warnings if warning.is_loss]


def told(plan: Plan, words: str) -> bool:
    """Whether a warning of a loss holds these words."""
    return any(warning.span and words in plan.text[slice(*warning.span)] for warning in losses(plan))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_sign_is_taken_told_or_dismissed(text: str) -> None:
    plan = parse_plan(HEAD + text)
    signs = plan.coverage.signs
    assert signs.found == signs.taken + signs.told + sum(dismissed.count for dismissed in signs.dismissed)
    assert {dismissed.reason for dismissed in signs.dismissed} <= set(REASONS)
    for warning in losses(plan):
        assert warning.span is not None
        assert plan.text[slice(*warning.span)].strip()


def test_nothing_is_lost_in_the_sample() -> None:
    plan = parse_plan(SAMPLE)
    assert losses(plan) == []
    assert plan.coverage.signs.found - plan.coverage.signs.taken < 10


DAMAGES = {
    "colon gone": lambda text: re.sub(rf"({LABELS})[：:]", r"\1", text),
    "a dash for the colon": lambda text: re.sub(rf"({LABELS})[：:]", r"\1——", text),
    "a label of nobody": lambda text: text.replace("牵头单位", "统揽单位").replace("责任单位", "扛责单位"),
    "no label": lambda text: re.sub(rf"(?:{LABELS})[：:]", "", text),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_damage_takes_from_the_sample_is_told(damage: str) -> None:
    whole = parse_plan(SAMPLE)
    plan = parse_plan(DAMAGES[damage](SAMPLE))
    found = {(duty.role, duty.as_written) for item in plan.items for duty in item.duties}
    lost = {(duty.role, duty.as_written) for item in whole.items for duty in item.duties} - found
    silent = sorted(name for _, name in lost if not told(plan, name))
    assert len(silent) <= len(lost) / 10, silent


# a text behind `HEAD`, the words that a warning must hold
TOLD = {
    "1.清理文件。\n统管处室：市司法局。\n责任单位：市财政局\n": "市司法局",
    "1.清理文件。\n责任单位：市司法局。\n2.公开清单。「市财政局」\n统管处室：市审计局\n承揽处室：市民政局\n": "市审计局",
    "一、落实责任。各乡镇党委政府对本辖区防汛工作负总责，抓好落实。\n": "各乡镇党委政府对本辖区防汛工作负总责",
    "一、备足物资。市发改局承担主体责任，5月底前备足。\n": "市发改局承担主体责任",
    "一、强监管。市应急局是第一责任单位，要严管。\n": "市应急局是第一责任单位",
    "第五条 市农业局履行牵头抓总职责，承担下列任务：\n（一）制定计划；\n": "市农业局履行牵头抓总职责",
    "1.水质提升。市环保局具体负责水质监测，按月通报。\n": "市环保局具体负责水质监测",
    "1.清四乱。市水利局会同各镇完成排查（市河长办督办）。\n": "市水利局会同各镇完成排查",
    "序号\t任务分解\t统管处室\t备注\n1\t清理\t市司法局\t-\n2\t公开\t市财政局\t-\n": "市财政局",
    "任务分组\t牵头人手\n清理\t市司法局、市教育局\n公开\t市财政局\n": "市司法局、市教育局",
}
DISMISSED = {
    "1.清理。\n责任单位：市司法局\n抄送：市委办公室、市政府办公室、市司法局。\n": "page-furniture",
    "1.清理。\n责任单位：无\n": "empty",
    "1.清理。\n责任单位：市司法局\n临江市财政局\n2024年3月1日\n": "signature",
    "1.清理。\n责任单位：市司法局\n二、组织领导\n成员：市司法局、市财政局、市民政局。\n": "roster",
    "1.清理。\n责任单位：市司法局\n2.公开。检查发现市财政局、市教育局、市民政局。此事不好。\n责任单位：市司法局\n": "history",
    "各县区人民政府、市司法局、市财政局：\n1.清理。\n责任单位：市司法局\n": "addressee",
    "各县区人民政府，市直各单位：\n\n青川市人民政府\n1.清理。\n责任单位：市司法局\n": "addressee",
}


@pytest.mark.parametrize("text", TOLD)
def test_a_sign_that_nothing_takes_is_told_at_its_place(text: str) -> None:
    assert told(parse_plan(HEAD + text), TOLD[text])


@pytest.mark.parametrize("text", DISMISSED)
def test_a_sign_that_assigns_nothing_is_dismissed_with_the_reason(text: str) -> None:
    plan = parse_plan(HEAD + text)
    assert losses(plan) == []
    assert DISMISSED[text] in {dismissed.reason for dismissed in plan.coverage.signs.dismissed}


def test_a_name_of_a_taken_list_that_no_duty_holds_is_told() -> None:
    plan = parse_plan(HEAD + "1.清理。\n统管处室——市司法局、市财政局。\n")
    assert told(plan, "市司法局")


def test_a_text_without_items_says_whether_it_may_be_a_plan() -> None:
    (no_plan,) = [w for w in parse_plan("春眠不觉晓。\n").warnings if w.code == "no-plan"]
    (not_read,) = [w for w in parse_plan("清理\n统管处室：市司法局\n").warnings if w.code == "no-plan"]
    assert "可能是没有读懂的方案" in not_read.message
    assert "可能是没有读懂的方案" not in no_plan.message


@pytest.mark.parametrize(
    "words",
    ["局长、分管副局长负责", "县长负总责，分管副县长具体负责", "王建国、李志强负责", "儿童督导员、儿童主任负责"],
)
def test_a_bracket_of_posts_or_persons_is_told(words: str) -> None:
    plan = parse_plan(f"青川县方案\n1.清理文件。（{words}）\n2.公开清单（{words}）。\n3.培训。（县司法局负责）\n")
    told = [plan.text[slice(*w.span)] for w in plan.warnings if w.span and w.is_loss]
    assert told == [f"（{words}）"] * 2


@pytest.mark.parametrize("words", ["专人负责", "高标准落实", "限期完成", "终身负责"])
def test_a_bracket_that_names_nobody_is_not_told(words: str) -> None:
    plan = parse_plan(f"青川县方案\n1.清理文件。（{words}）\n3.培训。（县司法局负责）\n")
    assert [w.code for w in plan.warnings if w.is_loss] == []
