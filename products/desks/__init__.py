"""What the commune and the province do with a filed dossier: check it, find, report."""
