"""Clauses: stretches that assign an item or set its time.

`unremarked` gives the part of a clause before its first remark (列首位的为牵头单位，下同; 以下均涉及各县区: no bearers).

>>> text = "（市财政局，下同）"
>>> text[slice(*unremarked(text, 1, len(text) - 1))]
'市财政局'

Left to others: finding clauses (`loaders.duties.assignments`).
"""

import re
from typing import NamedTuple

from graph.model import Span
from loaders.lexicon.marks import trim
from loaders.lexicon.roles import LEAD
from loaders.rule import Rule

# what only remarks on the assignment: ，列首位的为牵头单位，下同 · 。以下均涉及各县区，不再列出 ; not a bearer
REMARK = re.compile(
    rf"""
    [，,；;。（(]? \s*
    (?:
        (?: 以下 | 以上 | 上述 | 下列 | 下文 | 后续 | 其他 ) [^、]{{0,30}} (?: 不再 | 均 | 涉及 )     # 以下均
      | [具各任事工] [^、，,。；;]{{0,8}} [务项作] 均? (?: 需 | 须 | 由 | 涉及 ) [^，,。；;]{{0,30}}  # 各项工作均需县区落实
      | [^、，,。；;（(]{{0,8}} 不再 (?: [一逐单] | 重复 | 另行 | 做 | 作 | 列 )                      # 各县区不再列 ; not 不再保留的单位
      | [^、，,。；;（(]{{0,12}} 办公室 (?: 设 | 挂靠 ) 在                      # 领导小组办公室设在市林业局
      | (?: 联系 | 咨询 | 监督 )? (?: 电话 | 人 ) [:：]                         # 联系电话：123456
      | 下同
      | 除 [^、，,。；;]{{1,24}} 外 [，,] [^、，,。；;]{{0,8}} (?: 首 | 第一 )                   # 除已注明的外，列首
      | (?: (?:{LEAD}) (?: 单位 | 部门 ) )? 均? (?: 列 | 排 ) 在? (?: 首 | 第一 | 最前 )         # 牵头单位均列首
      | [^，,。；;、（(）)]{{0,16}} (?: 首 | 第[一1] | 最前 ) [^，,。；;）)]{{0,14}} 为 (?:{LEAD})  # 名单中第一个单位为牵头
      | [^，,。；;、（(）)]{{0,6}} (?: 前面 | 前列 | 列前 | 居前 | 打头 | 分号 | 顿号 | 黑体 | 加粗 )
            [^，,。；;、（(）)]{{0,10}} 为 (?:{LEAD})  # 分号前的为牵头
      | 首家 (?: 单位 | 部门 ) (?:{LEAD})
      | 第? 一? 个? 逗号之? 前
      | (?: 加 | 标注? | 带 )? [*＊★] 号? (?: 的 | 为 | 者 | 标 | 表示 )  # 带★的 · ＊为
      | (?: 加 | 标注? | 带 ) [*＊★]                                      # 标注★ ; not ★市财政局
    )
    """,
    re.VERBOSE,
)
# one of these stands in every remark; the class stands first, because a search skips to it fast
_REMARKED = re.compile(
    rf"[下上首第最逗*＊★均话人设靠不为](?:(?<=[下上首第最逗*＊★均])|(?<=[话人])[:：]|(?<=[设靠])在|(?<=不)再|(?<=为)(?:{LEAD}))"
)

_PAIRS = (("（", "）"), ("(", ")"))
# ，以下简称成员单位: what the list is called later on
CALLED = re.compile(r"[，,；;。、]\s*(?:以[上下])?(?:简|统|合)称")


class Clause(NamedTuple):
    """``role`` is a `graph.model.Role` or ``deadline``; ``span`` is the evidence, ``content`` the bearers or the time.

    ``stretch`` is the stretch that is assigned, if the rule knows it; otherwise it is the text before the clause.
    """

    role: str
    span: Span
    content: Span
    rule: Rule
    stretch: Span | None = None


def unremarked(text: str, start: int, end: int) -> Span:
    """The bearers of a clause: the part before its first remark."""
    remark = REMARK.search(text, start, end) if _REMARKED.search(text, start, end) else None
    end = remark.start() if remark else end
    called = CALLED.search(text, start, end) if "称" in text[start:end] else None
    if called and all(text.count(a, start, called.start()) <= text.count(b, start, called.start()) for a, b in _PAIRS):
        end = called.start()  # not 各县（自治县，以下简称区县）政府
    return trim(text, start, end)
