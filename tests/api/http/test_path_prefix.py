"""The service below a path of its host: what comes in, and every address that goes out."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.http.path_prefix import _KEY
from api.settings import Settings, settings_of
from graph.errors import ZerenError
from graph.store.contract import Store

ITEM = "娄底市-娄发2017-4:20"
PAGES = [
    "/", "/search?q=法制", "/documents/娄底市-娄发2017-4", "/documents/娄底市-娄发2017-4/text", f"/items/{ITEM}",
    "/units/娄底市:市政府法制办", "/regulations/湖南省行政程序规定", "/documents/娄底市-娄发2017-4/findings",
    "/ask?q=市政府法制办牵头哪些事项", "/questions", "/docs", "/neo4j-guide/", "/sign-in", "/basket",
]  # fmt: skip


@pytest.fixture(scope="module")
def client(embedded_sample: Store) -> Iterator[TestClient]:
    app = create_app(Settings(local_use=True, path_prefix="/zeren", api_key="a key"), embedded_sample)
    with TestClient(app, "http://127.0.0.1:8000", client=("127.0.0.1", 5000), follow_redirects=False) as made:
        yield made


@pytest.mark.parametrize("address", PAGES)
def test_every_address_on_a_page_begins_with_the_prefix(client: TestClient, address: str) -> None:
    answer = client.get(f"/zeren{address}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    found = re.findall(r'\s(?:href|src|action|data-address)="(/[^"]*)"', answer.text)
    assert found != [] or address == "/neo4j-guide/"
    assert [one for one in found if not one.startswith("/zeren/")] == []
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_a_path_without_the_prefix_is_served_too(client: TestClient) -> None:
    """A proxy may have taken it off."""
    assert client.get("/units/娄底市:市政府法制办").text == client.get("/zeren/units/娄底市:市政府法制办").text
    assert client.get("/zeren").text == client.get("/zeren/").text
    assert client.get("/zerenx/").status_code == 404


def test_the_addresses_of_an_answer(client: TestClient) -> None:
    answer = client.get("/zeren/v1/units/市政府法制办/duties?limit=2")
    assert answer.json()["next_url"].startswith("/zeren/v1/units/")
    assert answer.headers["Link"].startswith("</zeren/v1/units/")
    assert answer.headers["Content-Location"].startswith("/zeren/v1/units/")
    assert client.get(answer.json()["next_url"]).status_code == 200
    assert client.get("/zeren/openapi.json").json()["servers"] == [{"url": "/zeren"}]


def test_a_cookie_is_sent_below_the_prefix_alone(client: TestClient) -> None:
    answer = client.post("/zeren/sign-in", data={"key": "a key", "next": "/questions"})
    assert answer.headers["Location"] == "/zeren/questions"
    assert "; Path=/zeren;" in answer.headers["Set-Cookie"]
    client.cookies.clear()


def test_head_and_files_are_as_ever(client: TestClient) -> None:
    assert client.head("/zeren/").content == b""
    assert client.get("/zeren/static/zeren.css").content == client.get("/static/zeren.css").content
    table = client.get("/zeren/v1/documents?format=csv")
    assert int(table.headers["Content-Length"]) == len(table.content)
    assert client.post("/zeren/v1/units").headers["Allow"] == "GET, HEAD"


def test_words_of_a_plan_stay_as_they_are(client: TestClient) -> None:
    """What looks like an attribute or a key in a text is text."""
    text = '1.清理 href="/a" "url":"/b"。\n牵头单位:市司法局。\n'
    answer = client.post("/zeren/v1/parse", json={"text": text})
    assert 'href="/a" "url":"/b"' in answer.json()["text"]
    shown = client.get("/zeren/search", params={"q": 'x href="/far'}).text
    assert "/zeren/far" not in shown
    assert "/far" in shown


def test_the_guide_names_its_whole_address(client: TestClient) -> None:
    assert "http://localhost:8000/zeren/neo4j-guide/style.grass" in client.get("/zeren/neo4j-guide/guide.html").text


@pytest.mark.parametrize("prefix", ["zeren", "/zeren/", "/", "/a b", "//a"])
def test_a_prefix_that_is_none_is_refused(prefix: str) -> None:
    with pytest.raises(ZerenError, match="ZEREN_PATH_PREFIX"):
        settings_of(Settings, path_prefix=prefix)


def test_the_url_of_another_meaning_and_of_what_was_left_out() -> None:
    """Every ``url`` of a body is one of ``/v1``; what a body quotes is not."""
    body = rb'{"url":"/v1/ask?q=a","next_url": "/v1/items","text":"\"url\":\"/v1/x\"","url":"https://elsewhere"}'
    made = _KEY.sub(rb"\g<1>/zeren/", body)
    assert made == (
        rb'{"url":"/zeren/v1/ask?q=a","next_url": "/zeren/v1/items","text":"\"url\":\"/v1/x\"","url":"https://elsewhere"}'
    )
