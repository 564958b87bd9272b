"""The pages hold the words, and load nothing from elsewhere."""

import re
from typing import Any

import pytest

DOCUMENT = "娄底市-娄发2017-4"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", ["娄底市法治政府建设(2016—2020年)实施方案", "娄发〔2017〕4号"]),
        ("/search", ["在上面的框里写要查的词"]),
        ("/search?q=，", ["在上面的框里写要查的词"]),
        ("/search?q=法制办", ["市政府<mark>法制办</mark>", "单位<span>1</span>", "实施方案</a>"]),
        ("/search?q=娄发[2017]4号", ["<mark>娄发〔2017〕4号</mark>", "文件<span>1</span>"]),
        ("/search?q=双随机一公开", ["第5项 加强市场监管", "“<mark>双随机、一公开</mark>”", "/text?at="]),
        ("/search?q=市政府法治办", ["没有一模一样的", "名称有 83% 相同", "市政府法"]),
        ("/search?q=信访+仲裁&kind=text", ["<mark>信访</mark>", "各类"]),
        ("/search?q=鱻鱻", ["没有。"]),
        ("/units/市政府法制办", ["全部<span>29</span>", "改革行政执法体制", "市政府法制办</mark>"]),
        (f"/items/{DOCUMENT}:20", ["改革行政执法体制", "2018年底前完成。", ">市编办</a>、<a", ">市政府法制办</a>。"]),
        (f"/items/{DOCUMENT}:4", ["链路", "属于", "实施纲要", "名称存疑", "统称", "原文修复"]),
        ("/units/市委办", ["共事最多的单位", "共 3 个单位", ">市政府办</a>", "2 项", "/shared-with/"]),
        (
            "/units/市委办/shared-with/市政府办",
            ["共同承担 <b>2</b> 处", "加强党对法治政府建设的领导", "市政府办</mark>"],
        ),
        ("/units/市信访局/shared-with/市环保局", ["没有共同承担的事项"]),
        (f"/items/{DOCUMENT}:10", ["2019年底", "总体时限推定"]),
        ("/regulations/湖南省行政程序规定", ["<b>3</b> 处引用它", "优化政府组织结构", "落实", "<svg"]),
        (f"/documents/{DOCUMENT}", ["提纲", "45", "市政府法制办"]),
        (f"/documents/{DOCUMENT}/text", ["牵头单位:", 'id="p']),
        ("/docs", ["/static/swagger/swagger-ui-bundle.js"]),
    ],
)
def test_a_page_holds_the_words(sample: Any, address: str, words: list[str]) -> None:
    answer = sample.client.get(address, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert [word for word in words if word not in answer.text] == []
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', answer.text) == []
    own = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text))
    assert {a: sample.client.get(a).status_code for a in own} == dict.fromkeys(own, 200)


def test_a_search_word_is_text(sample: Any) -> None:
    assert "<script>x" not in sample.client.get("/search", params={"q": "<script>x"}).text


def test_a_place_in_the_text_can_be_gone_to(sample: Any) -> None:
    page = sample.client.get(f"/items/{DOCUMENT}:20").text
    places = set(re.findall(r'href="(/documents/[^"]+/text\?at=[\d-]+)#(p\d+)"', page))
    assert len(places) > 5
    assert {place for way, place in sorted(places)[:6] if f'id="{place}"' not in sample.client.get(way).text} == set()


INFERRED = '<span class="tag inferred" title="本项未写日期，依据文件的总体时限推定">推定</span>'


@pytest.mark.parametrize("address", ["/questions/unit-duties?unit=市政府法制办", "/ask?q=法制办牵头哪些事项"])
def test_a_table_of_an_answer_marks_an_inferred_date(sample: Any, address: str) -> None:
    shown = sample.client.get(address).text
    assert shown.count(INFERRED) == 1
    assert ">常态</span>" in shown


def test_an_inferred_lead_is_marked(empty: Any) -> None:
    text = (
        "青川市工作方案\n1.清理。（责任单位：市教育局、市财政局，列首位的为牵头单位，下同）\n"
        "2.公开。（责任单位：市司法局、市财政局）\n"
    )
    kind = {"Content-Type": "text/plain"}
    loaded = empty.client.post("/v1/documents?document_id=一", content=text.encode(), headers=empty.key | kind)
    assert loaded.status_code < 300, loaded.text
    lead = empty.client.get("/v1/items?document=一").json()["items"][1]["leads"]
    assert [(one["name"], one["inferred"]) for one in lead] == [("市司法局", True)]
    assert re.search(
        r'市司法局</a> <span class="tag inferred"[^>]*>推定</span>', empty.client.get("/documents/一").text
    )


def test_a_card_names_the_rule_of_every_fact(sample: Any) -> None:
    """Stated facts as well: the way from a wrong fact on a page to the rule that took it."""
    address = f"/items/{DOCUMENT}:20"
    card, page = sample.client.get(f"/v1{address}").json(), sample.client.get(address).text
    groups = ("leads", "responsible", "cooperating", "leaders", "deadlines", "citations", "mentions")
    facts = [fact for group in groups for fact in card[group]]
    assert {"label-line"} < {fact["rule"] for fact in facts}
    assert not all(fact["inferred"] for fact in facts)
    assert set(re.findall(r'href="/about#([a-z-]+)"', page)) == {fact["rule"] for fact in facts}
    about = sample.client.get("/about").text
    assert {fact["rule"] for fact in facts if f'id="{fact["rule"]}"' not in about} == set()


@pytest.mark.parametrize("address", ["/units/市政府法制办", "/questions/unit-duties?unit=市政府法制办"])
def test_a_list_names_the_rule_of_a_fact_in_a_title(sample: Any, address: str) -> None:
    links = re.findall(
        r'<a class="place" data-at="[^"]+"( title="规则：[^"]+" data-rule="[a-z-]+")? href="[^"]+">原文</a>',
        sample.client.get(address).text,
    )
    assert len(links) >= 29
    assert all(links)
