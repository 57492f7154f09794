"""The minutes (biên bản): drafted while the meeting runs, ready when the chair closes it."""
