"""Finding signs: every place that looks like an assignment, by code that sees no fact.

The sign to look for is the list of bodies in the place of an assignment, more than the label: what the rules of duties lose
stands where the label is missing, unknown, broken, or far away at the head of a column.  Kinds of signs, in the order in
which they are looked for; a list in the reach of a sign before it is that sign's:

1. ``table``: three or more names of columns together, one of them of units; its reach is the table (`loaders.signs.tables`);
   ``rows``: lines side by side with the same kinds of cells, a body among them (`loaders.signs.rows`);
2. ``label``, ``unknown-label``: words and a colon or the like before bodies (`loaders.signs.labels`);
3. ``bracket``, ``dash``, ``cell``, ``run``: bodies without a label (`loaders.signs.lists`);
4. ``subject``: clauses that begin with bodies, whatever verb stands behind them, and, last of all, with persons behind their
   posts (`loaders.signs.subjects`);
5. ``list``, ``role-word``, ``tail``: bodies without a label in the midst of words or behind them (`loaders.signs.lists`).

>>> from loaders.lexicon.scan import scan
>>> text = "1.支持就业（县人社局负责）。\\n2.清理。扛责处室：市财政局"
>>> [(s.kind, text[slice(*s.at)]) for s in find_signs(text, scan(text))]
[('bracket', '（县人社局负责）'), ('unknown-label', '扛责处室')]

Left to others: whether a sign assigns anything (`loaders.signs.dismiss`), whether a fact holds it (`loaders.signs.account`).
"""

from bisect import bisect_right

from graph.model import Span
from loaders.lexicon.scan import Tokens
from loaders.signs.body_names import TAKEN
from loaders.signs.labels import label_starts, labels, unknown_labels
from loaders.signs.lists import brackets, cells, dashes, lists, role_words, runs, tails
from loaders.signs.rows import rows_without_head
from loaders.signs.sign import Sign
from loaders.signs.subjects import clauses_of_bodies, posted_persons
from loaders.signs.tables import column_cells, table_signs


def find_signs(text: str, tokens: Tokens) -> list[Sign]:
    """Every sign of ``text`` in text order; ``tokens`` are those of its scan."""
    starts = label_starts(text, tokens)
    known = labels(text, tokens, starts)
    tables = table_signs(text, tokens.labels, known)
    signs = [*tables, *rows_without_head(text), *known]
    rest = _without(text, known)
    for kind in (
        lambda rest: unknown_labels(rest, starts, tokens),
        brackets,
        dashes,
        column_cells,
        cells,
        runs,
        clauses_of_bodies,
        lists,
        lambda rest: role_words(rest, tokens),
        tails,
        posted_persons,
    ):
        found = list(kind(rest))
        rest = _without(rest, found)
        signs += found
    heads = [sign.at for sign in tables]
    return sorted((sign for sign in signs if not _names_column(sign, heads)), key=lambda sign: sign.at)


def _names_column(sign: Sign, heads: list[Span]) -> bool:
    """Whether what looks like a body in a cell is the name of a column: 主管部门."""
    at = bisect_right(heads, sign.at) - 1
    return sign.kind == "cell" and at >= 0 and sign.at[1] <= heads[at][1]


def _without(text: str, signs: list[Sign]) -> str:
    """``text`` with `TAKEN` where the words of ``signs`` stand, every place as before."""
    if not signs:
        return text
    pieces, at = [], 0
    for sign in sorted(signs, key=lambda sign: sign.at):
        start, end = max(at, min(sign.at[0], sign.reach[0])), sign.reach[1]
        if start < end:
            pieces += [text[at:start], TAKEN * (end - start)]
            at = end
    return "".join([*pieces, text[at:]])
