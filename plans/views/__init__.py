"""Pages of plans and rounds."""
