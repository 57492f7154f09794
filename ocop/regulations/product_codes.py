"""The code printed in the head of every score sheet, by the regime's pattern."""

from __future__ import annotations

import re

from .regimes import Regime

_PLACE = re.compile(r"\{(\w+)\}")


def product_code(regime: Regime, **parts: int | str) -> str:
    """`product_code(regime, province="12", commune="03388", number=7, year=2026)` is "12-03388-7-2026"."""
    pattern = regime.product_code.pattern
    wanted = set(_PLACE.findall(pattern))
    if parts.keys() != wanted:
        raise ValueError(f"{regime.code} builds a product code from {sorted(wanted)}, not {sorted(parts)}")
    code = pattern.format(**parts)
    if read_product_code(regime, code) is None:
        raise ValueError(f"{code} is no product code of {regime.code}")
    return code


def read_product_code(regime: Regime, code: str) -> dict[str, str] | None:
    """The parts of a code, `None` when it does not follow the pattern."""
    pieces = (f"(?P<{name}>[0-9]{{4}})" if name == "year" else f"(?P<{name}>[0-9]+)"
              for name in _PLACE.findall(regime.product_code.pattern))  # fmt: skip
    separators = _PLACE.split(regime.product_code.pattern)[::2]
    found = re.fullmatch("".join(_woven(separators, list(pieces))), code.strip())
    return found.groupdict() if found else None


def _woven(separators: list[str], pieces: list[str]) -> list[str]:
    woven = [re.escape(separators[0])]
    for piece, separator in zip(pieces, separators[1:], strict=True):
        woven += [piece, re.escape(separator)]
    return woven
