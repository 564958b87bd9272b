"""Places: whether words among bearers are a time, and the same time wherever a construct meets it."""

import pytest

from loaders.lexicon import times
from loaders.plan import parse_plan
from loaders.times.places import TIME_SIGN, begins_with_time, is_time, split_time, without_time

TIMES = [
    ("2021年6月底前完成", True),
    ("年底前", True),
    ("12月底前完成", True),
    ("长期坚持", True),
    ("常年坚持", True),
    ("立即整改并长期坚持", True),
    ("汛期前完成", True),
    ("每季度调度", True),
    ("30日内办结", True),
    ("力争6月底前取得成效", True),
    ("2017年", False),  # of something else
    ("2021年6月", False),
    ("2021年第3号公告", False),
    ("长期以来问题突出", False),
    ("市财政局", False),
    ("市财政局2021年6月底前完成", False),
    ("市防汛办", False),
    ("", False),
]


@pytest.mark.parametrize(("words", "said"), TIMES)
def test_whether_words_tell_nothing_but_when(words: str, said: bool) -> None:
    assert is_time(words) == said


APART = [
    ("市财政局；持续推进", "市财政局", "持续推进"),
    ("市财政局、市教育局，6月底前", "市财政局、市教育局", "6月底前"),
    ("年底前完成，市财政局", "市财政局", "年底前完成"),
    ("市财政局负责，常年坚持", "市财政局负责", "常年坚持"),
    ("市财政局配合，上半年完成首轮排查，持续推进", "市财政局配合", "上半年完成首轮排查，持续推进"),
    ("市司法局牵头，会同市财政局6月底前完成", "市司法局牵头，会同市财政局", "6月底前完成"),
    ("市司法局牵头，会同市财政局于每年2月底前公布计划", "市司法局牵头，会同市财政局", "每年2月底前公布计划"),
    ("市财政局，次年3月底前", "市财政局", "次年3月底前"),
    ("市财政局6月底前完成", "市财政局", "6月底前完成"),
    ("市财政局，市教育局", "市财政局，市教育局", None),
    ("市财政局2024年预算科", "市财政局2024年预算科", None),
]


@pytest.mark.parametrize(("words", "bearers", "time"), APART)
def test_a_time_parts_from_the_bearers(words: str, bearers: str, time: str | None) -> None:
    met, when = split_time(words, (0, len(words)))
    assert (words[slice(*met)], when and words[slice(*when)]) == (bearers, time)


def test_a_time_in_a_bracket_is_no_part_of_a_name() -> None:
    assert without_time("市财政局（2024年6月底前）") == "市财政局"
    assert without_time("市财政局（上半年）") == "市财政局"
    assert without_time("市委组织部（人才办）") == "市委组织部（人才办）"


def test_whether_a_line_is_a_time() -> None:
    assert begins_with_time("2019年底前完成。")
    assert begins_with_time("长期坚持")
    assert not begins_with_time("视情况而定")
    assert not begins_with_time("按有关规定报送2019年的情况")


WORDS = ["2021年6月底前", "6月底前", "次年3月底前", "上半年", "汛期前", "每季度", "常年坚持", "30日内"]
CONSTRUCTS = [
    "1.清理文件。\n责任单位：市财政局\n完成时限：{}\n",
    "1.清理文件。（责任单位：市财政局；完成时限：{}）\n",
    "1.清理文件。（责任单位：市财政局，{}）\n",
    "1.清理文件。（市财政局牵头，{}完成）\n",
    "1.清理文件。（市财政局；{}）\n",
    "1.清理文件。（{}完成，责任单位：市财政局）\n",
    "1.清理文件。\n责任单位：市财政局（{}）\n",
    "序号\t任务\t责任单位\t完成时限\n1\t清理文件\t市财政局\t{}\n2\t公开清单\t市财政局\t长期\n",
]


@pytest.mark.parametrize("form", CONSTRUCTS)
@pytest.mark.parametrize("words", WORDS)
def test_a_time_is_read_alike_in_every_construct(form: str, words: str) -> None:
    item = parse_plan("青川市方案\n" + form.format(words), issued_on="2021-03-01").items[0]
    assert [duty.as_written.removesuffix(f"（{words}）") for duty in item.duties] == ["市财政局"]
    (deadline, *_) = parse_plan("青川市方案\n" + CONSTRUCTS[0].format(words), issued_on="2021-03-01").items[0].deadlines
    (met,) = item.deadlines
    assert (met.kind, met.date, met.recurrence, met.duration) == (
        deadline.kind,
        deadline.date,
        deadline.recurrence,
        deadline.duration,
    )


def test_every_word_that_says_when_by_itself_has_a_sign() -> None:
    """What no sign is in is looked at no further; 逐步 says only how."""
    assert [w for w in (*times.WORDS["ongoing"], *times.WORDS["at_once"]) if not TIME_SIGN.search(w)] == ["逐步"]
