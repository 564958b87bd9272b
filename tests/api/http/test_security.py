"""Who may: the Host check, keys, forwarded requests, binding, headers of every answer."""

from typing import Any

import pytest

from api.app import create_app
from api.settings import Settings, UnsafeBinding


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1:8000", 200), ("localhost", 200), ("[::1]:8000", 200), ("LOCALHOST:1", 200),
     ("elsewhere.example", 421), ("127.0.0.1.elsewhere.example", 421), ("127.0.0.1@elsewhere.example", 421), ("", 421)],
)  # fmt: skip
@pytest.mark.parametrize("address", ["/v1/documents", "/", "/healthz", "/static/zeren.css"])
def test_only_names_of_this_machine_are_served(sample: Any, host: str, status: int, address: str) -> None:
    assert sample.client.get(address, headers={"Host": host}).status_code == status


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"])
def test_a_forwarded_read_needs_the_key(sample: Any, header: str) -> None:
    for address in ("/v1/documents", "/v1/questions/items-without-lead", "/", "/openapi.json"):
        assert sample.client.get(address, headers={header: "x"}).status_code == 401
        assert sample.client.get(address, headers={header: "x"} | sample.key).status_code == 200
    for address in ("/healthz", "/readyz"):
        assert sample.client.get(address, headers={header: "x"}).status_code == 200


@pytest.mark.parametrize("given", ["", "Bearer wrong", "Basic eDp5", "Bearer 密"])
@pytest.mark.parametrize(("method", "address"), [("POST", "/v1/documents"), ("DELETE", "/v1/documents/x")])
def test_a_write_needs_the_key(sample: Any, given: str, method: str, address: str) -> None:
    headers = {"Content-Type": "text/plain", "Authorization": given.encode()}
    assert sample.client.request(method, address, headers=headers).status_code == 401


def test_the_local_token_opens_as_the_key_does(sample: Any) -> None:
    for secret in (sample.app.state.service.token, "a key of the tests"):
        answer = sample.client.delete("/v1/documents/x", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 404


def test_no_other_address_without_a_key(tmp_path: Any) -> None:
    with pytest.raises(UnsafeBinding, match="ZEREN_API_KEY_FILE"):
        create_app(Settings(host="0.0.0.0"))
    (tmp_path / "key").write_text(" secret\n", encoding="utf-8")
    assert Settings(host="0.0.0.0", api_key_file=tmp_path / "key").key() == "secret"
    create_app(Settings(host="0.0.0.0", api_key_file=tmp_path / "key"))
    (tmp_path / "key").write_text("\n", encoding="utf-8")
    with pytest.raises(UnsafeBinding, match="empty"):
        create_app(Settings(host="0.0.0.0", api_key_file=tmp_path / "key"))


def test_every_answer_carries_its_number_and_policy(sample: Any) -> None:
    answer = sample.client.get("/v1/documents", headers={"X-Request-ID": "of-mine.1"})
    assert answer.headers["X-Request-ID"] == "of-mine.1"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert sample.client.get("/v1/documents", headers={"X-Request-ID": "a b"}).headers["X-Request-ID"] != "a b"
    policy = sample.client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
