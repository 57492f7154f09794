"""Who leaves: all her open work, seen at once and handed to a successor in one deed (capability 2.08)."""
