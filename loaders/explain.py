"""All rules of all kinds, in the order of their tables, for docs/rules.md and ``--explain``.

>>> [rule.form for rule in RULES if rule.name == "label-line"]
['unlisted', 'colon', 'box', 'filled', 'changed', 'verb', 'dash', 'blank']

Left to others: running the rules (`loaders.plan`).
"""

from loaders.duties.table import DUTY_RULES
from loaders.facts.citations import CITATION_RULES
from loaders.facts.deadlines import TIME_RULES
from loaders.facts.mentions import MENTION_RULES
from loaders.items.document_facts import FALLBACK_CLAUSE, LEADS_WHOLE_PLAN, SUPERVISES_WHOLE_PLAN
from loaders.items.items import DATE_OF_PARENT, DOCUMENT_FALLBACK
from loaders.plan import UNDECODABLE_BYTES
from loaders.rule import Rule
from loaders.text.repair import REPAIR_RULES

RULES: tuple[Rule, ...] = (
    *DUTY_RULES,
    LEADS_WHOLE_PLAN,
    SUPERVISES_WHOLE_PLAN,
    *TIME_RULES,
    FALLBACK_CLAUSE,
    DATE_OF_PARENT,
    DOCUMENT_FALLBACK,
    *CITATION_RULES,
    *MENTION_RULES,
    *REPAIR_RULES,
    UNDECODABLE_BYTES,
)
