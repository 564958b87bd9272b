"""Findings over REST, on the pages and on the command line."""

import csv
import io
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from typer.testing import CliRunner

from api.answers.findings import every_finding, list_findings
from api.answers.name_errors import AmbiguousName
from api.answers.paging import PageRequest
from api.answers.references import Narrow
from api.cli.backend import Local
from api.cli.main import app as cli
from api.schemas.findings import FindingListing
from api.schemas.objects import ItemCard
from graph.findings import RULES
from graph.store.contract import Store

LOUDI = "娄底市-娄发2017-4"


def ask(sample: Any, address: str) -> Any:
    answer = sample.client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_rule_can_be_asked_for(sample: Any) -> None:
    body = ask(sample, "/v1/findings?rule=several-leads&evidence=full")
    FindingListing.model_validate(body)
    assert [row["item"]["number"] for row in body["items"]] == [14, 17, 20, 28, 32, 39, 40, 42, 43]
    assert body["total"] == {"value": 9, "relation": "eq"}
    assert [(rule["id"], rule["count"]) for rule in body["rules"]] == [("several-leads", 9)]
    third = body["items"][2]
    assert third["evidence"]["quote"] == "牵头单位:市编办、市政府法制办。"
    assert third["because"] == [third["evidence"]["span"]]


def test_every_rule_that_ran_is_named_with_its_count(sample: Any) -> None:
    body = ask(sample, f"/v1/documents/{LOUDI}/findings?limit=500")
    FindingListing.model_validate(body)
    assert [rule["id"] for rule in body["rules"]] == [rule.id for rule in RULES]
    assert sum(rule["count"] for rule in body["rules"]) == body["total"]["value"] == len(body["items"])
    assert "quote" not in body["items"][0]["evidence"]
    assert {row["severity"] for row in body["items"]} == {"medium", "low"}


def test_pages_hold_each_finding_once(sample: Any) -> None:
    whole = [row["id"] for row in ask(sample, "/v1/findings?limit=500")["items"]]
    met, address = [], "/v1/findings?limit=30"
    while address:
        body = ask(sample, address)
        met += [row["id"] for row in body["items"]]
        address = body["next_url"]
    assert met == whole


def test_filters_by_severity_and_by_unit(sample: Any) -> None:
    low = ask(sample, "/v1/findings?severity=low&limit=500")["items"]
    assert ask(sample, "/v1/findings?severity=低&limit=500")["items"] == low
    assert {row["rule"] for row in low} == {"several-leads", "unknown-instrument", "repaired-text"}
    zone = ask(sample, "/v1/findings?unit=万宝新区管委会&rule=zone-left-out&limit=500")["items"]
    assert [row["unit"]["name"] for row in zone] == ["万宝新区管委会"]
    # on the items that name it, and on no others
    items = ask(sample, "/v1/findings?unit=万宝新区管委会&limit=500")["items"]
    assert {row["item"]["number"] for row in items if row["item"]} == {14, 15, 16, 17, 18, 19}
    # a unit that a body only mentions
    mentioned = ask(sample, "/v1/findings?unit=监察部门&limit=500")["items"]
    assert {row["item"]["number"] for row in mentioned} == {23}


def test_a_rule_or_unit_that_there_is_not(sample: Any) -> None:
    wrong = sample.client.get("/v1/findings?rule=no-such")
    assert wrong.status_code == 422
    assert "expected one of no-lead" in wrong.json()["detail"]
    assert sample.client.get("/v1/findings?severity=urgent").status_code == 422
    assert sample.client.get("/v1/findings?unit=没有这个单位").status_code == 404
    assert sample.client.get("/v1/documents/没有这份文件/findings").status_code == 404


def test_as_a_table(sample: Any) -> None:
    answer = sample.client.get("/v1/findings?rule=no-own-date&format=csv&evidence=full")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["item.number"] for row in rows] == ["6", "10"]
    assert rows[0]["evidence.quote"] == "创新社会治理"


