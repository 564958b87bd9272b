"""Which places of a text are found as signs, whatever the rules of duties take there."""

import pytest

from loaders.lexicon.scan import scan
from loaders.signs.find import find_signs
from loaders.signs.tables import table_signs

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
    "公开清单。#市司法局、市财政局#": [("subject", "市司法局、市财政局")],
    "公开清单后的市场#市司法局、市财政局#": [("tail", "市司法局、市财政局")],
    "养老院、福利院——县民政局": [("cell", "县民政局")],
    "【扛责站所】市司法局": [("unknown-label", "扛责站所")],
    "公开清单。由市司法局牵头。": [("subject", "市司法局")],
    "公开清单，由市司法局承办。": [("subject", "市司法局")],
    "公开清单，市司法局负责。": [("role-word", "负责")],
    "序号工作任务责任单位完成时限1清理。市司法局2017年": [
        ("table", "序号工作任务责任单位完成时限"),
        ("run", "市司法局"),
    ],
    "|序号|工作组|牵头单位|配合单位|\n|1|综合组|市司法局|教育、民政|\n": [
        ("table", "序号|工作组|牵头单位|配合单位"),
        ("cell", "市司法局"),
    ],
    "市公安局负责疏散群众。市建委负责保障供水。市教育局负责恢复教学。": [
        ("subject", "市公安局"),
        ("subject", "市建委"),
        ("subject", "市教育局"),
    ],
    # whatever verb stands behind the bodies
    "公开清单（市司法局统抓，市财政局襄助）": [("bracket", "（市司法局统抓，市财政局襄助）")],
    "1.〔市司法局统抓〕公开清单。": [("bracket", "〔市司法局统抓〕")],
    "公开清单（统一由市司法局、河口镇经办）": [("bracket", "（统一由市司法局、河口镇经办）")],
    "公开清单。由市司法局统抓，市财政局、河口镇襄助。": [
        ("subject", "市司法局"),
        ("subject", "市财政局、河口镇"),
    ],
    "此项工作由县财政局统抓。": [("subject", "县财政局")],
    "（一）县财政局。落实经费。": [("subject", "县财政局")],
    "（二）河口镇政府、石门镇政府。组织巡查。": [("subject", "河口镇政府、石门镇政府")],
    "县财政局：落实经费。\n县水利局：抢修设施。\n": [("subject", "县财政局"), ("subject", "县水利局")],
    "县财政局安排经费。\n县水利局抢修设施，清理河道。\n": [("subject", "县财政局"), ("subject", "县水利局")],
    "统抓单位为市司法局，襄助单位为市财政局": [("unknown-label", "统抓单位"), ("unknown-label", "襄助单位")],
    "【统抓】市司法局【襄助】市财政局【时限】5月": [("unknown-label", "统抓"), ("unknown-label", "襄助")],
    "统抓科室〖执法办〗": [("bracket", "〖执法办〗")],
    "包联领导：张建国 主战单位：县住建局": [("label", "包联领导"), ("unknown-label", "主战单位")],
    "服务管家：张建国；": [("unknown-label", "服务管家")],
    "协办：河口镇、石门镇": [("unknown-label", "协办")],
    "降低成本市司法局（牵头）、市财政局、市民政局持续实施": [
        ("bracket", "（牵头）"),
    ],
}
NOTHING = (
    "各责任单位要高度重视。",
    "各部门要加强指导",
    "街道办事处（苏木乡镇政府）在社区治理方面",
    "加强制造中心、研发中心、物流中心建设，",
    "要服从市公安局负责疏散群众的安排，请市民配合。",
    "应急指挥部（市环境应急指挥部）负责值守",
    "（列入县政府督办项目）",
    "经县政府同意，现印发给你们。",
    "由于县财政局未安排经费",
    "县教育局负责的学校进度滞后。",
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


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        (
            "序号\t任务\t牵头单位\t自评\t责任单位\t时限\n1\t清理\t市司法局\t好\t市财政局\t年底\n",
            ["序号\t任务\t牵头单位\t自评\t责任单位\t时限"],
        ),
        (
            "序号\n任务\n牵头单位\n自评\n责任单位\n时限\n备注\n1\n清理\n",
            ["序号\n任务\n牵头单位\n自评\n责任单位\n时限\n备注"],
        ),
        (
            "序号\t任务\t责任单位\n1\t清理\t市司法局\n序号\t任务\t责任单位\n2\t公开\t市财政局\n",
            ["序号\t任务\t责任单位", "序号\t任务\t责任单位"],
        ),
    ],
)
def test_a_name_that_is_not_known_parts_no_head(text: str, heads: list[str]) -> None:
    assert [text[slice(*sign.at)] for sign in table_signs(text, scan(text).labels, [])] == heads
