"""Check, normalise and mask the numbers by which organisations and persons are known."""

import dataclasses
import datetime as dt
import re

# 统一社会信用代码, GB 32100-2015: 31 characters, the letters I O S V Z are left out.
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_VALUE = {character: value for value, character in enumerate(_CODE_ALPHABET)}
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CODE_LENGTH = 18
# 组织机构代码, GB 11714: positions 9-17 of the code, with a check character of their own.
_BODY_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# 公民身份号码, GB 11643-1999: ISO 7064 MOD 11-2.
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"
_IDENTITY_SHAPE = re.compile(r"[0-9]{17}[0-9X]\Z")
_IDENTITY_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])[0-9]{17}[0-9Xx](?![0-9A-Za-z])")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = dict.fromkeys(
    (
        *(*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B)),
        *(0x2028, 0x2029, 0x202F, 0x205F, 0x3000),
        *(0x00AD, 0x180E, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF),  # invisible, but in the way
    ),
    " ",
)
_NARROW: dict[int, int | str] = {**_FULL_WIDTH, **_BLANKS}
_COMPOUND_SURNAMES = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯")
)


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """Why an identifier cannot be right; ``detail`` is only the offending part."""

    code: str
    detail: str = ""


def half_width(text: str) -> str:
    """Turn full-width ASCII into half-width, and every kind of blank into a plain blank."""
    return text.translate(_NARROW)


def plain_blanks(text: str) -> str:
    """Turn every kind of blank, visible or not, into a plain one; nothing else changes."""
    return text.translate(_BLANKS)


def compact(text: str) -> str:
    """Return a code as it is compared: half-width, without blanks of any kind, in capitals."""
    return text.translate(_NARROW).replace(" ", "").upper()


def credit_code_check(first_seventeen: str) -> str:
    """Return the 18th character that GB 32100 demands.

    :raises KeyError: a character is outside the standard's alphabet.
    """
    pairs = zip(first_seventeen, _CODE_WEIGHTS, strict=True)
    total = sum(_CODE_VALUE[character] * weight for character, weight in pairs)
    return _CODE_ALPHABET[-total % len(_CODE_ALPHABET)]


def organisation_code_check(first_eight: str) -> str:
    """Return the check character of a 组织机构代码 (the 17th of a credit code)."""
    pairs = zip(first_eight, _BODY_WEIGHTS, strict=True)
    total = sum(_BODY_ALPHABET.index(character) * weight for character, weight in pairs)
    return "0123456789X0"[11 - total % 11]


def credit_code_fault(code: str) -> Fault | None:
    """Say why a compacted 统一社会信用代码 is not one, or None when it holds."""
    if len(code) != _CODE_LENGTH:
        return Fault("code-length", str(len(code)))
    foreign = [character for character in code if character not in _CODE_VALUE]
    if foreign:
        return Fault("code-letter", foreign[0])
    if credit_code_check(code[:17]) != code[17]:
        return Fault("code-check")
    return None


def credit_code_doubts(code: str) -> tuple[Fault, ...]:
    """Name what is odd about a code that holds as a whole.

    Codes in use fail the inner check of GB 11714, and some authorities use letters where
    GB 32100 has a division code: both are worth a look and neither is a reason to refuse.
    """
    doubts = []
    if not code[2:8].isdecimal():
        doubts.append(Fault("code-division", code[2:8]))
    if organisation_code_check(code[8:16]) != code[16]:
        doubts.append(Fault("code-inner-check", code[16]))
    return tuple(doubts)


def identity_fault(number: str, *, on: dt.date) -> Fault | None:
    """Say why a compacted 身份证号 cannot be one on a day, or None when it holds."""
    if len(number) != _CODE_LENGTH:
        return Fault("identity-length", str(len(number)))
    if not _IDENTITY_SHAPE.match(number):
        return Fault("identity-letter")
    try:
        born = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return Fault("identity-birth")
    if born > on or born.year < on.year - 150:
        return Fault("identity-birth")
    if identity_check(number[:17]) != number[17]:
        return Fault("identity-check")
    return None


def identity_check(first_seventeen: str) -> str:
    """Return the 18th character that GB 11643 demands."""
    pairs = zip(first_seventeen, _IDENTITY_WEIGHTS, strict=True)
    return _IDENTITY_CHECKS[sum(int(digit) * weight for digit, weight in pairs) % 11]


def mask_number(number: str) -> str:
    """Show four characters at either end: ``1101**********002X``; short numbers keep less."""
    shown = 4 if len(number) > 12 else 1
    if len(number) <= 2 * shown:
        return "*" * len(number)
    return number[:shown] + "*" * (len(number) - 2 * shown) + number[-shown:]


def mask_name(name: str) -> str:
    """Show the surname only: 张*, 欧阳*; a Latin name keeps its first letter."""
    name = name.strip()
    if not name:
        return ""
    surname = name[:2] if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else name[:1]
    return surname + "*"


def identity_numbers_in(text: str, *, on: dt.date) -> tuple[str, ...]:
    """Find the true identity numbers inside a text, as they stand in it."""
    narrow = text.translate(_FULL_WIDTH)
    return tuple(
        text[slice(*match.span())]
        for match in _IDENTITY_IN_TEXT.finditer(narrow)
        if not identity_fault(match[0].upper(), on=on)
    )


def mask_identities(text: str) -> str:
    """Mask whatever has the shape of an identity number, whether or not its check holds."""
    narrow = text.translate(_FULL_WIDTH)
    for match in reversed(list(_IDENTITY_IN_TEXT.finditer(narrow))):
        start, end = match.span()
        text = text[:start] + mask_number(narrow[start:end]) + text[end:]
    return text
