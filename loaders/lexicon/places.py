"""Places: the place at the beginning of a name or title, the level of a body by its first word, names that several places bear.

娄底市依法行政工作要点 begins with 娄底市; 关于加强城市管理的意见 and 居民小区物业管理办法 begin with no place.

>>> place_at_start("娄底市双峰县工作方案"), place_at_start("农村地区污水治理方案")
('娄底市双峰县', None)
"""

import re
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import chain

from loaders.lexicon.vocabulary import any_of, load_yaml

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
    (?: {_NAME}{{2,20}}? 自治[县旗]                                    # 积石山保安族东乡族撒拉族自治县
      | [市城]中区 (?!域) | {_NAME}{{1,6}}? (?:县|区|旗(?!区)|市)       # 市中区 · 双峰县 · 红旗区 ; not 小区
      | {_NAME}{{7,10}}? 旗 )?                                         # 达尔罕茂明安联合旗
    (?: {_NAME}{{2,12}}? (?:族乡|苏木) | {_NAME}{{1,4}}? (?:镇|乡|街道) )?  # 三家子满族乡 · 永丰镇 ; not 城乡
    """,
    re.VERBOSE,
)
# a level prefix: 市财政局, 县司法局 ; not 市场监管局, 市政公司, 区块链研究院, 国土资源局
LEVEL = re.compile(r"(?P<level>国家|国务院|省|自治区|市(?!场|政(?!府))|州|盟|县|区(?![块域])|旗|镇|乡(?![村镇]))")
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


@lru_cache(maxsize=16384)
def place_at_start(words: str) -> str | None:
    """The most specific place at the beginning of the words; None if they begin with no place."""
    match = PLACE.match(words)
    return match[0] or None if match else None


_PROVINCE = re.compile(r"^[\u4e00-\u9fff]{2,6}?(?:省|自治区)(?=.)")


def below_province(place: str | None) -> str | None:
    """A place without the province before it: 湖南省娄底市 -> 娄底市."""
    return _PROVINCE.sub("", place) if place else None


@cache
def _several() -> tuple[dict[str, list[str]], re.Pattern[str]]:
    known: dict[str, list[str]] = load_yaml("places")["several"]
    return known, re.compile(any_of(known))


def places_of(region: str) -> tuple[str, ...]:
    """The places that a region may be, where several bear its name; empty for any other.

    >>> places_of("新华区"), places_of("石家庄市新华区")
    (('石家庄市新华区', '沧州市新华区', '平顶山市新华区'), ())
    """
    known, names = _several()
    name = names.match(region)
    return tuple(city + region for city in known[name[0]]) if name else ()


def province_in_number(number: str | None) -> str | None:
    """The province that the first letter of a reference number may stand for; None if for none.

    >>> province_in_number("黔发改服务〔2020〕111号"), province_in_number("署岸函〔2025〕31号")
    ('贵州省', None)
    """
    known: dict[str, str] = load_yaml("places")["in_numbers"]
    return known.get(number[0]) if number else None


# what is no unit of the country's divisions and yet issues plans: 青川经济技术开发区, 新疆生产建设兵团第八师
_OTHER_PLACE = re.compile(
    r"""
    [\u4e00-\u9fff]{2,24} (?: 开发区 | 新区 | 示范区 | 试验区 | 管理区 | 合作区 | 保税区 | 产业园区? | 景区 | 林区 | 矿区
                          | 兵团 | [一二三四五六七八九十]师 | [农林牧]场 | 团场 | 社区 | 村 )
    """,
    re.VERBOSE,
)
_NEAREST = 3


def is_place(words: str) -> bool:
    """Whether words have the form of a place. No list knows every village, so the form decides.

    >>> [is_place(words) for words in ("娄底市", "青川经济技术开发区", "娄底", "娄底市人民政府", "全市")]
    [True, True, False, False, False]
    """
    return words == "全国" or place_at_start(words) == words or _OTHER_PLACE.fullmatch(words) is not None


def near_places(words: str) -> list[str]:
    """Places that words which are none may mean: the one they begin with, those that sound alike, and the word as a city or county.

    >>> near_places("娄底市人民政府"), near_places("湖南"), near_places("娄底")
    (['娄底市'], ['湖南省'], ['娄底市', '娄底县', '娄底区'])
    """
    first = place_at_start(words)
    if first is not None:
        return [first]
    listed = load_yaml("places")
    cities = dict.fromkeys(chain.from_iterable(listed["several"].values()))
    known = dict.fromkeys((*listed["provinces"], *listed["several"], *cities))
    begun = [name for name in known if name.startswith(words)]
    alike = begun or get_close_matches(words, known, _NEAREST, 0.7)
    made = [f"{words}{level}" for level in "市县区"]
    return alike[:_NEAREST] or [name for name in made if place_at_start(name) == name]


def level_of(region: str) -> str:
    """The level of a region: ``全国`` is 国家, ``娄底市`` 市级."""
    if region == "全国":
        return "国家"
    return "省级" if region.endswith(("省", "自治区")) else LEVELS.get(region[-1], "市级")
