"""Numbering: the labels that Word shows before paragraphs and does not store in the file (``一、`` ``（二）`` ``3．``).

1. A paragraph names a list (``numId``) and a level, directly or by its style. The list names its definition, whose levels
   give format, pattern and start.
2. Lists with the same definition continue one count; a list that overrides the start of a level begins there at its first
   use.
3. A number of a higher level resets the levels below it, unless a level says otherwise (``lvlRestart``).

>>> figure(21, "chineseCountingThousand"), figure(3, "decimalEnclosedCircle"), figure(4, "upperRoman")
('二十一', '③', 'IV')

Left to others: finding the paragraphs (`loaders.files.word.docx`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from loaders.files.elements import child, local, value

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_TO_LEGAL = str.maketrans(_DIGITS + "十百千", _LEGAL + "拾佰仟")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    restart: int | None = None  # the level below which it is set back; 0: never
    arabic: bool = False  # isLgl: numbers of higher levels as figures
    style: str | None = None


@dataclass(slots=True)
class _List:
    definition: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)
    met: bool = False


class Numbering:
    """The counters of all lists of one document; ``root`` is ``word/numbering.xml``, or None if there is none."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        definitions = {value(e, "abstractNumId") or "": e for e in _of(root, "abstractNum")}
        linked = {value(child(e, "styleLink")): e for e in definitions.values() if child(e, "styleLink") is not None}
        for number in _of(root, "num"):
            name = value(child(number, "abstractNumId")) or ""
            link = value(child(definitions.get(name), "numStyleLink"))
            element = linked.get(link, definitions.get(name)) if link else definitions.get(name)
            made = _List(name if element is None else value(element, "abstractNumId") or name, _levels(element))
            for override in _of(number, "lvlOverride"):
                at = _integer(value(override, "ilvl"), 0)
                if (level := child(override, "lvl")) is not None:
                    made.levels[at] = _level(level)
                if (start := value(child(override, "startOverride"))) is not None:
                    made.starts[at] = _integer(start, 1)
            self._lists[value(number, "numId") or ""] = made

    def level_of_style(self, number: str, style: str) -> int:
        """The level of a list that belongs to a paragraph style."""
        known = self._lists.get(number)
        return next((at for at, level in known.levels.items() if level.style == style), 0) if known else 0

    def label(self, number: str, at: int) -> str:
        """The label of the next paragraph of a list at a level; "" for a bullet or an undefined list."""
        known = self._lists.get(number)
        if known is None or at not in known.levels:
            return ""
        counts = self._counts.setdefault(known.definition, [None] * _LEVELS)
        if not known.met:
            known.met = True
            for level, start in known.starts.items():
                if level < _LEVELS:
                    counts[level] = start - 1
        before = counts[at]
        counts[at] = known.levels[at].start if before is None else before + 1
        for below in range(at + 1, _LEVELS):
            restart = known.levels.get(below, Level()).restart
            if restart is None or (restart and at < restart):
                counts[below] = None
        return self._words(known, counts, at)

    @staticmethod
    def _words(known: _List, counts: list[int | None], at: int) -> str:
        own = known.levels[at]
        if own.format in ("bullet", "none"):
            return ""
        words = own.pattern
        for place in range(_LEVELS):
            mark = f"%{place + 1}"
            if mark in words:
                level = known.levels.get(place, Level())
                count = counts[place]
                form = "decimal" if own.arabic else level.format
                words = words.replace(mark, figure(level.start if count is None else count, form))
        return words + (" " if words[-1:].isalpha() or words[-1:].isdecimal() else "")


def _of(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (e for e in (root if root is not None else ()) if local(e.tag) == name)


def _levels(definition: etree._Element | None) -> dict[int, Level]:
    found = {_integer(value(e, "ilvl"), 0): _level(e) for e in _of(definition, "lvl")}
    return {at: level for at, level in found.items() if 0 <= at < _LEVELS}


def _level(element: etree._Element) -> Level:
    made = Level(
        _integer(value(child(element, "start")), 1),
        value(child(element, "numFmt")) or "decimal",
        value(child(element, "lvlText")) or "",
        style=value(child(element, "pStyle")),
    )
    # a format of Word 2010 and later stands in an alternative, its stand-in beside it
    if (choice := child(element, "AlternateContent", "Choice", "numFmt")) is not None:
        made = replace(made, format=value(choice) or made.format)
    if (restart := value(child(element, "lvlRestart"))) is not None:
        made = replace(made, restart=_integer(restart, 0))
    legal = child(element, "isLgl")
    return replace(made, arabic=legal is not None and value(legal) not in ("0", "false"))


def _integer(words: str | None, otherwise: int) -> int:
    try:
        return int(words or "")
    except ValueError:
        return otherwise


def figure(number: int, form: str) -> str:
    """A number in one of Word's formats (``w:numFmt``); in plain figures if the format has no sign for it."""
    write = _FORMS.get(form)
    return (write(number) if write else None) or str(number)


def _chinese(number: int) -> str | None:
    if not 0 < number < 10_000:
        return None
    words = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += _DIGITS[digit] + sign
        elif words and number % unit and not words.endswith("〇"):
            words += "〇"
    return words.removeprefix("一") if words.startswith("一十") else words


def _run(first: str, last: int) -> Callable[[int], str | None]:
    """Signs that are consecutive in Unicode: ① … ⑳."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= last else None


def _circled(number: int) -> str | None:
    return chr(0x3251 + number - 21) if 20 < number <= 35 else _run("①", 20)(number)


def _letters(number: int) -> str | None:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else None


def _roman(number: int) -> str | None:
    words = ""
    for unit, sign in _ROMAN if 0 < number < 4000 else ():
        words += sign * (number // unit)
        number %= unit
    return words or None


def _digit_by_digit(digits: str) -> Callable[[int], str | None]:
    return lambda number: "".join(digits[int(d)] for d in str(number)) if number >= 0 else None


def _among(signs: str) -> Callable[[int], str | None]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else None


_FORMS: dict[str, Callable[[int], str | None]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"), _chinese
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digit_by_digit(_DIGITS)),
    "taiwaneseCounting": _chinese,
    "chineseLegalSimplified": lambda number: (words := _chinese(number)) and words.translate(_TO_LEGAL),
    "ideographTraditional": _among("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _among("子丑寅卯辰巳午未申酉戌亥"),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "ideographEnclosedCircle": _run("㈠", 10),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _digit_by_digit("０１２３４５６７８９")),
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: (words := _letters(number)) and words.upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: (words := _roman(number)) and words.upper(),
}
