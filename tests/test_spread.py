"""The tests that need one server run in one process: by their names, which xdist alone knows where it gives them out."""

from pathlib import Path

import pytest

from tests.spread import OF_OWN_SERVER, OF_SOURCES, OWN_SERVER, group_of


@pytest.mark.parametrize(
    ("test", "group"),
    [
        ("tests/a/test_load.py::test_one[neo4j-5.26.30]", "neo4j-5.26.30"),
        ("tests/b/test_card.py::test_one[neo4j-2026.08.1-more-3]", "neo4j-2026.08.1"),
        ("tests/a/test_load.py::test_one[embedded]", "tests/a/test_load.py"),
        ("tests/graph/store/test_kill.py::test_one[Neo4jLoader]", OWN_SERVER),
        ("tests/releases/test_old_stores.py::test_one[neo4j-0.1.0]", OWN_SERVER),
        ("tests/a/test_load.py::test_one[neo4j]", OWN_SERVER),
        ("tests/test_words.py::test_one", "sources"),
    ],
)
def test_a_test_goes_where_its_server_is(test: str, group: str) -> None:
    assert group_of(test) == group


def test_modules_that_are_named_are_there() -> None:
    there = {path.stem for path in Path(__file__).parent.rglob("test_*.py")}
    assert there >= OF_OWN_SERVER | OF_SOURCES
