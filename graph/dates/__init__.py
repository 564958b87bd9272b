"""Days: which of its time clauses gives an item its date, and working days by the published holidays."""
