"""The log of the service: JSON or text, with the request it belongs to, without words and keys."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.http.request_log import set_up_log
from api.settings import Settings
from graph.store.contract import Store


@pytest.fixture
def kept() -> Iterator[None]:
    """Leaves the loggers as they were."""
    loggers = [logging.getLogger(name) for name in ("zeren", "uvicorn.error")]
    before = [(one.handlers, one.propagate, one.level) for one in loggers]
    yield
    for one, (handlers, propagate, level) in zip(loggers, before, strict=True):
        one.handlers, one.propagate = handlers, propagate
        one.setLevel(level)


@pytest.mark.parametrize("form", ["json", "text"])
def test_an_answer_is_a_line_with_its_request_and_person(
    embedded_sample: Store, monkeypatch: pytest.MonkeyPatch, kept: None, form: str
) -> None:
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    settings = Settings(api_key="a secret key", log_format=form, log_requests=True)
    set_up_log(settings)
    with TestClient(create_app(settings, embedded_sample), "http://127.0.0.1:8000") as client:
        headers = {"Authorization": "Bearer a secret key", "X-Request-ID": "of-mine.1"}
        assert client.get("/v1/search", params={"q": "行政程序"}, headers=headers).status_code == 200
    (line,) = [line for line in written.getvalue().splitlines() if "/v1/search" in line]
    assert "行政程序" not in line
    assert "a secret key" not in line
    if form == "json":
        said = json.loads(line)
        assert (said["request"], said["who"], said["logger"]) == ("of-mine.1", "密钥文件", "zeren.requests")
        assert said["message"].startswith("GET /v1/search 200 ")
    else:
        assert line.endswith("[of-mine.1]")


def test_a_fault_has_its_trace_in_the_log_alone(kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    set_up_log(Settings(log_format="json"))
    try:
        raise KeyError("a")
    except KeyError:
        logging.getLogger("zeren.api").exception("it failed")
    said = json.loads(written.getvalue())
    assert (said["level"], said["message"], "KeyError" in said["error"]) == ("ERROR", "it failed", True)
