"""Uploads and made files: sniffed, hashed, private, kept under their tenant's folder, each download logged."""
