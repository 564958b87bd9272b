"""The REST contract over the real sample in a real store: answers, evidence, errors, who may."""

import csv
import io
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.embedded import EmbeddedStore
from loaders.load import load_plan
from loaders.plan import parse_plan

SAMPLE = (Path(__file__).parents[2] / "examples" / "loudi-2017.txt").read_text("utf-8")
PLAN = "娄底市-娄发2017-4"
KEY = "a key of the tests"
OTHER = """张掖市人民政府
关于印发《张掖市依法行政工作要点》的通知
张政发〔2017〕4号
2017年3月16日

一、任务
1.清理文件。依据《湖南省行政程序规定》办理。
牵头单位:市政府法制办。
完成时限:2017年年底前完成。
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = EmbeddedStore(tmp_path_factory.mktemp("contract") / "store")
    load_plan(parse_plan(SAMPLE), store, now="2026-01-01T00:00:00+00:00")
    app = create_app(Settings(store=store.url, api_key=KEY), store)
    with TestClient(app, base_url="http://127.0.0.1") as made:
        yield made
    store.close()


@pytest.fixture
def with_other(client: TestClient) -> Iterator[TestClient]:
    """The store with a second plan of the same number from another city, gone afterwards."""
    answer = client.post("/v1/documents", content=OTHER.encode(), headers=key() | {"Content-Type": "text/plain"})
    assert answer.status_code in (200, 201), answer.text
    yield client
    client.delete("/v1/documents/" + quote("张掖市-张政发2017-4"), headers=key())


def key() -> dict[str, str]:
    return {"Authorization": f"Bearer {KEY}"}


def get(client: TestClient, path: str, **parameters: Any) -> Any:
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200, (path, answer.text)
    return answer.json()


def numbers(rows: list[dict[str, Any]], role: str) -> list[int]:
    return [row["item"]["number"] for row in rows if row["role"] == role and row["item"]]


def test_all_duties_of_a_unit(client: TestClient) -> None:
    for reference in ("娄底市:市政府法制办", "市政府法制办"):
        answer = get(client, f"/v1/units/{reference}/duties", limit=100, evidence="full")
        assert answer["total"] == {"value": 29, "relation": "eq"}
        rows = answer["items"]
        assert numbers(rows, "lead") == [*range(9, 15), 17, *range(20, 25), 33, 34, 39, 40, 41]
        assert numbers(rows, "responsible") == [1, 2, 3, 5, 8, 26, 27, 28, 43, 44, 45]
        (own,) = [row for row in rows if row["item"] is None]
        assert own["document"]["id"] == PLAN
    twenty = next(row for row in rows if row["item"] and row["item"]["number"] == 20)
    assert twenty["position"] == 2
    assert twenty["due"] == {"date": "2018-12-31", "precision": "year", "basis": "item"}
    assert twenty["item"]["section"]["label"] == "(四)"
    assert twenty["evidence"]["clause_quote"] == "牵头单位:市编办、市政府法制办。"


def test_items_that_cite_a_regulation(client: TestClient) -> None:
    answer = get(client, "/v1/regulations/湖南省行政程序规定/citing-items", evidence="full")
    assert [(row["item"]["number"], row["relation"]) for row in answer["items"]] == [
        (3, "implements"),
        (21, "implements"),
        (34, "implements"),
    ]
    for row in answer["items"]:
        start, end = row["evidence"]["span"]
        assert SAMPLE[start:end] == row["evidence"]["quote"] == row["as_written"] == "《湖南省行政程序规定》"


def test_every_stored_edge_read_back_stands_where_it_says(client: TestClient) -> None:
    seen = 0
    for item in pages(client, f"/v1/documents/{quote(PLAN)}/items"):
        card = get(client, "/v1/items/" + quote(item["id"], safe=""), evidence="full")
        for facts in ("leads", "responsible", "cooperating", "citations", "mentions", "tasks", "deadlines"):
            for fact in card[facts]:
                evidence = fact.get("evidence") or fact
                if evidence.get("span"):
                    start, end = evidence["span"]
                    assert SAMPLE[start:end] == evidence["quote"], fact
                    seen += 1
                else:
                    assert fact["inferred"], fact
                    assert fact["because"], fact
    assert seen >= 54 + 196 + 40 + 103


def pages(client: TestClient, path: str, **parameters: Any) -> Iterator[dict[str, Any]]:
    after: str | None = None
    while True:
        answer = get(client, path, limit=7, **parameters, **({"after": after} if after else {}))
        yield from answer["items"]
        after = answer["next"]
        if after is None:
            return


def test_pages_of_seven_are_the_whole_list_in_document_order(client: TestClient) -> None:
    whole = get(client, f"/v1/documents/{quote(PLAN)}/items", limit=500)["items"]
    assert [row["number"] for row in whole] == list(range(1, 46))
    assert list(pages(client, f"/v1/documents/{quote(PLAN)}/items")) == whole


def test_a_name_of_two_cities_is_refused_with_both(with_other: TestClient) -> None:
    answer = with_other.get("/v1/units/市政府法制办/duties")
    assert answer.status_code == 409
    assert {c["id"] for c in answer.json()["candidates"]} == {"娄底市:市政府法制办", "张掖市:市政府法制办"}
    narrowed = get(with_other, "/v1/units/市政府法制办/duties", region="张掖市")
    assert narrowed["total"]["value"] == 1
    assert len(get(with_other, "/v1/documents")["items"]) == 2


def test_the_same_text_again_changes_nothing(client: TestClient) -> None:
    headers = key() | {"Content-Type": "text/plain"}
    assert client.post("/v1/documents", content=SAMPLE.encode(), headers=headers).status_code == 200
    before = get(client, "/v1/catalog")["data_version"]
    report = client.post("/v1/documents", content=SAMPLE.encode(), headers=headers).json()
    assert (report["unchanged"], report["created"], report["changed"], report["removed"]) == (True, {}, {}, {})
    assert get(client, "/v1/catalog")["data_version"] == before


PROBLEMS = [
    ("GET", "/v1/nothing", {}, 404),
    ("GET", "/v1/units/市政府法制半/duties", {}, 404),
    ("GET", "/v1/units?limt=3", {}, 422),
    ("GET", "/v1/units?limit=0", {}, 422),
    ("PUT", "/v1/documents", {}, 405),
    ("POST", "/v1/documents", {}, 401),
    ("GET", "/v1/documents", {"Host": "evil.example"}, 421),
    ("GET", "/v1/documents", {"X-Forwarded-For": "10.0.0.1"}, 401),
    ("DELETE", "/v1/documents/nichts", {"Authorization": f"Bearer {KEY}"}, 404),
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), PROBLEMS)
def test_each_refusal_is_a_problem(
    client: TestClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = client.request(method, path, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert {"type", "title", "status", "detail", "instance", "request_id"} <= problem.keys()
    assert problem["status"] == status
    if status == 405:
        assert {"GET", "HEAD", "POST"} <= set(answer.headers["allow"].replace(" ", "").split(","))


def test_the_nearest_names_are_offered(client: TestClient) -> None:
    assert "市政府法制办" in client.get("/v1/units/市政府法制半").text


def test_a_picture_is_refused_and_the_store_untouched(client: TestClient) -> None:
    before = get(client, "/v1/catalog")["data_version"]
    answer = client.post("/v1/documents", content=b"\x89PNG\r\n\x1a\n\x00\x00", headers=key())
    assert 400 <= answer.status_code < 500
    assert get(client, "/v1/catalog")["data_version"] == before


def test_head_and_conditional_get(client: TestClient) -> None:
    path = "/v1/units/娄底市:市政府法制办/duties"
    first = client.get(path)
    assert client.head(path).headers["etag"] == first.headers["etag"]
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_csv_opens_in_a_spreadsheet(client: TestClient) -> None:
    answer = client.get("/v1/units/娄底市:市政府法制办/duties", params={"format": "csv", "limit": 100})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 30


def test_parse_check_and_questions(client: TestClient) -> None:
    parsed = client.post("/v1/parse", content=OTHER.encode(), headers=key() | {"Content-Type": "text/plain"}).json()
    assert [d["as_written"] for d in parsed["items"][0]["duties"]] == ["市政府法制办"]
    assert client.post("/v1/check", headers=key()).json()["differences"] == []
    names = {row["id"] for row in get(client, "/v1/questions")["items"]}
    assert {"unit-duties", "regulation-citing-items"} <= names
    answer = get(client, "/v1/questions/unit-duties", unit="市政府法制办", limit=100)
    assert answer["total"]["value"] == 29


def test_documentation_needs_no_network(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "https://" not in page.replace("https://spdx.org", "")
    assert client.get("/openapi.json").json()["info"]["title"].startswith("Zeren")
    static = files("api").joinpath("web/static")
    assert any("swagger-ui" in path.name for path in static.joinpath("swagger").iterdir())


def test_pages_show_facts_with_their_words(client: TestClient) -> None:
    assert "娄底市法治政府建设" in client.get("/", headers={"Accept": "text/html"}).text
    unit = client.get("/units/娄底市:市政府法制办", headers={"Accept": "text/html"})
    assert unit.status_code == 200
    assert "牵头单位:市编办、市政府法制办。" in re.sub(r"<[^>]+>", "", unit.text)
    assert "default-src" in unit.headers["content-security-policy"]


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200
