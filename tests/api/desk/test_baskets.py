"""Baskets over REST: whose they are, what they hold, their order, and what becomes of them when a plan changes."""

from pathlib import Path
from typing import Any

import pytest

from api.desk.baskets import MOST_ENTRIES
from api.security.keys import AccessRole
from tests.api.desk.desk import DOCUMENT, PLAN, Desk

ITEM = f"{DOCUMENT}:s1-1"


def put(desk: Desk, who: str = "reader", **given: Any) -> Any:
    return desk.client.post("/v1/baskets", json=given, headers=desk.keys[who])


def basket(desk: Desk, who: str = "reader") -> dict[str, Any]:
    return dict(desk.client.get("/v1/baskets", headers=desk.keys[who]).json())


def test_anything_is_put_aside_with_its_words_on_every_store(any_desk: Desk) -> None:
    desk = any_desk
    fact = f"{ITEM}|lead|县编办|1"
    finding = f"{DOCUMENT}:s1-2|finding|only-collectives"
    given = [
        {"kind": "item", "subject": f"{DOCUMENT}:1"},
        {"kind": "fact", "subject": fact},
        {"kind": "finding", "subject": finding},
        {"kind": "chain", "subject": ITEM},
        {"kind": "place", "document": DOCUMENT, "start": 0, "end": 8},
        {"kind": "document", "subject": DOCUMENT},
        {"kind": "unit", "subject": "青川县:县司法局"},
    ]
    assert [put(desk, **one).status_code for one in given] == [201] * 7
    rows = basket(desk)["items"]
    assert [one["index"] for one in rows] == [f"SJ-0{n}" for n in range(1, 8)]
    assert [one["kind_zh"] for one in rows] == ["事项", "事实", "疑点", "链路", "原文", "文件", "单位"]
    assert rows[1]["title"] == "1 完善审批制度：牵头 县编办"
    assert [place["quote"] for place in rows[1]["places"]] == ["牵头单位：县编办、县司法局。", "县编办"]
    assert "县编办" in rows[3]["said"]
    for row in rows:
        assert all(desk.text[slice(*place["span"])] == place["quote"] for place in row["places"])
        assert row["state"] == "current"


def test_a_duty_of_the_whole_plan_and_an_instrument_are_put_aside(desk: Desk) -> None:
    desk.load(PLAN.replace("一、健全制度", "根据《法治政府建设实施纲要》制定本方案。\n\n一、健全制度", 1))
    cited = desk.client.get("/v1/regulations", headers=desk.keys["reader"]).json()["items"][0]
    assert put(desk, kind="regulation", subject=cited["id"]).json()["title"] == "《法治政府建设实施纲要》"
    card = desk.client.get(f"/v1/documents/{DOCUMENT}", headers=desk.keys["reader"]).json()
    fact = put(desk, kind="fact", subject=card["citations"][0]["id"]).json()
    assert fact["title"].startswith("整个文件：")
    assert "《法治政府建设实施纲要》" in fact["places"][-1]["quote"]


def test_a_basket_is_its_owner_s_alone(desk: Desk) -> None:
    key = put(desk, kind="item", subject=ITEM).json()["id"]
    assert basket(desk, "editor")["items"] == []
    assert (
        desk.client.put(f"/v1/baskets/entries/{key}", json={"note": "x"}, headers=desk.keys["admin"]).status_code == 404
    )
    assert desk.client.delete(f"/v1/baskets/entries/{key}", headers=desk.keys["editor"]).status_code == 404
    assert desk.client.delete("/v1/baskets", headers=desk.keys["editor"]).status_code == 204
    assert len(basket(desk)["items"]) == 1


def test_the_same_thing_is_kept_once(desk: Desk) -> None:
    first, again = (put(desk, kind="item", subject=ref).json() for ref in (ITEM, f"{DOCUMENT}:1"))
    assert first["id"] == again["id"]
    assert basket(desk)["total"]["value"] == 1


