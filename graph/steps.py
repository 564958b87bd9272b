"""The table of steps in Python, by the name of the question whose rows they work on (`graph.asking`).

One line a question, in the order of names.  A question that is not in it is answered by its statement alone.
"""

from collections.abc import Mapping
from types import MappingProxyType

from graph.asking import Step

STEPS: Mapping[str, Step] = MappingProxyType({})
