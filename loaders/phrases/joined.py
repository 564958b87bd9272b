"""Bodies that stand in one piece of a list: joined (市教育局和市财政局), glued (市教育局市财政局) or parted by blanks.

>>> [body for body, _, _ in bodies_in("市教育局和市财政局市审计局", 0)], [body for body, _, _ in bodies_in("市文化和旅游局", 0)]
(['市教育局', '市财政局', '市审计局'], ['市文化和旅游局'])

Left to others: cutting a list into its pieces (`loaders.phrases.bearers`).
"""

import re
from itertools import pairwise
from typing import TypeAlias

from loaders.lexicon.bodies import BARE_HEAD, ends_as_body, is_certain_body, looks_like_body

# two bodies joined: 中国民航局和各地方人民政府 ; not 文化和旅游部, 粮食和储备局, 有关部门和单位
JOINED = re.compile(
    r"""
    (?P<left> .*                                                     # what ends as a body does
        (?: 局 | 委 | 办 | 厅 | 部 | 院 | 政府 | 公司 | 银行 | 集团 | 中心 | 会 | 海关 | 单位 | 部门 | 企业
          | 署 | 社 | 区 | 联 | 办公室
          | [处所站队校](?=以?及)                                    # 市信访处以及… ; not 学校和…
        )
    )
    (?: 和 | 以及 | 及 | 与 | 会同
      | (?:商|联合) (?=[省市县区州国各])                             # 市教育局商市财政局 ; not 市商务局
    )
    (?P<right> (?! (?:单位|部门|管委会|政府|人民政府) $ ) .{2,} ) $  # not 有关部门和单位
    """,
    re.VERBOSE,
)
# between two bodies whose mark was lost: 市发改委|市财政局 ; not 市委市政府信访局 (one body), not 省委省直机关工委
GLUED = re.compile(
    r"""
    (?: (?<=[办厅院部会联协])                                             # 市政府办|市财政局
      | (?<!总局)(?<=局)                                                  # 市教育局|市财政局 ; not 国家税务总局青川市税务局
      | (?<![省市县区州旗]委)(?<=委)                                      # 市发改委|市财政局 ; not 省委省直机关工委
      | (?<=[省市县区]委) (?= .政府 (?:办公室|办)? (?: [、，,\s] | $ ) )  # 市委|市政府 ; not 市委市政府信访局
    )
    (?= [省市县区州旗镇]
        (?: (?![场直]) [^、，,。；\s局委办厅部院会联协]{0,8}              # 市财政局 ; not 市场监管局
            (?: 局 | 委 | 办 | 厅 | 部 | 院 | 会 | 联 | 协 | 政府 | 人行 | [分支]行 | 机关 | 公司 | 中心 )
          | 直 各? [有相]关                                               # 市直各有关部门
        )
    )
    """,
    re.VERBOSE,
)
_PARTED = re.compile(r"\S+")
# 市交通局 张 涛: who answers for a body
_PERSON = re.compile(r"[ ]+[\u4e00-\u9fff][ ]*[\u4e00-\u9fff]{1,2}")
# 1.市教育局 · ①②：市教育局
NUMBERED = re.compile(r"^(?:\d{1,2}[.．、)）]|[①-⒇](?:[-—~至到]?[①-⒇])*[:：]?|[(（]\d{1,2}[)）][:：]?)\s*")
# 新区和开发区管委会: kinds of zones that share a head ; not 万宝新区和经开区管委会
ZONES = re.compile(
    r"(?:各?(?:[新园]区|(?:开发|示范|高新|经开|度假|保税|工业|产业|物流|科技|农业|旅游)(?:园区|区|园))(?:和|及|与|、))+"
)
_ZONE_HEADS = ("管委会", "管理委员会")
_SHORTEST_GLUED, _SHORTEST_JOINED = 4, 6
_JOINED_REACH = 120  # no name that 和 joins is as long
Body: TypeAlias = tuple[str, int, str | None]  # as written, its place, the role that a word of joining gives


def bodies_in(name: str, first: int) -> list[Body]:
    """The bodies of a piece with their places: one, or several that are joined (和, 及, 与) or glued."""
    found: list[Body] = []
    waiting: list[Body] = [(name, first, None)]  # the next one last
    while waiting:
        words, at, role = waiting.pop()
        parts = _parts(words, at)
        if len(parts) == 1:
            found.append((*parts[0][:2], role))
        else:
            waiting += [(part, place, role or own) for part, place, own in reversed(parts)]
    return found


def _parts(name: str, first: int) -> list[Body]:
    """What a piece falls into in one way, itself where it holds one body; behind 会同 stands who cooperates."""
    cuts = [glued.start() for glued in GLUED.finditer(name) if len(name) > _SHORTEST_GLUED]
    if cuts:
        return [(name[start:end], first + start, None) for start, end in pairwise([0, *cuts, len(name)])]
    parts = list(_PARTED.finditer(name))
    if len(parts) > 1 and all(_stands_alone(name, part.start(), part[0]) for part in parts):
        bare = [(NUMBERED.sub("", part[0]), part.end()) for part in parts]
        return [(words, first + end - len(words), None) for words, end in bare]
    if (
        len(parts) > 1
        and looks_like_body(parts[0][0])
        and _PERSON.fullmatch(name, parts[0].end())
        and not looks_like_body(parts[-1][0])
    ):
        return [(parts[0][0], first, None)]
    found: list[Body] = []
    end = len(name)
    if name.endswith(_ZONE_HEADS) and ZONES.match(name):
        return [(name, first, None)]
    while end > _SHORTEST_JOINED and (joined := JOINED.match(name, max(0, end - _JOINED_REACH), end)):
        helps = name.startswith(("会同", "商", "联合"), joined.end("left"))
        found.append((joined["right"], first + joined.start("right"), "cooperating" if helps else None))
        end = joined.end("left")
    return [(name[:end], first, None), *reversed(found)]


def _stands_alone(words: str, at: int, part: str) -> bool:
    """Whether what stands between two blanks is a body of its own: 市财政局 · 各村（社区） ; not 办公室 of 县政府 办公室."""
    if len(part) < 3 or BARE_HEAD.fullmatch(part):
        return False
    wide = at == 0 or words[at - 2 : at].isspace() or words[at - 1] != " "
    return is_certain_body(part) or (wide and ends_as_body(part))
