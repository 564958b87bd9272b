"""Plain signs: what differs only in how it is printed becomes one sign, place for place, before any rule reads the text.

1. Blanks: every blank of Unicode (no-break, em, ideographic …) is a space.  A tab stays one: it parts cells.
2. Line ends: CR, VT, FF, NEL and Unicode's separators are line feeds; the CR of a CRLF is a space at the end of its line.
3. Brackets of other scripts and of mathematics (⟨ ⟩, « », ❨ ❩, { }, ⟦ ⟧) are 〔 and 〕; so are < and > around Chinese words.
4. Characters: radicals (⼈) and compatibility ideographs are the characters they look like, full-width and mathematical
   letters and figures are ASCII; the forms of marks for upright, small and narrow type are the marks.
5. What nobody sees (signs without width, of direction, of control) is `NOTHING`, half of a surrogate pair U+FFFD.

Behind this a rule knows two blanks, ``[ \\t]``, and one line end.  Each sign becomes exactly one, so a place of the plain text
is the same place of the source, and a fact quotes the source's own signs.

>>> plain("２０２４年６⽉\\u3000市\\u2003⽔利局﹕\\r\\n")
'2024年6月 市 水利局： \\n'

Left to others: forms that change the length (`loaders.text.spellings`), traditional characters (`loaders.text.traditional`).
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from itertools import chain

NOTHING = "\u200b"
"""Stands for every sign that nobody sees."""

# blanks that stand in every other text, apart from the rest: `str.replace` finds them faster than an expression does
_COMMON_BLANKS = ("\u3000", "\xa0")
_BLANKS = "\u1680\u2000-\u200a\u202f\u205f"
_LINE_ENDS = "\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # of control
    "\u00ad\u034f\u180e\u200c\u200d\u2060-\u2065\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff"  # without width
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # of direction
)
_HALF_PAIRS = "\ud800-\udfff"
_RADICALS = "\u2e80-\u2fd5"
_IDEOGRAPHS = "\uf900-\ufaff"
_LETTERS_AND_FIGURES = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_OPENING, _CLOSING = "{«‹⁅⁽❨❪❬❮❰❲❴⟦⟨⟪⟬⟮⦃⦅⦇⦉⦋⦍⦏⦑⦓⦕⦗⸢⸤⸨〘〚｛｟", "}»›⁆⁾❩❫❭❯❱❳❵⟧⟩⟫⟭⟯⦄⦆⦈⦊⦌⦎⦐⦒⦔⦖⦘⸣⸥⸩〙〛｝｠"
# <市财政局牵头>: a bracket; not <br>, PM10<70, <管理办法>
_ANGLES = re.compile(
    r"""
    [<＜]
    (?P<words> [\u4e00-\u9fff] [^<>＜＞A-Za-z\n]{1,80}
        [局委办厅部院府会联心司道镇乡位门关队站所处科室头责合与加助实]  # what a body ends with, or a word of role
      | [省市县区州盟旗镇乡]{1,2} (?: 、 [省市县区州盟旗镇乡]{1,2} ){0,3}  # 各县<市、区>
    )
    [>＞]
    """,
    re.VERBOSE,
)
_MARKS = "\ufe10-\ufe19\ufe30-\ufe6b\uff61-\uff65∶꞉ː"
UNUSUAL = f"{_BLANKS}{_LINE_ENDS}{_UNSEEN}{_HALF_PAIRS}{_RADICALS}{_IDEOGRAPHS}{_LETTERS_AND_FIGURES}{_MARKS}{_OPENING}{_CLOSING}>＞"
"""What a class of signs holds that a plain text has not; beside it what stands outside the first plane of Unicode."""
_UNUSUAL = re.compile(f"[{UNUSUAL}]")
_RARE = (range(0x1D400, 0x1D800), range(0x2F800, 0x2FA20))  # letters and figures of mathematics, ideographs again

# whole characters, and parts that stand for one, among the radicals of which Unicode says no form
_OTHER_RADICALS = {
    **dict(zip("⺈⺊⺎⺒⺓⺛⺝⺞⺠⺩⺫⺬⺮⺳⺶⺷⺹⺻⺼⺽", "刀卜兀巳幺旡月歹民王目示竹网羊羊老聿月臼", strict=True)),
    **dict(zip("⺅⺉⺖⺘⺙⺡⺢⺣⺦⺨⺭⺰⻀⻂⻃⻈⻌⻍⻎⻏", "亻刂忄扌攵氵氺灬丬犭礻纟艹衤覀讠辶辶辶阝", strict=True)),
    **dict(zip("⻁⻄⻅⻆⻉⻊⻋⻐⻑⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠", "虎西见角贝足车钅長长门阝雨青韦页风飞食饣", strict=True)),
    **dict(zip("⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻲⻳", "首马骨鬼鱼鸟卤麦黄黾齐齿龙亀龟", strict=True)),
}
_BRACKETS = ((_OPENING, "〔"), (_CLOSING, "〕"))
# marks that Unicode takes for forms of an ASCII sign, and what they are in Chinese
_CHINESE_MARKS = dict(zip("︰﹕∶꞉ː︵︶﹙﹚︐﹐︓︔﹔︕︖", "：：：：：（）（），，：；；！？", strict=True))


def plain(text: str) -> str:
    """``text`` in plain signs, as long as it is."""
    text = plain_blanks(text)
    if ">" in text or "＞" in text:
        text = _ANGLES.sub(r"〔\g<words>〕", text)
    rare = has_rare_signs(text)
    if not rare and not _UNUSUAL.search(text):
        return text
    text = text.replace("\r\n", " \n")
    # most texts have few such signs, and `str.translate` looks every sign up
    return text.translate(_table()) if rare else _UNUSUAL.sub(_plain_sign, text)


def _plain_sign(match: re.Match[str]) -> str:
    return _table().get(ord(match[0]), match[0])


def plain_blanks(text: str) -> str:
    """``text`` with plain blanks instead of those that stand in every other text."""
    for blank in _COMMON_BLANKS:
        text = text.replace(blank, " ")
    return text


def has_rare_signs(text: str) -> bool:
    """Whether signs outside the first plane of Unicode stand in a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)


@functools.cache
def _table() -> dict[int, str]:
    """What each unusual sign is in its plain form; one without a form of one sign stays."""
    of_unicode = map(_each, (_RADICALS, _IDEOGRAPHS, _LETTERS_AND_FIGURES, _MARKS))
    table = {sign: unicodedata.normalize("NFKC", chr(sign)) for sign in chain(*of_unicode, *_RARE)}
    table = {sign: form for sign, form in table.items() if len(form) == 1}
    for signs, form in ((_BLANKS, " "), (_LINE_ENDS, "\n"), (_UNSEEN, NOTHING), (_HALF_PAIRS, "\ufffd"), *_BRACKETS):
        table |= dict.fromkeys(_each(signs), form)
    return table | {ord(sign): form for sign, form in (_OTHER_RADICALS | _CHINESE_MARKS).items()}


def _each(signs: str) -> Iterator[int]:
    """The signs of a part of a character class: single ones and ranges."""
    for match in re.finditer("(.)-(.)|(.)", signs, re.DOTALL):
        first, last = (match[1], match[2]) if match[1] else (match[3], match[3])
        yield from range(ord(first), ord(last) + 1)
