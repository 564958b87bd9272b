"""Rows as a DataFrame, where pandas is installed. This module and `graph.notebook` alone import it."""

from collections.abc import Sequence
from typing import Any

import pandas as pd


def frame_of(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """A line for each row; the keys of nested objects are joined by points."""
    return pd.json_normalize(list(rows))
