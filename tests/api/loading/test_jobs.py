"""Jobs: several files in turn, their progress and cards, cancelling, limits, and what outlives the service."""

import time
from typing import Any

import pytest

from graph.errors import StoreUnavailable
from graph.store.contract import Store

PLAN = "中共甲市委文件\n\n甲发〔2018〕{n}号\n\n甲市第{n}个工作方案\n\n1.清理第{n}类文件。\n\n牵头单位：市司法局。\n"
DONE = ("done", "cancelled")


def plan(number: int) -> str:
    return PLAN.replace("{n}", str(number))


def begin(desk: Any, *texts: str | bytes, **parameters: Any) -> Any:
    files = [("file", (f"第{n}件.txt", text)) for n, text in enumerate(texts, 1)]
    return desk.ask("POST", "/v1/jobs", files=files, params=parameters)


def end_of(desk: Any, key: str) -> Any:
    for _ in range(600):
        job = desk.ask("GET", f"/v1/jobs/{key}").json()
        if job["state"] in DONE:
            return job
        time.sleep(0.1)
    raise AssertionError(job)


def stand_still(desk: Any) -> None:
    desk.service.jobs.close()
    desk.service.jobs._thread.join()


def test_every_file_of_a_load_has_its_card(desk: Any) -> None:
    begun = begin(desk, plan(1), b"PK\x03\x04broken", "没有分工的一段话。", plan(2))
    assert (begun.status_code, begun.headers["Location"]) == (202, f"/v1/jobs/{begun.json()['id']}")
    job = end_of(desk, begun.json()["id"])
    assert (job["kind"], job["state"], job["who"], job["current"]) == ("load", "done", "编辑甲", None)
    assert job["files"] == {
        **{"total": 4, "done": 4, "read": 1, "stored": 2, "failed": 1, "cancelled": 0, "refused": 1},
    }
    states = [(one["name"], one["state"], (one["problem"] or {}).get("code")) for one in job["items"]]
    assert states == [
        ("第1件.txt", "stored", None),
        ("第2件.txt", "failed", "unreadable-source"),
        ("第3件.txt", "read", "empty-plan"),
        ("第4件.txt", "stored", None),
    ]
    assert [one["card"]["title"] for one in job["items"] if one["state"] == "stored"] == [
        "甲市第1个工作方案",
        "甲市第2个工作方案",
    ]
    assert desk.store.status().counts["Document"] == 2
    # what was refused waits for a decision
    assert desk.ask("POST", f"/v1/readings/{job['items'][2]['id']}/store?allow_empty=true").status_code == 201
    lines = [line for line in desk.service.audit.last(30, event="load") if line["by"] == "job"]
    assert [(line["event"], line["who"], line["what"], line["job"]) for line in lines] == [
        ("load", "编辑甲", "甲市-甲发2018-2", job["id"]),
        ("load", "编辑甲", "甲市-甲发2018-1", job["id"]),
    ]


def test_files_are_read_for_inspection_and_stored_later(near: Any) -> None:
    job = end_of(near, begin(near, plan(1), plan(2), stage=True).json()["id"])
    assert (job["files"]["read"], job["files"]["done"], near.store.status().counts["Document"]) == (2, 2, 0)
    fixed = near.ask("PATCH", f"/v1/readings/{job['items'][0]['id']}", json={"issued_on": "2018-05-01"}).json()
    assert fixed["card"]["issued_on"] == "2018-05-01"
    assert near.ask("POST", f"/v1/jobs/{job['id']}/store").status_code == 202
    stored = end_of(near, job["id"])
    assert (stored["kind"], stored["files"]["stored"]) == ("load", 2)
    assert near.ask("GET", "/v1/documents/甲市-甲发2018-1").json()["issued_on"] == "2018-05-01"
    again = end_of(near, begin(near, plan(1).replace("市司法局", "市财政局"), region="甲市").json()["id"])
    assert again["items"][0]["card"]["changes"]["counts"]["duties"] == {"gained": 1, "lost": 1, "changed": 0}


