"""Chains of responsibility: the paths from a regulation to a unit, the weaknesses of their steps, and the graph as a
network.
"""
