"""Names and titles compared by their letters: white space, marks and the width and script of signs do not count.

1. A name stands in a place if the words there have the same letters.
2. A short name stands for a long one if all its letters are in it, both end alike, and both begin alike but for the name of a
   place (北京市税务局 is 市税务局); else the plan's own record of the unit has to name the form.
3. A title stands for another one if nearly all letters of the shorter one are in it.

>>> is_same_name("市卫健委", "市卫生健康委"), is_same_name("市教育局", "市财政局"), is_same_name("市政府", "各县市区政府")
(True, False, False)

Left to others: which words are compared (`loaders.gate.look_again`).
"""

import unicodedata
from collections import Counter
from functools import cache, lru_cache

import opencc

from graph.names import has_half_surrogate

_ENDS = (("委员会", "委"), ("办公室", "办"))
_PLACES = "省市县区州盟旗"
_ALIKE = 0.8  # of the letters of the shorter title


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=16384)
def in_one_script(words: str) -> str:
    """``words`` in simplified characters and signs of one width: names of units are kept so, quotes as they were written."""
    plain = unicodedata.normalize("NFKC", words)
    converted: str = plain if has_half_surrogate(plain) else _converter().convert(plain)
    return converted


@lru_cache(maxsize=16384)
def letters(words: str) -> str:
    """The letters and figures of ``words``, in the form that all widths, radicals and scripts share."""
    return "".join(sign for sign in in_one_script(words) if sign.isalnum())


def is_same_name(short: str, written: str) -> bool:
    """Whether ``short`` is the name ``written``, or a short form that its letters explain."""
    if short == written:
        return True
    one, other = _plain_end(letters(short)), _plain_end(letters(written))
    if one == other or not (one and other) or one[-1] != other[-1]:
        return one == other and bool(one)
    if Counter(one) == Counter(other) or ("团" in one and "团" in other):  # 市团委 is 团市委
        return True
    if len(one) > len(other):
        one, other = other, one
    if Counter(one) - Counter(other):
        return False
    return one[0] == other[0] or _is_of_place(one, other)


def _is_of_place(short: str, long: str) -> bool:
    """北京市税务局 and 市税务局, 甘州区司法局 and 区司法局: before the short name stands the rest of the name of a place."""
    return long.endswith(short) and short[0] in _PLACES and len(long) > len(short) + 1


def is_same_title(one: str, other: str) -> bool:
    """Whether two titles name one instrument: 立法法 and 中华人民共和国立法法."""
    if one == other:
        return True
    short, long = sorted((letters(one), letters(other)), key=len)
    return bool(short) and sum((Counter(short) & Counter(long)).values()) >= _ALIKE * len(short)


def stands_in(words: str, text: str) -> bool:
    """Whether nearly all letters of ``words`` stand in ``text``: a heading is shown in plain signs, without lost blanks."""
    if words in text:
        return True
    said, there = letters(words), letters(text)
    return said in there or sum((Counter(said) & Counter(there)).values()) >= _ALIKE * len(said)


def _plain_end(name: str) -> str:
    for long, short in _ENDS:
        if name.endswith(long):
            return name[: -len(long)] + short
    return name
