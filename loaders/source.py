"""What the readers of files hand to the parser: decoded text and where it came from.

The text is the bytes decoded, one leading BOM dropped, nothing else touched (``\\r\\n`` stays): every place in a plan
counts its code points.
"""

from dataclasses import dataclass

from graph.model import Span


@dataclass(frozen=True, slots=True)
class Source:
    """One text to parse. ``name`` is the file's name as the caller gave it; ``undecodable`` are places of U+FFFD
    that stand for bytes which the encoding could not read (at most 0.5 % of them, else the file is refused)."""

    text: str
    name: str | None = None
    file_sha256: str | None = None
    encoding: str | None = None
    undecodable: tuple[Span, ...] = ()
