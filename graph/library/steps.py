"""The table of steps in Python, by the name of their question (`graph.library.question`).

One line a question, sorted by name.  A question that is not in the table is answered by its statement alone.
"""

from collections.abc import Mapping
from types import MappingProxyType

from graph.library import deadline_steps, duty_steps, fact_steps, finding_steps, item_steps
from graph.library.question import QuestionStep

STEPS: Mapping[str, QuestionStep] = MappingProxyType(
    {
        "county-demands": finding_steps.COUNTY_DEMANDS,
        "deadline-conflicts": finding_steps.DEADLINE_CONFLICTS,
        "deadline-lights": deadline_steps.DEADLINE_STATUS,
        "fact-evidence": fact_steps.EVIDENCE,
        "item-card": item_steps.CARD,
        "lead-workload": duty_steps.LEAD_WORKLOAD,
        "recurring-tasks": deadline_steps.RECURRING,
        "regulation-unit-chains": duty_steps.CHAINS,
        "section-matrix": duty_steps.SECTION_MATRIX,
        "shared-items": duty_steps.SHARED_ITEMS,
        "targets": fact_steps.TARGETS,
        "unit-coverage": fact_steps.COVERAGE,
        "unit-dossier": finding_steps.UNIT_DOSSIER,
        "unit-upward-chain": duty_steps.CHAINS,
        "working-day-deadlines": deadline_steps.WORKING_DAYS,
    }
)
