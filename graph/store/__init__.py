"""Where the graph is kept: one contract, two engines behind it, and the statements that both run."""
