"""Places, units, people and what each may do."""
