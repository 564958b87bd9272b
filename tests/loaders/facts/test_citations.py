"""Citations: titles and how they are closed, each relation with each of its words, and what an instrument's id is."""

import pytest

from graph.model import Regulation
from loaders.facts.citations import Regulations, citations
from loaders.lexicon.scan import scan
from loaders.plan import parse_plan


def found(text: str) -> list[tuple[str, str]]:
    """(title, relation) of every citation."""
    return [(c.title, c.relation.value) for c in citations(text, scan(text).titles)]


TITLES = [
    ("学习《招标投标条例》。", ["招标投标条例"]),
    ("学习《甲县条例》《乙县条例》", ["甲县条例", "乙县条例"]),
    # nested titles stay inside the outer one
    ("学习《关于贯彻〈招标投标条例〉的意见》", ["关于贯彻〈招标投标条例〉的意见"]),
    ("学习《实施《招标投标条例》办法》", ["实施《招标投标条例》办法"]),
    # white space and line breaks are no part of a title
    ("学习《招标投标\n\n  条例》", ["招标投标条例"]),
    ("学习《法治政府建设规划（2018—2022年）》", ["法治政府建设规划（2018—2022年）"]),
]
NO_TITLES = [
    "据《青川日报》报道",
    "在《青川晚报》公示",
    "在《楚天都市报》《法制时报》《市场早报》公示",
    "学习《招标投标条例",  # never closed
    "学习招标投标条例》",
    "学习《》",
    "学习《 \n》",
    "学习〈招标投标条例〉",
    "学习“招标投标条例”",
    "",
]


@pytest.mark.parametrize(("text", "titles"), TITLES)
def test_titles(text: str, titles: list[str]) -> None:
    assert [title for title, _ in found(text)] == titles


@pytest.mark.parametrize("text", NO_TITLES)
def test_no_titles(text: str) -> None:
    assert found(text) == []


WORDS = {
    "produces": "制定 制订 出台 编制 起草 拟定 研究提出 制定实施 制定并实施 制定并公布 制定印发 制定并发布",
    "revises": "修订 修改 完善 健全 调整 修订完善 修改完善 及时修订",
    "repeals": "废止 取消 停止执行",
    "implements": "落实 贯彻 执行 实施 遵守 完成 推进 贯彻落实 严格执行 深入贯彻执行 全面贯彻落实",
    "basis": "依据 根据 按照 依照 遵照 参照 按 严格依照",
    "mentions": "学习 宣传 印发 转发 发布 公布 解读 现将 对照",
}


@pytest.mark.parametrize(("relation", "word"), [(r, w) for r, words in WORDS.items() for w in words.split()])
def test_every_governing_word(relation: str, word: str) -> None:
    assert found(f"要{word}《招标投标条例》") == [("招标投标条例", relation)]


RELATIONS = [
    # a word behind the title
    ("推动《甲县条例》出台", ["produces"]),
    ("推动《甲县条例》的制定", ["produces"]),
    ("做好《甲县条例》起草工作", ["produces"]),
    ("做好《甲县规划》编制工作", ["produces"]),
    ("推动《甲县条例》修订", ["revises"]),
    ("做好《甲县条例》的修改", ["revises"]),
    ("行使《甲县条例》赋予的权力", ["basis"]),
    ("履行《甲县条例》规定的程序", ["basis"]),
    ("做到《甲县条例》等有关规定，公开目录", ["basis"]),
    ("达到《甲县规划》确定的目标", ["implements"]),
    ("达到《甲县规划》明确的目标", ["implements"]),
    ("达到《甲县规划》提出的目标", ["implements"]),
    ("做好《甲县规划》部署的任务", ["implements"]),
    ("抓好《甲县条例》的贯彻落实", ["implements"]),
    ("《甲县条例》制定的程序", ["mentions"]),  # the words say what it is, not what is done with it
    # the nearest word governs
    ("落实要求，制定《甲县办法》", ["produces"]),
    ("制定措施，落实《甲县办法》", ["implements"]),
    # … but not beyond its sentence
    ("制定措施。学习《甲县办法》", ["mentions"]),
    ("制定措施；学习《甲县办法》", ["mentions"]),
    # an enumeration shares the word of its first title
    ("落实《甲县条例》和《乙县条例》", ["implements"] * 2),
    ("落实《甲县条例》《乙县条例》、《丙县条例》及《丁县条例》", ["implements"] * 4),
    ("根据《甲县条例》(甲政发〔2018〕3号)、县委《乙县条例》", ["basis"] * 2),
    ("落实《甲县条例》，制定《乙县办法》", ["implements", "produces"]),
    ("制定《甲县条例》，落实《乙县办法》", ["produces", "implements"]),
    ("落实《甲县条例》。《乙县办法》已公布", ["implements", "mentions"]),
    # a word inside another title says nothing
    ("学习《关于制定预算的意见》和《甲县条例》", ["mentions", "mentions"]),
    ("学习《贯彻落实规划的方案》《甲县条例》", ["mentions", "mentions"]),
    # what a document rests on, and what is made of it
    ("依据《甲县条例》制定实施细则", ["basis"]),
    ("根据《甲县条例》制定《乙县办法》", ["basis", "produces"]),
    ("按照《甲县条例》编制目录", ["basis"]),
    ("制定贯彻《甲县规划》的实施意见", ["implements"]),
    ("研究制定落实《甲县规划》的具体措施", ["implements"]),
    # said of the title, not asked for
    ("贯彻落实新修订的《甲县条例》", ["implements"]),
    ("学习修订后的《甲县条例》", ["mentions"]),
    ("学习新修订《甲县条例》", ["mentions"]),
    # the plan's own announcement
    ("关于印发《甲县方案》的通知", ["mentions"]),
    ("现将《甲县方案》印发给你们，请认真贯彻执行", ["mentions"]),
]


