"""Chinese numerals, as plans and questions count and date with them.

>>> numeral("二十三"), numeral("一百〇五"), numeral("两"), digits("二〇一七"), bool(BELOW_100.fullmatch("一一"))
(23, 105, 2, '2017', False)

Left to others: finding numerals in a text.
"""

import re
from functools import lru_cache

_FIGURES = str.maketrans("〇零○一二三四五六七八九两", "0001234567892")

_TENS = {"廿": 20, "卅": 30}
# 十 · 十二 · 二十三 · 三 ; not 一一
BELOW_100 = re.compile("[一二三四五六七八九两]?十[一二三四五六七八九两]?|[〇零○一二三四五六七八九两]")


@lru_cache(maxsize=4096)
def numeral(words: str) -> int:
    """A numeral below 1000: ``二十三`` -> 23, ``一百〇五`` -> 105. Raises ValueError for any other character."""
    total = digit = 0
    for sign in words:
        if sign in "〇○":
            continue
        if sign in _TENS:
            total += _TENS[sign]
        elif sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = int(digits(sign))
    return total + digit


def digits(words: str) -> str:
    """Each digit by itself, as years are read: ``二〇一七`` -> ``2017``. Other characters stay."""
    return words.translate(_FIGURES)
