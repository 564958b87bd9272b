"""Sign: a place of a text that looks as if it assigned a duty or set a time."""

from typing import Literal, NamedTuple, TypeAlias

from graph.model import Span

Kind: TypeAlias = Literal[
    "label", "unknown-label", "bracket", "dash", "tail", "cell", "run", "list", "role-word", "subject", "table", "rows"
]


class Sign(NamedTuple):
    """``at`` holds the words of the sign, ``reach`` the words in which its bearers stand; offsets in the text searched.

    ``role`` of a label: a role, ``deadline``; of others ``unit``.  ``names`` are the bodies that stand in the reach.
    """

    kind: Kind
    role: str
    at: Span
    reach: Span
    names: tuple[Span, ...] = ()
