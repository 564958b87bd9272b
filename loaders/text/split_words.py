"""Split words: blanks that stand inside words are closed (责任单 位, 责 任 单 位; a layer of recognised text, a label spread out).

1. A blank between two characters is closed where a word of the lexicon results, unless what stands behind it is a label
   by itself (抓好落实 责任单位：…).
2. Characters that stand apart one by one (市 司 法 局) are closed when a word or the name of a body results.
3. Where one blank in ten stands inside a word that is not spread out, the blanks are no author's: single ones are closed
   everywhere, but not between two bodies and not beside a label.
4. A line break inside a label (参与部⏎门：…) is closed: no line begins with the rest of one.
5. Dates: the blanks around figures (2024 年 6 月底) are closed.

They are no damage to the words, so they are no repairs: an `Edit` each, as in `loaders.text.spellings`.

>>> [(start, end) for start, end, _ in split_words("责任单 位：市 司 法 局")]
[(3, 4), (7, 8), (9, 10), (11, 12)]

Left to others: blanks that part cells (`loaders.tables.by_blanks`) or names (`loaders.phrases`).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from loaders.lexicon.bodies import ends_as_body, is_certain_body
from loaders.lexicon.places import LEVEL
from loaders.lexicon.roles import BEHIND
from loaders.lexicon.vocabulary import load_yaml, role_labels
from loaders.text.spellings import Edit

_HAN = "\u4e00-\u9fff"
GAP = re.compile(rf" (?<=[{_HAN}] ) *(?=[{_HAN}])")  # begins with its blank, which is found fast
# 2024 年 · 6 月底 · 2024年 6月 ; not 第 6 个
DATE_GAP = re.compile(r" (?:(?<=\d ) *(?=[年月日])|(?<=[年月] ) *(?=\d{1,2} *[月日]))")
# 参与部⏎门：市财政局: where a line may begin with the rest of a label
_REST = re.compile(rf"\n[ \t]*(?P<rest>[{_HAN}]{{1,5}})(?=[ \t]*[:：])")
_NOT_HAN = re.compile(rf"[^{_HAN}]")
_HAN_BEFORE = re.compile(rf"[{_HAN}]*$")
_HAN_BEHIND = re.compile(rf"[{_HAN}]*")
_LABELS = frozenset(label for label in role_labels() if len(label) > 1)
_WORDS = {word for words in BEHIND.values() for word in words} | set(load_yaml("forms")["split"])
_FIND = AhoCorasick(
    sorted(_LABELS | _WORDS), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
).find_matches_as_indexes
_REACH = 12  # characters; no word is longer
_LEAST_SPLIT, _ONE_IN = 3, 10
_LEAST_APART = 3

Gap = tuple[int, int]


def split_words(text: str) -> Iterator[Edit]:
    """An edit for each blank inside a word or a date, in text order within each kind."""
    for date in DATE_GAP.finditer(text):
        yield *date.span(), ""
    for rest in _REST.finditer(text):
        before = text[max(0, rest.start() - _REACH) : rest.start()]
        if rest["rest"] not in _LABELS and any(before[-n:] + rest["rest"] in _LABELS for n in range(1, _REACH)):
            yield rest.start(), rest.start("rest"), ""
    gaps = [gap.span() for gap in GAP.finditer(text)]
    if not gaps:
        return
    closed: set[Gap] = set()
    split = 0
    for chain in _chains(text, gaps):
        inside, broken = _in_words(text, chain)
        closed |= inside
        split += broken
    if split >= _LEAST_SPLIT and split * _ONE_IN >= len(gaps):
        closed |= {gap for gap in gaps if gap[1] - gap[0] == 1 and not _parts(text, gap)}
    for start, end in sorted(closed):
        yield start, end, ""


def _chains(text: str, gaps: Sequence[Gap]) -> Iterator[list[Gap]]:
    """The gaps that stand so near to each other, with nothing but characters between them, that one word may hold them."""
    chain: list[Gap] = []
    for gap in gaps:
        if chain and not (gap[0] - chain[-1][1] <= _REACH and _NOT_HAN.search(text, chain[-1][1], gap[0]) is None):
            yield chain
            chain = []
        chain.append(gap)
    yield chain


def _in_words(text: str, chain: list[Gap]) -> tuple[set[Gap], int]:
    """The gaps of a chain that stand inside words, and how many of them in words that are not spread out."""
    low, high = max(0, chain[0][0] - _REACH), chain[-1][1] + _REACH
    before = _HAN_BEFORE.search(text, low, chain[0][0])
    behind = _HAN_BEHIND.match(text, chain[-1][1], high)
    assert before is not None
    assert behind is not None
    edges = [before.start(), *(place for gap in chain for place in gap), behind.end()]
    pieces = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    words = "".join(pieces)
    at: dict[int, Gap] = {}  # of the joined words: where each gap stood
    length = 0
    for piece, gap in zip(pieces, chain, strict=False):
        length += len(piece)
        at[length] = gap
    inside: set[Gap] = set()
    split = 0
    for _, start, end in _FIND(words):
        held = [place for place in range(start + 1, end) if place in at]
        if not held or words[held[-1] : end] in _LABELS:
            continue
        inside.update(at[place] for place in held)
        split += len(held) if len(held) < end - start - 1 else 0
    for alone, run in groupby(range(1, len(pieces) - 1), key=lambda n: len(pieces[n]) == 1):
        if alone:
            inside |= _spread(pieces, chain, list(run))
    return inside, split


def _spread(pieces: list[str], chain: list[Gap], apart: list[int]) -> set[Gap]:
    """The gaps of characters that stand apart one by one, where together they are a word or a body."""
    first = apart[0] - (len(pieces[apart[0] - 1]) == 1)
    last = apart[-1] + (len(pieces[apart[-1] + 1]) == 1)
    words = "".join(pieces[first : last + 1])
    gaps = chain[first:last]
    if len(words) < _LEAST_APART or any(end - start > 1 for start, end in gaps):
        return set()
    return set(gaps) if _FIND(words) or ends_as_body(words) else set()


def _parts(text: str, gap: Gap) -> bool:
    """Whether a single blank stands for a mark: between two bodies, or beside a label."""
    before, behind = text[max(0, gap[0] - _REACH) : gap[0]], text[gap[1] : gap[1] + _REACH]
    if any(behind[:size] in _LABELS or before[-size:] in _LABELS for size in range(2, _REACH)):
        return True
    return bool(LEVEL.match(behind) or behind[0] == "各") and is_certain_body(before)
