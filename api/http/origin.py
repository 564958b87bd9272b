"""Where a request comes from: this machine itself, or another, perhaps through a proxy.

1. `is_forwarded`: any header that proxies add is a sign that somebody else sent the request first.
2. `client_address`: the address of the sender; what a header says of it counts only if the peer is one of
   ``ZEREN_TRUSTED_PROXIES``, and then from its end, up to the first address that is no such proxy.
3. `is_https`: whether the sender's connection is encrypted, by the same rule.

Example: from the trusted 127.0.0.1 with ``X-Forwarded-For: 203.0.113.9, 198.51.100.7`` the sender is 198.51.100.7.

Left to others: who may read without a key (`api.http.access`).
"""

import ipaddress
import re
from collections.abc import Sequence
from typing import TypeAlias

from starlette.datastructures import Headers
from starlette.types import Scope

from api.settings import is_loopback

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

UNKNOWN = "unknown"
_SIGNS = frozenset(
    {"via", "forwarded", "x-real-ip", "true-client-ip", "x-client-ip", "x-cluster-client-ip", "x-remote-ip",
     "x-remote-addr", "fastly-client-ip", "client-ip", "cdn-loop", "x-proxyuser-ip", "x-original-host",
     "x-original-url", "x-rewrite-url", "x-host"}
)  # fmt: skip
_BEGINNINGS = ("x-forwarded", "cf-", "x-envoy-", "x-original-forwarded", "x-amzn-", "x-azure-")
_FORWARDED_FOR = re.compile(r"for=\"?\[?(?P<address>[0-9a-fA-F.:]+)", re.IGNORECASE)


def is_forwarded(headers: Headers) -> bool:
    """Whether a header says that a proxy stands between; an underscore counts as a hyphen."""
    names = (name.replace("_", "-") for name in headers)
    return any(name in _SIGNS or name.startswith(_BEGINNINGS) for name in names)


def is_of_this_machine(scope: Scope, trusted: Sequence[Network]) -> bool:
    """Whether a program of this machine sent the request itself: the peer is loopback, and nothing says that it is a proxy."""
    peer, server = scope.get("client"), scope.get("server")
    if peer is None or server is None or not is_loopback(str(peer[0])) or not is_loopback(str(server[0])):
        return False
    return not is_forwarded(Headers(scope=scope)) and not is_trusted(str(peer[0]), trusted)


def client_address(scope: Scope, trusted: Sequence[Network]) -> str:
    """The address of the sender; ``unknown`` without a peer."""
    peer = scope.get("client")
    address = str(peer[0]) if peer else UNKNOWN
    if not is_trusted(address, trusted):
        return address
    headers = Headers(scope=scope)
    said = [part.strip() for line in headers.getlist("x-forwarded-for") for part in line.split(",")]
    if not said:
        said = _FORWARDED_FOR.findall(",".join(headers.getlist("forwarded"))) or headers.getlist("x-real-ip")
    for one in reversed(said):
        if not _is_address(one):
            break
        address = one
        if not is_trusted(one, trusted):
            break
    return address


def is_https(scope: Scope, trusted: Sequence[Network]) -> bool:
    """Whether the sender speaks TLS, with this service or with a trusted proxy."""
    peer = scope.get("client")
    if peer is not None and is_trusted(str(peer[0]), trusted):
        headers = Headers(scope=scope)
        said = headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
        return said == "https" or "proto=https" in headers.get("forwarded", "").lower()
    return scope.get("scheme") == "https"


def _is_address(word: str) -> bool:
    try:
        ipaddress.ip_address(word)
    except ValueError:
        return False
    return True


def is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    """Whether an address is that of a trusted proxy."""
    return _is_address(address) and any(ipaddress.ip_address(address) in network for network in trusted)
