"""Every row of a list, over more plans than a page looks into: as a file, in one answer, through the client."""

import csv
import io
import itertools
import re
import zipfile
from typing import Any
from urllib.parse import unquote

import pytest

from api.answers.all_pages import fetch_all
from api.answers.nesting import Evidence
from api.answers.questions import ask
from api.cli.backend import Local, Remote
from api.cli.client import Client
from api.client.connection import ServiceError
from graph.errors import ParameterError, StoreBusy

DUE = "/v1/questions/items-due?by=2030-12-31"


@pytest.fixture
def plan_by_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page, and a step of a walk, look into one plan."""
    for name in ("plan_window.ITEMS", "plan_window.MOST_PLANS", "findings.ITEMS"):
        monkeypatch.setattr(f"api.answers.{name}", 1)


def table(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def file_name(answer: Any) -> str:
    return unquote(answer.headers["Content-Disposition"].partition("UTF-8''")[2])


@pytest.mark.usefixtures("plan_by_plan")
def test_a_file_of_the_page_has_every_row(two_cities: Any) -> None:
    page = two_cities.client.get("/questions/items-due?by=2030-12-31")
    links = [
        link.replace("&amp;", "&") for link in re.findall(r'href="(/v1/[^"]*format=(?:csv|xlsx)[^"]*)"', page.text)
    ]
    assert len(links) == 2
    rows = table(two_cities.client.get(links[0]))
    assert {row["文件编号"] for row in rows} == {"娄底市-娄发2017-4", "临江市-临发2017-4"}
    assert file_name(two_cities.client.get(links[0])) == "items-due.csv"
    book = two_cities.client.get(links[1])
    with zipfile.ZipFile(io.BytesIO(book.content)) as parts:
        assert parts.read("xl/worksheets/sheet2.xml").count(b"<row ") == len(rows) + 1


@pytest.mark.usefixtures("plan_by_plan")
def test_a_whole_answer_counts_what_all_plans_have(two_cities: Any) -> None:
    first = two_cities.client.get(DUE).json()
    assert (first["total"]["relation"], first["next"] is None) == ("gte", False)
    body = two_cities.client.get(f"{DUE}&whole=true").json()
    assert (body["total"], body["next"]) == ({"value": len(body["items"]), "relation": "eq"}, None)
    alone = [
        two_cities.client.get(f"{DUE}&document={one}&limit=500").json()
        for one in ("临江市-临发2017-4", "娄底市-娄发2017-4")
    ]
    assert body["items"] == [row for one in alone for row in one["items"]]
    counts = [left["count"] for one in alone for left in one["left_out"] if left["reason"] == "tasks"]
    assert [(left["reason"], left["count"]) for left in body["left_out"]] == [("tasks", sum(counts))]


@pytest.mark.usefixtures("plan_by_plan")
def test_a_file_that_is_cut_is_called_so(two_cities: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert file_name(two_cities.client.get(f"{DUE}&format=csv")) == "items-due-部分.csv"
    monkeypatch.setattr("api.answers.all_pages.MOST_ROWS", 1)
    answer = two_cities.client.get(f"{DUE}&format=csv&whole=true")
    assert file_name(answer) == "items-due-部分.csv"
    assert "whole=true" in answer.headers["Link"]
    assert file_name(two_cities.client.get(f"{DUE}&format=xlsx")) == "items-due-审计底稿-部分.xlsx"


@pytest.mark.parametrize("bound", [1, 50_000])
@pytest.mark.usefixtures("plan_by_plan")
def test_the_client_has_what_the_store_has(two_cities: Any, monkeypatch: pytest.MonkeyPatch, bound: int) -> None:
    monkeypatch.setattr("api.answers.all_pages.MOST_ROWS", bound)
    client = Client("http://127.0.0.1:8000")
    monkeypatch.setattr(client, "_http", two_cities.client)
    here = Local(two_cities.store)
    for name, given in (
        ("items-due", {"by": "2030-12-31"}),
        ("items-without-lead", {}),
        ("deadline-lights", {"as_of": "2018-01-01"}),
    ):
        assert client.question(name, given) == here.question(name, given)
    assert client.findings({}) == here.findings({})
    assert client.ask("2017年底以前到期的事项") == here.ask("2017年底以前到期的事项")


def test_a_parameter_of_the_route_is_none_of_the_question(two_cities: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client("http://127.0.0.1:8000")
    monkeypatch.setattr(client, "_http", two_cities.client)
    for store in (Local(two_cities.store), Remote(client, client.address)):
        for name, value in (("format", "csv"), ("limit", "1"), ("evidence", "none")):
            with pytest.raises(ParameterError, match=f"items-due has no parameter '{name}'; it takes: by, "):
                store.question("items-due", {"by": "2030-12-31", name: value})
        with pytest.raises(ParameterError, match="items-due needs by="):
            store.question("items-due", {})


@pytest.mark.parametrize("words", ["水" * 70_000, "水\udcff"], ids=["long", "half a pair"])
def test_words_that_cannot_be_sent_are_told(words: str) -> None:
    store = Remote(Client("http://127.0.0.1:9"), "nobody")
    for ask_it in (
        lambda: store.search(words, {}, 20),
        lambda: store.question("unit-duties", {"unit": words}),
        lambda: store.findings({"document": words}),
    ):
        with pytest.raises(ParameterError, match="cannot be sent to the server"):
            ask_it()


def test_a_reference_that_is_no_text_is_told(two_cities: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client("http://127.0.0.1:8000")
    monkeypatch.setattr(client, "_http", two_cities.client)
    with pytest.raises(ServiceError, match="are no UTF-8"):
        client.dossier("unit", "水\udcff", {}, "docx")


@pytest.mark.usefixtures("plan_by_plan")
def test_data_that_never_stays_is_told(two_cities: Any) -> None:
    versions = itertools.count()

    def changing(page: Any) -> Any:
        body = ask(two_cities.store, "items-due", {"by": "2030-12-31"}, page=page, evidence=Evidence.REF).body
        return body | {"data_version": str(next(versions))}

    with pytest.raises(StoreBusy, match="changed each time"):
        fetch_all(changing)


@pytest.mark.usefixtures("plan_by_plan")
def test_findings_and_answers_to_words_have_files(two_cities: Any) -> None:
    for address in ("/documents/临江市-临发2017-4/findings", "/ask?q=2018年底以前到期的事项"):
        text = two_cities.client.get(address).text
        for kind in ("csv", "xlsx"):
            (link,) = re.findall(rf'href="(/v1/[^"]*format={kind}[^"]*)"', text)
            assert two_cities.client.get(link.replace("&amp;", "&")).status_code == 200