@pytest.mark.parametrize(("text", "relations"), RELATIONS)
def test_relation(text: str, relations: list[str]) -> None:
    assert [relation for _, relation in found(text)] == relations


def test_places() -> None:
    text = "要完善机制，依据《招标\n投标条例》，编制目录。"
    (citation,) = citations(text, scan(text).titles)
    assert text[slice(*citation.span)] == "《招标\n投标条例》"
    assert citation.title == "招标投标条例"


def regulation(title: str, region: str | None = "青川县") -> Regulation:
    regulations = Regulations("某文件", region)
    reference = regulations.resolve(title)
    (made,) = regulations.all()
    assert (made.id, made.title) == (reference.id, reference.title)
    return made


IDS = [
    # national by its name
    ("中华人民共和国审计法", "中华人民共和国审计法"),
    ("国务院关于深化改革的意见", "国务院关于深化改革的意见"),
    ("中共中央关于制定规划的建议", "中共中央关于制定规划的建议"),
    ("全国人民代表大会组织规则", "全国人民代表大会组织规则"),
    ("中国共产党问责条例", "中国共产党问责条例"),
    ("国家标准化发展纲要", "国家标准化发展纲要"),
    ("最高人民法院关于适用行政诉讼的解释", "最高人民法院关于适用行政诉讼的解释"),
    ("环境保护法", "环境保护法"),  # only the centre makes laws (法律)
    # names its place
    ("湖南省招标投标条例", "湖南省招标投标条例"),
    ("青川县城市管理办法", "青川县城市管理办法"),
    ("内蒙古自治区招标投标条例", "内蒙古自治区招标投标条例"),
    # else the place of its issuer stands before it
    ("城市管理办法", "青川县:城市管理办法"),
    ("关于加强城市管理的意见", "青川县:关于加强城市管理的意见"),
    ("居民小区物业管理办法", "青川县:居民小区物业管理办法"),
    ("政府工作规则", "青川县:政府工作规则"),
    # generic: the document's own
    ("意见", "某文件:意见"),
    ("办法", "某文件:办法"),
    ("实施意见", "某文件:实施意见"),
    ("实施方案", "某文件:实施方案"),
    ("仲裁规则", "某文件:仲裁规则"),
    ("工作方案", "某文件:工作方案"),
    # the vocabulary's record, whatever its brackets and dashes
    ("法治政府建设实施纲要（2015—2020年）", "法治政府建设实施纲要(2015-2020年)"),
    ("法治政府建设实施纲要(2015-2020年)", "法治政府建设实施纲要(2015-2020年)"),
    ("立法法", "中华人民共和国立法法"),
]


@pytest.mark.parametrize(("title", "expected"), IDS)
def test_id(title: str, expected: str) -> None:
    assert regulation(title).id == expected


def test_only_a_generic_title_is_unresolved() -> None:
    assert {t for t, _ in IDS if regulation(t).unresolved} == {t for t, i in IDS if i.startswith("某文件:")}


def test_in_a_national_document_a_title_is_national() -> None:
    assert regulation("城市管理办法", "全国").id == "城市管理办法"


def test_forms_of_one_title_are_one_instrument() -> None:
    text = (
        "青川县工作方案\n1.清理。落实《青川县规划（2018—2022年）》和《青川县规划(2018-2022年)》。\n责任单位：县司法局\n"
    )
    plan = parse_plan(text)
    first, second = plan.items[0].citations
    assert first.regulation == second.regulation
    assert first.id != second.id
    assert len(plan.regulations) == 1
    assert (first.as_written, first.title) == ("《青川县规划（2018—2022年）》", "青川县规划（2018—2022年）")


def test_a_citation_belongs_to_the_task_around_it() -> None:
    text = "青川县工作方案\n1.清理。学习《甲县条例》。2019年底前制定《乙县办法》。\n责任单位：县司法局\n"
    (item,) = parse_plan(text).items
    assert [(c.title, c.task) for c in item.citations] == [("甲县条例", None), ("乙县办法", item.tasks[0].id)]


def test_a_short_title_is_the_instrument_it_stands_for() -> None:
    plan = parse_plan(
        "青川市工作方案\n按照《法治政府建设实施纲要（2015—2020年）》（以下简称《纲要》）要求，制定本方案。\n"
        "1.落实《纲要》和《意见》。\n责任单位：市司法局\n",
        region="青川市",
    )
    full = plan.citations[0].regulation
    assert [(c.title, c.regulation == full) for c in plan.items[0].citations] == [("纲要", True), ("意见", False)]
    assert plan.items[0].citations[0].as_written == "《纲要》"


def test_what_is_no_longer_carried_out_is_repealed() -> None:
    plan = parse_plan(
        "青川市工作方案\n1.不再执行《青川市学位管理办法》，废止与《青川市竞争审查办法》不一致的文件。\n责任单位：市司法局\n",
        region="青川市",
    )
    assert [(c.title, c.relation.value) for c in plan.items[0].citations] == [
        ("青川市学位管理办法", "repeals"),
        ("青川市竞争审查办法", "mentions"),
    ]


def test_a_number_behind_a_title_is_the_instruments_and_tells_whose_it_is() -> None:
    plan = parse_plan(
        "青川市工作方案\n1.落实《优化营商环境条例》（国务院令第722号）和《青川市优化环境办法》（青政发〔2020〕3号）。\n"
        "责任单位：市司法局\n",
        region="青川市",
    )
    assert [(r.id, r.reference_number) for r in plan.regulations] == [
        ("优化营商环境条例", "国务院令第722号"),
        ("青川市优化环境办法", "青政发〔2020〕3号"),
    ]
