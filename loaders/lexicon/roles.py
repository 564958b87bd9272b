"""Role words: the words that give the role of a body (牵头, 按职责分工负责, 协同配合), after its name or as a mark in a bracket.

The words stand in `vocabulary/roles.yaml`, one list for each role; every module that looks for a role word takes it from here.

>>> role_of("市发改委牵头抓总"), role_of("市财政局按职责分工负责"), role_of("市审计局（牵头）"), role_of("市司法局")
(('市发改委', 'lead'), ('市财政局', 'manner'), ('市审计局', 'marked-lead'), ('市司法局', None))

Left to others: which of the names before it a role word applies to (`loaders.phrases.bearers`), labels (`loaders.duties.labels`).
"""

import re

from loaders.lexicon.bodies import FIELD, looks_like_body
from loaders.lexicon.vocabulary import any_of, by_last_sign, load_yaml, role_labels

_KNOWN = load_yaml("roles")
WORDS: dict[str, tuple[str, ...]] = {role: tuple(words) for role, words in _KNOWN["words"].items()}
BEHIND: dict[str, tuple[str, ...]] = {
    role: (*words, *_KNOWN["behind"].get(role, ())) for role, words in WORDS.items()
}  # and those that stand behind a name only
ROLE_OF_WORD = {word: role for role, words in WORDS.items() for word in words}
LEAD, RESPONSIBLE, COOPERATING_WORD = (any_of(WORDS[role]) for role in ("lead", "responsible", "cooperating"))
SUPERVISING_WORD = any_of(WORDS["supervising"])
HEAD = r"(?:单位|部门|机构)"
IN_PROSE = any_of(_KNOWN["in_prose"])  # 市教育局牵头制定方案: a verb of the sentence
RESPONSIBLE_IN_PROSE = tuple(word for word in _KNOWN["in_prose"] if ROLE_OF_WORD[word] == "responsible")
LEADS_IN_PROSE = any_of(word for word in _KNOWN["in_prose"] if ROLE_OF_WORD[word] == "lead")
# a verb of the sentence with its object: 对防汛工作负总责 · 承担主体责任 · 是责任主体 ; not 承担责任的单位, 落实责任制
BEARS = rf"""(?: 具体 | 主要 | 全面 | 统一 | 统筹 | 共同 | 分别 | 直接 | 要 )? (?:
    (?:{IN_PROSE}) (?![制人的])
  | 会同 (?!有关|相关)
  | 对 [^，,。；;：:\n]{{1,24}}? 负 [总主全直领首第一要面接导]{{0,4}} 责 (?![人的制])
  | (?: 承担 | 履行 | 负有 | 担负 | 扛起 | 负 | 落实 ) [^，,。；;：:\n的]{{0,12}}? (?: 责任 | 职责 | 总责 ) (?![制人的书追清])
  | (?: 是 | 为 | 作为 ) [^，,。；;：:\n的]{{0,12}}? (?: 责任 | {LEAD} ) (?: 主体 | {HEAD} ) (?!的)
  )"""
NO_OBJECT = any_of(_KNOWN["no_object"])  # A牵头B配合: no object stands behind them
DOES_WORDS = (*ROLE_OF_WORD, *(word for words in BEHIND.values() for word in words), *_KNOWN["does"])
DOES = any_of(DOES_WORDS)
# the grounds on which a unit bears its duty: 按职责分工 ; 依照各自职责
_BY_DUTY = r"""
    (?: (?: 按照? | 依据? | 依照 | 根据 | 结合 ) (?:各自)? (?:的)? (?:工作|部门|法定)?  # 按照各自工作职责
        (?:职责|职能|任务){1,2} (?:分工|权限|范围)?
      | 按照? (?: 行业 | 领域 | 属地 | 条线 | 片区 | 区域 | 系统 | 业务 )  # 按属地管理原则
        (?:管理|归口|监管)? (?:分工|原则|要求)?
    )"""
