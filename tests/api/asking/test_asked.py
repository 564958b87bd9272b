"""What people type, read: the set written before the rules, on every store; what is said of what cannot be read."""

import re
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from typer.testing import CliRunner

from api.answers.references import Narrow
from api.asking.understand import understand
from api.cli import ask as cli_ask
from api.cli.backend import Local
from api.cli.main import app
from graph.names import fold
from graph.store.contract import Store

HERE = Path(__file__).parents[1]
ASKED = yaml.load((HERE.parent / "gold" / "asked.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
SAMPLE = HERE.parents[1] / "examples" / "loudi-2017.txt"
TODAY = date(2026, 11, 23)
ANYWHERE = Narrow()
VERBS = {"落实": "implements", "贯彻": "implements"}


def expected(given: dict[str, Any], read: Any) -> bool:
    """Whether a reading is the question that an entry, or one of its ``or``, asks for."""
    wanted = given.get("or", [given])
    if read is None:
        return any(want["question"] is None for want in wanted)
    today = given.get("today", TODAY.isoformat())
    got = {name: same_word(name, read.named[name]) for name in read.parameters}
    if "item" in got:
        got["item"] = read.parameters["item"].rpartition("-")[2]
    for name in ("role", "relation", "fact"):
        if name in got:
            got[name] = read.parameters[name]
    return any(
        want["question"] == read.question and fits(read.question, want.get("parameters", {}), got, today)
        for want in wanted
    )


def fits(question: str, wanted: dict[str, Any], got: dict[str, str], today: str) -> bool:
    want = {name: same_word(name, str(value)) for name, value in wanted.items()}
    if question == "items-due" and "by" in got:
        got = {**got, "as_of": got["by"]}
        del got["by"]
    for name in ("as_of", "from"):  # today, where the text does not name a day, may be present or absent
        if today in (want.get(name), got.get(name)) and (name not in want or name not in got):
            want, got = {**want, name: today}, {**got, name: today}
    if question == "shared-items":
        want, got = ({"units": sorted(one.values())} for one in (want, got))  # type: ignore[misc]
    return want == got


def same_word(name: str, value: str) -> str:
    if name == "relation":
        return VERBS.get(value, value)
    if name in ("unit", "other"):
        return {"市纪委": "市纪委(市监察局)"}.get(value, value)
    if name in ("regulation", "document"):
        return fold(value).replace("-", "").removeprefix("中华人民共和国")
    return value


def read(store: Store, text: str, today: date = TODAY, narrow: Narrow = ANYWHERE) -> Any:
    return store.read(lambda reading: understand(reading, text, today=today, narrow=narrow))


# on one store: names are looked up there as below, on each
@pytest.mark.parametrize("session_store", ["embedded"], indirect=True)
def test_nineteen_of_twenty_are_read_right_and_nothing_else_is_answered(sample_store: Store) -> None:
    wrong, answered = [], []
    for entry in ASKED:
        today = date.fromisoformat(entry.get("today", TODAY.isoformat()))
        made = read(sample_store, entry["ask"], today).read_as
        if not expected(entry, made):
            wrong.append((entry["ask"], made and made.question))
        if "question" in entry and entry["question"] is None and made is not None:
            answered.append((entry["ask"], made.question))
    assert answered == []
    assert len(wrong) <= len(ASKED) // 20, f"{len(wrong)} of {len(ASKED)}: {wrong}"
    assert len(ASKED) >= 150


CASES = [
    # the same words, another order: the role that 从未 and 只 speak of
    ("哪些单位只牵头、从不担任责任单位", "units-only-leading", {}),
    ("哪些单位只当责任单位、从未牵头", "units-never-leading", {}),
    ("没有牵头单位的事项", "items-without-lead", {}),
    ("没有牵头的单位", "units-never-leading", {}),
    # 有没有 asks, the second 没 denies
    ("有没有没人牵头的任务", "items-without-lead", {}),
    # who leads what is due
    ("2017年12月31日前到期的事项由谁牵头", "items-due", {"as_of": "2017-12-31"}),
    ("谁牵头2017年12月31日前到期的事项", "items-due", {"as_of": "2017-12-31"}),
    ("到2017年12月31日应完成的事项有哪些，谁牵头", "items-due", {"as_of": "2017-12-31"}),
    # nobody at all, or no unit of one kind
    ("哪些事项无人负责", "items-without-lead", {"without": "anyone"}),
    ("哪些事项既没有牵头单位也没有责任单位", "items-without-lead", {"without": "anyone"}),
    ("哪些事项没有责任单位", "items-without-lead", {"without": "responsible"}),
    # whole stretches, last days, years of the other end
    ("2017年7月1日至12月31日之间要完成的具体任务", "tasks-due", {"from": "2017-07-01", "by": "2017-12-31"}),
    ("2019年一季度末以前要完成的具体任务", "tasks-due", {"by": "2019-03-31"}),
    ("明年要做的年度任务", "recurring-tasks", {"from": "2027-01-01", "to": "2027-12-31"}),
    # one character mistyped
    ("市法治办牵头哪些事项", "unit-duties", {"unit": "市政府法制办", "role": "牵头"}),
    # a title without its marks
    ("推进行政决策科学化民主化法治化的责任矩阵", "section-matrix", {"section": "推进行政决策科学化、民主化、法治化"}),
    # none, said by a figure; nothing but this
    ("牵头数量为零的部门有哪些", "units-never-leading", {}),
    ("除了当责任单位之外没有其他任务的单位", "units-never-leading", {}),
    # an item that says its own date: the words that say it
    ("第4项为什么2017年底到期", "fact-evidence", {"item": "完善宏观调控", "fact": "时限"}),
    ("第6项为什么2019年底到期", "items-without-own-date", {"item": "创新社会治理"}),
    # a part of one title
    ("人民调解工作由谁牵头", "item-card", {"item": "加强人民调解工作"}),
    ("第六部分的责任矩阵", "section-matrix", {"section": "依法有效化解社会矛盾纠纷"}),
]
NOT_READ = [
    ("市航天局牵头哪些事项", "航天局"),
    ("第99项由谁牵头", "文件没有第99项"),
    ("第十二部分的责任矩阵", "第十二部分"),
    ("2018年13月到期的事项", "日历上没有"),
    ("哪些事项引用了《食品安全法》", "没有引用《食品安全法》"),
    ("法制办牵头哪些事项，预算多少", "预算"),
    ("法制办有没有把任务做完", "没有完成情况的记录"),
    ("把第20项删掉", "只读不写"),
    ("法制办", "合起来不是"),
    # two pieces of filler make no word
    ("审批局牵头哪些事项", "审批"),
    # what is left out is said and never passed over
    ("除市政府法制办以外还有哪些牵头单位的事项", "合起来不是"),
    # a role that is another unit's
    ("牵头且市编办负责的事项", "合起来不是"),
    # a unit, and a guess at an item
    ("市编办牵头的重点领域事项", "合起来不是"),
    ("   ", "没有写问题"),
    ("法" * 10_000, "问题太长"),
]


def test_what_is_read_and_what_is_said_of_the_rest(sample_store: Store) -> None:
    for text, question, parameters in CASES:
        made = read(sample_store, text).read_as
        assert made is not None, text
        assert (made.question, dict(made.named)) == (question, parameters), text
    for text, words in NOT_READ:
        made = read(sample_store, text)
        assert made.read_as is None, text
        assert any(words in fault.words + fault.why for fault in made.unread), (text, made.unread)


@pytest.mark.parametrize(
    "text", ['x") OR (*:*', '"', "\\", "法制办'}) DETACH DELETE u //", "*", "牵头 AND", "《", "》《", "《》", '("~']
)
def test_marks_of_query_languages_are_text(sample: Any, text: str) -> None:
    answer = sample.client.get("/v1/ask", params={"q": text})
    assert (answer.status_code, answer.json()["read_as"]) == (200, None)


def test_a_long_question_is_answered_at_once(sample: Any) -> None:
    dense = "市政府法制办和市编办共同牵头哪些事项" * 16 + "，法规条例规定"
    read(sample.store, dense[:300])  # the engine plans each query once
    start = time.process_time()  # the engine is in this process, and no other one's work counts
    made = read(sample.store, dense[:300])
    assert made.read_as is None or made.read_as.question == "shared-items"
    assert time.process_time() - start < 5


def test_the_route_gives_the_rows_of_the_question(sample: Any) -> None:
    answer = sample.client.get("/v1/ask", params={"q": "法制办牵头哪些事项？"}).json()
    given = {"unit": "娄底市:市政府法制办", "role": "lead"}
    assert answer["read_as"] == {"question": "unit-duties", "parameters": given}
    assert answer["said"].startswith("读作：某单位的全部职责")
    assert "市政府法制办" in answer["said"]
    assert answer["unread"] == []
    plain = sample.client.get("/v1/questions/unit-duties", params=given).json()
    assert {k: answer[k] for k in plain} == plain
    assert answer["total"]["value"] == 18


def test_pages_of_an_answer_follow_one_another(sample: Any) -> None:
    first = sample.client.get("/v1/ask", params={"q": "法制办牵头哪些事项", "limit": 10}).json()
    second = sample.client.get(first["next_url"]).json()
    assert [len(page["items"]) for page in (first, second)] == [10, 8]
    assert second["next"] is None


def test_every_alternative_can_be_asked(sample: Any) -> None:
    seen = 0
    for text in ("法制办", "市政府法制办在哪些事项里有，预算多少", "哪些事项没有牵头单位，房价多少"):
        for other in sample.client.get("/v1/ask", params={"q": text}).json()["alternatives"]:
            assert sample.client.get(other["url"]).status_code == 200, other
            seen += 1
    assert seen


def test_the_one_place_where_a_name_has_something_is_answered_and_the_others_are_named(two_cities: Any) -> None:
    """Both cities have a 市编办; in one alone it leads what is due in 2019."""
    by_place = {
        city: two_cities.client.get("/v1/ask", params={"q": f"{city}市编办牵头的、2019年到期的"}).json()
        for city in ("娄底", "临江")
    }
    held = [city for city, answer in by_place.items() if answer["items"]]
    assert held == ["娄底"]
    answer = two_cities.client.get("/v1/ask", params={"q": "市编办牵头的、2019年到期的"}).json()
    assert [row["id"] for row in answer["items"]] == [row["id"] for row in by_place["娄底"]["items"]]
    assert answer["query"]["elsewhere"] == ["临江市"]
    assert "临江市也有叫这个名称的单位，没有这样的事项" in answer["said"]


@pytest.mark.parametrize(
    ("text", "by", "names"),
    [
        ("哪些文件引用了《湖南省行政程序规定》", "document", ["娄底市法治政府建设(2016—2020年)实施方案"]),
        ("市政府法制办牵头的、2017年底前到期的事项引用了哪些文件", "regulation", None),
    ],
)
def test_which_plans_is_asked_at_the_beginning_and_which_papers_behind(
    two_cities: Any, text: str, by: str, names: list[str] | None
) -> None:
    answer = two_cities.client.get("/v1/ask", params={"q": text}).json()
    assert answer["query"]["by"] == by, answer["said"]
    if names is not None:
        assert sorted(row["name"] for row in answer["items"]) == sorted(names)


def test_a_group_and_a_place_lead_to_their_items(two_cities: Any) -> None:
    for text in ("市编办牵头哪些事项", "按牵头单位统计2018年底前到期的事项", "按文件统计没有牵头单位的事项"):
        rows = two_cities.client.get("/v1/ask", params={"q": text}).json()["items"]
        shown = two_cities.client.get("/ask", params={"q": text}).text
        for row in rows:
            if row["name"] != "没有的":
                assert two_cities.client.get(row["url"]).json()["total"]["value"] == row["items"], (text, row)
                assert f">{row['name']}</a>" in shown, (text, row)


def test_a_name_that_two_places_have_is_not_guessed(two_cities: Any) -> None:
    answer = two_cities.client.get("/v1/ask", params={"q": "市编办牵头哪些事项"}).json()
    assert answer["read_as"] is None
    assert "请选一处" in answer["said"]
    assert {row["name"] for row in answer["items"]} == {"娄底市", "临江市"}
    offered = {other["parameters"]["unit"] for other in answer["alternatives"]}
    assert {"娄底市:市编办", "临江市:市编办"} <= offered
    for text, given in (
        ("临江市编办牵头哪些事项", {}),
        ("临江市的市编办牵头哪些事项", {}),
        ("市编办牵头哪些事项", {"region": "临江市"}),
        ("市编办牵头哪些事项", {"document": "临江市-临发2017-4"}),
    ):
        read_as = two_cities.client.get("/v1/ask", params={"q": text, **given}).json()["read_as"]
        assert read_as is not None, (text, given)
        assert read_as["parameters"]["unit"] == "临江市:市编办", (text, given)


def test_of_several_plans_one_must_be_named(two_cities: Any) -> None:
    said = two_cities.client.get("/v1/ask", params={"q": "第1项由谁牵头"}).json()["said"]
    assert "哪一份文件" in said
    text = "《临江市法治政府建设实施方案》里哪些事项没有牵头单位"
    read_as = two_cities.client.get("/v1/ask", params={"q": text}).json()["read_as"]
    assert read_as == {"question": "items-without-lead", "parameters": {"document": "临江市-临发2017-4"}}


def test_the_page_answers_and_says_what_it_did_not_read(sample: Any) -> None:
    page = sample.client.get("/ask", params={"q": "法制办牵头哪些事项"}).text
    assert "读作：" in page
    assert "改革行政执法体制" in page
    assert "#p" in page
    page = sample.client.get("/ask", params={"q": "<script>x</script>天气"}).text
    assert "没有读懂" in page
    assert "<script>x" not in page
    assert 'action="/find"' in sample.client.get("/").text  # the box finds, and asks


def test_the_command_ends_with_3_when_it_could_not_read(sample: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def served(url: str) -> Any:
        yield Local(sample.store)

    monkeypatch.setattr(cli_ask, "backend", served)
    monkeypatch.setenv("COLUMNS", "120")
    done = CliRunner().invoke(app, ["ask", "法制办牵头哪些事项"])
    assert (done.exit_code, "读作：" in done.stdout, "共 18 条" in done.stdout) == (0, True, True)
    done = CliRunner().invoke(app, ["ask", "明天天气怎么样"])
    assert (done.exit_code, done.stdout.startswith("没有读懂。")) == (3, True)
    done = CliRunner().invoke(app, ["ask", "明天天气怎么样", "--json"])
    assert (done.exit_code, '"read_as": null' in done.stdout) == (3, True)


def test_a_number_means_the_item_of_the_one_plan_that_has_it(two_cities: Any) -> None:
    body = two_cities.client.get("/v1/ask", params={"q": "第20项由谁牵头、何时完成"}).json()
    assert body["read_as"]["parameters"]["item"].endswith("-20")
    assert [row["item"]["number"] for row in body["items"]] == [20] * len(body["items"]) != []
    body = two_cities.client.get("/v1/ask", params={"q": "第1项由谁牵头"}).json()
    offered = [
        other["parameters"]["item"].partition(":")[0]
        for other in body["alternatives"]
        if other["question"] == "item-card"
    ]
    assert (body["read_as"], offered) == (None, ["临江市-临发2017-4", "娄底市-娄发2017-4"])
    assert "临江市法治政府建设实施方案" in body["alternatives"][0]["said"]


def test_pages_offer_only_what_is_answered(sample: Any, two_cities: Any, empty: Any) -> None:
    for served, most in ((sample, 3), (two_cities, 2), (empty, 0)):
        offered = re.findall(r'href="(/ask\?q=[^"]+)"', served.client.get("/").text)
        assert len(offered) >= most
        for address in offered:
            assert "format=csv" in served.client.get(address).text


def test_the_page_names_the_plan_and_places_both_ends_of_a_chain(two_cities: Any) -> None:
    plan = '<a href="/documents/临江市-临发2017-4">'
    page = unquote(two_cities.client.get("/ask", params={"q": "临江市的市编办牵头哪些事项"}).text)
    assert f">文件：{plan}临江市法治政府建设实施方案</a></p>" in page
    several = two_cities.client.get("/questions/items-due", params={"by": "2030-12-31"}).text
    assert '<th scope="col">文件</th>' in several
    given = {"regulation": "湖南省行政程序规定", "unit": "娄底市:市政府法制办"}
    rows = two_cities.client.get("/v1/questions/regulation-unit-chains", params={**given, "evidence": "full"}).json()
    chain = two_cities.client.get("/questions/regulation-unit-chains", params=given).text
    assert rows["items"]
    for row in rows["items"]:
        for fact in (row, row["citation"]):
            assert f"#p{fact['evidence']['span'][0]}" in chain
