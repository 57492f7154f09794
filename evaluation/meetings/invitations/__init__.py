"""The paper that calls the members: to a meeting, or for their opinions in writing."""
