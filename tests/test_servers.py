"""The rules of the fixtures: nothing is left out in silence, and a given server is only used when it is empty."""

import os
import subprocess
import sys
import time

import pytest
from neo4j import GraphDatabase
from neo4j_server import PASSWORD, USER, Server

pytestmark = [pytest.mark.server, pytest.mark.timeout(300)]

NEO4J = ["tests/graph/store/test_contract.py", "-k", "test_a_read_returns_the_answer_of_its_work and neo4j"]

CORPUS = ["tests/loaders/test_rules.py", "-m", "shared"]


def run(tests=NEO4J, **environment):
    """Some tests in a process of their own; of the contract, when nothing is said."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ZEREN_", "PYTEST_", "CI", "NEO4J_"))}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, env=kept | environment, capture_output=True, text=True, timeout=200, check=False)
    return done.returncode, done.stdout


@pytest.fixture
def without_maven(tmp_path):
    return {"ZEREN_NEO4J_JARS": str(tmp_path), "PATH": str(tmp_path)}


def test_without_jars_the_run_says_loudly_what_was_not_tested(without_maven):
    code, said = run(**without_maven)
    assert (code, "1 skipped" in said) == (0, True), said
    assert "!! NOT TESTED !!" in said
    assert "1 tests did not run on Neo4j" in said
    assert "Maven (mvn) is not installed" in said


def test_in_ci_a_missing_server_is_a_failure(without_maven):
    code, said = run(**without_maven, CI="true")
    assert code == 1, said
    assert "Neo4j is never left out in CI" in said


@pytest.mark.parametrize(("more", "ends"), [({}, 0), ({"CI": "true"}, 1)])
def test_without_a_corpus_the_run_says_loudly_what_was_not_tested(tmp_path, more, ends):
    code, said = run(CORPUS, ZEREN_SHARED=str(tmp_path), **more)
    assert code == ends, said
    assert ("!! NOT TESTED !!" in said and "1 tests did not run on the corpus: there is no plan in" in said) is (
        not more
    )
    assert ("the corpus is never left out in CI" in said) is bool(more)


def test_without_a_fitting_java_it_says_which_is_needed(tmp_path):
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    code = "import neo4j_server as n; n.Path.glob = lambda *_: []; print(n.find_java('2026.08.1'))"
    environment = {"PYTHONPATH": ".ci/neo4j", "ZEREN_NEO4J_JAVA": str(java), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert f"needs Java 21 to 25; met: {java} (11)" in done.stderr


ENDLESS = """#!/bin/sh
if [ "$1" = -version ]; then echo 'openjdk version "17.0.2"' >&2; exit; fi
case "$*" in *set-initial-password*) exit;; esac
while :; do sleep 1; done
"""


@pytest.mark.parametrize("outlive", [False, True])
def test_a_killed_program_takes_its_server_along(tmp_path, outlive):
    """The server is a stand-in that never answers: its starter still waits for it when it is killed."""
    java, home, jars = tmp_path / "java", tmp_path / "home", tmp_path / "jars" / "5.0"
    java.write_text(ENDLESS)
    java.chmod(0o755)
    jars.mkdir(parents=True)
    (jars / ".complete").touch()
    code = f"import pathlib, neo4j_server as n; n.Server(pathlib.Path({str(home)!r}), '5.0', outlive={outlive}).start()"
    environment = os.environ | {
        "PYTHONPATH": ".ci/neo4j", "ZEREN_NEO4J_JAVA": str(java), "ZEREN_NEO4J_JARS": str(tmp_path / "jars")
    }  # fmt: skip
    program = subprocess.Popen([sys.executable, "-c", code], env=environment)
    server = Server(home, "5.0")
    try:
        assert came_true(lambda: server.pid is not None)
        program.kill()
        assert came_true(lambda: server.pid is None, within=2 if outlive else 60) is not outlive
    finally:
        program.kill()
        program.wait()
        server.kill()


def came_true(met, within=60.0):
    end = time.monotonic() + within
    while not met():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_a_given_server_is_used_and_left_empty(blank):
    code, said = run(ZEREN_TEST_NEO4J_URI=blank.uri, NEO4J_PASSWORD=PASSWORD)
    assert (code, "1 passed" in said) == (0, True), said
    with GraphDatabase.driver(blank.uri, auth=(USER, PASSWORD)) as driver:
        assert driver.execute_query("MATCH (n) RETURN n").records == []
        assert driver.execute_query("SHOW CONSTRAINTS YIELD name").records == []
        driver.execute_query("CREATE (:Person {name: 'Li'})")
        code, said = run(ZEREN_TEST_NEO4J_URI=blank.uri, NEO4J_PASSWORD=PASSWORD)
        assert (code, "is not empty; give the tests a server of their own" in said) == (1, True), said
        assert len(driver.execute_query("MATCH (n) RETURN n").records) == 1
