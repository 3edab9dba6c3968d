"""Build small penalty files: one row that is right, changed by what a test is about."""

import csv
import datetime as dt
import io
from pathlib import Path

from processes.records.penalties import PenaltyRow, open_penalties
from processes.records.penalties.layout import FIELDS
from workflow.identifiers import credit_code_check, identity_check, organisation_code_check

TODAY = dt.date(2026, 11, 20)


def credit_code(body: str, *, prefix: str = "91159901") -> str:
    """Make a code whose both check characters hold."""
    first = prefix + body + organisation_code_check(body)
    return first + credit_code_check(first)


def identity(first: str = "15990119900101123") -> str:
    """Make an identity number whose check character holds; it is nobody's."""
    return first + identity_check(first)


RIGHT = {
    "CF_XDR_MC": "朔原市天骄商贸有限公司",
    "CF_XDR_LB": "法人及非法人组织",
    "CF_XDR_SHXYM": credit_code("MA0EN2YD"),
    "CF_FRDB": "包娜仁",
    "CF_WSH": "朔市监罚〔2026〕12号",
    "CF_WFXW": "经营超过保质期食品",
    "CF_SY": "当事人经营超过保质期食品。",
    "CF_YJ": "《中华人民共和国食品安全法》第一百二十四条",
    "CF_CFLB": "罚款",
    "CF_NR": "罚款5万元",
    "CF_NR_FK": "5",
    "CF_JDRQ": "2026/08/21",
    "CF_YXQ": "2099/12/31",
    "CF_CFJG": "朔原市市场监督管理局",
    "CF_CFJGDM": credit_code("MB0A1B2C", prefix="11159901"),
    "CF_SJLY": "朔原市市场监督管理局",
    "CF_SJLYDM": credit_code("MB0A1B2C", prefix="11159901"),
}
PERSON = RIGHT | {
    "CF_XDR_MC": "张三丰",
    "CF_XDR_LB": "自然人",
    "CF_XDR_SHXYM": "",
    "CF_XDR_ZJLX": "身份证",
    "CF_XDR_ZJHM": identity(),
}


def csv_bytes(*rows: dict[str, str], encoding: str = "utf-8") -> bytes:
    """Write rows under a header of codes."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=list(FIELDS), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def read(path: Path, content: bytes | None = None, **options: object) -> list[PenaltyRow]:
    """Read a file to its end."""
    if content is not None:
        path.write_bytes(content)
    with open_penalties(path, today=TODAY, **options) as file:  # type: ignore[arg-type]
        return list(file.rows())


def one(path: Path, changes: dict[str, str], base: dict[str, str] = RIGHT) -> PenaltyRow:
    """Read a file of one row: the base with these changes."""
    (row,) = read(path, csv_bytes(base | changes))
    return row


def codes(row: PenaltyRow) -> list[tuple[str | None, str]]:
    """Return field and code of every error."""
    return [(error.field, error.code) for error in row.errors]


def warned(row: PenaltyRow) -> list[tuple[str | None, str]]:
    """Return field and code of every warning."""
    return [(warning.field, warning.code) for warning in row.warnings]
