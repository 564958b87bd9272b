"""Which process of a run gets which tests: whole modules, and all that ask one Neo4j server, what takes long first.

Two processes that ask a server of the same version would start two of them, and each server plans every query anew. What a
module makes for its tests is made once. `tests/conftest.py` takes the two hooks over; a run in one process is left as it is.

(xdist has marks of groups for this, ``--dist loadgroup``, which version 3.8 cannot put on the tests of pytest 9.2.)
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

OWN_SERVER = "own server"
# modules whose tests ask for the server on which anything may be done; one that is not named costs a second such server
OF_OWN_SERVER = {
    *("test_compose", "test_kill", "test_neo4j", "test_neo4j_browser", "test_neo4j_plans", "test_neo4j_store"),
    *("test_neo4j_write", "test_notebook", "test_servers"),
}
# modules that parse the whole code (tests/sources.py)
OF_SOURCES = {"test_expressions", "test_imports", "test_names", "test_words"}
OF_VERSION = re.compile(r"\[(?:.*-)?(neo4j-(?:given|5\.[\d.]+|20[\d.]+))")
OF_SERVER = re.compile(r"\[(?:.*-)?neo4j\b")


class Spread(LoadScopeScheduling):
    """Gives a process one group of tests after the other."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(nodeid: str) -> str:
    """What a test shares with others: the server it asks, else the parsed code, else its module."""
    path, _, name = nodeid.partition("::")
    module = path.rpartition("/")[2].removesuffix(".py")
    if version := OF_VERSION.search(name):
        return version[1]
    if module in OF_OWN_SERVER or OF_SERVER.search(name):
        return OWN_SERVER
    return "sources" if module in OF_SOURCES else path


def needs_a_server(group: str) -> bool:
    """Whether the tests of a group ask a Neo4j server."""
    return group == OWN_SERVER or group.startswith("neo4j-")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    return Spread(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    yield  # other plugins put the tests into a random order, and leave some out
    if hasattr(config, "workerinput"):
        items.sort(key=when)


def when(item: pytest.Item) -> int:
    """What takes long begins early, lest one process wait for it at the end."""
    group = group_of(item.nodeid)
    if group == OWN_SERVER:
        return 0
    if group.startswith("neo4j-"):
        return 1
    return 3 - any(item.get_closest_marker(name) is not None for name in ("server", "browser", "slow"))
