"""Expressions of many words that look ahead for a first sign: the class holds every sign with which one of the words begins.

It is derived from the expression itself, so that a word that is added cannot be left out of the class.
"""

import re
import re._constants as kinds  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from importlib import import_module
from typing import Any

import pytest

LOOK_AHEAD = ("loaders.times.places.TIME", "loaders.duties.list_heads.DOES", "loaders.duties.list_heads.DOES_END")
Signs = set[str]


def first_of(pattern: Any) -> tuple[Signs, bool]:
    """The first signs of what a parsed expression finds, a class of digits as ``0``, and whether it may be empty."""
    found: Signs = set()
    for kind, value in pattern:
        signs, empty = first_of_one(kind, value)
        found |= signs
        if not empty:
            return found, False
    return found, True


def first_of_one(kind: Any, value: Any) -> tuple[Signs, bool]:
    if kind is kinds.LITERAL:
        return {chr(value)}, False
    if kind is kinds.IN:
        return {sign for part in value for sign in of_class(*part)}, False
    if kind in (kinds.ASSERT, kinds.ASSERT_NOT, kinds.AT):
        return set(), True
    if kind is kinds.SUBPATTERN:
        return first_of(value[-1])
    if kind is kinds.BRANCH:
        ways = [first_of(way) for way in value[1]]
        return set().union(*(signs for signs, _ in ways)), any(empty for _, empty in ways)
    assert kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT), kind
    signs, empty = first_of(value[2])
    return signs, empty or value[0] == 0


def of_class(kind: Any, value: Any) -> Signs:
    if kind is kinds.LITERAL:
        return {chr(value)}
    if kind is kinds.RANGE:
        return {chr(sign) for sign in range(value[0], value[1] + 1)}
    assert value is kinds.CATEGORY_DIGIT, value
    return {"0"}


@pytest.mark.parametrize("name", LOOK_AHEAD)
def test_the_class_holds_every_first_sign(name: str) -> None:
    module, _, own = name.rpartition(".")
    expression: re.Pattern[str] = getattr(import_module(module), own)
    (kind, (_, ahead)), *rest = parser.parse(expression.pattern, expression.flags)
    assert kind is kinds.ASSERT
    begins, empty = first_of(rest)
    assert not empty
    assert {sign for sign in begins if not re.match(r"\d", sign)} <= first_of(ahead)[0]
    assert not any(re.match(r"\d", sign) for sign in begins) or "0" in first_of(ahead)[0]


def test_a_word_that_the_class_lacks_is_found() -> None:
    parsed = parser.parse("(?=[立])(?:立即|长期)")
    assert first_of(list(parsed)[1:])[0] - first_of(next(iter(parsed))[1][1])[0] == {"长"}
