"""Who did what when, in words people read: steps, saves, reads and downloads."""
