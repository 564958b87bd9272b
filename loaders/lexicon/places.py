"""Places: the place at the beginning of a name or title, and the level of a body by its first word.

娄底市依法行政工作要点 begins with 娄底市; 关于加强城市管理的意见 and 居民小区物业管理办法 begin with no place.

>>> place_at_start("娄底市双峰县工作方案"), place_at_start("农村地区污水治理方案")
('娄底市双峰县', None)
"""

import re

# what no place name holds before its 市, 县, 区: it makes it a common noun (城市, 小区, 中心城区, 全州) or a sentence; but 西城区, 全州县
_NO_PLACE = (
    "关于|加强|推进|农村|城乡|居民|各|全(?:[省市县区国镇乡面体]|州(?!县))"
    r"|[城都超夜集]市|[小社园地辖景校库]区|(?:(?<![\u4e00-\u9fff])|(?<=[主心老新旧古县市州]))城区|[省市县区]"
)
_NAME = rf"(?:(?!{_NO_PLACE}).)"
PLACE = re.compile(
    rf"""
    (?: {_NAME}{{2,6}}? (?:省|自治区) )?                                # 湖南省
    (?: {_NAME}{{2,10}}? 自治州 | {_NAME}{{1,6}}? (?:地区|盟|市|州(?![市县区])) )?  # 娄底市 ; not 城市
    (?: {_NAME}{{2,10}}? 自治县 | {_NAME}{{1,6}}? (?:县|区|旗|市) )?    # 双峰县 ; not 小区
    (?: {_NAME}{{1,4}}? (?:镇|乡|街道) )?                               # 永丰镇 ; not 城乡
    """,
    re.VERBOSE,
)
# a level prefix: 市财政局, 县司法局 ; not 市场监管局, 区块链研究院, 国土资源局
LEVEL = re.compile(r"(?P<level>国家|国务院|省|自治区|市(?![场政])|州|盟|县|区(?![块域])|旗|镇|乡(?![村镇]))")
LEVELS = {
    "国家": "国家",
    "国务院": "国家",
    "省": "省级",
    "自治区": "省级",
    "市": "市级",
    "州": "市级",
    "盟": "市级",
    "县": "县级",
    "区": "县级",
    "旗": "县级",
    "镇": "乡级",
    "乡": "乡级",
}


def place_at_start(words: str) -> str | None:
    """The most specific place at the beginning of the words; None if they begin with no place."""
    match = PLACE.match(words)
    return match[0] or None if match else None


def level_of(region: str) -> str:
    """The level of a region: ``全国`` is 国家, ``娄底市`` 市级."""
    if region == "全国":
        return "国家"
    return "省级" if region.endswith(("省", "自治区")) else LEVELS.get(region[-1], "市级")
