"""Loading and removing over REST, parsing, checking, and what the service says of itself."""

from typing import Any

import pytest

from api.schemas.service import LoadReportShape

OTHER = "临江市-临发2017-4"
PLAN = "中共甲市委文件\n\n甲发〔2018〕7号\n\n甲市法治政府建设实施方案\n\n1.清理文件。\n\n牵头单位：市司法局。\n"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
FORMS: list[dict[str, Any]] = [
    {"content": PLAN.encode(), "headers": PLAIN},
    {"content": PLAN.encode("gb18030"), "headers": {"Content-Type": "text/plain; charset=gb18030"}},
    {"content": PLAN.encode("utf-16"), "headers": {"Content-Type": "application/octet-stream"}},
    {"files": {"file": ("甲.txt", PLAN.encode())}},
    {"json": {"text": PLAN, "name": "甲.txt"}},
]


def send(served: Any, address: str, **form: Any) -> Any:
    headers = {**form.pop("headers", {}), **served.key}
    return served.client.post(address, headers=headers, **form)


@pytest.mark.parametrize("form", FORMS, ids=["utf-8", "gb18030", "utf-16", "file", "json"])
def test_a_plan_is_loaded_and_removed(two_cities: Any, form: dict[str, Any]) -> None:
    before = two_cities.client.get("/v1/documents").json()["total"]["value"]
    loaded = send(two_cities, "/v1/documents", **form)
    assert loaded.status_code == 201, loaded.text
    key = loaded.json()["document_id"]
    assert key == "甲市-甲发2018-7"
    card = loaded.json()["card"]
    assert (card["title"], card["duties"]["lead"], card["changes"]) == ("甲市法治政府建设实施方案", 1, None)
    LoadReportShape.model_validate(loaded.json())
    assert two_cities.client.get(loaded.headers["Location"]).json()["id"] == key
    again = send(two_cities, "/v1/documents", **form)
    assert (again.status_code, again.json()["unchanged"]) == (200, True)
    LoadReportShape.model_validate(again.json())
    removed = two_cities.client.delete(f"/v1/documents/{key}", headers=two_cities.key)
    assert removed.json()["removed"]["Document"] == 1
    LoadReportShape.model_validate(removed.json())
    assert two_cities.client.get(f"/v1/documents/{key}").status_code == 404
    assert two_cities.client.get("/v1/documents").json()["total"]["value"] == before == 2


def test_a_dry_run_writes_nothing(two_cities: Any) -> None:
    version = two_cities.client.get("/v1/catalog").json()["data_version"]
    answer = send(two_cities, "/v1/documents?dry_run=true", **FORMS[0])
    assert (answer.status_code, answer.json()["created"]["Document"]) == (200, 1)
    assert "Location" not in answer.headers
    assert two_cities.client.get("/v1/catalog").json()["data_version"] == version


def test_another_title_under_the_same_number_is_refused(two_cities: Any) -> None:
    changed = (
        PLAN.replace("甲发〔2018〕7号", "临发〔2017〕4号").replace("甲市", "临江市").replace("法治政府", "营商环境")
    )
    kept = two_cities.client.get(f"/v1/documents/{OTHER}").json()
    answer = send(two_cities, "/v1/documents", content=changed.encode(), headers=PLAIN)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:zeren:problem:document-conflict")
    assert two_cities.client.get(f"/v1/documents/{OTHER}").json() == kept


def test_parsing_stores_nothing(sample: Any) -> None:
    plan = sample.client.post("/v1/parse", content=PLAN.encode(), headers=PLAIN).json()
    assert plan["document"]["id"] == "甲市-甲发2018-7"
    assert [d["unit"]["name"] for d in plan["items"][0]["duties"]] == ["市司法局"]
    assert plan["text"] == PLAN
    assert sample.client.get("/v1/documents").json()["total"]["value"] == 1


def test_parsing_a_text_without_a_plan_warns(sample: Any) -> None:
    plan = sample.client.post("/v1/parse", content="今天天气很好。".encode(), headers=PLAIN).json()
    assert (plan["items"], bool(plan["warnings"])) == ([], True)


def test_the_stored_facts_are_what_the_text_gives(sample: Any) -> None:
    report = sample.client.post("/v1/check").json()
    assert (report["documents"], report["differences"]) == (["娄底市-娄发2017-4"], [])


def test_the_service_says_what_it_is(sample: Any) -> None:
    catalog = sample.client.get("/v1/catalog").json()
    assert {"unit-duties", "regulation-citing-items"} <= set(catalog["questions"])
    assert catalog["loaded_at"] == "2026-01-01T00:00:00+00:00"
    assert [sample.client.get(a).json() for a in ("/healthz", "/readyz")] == [{"status": "ok"}] * 2
