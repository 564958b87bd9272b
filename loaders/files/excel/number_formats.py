"""A number as Excel shows it: 2024.1 under ``0.00`` is ``2024.10``, 0.95 under ``0%`` is ``95%``, 45473 a day.

1. A date becomes ``2024年6月30日``, without the parts that its format leaves out, with the words behind them; a time of day
   ``9:30``, a duration (``[h]:mm``) ``36:00``.
2. Any other format is cut into its sections (positive; negative; zero), its words and one place for the figure: digits,
   decimals, thousands, percent, Chinese figures (``[DBNum1]``).
3. A format that shows nothing (``;;;``) gives no words; a text is shown by the section for texts (``@"（牵头）"``).
4. What a format says beyond that (fractions, conditions) is not followed: the number stands as it is stored.

>>> shown_number(2024.1, 2, "", EPOCH), shown_number(1234.5, 0, '#,##0.0"万元"', EPOCH), shown_number(3, 0, '"第"0"项"', EPOCH)
('2024.10', '1,234.5万元', '第3项')

Left to others: which format a cell has (`loaders.files.excel.cells`).
"""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from loaders.files.word.list_numbers import figure

EPOCH = datetime(1899, 12, 30)
_DATES = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))  # of the built-in formats
_TIMES = frozenset((*range(18, 22), *range(45, 48)))
_WITHOUT_DAY = frozenset((17, 55, 57))
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0;-#,##0",
             38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00"}  # fmt: skip
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[yd]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[h+\]", re.IGNORECASE)
_ELAPSED_FORM = 46
_BEHIND = re.compile(r'"([^"]*)"[;@\s]*$')
_TIME_LETTERS = re.compile(r"h|ss", re.IGNORECASE)
# the pieces of a section: "万元" · \- · _) · [红色] · General · 0.00 · any other sign
_PIECES = re.compile(
    r"""
    " (?P<quoted> [^"]* ) " | \\ (?P<escaped> . )
  | [_*] .                                            # the width of a sign, a filled line
  | \[ (?P<bracket> [^\]]* ) \]
  | (?P<general> General | G/通用格式 )
  | (?P<digits> [#0?][#0?,]* (?: \. [#0?]* )? ,* | \. [#0?]+ )  # commas at the end: thousands
  | (?P<sign> . )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CHINESE = {"DBNUM1": "chineseCountingThousand", "DBNUM2": "chineseLegalSimplified"}
_LONGEST = 255  # signs of a format that Excel allows


def shown_number(number: float, form: int, code: str, epoch: datetime) -> str:
    """The words of a cell with ``number`` under the built-in format ``form`` or the format ``code`` of the file.

    Raises OverflowError for a day that no calendar has.
    """
    kind, bare = _kind(form, code)
    if kind == "day":
        return _day(epoch + timedelta(days=number), form, bare) + _behind(code)
    if kind == "time":
        minutes = round((number if bare else number % 1) * 24 * 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if _shows_nothing(bare, number):
        return ""
    return (_by_code(number, bare) if bare else None) or plain_number(number)


def shown_text(words: str, code: str) -> str:
    """A text under a format: as it is, unless the format has a section for texts.

    >>> shown_text("市水利局", '@"（牵头）"'), shown_text("作废", ";;;"), shown_text("市水利局", "0.00")
    ('市水利局（牵头）', '', '市水利局')
    """
    if "@" not in code and code.count(";") < 3:
        return words
    sections = _cut(code)
    if len(sections) < 4 and "@" not in sections[-1]:
        return words
    return "".join(
        piece["quoted"] or piece["escaped"] or (words if piece["sign"] == "@" else piece["sign"] or "")
        for piece in _PIECES.finditer(sections[-1])
    )


def shown_day(stored: str) -> str:
    """A day that is stored as one; words that are none stay as they are.

    >>> shown_day("2024-06-30T00:00:00"), shown_day("夏季")
    ('2024年6月30日', '夏季')
    """
    try:
        return _day(datetime.fromisoformat(stored.strip()), 0, "")
    except ValueError:
        return stored


def _shows_nothing(code: str, number: float) -> bool:
    """Whether the section of a format for a number is empty, where the format has several."""
    sections = _cut(code)
    return len(sections) > 1 and not sections[_which(number, len(sections))].strip()


def _which(number: float, sections: int) -> int:
    """Which of so many sections shows a number: positive; negative; zero."""
    return 1 if number < 0 and sections > 1 else 2 if number == 0 and sections > 2 else 0


def _behind(code: str) -> str:
    """The words behind a day, without those that write it: 底前 of ``yyyy"年"m"月底前"``."""
    behind = _BEHIND.search(code)
    return behind[1].lstrip("年月日号") if behind else ""


@lru_cache(1024)
def _kind(form: int, code: str) -> tuple[str, str]:
    """What a format shows (day, time or number), and its code without quotes, or as it is for a number."""
    bare = _QUOTED.sub("", code)
    if form in _DATES or _DATE_LETTERS.search(bare):
        return "day", bare.lower()
    if form == _ELAPSED_FORM or _ELAPSED.search(code):
        return "time", "elapsed"
    if form in _TIMES or _TIME_LETTERS.search(bare):
        return "time", ""
    code = code or _BUILT_IN.get(form, "")
    return "number", "" if code.lower() == "general" or len(code) > _LONGEST else code


def plain_number(number: float) -> str:
    """A number as it is stored."""
    return f"{number:.15g}"


def _day(day: datetime, form: int, code: str) -> str:
    if code and "d" not in code and "m" not in code:
        return f"{day.year}年"
    whole = f"{day.year}年{day.month}月"
    return whole if form in _WITHOUT_DAY or (code and "d" not in code) else f"{whole}{day.day}日"


class _Section(NamedTuple):
    """One section of a format: the words around its figure, the pattern of the figure, or None if it has no figure."""

    before: str
    figures: str | None
    behind: str
    chinese: str | None
    percent: bool


def _by_code(number: float, code: str) -> str | None:
    """The number under a format; None if the format says what is not followed here."""
    sections = _sections(code)
    at = _which(number, len(sections))
    section = sections[at]
    if section is None:
        return None
    if section.figures is None:
        return section.before.strip()
    value = abs(number)
    if section.chinese and value == round(value):
        written = figure(round(value), section.chinese)
    else:
        written = _digits(value, section.figures, section.percent)
    sign = "-" if number < 0 and at == 0 else ""
    return f"{sign}{section.before}{written}{section.behind}".strip()


@lru_cache(1024)
def _sections(code: str) -> tuple[_Section | None, ...]:
    """The sections of a format."""
    return tuple(map(_section, _cut(code)))


@lru_cache(1024)
def _cut(code: str) -> tuple[str, ...]:
    """A format cut by the semicolons that are not quoted."""
    kept = _QUOTED.sub(lambda quoted: quoted[0].replace(";", "\1"), code)
    return tuple(section.replace("\1", ";") for section in kept.split(";"))


def _section(code: str) -> _Section | None:
    """One section; None if it says what is not followed here."""
    words = ["", ""]  # before the figure, behind it
    figures, chinese = None, None
    for piece in _PIECES.finditer(code):
        kind = piece.lastgroup
        if kind in ("digits", "general"):
            if figures is not None:  # 0000-0000, ?/?
                return None
            figures = piece[0] if kind == "digits" else ""
        elif kind == "bracket":
            name = piece["bracket"]
            if name[:1] in ("<", ">", "="):
                return None
            chinese = _CHINESE.get(name.upper(), chinese)
            words[figures is not None] += name[1:].partition("-")[0] if name[:1] == "$" else ""
        elif kind == "sign" and piece[0] in "@/Ee":
            return None
        elif kind is not None:
            words[figures is not None] += piece[kind]
    if figures is None and not words[0].strip():
        return None
    return _Section(words[0], figures, words[1], chinese, "%" in _QUOTED.sub("", code))


def _digits(value: float, pattern: str, percent: bool) -> str:
    """``1234.5`` under ``#,##0.00`` is ``1,234.50``."""
    exact = Decimal(repr(value)) * (100 if percent else 1)
    if not pattern:  # General
        return plain_number(float(exact))
    exact /= 1000 ** (len(pattern) - len(pattern.rstrip(",")))
    whole, _, decimals = pattern.rstrip(",").partition(".")
    thousands = "," in whole
    rounded = exact.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP) if exact < 10**15 else exact
    before, _, behind = f"{rounded:f}".partition(".")
    before = before.zfill(whole.count("0")) if before != "0" or "0" in whole else ""
    behind = behind.rstrip("0").ljust(decimals.count("0"), "0") if decimals else ""
    before = f"{int(before or 0):,}".zfill(len(before)) if thousands else before
    return f"{before}.{behind}" if behind else before
