"""Which elements of a page its styles hide or strike through.

1. Rules of ``<style>`` elements that say how an element is shown; those of other media than the screen are passed over, and so
   are sheets that stand in files of their own.
2. Of two rules that say the same property of one element the later one counts; what the element says itself (``style=``) counts
   above both.

Example: with ``.gone{display:none}`` in a page, ``<p class="gone">草稿</p>`` is hidden.

Left to others: what becomes of such elements (`loaders.files.page_parts`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2
from cssselect import HTMLTranslator, SelectorError
from lxml import etree

_WORTH_PARSING = re.compile(r"none|hidden|collapse|line-through", re.IGNORECASE)
_IS_SAID = re.compile(r"display|visibility|text-decoration", re.IGNORECASE)
_OF_SCREEN = frozenset(("", "all", "screen"))
# a property: what it is part of, and the values by which it hides an element or strikes it through
_PROPERTIES: Mapping[str, tuple[str, frozenset[str]]] = {
    "display": ("display", frozenset(("none",))),
    "visibility": ("visibility", frozenset(("hidden", "collapse"))),
    "text-decoration": ("line", frozenset(("line-through",))),
    "text-decoration-line": ("line", frozenset(("line-through",))),
}


class PageStyles(NamedTuple):
    """The elements that a page hides, and those that it strikes through."""

    hidden: set[etree._Element]
    struck: set[etree._Element]


def styles_of(root: etree._Element) -> PageStyles:
    """What the page's own style sheets say of its elements, and what these say themselves."""
    said: dict[str, set[etree._Element]] = {name: set() for name, _ in _PROPERTIES.values()}
    for sheet in root.iter("style"):
        words = sheet.text or ""
        if _of_screen(sheet.get("media") or "") and _WORTH_PARSING.search(words):
            for selector, name, holds in _rules(tinycss2.parse_stylesheet(words, skip_comments=True)):
                met = _elements(root, selector)
                said[name] = said[name] | met if holds else said[name] - met
    for element in root.iter(etree.Element):
        if style := element.get("style"):
            for name, holds in _own(style):
                (said[name].add if holds else said[name].discard)(element)
    return PageStyles(said["display"] | said["visibility"], said["line"])


@lru_cache(maxsize=1000)  # a page of an office program repeats a few styles
def _own(style: str) -> tuple[tuple[str, bool], ...]:
    return tuple(_declared(style)) if _IS_SAID.search(style) else ()


def _of_screen(media: str) -> bool:
    return media.strip().lower() in _OF_SCREEN


def _rules(nodes: Iterable[Any]) -> Iterator[tuple[str, str, bool]]:
    """Selector, what is said, and whether its value hides or strikes through."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield from ((tinycss2.serialize(node.prelude), name, holds) for name, holds in _declared(node.content))
        elif node.type == "at-rule" and node.lower_at_keyword == "media" and node.content is not None:
            inner = node.content if _of_screen(tinycss2.serialize(node.prelude)) else []
            yield from _rules(tinycss2.parse_rule_list(inner, skip_comments=True))


def _declared(content: list[Any] | str) -> Iterator[tuple[str, bool]]:
    declared: Any
    for declared in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if declared.type == "declaration" and (part := _PROPERTIES.get(declared.lower_name)) is not None:
            name, values = part
            yield name, any(t.type == "ident" and t.lower_value in values for t in declared.value)


def _elements(root: etree._Element, selector: str) -> set[etree._Element]:
    """The elements that a selector meets; none for one that needs a pointer, or is not understood."""
    try:
        met = root.xpath(HTMLTranslator().css_to_xpath(selector))
    except (SelectorError, etree.XPathError):
        return set()
    return {element for element in met if isinstance(element, etree._Element)} if isinstance(met, list) else set()
