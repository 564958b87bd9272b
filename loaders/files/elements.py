"""Elements of XML by their local names: Office files say the same in several namespaces.

Example: ``value(child(paragraph, "pPr", "pStyle"))`` is the name of a paragraph's style, or None.
"""

from collections.abc import Iterator

from lxml import etree


def local(tag: object) -> str:
    """The name of an element without its namespace; "" for a comment or the like."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its local name, in any namespace."""
    if element is None:
        return None
    return next((str(v) for key, v in element.attrib.items() if local(key) == name), None)


def elements_named(root: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Every element of a tree with a local name, the root among them."""
    return root.iter("{*}" + name) if root is not None else iter(())


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((c for c in element if local(c.tag) == name), None)
    return element
