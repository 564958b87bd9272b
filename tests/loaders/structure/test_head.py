"""Head: title, kind, number, issuers, region and date, and the cited ones that are not the document's own."""

import pytest

from graph.model import ParseOptions
from loaders.plan import parse_plan
from loaders.structure.head import Head, read_head
from loaders.structure.outline import outline


def head(text: str, options: ParseOptions | None = None) -> Head:
    nodes = outline(text)
    return read_head(text, nodes[0].start if nodes else len(text), options or ParseOptions())


BODY = "\n一、总体要求\n1.清理文件。\n"

TITLES = [
    ("关于印发《青川县依法行政工作要点》的通知", "青川县依法行政工作要点", "工作要点"),
    ("青川县人民政府办公室\n关于印发《青川县依法行政工作要点》的通知", "青川县依法行政工作要点", "工作要点"),
    ("印发《青川县\n依法行政工作要点》的通知", "青川县依法行政工作要点", "工作要点"),
    ("青川县2019年依法行政工作安排", "青川县2019年依法行政工作安排", "工作安排"),
    ("首页>>信息公开\n青川县优化营商环境若干措施\n", "青川县优化营商环境若干措施", "若干措施"),
    ("青川县优化营商环境实施意见（试行）", "青川县优化营商环境实施意见（试行）", "实施意见"),
    ("青川县依法治县规划(2018—2022年)", "青川县依法治县规划(2018—2022年)", "规划"),
    ("青川县重点任务分工表", "青川县重点任务分工表", "重点任务分工表"),
    ("青川县深化改革责任分工方案", "青川县深化改革责任分工方案", "责任分工方案"),
    ("青川县深化改革行动计划", "青川县深化改革行动计划", "行动计划"),
    ("青川县深化改革折子工程", "青川县深化改革折子工程", "折子工程"),
    ("2024年青川县节水任务分解表\n发布时间：2024-3-1", "2024年青川县节水任务分解表", "任务分解表"),
    ("关于印发青川县节水工作方案的通知", "青川县节水工作方案", "工作方案"),
    # a notice that is no plan keeps its whole line
    ("青川县人民政府办公室关于做好节水工作的通知", "青川县人民政府办公室关于做好节水工作的通知", ""),
    # the notice names the plan without 《》
    (
        "青川县人民政府办公室关于印发青川县依法行政工作要点的通知 青政办发〔2019〕3号 各乡镇人民政府：",
        "青川县依法行政工作要点",
        "工作要点",
    ),
]
NO_TITLES = [
    "首页>>信息公开",
    "今天天气很好，适合开展工作方案的讨论。",
    "各乡镇人民政府：",
    "",
]


@pytest.mark.parametrize(("text", "title", "kind"), TITLES)
def test_title(text: str, title: str, kind: str) -> None:
    found = head(text + BODY)
    assert (found.title, found.kind) == (title, kind)


@pytest.mark.parametrize("text", NO_TITLES)
def test_no_title(text: str) -> None:
    found = head(text + BODY)
    assert (found.title, found.kind) == (None, "")


def test_a_numbered_line_is_no_title() -> None:
    assert head("番茄炒蛋\n1.按照个人口味安排\n2.放盐\n").title is None
    assert head("一、制定方案\n二、完善措施\n").title is None


TITLE = "青川县2019年依法行政工作要点\n"

