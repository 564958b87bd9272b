"""Names of places: long ones, those of minorities, and those that several places bear."""

import pytest

from loaders.lexicon.places import place_at_start, places_of
from loaders.plan import parse_plan


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("积石山保安族东乡族撒拉族自治县工作方案", "积石山保安族东乡族撒拉族自治县"),
        ("黔东南苗族侗族自治州工作方案", "黔东南苗族侗族自治州"),
        ("巴音郭楞蒙古自治州焉耆回族自治县工作方案", "巴音郭楞蒙古自治州焉耆回族自治县"),
        ("鄂伦春自治旗工作方案", "鄂伦春自治旗"),
        ("达尔罕茂明安联合旗工作方案", "达尔罕茂明安联合旗"),
        ("红旗区工作方案", "红旗区"),
        ("济南市市中区工作方案", "济南市市中区"),
        ("神农架林区工作方案", "神农架林区"),
        ("永乐县三家子满族乡工作方案", "永乐县三家子满族乡"),
        ("双峰县学习双江自治县经验", "双峰县"),
        ("市中区域治理方案", None),
        ("城区改造方案", None),
    ],
)
def test_the_place_at_the_beginning(words: str, place: str | None) -> None:
    assert place_at_start(words) == place


def plan(head: str, foot: str = "") -> str:
    return f"{head}\n一、任务\n1.修补路面。\n牵头单位：区住建局\n2.清理飞线。\n牵头单位：区城管局\n{foot}"


def test_several_places_of_one_name_are_told_and_none_is_chosen() -> None:
    read = parse_plan(plan("新华区人民政府办公室\n新政办发〔2024〕9号\n新华区街巷整治方案"))
    (told,) = (warning for warning in read.warnings if warning.code == "region-of-several")
    assert all(place in told.message for place in places_of("新华区"))
    assert {duty.unit.id for item in read.items for duty in item.duties} == {
        "新华区-新政办发2024-9:?区住建局",
        "新华区-新政办发2024-9:?区城管局",
    }


@pytest.mark.parametrize(
    ("text", "region"),
    [
        (plan("沧州市新华区人民政府办公室\n新华区街巷整治方案"), "沧州市新华区"),
        (plan("新华区人民政府办公室\n河北省石家庄市新华区街巷整治方案"), "石家庄市新华区"),
        (plan("新华区街巷整治方案", "平顶山市新华区人民政府办公室\n2024年4月12日\n"), "平顶山市新华区"),
    ],
)
def test_a_prefecture_that_the_text_names_says_which_one_it_is(text: str, region: str) -> None:
    read = parse_plan(text)
    assert read.document.region == region
    assert [warning for warning in read.warnings if warning.code == "region-of-several"] == []
    assert {duty.unit.id for item in read.items for duty in item.duties} == {f"{region}:区住建局", f"{region}:区城管局"}


def test_the_caller_says_which_one_it_is() -> None:
    read = parse_plan(plan("新华区街巷整治方案"), region="沧州市新华区")
    assert read.items[0].duties[0].unit.id == "沧州市新华区:区住建局"


def test_two_districts_of_one_name_are_two() -> None:
    one, other = (parse_plan(plan(f"{city}新华区街巷整治方案")) for city in ("沧州市", "石家庄市"))
    ids = [{unit.id for unit in read.units} for read in (one, other)]
    assert not ids[0] & ids[1]
    assert one.document.id != other.document.id
