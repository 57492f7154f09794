"""One dossier at one tier, before the council."""
