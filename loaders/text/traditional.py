"""Traditional characters: such a text is parsed in its simplified form, character for character.

Labels, units and times are known in simplified characters only.  The source and every quote stay as they were written;
names of units and regulations, and the title, are those of the simplified form, so that both scripts name one unit.

1. A text without any of the most common traditional characters is left alone; this check is fast.
2. Otherwise OpenCC converts it, character by character; the result is used if it is as long as the text and the text as a
   whole is traditional (a stray 後 or 査 in a simplified text is not enough).

>>> simplified("牽頭單位：市發展改革委")
'牵头单位：市发展改革委'

Left to others: which encoding the bytes have (`loaders.files.read`), losses (`loaders.text.repair`).
"""

import functools
import operator
import re

import opencc

TRADITIONAL = "單責關發實業務為與縣區"
"""The most common characters of texts in traditional script."""
_SIGNS = re.compile(f"[{TRADITIONAL}]")
_LEAST_SHARE = 0.05  # of the characters are others in simplified script; of traditional text a third


def simplified(text: str) -> str:
    """``text``, or its simplified form of the same length if it is in traditional characters."""
    if not _SIGNS.search(text):
        return text
    plain: str = _converter().convert(text)
    changed = sum(map(operator.ne, text, plain))
    return plain if len(plain) == len(text) and changed > _LEAST_SHARE * len(text) else text


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
