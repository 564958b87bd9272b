"""Every kind of failure has one shape: RFC 9457 with a Chinese title, a request id, and what helps the caller."""

import re
from typing import Any

import pytest

from api.answers.chinese.messages import BY_CODE, SENTENCES, error_in_chinese, in_chinese
from api.http.problems import PROBLEMS, TABLE
from api.schemas.base import Problem
from graph.errors import StoreBusy, StoreUnavailable

KEYED = {"Authorization": "Bearer a key of the tests"}
UNIT = "市政府法制办"
PLAIN = {"Content-Type": "text/plain"}


@pytest.mark.parametrize(
    ("method", "address", "more", "status", "kind"),
    [
        ("GET", "/nothing", {}, 404, "no-such-address"),
        ("GET", "/v1/units/", {}, 404, "no-such-address"),
        ("GET", "/v1/units?q=%CB%AE%C0%FB", {}, 400, "address-not-utf8"),
        ("GET", "/v1/units/%CB%AE%C0%FB", {}, 400, "address-not-utf8"),
        ("GET", "/v1/units/市政府法制局", {}, 404, "not-found"),
        ("GET", "/v1/items/999", {}, 404, "not-found"),
        ("GET", "/v1/questions/nothing", {}, 404, "not-found"),
        ("PUT", "/v1/documents", {}, 405, "method-not-allowed"),
        ("GET", "/v1/units?color=red", {}, 422, "invalid-parameter"),
        ("GET", "/v1/units?limit=0", {}, 422, "invalid-parameter"),
        ("GET", "/v1/units?limit=9&limit=9", {}, 422, "invalid-parameter"),
        ("GET", "/v1/units?after=x", {}, 422, "invalid-parameter"),
        ("GET", "/v1/units?after=bnVsbA", {}, 422, "invalid-parameter"),  # null
        ("GET", "/v1/units?after=MQ", {}, 422, "invalid-parameter"),  # 1
        ("GET", f"/v1/units?after={'W1tb' * 10_000}", {}, 422, "invalid-parameter"),  # [[[…
        ("GET", "/v1/items?role=lead", {}, 422, "invalid-parameter"),
        ("GET", "/v1/items?due_before=soon", {}, 422, "invalid-parameter"),
        ("GET", "/v1/items?due_before=0", {}, 422, "invalid-parameter"),
        ("GET", "/v1/questions/unit-duties", {}, 422, "invalid-parameter"),
        ("GET", f"/v1/questions/unit-duties?unit={UNIT}&color=red", {}, 422, "invalid-parameter"),
        ("GET", f"/v1/questions/unit-duties?unit={UNIT}&role=x", {}, 422, "invalid-parameter"),
        ("GET", "/v1/documents", {"headers": {"Host": "elsewhere.example"}}, 421, "wrong-host"),
        ("GET", "/v1/documents", {"headers": {"X-Forwarded-For": "192.0.2.1"}}, 401, "key-required"),
        ("POST", "/v1/documents", {"content": "x", "headers": PLAIN}, 401, "key-required"),
        ("POST", "/v1/parse", {"content": b"x", "headers": {"Content-Type": "image/png"}}, 415, "unsupported-media-type"),
        ("POST", "/v1/parse", {"content": b"", "headers": {"Content-Length": "99999999", **PLAIN}}, 413, "too-large"),
        ("POST", "/v1/parse", {"content": b"\x89PNG\r\n\x1a\n\0\0", "headers": PLAIN}, 422, "unreadable-source"),
        ("POST", "/v1/parse", {"content": "[", "headers": {"Content-Type": "application/json"}}, 400, "invalid-body"),
        ("POST", "/v1/parse", {"json": {"text": 1}}, 422, "invalid-parameter"),
        ("POST", "/v1/documents", {"content": "今天天气很好。", "headers": PLAIN | KEYED}, 422, "empty-plan"),
        ("POST", "/v1/parse", {"content": "x", "headers": {**PLAIN, "Origin": "http://elsewhere.example"}}, 403, "forbidden"),
    ],
)  # fmt: skip
def test_each_kind_has_the_one_shape(
    sample: Any, method: str, address: str, more: dict[str, Any], status: int, kind: str
) -> None:
    answer = sample.client.request(method, address, **more)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json"), answer.text
    body = answer.json()
    Problem.model_validate(body)
    assert (body["status"], body["type"]) == (status, f"urn:zeren:problem:{kind}")
    assert re.search("[一-鿿]", body["title"])
    assert body["detail"]
    assert re.search("[一-鿿]", body["detail_zh"])
    assert body["instance"].isascii()
    assert body["request_id"] == answer.headers["X-Request-ID"]
    if kind == "key-required":
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("address", "allow"),
    [
        ("/v1/documents", "GET, HEAD, POST"),
        ("/v1/documents/x", "DELETE, GET, HEAD"),
        ("/v1/parse", "POST"),
        ("/healthz", "GET, HEAD"),
        ("/v1/questions/unit-duties", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_every_right_one(sample: Any, address: str, allow: str) -> None:
    answer = sample.client.request("PATCH", address)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allow)


def test_an_unknown_name_is_answered_with_the_nearest(sample: Any) -> None:
    nearest = sample.client.get("/v1/units/市政府法制局").json()["candidates"]
    assert nearest[0]["id"] == f"娄底市:{UNIT}"
    assert all(row["why"] for row in nearest)


def test_a_parameter_at_fault_is_pointed_at(sample: Any) -> None:
    errors = sample.client.get("/v1/units?limit=0").json()["errors"]
    assert [e["pointer"] for e in errors] == ["/query/limit"]


@pytest.mark.parametrize(
    ("error", "kind", "retry"), [(StoreUnavailable, "store-unavailable", "5"), (StoreBusy, "load-in-progress", "1")]
)
def test_a_store_that_cannot_answer_is_503(
    sample: Any, monkeypatch: pytest.MonkeyPatch, error: type[Exception], kind: str, retry: str
) -> None:
    def fails(work: Any) -> Any:
        raise error("the store cannot.")

    class Broken:
        read = staticmethod(fails)
        version_now = staticmethod(lambda: None)

    monkeypatch.setattr(sample.app.state.service, "store", Broken())
    for address in ("/v1/units", "/readyz"):
        answer = sample.client.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, retry)
        assert answer.json()["type"].endswith(kind)
    assert sample.client.get("/healthz").status_code == 200


