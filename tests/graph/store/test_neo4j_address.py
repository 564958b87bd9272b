"""Addresses of Neo4j servers, and the environment that says who we are there."""

import pytest

from graph.errors import StoreUnavailable
from graph.store.neo4j.address import VARIABLES, is_server, server_of
from graph.store.opening import open_store


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch):
    for name, _, _ in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("neo4j://graph.example", "neo4j://graph.example:7687"),
        ("neo4j+s://graph.example:7700", "neo4j+s://graph.example:7700"),
        ("bolt://127.0.0.1:7687", "bolt://127.0.0.1:7687"),
        ("bolt+ssc://[::1]:7687/", "bolt+ssc://[::1]:7687"),
        ("neo4j://graph.example?policy=near", "neo4j://graph.example:7687?policy=near"),
    ],
)
def test_an_address_is_taken_as_it_is(url, uri):
    assert is_server(url)
    server = server_of(url)
    assert (server.uri, server.user, server.password, server.database) == (uri, "neo4j", None, "neo4j")


@pytest.mark.parametrize("url", ["embedded:", "embedded:/data/neo4j", "http://graph.example", "neo4j:graph", "neo4jx"])
def test_what_names_no_server(url):
    assert not is_server(url)


def test_the_bare_word_stands_for_the_environment(monkeypatch):
    monkeypatch.setenv("NEO4J_URI", "neo4j+s://graph.example:7687")
    monkeypatch.setenv("NEO4J_USERNAME", "loader")
    monkeypatch.setenv("NEO4J_PASSWORD", "s3cret")
    monkeypatch.setenv("NEO4J_DATABASE", "plans")
    server = server_of("neo4j")
    assert (server.uri, server.user, server.password, server.database) == (
        "neo4j+s://graph.example:7687", "loader", "s3cret", "plans",
    )  # fmt: skip
    assert "s3cret" not in repr(server)


def test_the_bare_word_without_the_environment_is_refused():
    with pytest.raises(StoreUnavailable, match=r"NEO4J_URI is not set; expected NEO4J_URI=neo4j://"):
        open_store("neo4j")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("neo4j://li:s3cret@graph.example:7687", "holds a name or password; expected neither. Set NEO4J_USERNAME"),
        ("bolt://", "is not an address; expected neo4j://host:7687"),
        ("bolt://graph.example:port", "is not an address"),
        ("bolt://graph.example/plans", "is not an address"),
        ("bolt://li:s3cret@graph.example:port", "'bolt://graph.example:port' is not an address"),
    ],
)
def test_a_wrong_address_is_named_and_no_password_shown(url, message):
    with pytest.raises(StoreUnavailable) as met:
        open_store(url)
    assert message in str(met.value)
    assert "s3cret" not in str(met.value)


def test_a_password_comes_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "password").write_text(" pass word \n")
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "password"))
    assert server_of("bolt://h").password == " pass word "


def test_an_unusable_password_file_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "none"))
    with pytest.raises(StoreUnavailable, match=r"none of NEO4J_PASSWORD_FILE cannot be read"):
        server_of("bolt://h")
    (tmp_path / "none").write_text("\n")
    with pytest.raises(StoreUnavailable, match="is empty; expected one line"):
        server_of("bolt://h")
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    with pytest.raises(StoreUnavailable, match="are both set; expected one"):
        server_of("bolt://h")
