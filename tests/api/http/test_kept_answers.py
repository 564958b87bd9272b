"""Answers that are kept and 304, which no route makes: the same as the first, and as guarded."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings

KEY = {"Authorization": "Bearer a key of the tests"}
LIST = "/v1/units/市政府法制办/duties?limit=2"
PASSING = {"at", "n", "prev", "hash", "request"}  # of a line of the audit log


@pytest.fixture
def app(embedded_sample: Any) -> FastAPI:
    """An application of the test's own over the sample, which nobody reads without a key."""
    return create_app(Settings(api_key="a key of the tests", local_use=False), embedded_sample)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as made:
        yield made


@pytest.fixture
def unrouted(app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever asks a route from now on fails."""

    async def router(*_: Any) -> None:
        raise AssertionError("this request was routed")

    def close() -> None:
        monkeypatch.setattr(app.router, "middleware_stack", router)

    monkeypatch.setattr(app.state, "close_routes", close, raising=False)


def headers_of(answer: Any) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "x-request-id"}


@pytest.mark.usefixtures("unrouted")
def test_the_second_answer_is_the_first_and_no_route_makes_it(app: FastAPI, client: TestClient) -> None:
    first = client.get(LIST, headers=KEY)
    app.state.close_routes()
    second = client.get(LIST, headers=KEY)
    assert (second.status_code, second.content, headers_of(second)) == (200, first.content, headers_of(first))
    assert second.headers["X-Request-ID"] != first.headers["X-Request-ID"]
    known = client.get(LIST, headers=KEY | {"If-None-Match": first.headers["ETag"]})
    assert (known.status_code, known.content, known.headers["ETag"]) == (304, b"", first.headers["ETag"])
    head = client.head(LIST, headers=KEY)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    with pytest.raises(AssertionError, match="was routed"):
        client.get(LIST + "&evidence=none", headers=KEY)
    with pytest.raises(AssertionError, match="was routed"):
        client.get(LIST, headers=KEY | {"Accept": "text/csv"})


@pytest.mark.usefixtures("unrouted")
def test_a_kept_answer_is_guarded_as_any_other(app: FastAPI, client: TestClient) -> None:
    tag = client.get(LIST, headers=KEY).headers["ETag"]
    app.state.close_routes()
    for given in ({}, {"If-None-Match": tag}, {"If-None-Match": tag, "Authorization": "Bearer another key"}):
        refused = client.get(LIST, headers=given)
        assert (refused.status_code, refused.json()["type"]) == (401, "urn:zeren:problem:key-required")
    assert client.get(LIST, headers=KEY | {"Host": "elsewhere.example"}).status_code == 421


@pytest.mark.usefixtures("unrouted")
def test_kept_answers_count_for_the_limit_of_reads(app: FastAPI, client: TestClient) -> None:
    client.get(LIST, headers=KEY)
    app.state.close_routes()
    app.state.service.settings = Settings(reads_a_minute=2, local_use=False, api_key="a key of the tests")
    statuses = [client.get(LIST, headers=KEY).status_code for _ in range(4)]
    assert 429 in statuses


@pytest.mark.usefixtures("unrouted")
def test_the_audit_log_has_the_same_line_for_it(app: FastAPI, client: TestClient) -> None:
    client.get(LIST, headers=KEY)
    app.state.close_routes()
    client.get(LIST, headers=KEY)
    client.get(LIST, headers={})
    lines = [
        {name: value for name, value in line.items() if name not in PASSING} for line in app.state.service.audit.last(3)
    ]
    refused, second, first = sorted(lines, key=lambda line: line["event"] != "refused")
    assert second == first
    assert first["route"] == "/v1/units/{ref}/duties"
    assert (refused["event"], refused["route"], refused["status"]) == ("refused", "/v1/units/{ref}/duties", 401)


def test_a_load_ends_what_is_remembered(two_cities: Any, other_city: str) -> None:
    address = "/v1/documents?limit=5"
    before = two_cities.client.get(address)
    assert two_cities.client.get(address).content == before.content
    removed = two_cities.client.delete("/v1/documents/临江市-临发2017-4", headers=two_cities.key)
    assert removed.status_code == 200
    after = two_cities.client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.json()["total"]["value"]) == (200, before.json()["total"]["value"] - 1)
    headers = two_cities.key | {"Content-Type": "text/plain; charset=utf-8"}
    assert two_cities.client.post("/v1/documents", content=other_city.encode(), headers=headers).status_code < 300
