"""The contract as a table: every GET of the interface × what holds for all of them.

Another method is 405 with what is allowed; an unknown parameter is refused; HEAD is answered as GET; an answer has an ETag, which brings 304;
a list refuses a cursor of another make and a limit of nothing, and is given in every form; a form that is none is refused.
"""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.conftest import Served

DESCRIBED = json.loads((Path(__file__).parents[3] / "docs" / "openapi.json").read_text("utf-8"))["paths"]
PLAN, UNIT, RULE = "娄底市-娄发2017-4", "市政府法制办", "湖南省行政程序规定"
INSIDE = {"/v1/documents": PLAN, "/v1/units": UNIT, "/v1/regulations": RULE, "/v1/items": f"{PLAN}:s2.4-20"}
NEEDED = {
    "/v1/ask": {"q": "市政府法制办牵头哪些事项"},
    "/v1/search": {"q": "审批"},
    "/v1/paths": {"from": f"regulation:{RULE}", "to": f"unit:{UNIT}"},
    "/v1/graph": {"around": f"unit:{UNIT}"},
    "/v1/items/groups": {"by": "lead"},
    "/v1/documents/{ref}/place": {"start": 0, "end": 9},
    "/v1/questions/{name}": {"unit": UNIT},
}
# made anew for everybody who asks, because they tell how things are now, or differ from one to the next
WITHOUT_TAG = {
    "/healthz", "/metrics", "/readyz", "/v1/audit", "/v1/baskets", "/v1/catalog", "/v1/conditions", "/v1/jobs", "/v1/judgements",
    "/v1/notes", "/v1/questions", "/v1/readings", "/v1/rules",
}  # fmt: skip
TAKES_ANYTHING = {"/healthz", "/metrics", "/readyz"}  # asked by machines that watch, with whatever they add
# of one thing that a test must make first, or files: held by tests of their own
APART = {"/v1/backup", "/v1/baskets/paper", "/v1/jobs/{id}", "/v1/notes/{ref}", "/v1/readings/{id}"}
CURSORS = ["1", "null", '"x"', "true", "{}", "[]"]


def gets() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in DESCRIBED.items():
        if "get" in methods and path not in APART:
            yield path, methods["get"]


def address(path: str) -> str:
    for begin, name in INSIDE.items():
        if path.startswith(f"{begin}/"):
            path = path.replace("{ref}", quote(name))
    return path.replace("{other}", quote("市编办")).replace("{name}", "unit-duties")


@pytest.mark.parametrize(("path", "described"), list(gets()), ids=[path for path, _ in gets()])
def test_a_route_keeps_the_conventions(sample: Served, path: str, described: dict[str, Any]) -> None:
    url, given = address(path), NEEDED.get(path, {})
    assert "{" not in url, "expected a value for it in this table"

    def get(method: str = "GET", headers: dict[str, str] | None = None, **more: Any) -> Any:
        return sample.client.request(method, url, params={**given, **more}, headers={**sample.key, **(headers or {})})

    first = get()
    assert first.status_code == 200, first.text[:300]
    head = get("HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == first.headers["content-type"]
    if path in WITHOUT_TAG:
        assert "etag" not in first.headers
    else:
        again = get(headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    refused = sample.client.request("PUT", url, headers=sample.key)
    assert refused.status_code == 405
    assert "GET" in refused.headers["allow"]
    assert refused.headers["content-type"].startswith("application/problem+json")
    assert get(nonsense="1").status_code == (200 if path in TAKES_ANYTHING else 422)
    takes = {one["name"] for one in described.get("parameters", ()) if one["in"] == "query"}
    if "after" in takes:
        for cursor in CURSORS:
            assert get(after=base64.urlsafe_b64encode(cursor.encode()).decode().rstrip("=")).status_code == 422, cursor
        assert get(limit=0).status_code == 422
        assert get(limit=501).status_code == 422
    if "whole" in takes:
        for form, media in (("csv", "text/csv"), ("ndjson", "application/x-ndjson"), ("xlsx", "application/vnd")):
            made = get(format=form)
            assert (made.status_code, made.headers["content-type"].startswith(media)) == (200, True), form
            assert made.headers["content-disposition"].startswith('attachment; filename="zeren')
    if "format" in takes:
        assert get(format="gif").status_code == 422


def test_nothing_stands_in_the_table_that_is_not_there() -> None:
    assert {*NEEDED, *WITHOUT_TAG, *APART} <= DESCRIBED.keys()
