"""The modules of the code as tests of their form look at them: each is read and parsed once per process."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


def modules(*packages: str) -> list[Path]:
    """Every module below these folders."""
    return [path for package in packages for path in sorted((ROOT / package).rglob("*.py"))]


@cache
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(source(path), filename=str(path))
