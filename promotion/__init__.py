"""The public catalogue, and fairs for what holds its stars."""
