"""Dates that no calendar has: 2024年13月底前, 6月45日. They are told as what they are, and nothing is guessed.

>>> is_no_date("2024年13月底前"), is_no_date("6月45日前"), is_no_date("2024年12月底前"), is_no_date("13个月内")
(True, True, False, False)
>>> text = "请于2024年13月底前报送，2024年6月底前公开。"
>>> [text[slice(*span)] for span in no_such_dates(text)]
['2024年13月']

Left to others: days that a month lacks (2月30日 is read as its last day: `loaders.facts.evidence`).
"""

import re
from collections.abc import Iterator

from graph.model import Span

_MONTH, _DAY = r"(?: 0?0 | 1[3-9] | [2-9]\d ) \s? 月", r"(?: 0?0 | 3[2-9] | [4-9]\d ) \s? [日号]"
NO_DATE = re.compile(rf"(?<! [\d.] ) (?: {_MONTH} | \d{{1,2}} \s? 月 \s? {_DAY} )", re.VERBOSE)
# in prose only behind a year: 13月 may count something else there. It begins with 年, which is found fast
BEHIND_YEAR = re.compile(rf"年 \s? (?: {_MONTH} | \d{{1,2}} \s? 月 \s? {_DAY} )", re.VERBOSE)
_YEAR = re.compile(r"(?<!\d)20\d\d\s?$")


def is_no_date(words: str) -> bool:
    """Whether the words of a time name a month or a day that there is not."""
    return NO_DATE.search(words) is not None


def no_such_dates(text: str) -> Iterator[Span]:
    """The places of dates with a year and a month or a day that there is not."""
    for match in BEHIND_YEAR.finditer(text):
        if year := _YEAR.search(text, max(0, match.start() - 6), match.start()):
            yield year.start(), match.end()
