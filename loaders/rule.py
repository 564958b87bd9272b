"""A rule as a value: one form in which every rule is run, found, explained, tested and documented.

A rule belongs to the table of its kind: duties (`loaders.duties.table`), times, citations, mentions (`loaders.facts`),
repairs (`loaders.text.repair`); `loaders.explain` has all of them.  The examples of a rule are its test and stand in
docs/rules.md.

Example: ``ON_LINE["colon"]`` of `loaders.duties.labels` has the name ``label-line`` and the form ``colon``. Facts carry the name, duties also the form.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["duty", "deadline", "citation", "mention", "repair"]


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what the rule takes in it: ``lead 市编办、市政府法制办``, ``default 2018-12-31``, ``implements 立法法``."""

    text: str
    gives: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule.

    ``name`` is what facts carry; ``form`` distinguishes the forms of one name. ``takes`` says in Chinese what the rule
    takes. ``read`` is the function that recognises it. There are at least two ``examples`` and two ``not_examples``
    (texts in which the rule takes nothing).
    """

    name: str
    form: str
    kind: Kind
    takes: str
    read: Callable[..., Any]
    examples: tuple[Example, ...]
    not_examples: tuple[str, ...]

    @property
    def where(self) -> str:
        """The function that recognises it, with its module: ``loaders.duties.label_heads.colon``."""
        return f"{self.read.__module__}.{self.read.__qualname__}"


def gives(text: str, *facts: str) -> Example:
    """An example: ``gives("牵头单位：市编办。", "lead 市编办")``."""
    return Example(text, facts)
