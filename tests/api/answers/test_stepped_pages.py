"""Questions with a step in Python over more plans than one page looks into, and what stands beside an answer; both engines."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.answers.questions import card_of, questions
from api.app import create_app
from api.settings import Settings
from graph.model import Plan
from graph.store.contract import Store
from loaders.plan import parse_plan

pytestmark = pytest.mark.timeout(400)

TEXT = """青川市人民政府关于印发《青川市水务工作方案（{n}）》的通知
青政发〔2024〕{n}号
2024年1月6日
青川市水务工作方案（{n}）
一、河道整治
1.清淤疏浚。巡查率达95%。
牵头单位：市水利局、市住建局等部门
完成时限：2024年9月底前
2.公开结果。
责任单位：各有关部门
3.巡查河道。
责任单位：市司法局
二、规范采砂（牵头单位：市公安局）
1.日常巡查。（责任单位：市交通局）
"""
PLANS = 11
ASKED = ["deadline-lights?as_of=2024-06-30", "lead-workload", "targets", "unit-coverage?unit=市司法局"]


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    return [parse_plan(TEXT.format(n=n)) for n in range(1, PLANS + 1)]


@pytest.fixture
def client(filled: Callable[..., Store], plans: list[Plan], monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A service of which a page looks into five plans: they have four items each."""
    monkeypatch.setattr("api.answers.plan_window.ITEMS", 20)
    store = filled(*plans, now="2024-03-06T00:00:00+00:00")
    with TestClient(create_app(Settings(), store), "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as client:
        yield client


def get(client: TestClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text[:300])
    return answer.json()


def pages(client: TestClient, address: str) -> Iterator[dict[str, Any]]:
    body = get(client, address)
    yield body
    while body["next"] is not None:
        body = get(client, body["next_url"])
        yield body


def test_pages_go_through_all_plans(client: TestClient) -> None:
    plans = [row["id"] for row in get(client, "/v1/documents")["items"]]
    assert len(plans) == PLANS
    for address in ASKED:
        joined = f"/v1/questions/{address}{'&' if '?' in address else '?'}"
        of_each = [row["id"] for plan in plans for row in get(client, f"{joined}document={plan}&limit=500")["items"]]
        assert len(of_each) >= PLANS, address
        for limit in (4, 50):
            got = [row["id"] for page in pages(client, f"{joined}limit={limit}") for row in page["items"]]
            assert sorted(got) == sorted(of_each), (address, limit)  # a step chooses its order within a window
        whole = get(client, f"{joined}whole=true")
        assert sorted(row["id"] for row in whole["items"]) == sorted(of_each), address
        assert whole["total"] == {"value": len(of_each), "relation": "eq"}, address
        assert get(client, f"{joined}limit=4")["total"]["relation"] == "gte", address


@pytest.mark.one_neo4j
def test_a_page_says_first_that_it_is_cut_and_how_to_go_on(client: TestClient) -> None:
    shown = client.get("/questions/deadline-lights?as_of=2024-06-30").text
    assert shown.index("这里没有列全") < shown.index("<table")
    assert "看其余的文件</a>" in shown
    one = client.get("/questions/deadline-lights?as_of=2024-06-30&document=青川市-青政发2024-1").text
    assert "这里没有列全" not in one


def test_every_question_names_its_neighbours() -> None:
    for name in questions():
        assert 2 <= len(card_of(name).neighbours) <= 4, name
        assert name not in card_of(name).neighbours


def test_nobody_is_said_with_what_it_means(client: TestClient) -> None:
    body = get(client, "/v1/questions/items-without-lead?document=青川市-青政发2024-1")
    assert [row["item"]["heading"] for row in body["items"]] == ["公开结果", "巡查河道"]
    assert [one["count"] for one in body["beside"]] == [1, 1]
    listed = [[row["item"]["heading"] if "item" in row else row["heading"] for row in get(client, one["url"])["items"]]
              for one in body["beside"]]  # fmt: skip
    assert listed == [["公开结果"], ["日常巡查"]]
    shown = client.get("/questions/items-without-lead?document=青川市-青政发2024-1").text
    assert "/questions/items-without-named-bearer?document=" in shown
    assert "相近的问题" in shown


@pytest.mark.one_neo4j
def test_every_table_with_a_bearer_shows_its_marks(client: TestClient) -> None:
    open_list = '<span class="tag open" title="名单以“等”收尾，名单之外可能还有">名单未尽</span>'
    plan = "青川市-青政发2024-1"
    for address in (f"/documents/{plan}", "/units/市水利局", "/units/市水利局/shared-with/市住建局", f"/items/{plan}:s1-1",
                    f"/questions/unit-duties?unit=市水利局&document={plan}"):  # fmt: skip
        assert open_list in client.get(address).text, address
    leads = get(client, f"/v1/items?document={plan}")["items"][0]["leads"]
    assert [(lead["name"], lead["open_list"], lead["collective"]) for lead in leads] == [
        ("市水利局", True, False),
        ("市住建局", True, False),
    ]
