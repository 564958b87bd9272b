"""What only a real server shows: bytes on a connection that is kept, bodies that are too long, answers without a body;
and a run of schemathesis, which makes up requests from the service's own description."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings

from api.app import create_app
from api.settings import Settings
from graph.store.opening import open_store
from loaders.files.read import read_path
from loaders.plan import parse_plan
from loaders.storing.load import load_plan

pytestmark = pytest.mark.server

KEY = "a key of the tests"
SAMPLE = Path(__file__).parents[3] / "examples" / "loudi-2017.txt"
LIMIT = 200_000


def _serve(folder: Path) -> Iterator[int]:
    """A real server over a store of its own with the sample in it, in a thread of this process."""
    store = open_store(f"embedded:{folder / 'store'}")
    load_plan(parse_plan(read_path(str(SAMPLE))), store, now="2026-01-01T00:00:00+00:00")
    listening = socket.create_server(("127.0.0.1", 0))
    found: int = listening.getsockname()[1]
    app = create_app(Settings(api_key=KEY, port=found, max_body_bytes=LIMIT), store)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield found
    server.should_exit = True
    thread.join(120)
    assert not thread.is_alive()
    store.close()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The server that tests only read."""
    yield from _serve(tmp_path_factory.mktemp("http"))


@pytest.fixture
def port_of_its_own(tmp_path: Path) -> Iterator[int]:
    """A server whose store may be written: made-up requests load and take away documents."""
    yield from _serve(tmp_path)


class Connection:
    """One connection on which answers are read as bytes."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 20)
        self.stream = self.socket.makefile("rb")

    def ask(self, request: str, body: bytes = b"", *, head: bool = False) -> tuple[int, dict[str, str], bytes]:
        """Send a request, read one answer: status, headers, body."""
        self.socket.sendall(request.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        status = int(self.stream.readline().split()[1])
        headers = {}
        while line := self.stream.readline().strip():
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        length = 0 if head or status == 304 else int(headers["content-length"])
        return status, headers, self.stream.read(length)

    def close(self) -> None:
        self.stream.close()
        self.socket.close()


@pytest.fixture
def connection(port: int) -> Iterator[Connection]:
    made = Connection(port)
    yield made
    made.close()


def test_one_connection_carries_answer_after_answer(connection: Connection) -> None:
    host = "Host: 127.0.0.1"
    status, headers, body = connection.ask(f"GET /v1/documents HTTP/1.1\n{host}")
    assert (status, json.loads(body)["total"]["value"]) == (200, 1)
    found = connection.ask(f"HEAD /v1/documents HTTP/1.1\n{host}", head=True)
    assert (found[0], found[1]["content-length"], found[1]["etag"]) == (200, headers["content-length"], headers["etag"])
    assert connection.ask(f"GET /v1/documents HTTP/1.1\n{host}\nIf-None-Match: {headers['etag']}")[::2] == (304, b"")
    assert connection.ask(f"GET /nothing HTTP/1.1\n{host}")[0] == 404
    assert connection.ask(f"HEAD /nothing HTTP/1.1\n{host}", head=True)[0] == 404
    assert connection.ask("GET /v1/documents HTTP/1.1\nHost: elsewhere.example")[0] == 421
    status, headers, _ = connection.ask(f"TRACE /v1/documents HTTP/1.1\n{host}")
    assert (status, headers["allow"]) == (405, "GET, HEAD, POST")
    assert connection.ask(f"GET /healthz HTTP/1.1\n{host}")[2] == b'{"status":"ok"}'


def test_a_slash_in_a_name_is_part_of_the_name(connection: Connection) -> None:
    status, _, body = connection.ask("GET /v1/units/%E5%B8%82%E5%A7%94%2Fx/duties HTTP/1.1\nHost: localhost")
    assert (status, json.loads(body)["type"]) == (404, "urn:zeren:problem:not-found")
    assert '"市委／x"' in json.loads(body)["detail"]


def test_a_body_is_taken_up_to_the_limit(connection: Connection) -> None:
    body = b"1" * LIMIT
    head = "POST /v1/parse HTTP/1.1\nHost: localhost\nContent-Type: text/plain"
    status, _, answer = connection.ask(f"{head}\nContent-Length: {LIMIT}", body)
    assert (status, json.loads(answer)["items"]) == (200, [])


def test_a_longer_body_is_refused_before_it_is_read(connection: Connection) -> None:
    head = "POST /v1/parse HTTP/1.1\nHost: localhost\nContent-Type: text/plain"
    status, headers, answer = connection.ask(f"{head}\nContent-Length: {LIMIT + 1}")
    assert (status, headers["content-type"]) == (413, "application/problem+json")
    assert str(LIMIT) in json.loads(answer)["detail"]


def test_a_body_of_unknown_length_is_refused_where_it_gets_too_long(connection: Connection) -> None:
    head = "POST /v1/parse HTTP/1.1\nHost: localhost\nContent-Type: text/plain\nTransfer-Encoding: chunked"
    chunk = b"%x\r\n" % 50_000 + b"1" * 50_000 + b"\r\n"
    status, headers, _ = connection.ask(head, chunk * 5 + b"0\r\n\r\n")
    assert (status, headers["content-type"]) == (413, "application/problem+json")


@pytest.mark.slow
def test_made_up_requests_meet_what_the_description_says(port_of_its_own: int) -> None:
    import schemathesis  # here, because it takes seconds to import and no other test needs it
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

    @schemathesis.serializer("application/zip")
    def as_it_is(_: Any, value: Any) -> bytes:
        """A made-up archive is any bytes: it is to be refused."""
        return value if isinstance(value, bytes) else str(value).encode()

    meets = [
        not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
        checks.unsupported_method,
    ]
    made = create_app(Settings(port=port_of_its_own)).openapi()
    schema = schemathesis.openapi.from_dict(made)
    schema.config.update(base_url=f"http://127.0.0.1:{port_of_its_own}")
    tried = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=12,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def run(case: Any) -> None:
            nonlocal tried
            tried += 1
            # the first file waits for a process that reads it
            case.call_and_validate(checks=meets, headers={"Authorization": f"Bearer {KEY}"}, timeout=60)

        run()
    assert tried > 100
