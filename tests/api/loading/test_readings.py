"""Readings that are kept for inspection: nothing is stored before it is said, and then what was shown."""

from datetime import UTC, datetime, timedelta
from typing import Any

from graph.stamps import stamp
from graph.store.contract import Store

PLAN = "中共甲市委文件\n\n甲发〔2018〕7号\n\n甲市法治政府建设实施方案\n\n1.清理文件。\n\n牵头单位：市司法局。\n\n完成时限：2018年13月底前完成。\n"
TEXT = {"Content-Type": "text/plain; charset=utf-8"}
KEY = "甲市-甲发2018-7"


def read(desk: Any, text: str = PLAN, **parameters: str) -> Any:
    answer = desk.ask("POST", "/v1/readings", content=text.encode(), params=parameters, headers=TEXT)
    assert answer.status_code == 201, answer.text
    return answer.json()


def counts(desk: Any) -> dict[str, int]:
    found: dict[str, int] = desk.store.status().counts
    return found


def test_a_reading_is_corrected_and_stored_as_it_was_shown(desk: Any) -> None:
    shown = read(desk, name="甲.txt")
    assert counts(desk)["Document"] == 0
    assert (shown["state"], shown["name"], shown["who"], shown["document_id"]) == ("read", "甲.txt", "编辑甲", KEY)
    assert (shown["card"]["items"], shown["card"]["duties"]["lead"], shown["card"]["changes"]) == (1, 1, None)
    assert [kind["code"] for kind in shown["card"]["warnings"]] == [warning["code"] for warning in shown["warnings"]]
    assert "2018年13月" in PLAN[slice(*shown["warnings"][0]["span"])]
    assert shown["comparison"] == {
        **{"data_version": "0", "stored": None, "replaces": [], "unchanged": False, "obstacle": None},
        "data_version": shown["comparison"]["data_version"],
    }
    address = f"/v1/readings/{shown['id']}"
    fixed = desk.ask("PATCH", address, json={"issued_on": "2018-05-01", "title": "甲市法治方案"}).json()
    assert (fixed["card"]["issued_on"], fixed["card"]["title"]) == ("2018-05-01", "甲市法治方案")
    assert [fix["name"] for fix in fixed["card"]["corrections"]] == ["title", "issued_on"]
    back = desk.ask("PATCH", address, json={"title": None}).json()
    assert (back["card"]["title"], back["card"]["issued_on"]) == ("甲市法治政府建设实施方案", "2018-05-01")
    report = desk.ask("POST", f"{address}/store")
    assert (report.status_code, report.json()["document_id"], report.json()["card"]["issued_on"]) == (
        201,
        KEY,
        "2018-05-01",
    )
    stored = desk.ask("GET", f"/v1/documents/{KEY}").json()
    assert (stored["issued_on"], stored["counts"]["items"]) == ("2018-05-01", 1)
    kept = desk.ask("GET", address).json()
    assert (kept["state"], kept["report"]["document_id"], kept["comparison"]) == ("stored", KEY, None)
    assert list(desk.service.shelf.folder.iterdir()) == []  # the file is no longer kept
    lines = [line for line in reversed(desk.service.audit.last(50)) if line["event"] in ("stage", "correct", "load")]
    assert [line["event"] for line in lines] == ["stage", "correct", "correct", "load"]
    assert (lines[-1]["what"], lines[-1]["who"]) == (KEY, "编辑甲")


def test_a_new_version_is_shown_beside_the_stored_one(desk: Any) -> None:
    first = read(desk)
    desk.ask("POST", f"/v1/readings/{first['id']}/store")
    same = read(desk)
    assert (same["comparison"]["stored"], same["comparison"]["unchanged"]) == (KEY, True)
    new = read(desk, PLAN.replace("市司法局", "市财政局").replace("2018年13月底", "2018年12月底"))
    assert (new["comparison"]["stored"], new["comparison"]["unchanged"]) == (KEY, False)
    assert new["card"]["changes"]["counts"]["duties"] == {"gained": 1, "lost": 1, "changed": 0}
    # what is stored changes while the reading waits: it is compared with what is stored now
    desk.ask("POST", f"/v1/readings/{new['id']}/store")
    again = desk.ask("GET", f"/v1/readings/{same['id']}").json()
    assert again["card"]["changes"]["counts"]["duties"] == {"gained": 1, "lost": 1, "changed": 0}
    assert counts(desk)["Document"] == 1


