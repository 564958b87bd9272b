"""Judgements over REST: recorded by name, listed, answered with 307 once a load applied them."""

from typing import Any
from urllib.parse import unquote

import pytest

PLAN = "青川县人民政府\n青川县方案\n1.清理。\n责任单位：县城管局\n2.公开。\n责任单位：县执法局\n"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
GIVEN = {"unit": "县城管局", "other": "县执法局", "judgement": "same", "by": "王五", "why": "2019年更名"}


def load(served: Any) -> None:
    answer = served.client.post("/v1/documents", content=PLAN.encode(), headers={**PLAIN, **served.key})
    assert answer.status_code in (200, 201), answer.text


def test_a_merged_unit_is_answered_with_the_one_that_stays(empty: Any) -> None:
    load(empty)
    made = empty.client.post("/v1/judgements", json=GIVEN, headers=empty.key)
    assert (made.status_code, made.json()["unit"], made.json()["other"]) == (201, "青川县:县城管局", "青川县:县执法局")
    assert empty.client.get("/v1/units/县城管局").status_code == 200  # until a load applies it
    load(empty)
    for ending in ("", "/duties"):
        answer = empty.client.get(f"/v1/units/县城管局{ending}", follow_redirects=False)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (307, "no-store")
        assert unquote(answer.headers["Location"]) == f"/v1/units/青川县:县执法局{ending}"
    assert len(empty.client.get("/v1/units/县城管局/duties").json()["items"]) == 2
    empty.client.post("/v1/judgements", json={**GIVEN, "judgement": "different"}, headers=empty.key)
    load(empty)
    assert empty.client.get("/v1/units/县城管局", follow_redirects=False).status_code == 200
    listed = empty.client.get("/v1/judgements").json()["items"]
    assert [(j["judgement"], j["by"]) for j in listed] == [("same", "王五"), ("different", "王五")]


@pytest.mark.parametrize("wrong", [{"judgement": "alike"}, {"why": ""}, {"more": "x"}])
def test_a_judgement_that_says_too_little_is_refused(sample: Any, wrong: dict[str, str]) -> None:
    answer = sample.client.post("/v1/judgements", json={**GIVEN, **wrong}, headers=sample.key)
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")


def test_only_who_may_write_may_judge(sample: Any) -> None:
    assert sample.client.post("/v1/judgements", json=GIVEN).status_code == 401
