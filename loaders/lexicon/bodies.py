"""Names of bodies: the form of such a name, and the names that stand for several bodies (collectives).

>>> [looks_like_body(name) for name in ("市财政局", "青川大学", "资金")], is_collective("各有关部门")
([True, True, False], True)
>>> is_certain_body("落到实处"), is_known_name("市医疗保障"), is_known_name("结合实际")
(False, True, False)

Left to others: cutting a list into names (`loaders.phrases.bearers`), which body a name stands for (`loaders.facts.unit_identity`).
"""

import re
from functools import lru_cache

from loaders.lexicon.vocabulary import any_of, by_last_sign, load_yaml

_KNOWN = load_yaml("bodies")
_LONGEST_BRACKET = 22
# 落到实处, 党员干部: what ends as a name does and names none; one look back for each length
_NO_BODY = "".join(f"(?<!{'|'.join(word for word in _KNOWN['no_bodies'] if len(word) == length)})" for length in (2, 3))
COLLECTIVE = re.compile(
    r"""
    ^ (?: 各 (?! 自 | 项 | 类 | 种 | [司负] 其 ) (?! .{0,20} (?: 要 | (?<![响对反适]) 应 (?![急用]) | 必须 | 不得 | 做好 | 抓好 ) ) | 除.*外 )                                    # 各有关部门 · 除市公安局外的市直部门 ; not 各项工作
  | ^ [省市县区州盟旗] 、? [县区市乡镇] (?: [、（(] .* )? [两三]级                # 市县两级政府 · 市、县两级政府 · 省、市、县三级
  | ^ 县市区
  | ^ 市县区
  | 各级
  | (?: ^ | [省市县区州盟旗乡镇村)）、] ) [两三四五]级 (?! 人民法院 | [甲乙丙]等 )  # 省市县三级政府 ; not 两级人民法院, 三级甲等医院
  | ^ [省市县区]直 (?:各)? (?:有关|相关)? (?:部门|单位)                           # 市直各部门 · 市直各有关部门
  | ^ (?: 区县 | 县区 | 市县 | 乡镇 | 镇街 | 县市区 ) (?:人民)? (?:政府|党委)? $  # 区县人民政府
  | ^ [省市县区、()]{1,8} 各? (?:有关|相关) (?:部门|单位)                         # 市各有关部门 · 省、市、县(区)相关部门
  | ^ (?:[省市县]级)? (?:政府|党委|人民政府)? (?:有关|相关|所属|组成)? (?:部门|单位|机关|机构) $  # 县级政府部门
  | ^ [省市县乡镇]级 (?:人民)?政府 $                                              # 县级人民政府
  | ^ (?:市|县|省)政府 (?:各|有关)? 部门 $                                        # 市政府各部门 ; not 市政府采购部门
  | 成员单位 $                                                                    # 领导小组成员单位
    """,
    re.VERBOSE,
)

# 有关企业, 全市各中小学: several of a kind, where a kind of bodies stands behind it; not 有关事项
_OF_A_KIND = re.compile("有关|相关|其他|其它|所有|全市|全省|全县|全体")
_KIND = re.compile("方面|院校|高校|媒体|主体|业主|乡镇|镇街|成员|协会|商会|团体|组|户|者$")

# with what a name in a bare list must end
_ENDS = (
    *("局", "委", "办", "厅", "部", "院", "府", "公司", "行", "集团", "中心", "会", "联", "关", "校", "大学"),
    *("企业", "单位", "部门", "机构"),
    *("署", "社", "队", "站", "所", "处", "室", "组", "园"),
    *("区", "县", "市", "镇", "乡", "街道", "村", "苏木", "州", "盟", "旗"),  # places stand for their governments
    *("厂", "协", "团中央", "中支", "兵团"),  # 市消协 · 人民银行娄底中支
    *("国企", "央企", "运营商", "电力", "电网", "电信", "移动", "联通", "铁塔", "石油", "石化", "信保", "城投", "产投"),
    *("馆", "台", "林场", "农场", "牧场", "渔场", "机场", "专班", "防指", "学城", "技城"),
    *("小学", "中学", "科", "股", "车间", "支部", "总支", "平台", "组织"),
    *("燃气", "热力", "水务", "地铁", "轨道", "钢铁", "煤业", "矿业", "油田"),  # 市水务 · 青川钢铁
    *("频道", "日报", "晚报", "新闻网", "车务段", "工务段", "电务段", "建投", "交投", "水投", "文投", "国控"),
    *("讲师团", "法庭", "医共体", "医联体", "联合体", *(f"{figure}中" for figure in "一二三四五六七八九十")),  # 市一中
)
_BY_LAST_SIGN, _NO_BODY_BY_LAST_SIGN = by_last_sign(_ENDS), by_last_sign(_KNOWN["no_bodies"])
_CLOSING = frozenset(")）〕]］】")
_BRACKET_AT_END = re.compile(r"(?=[(（〔\[［【]([^()（）【】]{1,20})[)）〕\]］】]\Z)")  # 市纪委|(市监察局)


