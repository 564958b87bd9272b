"""Days: the effective date of an item among its time clauses, and working days by the published holidays."""
