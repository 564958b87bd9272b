"""A composed question with its places: which units its names mean, and where it looks.

Order of steps: compose the tokens (`api.asking.grammar`); take the plan and the place that the text names; if a name
belongs to units of several places, keep the places in which every name of the question has one, and make one query for
each.  A name that several instruments or parts have means any of them.

Example: with plans of two cities, 市编办牵头的、2018年底前到期的 has two queries, one for each 市编办.

Left to others: running a query (`api.answers.conditions`), the answer (`api.asking.composed_answer`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.asking.covering import EntityRef
from api.asking.grammar import QueryAsked, query_asked
from api.asking.recognise import Recognition
from api.asking.titles import DOCUMENT
from api.asking.tokens import UNIT_LETTER, Token, tokens_of
from graph.conditions.query import And, Is, Not, Or, Query, leaves, one_holds

MOST_OF_A_NAME = 5  # instruments or parts of one name
UNPLACED = "没有写明地区"  # stands for the place of a unit that no text places
_REFS = ("unit", "regulation", "section")


@dataclass(frozen=True, slots=True)
class ComposedQuestion:
    """A question as one query for each place that it may mean (None: one query, no place to choose); what it wants; the
    plan and the region it is confined to.
    """

    queries: Mapping[str | None, Query]
    shows: str
    by: str | None
    document: EntityRef | None
    region: str | None
    unused: Sequence[Token]
    has_role: bool
    unit_places: Sequence[str] = ()  # of its units

    @property
    def is_answerable(self) -> bool:
        """Whether every word has a place, and more than a unit is said."""
        said = self.by is not None or self.has_role or any(map(_conditions, self.places))
        return not self.unused and said

    @property
    def is_of_plans(self) -> bool:
        """Whether it names a plan, or several places have its units."""
        return self.document is not None or len(self.queries) > 1

    @property
    def is_confined(self) -> bool:
        """Whether it names a plan or a place, or several places have its units."""
        return self.is_of_plans or self.region is not None

    @property
    def places(self) -> Sequence[Query]:
        return tuple(self.queries.values())


def _conditions(query: Query) -> int:
    """How many conditions a query has; a unit without a role counts as none."""
    return sum(leaf.condition.name != "bears" for leaf in leaves(query))


def compose_question(recognition: Recognition, today: date) -> ComposedQuestion:
    """The composed question that a recognised text asks on a day."""
    tokens = tokens_of(recognition)
    composed = query_asked(tokens, today.isoformat())
    named = any(DOCUMENT in span.concepts for span in recognition.spans)
    document = recognition.scope.document if named and not recognition.scope.only else None
    queries = _by_place(composed)
    # a place of a unit only says which unit is meant
    own = {region for query in queries.values() for region in _own_regions(query)}
    regions = {token.value: token for token in tokens if token.letter == "" and token.value and token.value not in own}
    region = next(iter(regions), None)
    unused = [*composed.unused, *list(regions.values())[1:]]
    refs = (ref for token in tokens if token.letter == UNIT_LETTER and token.span for ref in token.span.refs)
    places = tuple(dict.fromkeys(ref.region for ref in refs if ref.region))
    return ComposedQuestion(queries, composed.shows, composed.by, document, region, unused, composed.has_role, places)


def _by_place(composed: QueryAsked) -> dict[str | None, Query]:
    """One query, or one for each region in which every ambiguous name has a unit."""
    chosen = {key: refs for key, refs in composed.names.items() if refs}
    regions = _regions(composed)
    if len(regions) < 2:
        only = regions[0] if regions else None
        return {None: _with_names(composed.query, {key: _of(refs, only) for key, refs in chosen.items()})}
    return {
        region: _with_names(composed.query, {key: _of(refs, region) for key, refs in chosen.items()})
        for region in regions
    }


def _regions(composed: QueryAsked) -> list[str]:
    """The regions that every name of several units shares; those of the other units of the question, if they are there."""
    many = [{_place_of(ref) for ref in refs} for refs in composed.names.values() if _is_placed(refs)]
    if not many:
        return []
    shared = sorted(set.intersection(*many)) or sorted(set.union(*many))
    own = _own_regions(composed.query)
    return [region for region in shared if region in own] or shared


def _is_placed(refs: Sequence[EntityRef]) -> bool:
    """Whether what bears a name belongs to places; instruments and parts belong to none."""
    return any(ref.region for ref in refs)


def _place_of(ref: EntityRef) -> str:
    return ref.region or UNPLACED


def _own_regions(query: Query) -> set[str]:
    """The regions of the units of a query."""
    return {leaf.written["unit"].partition(":")[0] for leaf in leaves(query) if "unit" in leaf.written}


def _of(refs: Sequence[EntityRef], region: str | None) -> Sequence[EntityRef]:
    return [ref for ref in refs if _place_of(ref) == region] or list(refs)


def _with_names(query: Query, chosen: Mapping[str, Sequence[EntityRef]]) -> Query:
    """The query with ids for the keys of names; a name of several things means any of them."""
    match query:
        case And(parts):
            return And(tuple(_with_names(part, chosen) for part in parts))
        case Or(parts):
            return Or(tuple(_with_names(part, chosen) for part in parts))
        case Not(part):
            return Not(_with_names(part, chosen))
        case Is(card, written):
            key = next((name for name, value in written.items() if value in chosen), None)
            if key is None:
                return query
            return one_holds(Is(card, {**written, key: ref.id}) for ref in chosen[written[key]][:MOST_OF_A_NAME])
