"""The national layout of a penalty record (双公示 行政处罚): its fields and its lists of values."""

import csv
import dataclasses
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType

PACKAGE = "processes.records.penalties"
ORGANISATION = "法人及非法人组织"
PERSON = "自然人"
INDIVIDUAL_BUSINESS = "个体工商户"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        ORGANISATION: "organisation",
        PERSON: "person",
        INDIVIDUAL_BUSINESS: "business",
    }
)
IDENTITY_CARD = "身份证"
DOCUMENT_TYPES: Mapping[str, str] = MappingProxyType(
    {
        IDENTITY_CARD: IDENTITY_CARD,
        "居民身份证": IDENTITY_CARD,
        "护照号": "护照号",
        "护照": "护照号",
        "港澳居民来往内地通行证": "港澳居民来往内地通行证",
        "台湾居民来往大陆通行证": "台湾居民来往大陆通行证",
        "外国人永久居留身份证": "外国人永久居留身份证",
    }
)
FIELDS_OF_LAW: Mapping[str, str] = MappingProxyType(
    {
        "食品": "food",
        "药品": "drug",
        "特种设备": "special_equipment",
        "安全生产": "work_safety",
        "消防": "fire",
    }
)
REQUIRED = (
    "CF_XDR_MC",
    "CF_XDR_LB",
    "CF_WSH",
    "CF_WFXW",
    "CF_SY",
    "CF_YJ",
    "CF_CFLB",
    "CF_NR",
    "CF_JDRQ",
    "CF_CFJG",
    "CF_CFJGDM",
    "CF_SJLY",
    "CF_SJLYDM",
)
NEVER_PUBLISHED = frozenset({"CF_XDR_ZJHM", "CF_FR_ZJHM"})
LONGEST: Mapping[str, int] = MappingProxyType({"CF_XDR_MC": 200, "CF_WSH": 128, "CF_WFXW": 1000})
LONGEST_NAME = 200
LONGEST_TEXT = 20_000
_LONG_TEXTS = frozenset({"CF_SY", "CF_YJ", "CF_NR", "CF_CFLB", "BZ"})


@dataclasses.dataclass(frozen=True, slots=True)
class LayoutField:
    """One column of the national layout."""

    code: str
    name_zh: str
    meaning: str


def _load() -> Mapping[str, LayoutField]:
    text = resources.files(PACKAGE).joinpath("penalty_fields.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType(
        {row["code"]: LayoutField(row["code"], row["name_zh"], row["meaning"]) for row in rows}
    )


FIELDS = _load()


def longest(code: str) -> int:
    """Return how many characters a cell of this field may hold."""
    if code in _LONG_TEXTS:
        return LONGEST_TEXT
    return LONGEST.get(code, LONGEST_NAME)
