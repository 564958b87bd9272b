"""docker-compose.yml: against the compose schema, against our own rules, and its service run with its own settings.

No container engine is needed: the service's process gets the environment of the file, with Neo4j on another port and
the secrets in other places.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml
from neo4j_server import LTS, PASSWORD

ROOT = Path(__file__).parents[1]
COMPOSE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))


@pytest.mark.server
def test_the_file_fits_the_compose_schema():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_published_to_other_machines(compose):
    ports = [port for service in compose["services"].values() for port in service["ports"]]
    assert len(ports) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_secrets_are_files_and_every_one_is_made(compose, tmp_path):
    settings = [f"{k}={v}" for service in compose["services"].values() for k, v in service["environment"].items()]
    assert not [s for s in settings if s.startswith(("NEO4J_PASSWORD=", "NEO4J_AUTH=", "ZEREN_API_KEY="))]
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "secrets").write_bytes((ROOT / ".ci" / "secrets").read_bytes())
    for _ in range(2):  # made once, kept the second time
        subprocess.run(["bash", tmp_path / ".ci" / "secrets"], check=True)
        made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
        assert (
            set(made)
            == {Path(secret["file"]).name for secret in compose["secrets"].values()}
            == set(compose["secrets"])
        )
        assert made["neo4j_auth"] == f"neo4j/{made['neo4j_password']}"
        first = made
    assert made == first
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0


def test_the_server_is_the_one_that_is_tested(compose):
    assert compose["services"]["neo4j"]["image"] == f"neo4j:{LTS}-community"
    assert compose["services"]["zeren"]["depends_on"]["neo4j"]["condition"] == "service_healthy"


@pytest.mark.server
@pytest.mark.timeout(300)
def test_the_service_runs_with_these_settings(compose, blank, tmp_path):
    (tmp_path / "neo4j_password").write_text(PASSWORD)
    (tmp_path / "zeren_api_key").write_text("a key\n")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    environment = {
        k: str(v).replace("/run/secrets", str(tmp_path)) for k, v in compose["services"]["zeren"]["environment"].items()
    }
    environment |= {"NEO4J_URI": blank.uri.replace("bolt", "neo4j"), "ZEREN_PORT": str(port)}
    assert environment["ZEREN_SERVICE_FOLDER"] in [v.partition(":")[2] for v in compose["services"]["zeren"]["volumes"]]
    environment["ZEREN_SERVICE_FOLDER"] = str(tmp_path / "service")
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    code = "import sys; from api.cli.main import main; sys.argv = ['zeren', 'serve']; main()"
    with subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=tmp_path) as child:
        try:
            deadline = time.monotonic() + 120
            while (ready := status(port, "/readyz")) != 200 and time.monotonic() < deadline:
                assert child.poll() is None
                time.sleep(0.2)
            assert ready == 200
            assert status(port, "/v1/documents") == 401
            assert status(port, "/v1/documents", Authorization="Bearer a key") == 200
        finally:
            child.terminate()
        assert child.wait(60) == 0


def status(port, path, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return None
