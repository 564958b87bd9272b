"""Stores for tests of what stays in a store for good."""

from collections.abc import Iterator

import pytest

from graph.store.contract import Store
from graph.store.embedded.store import EmbeddedStore


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.server)])
def kept(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store of the test's own: a judged unit stays in it for good."""
    if request.param == "neo4j":
        own: Store = request.getfixturevalue("own")
        yield own
        return
    store = EmbeddedStore(request.getfixturevalue("new_store"))
    yield store
    store.close()
