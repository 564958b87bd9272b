"""The head of a web page around a document: what published it says there is no part of the document.

>>> stands_in_page_head("索引号：0001 责任部门：市政府办", 9)
True

Left to others: the head of the document itself (`loaders.structure.head`).
"""

import re

PAGE_HEAD = re.compile(
    r"(?:索引号|发文字号|文号|(?:成文|实施|发布|发文|生成)日期|主题分类|浏览次数|有效性)[】\]]?[:：]"
)
_NEAR = 120  # characters around a place in which the head of a page shows


def stands_in_page_head(text: str, at: int) -> bool:
    """Whether a field of a page's head stands near ``at``."""
    near = "".join(text[max(0, at - _NEAR) : at + _NEAR].split())
    return PAGE_HEAD.search(near) is not None
