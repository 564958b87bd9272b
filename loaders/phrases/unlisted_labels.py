"""Labels that no list has, by what they ask for: 扛责单位：市财政局.

A label that ends in a word that asks for bodies (单位, 部门, 科室 …) names who bears, whatever stands before that word; a word of role
in it says how (扛责监督部门 supervises), else its role is `ASKED`.  One that asks for others (参会单位, 设计单位) gives no role.

>>> text = "1.清理。（扛责单位：市财政局；扛责监督部门：市审计局；参会单位：市司法局）"
>>> [(text[start:end], role) for start, end, role in unlisted_labels(text)]
[('扛责单位', 'asked'), ('扛责监督部门', 'supervising')]

Left to others: labels of the lexicon (`loaders.lexicon.scan`), whether bearers stand behind one (`loaders.duties.label_heads`).
"""

import re
from collections.abc import Iterator

from loaders.lexicon.roles import ROLE_OF_WORD
from loaders.lexicon.scan import Token
from loaders.lexicon.vocabulary import about_labels, any_of, load_yaml, role_labels
from loaders.phrases.sentences import OPENING

_ROLES, _PAGE = load_yaml("roles"), load_yaml("page")
_ASKS = tuple(_ROLES["asks_for_bodies"])
_WORD = re.compile(any_of(ROLE_OF_WORD))
_OTHERS = re.compile(any_of(_ROLES["asks_for_others"]))
_FURNITURE = tuple(word for words in _PAGE["furniture"] for word in words)
_KNOWN = frozenset((*role_labels(), *about_labels(), *_ROLES["members"]))
ASKED = "asked"
"""The role of a label that says of nobody how he bears."""
_BEGINS = frozenset(OPENING + "；;，,。\n \t·•|｜")  # what stands before a label
_FIRST = ("supervising", "cooperating", "lead")  # of several words of role in a label: 牵头督导单位 supervises
_COLON, _LONGEST = re.compile("[:：]"), 10


def unlisted_labels(text: str) -> Iterator[Token]:
    """The labels before a colon that no list has, with the role that each gives."""
    for colon in _COLON.finditer(text):
        end = colon.start()
        if not text.endswith(_ASKS, 0, end):
            continue
        start = end
        while start > 0 and end - start <= _LONGEST and text[start - 1] not in _BEGINS:
            start -= 1
        words = text[start:end]
        if end - start > _LONGEST or words in _KNOWN or words.startswith(_FURNITURE) or _OTHERS.search(words):
            continue
        roles = {ROLE_OF_WORD[word[0]] for word in _WORD.finditer(words)}
        yield start, end, next((role for role in _FIRST if role in roles), ASKED)
