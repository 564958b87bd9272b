"""``POST /v1/parse`` takes files of every format, whichever way they are sent."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.http.uploads import FILE_KINDS
from loaders.children import pool
from loaders.children.limits import ReadLimits
from loaders.children.pool import Readers

LINES = ("临江市工作方案", "一、任务", "1.清理文件。", "牵头单位：市司法局。")
ROWS = (("序号", "任务", "牵头单位"), (1, "清理文件", "市司法局"))
PAGE = "<html><meta charset=gb2312><body>临江市工作方案<p>一、任务<p>1.清理文件。<p>牵头单位：市司法局。</body></html>".encode(
    "gb18030"
)
NAMES = ("方案.docx", "清单.xlsx", "页面.html")
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def files(word: Callable[[Any], bytes], sheet: Callable[[Any], bytes]) -> Files:
    return dict(zip(NAMES, (word(LINES), sheet(ROWS), PAGE), strict=True))


def leads(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [d["as_written"] for i in answer.json()["items"] for d in i["duties"] if d["role"] == "lead"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["application/octet-stream", *FILE_KINDS])
def test_a_file_is_known_by_its_bytes_whatever_it_is_called(sample: Any, files: Files, name: str, kind: str) -> None:
    answer = sample.client.post("/v1/parse", content=files[name], headers={"Content-Type": kind} | sample.key)
    assert leads(answer) == ["市司法局"]


def test_a_file_in_a_form(sample: Any, files: Files) -> None:
    answer = sample.client.post("/v1/parse", files={"file": ("清单.xlsx", files["清单.xlsx"])}, headers=sample.key)
    assert leads(answer) == ["市司法局"]
    plan = answer.json()
    assert plan["document"]["source"] == "清单.xlsx"
    (table,) = plan["tables"]
    assert (table["name"], table["numbers"]) == ("工作表「任务」", [1, 2])
    start, end = table["rows"][1][2]
    assert plan["text"][start:end] == "市司法局"


def test_a_damaged_file_is_a_problem_with_a_sentence(sample: Any, files: Files) -> None:
    answer = sample.client.post(
        "/v1/parse", content=files["方案.docx"][:500], headers={"Content-Type": "application/octet-stream"} | sample.key
    )
    assert answer.status_code == 422
    assert "damaged zip archive or Office file" in json.loads(answer.text)["detail"]


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("form-data; name=\"file\"; filename*=UTF-8''%E6%96%B9%E6%A1%88.html", "方案.html"),
        ("form-data; filename*=gb2312'zh-CN'%B7%BD%B0%B8.html; name=\"file\"", "方案.html"),
        ('form-data; name="file"; filename="a.html"; filename*=UTF-8\'\'%E6%96%B9.html', "方.html"),
        ('form-data; name="file"; filename*=UTF-8\'\'%E6%96%B9.html; filename="a;b.html"', "方.html"),
        ("form-data; name=file; filename=方案.html", "方案.html"),
        ('form-data; name="file"; filename="甲\\"乙.html"', '甲"乙.html'),
        ('form-data; name="file"; filename="方案.html"'.encode("gb18030"), "方案.html"),
        ("form-data; name=\"file\"; filename*=UTF-8''a%22b%5C.html", "a_b_.html"),
    ],
)
def test_a_file_in_a_form_is_named_in_any_form(sample: Any, disposition: str | bytes, name: str) -> None:
    said = disposition if isinstance(disposition, bytes) else disposition.encode()
    body = b"--edge\r\nContent-Disposition: " + said + b"\r\n\r\n" + PAGE + b"\r\n--edge--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=edge"} | sample.key
    answer = sample.client.post("/v1/parse", content=body, headers=headers)
    assert leads(answer) == ["市司法局"]
    assert answer.json()["document"]["source"] == name


def test_a_field_is_no_file(sample: Any) -> None:
    body = b'--edge\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--edge--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=edge"} | sample.key
    answer = sample.client.post("/v1/parse", content=body, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/body/file")


LONG = "临江市工作方案\n一、任务\n1.清理文件。\n牵头单位：市司法局。\n" + "各科室要加强学习。\n" * 4000
ENDLESS = "序号工作任务责任单位完成时限" + "1清理市财政局（牵头）" * 60_000
OCTETS = {"Content-Type": "application/octet-stream"}


@pytest.fixture
def bounded(sample: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Readers]]:
    """Gives the service reading children with other limits."""
    made: list[Readers] = []

    def limited(**limits: Any) -> Readers:
        made.append(Readers(lambda: ReadLimits(**limits)))
        monkeypatch.setattr(sample.app.state.service, "readers", made[-1])
        return made[-1]

    yield limited
    for readers in made:
        readers.close()


@pytest.mark.server
@pytest.mark.parametrize(
    "body",
    [
        {"content": LONG.encode("gb18030"), "headers": {"Content-Type": "text/plain"}},
        {"json": {"text": LONG}},
        {"files": {"file": ("方案.txt", LONG.encode())}},
    ],
)
def test_a_long_text_is_read_by_a_child(sample: Any, bounded: Callable[..., Readers], body: dict[str, Any]) -> None:
    readers = bounded(children=1)
    body["headers"] = body.get("headers", {}) | sample.key
    answer = sample.client.post("/v1/parse?name=方案.txt&region=云溪县", **body)
    assert leads(answer) == ["市司法局"]
    assert (answer.json()["document"]["source"], answer.json()["document"]["region"]) == ("方案.txt", "云溪县")
    assert answer.json()["text"] == LONG
    assert len(readers._idle) == 1


@pytest.mark.server
def test_a_body_beyond_a_limit_is_a_problem_that_says_which(sample: Any, bounded: Callable[..., Readers]) -> None:
    bounded(children=1, seconds=1)
    answer = sample.client.post("/v1/documents", content=ENDLESS.encode(), headers=OCTETS | sample.key)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:zeren:problem:reading-stopped")
    assert answer.json()["title"] == "读取中止：超出限度或无法读完"
    assert "within 1 seconds (ZEREN_READ_SECONDS)" in answer.json()["detail"]


def test_a_fault_of_the_reader_is_told_as_ours_and_logged(
    sample: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("in a rule")

    monkeypatch.setattr(pool, "read_job", fails)
    answer = sample.client.post("/v1/documents", content=b"1.", headers=OCTETS | sample.key)
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:zeren:problem:reading-failed")
    assert "fault of Zeren" in answer.json()["detail"]
    assert answer.json()["request_id"] in caplog.text
    assert "in fails" in caplog.text


def test_a_body_too_many_is_asked_to_come_again(
    sample: Any, bounded: Callable[..., Readers], monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = bounded(children=1, waiting=0)
    monkeypatch.setattr(readers, "_taken", 1)
    answer = sample.client.post("/v1/parse", content=LONG.encode(), headers=OCTETS | sample.key)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:zeren:problem:readers-busy")
    assert answer.headers["Retry-After"] == "10"
    short = sample.client.post(
        "/v1/parse", content="1.清理。牵头单位：市司法局。", headers={"Content-Type": "text/plain"}
    )
    assert short.status_code == 200


@pytest.mark.server
def test_reading_ends_when_the_client_goes(sample: Any, bounded: Callable[..., Readers]) -> None:
    readers = bounded(children=1)
    readers.start(1)
    (child,) = readers._idle
    sent: list[Any] = []

    async def ask() -> None:
        messages = iter([{"type": "http.request", "body": ENDLESS.encode(), "more_body": False}])

        async def receive() -> Any:
            if (message := next(messages, None)) is None:
                await asyncio.sleep(1)
                return {"type": "http.disconnect"}
            return message

        async def send(message: Any) -> None:
            sent.append(message)

        headers = {"Host": "127.0.0.1", "Content-Type": "text/plain"} | sample.key
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        scope = {
            "type": "http", "method": "POST", "path": "/v1/parse", "raw_path": b"/v1/parse", "query_string": b"",
            "headers": raw, "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 5000), "scheme": "http",
        }  # fmt: skip
        await sample.app(scope, receive, send)

    started = time.monotonic()
    asyncio.run(ask())
    assert time.monotonic() - started < 60
    assert not child.is_alive
    assert not readers._taken


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ('{"name": "a"}', 422, "/body"),
        ('{"text": 1}', 422, "/body/text"),
        ('{"text": "a", "name": 1}', 422, "/body/name"),
        ('{"text": "a", "more": 1}', 422, "/body"),
        ("[1]", 422, "/body"),
        ('{"text": "\\ud800"}', 400, None),
        ('{"text": ' + "[" * 100_000, 400, None),
        ('{"more": ' + "[" * 100_000, 400, None),
        ("{", 400, None),
    ],
)
def test_a_body_in_json_that_is_no_plan(sample: Any, body: str, status: int, pointer: str | None) -> None:
    headers = {"Content-Type": "application/json"} | sample.key
    answer = sample.client.post("/v1/parse", content=body, headers=headers)
    met = answer.json()
    assert (answer.status_code, met.get("errors", [{"pointer": None}])[0]["pointer"]) == (status, pointer)
