"""The table of rules of duties: its order is the precedence, a stretch that one rule took is closed to those below it.

Tables are taken out of the text first; then come the constructs of running text in their order (`CONSTRUCTS`), each with the
forms in which it is tried; last the conventions, which give a lead to what was taken.

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
