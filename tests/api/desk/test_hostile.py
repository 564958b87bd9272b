"""Notes and baskets with values that nobody means: each is taken or refused with a problem document, none is a fault of the service."""

import json
from typing import Any

import pytest

from tests.api.desk.desk import DOCUMENT, Desk

ITEM = f"{DOCUMENT}:1"
WORDS = [
    "",
    " ",
    "x" * 100_000,
    "\0",
    "\x01\x1f",
    "\ud800",
    "\udfff\ud800",
    "\u202e\u2066",
    "|",
    "|finding|",
    f"{DOCUMENT}|finding|",
    f"{ITEM}|finding|x",
    f"{DOCUMENT}:",
    f"{DOCUMENT}:s1-1|lead|县编办|99999999999999999999",
    "-t1",
    "../../etc/passwd",
    "' OR 1=1 --",
    "MATCH (n) DETACH DELETE n",
    "{}",
    "\r\n",
    None,
    1,
    [],
    {"a": 1},
]
NUMBERS = [None, -1, 0, 2**40, 2**40 + 1, 2**64, 10**30, 1.5, "1", True, [], 1e300]


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZEREN_WRITES_A_MINUTE", "0")


def send(desk: Desk, method: str, address: str, body: Any, who: str = "editor") -> Any:
    """As bytes, so that halves of surrogate pairs are sent as JSON writes them."""
    headers = desk.keys[who] | {"Content-Type": "application/json"}
    return desk.client.request(method, address, content=json.dumps(body).encode(), headers=headers)


def sendings(word: Any, note: str, entry: str) -> list[tuple[str, str, Any]]:
    """Every field that takes words, with ``word`` in it."""
    kinds = ("item", "finding", "fact", "chain", "unit")
    return [
        *(("POST", "/v1/baskets", {"kind": kind, "subject": word}) for kind in kinds),
        *(("POST", address, {"kind": word, "subject": ITEM}) for address in ("/v1/notes", "/v1/baskets")),
        ("POST", "/v1/baskets", {"kind": "place", "document": word, "start": 0, "end": 1}),
        *(("POST", "/v1/notes", {"kind": kind, "subject": word, "why": "看过"}) for kind in ("item", "finding")),
        *(("POST", "/v1/notes", {"kind": "item", "subject": ITEM, field: word}) for field in ("why", "verdict")),
        *(("POST", "/v1/notes/findings", {"findings": given}) for given in (word, [word], [word] * 201)),
        ("PUT", f"/v1/notes/{note}", {"why": word}),
        ("PUT", f"/v1/notes/{note}/subject", {"kind": "item", "subject": word}),
        *(("PUT", f"/v1/baskets/entries/{entry}", {field: word}) for field in ("note", "mark", "position")),
        *(("PUT", "/v1/baskets/fields", {field: word}) for field in ("project", "date", "prefix")),
    ]


def test_any_word_anywhere(desk: Desk) -> None:
    note = desk.note(kind="item", subject=ITEM, why="看过").json()["id"]
    entry = send(desk, "POST", "/v1/baskets", {"kind": "item", "subject": ITEM}).json()["id"]
    for word in WORDS:
        for method, address, body in sendings(word, note, entry):
            answer = send(desk, method, address, body)
            assert answer.status_code in (200, 201, 404, 409, 422), (method, address, answer.text)
            if answer.status_code > 201:
                assert answer.headers["Content-Type"] == "application/problem+json"
        paper = desk.client.get("/v1/baskets/paper?format=docx", headers=desk.keys["editor"])
        assert paper.status_code == 200, repr(word)


def test_any_number_as_a_place(desk: Desk) -> None:
    for start in NUMBERS:
        for end in NUMBERS:
            body = {"kind": "place", "document": DOCUMENT, "start": start, "end": end}
            assert send(desk, "POST", "/v1/notes", body).status_code in (201, 404, 422), body


def test_what_others_keep_is_not_changed(desk: Desk) -> None:
    note = desk.note(kind="item", subject=ITEM, why="看过").json()["id"]
    entry = send(desk, "POST", "/v1/baskets", {"kind": "item", "subject": ITEM}).json()["id"]
    found = [
        send(desk, method, address, {}, who).status_code
        for who in ("other", "reader")
        for method, address in (
            ("PUT", f"/v1/notes/{note}"),
            ("DELETE", f"/v1/notes/{note}"),
            ("PUT", f"/v1/baskets/entries/{entry}"),
            ("DELETE", f"/v1/baskets/entries/{entry}"),
        )
    ]
    assert found == [403, 403, 404, 404] * 2
    assert desk.row(note)["why"] == "看过"
