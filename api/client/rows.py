"""A list of the service as an iterator: its pages are fetched as they are needed.

Example: ``for duty in zeren.duties("市政府法制办"): print(duty.item.heading)`` fetches fifty at a time.

Left to others: which lists there are (`api.client.zeren`).
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from api.client.connection import ServiceConnection
from api.schemas.base import LeftOut, Total
from graph.errors import StoreBusy

if TYPE_CHECKING:
    import pandas as pd

Row = TypeVar("Row")


class PagedRows(Generic[Row]):
    """The rows of one list, in its order. Each iteration begins at the first row; nothing is asked before.

    Raises StoreBusy if a load changes the data between two pages: rows of two versions are no list. Iterate again then.
    """

    def __init__(
        self, connection: ServiceConnection, path: str, parameters: Mapping[str, Any], shape: type[Row] | None = None
    ) -> None:
        self._connection, self._path, self._parameters, self._shape = connection, path, dict(parameters), shape

    @cached_property
    def first_page(self) -> dict[str, Any]:
        """The body of the first page, as the service sent it: with ``read_as`` of a question, ``query`` of items …"""
        return self._page(None)

    @property
    def total(self) -> Total:
        """How many rows there are; ``relation`` is ``gte`` where that is a lower bound."""
        return Total(**self.first_page["total"])

    @property
    def left_out(self) -> list[LeftOut]:
        """What the filters passed over, and why."""
        return [LeftOut.model_validate(one, extra="ignore") for one in self.first_page["left_out"]]

    @property
    def data_version(self) -> str:
        """The version of the data that the first page comes from."""
        return str(self.first_page["data_version"])

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows():
            yield row if self._shape is None else _shaped(self._shape, row)

    def frame(self) -> "pd.DataFrame":
        """Every row as a line of a DataFrame, its keys joined by points (``item.heading``). Raises ImportError without pandas."""
        import pandas as pd

        return pd.json_normalize(list(self._rows()))

    def _rows(self) -> Iterator[Any]:
        body = self.first_page
        while True:
            yield from body["items"]
            if body["next"] is None:
                return
            body = self._page(body["next"])
            if body["data_version"] != self.data_version:
                self.__dict__.pop("first_page")
                raise StoreBusy(
                    "the data changed between two pages of a list; expected one version. Iterate again from the beginning."
                )

    def _page(self, after: str | None) -> dict[str, Any]:
        return self._connection.call(
            "GET", self._path, params={**self._parameters, **({"after": after} if after else {})}
        )


def _shaped(shape: type[Row], row: Mapping[str, Any]) -> Row:
    """A row as the shape of the contract. A newer service may say more: what this version does not know is left out."""
    assert issubclass(shape, BaseModel)
    return shape.model_validate(row, extra="ignore")
