"""The addresses that pages link to: of an object, of a place in a source, of a list, each with the scope of the page.

Example: with the scope ``as_of=2018-12-10`` the address of item 20 is ``/items/娄底市-娄发2017-4:s2.4-20?as_of=2018-12-10``.

Left to others: the scope itself (`api.pages.frame`).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from jinja2.runtime import Context
from jinja2.utils import pass_context

AREAS = {"unit": "units", "item": "items", "regulation": "regulations", "document": "documents"}
_OF_THE_API = (
    ("/v1/ask?", "/ask?"),
    ("/v1/questions/", "/questions/"),
    ("/v1/items/groups?", "/items?"),
    ("/v1/items?", "/items?"),
)


def segment(key: str) -> str:
    """An id as a segment of an address."""
    return quote(key, safe=":|~()")


def with_query(path: str, given: Mapping[str, Any]) -> str:
    """``path``, which may have a query and a place in the page, with further parameters; those without a value are left
    out.

    >>> with_query("/units/a#top", {"role": "lead", "after": None})
    '/units/a?role=lead#top'
    """
    path, hash_, place = path.partition("#")
    stated = urlencode({name: value for name, value in given.items() if value not in (None, "")})
    joined = f"{path}{'&' if '?' in path else '?'}{stated}" if stated else path
    return joined + hash_ + place


@pass_context
def to(context: Context, path: str, **query: Any) -> str:
    """The address of a page with the scope of this one; ``document=None`` drops a part of the scope."""
    return with_query(path, {**context["frame"].scope, **query})


@pass_context
def to_object(context: Context, kind: str, key: str, tail: str = "", **query: Any) -> str:
    """The page of an object: ``to_object('unit', id)``."""
    return with_query(f"/{AREAS[kind]}/{segment(key)}{tail}", {**context["frame"].scope, **query})


def linker(scope: Mapping[str, str]) -> Callable[[str, str], str]:
    """A function that makes the address of an object in the scope of a page."""
    return lambda kind, key: with_query(f"/{AREAS[kind]}/{segment(key)}", scope)


@pass_context
def to_place(context: Context, document: str, span: Sequence[int] | None) -> str:
    """The place of words in the text of their document."""
    at = f"{span[0]}-{span[1]}" if span else None
    tail = "/text" + (f"#p{span[0]}" if span else "")
    return with_query(f"/documents/{segment(document)}{tail}", {**context["frame"].scope, "document": None, "at": at})


@pass_context
def to_words(context: Context, evidence: Mapping[str, Any]) -> str:
    """The place of a fact's words, or of their clause, in the text."""
    return to_place(context, evidence["document_id"], evidence["span"] or evidence.get("clause"))


@pass_context
def as_page(context: Context, url: str) -> str:
    """The page for an address of ``/v1`` that an answer names."""
    for list_, shown in _OF_THE_API:
        if url.startswith(list_):
            return with_query(shown + url.removeprefix(list_), {"as_of": context["frame"].scope.get("as_of")})
    return url


def downloads(address: str, given: Mapping[str, Any]) -> dict[str, str]:
    """The addresses of a list of ``/v1`` as a file with every row: the kind of file -> its address."""
    return {
        kind.upper(): with_query(address, {**given, "whole": "true", "evidence": "full", "format": kind, **more})
        for kind, more in (("csv", {"heads": "zh"}), ("xlsx", {}))
    }
