"""Rule: by what a fact is taken, as a value that is run, found, explained, tested and documented one way.

A rule belongs to the table of its kind: duties (`loaders.duties.table`), times, citations, mentions (`loaders.facts`), repairs
(`loaders.text.repair`); `loaders.explain` has them all.  Its examples are its test, and stand in docs/rules.md.

Example: ``LABEL_COLON`` has the name ``label-line`` and the form ``colon``; facts carry the name, duties the form as well.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["duty", "deadline", "citation", "mention", "repair"]


@dataclass(frozen=True, slots=True)
class Example:
    """A text, and what the rule takes in it: ``lead 市编办、市政府法制办``, ``default 2018-12-31``, ``implements 立法法``."""

    text: str
    gives: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule.

    ``name`` is what facts carry; ``form`` is what exactly was met, where a name stands for several forms. ``takes`` says in
    Chinese what it takes. ``read`` is the function that recognises it. Of ``examples`` and ``not_examples`` (texts in
    which it takes nothing) there are two at least.
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
        """The function that recognises it, with its module: ``loaders.duties.labels.colon``."""
        return f"{self.read.__module__}.{self.read.__qualname__}"


def gives(text: str, *facts: str) -> Example:
    """An example: ``gives("牵头单位：市编办。", "lead 市编办")``."""
    return Example(text, facts)
