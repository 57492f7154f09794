"""How NĐ 30/2020 ends lines: one of several with ";", the last with ".", the whole text with "./."."""

from collections.abc import Iterable


def enumerated(lines: Iterable[str] | None) -> list[str]:
    """Each with one mark: "một;", "hai."."""
    lines = [str(line).removesuffix(".") for line in lines or ()]
    return [f"{line};" for line in lines[:-1]] + [f"{line}." for line in lines[-1:]]


def closed(text: str) -> str:
    """The last paragraph: one full stop and a stroke."""
    return f"{text.removesuffix('.')}./."
