"""How days, articles and people are written in an official letter 公文. Pure."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

_DIGITS = "零一二三四五六七八九"
_ARTICLE_NUMBER = re.compile(r"(?:art\.?\s*)?(\d{1,4})", re.IGNORECASE)
_ARTICLE_WORDS = re.compile(
    r"第[一二三四五六七八九十百千零]+条(?:之[一二三四五六七八九十])?(?:第.{1,8}[款项])*"
)

_PARAGRAPH = re.compile(r"（[一二三四五六七八九十]+）")


def day(value: str | dt.date) -> str:
    """2026年11月25日: no leading zeros, Arabic digits."""
    on = dt.date.fromisoformat(value) if isinstance(value, str) else value
    return f"{on.year}年{on.month}月{on.day}日"


def numeral(number: int) -> str:
    """A whole number below ten thousand in Chinese numerals, as articles are counted."""
    words, need_zero = "", False
    for unit, place in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = number // unit % 10
        if figure:
            words += ("零" if need_zero and words else "") + _DIGITS[figure] + place
            need_zero = False
        else:
            need_zero = True
    return words.removeprefix("一") if words.startswith("一十") else words or "零"


def article(provision: Mapping[str, Any]) -> str:
    """第二十条 or 第（六）项, or nothing: only one that somebody confirmed is ever printed."""
    written = (provision.get("article") or "").strip()
    if provision["confidence"] != "H" or not written:
        return ""
    if _ARTICLE_WORDS.fullmatch(written):
        return written
    if _PARAGRAPH.fullmatch(written):
        return f"第{written}项"
    figure = _ARTICLE_NUMBER.fullmatch(written)
    return f"第{numeral(int(figure.group(1)))}条" if figure else ""


def cite(provision: Mapping[str, Any]) -> str:
    """《信用修复管理办法》第三条."""
    name = provision["instrument"].strip("《》")
    return f"《{name}》{article(provision)}"


def cite_in_full(provision: Mapping[str, Any]) -> str:
    """《信用修复管理办法》（国家发展和改革委员会令第36号）第三条."""
    name, issuer = provision["instrument"].strip("《》"), provision.get("issuer")
    return f"《{name}》{f'（{issuer}）' if issuer else ''}{article(provision)}"


def cite_all(provisions: Sequence[Mapping[str, Any]]) -> str:
    """All of them in full, each once."""
    return "、".join(dict.fromkeys(cite_in_full(p) for p in provisions))


def ground(limit: Mapping[str, Any], own: str) -> str:
    """What a limit rests on, in brackets; an unconfirmed figure is only the office's own."""
    provision = limit["provision"]
    if provision is not None and provision["confidence"] == "H":
        return f"（依据{cite(provision)}）"
    return f"（{own}）"


def you(subject: Mapping[str, Any]) -> str:
    """你单位, or 你 to a natural person."""
    return "你" if subject.get("kind") == "person" else "你单位"


def authorities(records: Sequence[Mapping[str, Any]]) -> str:
    """The deciding authorities of the records, each once."""
    return "、".join(dict.fromkeys(record["authority"] for record in records))


def clause(text: str) -> str:
    """The words without a full stop or semicolon at their end; the letter sets its own."""
    return text.strip().rstrip("。；;.")


SEVERITY = {"minor": "轻微", "general": "一般", "serious": "严重"}
REMOVAL = {"publicity": "终止公示", "sharing": "停止共享使用", "measure": "解除惩戒措施"}
OUTCOME = {
    "done": "已办结",
    "never_held": "未曾公示或者采取",
    "refusal_accepted": "经监督部门同意不予办理",
}
