"""From results to a decision, its paper and what follows."""