NUMBERS = [
    (f"青政发〔2019〕3号\n{TITLE}", "青政发〔2019〕3号"),
    (f"{TITLE}（青政办发〔2019〕12号）\n", "青政办发〔2019〕12号"),
    (f"{TITLE}青政办发[2019]12号\n", "青政办发[2019]12号"),
    (f"{TITLE}青政办〔2019〕 12 号\n", "青政办〔2019〕12号"),
    (f"{TITLE}青政办函〔2019〕第12号\n", "青政办函〔2019〕第12号"),
    (f"青政发〔2019〕3号\n{TITLE}根据《县级工作规则》（国办发〔2017〕1号），制定本要点。", "青政发〔2019〕3号"),
    # as cited, it is another document's
    (f"{TITLE}根据《县级工作规则》(国办发〔2017〕1号)，制定本要点。", None),
    (f"{TITLE}根据《县级工作规则》（国办发〔2017〕1号）精神，制定本要点。", None),
    (f"{TITLE}根据《县级工作规则》 （国办发〔2017〕1号）精神，制定本要点。", None),
    (f"{TITLE}为贯彻国办发〔2017〕1号文件精神，制定本要点。", None),
    (f"{TITLE}按照省委要求（川委发〔2017〕1号）制定本要点。", None),
    (f"{TITLE}第700号令\n", None),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_reference_number(text: str, number: str | None) -> None:
    assert head(text + BODY).reference_number == number


ISSUERS = [
    # text, issuers, region
    (f"青川县人民政府\n{TITLE}", ("青川县人民政府",), "青川县"),
    (f"中共青川县委\n青川县人民政府\n{TITLE}", ("中共青川县委", "青川县人民政府"), "青川县"),
    (f"中共青川市委办公室\n{TITLE}", ("中共青川市委办公室",), "青川市"),
    (f"湖南省人民政府办公厅\n{TITLE}", ("湖南省人民政府办公厅",), "湖南省"),
    ("南京市鼓楼区人民政府办公室\n营商环境工作方案\n", ("南京市鼓楼区人民政府办公室",), "南京市鼓楼区"),
    ("内蒙古自治区人民政府\n营商环境工作方案\n", ("内蒙古自治区人民政府",), "内蒙古自治区"),
    ("湘西土家族苗族自治州人民政府\n营商环境工作方案\n", ("湘西土家族苗族自治州人民政府",), "湘西土家族苗族自治州"),
    ("国务院办公厅\n营商环境工作方案\n", ("国务院办公厅",), "全国"),
    ("中共中央\n国务院\n营商环境工作方案\n", ("中共中央", "国务院"), "全国"),
    ("教育部关于印发《校外培训工作方案》的通知\n", (), "全国"),
    ("浙江省人民政府关于优化营商环境的实施意见\n", ("浙江省人民政府",), "浙江省"),
    # a prefecture is known without its province
    ("湖南省娄底市人民政府\n营商环境工作方案\n", ("湖南省娄底市人民政府",), "娄底市"),
    # from the title
    (TITLE, (), "青川县"),
    ("南京市鼓楼区营商环境工作方案\n", (), "南京市鼓楼区"),
    ("2024年青川县营商环境工作方案\n", (), "青川县"),
    # neither: never guessed
    ("关于做好青川县营商环境工作的通知\n", (), None),
    ("营商环境工作方案\n", (), None),
    ("全市营商环境工作方案\n", (), None),
    ("市场监管工作方案\n", (), None),
    ("关于加强城市管理的实施意见\n", (), None),
    ("关于推进社区治理的工作方案\n", (), None),
    ("农村地区污水治理工作方案\n", (), None),
    # a cited document's issuer is not this one's
    (
        f"{TITLE}为落实《湖南省人民政府办公厅关于印发2019年工作要点的通知》，制定本要点。",
        (),
        "青川县",
    ),
    (f"{TITLE}根据国务院办公厅关于政务公开的要求，制定本要点。", (), "青川县"),
    # an organ inside a sentence issues nothing
    (f"{TITLE}各乡镇人民政府，县直各单位：\n", (), "青川县"),
]


@pytest.mark.parametrize(("text", "issuers", "region"), ISSUERS)
def test_issuers_and_region(text: str, issuers: tuple[str, ...], region: str | None) -> None:
    found = head(text + BODY)
    assert (found.issuers, found.region) == (issuers, region)


DATES = [
    (f"{TITLE}2019年3月6日\n", "2019-03-06"),
    (f"{TITLE} \u30002019年12月31日 \n", "2019-12-31"),
    (f"{TITLE}（2019年3月6日）\n", "2019-03-06"),
    (f"{TITLE}2019年13月6日\n", None),
    (f"{TITLE}2019年2月31日\n", None),  # no such day
    (f"{TITLE}会议于2019年3月6日召开。\n", None),
    (f"{TITLE}截至2019年3月6日的情况\n", None),
    (TITLE, None),
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_issued_on(text: str, date: str | None) -> None:
    assert head(text + BODY).issued_on == date


def test_what_the_caller_says_counts_above_what_the_text_says() -> None:
    options = ParseOptions(issued_on="2018", region="乙县")
    found = head("营商环境工作方案\n" + BODY, options)
    assert (found.issued_on, found.region) == ("2018", "乙县")
    dated = head(f"{TITLE}2019年3月6日\n{BODY}", options)
    assert (dated.issued_on, dated.dated) == ("2018", ())
    same = head(f"{TITLE}2018年3月6日\n{BODY}", options)
    assert (same.issued_on, [fix.name for fix in same.corrections]) == ("2018-03-06", ["region"])


ITEM = "一、任务\n1.清理。\n责任单位：县司法局\n"
IDS = [
    (f"青川县人民政府\n青政发〔2019〕3号\n{TITLE}{ITEM}", "青川县-青政发2019-3"),
    (f"{TITLE}{ITEM}", "青川县-青川县2019年依法行政工作要点"),
    (f"{TITLE}2019年3月6日\n{ITEM}", "青川县-青川县2019年依法行政工作要点-2019"),
    (f"{TITLE}根据《县级工作规则》（国办发〔2017〕1号），制定本要点。\n{ITEM}", "青川县-青川县2019年依法行政工作要点"),
]


@pytest.mark.parametrize(("text", "expected"), IDS)
def test_document_id(text: str, expected: str) -> None:
    assert parse_plan(text).document.id == expected
    assert parse_plan(text, document_id="甲").document.id == "甲"


def test_the_same_number_of_two_places_is_two_documents() -> None:
    texts = [f"{place}人民政府\n政发〔2019〕3号\n营商环境工作方案\n{ITEM}" for place in ("甲山县", "乙山县")]
    assert [parse_plan(text).document.id for text in texts] == ["甲山县-政发2019-3", "乙山县-政发2019-3"]


def test_the_date_of_a_signature_at_the_foot() -> None:
    body = "".join(f"{n}.清理文件。\n责任单位：市司法局\n" for n in range(1, 300))
    plan = parse_plan(f"青川市工作方案\n{body}青川市人民政府\n2024年12月10日\n")
    assert plan.document.issued_on == "2024-12-10"
    inside = parse_plan(f"青川市工作方案\n{body}到2024年12月10日前完成。\n")
    assert inside.document.issued_on is None


def test_who_signs_at_the_foot_issues_it_and_no_cited_organ() -> None:
    text = (
        "北岭县乡村振兴责任分工方案\n为落实《中共中央 国务院关于推进乡村振兴的意见》，现分工如下：" + BODY
        + "2.修路。责任单位：县交通局。" * 30 + "\n北岭县人民政府办公室\n2025年1月8日\n"
    )  # fmt: skip
    found = head(text)
    assert (found.issuers, found.region, found.issued_on) == (("北岭县人民政府办公室",), "北岭县", "2025-01-08")


def test_a_body_above_the_date_issues_it() -> None:
    lines = "临江区治水方案\n临环委〔2025〕3号\n{}\n2025年2月10日\n"
    assert head(lines.format("临江区生态环境委员会") + BODY).issuers == ("临江区生态环境委员会",)
    for other in ("各县市区人民政府", "责任单位：区教育局", "（此件公开发布）", "为推进治水，制定本方案。"):
        assert head(lines.format(other) + BODY).issuers == ()


def test_a_date_in_a_cell_is_not_the_date_of_issue() -> None:
    assert head("北岭县民生实事方案\n序号\t任务\t完成时限\n1\t修路\t2024年8月31日\n").issued_on is None
