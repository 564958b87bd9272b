"""Where a request comes from: signs of a proxy, trusted proxies, this machine."""

import ipaddress
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.http.origin import client_address, is_https, is_of_this_machine
from api.settings import Settings, settings_of
from graph.errors import ZerenError
from graph.store.contract import Store

SIGNS = [
    "Via", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded", "X-Real-IP",
    "CF-Connecting-IP", "CF-Ray", "True-Client-IP", "X-Client-IP", "CDN-Loop", "X_Forwarded_For", "x_real_ip",
]  # fmt: skip
TRUSTED = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1"))


def scope(peer: str | None = "127.0.0.1", **headers: str) -> dict[str, Any]:
    raw = [(name.replace("_", "-").lower().encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "client": peer and (peer, 1),
        "server": ("127.0.0.1", 8000),
        "scheme": "http",
        "headers": raw,
    }


@pytest.mark.parametrize("header", SIGNS)
def test_any_sign_of_a_proxy_closes_the_reads(sample: Any, header: str) -> None:
    assert sample.client.get("/v1/documents", headers={header: "1.1 x"}).status_code == 401
    assert sample.client.get("/v1/documents", headers={header: "1.1 x"} | sample.key).status_code == 200


def test_reads_are_open_only_to_this_machine_where_local_use_is_set(embedded_sample: Store) -> None:
    cases = [
        (True, "127.0.0.1", (), 200),
        (True, "::1", (), 200),
        (True, "192.0.2.1", (), 401),
        (False, "127.0.0.1", (), 401),
        (True, "127.0.0.1", ("127.0.0.1",), 401),  # there is a proxy, whatever it sends
    ]
    for local, peer, proxies, status in cases:
        app = create_app(Settings(local_use=local, trusted_proxies=proxies, api_key="a key"), embedded_sample)
        with TestClient(app, "http://127.0.0.1:8000", client=(peer, 5000)) as client:
            assert client.get("/v1/documents").status_code == status, (local, peer, proxies)
            assert client.get("/v1/documents", headers={"Authorization": "Bearer a key"}).status_code == 200


@pytest.mark.parametrize(
    ("peer", "headers", "address"),
    [
        ("192.0.2.1", {"X_Forwarded_For": "203.0.113.9"}, "192.0.2.1"),  # not trusted
        ("10.0.0.1", {"X_Forwarded_For": "203.0.113.9"}, "203.0.113.9"),
        ("10.0.0.1", {"X_Forwarded_For": "1.1.1.1, 203.0.113.9, 10.0.0.2"}, "203.0.113.9"),  # the first was made up
        ("10.0.0.1", {"X_Forwarded_For": "nonsense"}, "10.0.0.1"),
        ("10.0.0.1", {"Forwarded": 'for="[2001:db8::1]";proto=https'}, "2001:db8::1"),
        ("10.0.0.1", {"X_Real_IP": "203.0.113.9"}, "203.0.113.9"),
        ("10.0.0.1", {}, "10.0.0.1"),
        (None, {}, "unknown"),
    ],
)
def test_the_sender_is_told_by_trusted_proxies_alone(peer: str | None, headers: dict[str, str], address: str) -> None:
    assert client_address(scope(peer, **headers), TRUSTED) == address


def test_tls_is_told_by_trusted_proxies_alone() -> None:
    assert is_https(scope("10.0.0.1", X_Forwarded_Proto="https"), TRUSTED)
    assert is_https(scope("10.0.0.1", Forwarded="for=1.1.1.1;proto=https"), TRUSTED)
    assert not is_https(scope("10.0.0.1", X_Forwarded_Proto="http"), TRUSTED)
    assert not is_https(scope("192.0.2.1", X_Forwarded_Proto="https"), TRUSTED)
    assert is_https({**scope(), "scheme": "https"}, TRUSTED)


def test_without_a_peer_nobody_is_local() -> None:
    assert is_of_this_machine(scope(), TRUSTED)
    assert not is_of_this_machine(scope(None), TRUSTED)


def test_a_proxy_is_an_address_or_a_network() -> None:
    assert len(settings_of(Settings, trusted_proxies="127.0.0.1, 10.0.0.0/8").proxies) == 2
    with pytest.raises(ZerenError, match="ZEREN_TRUSTED_PROXIES"):
        settings_of(Settings, trusted_proxies="proxy.example")
