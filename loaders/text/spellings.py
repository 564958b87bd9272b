"""Spellings: different ways of writing the same, unified before anything is read.

1. HTML that a copy left behind: ``</p>`` and ``<br/>`` are line breaks, ``</td>`` a tab, other tags nothing; ``&nbsp;`` a blank.
   Marks of Markdown inside a line (``**``, ``1\\.``, links) are nothing; neither is what it strikes through (``~~``), which the
   reader of the file tells (`loaders.files.read`).
2. Dates in Chinese figures (二〇二四年六月底, 十二月三十一日前) in plain figures.  Titles in 《》 stay as they are: they are names.
3. Invisible characters, and blanks after 、 inside a line, are removed: a list continues after its mark (各县（市、 区）).

These are no damage and therefore no repairs: each is an `Edit` with the way back to the source; a fact quotes the words of
the source.

>>> [(text, new) for text, new in (("x<br/>y", ""), ("二〇二四年六月底", "")) for _, _, new in forms(text)]
[('x<br/>y', '\\n'), ('二〇二四年六月底', '2024'), ('二〇二四年六月底', '6')]

Left to others: losses (`loaders.text.repair`), HTML as a file's format (`loaders.files.html`).
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import TypeAlias

from graph.numerals import digits, numeral
from loaders.text.plain_signs import NOTHING, plain

Edit: TypeAlias = tuple[int, int, str]  # start and end in the source, what stands there instead

# <p align="left"> · </span> · <o:p> ; not <用人单位岗位补贴办法>
_BREAKS = ("p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr", "section")
TAG = re.compile(
    r"""
    < (?P<close>/?)
    (?P<name> p | br | div | tr | td | th | li | h[1-6] | table | tbody | thead | ul | ol | hr | section
      | article | header | footer | main | blockquote | dl | dt | dd | caption | tfoot | col | colgroup
      | sup | sub | small | big | del | ins | s | code | pre | label | mark | body | html | nobr
      | span | strong | b | i | em | u | font | a | img | center
      | o:p | st1:\w{1,20}  # of Word
    )
    (?: \s [^<>]{0,300} )? /? >
    """,
    re.VERBOSE | re.IGNORECASE,
)
# what a page does not show: <!-- … --> · <style>…</style>
UNSHOWN = re.compile(
    r"""
    <!-- [^<>]{0,2000} -->
  | < (?P<kind> style | script ) \b [^<>]{0,300} > [^<]{0,20000} </ (?P=kind) >
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ROW = re.compile(r"[ \t]*\|")
ENTITY = re.compile(
    r"""
    & (?: nbsp | ensp | emsp | thinsp | ldquo | rdquo | lsquo | rsquo | mdash | ndash | middot | bull | hellip | times
        | amp | lt | gt | quot | \# (?: \d{2,6} | x [\da-f]{2,5} )  # &#12288;
      ) ;?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# **责任单位**：市司法局 · 1\. · [责任单位](http://…)
BOLD = re.compile(r"(?P<sign>\*\*|__)(?=[^\s*_])[^*_\n]{1,300}(?P=sign)")
# ~~、市旅游局~~
STRUCK = re.compile(r"~~(?=[^\s~])[^~\n]{1,300}(?<=[^\s~])~~")
ESCAPE = re.compile(r"\\(?=[\\`*_{}()#+.!|>~\[\]-])")
LINK = re.compile(r"!?\[(?P<words>[^\[\]\n]{1,200})\]\((?:https?:|mailto:|[/#.])[^()\s]{0,300}\)")
_YEAR = r"二[〇○零Oo0][〇○零一二三四五六七八九]{2}(?=年)"
_MONTH = r"(?:十[一二]?|[一二三四五六七八九])(?=月(?:[底末初前份内至到或和]|[上中下]旬|(?:[一二三]?十|[廿卅])?[一二三四五六七八九]?日))"
_DAY = r"(?<=月)(?:三十一?|卅一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号])"
# a part of a date in figures that are not plain, or a title, which is taken whole and stays as it is
DATE_FIGURES = re.compile(
    rf"""
    《 [^》\n]{{0,200}} 》
  | (?P<year> {_YEAR} )                                                    # |二〇二四|年
  | (?<=年) (?P<month_of> (?: 十[一二]? | [一二三四五六七八九] ) (?=月) )  # 年|六|月
  | (?<![十一二三四五六七八九第每]) (?P<month> {_MONTH} )                  # |十二|月底前 ; not 每一月底前
  | (?P<day> {_DAY} )                                                      # 月|三十一|日
    """,
    re.VERBOSE,
)
# signs that nobody sees, and blanks behind 、 ; one of the first signs stands wherever the second expression finds something
NO_SIGN = re.compile(rf"{NOTHING}+|(?<=、) +(?=\S)")
_ANY_NO_SIGN = (NOTHING, "、 ")
# one of these stands wherever `DATE_FIGURES` finds something; apart, because each begins with a sign that is found fast
_ANY_DATE = (
    re.compile(r"二[〇○零Oo0]"),
    re.compile(r"月(?<=[一二三四五六七八九十]月)"),
)
_DAY_BEHIND = re.compile(r"月(?=[三卅二廿十一四五六七八九])")  # 12月三十一日, where another date is in such figures


def forms(text: str) -> Iterator[Edit]:
    """The edits that unify ``text``, in text order within each kind."""
    if "<" in text:
        yield from _tags(text)
    if "&" in text:
        for entity in ENTITY.finditer(text):
            yield (
                *entity.span(),
                plain(unescape(entity[0] if entity[0].endswith(";") else f"{entity[0]};")),
            )
    yield from _emphasis(text)
    if any(sign in text for sign in _ANY_NO_SIGN):
        for nothing in NO_SIGN.finditer(text):
            yield *nothing.span(), ""
    if any(sign.search(text) for sign in _ANY_DATE):
        yield from _dates(text)


def _dates(text: str) -> Iterator[Edit]:
    """Dates in Chinese figures, looked for in the lines that may have one."""
    done = 0
    for at in sorted(place.start() for sign in (*_ANY_DATE, _DAY_BEHIND) for place in sign.finditer(text)):
        if at < done:
            continue
        end = text.find("\n", at)
        done = end + 1 if end >= 0 else len(text)
        for date in DATE_FIGURES.finditer(text, text.rfind("\n", 0, at) + 1, done):
            if date.lastgroup:
                yield *date.span(), _figure(date.lastgroup, date[0])


def _tags(text: str) -> Iterator[Edit]:
    """What HTML left behind; a break inside a row of a table that strokes rule is a blank, because the row goes on."""
    at, row = 0, text.startswith("|")
    for nothing in UNSHOWN.finditer(text):
        yield *nothing.span(), ""
    for tag in TAG.finditer(text):
        line = text.rfind("\n", at, tag.start())
        if line >= 0:
            row = _ROW.match(text, line + 1) is not None
        at = tag.end()
        sign = _sign(tag["name"].lower(), closes=bool(tag["close"]))
        yield *tag.span(), " " if row and sign == "\n" else sign


def _emphasis(text: str) -> Iterator[Edit]:
    """The marks of Markdown inside lines: what is set off, what is escaped, what links."""
    if "**" in text or "__" in text:
        for bold in BOLD.finditer(text):
            yield bold.start(), bold.start() + 2, ""
            yield bold.end() - 2, bold.end(), ""
    if "~~" in text:
        for struck in STRUCK.finditer(text):
            yield *struck.span(), ""
    if "\\" in text:
        for escaped in ESCAPE.finditer(text):
            yield *escaped.span(), ""
    if "](" in text:
        for link in LINK.finditer(text):
            yield link.start(), link.start("words"), ""
            yield link.end("words"), link.end(), ""


def _sign(name: str, *, closes: bool) -> str:
    if name in ("td", "th"):
        return "\t" if closes else ""
    # a paragraph's end is its break: its beginning need not be another one
    return "\n" if name in _BREAKS and (closes or name in ("br", "hr", "table")) else ""


def _figure(kind: str, words: str) -> str:
    if kind == "year":
        return "20" + digits(words[2:])
    return str(numeral(words))
