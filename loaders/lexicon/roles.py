"""Role words: the words that say how a body bears (牵头, 按职责分工负责, 协同配合), behind its name.

>>> role_of("市发改委牵头抓总"), role_of("市财政局按职责分工负责"), role_of("市审计局（牵头）"), role_of("市司法局")
(('市发改委', 'lead'), ('市财政局', 'manner'), ('市审计局', 'marked-lead'), ('市司法局', None))

Left to others: which names such a word reaches back to (`loaders.phrases.bearers`).
"""

import re

# the grounds on which a unit bears its duty: 按职责分工 ; 依照各自职责
_BY_DUTY = r"""
    (?: (?: 按照? | 依据? | 依照 | 根据 | 结合 ) (?:各自)? (?:的)? (?:工作|部门|法定)?  # 按照各自工作职责
        (?:职责|职能|任务){1,2} (?:分工|权限|范围)?
      | 按照? (?: 行业 | 领域 | 属地 | 条线 | 片区 | 区域 | 系统 | 业务 )  # 按属地管理原则
        (?:管理|归口|监管)? (?:分工|原则|要求)?
    )"""
_DOING = "负责|落实|实施|承担|承办|执行|办理|推进|推动|完成|主责|为主|统筹|协调|做好|抓好|抓落实|组织(?:实施|落实|推进|开展|协调)"
# how a unit bears its duty, behind its name: 按职责分工分别负责 ; 负责具体实施 ; not part of 各单位负责人
MANNER = re.compile(
    rf"""
    {_BY_DUTY}? (?:各自)? (?:分工)? (?:分别|共同|联合|具体|全面|牵头)? (?:负责)? (?:具体|贯彻|统一)?
        (?:{_DOING}){{1,2}} $                  # 按职责分工分别负责 · 负责具体实施
  | (?: 落实 | 承担 | 履行 | 担负 | 负 ) (?: 属地 | 主体 | 行业 | 领导 | 组织 | 直接 | 具体 )?
        (?:管理|监管|实施)? (?:责任|总责) $    # 落实属地管理责任 · 负总责
  | 负责 (?:统筹|牵头)? 组织 $
  | (?<=[局委办厅院府]) 组织 $                 # 市财政局组织 ; not 党的组织
  | {_BY_DUTY} $                               # 按职责分工
  | (?: 按照? (?:各自)? (?:的)? )? 分工 $
  | (?: 分工负责，? )? 各 (?:负其责|司其职) $  # 分工负责，各司其职
  | 按照? (?:各自)? 章程 (?:开展工作)? $       # 按照各自章程开展工作
    """,
    re.VERBOSE,
)
_MANNERS = (
    *("负责", "落实", "实施", "承担", "承办", "执行", "办理", "推进", "推动", "完成", "主责", "为主", "协调", "抓好"),
    *("分工", "职责", "职能", "其责", "其职", "章程", "组织开展", "开展工作", "组织"),
    *("主体责任", "属地责任", "管理责任", "监管责任", "领导责任", "总责"),
)
# what gives a role to the names before it, back to the last such word: 市发改委、市财政局牵头，市审计局配合
LEADING = re.compile(
    rf"""
    {_BY_DUTY}? (?:分别|共同|联合)? (?:负责)? (?: 总牵头 | 牵头 | 主办 | 主抓 | 主导 | 抓总 )
        (?: 负责 | 抓总 | 组织 | 督[导促办] | 指导 | {_DOING} ){{0,2}} $  # 共同牵头负责 · 牵头抓总 ; not 牵头单位
  | 为 (?:牵头|主办) (?:单位|部门) $                                      # 市教育局为牵头单位
    """,
    re.VERBOSE,
)
_HELPING = "配合|参与|参加|协助|(?<!政)协办|协同|协作|会办|联办|支持|指导|督促|督导|跟踪|监督|支撑|保障"
COOPERATING = re.compile(
    rf"""
    {_BY_DUTY}? (?:负责)? (?: 分别 | 积极 | 共同 | 密切 | 主动 | 全力 | 给予 | 做好 )? (?:业务|技术|政策)?
        (?:{_HELPING}){{1,2}}                                           # 协同配合 · 给予技术支持
        (?: 落实 | 实施 | 做好 | 推进 | 执行 | 办理 | 完成 | 工作 )? $  # 配合落实 ; not 政协办
  | 为 (?:配合|参与|协办|协助) (?:单位|部门) $                          # 市民政局为配合单位 ; not 配合单位
    """,
    re.VERBOSE,
)
_ROLE_WORDS = (
    *("牵头", "主办", "主抓", "主导", "抓总", "牵头组织", "牵头督办", "做好", "统筹", "工作"),
    *_HELPING.replace("(?<!政)", "").split("|"),
)
_ROLE_TITLES = tuple(
    role + body for role in ("牵头", "主办", "配合", "参与", "协办", "协助") for body in ("单位", "部门")
)
_WORDS = (*_MANNERS, *_ROLE_WORDS, *_ROLE_TITLES)
# 市民政局（牵头）: the mark in a bracket gives the role to this name alone
MARKED = re.compile(
    r"[(（〔\[【](?:(?P<lead>牵头|主办|牵头单位|牵头部门)|(?P<cooperating>配合|参与|协办|配合单位|配合部门))[)）〕\]】]$"
)


def ends_with_role_word(words: str) -> bool:
    """Whether words end by saying how somebody bears."""
    return words.endswith(_WORDS)


def role_of(name: str) -> tuple[str, str | None]:
    """A piece without the words that say how it bears, and what they say: a role, ``manner`` (no role), ``marked-…``."""
    if name.endswith(_WORDS):
        for role, expression in (("lead", LEADING), ("cooperating", COOPERATING), ("manner", MANNER)):
            match = expression.search(name)
            if match:
                return name[: match.start()].rstrip(), role
    elif name.endswith((")", "）", "]", "〕", "】")):
        match = MARKED.search(name)
        if match:
            return name[: match.start()].rstrip(), f"marked-{match.lastgroup}"
    return name, None
