"""What is raised for a name that names nothing, or several things; each proposes what is near.

Left to others: finding what a name means (`api.answers.references`, `api.answers.places`), the status 409 or 404
(`api.http.problems`).
"""

from collections.abc import Sequence
from typing import Any

from graph.errors import Ambiguous, NotFound


class AmbiguousName(Ambiguous):
    """Several objects have the name; ``rows`` are the candidates as the answer lists them."""

    def __init__(self, message: str, rows: Sequence[dict[str, Any]]) -> None:
        super().__init__(message, [row["id"] for row in rows])
        self.rows = rows


class NoSuchName(NotFound):
    """No object has the name; ``rows`` are the nearest names, best first, each with the reason why it is proposed."""

    def __init__(self, message: str, rows: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(message, [row["id"] for row in rows])
        self.rows = rows
