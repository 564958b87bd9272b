"""A repair over REST: an admin's, and by itself it only says what it would do."""

from typing import Any

from tests.forgeries import FORGERIES, by_hand, ids_of, plans_to_forge, refill


def test_a_repair_over_rest(empty: Any) -> None:
    two = plans_to_forge()
    refill(empty.store, two)
    (copied,) = (forgery for forgery in FORGERIES if forgery.name == "an item copied with its lead")
    by_hand(empty.store, copied.statement, ids_of(*two))
    found = empty.client.post("/v1/check", headers=empty.key).json()
    assert {(d["code"], d["change"]) for d in found["differences"]} == {
        ("added-node", "added"),
        ("added-relationship", "added"),
    }
    assert found["whole"] is True

    assert empty.client.post("/v1/repair").status_code == 401, "who has no key may not mend"
    tried = empty.client.post("/v1/repair", headers=empty.key).json()
    assert (tried["dry_run"], [m["action"] for m in tried["done"]], tried["remaining"]) == (True, ["remove"] * 2, 2)
    done = empty.client.post("/v1/repair", params={"dry_run": False}, headers=empty.key).json()
    assert (done["dry_run"], len(done["done"]), done["left"], done["remaining"]) == (False, 2, [], 0)
    assert empty.client.post("/v1/check", headers=empty.key).json()["differences"] == []
    told = [
        one["what"] for one in empty.app.state.service.audit.last(10) if one["event"] == "repair" and one.get("what")
    ]
    assert sorted(told) == ["2 mended, 0 left", "2 to mend, 0 left"]
