"""The words in which people ask, read from ``words.yaml``, and where a text contains them.

Example: 从来不牵头的单位 has the spans 从来不 (never), 牵头 (lead), 的 (filler), 单位 (unit).

Left to others: choosing among overlapping spans (`api.asking.covering`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from api.asking.covering import FILLER, WORD, RecognisedSpan, normalise
from loaders.lexicon.vocabulary import YAML_LOADER

FREE = ""  # the concept of filler: every phrasing has a place for it


def asking_yaml(name: str) -> Any:
    """One of the YAML files beside this module."""
    return yaml.load((files(__package__) / f"{name}.yaml").read_text("utf-8"), Loader=YAML_LOADER)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word with its concepts, the expressions, each with its concept, the characters that are often confused, and
    those that are words only beside other words.
    """

    plain: Mapping[str, tuple[str, ...]]
    longest: int
    patterns: tuple[tuple[str, "re.Pattern[str]"], ...]
    confused: Mapping[str, str]
    stems: frozenset[str]

    def find(self, text: str) -> Iterator[RecognisedSpan]:
        """Every place where ``text`` contains a word or an expression."""
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self.longest) + 1):
                concepts = self.plain.get(text[start:end])
                if concepts is not None and not _cuts(text, start, end) and not _asks(text, start):
                    yield RecognisedSpan(start, end, concepts, FILLER if concepts == (FREE,) else WORD)
        for concept, pattern in self.patterns:
            for met in pattern.finditer(text):
                if met.end() > met.start() and not _asks(text, met.start()):
                    yield RecognisedSpan(*met.span(), (concept,), WORD if concept else WORD - 1)


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends inside a Latin word: ``on`` in ``one`` is no word."""
    return any(
        0 < at < len(text) and text[at - 1].isascii() and text[at].isascii() and (text[at - 1] + text[at]).isalnum()
        for at in (start, end)
    )


def _asks(text: str, start: int) -> bool:
    """Whether the second half of 有没有 begins here."""
    return text[start - 1 : start + 2] == "有没有" if start else False


@cache
def load_vocabulary() -> Vocabulary:
    """The words shipped with the product, read once per process."""
    given = asking_yaml("words")
    plain: dict[str, tuple[str, ...]] = {}
    for concept, words in given["words"].items():
        for word in words:
            known = plain.get(normalise(word), ())
            plain[normalise(word)] = known if concept in known else (*known, concept)
    patterns = tuple((concept, re.compile(one)) for concept, many in given["patterns"].items() for one in many)
    return Vocabulary(plain, max(map(len, plain)), patterns, given["confused"], frozenset(given["stems"]))
