"""What of a page is not its main text: it is taken out of the tree before the text is read, and told where it may matter.

1. Scripts, navigation and what stands beside the text go without a word; so does a form, unless most of the page is in it, as
   some site systems wrap a whole page in one.
2. Hidden elements go, unless most words of the page are in them: a script would show those.  Struck-through words go.  Either may
   be said by an element itself, or by a style sheet inside the page (`loaders.files.style_sheets`).
3. Told of the main text: what was hidden or struck through in it, pictures, pages inside the page.  Told of the rest of the
   page: what looks like a part of the plan, for it names who bears something, or a document.

Example: ``责任单位：市司法局<s>、市旅游局</s>`` is read as 责任单位：市司法局, and 、市旅游局 is told.

Left to others: the main text (`loaders.files.html`).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from loaders.files.omissions import Omissions
from loaders.files.style_sheets import styles_of
from loaders.lexicon.vocabulary import any_of, role_labels

_DROPPED = frozenset(
    ("script", "style", "noscript", "nav", "footer", "button", "select", "input", "textarea", "svg", "rt", "rp")
) | {"head", "template", "aside", "map", "canvas", "video", "audio"}
_STRUCK = frozenset(("s", "strike", "del"))
_PAGES = frozenset(("iframe", "embed", "object"))
# words in the class or id of what stands beside the text: nav_left · page-share ; not homepage, view
_ASIDE = re.compile(
    r"""
    (?: ^ | [\s_-] )
    (?: share | bdshare\w* | print
      | crumbs? | breadcrumbs? | nav\w* | menu
      | footer | copyright
      | page[rs]? | pagination
      | related | qrcode | sidebar | toolbar
      | dqwz  # 当前位置
      | position | close
    )
    (?: $ | [\s_-] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_ASIDE = 200
_ENOUGH_TO_SHOW = 40  # characters that a script shows at least; a hidden line of a short page stays hidden
_WORTH_TELLING = 8  # characters of a hidden part of the main text
_SMALLEST = 50  # dots of a picture that may hold words; icons are smaller
# outside the main text: 牵头单位：… · 文号：… · 临政发〔2024〕3号 ; not 主办：…政府 网站标识码：…
_OF_A_PLAN = re.compile(
    rf"""
    (?: {any_of(role_labels())} | 文号 | 发文字号 ) [ \t]* [:：]
  | [\u4e00-\u9fff] [〔［\[] (?: 19 | 20 ) \d\d [〕］\]] \d{{1,5}} 号
    """,
    re.VERBOSE,
)
_OF_A_SITE = re.compile(r"ICP备|公网安备|网站标识码|版权所有")


class Removed(NamedTuple):
    """What was taken out: its kind, the element around it, its words."""

    kind: str
    around: etree._Element
    words: str


def tidy(root: etree._Element) -> list[Removed]:
    """Take out of a page what is not its text; the words behind it stay. What of it may be told."""
    weights, styles = weights_of(root), styles_of(root)
    most = max(_ENOUGH_TO_SHOW, weights[root] // 2)
    removed: list[Removed] = []
    for element in list(root.iter(etree.Element)):
        parent = element.getparent()
        if parent is None or element.tag == "body":
            continue
        if element.tag in _PAGES:
            removed.append(Removed("embedded-part", parent, element.get("src") or element.get("data") or ""))
        elif element.tag == "img":
            if _may_hold_words(element):
                removed.append(Removed("picture", parent, element.get("alt") or ""))
        elif element.tag in _DROPPED or _is_aside(element):
            pass
        elif element.tag in _STRUCK or element in styles.struck:
            if (words := words_of_element(element)).strip():
                removed.append(Removed("struck-through", parent, words))
        elif weights[element] <= most and (
            element.tag == "form" or element.get("hidden") is not None or element in styles.hidden
        ):
            if weights[element] >= _WORTH_TELLING:
                removed.append(Removed("page-part", parent, words_of_element(element)))
        else:
            continue
        _take_out(element)
    return removed


def tell_parts(removed: list[Removed], main: etree._Element, left: Omissions) -> None:
    """Tell of what was taken out of the main text, and of what outside it looks like a part of a plan."""
    inside = set(main.iter(etree.Element)) if removed else set()
    for kind, around, words in removed:
        if around in inside:
            left.add(kind, "正文中", words)
    for part in _outside(main):
        words = " ".join(words_of_element(part).split())
        if _OF_A_PLAN.search(words) and not _OF_A_SITE.search(words):
            left.add("page-outside", None, words)


def weights_of(root: etree._Element) -> dict[etree._Element, int]:
    """The number of characters outside links, for each element."""
    weights: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        own = 0 if element.tag == "a" else len(bare(element.text or ""))
        inner = sum(weights.get(c, 0) + len(bare(c.tail or "")) for c in element)
        weights[element] = 0 if element.tag == "a" else own + inner
    return weights


def bare(words: str) -> str:
    """Words without any blank."""
    return re.sub(r"\s+", "", words)


def words_of_element(element: etree._Element) -> str:
    """All words inside an element."""
    return "".join(str(words) for words in element.itertext())


def _outside(main: etree._Element) -> Iterator[etree._Element]:
    """The largest elements of a page that do not hold the main text."""
    at = main
    while (parent := at.getparent()) is not None:
        yield from (other for other in parent if other is not at and isinstance(other.tag, str))
        at = parent


def _is_aside(element: etree._Element) -> bool:
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _ASIDE.search(marks) is not None and len(words_of_element(element)) < _LONGEST_ASIDE


def _may_hold_words(image: etree._Element) -> bool:
    sizes = [image.get(name) or "" for name in ("width", "height")]
    return not any(size.isdecimal() and int(size) < _SMALLEST for size in sizes)


def _take_out(element: etree._Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
