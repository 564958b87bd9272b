"""Chains of responsibility: paths from a regulation to a unit, what weakens them, and the graph as a network."""
