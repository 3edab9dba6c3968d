"""Split a cell of penalty types (处罚类别) into the types of the national list."""

import dataclasses
import re

CONFISCATION = "没收违法所得、没收非法财物"
FINE = "罚款"
OTHER = "其他"
SUSPENSION = "暂扣许可证件"
REVOCATION = "吊销许可证件"
TYPES = (
    "警告",
    "通报批评",
    FINE,
    CONFISCATION,
    SUSPENSION,
    "降低资质等级",
    REVOCATION,
    "限制开展生产经营活动",
    "责令停产停业",
    "责令关闭",
    "限制从业",
    "行政拘留",
)
_CONFISCATIONS = ("没收违法所得", "没收非法财物", "没收非法所得", "没收非法财务")
_TYPE_OF = {name: name for name in TYPES} | dict.fromkeys(_CONFISCATIONS, CONFISCATION)
_WHOLE = re.compile(r"没收(?:违法|非法)所得[、，,；;和及 /]*没收非法财[物务]")
_SEPARATOR = re.compile(r"[;；、，,/／|｜+＋&\n\t。]+")
_OTHER = re.compile(r"其他(?:[-—–－:：(（](?P<what>.*?)[)）]?)?\Z", re.DOTALL)
_CORRECTION = re.compile(
    r"(?:并|依法)?责令(?:其)?(?:立即|限期|当事人)?(?:改正|整改)(?:违法行为)?\Z"
)


@dataclasses.dataclass(frozen=True, slots=True)
class PenaltyTypes:
    """What a cell of types says."""

    types: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    other_without_text: bool = False

    @property
    def only_correction(self) -> bool:
        """True when nothing in the cell is a penalty, only an order to correct (责令改正)."""
        return bool(self.corrections) and not self.types and not self.unknown


def split_types(cell: str) -> PenaltyTypes:
    """Name the types of a cell in its order, once each; what is not in the list is unknown."""
    types: list[str] = []
    unknown: list[str] = []
    corrections: list[str] = []
    parts = _SEPARATOR.split(_WHOLE.sub("没收违法所得", cell))
    for part in filter(None, (re.sub(r"\s+", "", part) for part in parts)):
        if part in _TYPE_OF:
            types.append(_TYPE_OF[part])
        elif _CORRECTION.match(part):
            corrections.append(part)
        elif _OTHER.match(part):
            types.append(_other(part))
        elif types and types[-1].startswith(OTHER + "-"):
            types[-1] += "、" + part  # free text has separators of its own
        else:
            unknown.append(part)
    return PenaltyTypes(
        types=tuple(dict.fromkeys(types)),
        unknown=tuple(unknown),
        corrections=tuple(corrections),
        other_without_text=OTHER in types,
    )


def _other(part: str) -> str:
    found = _OTHER.match(part)
    what = found["what"] if found else None
    return f"{OTHER}-{what}" if what else OTHER
