"""Measures by name, plan actuals, home pages: reads all four stages, writes nothing of theirs."""
