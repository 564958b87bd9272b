"""Formulas that only refer: ``=单位库!A2``, ``=B3&"、"&C3``.

Programs that write sheets store formulas without their values.  Where a formula joins cells and quoted words, its value is
certain; any other is not computed here.

>>> cells = {("任务", 1, 0): "市水利局"}
>>> Follow(lambda name, row, column: (cells.get((name, row, column), ""), None)).value('$A$1&"等"', "任务")
'市水利局等'

Left to others: the cells (`loaders.files.excel.xlsx`).
"""

import re
from collections.abc import Callable

_LONGEST = 2000
_DEEPEST = 20  # cells that refer to cells
# '单位 库'!$A$1 · 单位库!A1 · A1 · "、"
_TERM = re.compile(
    r"""
    \s*
    (?: (?: ' (?P<quoted> (?: [^'] | '' )+ ) ' | (?P<sheet> [^\s'"!&=+*/(),<>:\[\]-]+ ) ) ! )?
    \$? (?P<column> [A-Z]{1,3} ) \$? (?P<row> \d{1,7} )
    \s* (?= & | $ )
  | \s* " (?P<words> (?: [^"] | "" )* ) " \s* (?= & | $ )
    """,
    re.VERBOSE,
)


class Follow:
    """Follows references; ``cell`` gives the words of a cell and its formula, if it has no stored value."""

    def __init__(self, cell: Callable[[str, int, int], tuple[str, str | None]]) -> None:
        self._cell = cell

    def value(self, formula: str, sheet: str, depth: int = 0) -> str:
        """The words that a formula of ``sheet`` gives; "" if it does more than refer, or refers to nothing."""
        if depth > _DEEPEST or not 0 < len(formula) <= _LONGEST:
            return ""
        words = ""
        at = 0
        while True:
            term = _TERM.match(formula, at)
            if term is None:
                return ""
            if term["words"] is not None:
                words += term["words"].replace('""', '"')
            else:
                there = (term["quoted"] or "").replace("''", "'") or term["sheet"] or sheet
                found, further = self._cell(there, int(term["row"]), column_number(term["column"]))
                found = found or (self.value(further, there, depth + 1) if further else "")
                if not found:
                    return ""
                words += found
            if term.end() == len(formula):
                return words
            at = term.end() + 1


def column_number(letters: str) -> int:
    """``A`` is 0, ``AA`` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """0 is ``A``, 26 is ``AA``."""
    letters = ""
    number += 1
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters
