"""Role words: the words that say how a body bears (牵头, 按职责分工负责, 协同配合), behind its name.

>>> role_of("市发改委牵头抓总"), role_of("市财政局按职责分工负责"), role_of("市审计局（牵头）"), role_of("市司法局")
(('市发改委', 'lead'), ('市财政局', 'manner'), ('市审计局', 'marked-lead'), ('市司法局', None))

Left to others: which names such a word reaches back to (`units`).
"""

import re

# how a unit bears its duty, behind its name: 按职责分工分别负责 ; 负责具体实施 ; not part of 各单位负责人
_BY_DUTY = r"(?:(?:按照?|依据?|依照|根据)(?:各自)?(?:的)?(?:职责|职能|任务)(?:分工)?)"
MANNER = re.compile(
    rf"{_BY_DUTY}?(?:各自)?(?:分工)?(?:分别|共同|具体|牵头)?(?:负责)?(?:具体|组织)?(?:负责|负责落实|抓好落实|抓落实|落实|组织实施|实施|承担|承办|执行|办理|推进|组织落实|贯彻落实|完成)$"
    rf"|{_BY_DUTY}$|(?:按照?(?:各自)?(?:的)?)?分工$|(?:分工负责，?)?各负其责$|按照?(?:各自)?章程(?:开展工作)?$"
)
_MANNERS = (
    *(
        "负责",
        "落实",
        "实施",
        "承担",
        "承办",
        "执行",
        "办理",
        "推进",
        "完成",
        "分工",
        "职责",
        "职能",
        "其责",
        "章程",
        "开展工作",
    ),
)
# what gives a role to the names before it, back to the last such word: 市发改委、市财政局牵头，市审计局配合
LEADING = re.compile(
    rf"{_BY_DUTY}?(?:分别|共同|联合)?(?:总牵头|牵头|主办)(?:负责|抓总|统筹|落实|组织实施|组织|实施|办理|推进|完成|协调)?$|为(?:牵头|主办)(?:单位|部门)$"
)
COOPERATING = re.compile(
    rf"{_BY_DUTY}?(?:分别|积极|共同|密切)?(?:协同配合|协助配合|配合协助|参与配合|配合参与|配合|参与|参加|协助|协办|协同|协作|会办|支持|指导|督促指导|跟踪指导|指导监督|监督指导|指导督促|监督)(?:落实|实施|做好|推进|执行|办理|完成|工作)?$|为(?:配合|参与|协办|协助)(?:单位|部门)$"
)
_ROLE_WORDS = (
    *("牵头", "主办", "抓总", "推进", "做好", "统筹", "配合", "参与", "参加", "协助", "协办", "协同", "协作", "会办"),
    *("支持", "指导", "监督", "督促", "完成", "工作"),
)
_ROLE_TITLES = (
    "牵头单位",
    "牵头部门",
    "主办单位",
    "主办部门",
    "配合单位",
    "配合部门",
    "参与单位",
    "参与部门",
    "协办单位",
)
_WORDS = (*_MANNERS, *_ROLE_WORDS, *_ROLE_TITLES)
# 市民政局（牵头）: the mark in a bracket gives the role to this name alone
MARKED = re.compile(r"[(（](?:(?P<lead>牵头|主办|牵头单位|牵头部门)|(?P<cooperating>配合|参与|协办|配合单位))[)）]$")


def told(words: str) -> bool:
    """Whether words end by saying how somebody bears."""
    return words.endswith(_WORDS)


def role_of(name: str) -> tuple[str, str | None]:
    """A piece without the words that say how it bears, and what they say: a role, ``manner`` (no role), ``marked-…``."""
    if name.endswith(_WORDS):
        for role, expression in (("lead", LEADING), ("cooperating", COOPERATING), ("manner", MANNER)):
            match = expression.search(name)
            if match:
                return name[: match.start()].rstrip(), role
    elif name.endswith((")", "）")):
        match = MARKED.search(name)
        if match:
            return name[: match.start()].rstrip(), f"marked-{match.lastgroup}"
    return name, None
