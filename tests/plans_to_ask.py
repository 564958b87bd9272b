"""Plans over which answers are compared with what the plans themselves say: the project's own, and any corpus beside them.

``ZEREN_CORPUS`` names a folder of JSON files with a ``text`` each (`.ci/campaigns answers`).
"""

import json
import os
from functools import cache
from pathlib import Path

from graph.model import Plan
from loaders.files.read import read_bytes, read_path
from loaders.plan import parse_plan
from loaders.storing.comparison import refusal

TESTS = Path(__file__).parent
OWN = (TESTS.parent / "examples" / "loudi-2017.txt", *sorted((TESTS / "gold" / "plans").glob("*.txt")))


@cache
def plans_to_ask() -> tuple[Plan, ...]:
    """The plans of whole documents that a store takes, each once."""
    read = [parse_plan(read_path(str(path))) for path in OWN]
    if (corpus := os.environ.get("ZEREN_CORPUS")) is not None:
        texts = [json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted(Path(corpus).glob("*.json"))]
        read += [parse_plan(read_bytes(text.encode())) for text in texts]
    return tuple({plan.document.id: plan for plan in read if refusal(plan) is None}.values())
