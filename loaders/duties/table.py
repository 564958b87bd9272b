"""The table of rules of duties, construct after construct: a stretch that one construct has taken is closed to later ones.

Tables are taken out of the text first. Then come the constructs of running text in their order (`CONSTRUCTS`), each with its
forms, and finally the conventions, which give a lead to what was taken.

Left to others: running them (`loaders.duties.assignments`), rules of all kinds (`loaders.explain`).
"""

from loaders.duties import conventions, table_cells
from loaders.duties.assignments import CONSTRUCTS
from loaders.rule import Rule

DUTY_RULES: tuple[Rule, ...] = (
    *table_cells.RULES,
    *(rule for construct in CONSTRUCTS for rule in construct.rules),
    *conventions.RULES,
)
