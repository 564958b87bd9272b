"""Writes every statement as it runs into a folder, for the linter: shapes filled, counts derived, the other files as they are.

python .ci/cypher-lint/statements.py FOLDER        (the folder is made anew)
"""

import shutil
import sys
from pathlib import Path

from graph.store.catalogue import load_catalogue

ROOT = Path(__file__).parents[2] / "cypher"


def main(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for name, query in load_catalogue().queries.items():
        target = folder / f"{name}.cypher"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(query.text + "\n", encoding="utf-8")
    for part in ("schema", "browser"):  # not of the catalogue
        shutil.copytree(ROOT / part, folder / part)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
