"""The hook before a commit: what it runs for which change, and that it reads what is committed, not what lies in the tree."""

import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.server  # git and the hook are processes of their own

HOOK = Path(__file__).parents[1] / ".ci/hooks/pre-commit"
TOOLS = ("ruff", "mypy", "lint-imports", "deptry", "python")
# stands for each tool: notes how it was called, fails where a file that it may read says so
TOOL = """#!/bin/sh
name=$(basename "$0")
echo "$name $1" >> "$NOTES"
case $1 in *statements.py) mkdir -p "$2" && cp -R cypher/. "$2"; exit 0;; esac
case "$*" in *--fix*) for last in "$@"; do :; done; echo mended > "$last"; exit 0;; esac
! grep -rqs "faulty for $name" --include=*.py .
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with the hook and tools that only note that they ran; one commit."""
    bin_ = tmp_path / ".venv/bin"
    bin_.mkdir(parents=True)
    for tool in TOOLS:
        (bin_ / tool).write_text(TOOL)
        (bin_ / tool).chmod(0o755)
    linter = tmp_path / ".ci/cypher-lint/run"
    linter.parent.mkdir(parents=True)
    linter.write_text('(cd "$1" && find . -type f | sed s/^/linter\\ /) >> "$NOTES"')
    for name in (
        "graph/model.py",
        "tests/test_model.py",
        "cypher/read/units.cypher",
        "cypher/read/items.cypher",
        "docs/model.md",
        "LICENSE",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("as it was\n")
    (tmp_path / ".gitignore").write_text(".venv/\nnotes\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "core.hooksPath", str(HOOK.parent))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--no-verify", "-m", "first")
    return tmp_path


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    who = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull} | {
        f"GIT_{role}_{what}": "somebody" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        ["git", *words],
        cwd=folder,
        env=own | who | {"NOTES": str(folder / "notes")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def commit(project: Path, name: str, words: str = "as it is\n", *, only: bool = False) -> tuple[int, list[str]]:
    """Exit code of a commit that changes a file, and which tools ran."""
    (project / name).write_text(words)
    git(project, "add", name)
    done = git(project, "commit", "-m", "change", *(["--", name] if only else []))
    notes = project / "notes"
    return done.returncode, notes.read_text().splitlines() if notes.exists() else []


CODE = ["ruff check", "ruff format", "mypy --cache-dir", "lint-imports --no-logo", "deptry ."]
DOCS = ["python docs/generate.py"]


@pytest.mark.parametrize(
    ("name", "tools"),
    [
        ("graph/model.py", [*CODE, *DOCS]),
        ("graph/store.md", DOCS),
        ("tests/test_model.py", CODE[:2]),
        (
            "cypher/read/units.cypher",
            [*2 * ["python .ci/cypher-lint/statements.py"], "linter ./read/units.cypher", *DOCS],
        ),
        ("docs/model.md", DOCS),
        ("LICENSE", []),
    ],
)
def test_a_change_runs_what_reads_it(project: Path, name: str, tools: list[str]) -> None:
    assert commit(project, name) == (0, tools)


@pytest.mark.parametrize("tool", ["mypy", "lint-imports", "deptry", "python"])
def test_a_fault_stops_the_commit(project: Path, tool: str) -> None:
    code, _ = commit(project, "graph/model.py", f"faulty for {tool}\n")
    assert (code, git(project, "log", "--format=%s").stdout) == (1, "first\n")


def test_what_ruff_can_mend_is_mended_in_the_tree_and_not_committed(project: Path) -> None:
    code, _ = commit(project, "graph/model.py", "faulty for ruff\n")
    assert (code, (project / "graph/model.py").read_text()) == (1, "mended\n")
    assert git(project, "show", ":graph/model.py").stdout == "faulty for ruff\n"


def test_what_is_not_committed_is_not_looked_at(project: Path) -> None:
    (project / "graph/other.py").write_text("faulty for mypy\n")
    assert commit(project, "graph/model.py")[0] == 0
    git(project, "add", "graph/other.py")
    assert commit(project, "graph/model.py", "again\n", only=True)[0] == 0
    assert commit(project, "graph/model.py", "and again\n")[0] == 1


def test_a_file_that_goes_is_no_fault_of_style(project: Path) -> None:
    git(project, "rm", "--quiet", "graph/model.py")
    assert git(project, "commit", "-m", "change").returncode == 0
    assert (project / "notes").read_text().splitlines() == [*CODE[2:], *DOCS]
