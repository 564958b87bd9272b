"""The table of steps in Python, by the name of the question whose rows they work on (`graph.asking`).

One line a question, in the order of names.  A question that is not in it is answered by its statement alone.
"""

from collections.abc import Mapping
from types import MappingProxyType

from graph import duty_steps
from graph.asking import Step

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "lead-workload": duty_steps.LEAD_WORKLOAD,
        "regulation-unit-chains": duty_steps.CHAINS,
        "section-matrix": duty_steps.SECTION_MATRIX,
        "shared-items": duty_steps.SHARED_ITEMS,
        "unit-upward-chain": duty_steps.CHAINS,
    }
)
