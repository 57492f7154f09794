"""Hashes as people compare them."""


def in_groups(digest: str, size: int = 8) -> str:
    """2db4f26e e3bdab67 …: read out by groups, and broken over lines on a phone."""
    return " ".join(digest[at : at + size] for at in range(0, len(digest), size))