def test_a_full_queue_and_too_many_files_are_refused(near: Any) -> None:
    answer = begin(near, *[plan(n) for n in range(5)])
    assert answer.status_code == 400
    assert begin(near).status_code in (400, 415, 422)
    other = near.ask("POST", "/v1/jobs", files=[("file", ("a.txt", b"x")), ("plan", ("b.txt", b"x"))])
    assert (other.status_code, other.json()["detail_zh"]) == (422, "参数有误，请核对名称和取值。")
    assert "a part 'plan'" in other.json()["detail"]
    assert near.ask("POST", "/v1/jobs", data={"text": "x", "name": "n" * 301}, files={}).status_code in (415, 422)
    stand_still(near)
    held = begin(near, plan(1)).json()
    full = begin(near, plan(2))
    assert (full.status_code, full.json()["type"], full.headers["Retry-After"]) == (
        503,
        "urn:zeren:problem:no-room",
        "30",
    )
    assert "ZEREN_JOBS_WAITING" in full.json()["detail"]
    assert [(one["id"], one["state"]) for one in near.ask("GET", "/v1/jobs").json()["items"]] == [
        (held["id"], "waiting")
    ]
    waits = near.ask("DELETE", f"/v1/readings/{held['items'][0]['id']}")
    assert (waits.status_code, waits.json()["type"]) == (409, "urn:zeren:problem:wrong-state")
    assert near.ask("POST", f"/v1/jobs/{held['id']}/cancel").json()["state"] == "cancelling"
    assert near.ask("GET", "/v1/jobs/nothing").status_code == 404


def test_a_job_waits_for_a_store_that_is_away(near: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    away, real = [True], near.store.read

    def read(work: Any) -> Any:
        if away[0]:
            raise StoreUnavailable("the store is away; expected it here.")
        return real(work)

    monkeypatch.setattr(near.store, "read", read)
    begun = begin(near, plan(1)).json()
    for _ in range(300):
        job = near.ask("GET", f"/v1/jobs/{begun['id']}").json()
        if job["waits_for"]:
            break
        time.sleep(0.1)
    assert (job["state"], job["waits_for"]["code"]) == ("running", "store-unavailable")
    away[0] = False
    assert end_of(near, begun["id"])["files"]["stored"] == 1


def test_a_job_outlives_its_service(embedded: Store, opened: Any) -> None:
    with opened(embedded) as near:
        stand_still(near)
        begun = begin(near, plan(1), plan(2), plan(3)).json()
        database = near.service.database  # as a kill in the middle leaves it
        database.run("UPDATE readings SET state = 'reading' WHERE job = ? AND place = 0", begun["id"])
        gone = begin(near, plan(4)).json()
        near.ask("POST", f"/v1/jobs/{gone['id']}/cancel")
    with opened(embedded) as near:
        job = end_of(near, begun["id"])
        assert (job["files"]["stored"], job["taken_up"]) == (3, 1)
        cancelled = end_of(near, gone["id"])
        assert (cancelled["state"], cancelled["items"][0]["state"]) == ("cancelled", "cancelled")
        assert list(near.service.shelf.folder.iterdir()) == []


def test_a_file_over_which_the_service_ends_again_and_again_has_failed(embedded: Store, opened: Any) -> None:
    with opened(embedded) as near:
        stand_still(near)
        begun = begin(near, plan(1), plan(2)).json()
        near.service.database.run("UPDATE readings SET state = 'reading' WHERE place = 0")
        near.service.database.run("UPDATE jobs SET taken_up = 2")
    with opened(embedded) as near:
        job = end_of(near, begun["id"])
        assert [one["state"] for one in job["items"]] == ["failed", "stored"]
        assert job["items"][0]["problem"]["code"] == "reading-stopped"
