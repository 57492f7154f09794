"""What is to be reached this year, and when: plans, targets, rounds."""
