"""The gate: what a plan states is found again in its text, by code that shares nothing with the rules that read it."""
