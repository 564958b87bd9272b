"""The head and the foot of a web page around a document: what published it says there is no part of the document.

>>> stands_in_page_head("索引号：0001 责任部门：市政府办", 9)
True

Left to others: the head of the document itself (`loaders.structure.head`).
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from loaders.lexicon.scan import Token
from loaders.lexicon.vocabulary import load_yaml

PAGE_HEAD = re.compile(
    r"(?:索引号|发文字号|文号|(?:成文|实施|发布|发文|生成)日期|主题分类|浏览次数|有效性)[】\]]?[:：]"
)
_NEAR = 120  # characters around a place in which the head of a page shows
# the foot of a web page names who runs the site
_HOSTS = tuple(load_yaml("roles")["hosts"])
FOOT = re.compile(r"ICP备|网站标识码|公网安备|版权所有|网站地图|技术支持")
_FOOT_REACH = 200


def stands_in_page_head(text: str, at: int) -> bool:
    """Whether a field of a page's head stands near ``at``."""
    near = "".join(text[max(0, at - _NEAR) : at + _NEAR].split())
    return PAGE_HEAD.search(near) is not None


def without_foot(text: str, labels: list[Token], markers: Sequence[int]) -> list[Token]:
    """The labels, those at the foot of a web page without a role: 主办单位：… 承办单位：… 备案号：青ICP备…"""
    hosts = {token for token in labels if text.startswith(_HOSTS, token[0])}
    feet = [foot.start() for foot in FOOT.finditer(text)] if hosts else []
    if not feet:
        return labels

    def at_foot(start: int) -> bool:
        near = feet[bisect_left(feet, start - _FOOT_REACH) : bisect_left(feet, start + _FOOT_REACH)]
        return any(bisect_left(markers, start) == bisect_left(markers, foot) for foot in near)

    return [(token[0], token[1], "other") if token in hosts and at_foot(token[0]) else token for token in labels]
