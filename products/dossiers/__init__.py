"""A dossier from its first page to its receipt: filled in, checked for what is missing, frozen, timed."""
