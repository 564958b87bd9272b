"""Notes over REST: who may, what is kept, and how a note finds its words in another version of the plan."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.main import app as cli
from loaders.storing.load import remove_document
from tests.api.desk.desk import DOCUMENT, PLAN, Desk


def test_an_item_a_finding_and_a_place_are_noted_on_every_store(any_desk: Desk) -> None:
    desk = any_desk
    item = desk.items[0]
    noted = desk.note(kind="item", subject=f"{DOCUMENT}:1", why="与会议纪要一致")
    assert (noted.status_code, noted.json()["subject"], noted.json()["by"]) == (201, item["id"], "editor")
    findings = desk.client.get("/v1/findings?rule=only-collectives", headers=desk.keys["reader"]).json()["items"]
    found = desk.note(kind="finding", subject=findings[0]["id"], verdict="true").json()
    assert (found["verdict_zh"], found["state"], found["title"][:9]) == ("属实", "current", "责任单位没有点名：")
    at = desk.text.index("裁量基准")
    place = desk.note(kind="place", document=DOCUMENT, start=at, end=at + 4, why="何时制定？").json()
    assert (place["quote"], place["span"], place["now"]["quote"]) == ("裁量基准", [at, at + 4], "裁量基准")
    listed = desk.client.get("/v1/notes", headers=desk.keys["reader"]).json()
    assert [one["kind"] for one in listed["items"]] == ["place", "finding", "item"]
    assert (listed["total"], listed["next"]) == ({"value": 3, "relation": "eq"}, None)


@pytest.mark.parametrize(
    ("filters", "kinds"),
    [
        ({"kind": "item"}, ["item"]),
        ({"subject": f"{DOCUMENT}:s1-1"}, ["item"]),
        ({"document": "青川县法治政府建设实施方案"}, ["place", "item"]),
        ({"document": "没有"}, []),
        ({"author": "editor"}, ["item"]),
        ({"state": "current"}, ["place", "item"]),
        ({"state": "to-relink"}, []),
        ({"limit": "1"}, ["place"]),
    ],
)
def test_notes_are_listed_by_what_they_are_about(desk: Desk, filters: dict[str, str], kinds: list[str]) -> None:
    desk.note(kind="item", subject=f"{DOCUMENT}:s1-1", why="甲")
    desk.note("other", kind="place", document=DOCUMENT, start=0, end=4, why="乙")
    answer = desk.client.get("/v1/notes", params=filters, headers=desk.keys["reader"]).json()
    assert [one["kind"] for one in answer["items"]] == kinds
    if filters == {"limit": "1"}:
        more = desk.client.get(f"/v1/notes?limit=1&before={answer['next']}", headers=desk.keys["reader"]).json()
        assert ([one["kind"] for one in more["items"]], more["next"]) == (["item"], None)


def test_a_note_is_changed_and_removed_by_its_author_or_an_admin(desk: Desk) -> None:
    key = desk.note(kind="item", subject=f"{DOCUMENT}:1", why="甲").json()["id"]
    change = {"why": "改过"}
    refused = desk.client.put(f"/v1/notes/{key}", json=change, headers=desk.keys["other"])
    assert (refused.status_code, refused.json()["detail_zh"]) == (
        403,
        "这是 'editor' 写的，只有本人或管理员可以改；可以另写一条。",
    )
    assert desk.client.put(f"/v1/notes/{key}", json=change, headers=desk.keys["reader"]).status_code == 403
    changed = desk.client.put(f"/v1/notes/{key}", json=change, headers=desk.keys["admin"]).json()
    assert (changed["why"], changed["by"], changed["changed_by"]) == ("改过", "editor", "admin")
    assert desk.client.delete(f"/v1/notes/{key}", headers=desk.keys["other"]).status_code == 403
    assert desk.client.delete(f"/v1/notes/{key}", headers=desk.keys["editor"]).status_code == 204
    assert desk.client.get(f"/v1/notes/{key}", headers=desk.keys["reader"]).status_code == 404


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"kind": "item", "subject": "没有", "why": "甲"}, 404),
        ({"kind": "finding", "subject": f"{DOCUMENT}:s1-1|finding|none", "why": "甲"}, 404),
        ({"kind": "finding", "subject": "没有", "why": "甲"}, 404),
        ({"kind": "item", "subject": f"{DOCUMENT}:1"}, 422),
        ({"kind": "item", "why": "甲"}, 422),
        ({"kind": "item", "subject": f"{DOCUMENT}:1", "verdict": "true"}, 422),
        ({"kind": "place", "document": DOCUMENT, "start": 5, "end": 5, "why": "甲"}, 422),
        ({"kind": "place", "document": DOCUMENT, "start": 0, "end": 10**9, "why": "甲"}, 422),
        ({"kind": "place", "document": DOCUMENT, "why": "甲"}, 422),
        ({"kind": "unit", "subject": "县司法局", "why": "甲"}, 422),
        ({"kind": "item", "subject": f"{DOCUMENT}:1", "why": "甲" * 2001}, 422),
    ],
)
def test_what_cannot_be_noted_is_refused(desk: Desk, given: dict[str, Any], status: int) -> None:
    assert desk.note(**given).status_code == status
    assert desk.client.get("/v1/notes", headers=desk.keys["reader"]).json()["items"] == []


@pytest.mark.parametrize("words", ["半个\\ud83d", "空\\u0000字"])
def test_words_that_are_no_text_are_refused(desk: Desk, words: str) -> None:
    body = f'{{"kind": "item", "subject": "{DOCUMENT}:1", "why": "{words}"}}'
    headers = desk.keys["editor"] | {"Content-Type": "application/json"}
    assert desk.client.post("/v1/notes", content=body.encode(), headers=headers).status_code == 422


def test_several_findings_are_checked_at_once_or_none(desk: Desk) -> None:
    found = desk.client.get("/v1/findings", headers=desk.keys["reader"]).json()["items"]
    ids = [one["id"] for one in found]
    assert len(ids) > 2
    wrong = desk.client.post("/v1/notes/findings", json={"findings": [*ids, "没有"]}, headers=desk.keys["editor"])
    assert wrong.status_code == 404
    done = desk.client.post(
        "/v1/notes/findings", json={"findings": ids, "why": "逐条核对"}, headers=desk.keys["editor"]
    )
    assert [one["verdict_zh"] for one in done.json()["items"]] == ["已核对"] * len(ids)


NEW_HEADING = PLAN.replace("完善审批制度", "健全审批制度")
MOVED = PLAN.replace("1.完善审批制度", "1.新增一项。另行安排。\n\n牵头单位：县财政局。\n\n2.完善审批制度").replace(
    "2.规范", "3.规范"
)
GONE = PLAN.replace("1.完善审批制度。建立清单并向社会公布。", "1.另一件事。全部是别的话。")
TWICE = PLAN.replace("3.加强监督。", "3.加强监督。建立清单并向社会公布。")


@pytest.mark.parametrize(
    ("version", "item", "place", "finding"),
    [
        (PLAN, "current", "current", "current"),
        (NEW_HEADING, "changed", "current", "current"),
        (MOVED, "moved", "moved", "moved"),
        (GONE, "to-relink", "to-relink", "current"),
        (TWICE.replace("1.完善审批制度", "1.就完善审批制度"), "changed", "to-relink", "current"),
        (PLAN.replace("各有关部门", "各相关单位"), "current", "current", "to-relink"),
    ],
)
def test_a_note_finds_its_words_in_another_version(
    desk: Desk, version: str, item: str, place: str, finding: str
) -> None:
    at = desk.text.index("建立清单并向社会公布")
    finding_id = f"{DOCUMENT}:s1-2|finding|only-collectives"
    keys = [
        desk.note(kind="item", subject=f"{DOCUMENT}:1", why="甲").json()["id"],
        desk.note(kind="place", document=DOCUMENT, start=at, end=at + 10, why="乙").json()["id"],
        desk.note(kind="finding", subject=finding_id, why="丙").json()["id"],
    ]
    desk.load(version)
    rows = [desk.row(key) for key in keys]
    assert [row["state"] for row in rows] == [item, place, finding]
    for row in rows:
        assert (row["now"] is None) == (row["state"] == "to-relink")
        if row["kind"] == "place" and row["now"]:
            start, end = row["now"]["span"]
            assert desk.text[start:end] == "建立清单并向社会公布"
    waiting = desk.client.get("/v1/notes?state=to-relink", headers=desk.keys["reader"]).json()["items"]
    assert {one["state_zh"] for one in waiting} <= {"待重新关联"}
    assert len(waiting) == [item, place, finding].count("to-relink")


def test_a_lost_note_is_linked_again(desk: Desk) -> None:
    key = desk.note(kind="item", subject=f"{DOCUMENT}:1", why="甲").json()["id"]
    desk.load(GONE)
    assert desk.row(key)["state"] == "to-relink"
    wrong = {"kind": "place", "document": DOCUMENT, "start": 0, "end": 4}
    address = f"/v1/notes/{key}/subject"
    assert desk.client.put(address, json=wrong, headers=desk.keys["editor"]).status_code == 422
    again = desk.client.put(address, json={"kind": "item", "subject": f"{DOCUMENT}:3"}, headers=desk.keys["editor"])
    assert (again.json()["state"], again.json()["title"], again.json()["why"]) == ("current", "3 加强监督", "甲")


def test_notes_stay_when_their_plan_is_removed_and_it_is_told(desk: Desk) -> None:
    key = desk.note(kind="item", subject=f"{DOCUMENT}:1", why="甲").json()["id"]
    removed = desk.client.delete(f"/v1/documents/{DOCUMENT}", headers=desk.keys["admin"]).json()
    assert removed["notes_kept"] == 1
    row = desk.row(key)
    assert (row["state_zh"], row["now"], row["title"]) == ("文件已移除", None, "1 完善审批制度")
    desk.load(PLAN)
    assert desk.row(key)["state"] == "current"


def test_the_audit_log_has_who_noted_what_and_no_word(desk: Desk) -> None:
    key = desk.note(kind="item", subject=f"{DOCUMENT}:1", why="一句私语").json()["id"]
    desk.client.delete(f"/v1/notes/{key}", headers=desk.keys["admin"])
    lines = desk.client.get("/v1/audit?event=note", headers=desk.keys["admin"]).json()["items"]
    assert [(one["who"], one["method"]) for one in lines] == [("admin", "DELETE"), ("editor", "POST")]
    assert all(one["what"] == f"{key} {DOCUMENT}:s1-1" for one in lines)
    assert "一句私语" not in json.dumps(lines, ensure_ascii=False)


def test_notes_are_in_a_backup_and_come_back_once(desk: Desk, tmp_path: Path) -> None:
    desk.note(kind="item", subject=f"{DOCUMENT}:1", why="甲")
    made = desk.client.get("/v1/backup", headers=desk.keys["admin"])
    assert made.headers["X-Notes"] == "1"
    file = tmp_path / "a.zip"
    file.write_bytes(made.content)
    target = f"embedded:{tmp_path / 'second'}"
    done = CliRunner().invoke(cli, ["restore", str(file), "--store", target])
    assert (done.exit_code, "、1 条批注" in done.stdout) == (0, True)
    again = CliRunner().invoke(cli, ["backup", str(tmp_path / "b.zip"), "--store", target])
    assert "已备份 1 个文件、0 条判断、1 条批注到" in again.stdout
    repeated = desk.client.post("/v1/restore", content=made.content, headers=desk.keys["admin"]).json()
    assert (repeated["notes"], repeated["faults"]) == (0, [])


def test_a_changed_note_in_a_backup_is_refused(desk: Desk, tmp_path: Path) -> None:
    import zipfile

    desk.note(kind="item", subject=f"{DOCUMENT}:1", why="甲")
    whole, broken = tmp_path / "a.zip", tmp_path / "b.zip"
    whole.write_bytes(desk.client.get("/v1/backup", headers=desk.keys["admin"]).content)
    with zipfile.ZipFile(whole) as packed, zipfile.ZipFile(broken, "w") as made:
        for name in packed.namelist():
            data = packed.read(name)
            made.writestr(name, data.replace("甲".encode(), "乙".encode()) if name == "notes.json" else data)
    refused = desk.client.post("/v1/restore", content=broken.read_bytes(), headers=desk.keys["admin"])
    assert refused.status_code == 422
    remove_document(DOCUMENT, desk.store)
