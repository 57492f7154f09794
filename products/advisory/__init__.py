"""The advisory team's own work on a dossier: extra tests, visits to the place of making."""
