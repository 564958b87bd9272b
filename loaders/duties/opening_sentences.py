"""Sentences that open with who does it and go on with what: 由市司法局牵头，市财政局配合，清理文件。 (rule ``narrative-sentence``)

The sentence begins with 由, behind a number or a full stop.  Its first clauses say nothing but who bears; two of them at least,
or one right behind a number.  What tells of the past (由市司法局牵头，清理了文件) assigns nothing.

>>> from loaders.duties.reading import read
>>> text = "1.由市司法局牵头，市财政局配合，清理文件。"
>>> [text[slice(*c.content)] for c in clauses(read(text), Taken())]
['由市司法局牵头，市财政局配合']

Left to others: sentences that say only who does it (`loaders.duties.closing_sentences`).
"""

import re
from collections.abc import Iterator

from loaders.duties.clause import Clause
from loaders.duties.reading import Reading, Taken
from loaders.lexicon.roles import IN_PROSE, ends_with_role_word
from loaders.phrases.bearers import only_bearers, split, stands_for_body
from loaders.rule import Rule, gives

BY = "由"
_BEFORE = frozenset(("", "\n", "。", " ", "\t"))
_CLAUSE = re.compile(r"(?P<words>[^，,。；;：:\n]{3,80})(?P<mark>[，,]|(?=[。；;：:\n]|$))")
_PAST = re.compile(r"了|已|过去|解释")
_SAYS = re.compile(rf"由.*由|(?:{IN_PROSE})(?!$)")
_LONGEST = 300


def clauses(reading: Reading, taken: Taken) -> Iterator[Clause]:
    """Who bears, at the beginning of sentences that go on with what is to be done; in text order."""
    text, points = reading.text, {node.text for node in reading.nodes}
    at = text.find(BY)
    while at >= 0:
        if at in points or text[at - 1 : at] in _BEFORE or at == 0:
            end, count, more = _bearing(text, at)
            if more and count > (at not in points) and not taken.holds(at):
                yield Clause("responsible", (at, end), (at, end), AND_WHAT)
        at = text.find(BY, at + 1)


def _bearing(text: str, at: int) -> tuple[int, int, bool]:
    """Where the clauses end that say nothing but who bears, how many they are, and whether the sentence goes on with what."""
    end, count, start = at, 0, at
    while (clause := _CLAUSE.match(text, start, at + _LONGEST)) and _bears(clause["words"]):
        end, count, start = clause.end("words"), count + 1, clause.end()
    stop = text.find("。", start, at + _LONGEST)
    rest = text[start : stop if stop >= 0 else at + _LONGEST].split("\n")[0]
    goes_on = text[end : end + 1] in ("，", ",") and bool(rest.strip())
    return end, count, count > 0 and goes_on and not _PAST.search(rest)


def _bears(words: str) -> bool:
    if not ends_with_role_word(words) or _SAYS.search(words) or not only_bearers(words):
        return False
    return all(stands_for_body(name, True) for name in split(words).all_said)


AND_WHAT = Rule(
    "narrative-sentence", "and-what", "duty", "句首以「由」说谁牵头、谁配合，接着写做什么", clauses,
    (
        gives("1.由市司法局牵头，市财政局配合，清理文件。\n", "responsible 由市司法局牵头，市财政局配合"),
        gives("1.清理文件。由市司法局牵头，各县区配合，分批公布目录。\n", "responsible 由市司法局牵头，各县区配合"),
        gives("1.由市司法局负责，清理文件。\n", "responsible 由市司法局负责"),
    ),
    ("1.由市司法局牵头，市财政局配合，清理了文件。\n", "1.由市农业局起草的文件，市卫生局要参与。\n", "1.清理文件。由市司法局负责，按时公布。\n"),
)  # fmt: skip
RULES = (AND_WHAT,)