def test_a_fault_of_our_own_tells_nothing_but_its_number(sample: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def read(self, work: Any) -> Any:
            raise RuntimeError("a secret")

        def version_now(self) -> None:
            return None

    monkeypatch.setattr(sample.app.state.service, "store", Broken())
    answer = sample.client.get("/v1/units")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["request_id"] in answer.json()["detail"]


def test_a_browser_gets_a_page(sample: Any) -> None:
    answer = sample.client.get("/units/市政府法制局", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert UNIT in answer.text


def test_every_exception_of_the_graph_has_its_problem() -> None:
    from graph import errors

    known = {e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, errors.ZerenError)}
    assert set(TABLE) == known


def test_every_code_has_its_chinese() -> None:
    assert BY_CODE.keys() == PROBLEMS.keys()
    assert all(re.search("[一-鿿]", said) and said.endswith("。") for said in BY_CODE.values())


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/v1/units/市政府法治办", "没有叫“市政府法治办”的单位。相近或相关的有：市政府法制办（娄底市）、"),
        ("/v1/items/999", "没有编号为“999”的事项。"),
        ("/v1/items/999?document=娄发〔2017〕4号", "文件 娄底市-娄发2017-4 没有第999项。"),
        ("/v1/questions/nothing", "问题库里没有“nothing”；zeren query 列出全部问题。"),
        ("/v1/questions/unit-duties", "缺少参数 unit。"),
        ("/v1/units?color=red", "没有参数“color”；可用的有："),
        ("/v1/units?limit=9&limit=9", "参数“limit”给了两次"),
        ("/v1/units?limit=0", "参数 limit 的值 '0' 不能用。应当是 至少 1。"),
        ("/v1/items?due_before=2018-02-30", "参数 due_before 的值 '2018-02-30' 不能用。应当是 2018-12-31 这样的日期。"),
        ("/v1/items?evidence=foo", "参数 evidence 的值 'foo' 不能用。应当是 full、ref、none 之一。"),
        ("/v1/items?role=lead", "role 要和 unit 一起写。"),
        ("/v1/items?exact=true", "exact 要和 region 一起写。"),
        ("/v1/items?region=", "参数 region 是空的；"),
        ("/v1/items?where=lead(市", "条件在第 6 个字“市”处读不下去；"),
        ("/v1/items?where=foo(x)", "没有条件“foo”；"),
        ("/v1/items?list=foo", "条件 list 的值 'foo' 不能用。应当是 open、closed、collective 之一。"),
        ("/v1/questions/deadline-lights?near_days=-1", "参数 near_days 的值 -1 不能用。应当是 0 到 3660 之间的数。"),
        ("/v1/units?after=x", "参数 after 不是这个列表的翻页标记。"),
        ("/v1/search?q=，", "参数 q 的值 '，' 不能用。"),
        ("/v1/search", "缺少参数 q。"),
        ("/v1/units?region=没有市", "没有叫“没有市”的地区。"),
        ("/nothing", "没有 /nothing 这个地址"),
    ],
)
def test_what_was_met_is_said_in_chinese(sample: Any, address: str, said: str) -> None:
    assert sample.client.get(address).json()["detail_zh"].startswith(said)


def test_a_candidate_says_why_in_chinese(sample: Any) -> None:
    first = sample.client.get("/v1/units/市政府法治办").json()["candidates"][0]
    assert first["why_zh"] == "名称有 83% 相同"


def test_every_sentence_takes_over_what_it_names() -> None:
    for pattern, chinese in SENTENCES:
        assert set(re.findall(r"{(\w+)}", chinese)) <= pattern.groupindex.keys()


def test_an_error_without_a_sentence_of_its_own_says_its_kind() -> None:
    assert error_in_chinese(StoreBusy("whatever")) == BY_CODE["load-in-progress"]
    assert in_chinese("ambiguous", "x", [{"id": "甲"}, {"id": "b", "name": "乙", "region": "丙市"}]).endswith(
        "可选的有：甲、乙（丙市）。"
    )