def test_an_items_card_has_its_findings(sample: Any) -> None:
    card = ask(sample, f"/v1/items/{LOUDI}:37")
    ItemCard.model_validate(card)
    assert [row["rule"] for row in card["findings"]] == [
        "deadline-after-aim",
        "deadline-within-item",
        "only-collectives",
    ]
    assert ask(sample, f"/v1/items/{LOUDI}:3")["findings"][0]["rule"] == "deadline-after-aim"
    assert ask(sample, f"/v1/documents/{LOUDI}")["findings"] == {"high": 0, "medium": 66, "low": 20}


def test_over_many_plans_a_request_looks_into_a_bounded_number(
    two_cities: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.answers.findings.ITEMS", 1)
    store: Store = two_cities.store
    whole = every_finding(store, {}, None)
    assert {row["document"]["id"] for row in whole["items"]} == {LOUDI, "临江市-临发2017-4"}
    assert len({row["id"] for row in whole["items"]}) == len(whole["items"]) == whole["total"]["value"]
    first = list_findings(store, page=PageRequest(500)).body
    assert first["total"]["relation"] == "gte"
    assert first["next"] is not None
    one = list_findings(store, narrow=Narrow(document=LOUDI), page=PageRequest(500)).body
    assert (one["total"]["relation"], one["next"]) == ("eq", None)


def test_the_page_shows_findings_with_their_words_and_the_rules(sample: Any) -> None:
    page = sample.client.get(f"/documents/{LOUDI}/findings").text
    assert "牵头单位:市编办、市政府法制办。" in page
    assert "没有牵头单位" in page
    assert "市政府法制办牵头17项" in page
    only = sample.client.get(f"/documents/{LOUDI}/findings?rule=zone-left-out").text
    assert "万宝新区管委会列在6个事项中（14–19）" in only
    assert "牵头单位:市编办、市政府法制办。" not in only
    assert f'<a href="/documents/{LOUDI}/findings"><b>86</b></a> 个' in unquote(
        sample.client.get(f"/documents/{LOUDI}").text
    )
    assert "事项内时限不一致" in sample.client.get(f"/items/{LOUDI}:37").text


def test_every_place_of_a_finding_can_be_gone_to(sample: Any) -> None:
    page = sample.client.get(f"/items/{LOUDI}:20").text
    start, end = 12292, 12308
    assert f"/text?at={start}-{end}#p{start}" in page
    text = sample.client.get(f"/documents/{LOUDI}/text?at={start}-{end}").text
    assert f'<span class="here"><span id="p{start}">牵头单位:</span></span>' in text
    plain = re.sub(r"<[^>]+>", "", text)
    assert "牵头单位:市编办、市政府法制办。" in plain
    assert sample.client.get(f"/documents/{LOUDI}/text?at=5-x").status_code == 422
    assert sample.client.get(f"/documents/{LOUDI}/text?at=999999999-999999999").status_code == 200


def test_the_default_region_chooses_among_units_of_one_name(two_cities: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    local = Local(two_cities.store)
    with pytest.raises(AmbiguousName):
        local.findings({"unit": "市编办"})
    monkeypatch.setenv("ZEREN_DEFAULT_REGION", "临江市")
    assert local.findings({"unit": "市编办"})["items"] == local.findings({"unit": "临江市:市编办"})["items"]


def test_the_command_lists_them(sample_folder: Path, tmp_path: Path) -> None:
    run = CliRunner()
    store = f"embedded:{shutil.copytree(sample_folder, tmp_path / 'store')}"
    assert run.invoke(cli, ["load", "examples/loudi-2017.txt", "--store", store]).exit_code == 0
    done = run.invoke(cli, ["findings", LOUDI, "--rule", "deadline-within-item", "--store", store])
    assert done.exit_code == 0
    assert "11" in done.output
    assert "共 2 条" in done.output
    assert "2  deadline-within-item  事项内时限不一致（试行）" in done.output
    wrong = run.invoke(cli, ["findings", "--rule", "no-such", "--store", store])
    assert wrong.exit_code == 1
    assert "expected one of no-lead" in wrong.output
