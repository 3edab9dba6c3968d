"""Check one row field by field and make a penalty of it, or say everything that is wrong."""

import datetime as dt
import re
from collections.abc import Mapping

from processes.records.penalties.dates import NO_END, read_date
from processes.records.penalties.decision_numbers import (
    decision_number_key,
    is_decision_number,
    looks_like_statute,
)
from processes.records.penalties.layout import FIELDS_OF_LAW
from processes.records.penalties.money import Money, Units, check_money
from processes.records.penalties.parties import check_counterpart, check_office, looks_shifted
from processes.records.penalties.penalty import Penalty
from processes.records.penalties.penalty_types import (
    REVOCATION,
    SUSPENSION,
    PenaltyTypes,
    split_types,
)
from processes.records.penalties.refusals import Unreadable
from processes.records.penalties.rowcheck import RowCheck
from workflow.identifiers import compact

_SEPARATORS = re.compile(r"[;；、，,/\s]+")
_WITHOUT_END = frozenset({"长期", "永久", "长期有效"})


def check_row(
    line: int,
    original: Mapping[str, str],
    *,
    today: dt.date,
    units: Units,
    epoch_1904: bool = False,
) -> tuple[RowCheck, Penalty | None]:
    """Return the findings and, when none is an error, the penalty."""
    row = RowCheck(line, original, today=today)
    types = _check_types(row)
    content = row.text("CF_NR", required=True)
    money = check_money(row, types=types.types, content=content, units=units)
    penalty = _penalty(row, types, content, money, epoch_1904=epoch_1904)
    return row, None if row.errors else penalty


def _penalty(
    row: RowCheck, types: PenaltyTypes, content: str, money: Money, *, epoch_1904: bool
) -> Penalty:
    who = check_counterpart(row)
    number = _check_number(row)
    decided = _check_decided(row, epoch_1904=epoch_1904)
    authority_name, authority_code = check_office(row, name="CF_CFJG", code="CF_CFJGDM")
    source_name, source_code = check_office(row, name="CF_SJLY", code="CF_SJLYDM")
    remark = row.text("BZ")
    return Penalty(
        counterpart_name=who.name,
        counterpart_kind=who.kind,
        credit_code=who.credit_code,
        registration_number=compact(row.text("CF_XDR_GSZC")),
        organisation_code=compact(row.text("CF_XDR_ZZJG")),
        tax_number=compact(row.text("CF_XDR_SWDJ")),
        institution_certificate=compact(row.text("CF_XDR_SYDW")),
        social_certificate=compact(row.text("CF_XDR_SHZZ")),
        representative_name=row.name("CF_FRDB"),
        representative_document_type=who.representative_document_type,
        representative_document_number=who.representative_document_number,
        document_type=who.document_type,
        document_number=who.document_number,
        decision_number=number,
        decision_number_key=decision_number_key(number),
        violation=row.text("CF_WFXW", required=True),
        facts=row.text("CF_SY", required=True),
        basis=row.text("CF_YJ", required=True),
        types=types.types,
        content=content,
        fine_yuan=money.fine_yuan,
        confiscated_yuan=money.confiscated_yuan,
        licence=_check_licence(row, types),
        decided_on=decided or row.today,  # never used: a missing day is an error of the row
        valid_until=_check_valid_until(row, decided, epoch_1904=epoch_1904),
        published_until=_check_published_until(row, decided, epoch_1904=epoch_1904),
        authority_name=authority_name,
        authority_code=authority_code,
        source_name=source_name,
        source_code=source_code,
        remark=remark,
        field=_field_of_law(row, remark),
    )


def _check_types(row: RowCheck) -> PenaltyTypes:
    cell = row.text("CF_CFLB", required=True)
    types = split_types(cell)
    if types.unknown:
        row.error("CF_CFLB", "type-unknown")
    elif cell and not types.types and not types.corrections:
        row.error("CF_CFLB", "missing")
    if types.corrections:
        row.warn("CF_CFLB", "not-a-penalty")
    if types.other_without_text:
        row.warn("CF_CFLB", "type-other")
    return types


def _check_number(row: RowCheck) -> str:
    number = row.name("CF_WSH", required=True)
    if looks_like_statute(number):
        row.error("CF_WSH", "shifted", looks_like="处罚依据")
    elif looks_shifted(number):
        row.error("CF_WSH", "shifted", looks_like=number)
    elif number and not is_decision_number(number):
        row.error("CF_WSH", "decision-number")
    return number


def _check_licence(row: RowCheck, types: PenaltyTypes) -> str:
    named = SUSPENSION in types.types or REVOCATION in types.types
    return row.text("CF_NR_ZKDX", required=named)


def _read_day(row: RowCheck, field: str, *, epoch_1904: bool) -> dt.date | None:
    text = row.name(field)
    if not text:
        return None
    try:
        return read_date(text, epoch_1904=epoch_1904)
    except Unreadable as refusal:
        row.error(field, refusal.code, **refusal.params)
        return None


def _check_decided(row: RowCheck, *, epoch_1904: bool) -> dt.date | None:
    if not row.name("CF_JDRQ", required=True):
        return None
    decided = _read_day(row, "CF_JDRQ", epoch_1904=epoch_1904)
    if decided and decided > row.today:
        row.error("CF_JDRQ", "date-future", today=row.today.isoformat())
    return decided


def _check_valid_until(
    row: RowCheck, decided: dt.date | None, *, epoch_1904: bool
) -> dt.date | None:
    text = row.name("CF_YXQ")
    if not text:
        row.warn("CF_YXQ", "valid-until-empty")
        return None
    if text in _WITHOUT_END:
        return NO_END
    until = _read_day(row, "CF_YXQ", epoch_1904=epoch_1904)
    if until and decided and until < decided:
        row.warn("CF_YXQ", "order", decided=decided.isoformat())
    return until


def _check_published_until(
    row: RowCheck, decided: dt.date | None, *, epoch_1904: bool
) -> dt.date | None:
    until = _read_day(row, "CF_GSJZQ", epoch_1904=epoch_1904)
    if until and decided and until < decided:
        row.error("CF_GSJZQ", "order", decided=decided.isoformat())
    return until


def _field_of_law(row: RowCheck, remark: str) -> str | None:
    """Return the field that the remark names as a word of its own; never one inferred from a text."""
    words = _SEPARATORS.split(remark)
    named = {FIELDS_OF_LAW[word] for word in words if word in FIELDS_OF_LAW}
    if len(named) > 1:
        row.warn("BZ", "field-several")
    return named.pop() if len(named) == 1 else None
