"""Sentences that open with who does it and go on with what: 由市司法局牵头，市财政局配合，清理文件。 (rule ``narrative-sentence``)

The sentence begins with 由, behind a number or a full stop; right behind a number, without it, too.  Its first clauses say
nothing but who bears, 会同 and whom with; two of them at least, or one right behind a number.  What tells of the past (由市司法局牵头，清理了文件) assigns nothing.
Where points open so, others beside them do that say at once what a body does: 2.市民政局负责走访老人.

>>> from loaders.duties.reading import read
>>> text = "1.由市司法局牵头，市财政局配合，清理文件。"
>>> [text[slice(*c.content)] for c in clauses(read(text), Taken())]
['由市司法局牵头，市财政局配合']

Left to others: sentences that say only who does it (`loaders.duties.closing_sentences`).
"""

import re
from collections.abc import Iterator

from loaders.duties.clause import Clause
from loaders.duties.list_heads import list_head
from loaders.duties.reading import Reading, Taken, none_in
from loaders.lexicon.roles import IN_PROSE, ends_with_role_word
from loaders.phrases.bearers import only_bearers, split, stands_for_body
from loaders.rule import Rule, gives

BY = "由"
_BEFORE = frozenset(("", "\n", "。", " ", "\t"))
# 由市司法局牵头|，会同市财政局|于2020年6月底前公布目录
_CLAUSE = re.compile(
    r"(?P<words>[^，,。；;：:\n]{3,80}?)(?:[，,]|(?=于(?:每|\d[^，,。；;\n]{0,12}前))|(?=[。；;：:\n]|$))"
)
_TITLE = re.compile(r"[^，,。；;：:\n]{2,12}。(?!由)")  # 3.督查考核。|镇纪委牵头，镇党建办配合，…
_PAST = re.compile(r"了|已|过去|解释")
_SAYS = re.compile(rf"由.*由|(?:{IN_PROSE})(?!$)")
_NO_NAMES = re.compile(r"[由（(]")  # 交办由市司法局负责, 抢险组（市水利局牵头，…）: more than bodies
_WITH = ("会同", "并会同")  # 由市司法局牵头，会同市财政局，清理文件
_LONGEST = 300
_SHARE = 0.6  # of the points of a rank that begin with who bears


def clauses(reading: Reading, taken: Taken) -> Iterator[Clause]:
    """Who bears, at the beginning of sentences that go on with what is to be done; in text order."""
    text, points = reading.text, {node.text for node in reading.nodes}
    opened: set[int] = set()
    for at in sorted(points):
        if not text.startswith(BY, at):
            end, _, more = _bearing(text, at)
            if more and not _NO_NAMES.search(text, at, end) and not taken.holds(at):
                opened.add(at)
                yield Clause("responsible", (at, end), (at, end), AND_WHAT)
            elif title := _TITLE.match(text, at):
                at = title.end()
                end, count, more = _bearing(text, at)
                if more and count > 1 and not _NO_NAMES.search(text, at, end) and not taken.holds(at):
                    yield Clause("responsible", (at, end), (at, end), AND_WHAT)
    at = text.find(BY)
    while at >= 0:
        if at in points or text[at - 1 : at] in _BEFORE or at == 0:
            end, count, more = _bearing(text, at)
            if more and count > (at not in points) and not taken.holds(at):
                opened.add(at)
                yield Clause("responsible", (at, end), (at, end), AND_WHAT)
        at = text.find(BY, at + 1)
    if len(opened & points) > 1:
        yield from _alike(reading, taken, opened & points)


