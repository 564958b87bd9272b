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
from typing import Any, TypeAlias

import yaml

_FILES = ("roles", "units", "bodies", "regulations", "columns", "persons", "times", "page", "forms", "places")


@cache
def load_yaml(name: str) -> Any:
    """The records of ``vocabulary/<name>.yaml``."""
    return yaml.load((files(__package__) / f"{name}.yaml").read_text("utf-8"), Loader=YAML_LOADER)


def any_of(words: Iterable[str]) -> str:
    """An expression that matches any of ``words`` and tries the longest first.  Words that begin alike share their beginning, so
    that a place is tried once for each first sign, not once for each word.

    >>> any_of(("立行立改", "立即", "立即办理", "长期"))
    '立(?:即(?:办理|)|行立改)|长期'
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = {}
    return "|".join(re.escape(sign) + _behind(node) for sign, node in sorted(tree.items()))


_Tree: TypeAlias = "dict[str, _Tree]"  # sign -> what may stand behind it; an empty sign: a word may end there


def _behind(tree: _Tree) -> str:
    """An expression for what stands behind the beginning of a word; the end of one is tried last."""
    ways = [re.escape(sign) + _behind(node) for sign, node in sorted(tree.items()) if sign]
    if not ways:
        return ""
    ends = "|" if "" in tree else ""
    return ways[0] if len(ways) == 1 and not ends else f"(?:{'|'.join(ways)}{ends})"


def first_signs(words: Iterable[str]) -> str:
    """The first signs of words, for a class: ``(?=[…])`` before an expression of many words spares trying them at every sign
    (tests/test_first_signs.py).

    >>> first_signs(("立行立改", "立即", "长期"))
    '立长'
    """
    return "".join(sorted({word[0] for word in words}))


def by_last_sign(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their last sign, so that only those are tried with which a text may end.

    >>> by_last_sign(("落实", "负责", "实施", "尽责"))
    {'实': ('落实',), '责': ('负责', '尽责'), '施': ('实施',)}
    """
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        found[word[-1]] = (*found.get(word[-1], ()), word)
    return found


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
    joints = known["joints"]
    made |= {
        stem + joint + head: role
        for role in joints["roles"]
        for stem in (*known["words"][role], *known["stems"][role])
        for joint in joints["stems"]
        for head in joints["heads"]
        if not stem.endswith("主体责任")
    }
    persons = known["persons"]
    stems_of_persons = (*(word for role in persons["roles"] for word in known["words"][role]), *persons["stems"])
    made |= {stem + head: "leader" for stem in stems_of_persons for head in persons["heads"]}
    made |= dict.fromkeys(about_labels(), "other")
    for role, group in (("leader", "leaders"), ("deadline", "times")):
        made |= {stem + head: role for stem in known[group]["stems"] for head in known[group]["heads"]}
    made |= dict.fromkeys((*known["other"], *known["progress"]), "other")
    return made | {word: role for role, words in known["labels"].items() for word in words}


@cache
def about_labels() -> tuple[str, ...]:
    """The labels of whom an item is about, or of who found it: 隐患单位, 被检查单位 ends with one."""
    about = load_yaml("roles")["about"]
    return tuple(stem + head for stem in about["stems"] for head in about["heads"])


# the shape of every label of `role_labels`; which words are one, the table tells faster than an expression of some thousand words
LABEL_SHAPE = r"[\u4e00-\u9fff()（）、]{2,10}"


def _version() -> str:
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update((files(__package__) / f"{name}.yaml").read_bytes())
    return digest.hexdigest()[:12]


# PyYAML's parser in C, where it was built with it, is eight times as fast
YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
VOCABULARY_VERSION = _version()
