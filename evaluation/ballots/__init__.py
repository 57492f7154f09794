"""The score sheet: read, saved mark by mark."""
