"""A filing bound like the paper file: one PDF with cover, index and bookmarks, and a ZIP with a manifest of hashes."""
