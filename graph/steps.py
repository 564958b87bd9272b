"""The table of steps in Python, by the name of the question whose rows they work on (`graph.asking`).

One line a question, in the order of names.  A question that is not in it is answered by its statement alone.
"""

from collections.abc import Mapping
from types import MappingProxyType

from graph import due, duty_steps, facts, timing
from graph.asking import Step
from graph.findings import steps as finding_steps

STEPS: Mapping[str, Step] = MappingProxyType(
    {
        "county-demands": finding_steps.COUNTY_DEMANDS,
        "deadline-conflicts": finding_steps.DEADLINE_CONFLICTS,
        "deadline-lights": timing.LIGHTS,
        "fact-evidence": facts.EVIDENCE,
        "item-card": due.CARD,
        "lead-workload": duty_steps.LEAD_WORKLOAD,
        "recurring-tasks": timing.RECURRING,
        "regulation-unit-chains": duty_steps.CHAINS,
        "section-matrix": duty_steps.SECTION_MATRIX,
        "shared-items": duty_steps.SHARED_ITEMS,
        "targets": facts.TARGETS,
        "unit-coverage": facts.COVERAGE,
        "unit-dossier": finding_steps.UNIT_DOSSIER,
        "unit-upward-chain": duty_steps.CHAINS,
        "working-day-deadlines": timing.WORKING_DAYS,
    }
)