_DOING = any_of(BEHIND["responsible"])
# how a unit bears its duty, behind its name: 按职责分工分别负责 ; 负责具体实施 ; not part of 各单位负责人
MANNER = re.compile(
    rf"""
    {_BY_DUTY}? (?:各自)? (?:分工)? (?:结合实际)? (?:分别|共同|联合|具体|全面|总(?=负责)|{LEAD})? (?:负责)?
        (?:具体|贯彻|统一|抓好|做好)? (?:{_DOING}){{1,2}} $  # 按职责分工分别负责 · 结合实际抓好落实
  | (?: 落实 | 承担 | 履行 | 担负 | 负 ) (?: 属地 | 主体 | 行业 | 领导 | 组织 | 直接 | 具体 )?
        (?:管理|监管|实施)? (?:责任|总责) $    # 落实属地管理责任 · 负总责
  | 负责 (?:统筹|{LEAD})? 组织 $
  | (?<=[局委办厅院府]) 组织 $                 # 市财政局组织 ; not 党的组织
  | {_BY_DUTY} $                               # 按职责分工
  | 为 (?: 主要 | 直接 | 具体 | 第一 | 共同 )? (?: 责任 | {RESPONSIBLE} ) {HEAD} $  # 为责任单位 ; not 责任单位
  | (?: 按照? (?:各自)? (?:的)? )? 分工 $
  | (?: 分工负责，? )? 各 (?:负其责|司其职) $  # 分工负责，各司其职
  | 按照? (?:各自)? 章程 (?:开展工作)? $       # 按照各自章程开展工作
  | 结合实际 $
    """,
    re.VERBOSE,
)
_MANNERS = (
    *BEHIND["responsible"],
    *("分工", "职责", "职能", "其责", "其职", "章程", "开展工作", "组织", "结合实际"),
    *("主体责任", "属地责任", "管理责任", "监管责任", "领导责任", "总责"),
)
# what gives a role to the names before it, back to the last such word: 市发改委、市财政局牵头，市审计局配合
LEADING = re.compile(
    rf"""
    {_BY_DUTY}? (?:分别|共同|联合)? (?:负责)? (?:{LEAD})
        (?: 负责 | 抓总 | 组织 | 督[导促办] | 指导 | {_DOING} ){{0,2}} $  # 共同牵头负责 · 牵头抓总 ; not 牵头单位
  | 为 (?:{LEAD}) {HEAD} $                                                # 市教育局为牵头单位
    """,
    re.VERBOSE,
)
_HELPS, _SUPERVISES = any_of(BEHIND["cooperating"]), any_of(BEHIND["supervising"])
COOPERATING = re.compile(
    rf"""
    {_BY_DUTY}? (?:负责)? (?: 分别 | 积极 | 共同 | 密切 | 主动 | 全力 | 给予 | 予以 | 做好 )? (?:业务|技术|政策)?
        (?:{_HELPS}) (?:{_HELPS}|{_SUPERVISES})?                        # 协同配合 · 给予技术支持 · 指导监督
        (?: 落实 | 实施 | 做好 | 推进 | 执行 | 办理 | 完成 | 工作 )? $  # 配合落实
  | 为 (?:{COOPERATING_WORD}) {HEAD} $                                  # 市民政局为配合单位 ; not 配合单位
    """,
    re.VERBOSE,
)
# who sees to it that others do it: 负责督促检查 · 定期督查考核 · 监督指导
SUPERVISING = re.compile(
    rf"""
    {_BY_DUTY}? (?: 具体 | 分别 )? (?:负责)? (?: 分别 | 共同 | 联合 | 全程 | 定期 | 跟踪 | 从严 | 严格 | 统一 | 做好 | 组织 | 予以 )?
        (?:{_SUPERVISES}) (?: {_HELPS} | {_SUPERVISES} ){{0,2}}  # 督查考核 · 验收销号
        (?: 检查 | 工作 | 落实 | 实施 | 执行 | 评价 | 评估 )? $    # 督促检查
  | 为 (?:{_SUPERVISES}) {HEAD} $                                # 市督查室为督办单位 ; not 督办单位
    """,
    re.VERBOSE,
)
# what may stand between a body and its word of role: 按职责分工|负责, 密切|配合
HOW = (
    *(word for words in BEHIND.values() for word in words),
    *("分工", "职责", "职能", "任务", "权限", "范围", "原则", "要求", "归口", "监管", "实际"),
    *(
        "各自",
        "分别",
        "共同",
        "联合",
        "具体",
        "全面",
        "贯彻",
        "抓",
        "统一",
        "积极",
        "密切",
        "主动",
        "全力",
        "给予",
        "予以",
        "业务",
        "技术",
        "政策",
        "全程",
        "定期",
        "挂牌",
    ),
    *("行业", "领域", "属地", "条线", "片区", "区域", "系统"),
)
_OF_ROLE = (*(word for role in ("lead", "cooperating", "supervising") for word in BEHIND[role]), "牵头组织", "工作")
_TITLES = tuple(word + head for word in (*ROLE_OF_WORD, "责任") for head in ("单位", "部门", "机构"))
_WORDS = (*_MANNERS, *_OF_ROLE, *_TITLES)
_WORDS_BY_LAST_SIGN = by_last_sign(_WORDS)
# 政协办, 社会办, 市医疗保障: a name ends with the same signs
_ALSO_IN_NAMES, IN_NAMES = tuple(_KNOWN["also_in_names"]), ("政协办", "社会办")
_SAID = (("lead", LEADING), ("cooperating", COOPERATING), ("supervising", SUPERVISING), ("manner", MANNER))
_CLOSING_BRACKET = (")", "）", "]", "〕", "】", "］")
# 市民政局（牵头）: the mark in a bracket gives the role to this name alone
_MARK = re.compile(r"[(（〔\[【［](?P<mark>[^()（）〔〕\[\]【】［］]{2,12})[)）〕\]】］]$")
# what marks a lead where a list has lost its cells
MARK_OF_LEAD = re.compile(rf"[(（](?:{LEAD})(?:单位|部门)?[)）]")