def test_entries_have_an_order_a_note_and_an_index_number(desk: Desk) -> None:
    keys = [put(desk, kind="item", subject=f"{DOCUMENT}:{n}").json()["id"] for n in (1, 2, 3)]
    headers = desk.keys["reader"]
    moved = desk.client.put(f"/v1/baskets/entries/{keys[2]}", json={"position": 1, "note": "先看这条"}, headers=headers)
    assert (moved.json()["position"], moved.json()["index"], moved.json()["note"]) == (1, "SJ-01", "先看这条")
    named = desk.client.put(f"/v1/baskets/entries/{keys[0]}", json={"mark": "A2-3"}, headers=headers).json()
    assert (named["index"], named["note"]) == ("A2-3", "")
    twice = desk.client.put(f"/v1/baskets/entries/{keys[1]}", json={"mark": "A2-3"}, headers=headers)
    assert twice.status_code == 422
    fields = {
        "project": "法治政府建设审计",
        "prepared_by": "王五",
        "reviewed_by": "赵六",
        "date": "2026-11-30",
        "prefix": "FZ",
    }
    done = desk.client.put("/v1/baskets/fields", json=fields, headers=headers).json()
    assert (done["fields"], [one["index"] for one in done["items"]]) == (fields, ["FZ-01", "A2-3", "FZ-03"])
    desk.client.delete(f"/v1/baskets/entries/{keys[2]}", headers=headers)
    assert [one["id"] for one in basket(desk)["items"]] == [keys[0], keys[1]]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"kind": "item", "subject": "没有"}, 404),
        ({"kind": "fact", "subject": f"{ITEM}|lead|没有|1"}, 404),
        ({"kind": "fact", "subject": "没有|lead|没有|1"}, 404),
        ({"kind": "chain", "subject": "没有"}, 404),
        ({"kind": "unit", "subject": "没有"}, 404),
        ({"kind": "regulation"}, 422),
        ({"kind": "nothing", "subject": "x"}, 422),
    ],
)
def test_what_is_not_there_is_not_put_aside(desk: Desk, given: dict[str, Any], status: int) -> None:
    assert put(desk, **given).status_code == status
    assert basket(desk)["items"] == []


def test_words_that_changed_are_told(desk: Desk) -> None:
    for given in ({"kind": "item", "subject": ITEM}, {"kind": "place", "document": DOCUMENT, "start": 0, "end": 8}):
        put(desk, **given)
    desk.load(PLAN.replace("完善审批制度", "健全审批制度"))
    assert [one["state_zh"] for one in basket(desk)["items"]] == ["原文已变", "与原文一致"]
    desk.client.delete(f"/v1/documents/{DOCUMENT}", headers=desk.keys["admin"])
    rows = basket(desk)["items"]
    assert [one["state"] for one in rows] == ["plan-gone", "plan-gone"]
    assert rows[0]["places"][0]["quote"].startswith("1.完善审批制度")


def test_a_basket_is_bounded_and_says_so(desk: Desk) -> None:
    assert basket(desk)["most"] == MOST_ENTRIES
    for start in range(MOST_ENTRIES):
        assert (
            put(
                desk, kind="place", document=DOCUMENT, start=start % 100, end=start % 100 + 1 + start // 100
            ).status_code
            == 201
        )
    full = put(desk, kind="item", subject=ITEM)
    assert (full.json()["type"], full.json()["title"]) == ("urn:zeren:problem:kept-full", "已经放满")
    assert (full.status_code, full.json()["detail_zh"]) == (409, "底稿篮已有 200 条，不能再多；请先成稿，再移出一些。")
    assert put(desk, kind="place", document=DOCUMENT, start=0, end=1).status_code == 201  # it is there already