def _alike(reading: Reading, taken: Taken, opened: set[int]) -> Iterator[Clause]:
    """The bearers with which points begin that say at once what is done, where most of their rank open with who bears."""
    assigned = sorted([*(clause.span[0] for clause in taken.clauses), *opened])
    for rank in {node.rank for node in reading.nodes if node.text in opened}:
        points = [node for node in reading.nodes if node.rank == rank and not node.children]
        heads = [
            head
            for node in points
            if none_in(assigned, node.start, node.end)
            and (head := list_head(reading.text, (node.text, node.end), False)) is not None
            and not _PAST.match(reading.text, head.end)
        ]
        if len(heads) + sum(node.text in opened for node in points) >= _SHARE * len(points):
            for head in heads:
                yield Clause(head.role, (head.start, head.end), head.bearers, ALIKE)


def _bearing(text: str, at: int) -> tuple[int, int, bool]:
    """Where the clauses end that say nothing but who bears, how many they are, and whether the sentence goes on with what."""
    end, count, start = at, 0, at
    while (clause := _CLAUSE.match(text, start, at + _LONGEST)) and _bears(clause["words"]):
        end, count, start = clause.end("words"), count + 1, clause.end()
    stop = text.find("。", start, at + _LONGEST)
    rest = text[start : stop if stop >= 0 else at + _LONGEST].split("\n")[0]
    goes_on = text[end : end + 1] in ("，", ",", "于") and bool(rest.strip())
    return end, count, count > 0 and goes_on and not _PAST.search(rest)


def _bears(words: str) -> bool:
    if not (ends_with_role_word(words) or words.startswith(_WITH)) or _SAYS.search(words) or not only_bearers(words):
        return False
    return all(stands_for_body(name, True) for name in split(words).all_said)


AND_WHAT = Rule(
    "narrative-sentence", "and-what", "duty", "句首以「由」、或编号后直接说谁牵头、谁配合，接着写做什么", clauses,
    (
        gives("1.由市司法局牵头，市财政局配合，清理文件。\n", "responsible 由市司法局牵头，市财政局配合"),
        gives("1.清理文件。由市司法局牵头，各县区配合，分批公布目录。\n", "responsible 由市司法局牵头，各县区配合"),
        gives("1.由市司法局负责，清理文件。\n", "responsible 由市司法局负责"),
        gives("1.督查考核。市纪委牵头，市委组织部配合，对各镇逐日通报。\n", "responsible 市纪委牵头，市委组织部配合"),
        gives("1.市司法局牵头，市财政局、各县区配合，清理文件。\n", "responsible 市司法局牵头，市财政局、各县区配合"),
        gives("1.清理。由市司法局牵头，会同市财政局，分批公布。\n", "responsible 由市司法局牵头，会同市财政局"),
        gives("1.清理。由市司法局牵头，会同市财政局、市纪委机关于每年2月底前公布。\n", "responsible 由市司法局牵头，会同市财政局、市纪委机关"),
    ),
    ("1.市司法局牵头，市财政局配合，清理了文件。\n", "清理文件。市司法局牵头，市财政局配合，公布目录。\n", "1.由市司法局牵头，市财政局配合，清理了文件。\n", "1.由市农业局起草的文件，市卫生局要参与。\n", "1.清理文件。由市司法局负责，按时公布。\n"),
)  # fmt: skip
ALIKE = Rule(
    "narrative-sentence", "alike", "duty", "编号后写哪个单位负责做什么，同级的其他各项也以谁牵头、谁配合开头", clauses,
    (
        gives("1.市司法局牵头，市财政局配合，清理文件。\n2.市民政局负责走访老人。\n3.由市卫健委牵头，会同市医保局，开展义诊。\n", "responsible 市民政局"),
        gives("1.由市司法局牵头，清理文件。\n2.由市财政局负责，保障经费。\n3.市民政局、市残联负责走访老人。\n", "responsible 市民政局、市残联"),
    ),
    ("1.清理文件。\n2.市民政局负责走访老人。\n3.市司法局牵头公布目录。\n", "1.市司法局牵头清理文件，市财政局配合。\n2.市民政局负责人要走访老人。\n"),
)  # fmt: skip
RULES = (AND_WHAT, ALIKE)