def test_what_cannot_be_stored_says_so_and_stays(near: Any) -> None:
    first = read(near)
    near.ask("POST", f"/v1/readings/{first['id']}/store")
    other = read(near, title="另一个方案", reference_number="甲发〔2018〕9号")
    obstacle = other["comparison"]["obstacle"]
    assert (obstacle["code"], obstacle["candidates"]) == ("document-conflict", [KEY])
    address = f"/v1/readings/{other['id']}"
    refused = near.ask("POST", f"{address}/store")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:zeren:problem:document-conflict")
    assert near.ask("GET", address).json()["state"] == "read"
    assert near.ask("POST", f"{address}/store?replace=true").json()["replaced"] == [KEY]
    assert near.ask("POST", f"{address}/store").json()["type"] == "urn:zeren:problem:wrong-state"
    empty = read(near, "甲市的一段话，没有分工。")
    assert empty["comparison"]["obstacle"]["code"] == "empty-plan"
    assert near.ask("POST", f"/v1/readings/{empty['id']}/store").status_code == 422
    assert near.ask("POST", f"/v1/readings/{empty['id']}/store?allow_empty=true").status_code == 201


def test_names_in_doubt_are_told_and_a_correction_settles_them(near: Any) -> None:
    shown = read(near, "清理文件工作方案\n\n1.清理文件。\n\n牵头单位：市司法局。\n")
    (doubt,) = shown["doubtful_names"]
    assert (doubt["name"], doubt["duties"], doubt["quote"]) == ("市司法局", 1, "市司法局")
    fixed = near.ask("PATCH", f"/v1/readings/{shown['id']}", json={"region": "甲市"}).json()
    assert (fixed["doubtful_names"], fixed["card"]["region"]) == ([], "甲市")


def test_a_correction_that_is_no_value_changes_nothing(near: Any) -> None:
    shown = read(near)
    address = f"/v1/readings/{shown['id']}"
    answer = near.ask("PATCH", address, json={"issued_on": "2018-02-30"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/body/issued_on")
    assert near.ask("PATCH", address, json={"issued": "2018"}).status_code == 422
    assert near.ask("GET", address).json()["options"] == shown["options"]


def test_the_shelf_is_bounded_and_says_so(near: Any) -> None:
    first, second, *_ = (read(near) for _ in range(4))
    full = near.ask("POST", "/v1/readings", content=PLAN.encode(), headers=TEXT)
    assert (full.status_code, full.json()["type"], full.headers["Retry-After"]) == (
        503,
        "urn:zeren:problem:no-room",
        "30",
    )
    assert near.ask("GET", "/v1/readings").json()["most"] == 4
    assert near.ask("DELETE", f"/v1/readings/{first['id']}").status_code == 204
    assert near.ask("GET", f"/v1/readings/{first['id']}").status_code == 404
    read(near)
    past = stamp(datetime.now(UTC) - timedelta(seconds=1))
    near.service.database.run("UPDATE readings SET expires_at = ? WHERE id = ?", past, second["id"])
    gone = near.ask("GET", f"/v1/readings/{second['id']}")
    assert (gone.status_code, "没有暂存的读取结果" in gone.json()["detail_zh"]) == (404, True)
    read(near)  # there is room again


def test_what_is_kept_is_its_owner_s_alone(near: Any) -> None:
    read(near)
    folder = near.service.shelf.folder
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_an_unreadable_file_keeps_nothing(near: Any) -> None:
    answer = near.ask(
        "POST", "/v1/readings", content=b"PK\x03\x04broken", headers={"Content-Type": "application/octet-stream"}
    )
    assert answer.status_code == 422
    assert near.ask("GET", "/v1/readings").json()["items"] == []
    assert list(near.service.shelf.folder.iterdir()) == []


def test_a_kept_reading_outlives_the_service(embedded: Store, opened: Any) -> None:
    with opened(embedded) as near:
        shown = read(near)
        near.service.database.run("UPDATE readings SET state = 'storing'")  # as a kill leaves it
    with opened(embedded) as near:
        again = near.ask("GET", f"/v1/readings/{shown['id']}").json()
        assert again["card"] == shown["card"]
        assert near.ask("POST", f"/v1/readings/{shown['id']}/store").status_code == 201