def test_a_basket_comes_back_to_whose_key_has_the_name(desk: Desk, tmp_path: Path) -> None:
    put(desk, kind="item", subject=ITEM)
    made = desk.client.get("/v1/backup", headers=desk.keys["admin"])
    assert made.headers["X-Entries"] == "1"
    service = desk.client.app.state.service  # type: ignore[attr-defined]
    service.database.run("DELETE FROM basket_entries")
    service.database.run("DELETE FROM baskets")
    service.keys.revoke("reader")
    desk.keys["reader"] = {"Authorization": f"Bearer {service.keys.create('reader', AccessRole.READER)}"}
    done = desk.client.post("/v1/restore", content=made.content, headers=desk.keys["admin"]).json()
    assert (done["entries"], len(basket(desk)["items"]), basket(desk, "editor")["items"]) == (1, 1, [])
    assert desk.client.delete("/v1/baskets", headers=desk.keys["reader"]).status_code == 204
    assert basket(desk)["items"] == []


def test_a_restored_basket_joins_one_that_was_begun_meanwhile(desk: Desk) -> None:
    first = put(desk, kind="item", subject=ITEM).json()["id"]
    put(desk, kind="document", subject=DOCUMENT)
    desk.client.put(f"/v1/baskets/entries/{first}", json={"mark": "A-1"}, headers=desk.keys["reader"])
    fields = {"project": "法治政府审计"}
    desk.client.put("/v1/baskets/fields", json=fields, headers=desk.keys["reader"])
    made = desk.client.get("/v1/backup", headers=desk.keys["admin"])
    service = desk.client.app.state.service  # type: ignore[attr-defined]
    service.database.run("DELETE FROM basket_entries")
    service.database.run("DELETE FROM baskets")
    service.keys.revoke("reader")
    desk.keys["reader"] = {"Authorization": f"Bearer {service.keys.create('reader', AccessRole.READER)}"}
    put(desk, kind="document", subject=DOCUMENT)
    begun = put(desk, kind="unit", subject="青川县:县司法局").json()["id"]
    desk.client.put(f"/v1/baskets/entries/{begun}", json={"mark": "A-1"}, headers=desk.keys["reader"])
    assert desk.client.post("/v1/restore", content=made.content, headers=desk.keys["admin"]).json()["entries"] == 2
    held = basket(desk)
    assert [(one["kind"], one["index"]) for one in held["items"]] == [
        ("document", "SJ-01"),
        ("unit", "A-1"),
        ("item", "A-1-恢复"),
    ]
    assert held["fields"]["project"] == "法治政府审计"
    assert basket(desk) == held
    desk.client.post("/v1/restore", content=made.content, headers=desk.keys["admin"])
    assert len(basket(desk)["items"]) == 3, "a second restore brings back what he already has"


def test_a_chain_between_two_ends_is_put_aside_with_the_words_of_its_steps(any_desk: Desk) -> None:
    desk = any_desk
    key = f"document:{DOCUMENT}→unit:青川县:县编办"
    first = put(desk, kind="chain", subject=f"document:{DOCUMENT} → unit:县编办")
    assert first.status_code == 201, first.text
    row = first.json()
    assert (row["subject"], row["title"]) == (key, "从青川县法治政府建设实施方案到县编办的链路")
    assert "牵头单位：县编办、县司法局。" in [place["quote"] for place in row["places"]]
    assert all(desk.text[slice(*place["span"])] == place["quote"] for place in row["places"])
    assert put(desk, kind="chain", subject=key).json()["id"] == row["id"], "the same thing is kept once"
    assert put(desk, kind="chain", subject="unit:县编办→unit:没有").status_code == 404
    assert put(desk, kind="chain", subject="县编办→县司法局").status_code == 422
    assert put(desk, kind="chain", subject="→").status_code == 422
    paper = desk.client.get("/v1/baskets/paper?format=html", headers=desk.keys["reader"]).text
    assert "从青川县法治政府建设实施方案到县编办的链路" in paper
