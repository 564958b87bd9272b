"""Rules: the register of everything by which a fact is taken, so that a fact on a page leads to its rule in one step.

>>> rules()["label-line"].module
'loaders.duties.labels'

Left to others: the rules themselves, each in the module that its entry names.
"""

from functools import cache
from typing import NamedTuple

from loaders.lexicon.vocabulary import load_yaml


class Rule(NamedTuple):
    """One rule: ``kind`` is duty, deadline, citation, mention or repair; ``example`` a text in which it takes a fact."""

    rule: str
    kind: str
    module: str
    takes: str
    example: str


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its name."""
    return {record["rule"]: Rule(**record) for record in load_yaml("rules")["rules"]}
