"""A time that stands beside bearers or fills a bracket by itself: （市财政局；持续推进）, （2021年6月底前完成）.

`time_apart` parts it from the bearers.

>>> text = "市财政局；持续推进"
>>> [text[slice(*span)] for span in time_apart(text, (0, len(text))) if span]
['市财政局', '持续推进']

Left to others: what a time means (`loaders.facts.deadlines`).
"""

import re

from graph.model import Span
from loaders.phrases.sentences import trim

TIME = re.compile(
    r"\d{1,2}月|\d年|季度|半年|年[底内末]|全年|[每本当]年|每[月周季]|长期|持续|常态化|立即|立行立改|近期|尽快|适时"
)

TIME_SIGN = re.compile(r"[月年季长持常立近尽适周]")  # one of them stands in whatever `TIME` or `TIMED` finds

MARKS = re.compile(r"[；;，,]|[ ](?=20\d\d年|\d{1,2}月|长期|持续)")

_ROLE_WORD = re.compile(r"牵头|负责|配合|参与|责任|落实")


def time_apart(text: str, content: Span) -> tuple[Span, Span | None]:
    """The bearers of a narrative bracket, and the time that stands before or behind them: ；持续推进."""
    if not TIME_SIGN.search(text, *content):
        return content, None
    marks = [m.start() for m in MARKS.finditer(text, *content)]
    if marks and TIME.search(text, marks[-1], content[1]) and not _ROLE_WORD.search(text, marks[-1], content[1]):
        return trim(text, content[0], marks[-1]), trim(text, marks[-1] + 1, content[1])
    if marks and TIME.search(text, content[0], marks[0]) and not _ROLE_WORD.search(text, content[0], marks[0]):
        return trim(text, marks[0] + 1, content[1]), trim(text, content[0], marks[0])
    return content, None


# （2021年6月底前完成） · （长期坚持）: a bracket that says nothing but when.  Its text becomes a part of other expressions, which
# are verbose, too (`loaders.duties.closing_sentences`)
TIME_ONLY = re.compile(
    r"""
    [^，,。；;、]{0,6} (?: 20\d\d年 | \d{1,2}月 | 年底 | 季度 )                             # 力争2021年 · 6月
        [^，,。；;、]{0,12} (?: 完成 | 前 | 底 | 到位 | 出台 | 建成 | 见效 )                # 底前完成
  | (?: (?:立即|长期|持续) (?: 执行 | 坚持 | 推进 | 实施 | 开展 | 整改 | 落实 ) 并? ){1,2}  # 立即整改并长期坚持
  | (?: 20\d\d年 | \d{1,2}月 ) [^，,。；;、]{0,8} 前 [^，,。；;、]{2,8}                     # 2021年6月底前取得成效
    """,
    re.VERBOSE,
)
