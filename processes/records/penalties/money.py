"""Check the amounts of a row against the types it names."""

import dataclasses
from decimal import Decimal

from processes.records.penalties.amounts import Amount, ColumnUnit, read_amount, stated_in
from processes.records.penalties.penalty_types import CONFISCATION, FINE
from processes.records.penalties.refusals import Unreadable
from processes.records.penalties.rowcheck import RowCheck

FINE_FIELD = "CF_NR_FK"
CONFISCATION_FIELD = "CF_NR_WFFF"
_WAN = Decimal(10_000)


@dataclasses.dataclass(frozen=True, slots=True)
class Units:
    """The units that the headers of the two amount columns name."""

    fine: ColumnUnit | None
    confiscated: ColumnUnit | None


@dataclasses.dataclass(frozen=True, slots=True)
class Money:
    """The amounts of a row, in yuan."""

    fine_yuan: Decimal | None
    confiscated_yuan: Decimal | None


def check_money(row: RowCheck, *, types: tuple[str, ...], content: str, units: Units) -> Money:
    """Read both amounts; each is needed when its type is named."""
    stated = stated_in(content)
    return Money(
        fine_yuan=_check(row, FINE_FIELD, FINE, types, stated, units.fine),
        confiscated_yuan=_check(
            row, CONFISCATION_FIELD, CONFISCATION, types, stated, units.confiscated
        ),
    )


def _check(
    row: RowCheck,
    field: str,
    penalty: str,
    types: tuple[str, ...],
    stated: frozenset[Decimal],
    unit: ColumnUnit | None,
) -> Decimal | None:
    text = row.name(field)
    try:
        amount = read_amount(text, column_unit=unit) if text else None
    except Unreadable as refusal:
        row.error(field, refusal.code, **refusal.params)
        return None
    if amount is None:
        if penalty in types:
            row.error(field, "amount-missing", penalty=penalty)
        return None
    if penalty not in types:
        row.warn(field, "amount-without-type", penalty=penalty)
    return _check_unit(row, field, amount, stated)


def _check_unit(
    row: RowCheck, field: str, amount: Amount, stated: frozenset[Decimal]
) -> Decimal | None:
    if amount.bare is not None and amount.yuan not in stated and amount.bare in stated:
        # The number is what the text calls yuan, in a column of another unit: one of them is wrong.
        row.error(field, "amount-unit")
        return None
    if amount.own_unit:
        row.warn(field, "amount-unit-in-cell", wan=format((amount.yuan / _WAN).normalize(), "f"))
    return amount.yuan
