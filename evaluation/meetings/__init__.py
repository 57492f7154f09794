"""A meeting from its agenda to its seal."""
