"""Numbers as plans write them: Chinese numerals, and the markers that number headings and items.

>>> numeral("二十三"), MARKER.match("(四)深化改革")["bracket"]
(23, '四')

Left to others: which markers are nodes of the outline (`loaders.structure.outline`).
"""

import re

_DIGITS = "零一二三四五六七八九"

FIGURES = "零〇○一二三四五六七八九十百"

NUMERAL = f"[{FIGURES}]{{1,7}}"  # bounded: tried at each figure of a long run

MARKER_START = rf"[第{FIGURES}(（〔⒈-⒛\d①-⒇]"  # what every marker begins with

MARKER = re.compile(
    rf"""
    (?={MARKER_START})
    (?: 第 (?P<part>{NUMERAL}|\d+) (?:编|部分|篇)                           # 第二部分
      | 第 (?P<chapter>{NUMERAL}|\d+) 章                                    # 第一章
      | 第 (?P<article>{NUMERAL}|\d+) 条                                    # 第三条
      | (?P<comma>{NUMERAL}) [、．.]                                        # 一、
      | [(（〔] (?P<bracket>{NUMERAL}) [)）〕]                              # (四)
      | (?P<dotted>[⒈-⒛])                                                   # ⒛ one character
      | (?P<arabic>\d{{1,3}}) (?: [.．] (?: (?!\d) | (?=20\d\d年) ) | 、 )  # 21. · 3.2017年底前… ; not 3.5%
      | [(（] (?P<sub>\d{{1,3}}) [)）]                                      # (1)
      | (?P<enclosed>[⑴-⒇])                                                 # ⑴ one character
      | (?P<circled>[①-⑳])                                                  # ①
    )
    """,
    re.VERBOSE,
)


def numeral(figure: str) -> int:
    """A Chinese numeral below 1000: ``二十三`` -> 23, ``一百〇五`` -> 105."""
    total = digit = 0
    for character in figure:
        if character in "〇○":
            continue
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS.index(character)
    return total + digit
