"""Requests that schemathesis makes up from the service's own description, with every role and every check, over either store.

1. A service over a store of its own is started, with the sample in it and a key for each role; limits of requests are off.
2. For each role schemathesis tries the bounds of every parameter and body (coverage), then values at random (fuzzing), all checks on.
3. What each run found is printed by check. Exit code 1 if a check failed, an answer was a 5xx but a told 503, or the log has a traceback.

What is let through, and why: a value that the description allows and a rule of the service refuses with 422 (``exact`` without a
place, a plan without items) is no fault; ``/v1/notes/findings`` is also a note's address for GET, so Allow names its methods; every part
of a form is words, whatever type was meant (``/v1/jobs``).

Reproduce: ``python bench/made_requests.py`` (``--store neo4j --seconds 300 --roles reader,none --examples 20``)
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / ".ci" / "neo4j")]

from neo4j_server import PASSWORD, USER, Server  # noqa: E402

BIN = ROOT / ".venv" / "bin"
ROLES = ("admin", "editor", "reader", "none")
CONFIG = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "307", "401", "403", "404", "409", "422", "503"]
[checks.negative_data_rejection]
expected-statuses = ["4xx", "503"]
[checks.missing_required_header]
expected-statuses = ["4xx"]
[[operations]]
include-path = "/v1/jobs"
[operations.checks.negative_data_rejection]
enabled = false
"""
HOOKS = '''
import schemathesis

@schemathesis.serializer("application/zip")
def as_it_is(_, value):
    """A made-up archive is any bytes: it is to be refused."""
    return value if isinstance(value, bytes) else str(value).encode()
'''


@contextmanager
def served(store: str, folder: Path) -> Iterator[tuple[str, dict[str, str], Path]]:
    """Address, keys by role and log of a service over ``store`` with the sample in it."""
    unlimited = {f"ZEREN_{name}_A_MINUTE": "0" for name in ("READS", "WRITES", "WRONG_KEYS")}
    environment = os.environ | unlimited | {"ZEREN_STORE": store, "ZEREN_SERVICE_FOLDER": str(folder / "service")}
    environment |= {"NEO4J_USERNAME": USER, "NEO4J_PASSWORD": PASSWORD, "NO_COLOR": "1"}

    def zeren(*given: str) -> str:
        done = subprocess.run([BIN / "zeren", *given], env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    zeren("load", str(ROOT / "examples" / "loudi-2017.txt"))
    keys = {role: zeren("keys", "create", "--name", f"made-{role}", "--role", role) for role in ROLES if role != "none"}
    log = folder / "service.log"
    with log.open("w") as target:
        process = subprocess.Popen(
            [BIN / "zeren", "serve", "--port", "0"], env=environment, stdout=target, stderr=target
        )
        try:
            yield _address(log, process), keys, log
        finally:
            process.terminate()
            process.wait(60)


def _address(log: Path, process: "subprocess.Popen[bytes]") -> str:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        for address in re.findall(r"http://127\.0\.0\.1:\d+", log.read_text()):
            try:
                urlopen(f"{address}/healthz", timeout=5).close()
            except OSError:
                continue
            return str(address)
        time.sleep(0.2)
    sys.exit(f"the service did not start: {log.read_text()[-2000:]}")


def run_role(address: str, key: str | None, folder: Path, given: argparse.Namespace) -> Counter[str]:
    """What schemathesis found with one key, by check."""
    (folder / "schemathesis.toml").write_text(CONFIG)
    (folder / "hooks_of_requests.py").write_text(HOOKS)
    events = folder / "events.ndjson"
    events.unlink(missing_ok=True)
    schema = folder / "openapi.json"
    if not schema.exists():
        schema.write_text((ROOT / "docs" / "openapi.json").read_text())
    command = [str(BIN / "st"), "--config-file", "schemathesis.toml", "run", str(schema), "--url", address, "-c", "all"]
    command += ["-n", str(given.examples), "--continue-on-failure", "--phases", "coverage,fuzzing", "--seed", "7"]
    command += ["--max-time", str(given.seconds), "--request-timeout", "120", "--report-ndjson-path", str(events)]
    if key is None:
        command += ["--exclude-checks", "ignored_auth"]
    else:
        command += ["-H", f"Authorization: Bearer {key}"]
    environment = os.environ | {"SCHEMATHESIS_HOOKS": "hooks_of_requests", "PYTHONPATH": str(folder), "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    (folder / "said.txt").write_text(done.stdout + done.stderr)
    found = Counter(re.findall(r"^- (ST\d+ .*|.* error)$", done.stdout, re.MULTILINE))
    found.subtract(re.findall(r"_ OPTIONS /v1/notes/findings _[^-]*- (ST205 .*)$", done.stdout, re.MULTILINE))
    found = +found
    if done.returncode not in (0, 1) or "Error" in done.stderr:
        found[f"schemathesis ended with {done.returncode}: {done.stderr[-300:]}"] += 1
    return found


def main() -> None:
    given = _arguments()
    bad = 0
    for kind in given.store.split(","):
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            server = Server(folder / "neo4j").start() if kind == "neo4j" else None
            store = server.uri if server else f"embedded:{folder / 'store'}"
            try:
                with served(store, folder) as (address, keys, log):
                    for role in given.roles.split(","):
                        began = time.monotonic()
                        found = run_role(address, keys.get(role), folder, given)
                        took = time.monotonic() - began
                        print(
                            f"{kind} {role}: {sum(found.values())} found in {took:.0f} s {json.dumps(found)}",
                            flush=True,
                        )
                        if found:
                            bad += 1
                            kept = ROOT / "build" / f"made-requests-{kind}-{role}.txt"
                            kept.parent.mkdir(exist_ok=True)
                            kept.write_text((folder / "said.txt").read_text())
                    traces = log.read_text().count("Traceback")
                    if traces:
                        bad += 1
                        (ROOT / "build").mkdir(exist_ok=True)
                        (ROOT / "build" / f"made-requests-{kind}.log").write_text(log.read_text())
                        print(f"{kind}: {traces} tracebacks in the log: build/made-requests-{kind}.log")
            finally:
                if server:
                    server.kill()
    sys.exit(1 if bad else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="requests made up from the description, every role, every check")
    parser.add_argument("--store", default="embedded,neo4j")
    parser.add_argument("--roles", default=",".join(ROLES))
    parser.add_argument("--examples", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=300, help="of each role")
    return parser.parse_args()


if __name__ == "__main__":
    main()
