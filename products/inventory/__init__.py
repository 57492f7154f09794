"""Potential products by commune and group, surveyed in lists, each one day an idea."""
