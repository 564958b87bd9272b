"""What is installed: the four packages, their data files, the program; and what the project's files never name."""

import re
import subprocess
import sys
import zipfile
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("graph", "loaders", "api", "cypher")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names inside a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=100,
    )
    (built,) = folder.glob("zeren-*.whl")
    return set(zipfile.ZipFile(built).namelist())


def project_files() -> list[Path]:
    """Every text file of the project: what git knows, or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:1000]]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_has_a_package_of_this_name(package: str) -> None:
    assert set(packages_distributions().get(package, ())) <= {"zeren"}


@pytest.mark.server
def test_every_module_and_data_file_is_in_the_wheel(wheel: set[str]) -> None:
    for package in PACKAGES:
        there = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / package).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert there - wheel == set()
    assert any(name.startswith("loaders/lexicon/vocabulary/") and name.endswith(".yaml") for name in wheel)
    assert any(name.startswith("cypher/questions/") for name in wheel)
    assert any(name.startswith("api/pages/html/") for name in wheel)


@pytest.mark.server
def test_nothing_else_is_in_the_wheel(wheel: set[str]) -> None:
    assert {name.partition("/")[0] for name in wheel} == {*PACKAGES, "zeren-0.1.0.dist-info"}
    assert any(name.endswith("licenses/LICENSE") for name in wheel)


def test_the_program_is_declared() -> None:
    (entry,) = distribution("zeren").entry_points.select(group="console_scripts")
    assert (entry.name, entry.value) == ("zeren", "api.cli.main:main")


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    # one letter of each is in brackets, so that this file names none either
    pattern = re.compile(
        r"py[p]i[.]org|python[h]osted|registry[.]np[m]js|repo[.]ma[v]en|deb[.]de[b]ian"
        r"|(?<![\w.])/(?:[w]ork|[r]oot|home/\w+|[t]mp/\w+)/\w"
    )
    found = set()
    for path in project_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        found |= {(path.relative_to(ROOT).as_posix(), met[0]) for met in pattern.finditer(text)}
    assert found == set()


def locked(name: str) -> dict[str, str]:
    """The version of each package of a lock file; every one must have a hash."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    requirements = re.findall(r"^(\S+)==(\S+)(.*(?:\n    --hash.*)*)", text, re.MULTILINE)
    assert all("--hash=sha256:" in hashes for _, _, hashes in requirements)
    return {package: version for package, version, _ in requirements}


def test_the_locks_hold_versions_and_hashes_only() -> None:
    whole, service = locked("requirements.lock"), locked("requirements-service.lock")
    assert len(whole) > 50
    # the image runs what is tested, and carries no tool of a developer, no Java and no recogniser
    assert service.items() <= whole.items()
    assert {"fastapi", "neo4j", "python-docx"} <= set(service)
    assert not {"pytest", "jpype1", "numpy", "pandas"} & set(service)
    npm = (ROOT / ".ci/cypher-lint/package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in npm
    assert npm.count('"integrity"') == 5