def ends_with_role_word(words: str) -> bool:
    """Whether the words end with a role word."""
    return words.endswith(_WORDS_BY_LAST_SIGN.get(words[-1:], ())) and not words.endswith(IN_NAMES)


def begins_with_role_word(text: str, at: int) -> bool:
    """Whether the words of ``text`` from ``at`` on begin by saying how somebody bears."""
    return text.startswith(_WORDS, at)


def role_of(name: str) -> tuple[str, str | None]:
    """The name without its role words, and the role they give: a role, ``manner`` (no role), or ``marked-…`` for a mark
    in a bracket.
    """
    if ends_with_role_word(name):
        for role, expression in _SAID:
            match = expression.search(name)
            # of words of both, the first says what it is: 指导监督 helps, 监督指导 supervises
            if (
                match
                and role == "cooperating"
                and (first := SUPERVISING.search(name))
                and first.start() <= match.start()
            ):
                role, match = "supervising", first
            if match:
                rest = name[: match.start()].rstrip()
                if rest and match[0] in _ALSO_IN_NAMES and not (looks_like_body(rest) or FIELD.fullmatch(rest)):
                    return name, None
                return rest, role
    elif name.endswith(_CLOSING_BRACKET):
        match = _MARK.search(name)
        role_given = mark_role(match["mark"]) if match else None
        if match and role_given:
            return name[: match.start()].rstrip(), f"marked-{role_given}"
    return name, None


_BARE_MARK = "责任"  # 县民政局（责任） ; behind a name it is no word of role: 县民政局责任


def mark_role(mark: str) -> str | None:
    """The role that a mark in a bracket gives; ``manner`` if it gives no specific role, None if it is no mark.

    >>> mark_role("牵头"), mark_role("协助单位"), mark_role("负责"), mark_role("责任"), mark_role("市监委")
    ('lead', 'cooperating', 'manner', 'responsible', None)
    """
    label = role_labels().get(mark)
    if label in WORDS:
        return label
    if mark == _BARE_MARK:
        return "responsible"
    rest, role = role_of(mark)
    return role if role and not rest else None
