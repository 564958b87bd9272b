"""Days and periods in a question."""

from datetime import date

import pytest

from api.asking.days import find_days
from loaders.times.clauses import clause_times
from loaders.times.time import Issue

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2025年前", "2024-12-31", "2024-12-31"),
        ("2025年以前", "2024-12-31", "2024-12-31"),
        ("明年之前", "2026-12-31", "2026-12-31"),
        ("2025年底前", "2025-12-31", "2025-12-31"),
        ("2025年年底之前", "2025-12-31", "2025-12-31"),
        ("截至2025年", "2025-12-31", "2025-12-31"),
        ("2025年内", "2025-01-01", "2025-12-31"),
        ("2025年", "2025-01-01", "2025-12-31"),
        ("2025年6月前", "2025-06-30", "2025-06-30"),
    ],
)
def test_a_year_and_what_stands_behind_it(words: str, start: str, end: str) -> None:
    period = max(find_days(words, TODAY), key=lambda span: span.end).period
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("words", ["2027年前", "2027年以前", "2027年底前", "2027年6月前", "2027年6月30日前"])
def test_questions_and_plans_mean_the_same_day(words: str) -> None:
    (asked,) = (span.period for span in find_days(words, TODAY) if span.end == len(words))
    (read,) = clause_times(words, Issue(2026))
    assert asked is not None
    assert asked.end == read.date
