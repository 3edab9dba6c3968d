"""Read an amount of money as yuan; a unit is read or refused, never guessed."""

import dataclasses
import re
from decimal import Decimal
from typing import Literal

from processes.records.penalties.refusals import Unreadable
from workflow.identifiers import compact

ColumnUnit = Literal["wan", "yuan", "fen"]
_FACTORS = {
    "分": Decimal("0.01"),
    "元": Decimal(1),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
}
_COLUMN_UNITS: dict[ColumnUnit, str] = {"wan": "万", "yuan": "元", "fen": "分"}
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_AMOUNT = re.compile(
    rf"(?:人民币|RMB|CNY|[¥￥])?(?P<number>{_NUMBER})(?P<unit>万元|亿元|万|亿|元|分)?(?:人民币|RMB|CNY)?整?\Z"
)
_NEGATIVE = re.compile(rf"[-−—–负]{_NUMBER}")
_FORMAL = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟两〇萬億圆圓", "一二三四五六七八九十百千二零万亿元元"
)
_CHINESE = re.compile(r"(?:人民币)?(?P<number>[零一二三四五六七八九十百千万亿]+)(?P<unit>元)?整?\Z")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_STATED = re.compile(rf"(?P<number>{_NUMBER})(?P<unit>万元|亿元|元)")
_FORMULA = re.compile(r"=|[0-9.]+E[+-]?[0-9]+\Z")
_FINEST = Decimal("0.01")
_LARGEST = Decimal("1e14")
_LONGEST_NUMBER = 24  # more digits than decimal arithmetic keeps exactly


@dataclasses.dataclass(frozen=True, slots=True)
class Amount:
    """An amount in yuan, and whether the cell named a unit other than its column's."""

    yuan: Decimal
    own_unit: bool = False
    bare: Decimal | None = None


def read_amount(cell: str, *, column_unit: ColumnUnit | None) -> Amount | None:
    """Return the amount of a cell, or None where it is nought.

    :raises Unreadable: a code beginning ``amount``.
    """
    text = compact(cell)
    found = _AMOUNT.match(text)
    if not found:
        return _read_chinese(text)
    if len(found["number"]) > _LONGEST_NUMBER:
        raise Unreadable("amount-large" if "." not in found["number"] else "amount-places")
    number = Decimal(found["number"].replace(",", ""))
    if number == 0:
        return None
    if found["unit"] is None:
        if column_unit is None:
            raise Unreadable("amount-unit")
        return Amount(_yuan(number, _COLUMN_UNITS[column_unit]), bare=number)
    unit = found["unit"][0]
    return Amount(
        _yuan(number, unit),
        own_unit=column_unit is None or unit != _COLUMN_UNITS[column_unit],
    )


def stated_in(text: str) -> frozenset[Decimal]:
    """Return every amount with a unit that a text names, in yuan: to doubt a cell, never to fill one."""
    return frozenset(
        Decimal(found["number"].replace(",", "")) * _FACTORS[found["unit"][0]]
        for found in _STATED.finditer(compact(text))
    )


def _yuan(number: Decimal, unit: str) -> Decimal:
    yuan = number * _FACTORS[unit]
    if yuan >= _LARGEST:
        raise Unreadable("amount-large")
    if yuan != yuan.quantize(_FINEST):
        raise Unreadable("amount-places")
    return yuan.quantize(_FINEST)


def _read_chinese(text: str) -> Amount | None:
    plain = text.translate(_FORMAL)
    found = _CHINESE.match(plain)
    if found:
        number = Decimal(_chinese_number(found["number"]))
        if number == 0:
            return None
        if not found["unit"] and number < _FACTORS["万"]:
            raise Unreadable("amount-unit")
        return Amount(_yuan(number, "元"), own_unit=True)
    if _NEGATIVE.match(text):
        raise Unreadable("amount-negative")
    if not _FORMULA.match(text) and len(re.findall(_NUMBER, text)) > 1:
        raise Unreadable("amount-several")
    raise Unreadable("amount")


def _chinese_number(text: str) -> int:
    """Return 叁拾万伍仟 as 305000.

    :raises Unreadable: the characters do not make a number in the usual order.
    """
    total, section, digit = 0, 0, None
    last_scale = 10_000
    for character in text:
        if character in _DIGITS:
            if digit not in (None, 0):
                raise Unreadable("amount")
            digit = _DIGITS[character]
        elif character in _SCALES:
            scale = _SCALES[character]
            if scale >= last_scale or (digit is None and (scale != 10 or section)):
                raise Unreadable("amount")
            section += (1 if digit is None else digit) * scale
            digit, last_scale = None, scale
        else:
            total = _close_section(total, section + (digit or 0), character)
            section, digit, last_scale = 0, None, 10_000
    return total + section + (digit or 0)


def _close_section(total: int, section: int, unit: str) -> int:
    if unit == "亿":
        if total >= 100_000_000 or not total + section:
            raise Unreadable("amount")
        return (total + section) * 100_000_000
    if total % 100_000_000 or not section:
        raise Unreadable("amount")
    return total + section * 10_000
