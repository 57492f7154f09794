"""Producers, their products and the dossiers that bring them in."""
