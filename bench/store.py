"""The two promises of the store that take long to try, at their full figures.

* One answer, one version: 20,000 accepted answers beside a busy writer, none mixed.
* ``kill -9`` during a load, 10 rounds: the state before or after, never between.

The tests hold the logic, on the embedded store and on Neo4j; the suite runs them shorter.

Run: ``python bench/store.py``, or a part of it by what pytest takes: ``python bench/store.py -k Neo4jServer``
"""

import os
import subprocess
import sys

FULL = {"ZEREN_ANSWERS": "20000", "ZEREN_KILL_ROUNDS": "10"}
TESTS = ("tests/graph/store/test_one_version.py", "tests/graph/store/test_kill.py")


def main() -> int:
    """Run both tests with the full figures; their exit code."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", *TESTS, *sys.argv[1:]]
    return subprocess.run(command, env={**FULL, **os.environ}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
