"""What stands among bearers and can be no name: a figure (12366), a label (配合单位不变), an address (行政中心302室).

Left to others: the names themselves (`loaders.phrases.bearers`).
"""

import re
from functools import lru_cache

from loaders.lexicon.bodies import is_known_name, looks_like_body
from loaders.lexicon.vocabulary import about_labels, any_of, load_yaml, role_labels

_ROOM = re.compile(r"\d(?:号|室|楼|层|栋|单元)$")  # 行政中心302室: where, not who
_HAN, _FIGURE = re.compile("[\u4e00-\u9fff]"), re.compile(r"\d")
_ELSEWHERE = re.compile(r"详见|见附|附[件表后]|另行|略$")  # 详见附件: who it is stands elsewhere
# what names a field of an item, and no body: 配合单位, 联系电话 ; not 成员单位, 建设单位, 行业主管部门
_LABELS = frozenset(
    word
    for word, role in role_labels().items()
    if (role != "other" or not word.endswith(("单位", "部门", "业主", "成员"))) and not word.startswith("行业")
    if word not in about_labels()
)
# 施工单位市水务公司: a label that asks for others, and whom it names
_OF_OTHERS = re.compile(rf"(?!各|本)(?:{any_of(load_yaml('roles')['asks_for_others'])})单位(?=[\u4e00-\u9fff]{{3}})")
_SHORTEST_LABEL, _LONGEST_LABEL = min(map(len, _LABELS)), max(map(len, _LABELS))


@lru_cache(maxsize=65536)
def is_no_name(name: str) -> bool:
    """Whether what stands among bearers can be no name: a figure (12366), a label (配合单位不变), an address.

    >>> [is_no_name(name) for name in ("12366", "行政中心302室", "配合单位不变", "第3派出所", "成员单位")]
    [True, True, True, False, False]
    """
    if (
        not _HAN.search(name)
        or _ELSEWHERE.match(name)
        or (_FIGURE.search(name) and (_ROOM.search(name) or not looks_like_body(name)))
    ):
        return True
    if _OF_OTHERS.match(name):
        return True
    lengths = range(_SHORTEST_LABEL, min(len(name), _LONGEST_LABEL) + 1)
    label = next((length for length in lengths if name[:length] in _LABELS), 0)
    return label == len(name) or (label > 0 and not is_known_name(name[label:].strip()))
