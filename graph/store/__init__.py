"""Where the graph is stored: one contract, two engines, and the statements that run on both."""
