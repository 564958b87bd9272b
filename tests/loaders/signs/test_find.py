"""Which places of a text are found as signs, whatever the rules of duties take there."""

import pytest

from loaders.lexicon.scan import scan
from loaders.signs.find import find_signs

FOUND = {
    "责任单位：市司法局。": [("label", "责任单位")],
    "【牵头单位】市司法局": [("label", "牵头单位")],
    "牵头单位——市司法局": [("label", "牵头单位")],
    "责任单位市司法局、市财政局": [("label", "责任单位")],
    "统管处室：市司法局、市财政局": [("unknown-label", "统管处室")],
    "任务归口：县水利局": [("unknown-label", "任务归口")],
    "（1）食堂\n盯办单位：市场监管所；兜底社区：河湾社区": [("unknown-label", "盯办单位")],
    "支持就业（县人社局负责）": [("bracket", "（县人社局负责）")],
    "支持就业「县人社局、县财政局」": [("bracket", "「县人社局、县财政局」")],
    "清理文件\n市司法局、市财政局\n": [("cell", "市司法局、市财政局")],
    "1\t清理文件\t市司法局\t6月": [("cell", "市司法局")],
    "清理\n市规划自然\n资源局\n": [("cell", "市规划自然\n资源局")],
    "公开清单。市司法局市财政局12清理": [("run", "市司法局市财政局")],
    "公开清单。市司法局2017年6月底前": [("run", "市司法局")],
    "公开清单后，向社会公布，市司法局、市财政局、市民政局。": [("list", "市司法局、市财政局、市民政局")],
    "公开清单。#市司法局、市财政局#": [("tail", "市司法局、市财政局")],
    "养老院、福利院——县民政局": [("cell", "县民政局")],
    "【扛责站所】市司法局": [("unknown-label", "扛责站所")],
    "公开清单。由市司法局牵头。": [("role-word", "牵头")],
    "序号工作任务责任单位完成时限1清理。市司法局2017年": [
        ("table", "序号工作任务责任单位完成时限"),
        ("run", "市司法局"),
    ],
    "|序号|工作组|牵头单位|配合单位|\n|1|综合组|市司法局|教育、民政|\n": [
        ("table", "序号|工作组|牵头单位|配合单位"),
        ("cell", "市司法局"),
    ],
    "市公安局负责疏散群众。市建委负责保障供水。市教育局负责恢复教学。": [
        ("unit-first", "市公安局"),
        ("unit-first", "市建委"),
        ("unit-first", "市教育局"),
    ],
}
NOTHING = (
    "各责任单位要高度重视。",
    "市委组织部（人才办）要加强指导",
    "街道办事处（苏木乡镇政府）在社区治理方面",
    "加强制造中心、研发中心、物流中心建设，",
    "市公安局负责疏散群众，请市民配合。",
    "推进、落实、完善（推进落实）",
    "备注：无",
    "老旧小区加装电梯60部",
)


@pytest.mark.parametrize("text", FOUND)
def test_a_sign_is_found(text: str) -> None:
    assert [(sign.kind, text[slice(*sign.at)]) for sign in find_signs(text, scan(text))] == FOUND[text]


@pytest.mark.parametrize("text", NOTHING)
def test_other_words_are_no_sign(text: str) -> None:
    assert find_signs(text, scan(text)) == []
