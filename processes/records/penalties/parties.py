"""Check who was punished and who punished: names, codes, identity documents."""

import dataclasses
import re

from processes.records.penalties.decision_numbers import looks_like_statute
from processes.records.penalties.layout import (
    DOCUMENT_TYPES,
    IDENTITY_CARD,
    INDIVIDUAL_BUSINESS,
    KINDS,
    ORGANISATION,
    PERSON,
)
from processes.records.penalties.penalty_types import TYPES
from processes.records.penalties.rowcheck import RowCheck
from workflow.identifiers import (
    compact,
    credit_code_doubts,
    credit_code_fault,
    identity_fault,
    mask_number,
)

_MASKS = re.compile(r"[*＊×xX]{2,}|[*＊]")
_POLLUTION = re.compile(
    r"行政处罚|处罚决定书|决定书|法定代表人|法人代表|负责人|经营者[:：]|身份证|信用代码|注册号|"
    r"地址|住所|住址|电话|[0-9A-Z]{15,}"
)
_DOCUMENT_NUMBER = re.compile(r"[0-9A-Z()]{5,20}\Z")
_INDIVIDUAL_PREFIX = "92"


@dataclasses.dataclass(frozen=True, slots=True)
class Counterpart:
    """Whom the penalty is about (行政相对人)."""

    name: str
    kind: str
    credit_code: str
    document_type: str
    document_number: str = dataclasses.field(repr=False)
    representative_document_type: str
    representative_document_number: str = dataclasses.field(repr=False)


def check_counterpart(row: RowCheck) -> Counterpart:
    """Check the counterpart's name, kind and numbers."""
    kind = compact(row.text("CF_XDR_LB", required=True))
    if kind and kind not in KINDS:
        row.error("CF_XDR_LB", "unknown-kind")
    document_type, document_number = "", ""
    if kind == PERSON:
        document_type, document_number = _check_document(row)
    representative_type, representative_number = _check_representative(row)
    return Counterpart(
        name=_check_name(row),
        kind=KINDS.get(kind, ""),
        credit_code=_check_credit_code(row, kind),
        document_type=document_type,
        document_number=document_number,
        representative_document_type=representative_type,
        representative_document_number=representative_number,
    )


def check_office(row: RowCheck, *, name: str, code: str) -> tuple[str, str]:
    """Check an authority's name and code."""
    office = row.name(name, required=True)
    if looks_shifted(office):
        row.error(name, "shifted", looks_like=_looks_like(office))
    number = compact(row.name(code, required=True))
    _check_code(row, code, number)
    return office, number


def looks_shifted(text: str) -> bool:
    """Say whether a short cell holds what belongs in another column."""
    return bool(_looks_like(text))


def _looks_like(text: str) -> str:
    if text in TYPES or text in KINDS:
        return text
    return "处罚依据" if looks_like_statute(text) else ""


def _check_name(row: RowCheck) -> str:
    name = row.name("CF_XDR_MC", required=True)
    polluted = _POLLUTION.search(name)
    if looks_shifted(name):
        row.error("CF_XDR_MC", "shifted", looks_like=_looks_like(name))
    elif _MASKS.search(name):
        row.error("CF_XDR_MC", "name-masked")
    elif polluted:
        found = polluted[0]
        row.error(
            "CF_XDR_MC", "name-polluted", found=mask_number(found) if found[0].isascii() else found
        )
    return name


def _check_credit_code(row: RowCheck, kind: str) -> str:
    code = compact(row.name("CF_XDR_SHXYM"))
    if not code:
        if kind in (ORGANISATION, INDIVIDUAL_BUSINESS):
            row.error("CF_XDR_SHXYM", "missing-for-kind", kind=kind)
        return ""
    if identity_fault(code, on=row.today) is None:
        row.error("CF_XDR_SHXYM", "code-is-identity")
        return ""
    _check_code(row, "CF_XDR_SHXYM", code)
    by_code = INDIVIDUAL_BUSINESS if code.startswith(_INDIVIDUAL_PREFIX) else ORGANISATION
    if kind in KINDS and by_code != kind and code[0] == _INDIVIDUAL_PREFIX[0]:
        row.warn("CF_XDR_SHXYM", "code-kind", by_code=by_code, by_kind=kind)
    return code


def _check_code(row: RowCheck, field: str, code: str) -> None:
    if not code:
        return
    fault = credit_code_fault(code)
    if fault:
        row.fault(field, fault)
        return
    for doubt in credit_code_doubts(code):
        row.fault(field, doubt, warn=True)


def _check_document(row: RowCheck) -> tuple[str, str]:
    """Check the identity document of a natural person."""
    stated = compact(row.name("CF_XDR_ZJLX"))
    number = compact(row.name("CF_XDR_ZJHM"))
    document_type = DOCUMENT_TYPES.get(stated, "")
    if not stated:
        row.error("CF_XDR_ZJLX", "missing-for-kind", kind=PERSON)
    elif not document_type:
        row.error("CF_XDR_ZJLX", "document-type")
    if not number:
        row.error("CF_XDR_ZJHM", "missing-for-kind", kind=PERSON)
    elif document_type == IDENTITY_CARD:
        fault = identity_fault(number, on=row.today)
        if fault:
            row.fault("CF_XDR_ZJHM", fault)
    elif document_type and not _DOCUMENT_NUMBER.match(number):
        row.error("CF_XDR_ZJHM", "document-number")
    return document_type, number


def _check_representative(row: RowCheck) -> tuple[str, str]:
    """Check the representative's document: optional and never published, so doubts only warn."""
    stated = compact(row.name("CF_FR_ZJLX"))
    number = compact(row.name("CF_FR_ZJHM"))
    document_type = DOCUMENT_TYPES.get(stated, stated)
    if stated and stated not in DOCUMENT_TYPES:
        row.warn("CF_FR_ZJLX", "document-type")
    if number and document_type == IDENTITY_CARD:
        fault = identity_fault(number, on=row.today)
        if fault:
            row.fault("CF_FR_ZJHM", fault, warn=True)
    return document_type, number
