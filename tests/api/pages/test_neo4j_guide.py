"""What is served to Neo4j Browser: to a page of another origin, without a key; and that nothing else is."""

import html
import io
import re
import zipfile
from importlib.resources import files
from typing import Any

import pytest

from api.pages.neo4j_guide import archive, saved_queries
from api.settings import Settings

BROWSER = "http://localhost:7474"
# what Browser's page asks for before it gets a guide
PREFLIGHT = {
    "Origin": BROWSER,
    "Access-Control-Request-Method": "GET",
    "Access-Control-Request-Headers": "cache-control,pragma",
    "Access-Control-Request-Private-Network": "true",
}
SERVED = ["", "guide.html", "style.grass", "queries.zip", "queries/unit-duties.cypher"]
CLOSED = ["/v1/documents", "/v1/parse", "/v1/units", "/", "/healthz", "/openapi.json", "/static/zeren.css"]


@pytest.mark.parametrize("name", SERVED)
def test_the_preflight_of_browser_is_answered(sample: Any, name: str) -> None:
    answer = sample.client.options(f"/neo4j-guide/{name}", headers=PREFLIGHT)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET"
    assert answer.headers["Access-Control-Allow-Headers"] == "cache-control,pragma"
    assert answer.headers["Access-Control-Allow-Private-Network"] == "true"


@pytest.mark.parametrize("name", SERVED)
def test_a_page_of_another_origin_may_read_it_without_a_key(sample: Any, name: str) -> None:
    answer = sample.client.get(f"/neo4j-guide/{name}", headers={"Origin": BROWSER, "X-Forwarded-For": "192.0.2.1"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.content
    head = sample.client.head(f"/neo4j-guide/{name}")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("address", CLOSED)
def test_everything_else_stays_closed_to_other_origins(sample: Any, address: str) -> None:
    preflight = sample.client.options(address, headers=PREFLIGHT)
    assert preflight.status_code == 405
    read = sample.client.get(address, headers={"Origin": BROWSER})
    for answer in (preflight, read):
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
    assert read.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_guide_may_not_be_called_by_another_name(sample: Any) -> None:
    answer = sample.client.get("/neo4j-guide/guide.html", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 421


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1:8000", "http://localhost:8000"),
        ("[::1]:8000", "http://localhost:8000"),
        ("localhost", "http://localhost"),
    ],
)
def test_the_tour_names_the_host_that_browser_allows(sample: Any, host: str, shown: str) -> None:
    text = sample.client.get("/neo4j-guide/guide.html", headers={"Host": host}).text
    assert f'exec-topic="style {shown}/neo4j-guide/style.grass"' in text
    assert "127.0.0.1" not in text
    index = sample.client.get("/neo4j-guide/", headers={"Host": host}).text
    assert f":play {shown}/neo4j-guide/guide.html" in index
    port = "%3A8000" if ":8000" in host else ""
    link = f"http://localhost:7474/browser/?cmd=play&arg=http%3A%2F%2Flocalhost{port}%2Fneo4j-guide%2Fguide.html"
    assert f'href="{html.escape(link)}"' in index


def test_the_tour_is_whole_slides_of_saved_queries(sample: Any) -> None:
    text = sample.client.get("/neo4j-guide/guide.html").text
    assert "{{" not in text
    assert "<script" not in text
    assert text.count("<slide ") == text.count("</slide>") == 8
    blocks = [html.unescape(block) for block in re.findall(r'runnable">(.*?)</pre>', text, re.DOTALL)]
    saved = saved_queries()
    assert set(blocks) == {query.text.strip() for query in saved.values()}
    assert len(blocks) == len(saved)


def test_the_archive_holds_every_query_under_its_chinese_folder(sample: Any) -> None:
    answer = sample.client.get("/neo4j-guide/queries.zip")
    assert answer.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        found = {name: packed.read(name).decode("utf-8") for name in packed.namelist()}
    assert found == {f"责任图谱/{query.name}.cypher": query.text for query in saved_queries().values()}
    assert archive() == answer.content


def test_what_is_not_there_and_what_may_not_be_done_are_problems(sample: Any) -> None:
    for name in ("queries/nothing.cypher", "queries/..%2Fstyle.cypher", "nothing"):
        answer = sample.client.get(f"/neo4j-guide/{name}")
        assert (answer.status_code, answer.json()["title"]) == (404, "没有这个地址")
    for address in ("/neo4j-guide/guide.html", "/static/zeren.css"):
        answer = sample.client.post(address)
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_it_needs_no_key_where_the_service_listens_to_others() -> None:
    from starlette.testclient import TestClient

    from api.app import create_app

    app = create_app(Settings(host="0.0.0.0", api_key="a key", allowed_hosts=("office.example",)))
    client = TestClient(app, "http://office.example:8000")  # not entered: no store is opened
    assert "http://office.example:8000/neo4j-guide/style.grass" in client.get("/neo4j-guide/guide.html").text


def test_the_files_are_in_the_package() -> None:
    folder = files("cypher").joinpath("browser")
    assert {entry.name for entry in folder.iterdir()} == {"guide.html", "queries", "style.grass"}
    assert all(entry.name.endswith(".cypher") for entry in folder.joinpath("queries").iterdir())
