"""Drawing up a council: its seats and its rules."""
