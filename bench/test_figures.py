"""How much the tests say, before and after a change of them: their ids, their assertions, and how many are fast.

    python bench/test_figures.py [--ids]

Prints how many tests there are and how many of them `make test-fast` runs, how many ``assert`` statements and
``pytest.raises`` stand in ``tests/``; with ``--ids`` instead the id of every test, to be compared with ``diff``.
"""

import argparse
import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
FAST = "not server and not browser and not slow"


def ids(*arguments: str) -> list[str]:
    """The ids of the tests that pytest finds with these arguments."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(line for line in done.stdout.splitlines() if "::" in line)


def said() -> Counter[str]:
    """How often each kind of assertion stands in the tests."""
    found: Counter[str] = Counter()
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assert):
                found["assert"] += 1
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("pytest.raises", "pytest.warns"):
                found[ast.unparse(node.func)] += 1
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ids", action="store_true", help="the id of every test alone")
    if parser.parse_args().ids:
        print("\n".join(ids()))
        return
    print(f"{len(ids())} tests, {len(ids('-m', FAST))} of them fast")
    for kind, count in sorted(said().items()):
        print(f"{count} {kind}")


if __name__ == "__main__":
    main()
