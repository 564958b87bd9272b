"""Layout marks: signs that only lay a text out become blanks, place for place.

A bullet at the start of a line (- * • → ☑ ① or one of a private font) is a blank before a label or a number; one that is
nothing but a bullet (•, ☑, of a private font) is so before anything.  So are ``##`` of a heading, ``>`` of a quotation and
a line of nothing but dashes, of Markdown.

An arrow before a label is a blank inside a line, too.  Each sign becomes exactly one, so no place moves.

>>> unmarked("## 一、任务\\n• 清理文件\\n- 责任单位：市司法局")
'   一、任务\\n  清理文件\\n  责任单位：市司法局'

Left to others: marks inside a line (``**``, tags: `loaders.text.spellings`).
"""

import re

from loaders.lexicon.numbers import MARKER
from loaders.lexicon.vocabulary import LABEL_SHAPE, role_labels

# a label that something is said behind: 责任单位： · 【责任单位】 · **责任单位**：
_SAYS = rf"[(（〔［\[【「『〖]? \*{{0,2}} (?P<label> {LABEL_SHAPE} ) \*{{0,2}} (?: [】］\]」』〗] | \*{{0,2}} [ \t]* [:：] )"
_ONLY_BULLETS = "•‣◦⁃▪▫●◉◆◇❖❑❒■□☐☑✓✔√►▶➢➤→⇒➔➜\ue000-\uf8ff"
_BULLETS = rf"{_ONLY_BULLETS}○☆★△▲▼※◎*+·－–—-"
# two stars that touch what follows set it off, and are no bullet: **责任单位**：
_TWO = rf"(?! \*\*\S ) [{_BULLETS}]{{1,2}}"
BULLET = re.compile(
    rf"""
    \n [ \t]*
    (?P<mark>
        [{_ONLY_BULLETS}] (?=[ \t]* [^\s{_ONLY_BULLETS}])                          # • 清理文件
      | {_TWO} (?: [ \t]* \[ [ xX] \] )? (?=[ \t]* (?: {MARKER.pattern} ) )  # - 1. · - [x] （一） ; not -3℃
      | [-*+] [ ] \[ [ xX] \] (?=[ ])                                              # - [ ] 清理文件
      | \#{{1,6}} (?=[ \t])  | (?: > [ ]? ){{1,4}} (?=\S)                          # ## 一、 · > 清理文件
      | (?: (?: [-*_=] [ ]? ){{3,200}} | `{{3}} \w{{0,20}} ) (?= [ \t]* (?: \n | \Z ) )  # --- · ``` of Markdown
      | (?: {_TWO} | [①-⑳] ) (?=[ \t]* {_SAYS})                                   # —— 责任单位： · ①责任单位：
    )
    """,
    re.VERBOSE,
)
_ARROWS = "→⇒➔➜►▶"
# 牵头：市司法局　→责任：市财政局 ; not 牵头单位→市司法局
ARROW = re.compile(rf"[{_ARROWS}](?=[ \t]*[\u4e00-\u9fff]{{2,8}}[ \t]*[:：])")
# looked for first: a line that begins with none of these signs has no bullet
_LINE = re.compile(rf"\n[ \t]*[{_BULLETS}①-⑳\#>_=`]")


def unmarked(text: str) -> str:
    """``text`` with its layout marks made plain, as long as it is."""
    lines = "\n" + text
    if _LINE.search(lines):
        text = BULLET.sub(_blank, lines)[1:]
    if any(sign in text for sign in _ARROWS):
        text = ARROW.sub(" ", text)
    return text


def _blank(match: re.Match[str]) -> str:
    if match["label"] and match["label"] not in role_labels():
        return match[0]
    start, end = match.span("mark")
    return match.string[match.start() : start] + " " * (end - start)
