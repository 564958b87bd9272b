"""Signing in with a key in a form: the cookie, the way back, signing out."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.http.access import COOKIE
from api.security.keys import AccessRole
from api.settings import Settings
from graph.store.contract import Store

FILE_KEY = "the key of the file"


@pytest.fixture(scope="module")
def service(embedded_sample: Store) -> Iterator[TestClient]:
    app = create_app(Settings(local_use=False, api_key=FILE_KEY, trusted_proxies="10.0.0.1"), embedded_sample)
    with TestClient(app, "http://127.0.0.1:8000", client=("10.0.0.1", 5000), follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(service: TestClient) -> Iterator[TestClient]:
    service.cookies.clear()
    yield service
    service.cookies.clear()


def sign_in(client: TestClient, key: str, after: str = "/", **headers: str) -> tuple[int, str, str]:
    answer = client.post("/sign-in", data={"key": key, "next": after}, headers=headers)
    return answer.status_code, answer.headers.get("Location", ""), answer.headers.get("Set-Cookie", "")


def csrf_of(client: TestClient) -> str:
    met = re.search(r'name="csrf" value="([^"]+)"', client.get("/sign-in").text)
    assert met is not None
    return met[1]


def test_a_key_given_once_opens_the_pages(client: TestClient) -> None:
    key = client.app.state.service.keys.create("登录者", AccessRole.READER)  # type: ignore[attr-defined]
    page = {"Accept": "text/html"}
    assert client.get("/", headers=page).headers["Location"] == "/sign-in?next=%2F"
    status, location, cookie = sign_in(client, f" {key}\n", "/questions")
    assert (status, location) == (303, "/questions")
    assert {"HttpOnly", "Path=/", "SameSite=strict", "Max-Age=43200"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert client.get("/", headers=page).status_code == 200
    assert client.get("/v1/documents").status_code == 200
    assert "“登录者”" in client.get("/sign-in").text
    assert key not in client.get("/sign-in").text
    assert client.post("/sign-out").status_code == 403  # without the token of the session
    token = client.cookies[COOKIE]
    assert client.post("/sign-out", data={"csrf": csrf_of(client)}).headers["Location"] == "/sign-in"
    assert client.get("/v1/documents", headers={"Cookie": f"{COOKIE}={token}"}).status_code == 401


def test_who_is_revoked_is_signed_out(client: TestClient) -> None:
    ring = client.app.state.service.keys  # type: ignore[attr-defined]
    assert sign_in(client, ring.create("离任者", AccessRole.READER))[0] == 303
    assert client.get("/v1/documents").status_code == 200
    ring.revoke("离任者")
    assert client.get("/v1/documents").status_code == 401


def test_the_key_of_the_file_signs_in_and_the_local_token_does_not(client: TestClient) -> None:
    assert sign_in(client, FILE_KEY)[0] == 303
    assert client.delete("/v1/documents/x", headers={"X-CSRF-Token": csrf_of(client)}).status_code == 404
    client.cookies.clear()
    assert sign_in(client, client.app.state.service.token)[0] == 401  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["", "wrong", "密钥"])
def test_a_wrong_key_is_told(client: TestClient, key: str) -> None:
    answer = client.post("/sign-in", data={"key": key})
    assert (answer.status_code, "没有这把密钥" in answer.text) == (401, True)
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("after", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "x", ""])
def test_the_way_back_leads_nowhere_else(client: TestClient, after: str) -> None:
    assert sign_in(client, FILE_KEY, after)[1] == "/"


def test_the_cookie_is_secure_where_the_proxy_speaks_tls(client: TestClient) -> None:
    assert "Secure" in sign_in(client, FILE_KEY, **{"X-Forwarded-Proto": "https"})[2]


def test_a_form_of_another_site_signs_nobody_in(client: TestClient) -> None:
    assert sign_in(client, FILE_KEY, Origin="https://elsewhere.example")[0] == 403
