"""Words of a source with what they state marked in them: a clause once with all its names, a body with all its facts.

Seventeen units of one clause are one line with seventeen marks.  A mark is a word of the source with a class for what it
states, the object it names as a link, and a title for what cannot be seen.

Example: ``by_clause(duties)`` of item 20 is two clauses, 牵头单位 with two marks and 责任单位 with six.

Left to others: the pieces of a whole source (`api.answers.source_text`), how a clause looks (``html/parts/facts.html``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from api.answers.chinese.labels import ROLE_WORDS

Fact = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a source that states something: its place, what it states (classes), where it leads, what a hover
    says.
    """

    span: tuple[int, int]
    classes: tuple[str, ...]
    href: str | None = None
    title: str | None = None


@dataclass(slots=True)
class ClauseOf:
    """One clause with the facts that it states, in the order of their words."""

    document: str
    span: tuple[int, int] | None
    text: str | None
    facts: list[Fact] = field(default_factory=list)

    def marked(self, href: Any) -> Markup:
        """The words of the clause, every name marked; ``href`` makes the address of a unit."""
        if self.text is None or self.span is None:
            return Markup("<span class=quiet>原文中没有直接写出</span>")
        return marked(self.text, self.span[0], [one for fact in self.facts if (one := _mark(fact, href))])


def by_clause(facts: Iterable[Fact]) -> list[ClauseOf]:
    """The clauses that state the facts, each once, in the order in which the facts come."""
    found: dict[tuple[str, tuple[int, ...]], ClauseOf] = {}
    for fact in facts:
        proof = fact["evidence"]
        span = proof.get("clause") or proof["span"]
        key = (proof["document_id"], tuple(span or ()))
        if key not in found:
            text = proof.get("clause_quote") if proof.get("clause") else proof.get("quote")
            found[key] = ClauseOf(proof["document_id"], (span[0], span[1]) if span else None, text)
        found[key].facts.append(fact)
    return list(found.values())


def _mark(fact: Fact, href: Any) -> Marked | None:
    span = fact["evidence"]["span"]
    if span is None:
        return None
    role = fact.get("role")
    classes = [role or ("deadline" if "kind" in fact else "told")]
    said = [ROLE_WORDS[role]] if role else []
    if fact.get("collective"):
        classes.append("collective")
        said.append("统称，不是一个单位")
    if fact.get("inferred"):
        classes.append("guessed")
        said.append("推定")
    unit = fact.get("unit")
    return Marked((span[0], span[1]), tuple(classes), unit and href("unit", unit["id"]), "，".join(said) or None)


def words_of(evidence: Mapping[str, Any], kind: str = "told") -> Markup:
    """The clause with the fact's own words marked; without a clause, the words alone."""
    quoted, clause = evidence.get("quote"), evidence.get("clause_quote")
    span = evidence["span"]
    if not clause:
        return Markup("<q>{}</q>").format(quoted) if quoted else Markup("<span class=quiet>原文中没有直接写出</span>")
    if span is None or not evidence["clause"][0] <= span[0] <= span[1] <= evidence["clause"][1]:
        return Markup("<q>{}</q>").format(clause)
    start, end = span[0] - evidence["clause"][0], span[1] - evidence["clause"][0]
    return Markup('<q>{}<mark class="m {}">{}</mark>{}</q>').format(
        clause[:start], kind, clause[start:end], clause[end:]
    )


def near_words(evidence: Mapping[str, Any], kind: str = "told", around: int = 14) -> Markup:
    """As `words_of`, of a long clause only what stands near the fact's own words."""
    clause, span = evidence.get("clause_quote"), evidence["span"]
    if not clause or span is None or len(clause) <= 3 * around:
        return words_of(evidence, kind)
    start, end = span[0] - evidence["clause"][0], span[1] - evidence["clause"][0]
    head = clause.find("：") + 1 or clause.find(":") + 1
    lead = clause[:head] if 0 < head < 10 and head < start else ""
    left = max(len(lead), start - around)
    before = lead + ("…" if left > len(lead) else "") + clause[left:start]
    after = clause[end : end + around] + ("…" if end + around < len(clause) else "")
    return Markup('<q>{}<mark class="m {}">{}</mark>{}</q>').format(before, kind, clause[start:end], after)


def marked(text: str, offset: int, marks: Sequence[Marked]) -> Markup:
    """``text``, which stands at ``offset`` of its source, with the marks that lie in it; what is hostile in it is
    escaped.

    Where marks overlap the text is cut at every border, so that each piece has the classes of all that cover it; the
    narrowest mark with an address is its link.
    """
    end = offset + len(text)
    inside = [one for one in marks if offset <= one.span[0] < one.span[1] <= end]
    borders = sorted({offset, end, *(edge for one in inside for edge in one.span)})
    made: list[Markup] = []
    for start, stop in pairwise(borders):
        words = text[start - offset : stop - offset]
        over = [one for one in inside if one.span[0] <= start and stop <= one.span[1]]
        made.append(_piece(words, sorted(over, key=lambda one: one.span[0] - one.span[1])))
    return Markup("").join(made)


def _piece(words: str, over: Sequence[Marked]) -> Markup:
    if not over:
        return Markup("{}").format(words)
    classes = " ".join(dict.fromkeys(name for one in over for name in one.classes))
    title = "；".join(dict.fromkeys(one.title for one in over if one.title))
    link = next((one.href for one in reversed(over) if one.href), None)
    hover = Markup(' title="{}"').format(title) if title else Markup("")
    if link:
        return Markup('<a class="m {}" href="{}"{}>{}</a>').format(classes, link, hover, words)
    return Markup('<span class="m {}"{}>{}</span>').format(classes, hover, words)
