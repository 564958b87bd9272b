"""Chinese numerals: what they count, what is none, and years read figure by figure."""

import pytest

from graph.numerals import BELOW_100, digits, numeral

NUMERALS = {"一": 1, "九": 9, "十": 10, "十一": 11, "二十": 20, "二十三": 23, "九十九": 99, "一百": 100}
NUMERALS |= {"一百〇五": 105, "一百零五": 105, "一百一十二": 112, "三百二十": 320, "两": 2, "两百": 200}


@pytest.mark.parametrize(("words", "value"), NUMERALS.items())
def test_a_numeral_counts(words: str, value: int) -> None:
    assert numeral(words) == value
    assert bool(BELOW_100.fullmatch(words)) == (value < 100)


@pytest.mark.parametrize("words", ["一一", "十十", "半", "", "23", "一二三"])
def test_what_is_no_numeral_is_told_apart(words: str) -> None:
    assert not BELOW_100.fullmatch(words)


def test_a_sign_that_is_no_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="半"):
        numeral("十半")


@pytest.mark.parametrize(
    ("words", "figures"), [("二〇一七", "2017"), ("二○零五", "2005"), ("2017", "2017"), ("两年", "2年")]
)
def test_figures_are_read_one_by_one(words: str, figures: str) -> None:
    assert digits(words) == figures
