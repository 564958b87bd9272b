"""Persons: the names of leaders in a list (张三、李四, 杨 玲（副县长）), their posts left out.

A name is two to four characters up to a mark, a blank, a bracket or the end; a post that stands for one (分管领导) is no name.

>>> text = "张三、李小四（副县长），分管领导"
>>> [text[slice(*name)] for name in persons(text, 0, len(text))]
['张三', '李小四']

Left to others: which label the list stands behind (`clauses`, `leaders`).
"""

import re
from collections.abc import Iterator

from graph.model import Span

# 张三 · 杨 玲 (a blank within) · 欧阳小五 ; then a mark, a blank, a bracket or the end
NAME = re.compile(
    r"[ \t\u3000]*(?P<name>[\u4e00-\u9fff](?:[ \u3000]{1,2}[\u4e00-\u9fff](?![\u4e00-\u9fff])|[\u4e00-\u9fff]{1,3}))"
    r"(?=[、，,；;。\s(（]|$)"
)
POST = re.compile(r"(?:领导|负责人|书记|主任|局长|县长|市长|区长|镇长|部长|部门|单位|同志|局|委|办)$")
_PART = re.compile(r"[、，,；;]")


def persons(text: str, start: int, end: int) -> Iterator[Span]:
    """The places of the names in ``text[start:end]``, in order."""
    at = start
    while at < end:
        name = NAME.match(text, at, end)
        if name and not POST.search(name["name"]):
            yield name.span("name")
        part = _PART.search(text, at, end)
        at = part.end() if part else end