def ends_as_body(words: str) -> bool:
    """Whether words end as the name of a body does, with a bracket behind it or without; a look at their last sign tells of
    most that they do not.

    >>> [ends_as_body(words) for words in ("推进市财政局", "市纪委(市监察局)", "落到实处", "资金")]
    [True, True, False, False]
    """
    if words[-1:] == "\n":  # at the end of a line
        words = words[:-1]
    last = words[-1:]
    if last in _CLOSING:
        brackets = _BRACKET_AT_END.finditer(words, max(0, len(words) - _LONGEST_BRACKET))
        return any(_ends_as_body(words[: bracket.start()]) for bracket in brackets)
    return last in _BY_LAST_SIGN and _ends_as_body(words)


def _ends_as_body(words: str) -> bool:
    last = words[-1:]
    return words.endswith(_BY_LAST_SIGN.get(last, ())) and not words.endswith(_NO_BODY_BY_LAST_SIGN.get(last, ()))


BARE_HEAD = re.compile(r"办公[室厅]|组织部|宣传部|统战部|政法委|人民政府|管委会|管理局|委员会")
# what can be nothing but a body, whatever stands around it
_SURE = re.compile(
    rf"""
    ^ 共青团中央 $
  | ^ (?: 派出所 | 司法所 | 财政所 | 供电所 | 市场监管所 | 自然资源所 | 综合(?:行政)?执法[大中]?队 | 卫生院 ) $  # of a town
  | ^ [^，,。的、]{{2,12}} 处 {_NO_BODY} $                                  # 市信访处 ; not 用处, 各处
  | ^ [^，,。的、]{{2,16}}
      (?: 中支 | 兵团 | 国企 | 央企 | 支队 | 总队 | 大队 | 警备区 | 军分区 | 派出所
        | 管委会 | 管理委员会 | 办事处 | 监会 | 总工会 | 高校 ) $
  | ^ (?! 主要 | 重要 | 重点 | 城[市乡镇] | 背街 | 沿街 | 临街 | 商业 | 步行 | 两侧 | 周边 | 各 )
      [^，,。的、（(]{{2,3}} 街道 $                                             # 城东街道 ; not 主要街道
  | ^ (?: [省市县区州镇乡](?![场级域别]) | 全国 | 中国 | 团[省市县区州] )     # a level ahead: 市妇联, 团市委 ; not 市场, 县级, 区域
      [^，,。的]{{1,14}}
      (?: 会 | 联 | [大支总中]队 | (?:执法|救援|消防|巡查|应急)队 | 所 | 处 | 站 | 社 | 署 | 组 | 校 | 厂 | 协 | 馆 | 台 | 行 | [林农牧渔]场 | 防指 ) {_NO_BODY} $
  | (?: 局 | 委 | 办 | 厅 | 部 | 院 | 政府 | 公司 | 银行 | [支分]行        # 市财政局 ; not 全部, 干部, 承办
      | 集团 | 中心 | 海关 | 办公室 | 委员会 | 部门 | 总署 )
    {_NO_BODY}
    (?: [(（【] [^()（）【】]{{1,20}} [)）】] )? $                          # 市纪委(市监察局)
    """,
    re.VERBOSE,
)


_PAIRS = (("（", "）"), ("(", ")"), ("「", "」"), ("『", "』"), ("【", "】"), ("〔", "〕"))
# 财政, 市公安: a body by its field
FIELD_WORDS: tuple[str, ...] = tuple(_KNOWN["fields"])
FIELDS = any_of(FIELD_WORDS)
FIELD = re.compile(rf"(?:[省市县区州镇乡]|各级)?(?:{FIELDS})")


@lru_cache(maxsize=65536)
def is_collective(name: str) -> bool:
    """Whether a name stands for several bodies: 各有关部门, 各县市区政府, 市县两级政府, 有关部门."""
    kind = _OF_A_KIND.match(name)
    return COLLECTIVE.search(name) is not None or (
        kind is not None and (ends_as_body(name[kind.end() :]) or _KIND.search(name, kind.end()) is not None)
    )


@lru_cache(maxsize=65536)
def looks_like_body(name: str) -> bool:
    """Whether a name has the form of a body's name or of a collective's."""
    return ends_as_body(name) or is_collective(name)


@lru_cache(maxsize=65536)
def is_certain_body(name: str) -> bool:
    """Whether a name can only be that of a body or a collective: 市财政局, 各镇; not 学校, which may be the topic of a
    sentence.
    """
    return _SURE.search(name) is not None or is_collective(name)


@lru_cache(maxsize=65536)
def is_known_name(name: str) -> bool:
    """Whether a bearer's name can be told for one: it looks like a body's, or stands in the list of fields (财政, 市公安)."""
    if any(name.count(opening) != name.count(shut) for opening, shut in _PAIRS):
        return False  # 各县「市: half of a name
    return looks_like_body(name) or FIELD.fullmatch(name) is not None
