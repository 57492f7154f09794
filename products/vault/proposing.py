"""Number, issuer and dates in the text of a paper, and whose name and address it bears. Proposals only: a person confirms them.

Words are matched without their marks, as scanned letters lose them first; a round "a" is often read as "o".
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from ocop.orgs.text import unaccented

NUMBER = re.compile(r"\b(?:giay chung nhan so|ma so doanh nghiep|ma so|so)\s*[:.]?\s*([0-9][\w./-]{0,60})")
DATE = r"(?:ng[ao]y\s*)?(\d{1,2})\s*(?:th\w{1,3}ng|[/.-])\s*(\d{1,2})\s*(?:nam|[/.-])\s*(\d{4})"
ENDS = re.compile(
    r"(?:co gi[ao] tri|hieu luc|thoi han|het han|gi[ao] tri su dung)[^\n]{0,40}?(?:den|:)\s*(?:het\s*)?"
    + DATE
)
ISSUED = re.compile(r"(?:ngay cap|cap ngay|cap lan dau|dang ky lan dau)[^\d\n]{0,30}" + DATE)
ANY = re.compile(DATE)
ISSUER = re.compile(
    r"^(?:uy ban nhan dan|ubnd|(?:so|bo) (?:nong|y te|khoa|cong thuong|tai nguyen|ke hoach|tai chinh|van hoa|du lich)"
    r"|chi cuc|cuc|phong|trung tam|vien|tong cuc|ban quan ly)\s*\w[^\n]{2,120}$"
)
OWNER = re.compile(
    r"^(?:ten\s+)?(?:co so|to chuc|doanh nghiep|cong ty|hop tac xa|ho kinh doanh|khach hang|don vi|chu co so)"
    r"(?:\s+(?:san xuat|gui mau|kinh doanh|dang ky))?\s*:\s*(\S[^\n]{2,150})$"
)
HEAD = 15  # lines in which the issuer stands
FORMS = frozenset(
    ["hop", "tac", "xa", "to", "cong", "ty", "tnhh", "cp", "co", "phan", "mot", "thanh", "vien", "ho", "kinh", "doanh",
     "dich", "vu", "san", "xuat", "va", "nong", "nghiep"]
)  # fmt: skip
# whose address it is, said or by standing under the owner's name: the head of a paper has its office's own
OWN_ADDRESS = re.compile(
    r"^(?:dia chi|dia diem)?\s*(?:tru so|co so|san xuat|kinh doanh|khach hang)[^:\n]{0,30}:\s*(\S[^\n]{4,200})$"
)
ADDRESS = re.compile(r"^dia chi[^:\n]{0,30}:\s*(\S[^\n]{4,200})$")
BELOW = 4  # lines under the owner's name
WHOLE = re.compile(r"\b(?:tinh|thanh pho|tp)\b")


@dataclass(frozen=True)
class Proposal:
    """What the text seems to say; "" and None where it says nothing."""

    number: str = ""
    issuer: str = ""
    issued_on: dt.date | None = None
    expires_on: dt.date | None = None
    owner: str = ""
    address: str = ""


def propose(text: str) -> Proposal:
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    bare = [unaccented(line).lower() for line in lines]
    whole = "\n".join(bare)
    expires_on = _date(ENDS.search(whole))
    return Proposal(
        number=_as_written(NUMBER.search(whole), whole, lines),
        issuer=next(
            (line for line, plain in zip(lines[:HEAD], bare[:HEAD], strict=True) if ISSUER.match(plain)), ""
        ),
        issued_on=_date(ISSUED.search(whole)) or _first_other(whole, expires_on),
        expires_on=expires_on,
        owner=_owner(lines, bare),
        address=_address(lines, bare),
    )


def is_anothers(owner: str, names: Iterable[str]) -> bool:
    """Whether the name on the paper shares too few of its own words with every one of these."""
    said = _words(owner)
    if not said:
        return False
    return all(
        len(said & _words(name)) < 0.5 * min(len(said), len(_words(name)) or 1) for name in names if name
    )


def _words(name: str) -> set[str]:
    """Without the words of the legal form, which every second producer has."""
    return set(re.findall(r"\w+", unaccented(name).lower())) - FORMS


def _as_written(found: re.Match | None, whole: str, lines: list[str]) -> str:
    """The same letters with their marks and capitals: unaccented text is as long, letter by letter."""
    if found is None:
        return ""
    written = "\n".join(lines)
    start, end = found.span(1)
    same = written[start:end] if len(written) == len(whole) else found[1].upper()
    return same.strip(".-/ ")


def _owner(lines: list[str], bare: list[str]) -> str:
    for line, plain in zip(lines, bare, strict=True):
        if found := OWNER.match(plain):
            return line[found.start(1) :] if len(line) == len(plain) else found[1]
    return ""


def _address(lines: list[str], bare: list[str]) -> str:
    """The first of the producer's own, with the line that it runs on to."""
    named = next((n for n, plain in enumerate(bare) if OWNER.match(plain)), None)
    for n, (line, plain) in enumerate(zip(lines, bare, strict=True)):
        near = named is not None and named < n <= named + BELOW
        found = OWN_ADDRESS.match(plain) or (ADDRESS.match(plain) if near else None)
        if found is None:
            continue
        written = line[found.start(1) :] if len(line) == len(plain) else found[1]
        goes_on = not WHOLE.search(found[1]) and n + 1 < len(lines) and ":" not in lines[n + 1]
        return f"{written} {lines[n + 1]}" if goes_on else written
    return ""


def _first_other(whole: str, expires_on: dt.date | None) -> dt.date | None:
    dates = (_date(found) for found in ANY.finditer(whole))
    return next((it for it in dates if it and it != expires_on and it <= dt.date.today()), None)  # noqa: DTZ011, a paper's own day


def _date(found: re.Match | None) -> dt.date | None:
    """None where there is no such day."""
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
