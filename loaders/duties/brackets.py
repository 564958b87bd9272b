"""Brackets without a label that say only who does what, or only when.

``narrative-parenthesis``: a bracket after a sentence that only says who does what (（省商务厅牵头，合肥海关配合）), or only
   names bodies; ``time-parenthesis``: a bracket that only says when.

>>> from loaders.duties.reading import read
>>> text = "清理文件。（市司法局牵头，市财政局配合）"
>>> [text[slice(*c.content)] for c in clauses(read(text), Taken())]
['市司法局牵头，市财政局配合']

Left to others: labels (`loaders.duties.labels`), the roles that the words give (`loaders.phrases.bearers`).
"""

import re
from collections.abc import Iterator

from graph.model import Span
from loaders.duties.clause import Clause, unremarked
from loaders.duties.reading import Reading, Taken
from loaders.lexicon.bodies import is_certain_body
from loaders.lexicon.marks import trim
from loaders.lexicon.places import LEVEL
from loaders.lexicon.roles import ends_with_role_word
from loaders.phrases.bearers import only_bearers, split, stands_for_body
from loaders.phrases.sentences import CLOSING, NUMBER_AHEAD, PARAGRAPH_END, closing, sentence
from loaders.rule import Rule, gives
from loaders.times.places import is_time, split_time

_AFTER_SENTENCE = '。；;！？!?…”"’》）)〕」』〗'
# what follows a bracket that closes a sentence, though no sentence's end stands before it
CLOSES = re.compile(rf"[ \t]*(?:[。；;\n]|$|{NUMBER_AHEAD})")
ENDS_LINE = re.compile(r"[）)〕］\]】」』〗。；;，, \t]*(?:\n|$)")
# （市卫健委负责，列首位的为牵头单位，下同；各县区政府）: the list goes on behind the remark
GOES_ON = re.compile(r"下同[，,；;。]\s*")
_EXPLAINED = "门位部关构局委者人业会(（〔［[【「『〖"  # 有关部门（市财政局、市教育局） explains who they are
_COMMAS = ("，", ",")
_STOPS = ("；", ";", "。")
_BEFORE_MORE, _COLONS = frozenset("，,：:"), ("：", ":")


def clauses(reading: Reading, taken: Taken) -> Iterator[Clause]:
    """The brackets that assign, outside the stretches that labels have taken."""
    text, points = reading.text, {node.text for node in reading.nodes}  # 1.（县教育局）新建食堂
    for start, inner, _ in reading.tokens.brackets:
        before = text[start - 1 : start]
        if not before.strip():  # blanks, or the start of a line
            before = text[max(0, start - 4) : start].rstrip()[-1:]
        if not before or taken.holds(start):
            continue
        end = closing(text, start)
        opens = start in points
        behind_sentence = before in _AFTER_SENTENCE or opens
        if end is None or not (behind_sentence or text[end : end + 1] in _BEFORE_MORE or CLOSES.match(text, end)):
            continue
        begins_line = not opens and text[max(0, start - 4) : start].rstrip(" \t").endswith("\n")
        if begins_line and not ENDS_LINE.match(text, end):
            continue  # ⏎【县公安局】打击…: a heading of what follows, not the end of what stands before it
        content = unremarked(text, inner, end - 1)
        if not behind_sentence and not _closes(text, end, content, before in _EXPLAINED):
            continue
        found = who_and_when(text, (start, end), content, BEARERS, ONLY_A_TIME)
        yield from found
        further = GOES_ON.search(text, content[1], end - 1) if found and found[0].rule is BEARERS else None
        if further and only_bearers(text[slice(*trim(text, further.end(), end - 1))]):
            yield Clause("responsible", (start, end), trim(text, further.end(), end - 1), BEHIND_REMARK)


def who_and_when(text: str, bracket: Span, content: Span, bearers: Rule, only_time: Rule) -> list[Clause]:
    """What the words in a bracket say without a label: who, by the rule ``bearers``, with a time beside it; or a time alone."""
    who, when = split_time(text, content)
    if only_bearers(text[slice(*who)]):
        made = [Clause("responsible", bracket, who, bearers)]
        return [*made, Clause("deadline", bracket, when, bearers)] if when else made
    return [Clause("deadline", bracket, content, only_time)] if is_time(text[slice(*content)]) else []


