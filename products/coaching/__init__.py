"""Visits and advice on the way from an idea to a dossier, and what is to be done next."""
