"""Bearers of which a label or a cell says what each does: 责任单位：县教育局负责追缴资金，县财政局配合清查账目.

>>> from loaders.phrases.bearers import split
>>> [(name.name, name.role) for name in without_doing(split("县教育局负责追缴资金，县财政局配合清查账目")).names]
[('县教育局', None), ('县财政局', 'cooperating')]

Left to others: words of role that close a clause (`loaders.phrases.bearers`); a sentence of prose assigns nothing.
"""

import re

from graph.model import Role
from loaders.lexicon.bodies import is_certain_body
from loaders.lexicon.roles import NO_OBJECT, ROLE_OF_WORD
from loaders.phrases.bearers import Bearers, Name

# 县教育局|负责|追缴资金 ; not 县教育局负责人
_DOING = re.compile(rf"(?P<body>[^，,。；;]{{2,20}}?)(?P<word>{NO_OBJECT})(?!人|单位|部门|同志)[^，,。；;]{{2,}}")


def without_doing(bearers: Bearers) -> Bearers:
    """The bearers without what stands behind their words of role."""
    if not any(_DOING.fullmatch(name.name) for name in bearers.names):
        return bearers
    return bearers._replace(names=tuple(map(_body_of, bearers.names)))


def _body_of(name: Name) -> Name:
    doing = _DOING.fullmatch(name.name)
    if doing is None or not is_certain_body(doing["body"]):
        return name
    role = ROLE_OF_WORD[doing["word"]]
    span = name.span[0], name.span[0] + len(doing["body"])
    return name._replace(name=doing["body"], span=span, role=name.role or (role if role != Role.RESPONSIBLE else None))
