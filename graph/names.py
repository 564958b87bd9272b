"""Names and ids: the one `fold()` by which names and titles are compared, and the ids built on it.

Steps of `fold`: white space is removed; full-width letters, digits and marks become ASCII; every bracket becomes ``()``,
every title mark ``〈〉``, every run of dashes ``-``; Kangxi radicals become the characters they look like; ``/`` becomes ``／``
(an id has no ``/``).  NFKC must never run over a text: it also rewrites ``①`` and ``⒛``.

>>> fold("法治政府建设实施纲要（2015－2020年）") == fold("法治政府建设实施纲要(2015—2020年)")
True
"""

import re
import unicodedata
from functools import lru_cache


def _table() -> dict[int, str]:
    table = {cp: chr(cp - 0xFEE0) for cp in range(0xFF01, 0xFF5F)}
    # Kangxi radicals and the radicals supplement: only these two blocks, one character to one character.
    for cp in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)):
        plain = unicodedata.normalize("NFKC", chr(cp))
        if len(plain) == 1 and plain != chr(cp):
            table[cp] = plain
    table |= {ord(c): "(" for c in "（〔［【〖[﹙｛{"} | {ord(c): ")" for c in "）〕］】〗]﹚｝}"}
    table |= {ord(c): "〈" for c in "《＜<«"} | {ord(c): "〉" for c in "》＞>»"}
    table |= {ord(c): "-" for c in "—–―－‐‑‒−─～~﹣"}
    table |= {ord(c): '"' for c in "“”＂〝〞「」『』"} | {ord(c): "'" for c in "‘’＇"}
    table[ord("/")] = table[ord("／")] = "／"
    return table


_FOLD = _table()
_SPACE_OR_DASHES = re.compile(r"[\s\u200b\u200c\u200d\ufeff]+|(?<=-)-+")

_HALF = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The form in which names and titles are compared: ``市纪委（市监察局）`` and ``市纪委(市监察局)`` are equal."""
    return _SPACE_OR_DASHES.sub("", name.translate(_FOLD))


def has_half_surrogate(text: str) -> bool:
    """Whether ``text`` contains half of a surrogate pair, which UTF-8 cannot encode."""
    return _HALF.search(text) is not None


def document_id(region: str, reference: str) -> str:
    """``娄底市``, ``娄发〔2017〕4号`` -> ``娄底市-娄发2017-4``. A reference without a number is folded as a whole."""
    parts = re.fullmatch(r"(.+?)\((\d{4})\)第?(\d+)号", fold(reference))
    return f"{region}-" + (f"{parts[1]}{parts[2]}-{parts[3]}" if parts else fold(reference))


def section_id(document: str, path: tuple[int, ...]) -> str:
    """``娄底市-娄发2017-4`` and the sibling positions ``(2, 4)`` -> ``娄底市-娄发2017-4:s2.4``."""
    return f"{document}:s" + ".".join(map(str, path))


PAGE_SIGN = "\x1f"
"""Between the parts of a page key: before every sign that an id may have."""

OF_HEADING = "-h"  # how the id of an item that is a heading ends


def heading_item_id(section: str) -> str:
    """``娄底市-娄发2017-4:s2.4`` -> ``娄底市-娄发2017-4:s2.4-h``: the item that a heading is, if it has an assignment."""
    return f"{section}{OF_HEADING}"


def unit_id(region: str, name: str) -> str:
    """``娄底市``, ``市政府法制办`` -> ``娄底市:市政府法制办``. The region of a collective is the document's id."""
    return f"{region}:{fold(name)}"


def fact_id(owner: str, word: str, name: str, nth: int) -> str:
    """The id of a relationship: ``<item or document>|<role or relation>|<folded unit or title>|<n-th mention>``."""
    return f"{fact_key(owner, word, name)}|{nth}"


def page_key(node: str, document: str, item_start: int | None, fact_start: int | None, fact: str) -> str:
    """Where a fact stands among all facts of the unit or instrument ``node``, as text in the order of lists: by document, place of
    the item (None: of the document itself), place of the fact, id of the fact.

    >>> page_key("甲市:市司法局", "甲市-甲发2017-4", 4201, None, "甲市-甲发2017-4:s2.4-20|lead|市司法局|1").split(PAGE_SIGN)
    ['甲市:市司法局', '甲市-甲发2017-4', '000004202', '000000000', ':s2.4-20|lead|市司法局|1']
    """
    item, place = (0 if start is None else start + 1 for start in (item_start, fact_start))
    return PAGE_SIGN.join((node, document, f"{item:09}", f"{place:09}", fact[len(document) :]))


def fact_key(owner: str, word: str, name: str) -> str:
    """The id of a relationship without its last part; the count tells equal keys apart."""
    return f"{owner}|{word}|{fold(name)}"
