"""What waits for me? One module a role; a person with several roles sees all her blocks."""

from ocop.reports.home.blocks import Block, Task, blocks_for

__all__ = ["Block", "Task", "blocks_for"]
