"""The public catalogue, and the officer's fairs."""
