"""``POST /v1/parse`` takes files of every format, whichever way they are sent."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from api.http.uploads import FILE_KINDS

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
        ('form-data; name="file"; filename="a.html"; filename*=UTF-8\'\'%E6%96%B9.html', "a.html"),
        ("form-data; name=\"file\"; filename*=UTF-8''a%22b%5C.html", "a_b_.html"),
    ],
)
def test_a_file_in_a_form_that_is_named_in_extended_syntax(sample: Any, disposition: str, name: str) -> None:
    body = f"--edge\r\nContent-Disposition: {disposition}\r\n\r\n".encode() + PAGE + b"\r\n--edge--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=edge"} | sample.key
    answer = sample.client.post("/v1/parse", content=body, headers=headers)
    assert leads(answer) == ["市司法局"]
    assert answer.json()["document"]["source"] == name


def test_a_field_is_no_file(sample: Any) -> None:
    body = b'--edge\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--edge--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=edge"} | sample.key
    answer = sample.client.post("/v1/parse", content=body, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/body/file")
