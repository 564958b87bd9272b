"""The rows of a list as an iterator that asks for one page after the other.

>>> pages = {None: {"items": [1, 2], "next": "b", "data_version": "7"}, "b": {"items": [3], "next": None, "data_version": "7"}}
>>> list(PagedRows(lambda after: pages[after]))
[1, 2, 3]

Pages of two data versions are never mixed: if a load happens between them, `StoreBusy` says so.

Left to others: requests (`api.client.connection`), which lists there are (`api.client.zeren`).
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

from graph.errors import ParameterError, StoreBusy

if TYPE_CHECKING:
    import pandas


class CountOfRows(TypedDict):
    """How many there are; ``gte``: at least so many."""

    value: int
    relation: Literal["eq", "gte"]


class LeftOutCount(TypedDict):
    """What the filters passed over, and why."""

    reason: str
    count: int
    relation: NotRequired[Literal["eq", "gte"]]
    part_of: NotRequired[str | None]
    url: NotRequired[str | None]


class ListPage(TypedDict):
    """One page of a list; some lists have further keys (docs/api.md)."""

    items: list[dict[str, Any]]
    total: CountOfRows
    next: str | None
    next_url: str | None
    data_version: str
    as_of: str | None
    left_out: list[LeftOutCount]


class PagedRows:
    """A list. Iterate over it for its rows, over `pages` for its pages; each time it is asked anew."""

    def __init__(self, page_after: Callable[[str | None], ListPage]) -> None:
        self._page_after = page_after

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for page in self.pages():
            yield from page["items"]

    def pages(self) -> Iterator[ListPage]:
        """ListPage after page, of one data version, with what each leaves out. Raises StoreBusy if the data changes meanwhile."""
        page = self._page_after(None)
        version = page["data_version"]
        yield page
        while page["next"] is not None:
            page = self._page_after(page["next"])
            if page["data_version"] != version:
                raise StoreBusy(
                    f"the data changed from version {version} to {page['data_version']} between two pages; expected one "
                    f"version. Begin the list again."
                )
            yield page

    def first_page(self) -> ListPage:
        """The first page, with ``total`` and ``left_out``."""
        return self._page_after(None)

    def frame(self) -> "pandas.DataFrame":
        """All rows as a DataFrame, nested keys joined by a point: ``unit.name``. ``attrs["left_out"]`` has what is left out.

        Needs pandas.
        """
        try:
            import pandas
        except ModuleNotFoundError as error:
            raise ParameterError(
                "a DataFrame needs pandas, which is not installed. Run pip install pandas, or iterate over the rows."
            ) from error
        pages = list(self.pages())
        made = pandas.json_normalize([row for page in pages for row in page["items"]])
        made.attrs["left_out"] = [one for page in pages for one in page["left_out"]]
        made.attrs["data_version"] = pages[0]["data_version"]
        return made
