"""Limits: how often somebody may ask, how slowly a request may come, how many connections there are."""

import http.client
import json
import socket
import time
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from api.app import create_app
from api.http import connections
from api.http.connections import bounded_protocol
from api.security.keys import AccessRole
from api.security.limits import MOST, RateLimits
from api.settings import Settings
from graph.store.contract import Store

FILE_KEY = "the key of the file"


def test_a_bucket_is_emptied_and_fills_again() -> None:
    now = [0.0]
    limits = RateLimits(lambda: now[0])
    assert [limits.wait("a", 10) for _ in range(11)] == [0.0] * 10 + [6.0]
    assert limits.wait("b", 10) == 0.0
    now[0] = 6.0
    assert [limits.wait("a", 10), limits.wait("a", 10)] == [0.0, 6.0]
    now[0] = 1e6
    assert [limits.wait("a", 10) for _ in range(11)] == [0.0] * 10 + [6.0]
    assert [limits.wait("c", 0) for _ in range(99)] == [0.0] * 99


def test_a_flood_of_addresses_costs_no_more_memory() -> None:
    limits = RateLimits(lambda: 0.0)
    for number in range(MOST + 100):
        limits.wait(number, 1)
    assert len(limits._buckets) == MOST


@pytest.fixture
def client(embedded_sample: Store) -> Iterator[TestClient]:
    settings = Settings(
        local_use=True,
        api_key=FILE_KEY,
        wrong_keys_a_minute=3,
        reads_a_minute=4,
        writes_a_minute=2,
        trusted_proxies="::1",
    )
    app = create_app(settings, embedded_sample)
    with TestClient(app, "http://127.0.0.1:8000", client=("127.0.0.1", 5000)) as made:
        yield made


def get(client: TestClient, key: str | None, **headers: str) -> Any:
    return client.get("/v1/units", headers=headers | ({"Authorization": f"Bearer {key}"} if key else {}))


def test_wrong_keys_are_told_to_wait_and_a_right_one_passes(client: TestClient) -> None:
    met = [get(client, f"wrong {number}") for number in range(5)]
    assert [answer.status_code for answer in met] == [401, 401, 401, 429, 429]
    problem = met[-1].json()
    assert problem["type"] == "urn:zeren:problem:too-many-requests"
    assert problem["detail_zh"] == "一分钟内错误密钥超过 3 次，请稍后再试；正确的密钥不受影响。"
    assert 0 < int(met[-1].headers["Retry-After"]) <= 20
    form = client.post("/sign-in", data={"key": "wrong"})
    assert (form.status_code, "错误的密钥太多" in form.text, "Retry-After" in form.headers) == (429, True, True)
    assert get(client, FILE_KEY).status_code == 200
    refused = client.app.state.service.audit.last(4, event="refused")  # type: ignore[attr-defined]
    assert [line["status"] for line in refused] == [429, 401, 401, 401]  # a flood is one line a minute


def test_a_key_reads_and_writes_so_often_and_others_are_not_held_up(client: TestClient) -> None:
    ring = client.app.state.service.keys  # type: ignore[attr-defined]
    one, other = (ring.create(name, AccessRole.EDITOR) for name in ("甲甲", "乙乙"))
    assert [get(client, one).status_code for _ in range(5)] == [200] * 4 + [429]
    assert get(client, other).status_code == 200
    writes = {"Authorization": f"Bearer {one}", "Content-Type": "text/csv"}
    assert [client.post("/v1/documents", content="x", headers=writes).status_code for _ in range(3)] == [415, 415, 429]
    for name in ("甲甲", "乙乙"):
        ring.revoke(name)


def test_who_has_no_key_is_counted_by_address_and_this_machine_is_not(client: TestClient) -> None:
    assert [get(client, None).status_code for _ in range(9)] == [200] * 9
    assert [get(client, None, Via="1.1 x").status_code for _ in range(5)] == [401] * 4 + [429]
    assert [get(client, client.app.state.service.token).status_code for _ in range(9)] == [200] * 9  # type: ignore[attr-defined]


class Running:
    """A service in a thread, with short times."""

    def __init__(self, store: Store, **settings: Any) -> None:
        given = Settings(local_use=True, api_key=FILE_KEY, header_seconds=1, body_pause_seconds=1, **settings)
        app = create_app(given, store)
        config = uvicorn.Config(app, http=bounded_protocol(given), port=0, log_level="error", proxy_headers=False)
        self.server = uvicorn.Server(config)
        self.opened: list[Any] = []
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self.thread = Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def half(self, sent: bytes) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.opened.append(made)
        made.sendall(sent)
        return made

    def kept(self) -> http.client.HTTPConnection:
        made = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.opened.append(made)
        return made

    def status(self, asked: http.client.HTTPConnection | None = None) -> int:
        asked = asked or self.kept()
        asked.request("GET", "/healthz")
        answer = asked.getresponse()
        answer.read()
        return answer.status

    def stop(self) -> None:
        for one in self.opened:
            one.close()
        self.server.should_exit = True
        self.thread.join(60)


@pytest.fixture
def running(embedded_sample: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setattr(connections, "STEP", 0.1)
    made = Running(embedded_sample, max_connections=60)
    yield made
    made.stop()


HEAD = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-a: "
BODY = b"POST /v1/parse HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 9000000\r\n\r\nabc"


@pytest.mark.server
def test_a_request_that_does_not_come_is_ended(running: Running) -> None:
    halves = [running.half(HEAD) for _ in range(20)] + [running.half(BODY) for _ in range(20)] + [running.half(b"")]
    assert running.status() == 200
    for one in halves:
        answer = b""
        while part := one.recv(65536):
            answer += part
        assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
        assert b"urn:zeren:problem:too-slow" in answer


@pytest.mark.server
@pytest.mark.parametrize(
    "sent", [b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"\x16\x03\x01 no HTTP\r\n\r\n"]
)
def test_what_cannot_be_read_is_told(running: Running, sent: bytes) -> None:
    asked, answer = running.half(sent), b""
    while part := asked.recv(65536):
        answer += part
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nContent-Length: ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["type"] == "urn:zeren:problem:unreadable-request"


@pytest.mark.server
def test_a_body_that_trickles_is_ended_and_one_that_comes_is_taken(running: Running) -> None:
    trickle = running.half(BODY)
    try:
        for _ in range(600):
            trickle.sendall(b"x")
            time.sleep(0.05)
        pytest.fail("a byte now and then held the connection")
    except OSError:
        pass
    text = "1.清理文件。\n牵头单位:市司法局。\n".encode() * 40
    head = (
        f"POST /v1/parse HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n"
    )
    steady = running.half(head.encode())
    for place in range(0, len(text), 100):
        steady.sendall(text[place : place + 100])
        time.sleep(0.02)
    assert steady.recv(100).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.server
def test_too_many_connections_are_refused_and_kept_ones_stay(running: Running) -> None:
    kept = running.kept()
    assert running.status(kept) == 200
    halves = [running.half(b"") for _ in range(70)]
    assert running.status(kept) == 200
    answers = [one.recv(100)[:12] for one in halves]
    assert answers.count(b"HTTP/1.1 503") >= 10
    assert set(answers) == {b"HTTP/1.1 503", b"HTTP/1.1 408"}
    assert running.status() == 200
