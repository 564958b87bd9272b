"""HEAD, validators, CSV and NDJSON."""

import csv
import io
import json
from typing import Any

import pytest

from api.export.csv_ndjson import to_csv

DOCUMENT = "娄底市-娄发2017-4"
DUTIES = "/v1/units/市政府法制办/duties"
GETS = [
    "/v1/documents", f"/v1/documents/{DOCUMENT}", f"/v1/documents/{DOCUMENT}/text", f"/v1/documents/{DOCUMENT}/sections",
    f"/v1/documents/{DOCUMENT}/items", f"/v1/documents/{DOCUMENT}/coverage", f"/v1/documents/{DOCUMENT}/repairs",
    "/v1/items", f"/v1/items/{DOCUMENT}:20", "/v1/units", "/v1/units/市政府法制办", DUTIES, "/v1/regulations",
    "/v1/regulations/湖南省行政程序规定", "/v1/regulations/湖南省行政程序规定/citing-items", "/v1/questions",
    "/v1/questions/items-without-lead", "/v1/catalog", "/healthz", "/readyz", "/openapi.json", "/", "/docs", "/static/zeren.css",
]  # fmt: skip


@pytest.mark.parametrize("address", GETS)
def test_every_get_answers_head(sample: Any, address: str) -> None:
    got, head = sample.client.get(address), sample.client.head(address)
    assert (got.status_code, head.status_code, head.content) == (200, 200, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]
    assert head.headers.get("Content-Length") == got.headers.get("Content-Length")


@pytest.mark.parametrize("address", [DUTIES, f"/v1/items/{DOCUMENT}:20", f"/v1/documents/{DOCUMENT}/text"])
def test_an_answer_that_is_known_is_304(sample: Any, address: str) -> None:
    tag = sample.client.get(address).headers["ETag"]
    for given in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        answer = sample.client.get(address, headers={"If-None-Match": given})
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)
    assert sample.client.get(address, headers={"If-None-Match": '"x"'}).status_code == 200


def test_the_tag_counts_what_changes_the_answer_and_nothing_else(sample: Any) -> None:
    tag = {q: sample.client.get(DUTIES + q).headers["ETag"] for q in ("", "?limit=50", "?limit=7", "?format=csv")}
    assert tag[""] == tag["?limit=50"]
    assert len(set(tag.values())) == 3


def test_two_ways_to_ask_one_thing_share_one_answer(sample: Any) -> None:
    """What a default is written out for, and in which order, is told by neither body nor headers."""
    plain, told = (sample.client.get(DUTIES + q) for q in ("?limit=7&role=lead", "?evidence=ref&role=lead&limit=7"))
    assert plain.content == told.content
    assert {k: v for k, v in plain.headers.items() if k != "x-request-id"} == {
        k: v for k, v in told.headers.items() if k != "x-request-id"
    }
    assert plain.json()["next_url"].startswith(plain.headers["Link"][1:].partition(">")[0])


def test_csv_opens_with_the_csv_module(sample: Any) -> None:
    answer = sample.client.get(f"{DUTIES}?evidence=full", headers={"Accept": "text/csv"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "filename*=UTF-8''%E5%B8%82" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    wanted = sample.client.get(f"{DUTIES}?evidence=full").json()["items"]
    assert [row["evidence.quote"] for row in rows] == [row["evidence"]["quote"] for row in wanted]
    assert [row["item.number"] for row in rows[1:4]] == ["1", "2", "3"]
    assert not sample.client.get(f"{DUTIES}?format=csv&bom=false").content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("text/*", "text/csv"),
        ("application/*", "application/json"),
        ("text/plain, text/*;q=0.5", "text/csv"),
        ("text/csv;q=0.9, application/*", "application/json"),
        ("application/json;q=0.1, text/*;q=0.5", "text/csv"),
        ("application/x-ndjson, text/csv", "application/x-ndjson"),
        ("TEXT/CSV;charset=utf-8", "text/csv"),
        ("text/csv;q=much", "application/json"),
        ("nothing", "application/json"),
    ],
)
def test_a_list_has_the_format_that_the_caller_likes_best(sample: Any, accept: str, media: str) -> None:
    answer = sample.client.get(f"{DUTIES}?limit=1", headers={"Accept": accept})
    assert answer.headers["Content-Type"].partition(";")[0] == media


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "＝"])
def test_csv_runs_no_formula(begin: str) -> None:
    rows = [{"heading": f"{begin}1+1", "number": -1}]
    assert to_csv(rows, ["heading", "number"], bom=False) == f"heading,number\r\n'{begin}1+1,-1\r\n"
    assert to_csv(rows, ["heading", "number"], bom=False, raw=True) == f"heading,number\r\n{begin}1+1,-1\r\n"


def test_ndjson_is_a_row_a_line(sample: Any) -> None:
    lines = sample.client.get(f"{DUTIES}?format=ndjson").text.splitlines()
    assert [json.loads(line) for line in lines] == sample.client.get(DUTIES).json()["items"]
