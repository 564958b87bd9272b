"""The vocabulary: what the parser knows in advance, as YAML with source and date for each record.

``roles.yaml`` labels and role words · ``units.yaml`` bodies, official names, aliases · ``bodies.yaml`` short and official forms
of bodies of any place · ``regulations.yaml`` instruments ·
``columns.yaml`` headings of task tables · ``persons.yaml`` family names · ``times.yaml`` words of time ·
``places.yaml`` names that several districts bear · ``page.yaml`` words beside bodies that bear nothing · ``forms.yaml`` words that blanks part.
``VOCABULARY_VERSION`` changes when any of them changes: a stored plan remembers with which it was read.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_FILES = ("roles", "units", "bodies", "regulations", "columns", "persons", "times", "page", "forms", "places")


@cache
def load_yaml(name: str) -> Any:
    """The records of ``vocabulary/<name>.yaml``."""
    return yaml.load((files(__package__) / f"{name}.yaml").read_text("utf-8"), Loader=_Loader)


def any_of(words: Iterable[str]) -> str:
    """An expression that matches any of ``words`` and tries the longest first.

    >>> any_of(("立行立改", "立即", "长期"))
    '立行立改|立即|长期'
    """
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def first_signs(words: str) -> str:
    """The first signs of the words of an `any_of`, for a class: ``(?=[…])`` before an expression of many words spares trying
    them at every sign (tests/test_first_signs.py).

    >>> first_signs("立行立改|立即|长期")
    '立长'
    """
    return "".join(sorted({word[0] for word in words.split("|")}))


@cache
def role_labels() -> dict[str, str]:
    """Every label of ``roles.yaml`` -> its role, ``deadline`` or ``other``."""
    known = load_yaml("roles")
    of_names = {word + head for word in known["also_in_names"] for head in known["heads_in_names"]}
    made = {
        stem + head: role
        for role, stems in known["stems"].items()
        for stem in (*known["words"][role], *stems)
        for head in known["heads"]
        if stem + head not in of_names
    }
    for role, group in (("leader", "leaders"), ("deadline", "times")):
        made |= {stem + head: role for stem in known[group]["stems"] for head in known[group]["heads"]}
    made |= dict.fromkeys((*known["other"], *known["progress"]), "other")
    return made | {word: role for role, words in known["labels"].items() for word in words}


def _version() -> str:
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update((files(__package__) / f"{name}.yaml").read_bytes())
    return digest.hexdigest()[:12]


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
VOCABULARY_VERSION = _version()
