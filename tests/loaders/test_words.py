"""Where words of role and of time stand in the code: the lexicon holds them once, the rest is a list that only shrinks.

A module that has words of its own reads them its own way, and what one module learns another does not know. Each entry
names the issue that takes the words out; a new one is refused.
"""

import ast
import re
from functools import cache
from pathlib import Path

from tests.sources import ROOT, modules, syntax

LOADERS = ROOT / "loaders"
ROLE_WORDS = re.compile("牵头|负责|配合|参与|协办|协助|主办|承办|责任单位")
TIME_WORDS = re.compile("年底|年末|月底|季度|半年|上旬|长期|持续|常态")

# module -> the issue after which it has no words of its own: today there is none
ROLES_OF_THEIR_OWN: dict[str, str] = {}
TIMES_OF_THEIR_OWN: dict[str, str] = {}
RECORD = {"lexicon/scan.py", "lexicon/roles.py", "lexicon/bodies.py", "lexicon/times.py"}  # the record of words
MESSAGES = {"facts/evidence.py", "items/table_warnings.py", "plan.py", "signs/account.py"}  # say 责任单位 to people
GATE = "gate/"  # looks for facts again and has its own words, or it would find what a wrong record of words makes
RECOGNISER = "times/"  # the one reader of times


@cache
def words(path: Path) -> tuple[str, ...]:
    """The string constants of a module, but docstrings, messages and the texts of its rules."""
    tree = syntax(path)
    told: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            told.add(id(node.value))
        of_rule = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Rule", "PlanWarning")
        if of_rule or (isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_NOTICE"):
            told |= {id(part) for part in ast.walk(node) if isinstance(part, ast.Constant)}
    return tuple(
        # of a verbose expression without its comments
        re.sub("#.*", "", node.value) if "\n" in node.value else node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    )


def holders(expression: re.Pattern[str]) -> set[str]:
    found = set()
    for path in modules("loaders"):
        if any(expression.search(word) for word in words(path)):
            found.add(path.relative_to(LOADERS).as_posix())
    return {module for module in found - RECORD - MESSAGES if not module.startswith(GATE)}


def test_role_words_stand_in_the_lexicon_and_in_a_list_that_shrinks() -> None:
    assert holders(ROLE_WORDS) == set(ROLES_OF_THEIR_OWN)


def test_time_words_stand_in_one_place_and_in_a_list_that_shrinks() -> None:
    elsewhere = {module for module in holders(TIME_WORDS) if not module.startswith(RECOGNISER)}
    assert elsewhere == set(TIMES_OF_THEIR_OWN)
