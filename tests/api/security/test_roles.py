"""Every route with every role: what is let through, what is refused, and that no route is forgotten."""

from collections.abc import Iterator

import pytest
from fastapi import Depends, FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.http.access import COOKIE, routes_by_role
from api.http.dependencies import read_access
from api.security.keys import AccessRole
from api.settings import Settings
from graph.store.contract import Store

ROUTES = [pair for pair in routes_by_role(create_app(Settings())) if pair[0] != "*"]
# what each kind of asker may at most
ASKERS = {
    "nobody": AccessRole.OPEN,
    "local": AccessRole.READER,
    "reader": AccessRole.READER,
    "editor": AccessRole.EDITOR,
    "admin": AccessRole.ADMIN,
    "session": AccessRole.EDITOR,
}


class Asked:
    """A service that reads without a key on this machine, and the headers of each asker."""

    def __init__(self, client: TestClient, app: FastAPI) -> None:
        self.client, self.app = client, app
        ring = app.state.service.keys
        self._keys = {role.word: ring.create(f"种-{role.word}", role) for role in list(AccessRole)[1:]}

    def headers(self, asker: str) -> dict[str, str]:
        if asker == "session":  # one of its own each time: signing out is a route, too
            service = self.app.state.service
            session = service.sessions.begin(service.keys.digest(self._keys["editor"]))
            return {"Cookie": f"{COOKIE}={session.token}", "X-CSRF-Token": session.csrf}
        if asker in self._keys:
            return {"Authorization": f"Bearer {self._keys[asker]}"}
        return {"Via": "1.1 proxy"} if asker == "nobody" else {}


@pytest.fixture(scope="module")
def asked(embedded_sample: Store) -> Iterator[Asked]:
    app = create_app(Settings(local_use=True), embedded_sample)
    with TestClient(
        app, "http://127.0.0.1:8000", raise_server_exceptions=False, client=("127.0.0.1", 5000), follow_redirects=False
    ) as client:
        yield Asked(client, app)


def test_every_route_declares_a_role() -> None:
    assert [pair for pair, role in routes_by_role(create_app(Settings())).items() if role is None] == []


def test_a_route_that_declares_none_is_closed_to_all(asked: Asked) -> None:
    app = create_app(Settings())
    app.state.service = asked.app.state.service

    @app.get("/forgotten")
    def forgotten() -> dict[str, str]:
        return {"a": "secret"}

    assert routes_by_role(app)["GET", "/forgotten"] is None
    client = TestClient(app, "http://127.0.0.1:8000")
    answer = client.get("/forgotten", headers=asked.headers("admin"))
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:zeren:problem:role-too-low")


def test_the_highest_role_that_a_route_or_its_router_declares_counts() -> None:
    found = routes_by_role(create_app(Settings()))
    assert found["GET", "/v1/documents"] == AccessRole.READER
    assert found["POST", "/v1/documents"] == AccessRole.EDITOR
    assert found["DELETE", "/v1/documents/{ref}"] == AccessRole.ADMIN
    assert found["GET", "/healthz"] == AccessRole.OPEN
    assert Depends(read_access).dependency.role == AccessRole.READER  # type: ignore[union-attr]


@pytest.mark.parametrize("asker", ASKERS)
def test_a_role_opens_what_it_may_and_nothing_else(asked: Asked, asker: str) -> None:
    needed, headers = routes_by_role(asked.app), asked.headers(asker)
    wrong = []
    for method, path in sorted(ROUTES, key=lambda pair: pair[1] == "/sign-out"):
        address = path.replace("{ref}", "没有").replace("{other}", "没有").replace("{name}", "没有")
        answer = asked.client.request(method, address, headers=headers)
        role = needed[method, path]
        assert role is not None
        allowed = ASKERS[asker] >= role
        # what is let through is answered by the route itself: there is nothing called so, or a parameter is missing
        met = answer.status_code not in (401, 403) if role is not AccessRole.OPEN else answer.status_code != 403
        if met != allowed or (not allowed and answer.status_code != (401 if asker in ("nobody", "local") else 403)):
            wrong.append((method, path, answer.status_code))
    assert wrong == []


def test_a_browser_without_a_key_is_led_to_the_form(asked: Asked) -> None:
    headers = asked.headers("nobody") | {"Accept": "text/html"}
    answer = asked.client.get("/units/甲?role=lead", headers=headers)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=%2Funits%2F%E7%94%B2%3Frole%3Dlead"


def test_a_write_in_a_session_repeats_its_token(asked: Asked) -> None:
    headers = asked.headers("session")
    cookie = {"Cookie": headers["Cookie"], "Content-Type": "text/plain"}
    for more in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": "wrong"}):
        answer = asked.client.post("/v1/documents", content="x", headers=cookie | more)
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:zeren:problem:csrf-required")
    foreign = headers | {"Origin": "http://elsewhere.example"}
    assert asked.client.post("/v1/documents", content="x", headers=foreign).status_code == 403


def test_a_wrong_key_is_refused_also_where_none_is_needed(asked: Asked) -> None:
    assert asked.client.get("/v1/documents", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert asked.client.get("/v1/documents", headers={"Authorization": "Basic eDp5"}).status_code == 200