def _closes(text: str, end: int, content: Span, explains: bool) -> bool:
    """Whether a bracket that no sentence's end precedes closes one: 做好编制工作（市发改委牵头）。 ; not 部门（市发改委牵头）应当.

    What it says decides: with a word of role it assigns whatever stands before it (支持就业（县人社局负责）。), while one that
    only names bodies may explain the word before it (有关部门（市财政局、市教育局）。).  Behind a comma it does where the sentence ends with another one (修路（市交通局牵头），供水（市水利局牵头）。); one that only
    names bodies must end its paragraph, and begin with one of a level (免收通行费（市交通局、市公路中心）。).
    """
    comma = text[end : end + 1] in _COMMAS
    if text[end : end + 1] in _COLONS and not ends_with_role_word(text[slice(*content)]):
        return False  # 综合组（县应急局牵头）：统筹调度
    if comma and not (ends_with_role_word(text[slice(*content)]) and _bracket_ends_sentence(text, end)):
        return False
    who, when = split_time(text, content)
    bearers = text[slice(*who)]
    # who and until when: nothing is explained by that (安装围网（县水利局，6月底前）；)
    says, names = ends_with_role_word(bearers) or when is not None, split(bearers).names
    if not says and explains:
        return False
    ends = PARAGRAPH_END.match(text, end) or text[end : end + 1] in _STOPS
    if not says and not (ends and names and (LEVEL.match(names[0].name) or names[0].name[0] == "各")):
        return False
    return all(stands_for_body(n, says) for n in names) and (says or is_certain_body(names[0].name))


def _bracket_ends_sentence(text: str, at: int) -> bool:
    stop = sentence(text, at, at)[1]
    return text[stop - 1] in CLOSING and ends_with_role_word(text[at : stop - 1])


BEARERS = Rule(
    "narrative-parenthesis", "bearers", "duty", "句后括号内只说谁做什么，或只列单位", clauses,
    (
        gives("1.清理文件。（市司法局牵头，市财政局配合）\n", "responsible 市司法局牵头，市财政局配合"),
        gives("1.做好编制工作（市发改委牵头）。\n", "responsible 市发改委牵头"),
        gives("1.清理文件。（市财政局；持续推进）\n", "responsible 市财政局", "deadline 持续推进"),
        gives("1.清理文件（市财政局，6月底前）；公开。\n", "responsible 市财政局", "deadline 6月底前"),
    ),
    ("1.有关部门（市财政局、市教育局）应当报告。\n", "1.清理文件。（详见附件二）\n", "职责如下。\n【县公安局】维护秩序。\n"),
)  # fmt: skip
BEHIND_REMARK = Rule(
    "narrative-parenthesis", "behind-remark", "duty", "括号内「下同」一类说明之后接着列的单位", clauses,
    (
        gives("1.清理文件。（市卫健委负责，列首位的为牵头单位，下同；各县区政府）\n", "responsible 各县区政府"),
        gives("1.清理文件。（市教育局、市财政局，下同。市民政局）\n", "responsible 市民政局"),
    ),
    ("1.清理文件。（市卫健委负责，下同）\n", "1.清理文件。（市卫健委负责，下同；不再列出）\n"),
)  # fmt: skip
ONLY_A_TIME = Rule(
    "time-parenthesis", "time", "duty", "句后括号内只说时限", clauses,
    (
        gives("1.清理文件。（2021年6月底前完成）\n", "deadline 2021年6月底前完成"),
        gives("1.清理文件。（长期坚持）\n", "deadline 长期坚持"),
    ),
    ("1.清理文件。（2021年第3号公告）\n", "1.清理文件。（长期以来问题突出）\n"),
)  # fmt: skip
RULES = (BEARERS, BEHIND_REMARK, ONLY_A_TIME)
