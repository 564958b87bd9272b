"""What stands in a Word file outside its main part: the heads and feet of pages, told once each.

A head that only counts pages is nothing to tell: 第1页 共3页, — 1 —.

Example: the head 征求意见稿 is told as 页眉页脚没有读入：“征求意见稿”。

Left to others: notes and comments, which have their place in a paragraph (`loaders.files.word.runs`).
"""

import re

from loaders.files.archive import Archive
from loaders.files.omissions import Omissions
from loaders.files.package import relations
from loaders.files.word.runs import all_words

_KINDS = {"header": "页眉", "footer": "页脚"}
_COUNTS_PAGES = re.compile(r"第|共|页|[Pp]ages?|of|[\W\d_]+")


def says_more_than_pages(words: str) -> bool:
    """Whether the head of a page says more than its number.

    >>> says_more_than_pages("征求意见稿"), says_more_than_pages("第1页 共3页")
    (True, False)
    """
    return bool(_COUNTS_PAGES.sub("", words))


def tell_heads(archive: Archive, main: str, left: Omissions) -> None:
    """Tell of the words in headers and footers."""
    told: set[str] = set()
    for relation in relations(archive, main):
        if relation.kind in _KINDS and (root := archive.xml(relation.target)) is not None:
            words = " ".join(all_words(root).split())
            if says_more_than_pages(words) and words not in told:
                told.add(words)
                left.add("page-head", _KINDS[relation.kind], words)
