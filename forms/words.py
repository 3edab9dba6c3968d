"""Dates, money, days left and masked identifiers in the words people use, in both languages."""

import datetime as dt
import re
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WAN = 10_000


def in_chinese() -> bool:
    """True when the reader's language is Chinese, also when none was chosen."""
    return (get_language() or "zh").startswith("zh")


def local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """Return a moment on the wall clock of Shanghai; a day stays what it is."""
    return value.astimezone(SHANGHAI) if isinstance(value, dt.datetime) else value


def day(value: dt.date | dt.datetime, *, this_year: int | None = None) -> str:
    """11月25日 / 25 Nov; with its year unless it is ``this_year``."""
    value = local(value)
    if in_chinese():
        text = f"{value.month}月{value.day}日"
        return text if value.year == this_year else f"{value.year}年{text}"
    text = f"{value.day} {MONTHS_EN[value.month - 1]}"
    return text if value.year == this_year else f"{text} {value.year}"


def weekday(value: dt.date | dt.datetime, *, this_year: int | None = None) -> str:
    """11月25日（周三） / Wed 25 Nov: a date as people say it."""
    number = local(value).weekday()
    text = day(value, this_year=this_year)
    return f"{text}（周{WEEKDAYS_ZH[number]}）" if in_chinese() else f"{WEEKDAYS_EN[number]} {text}"


def moment(value: dt.datetime, *, this_year: int | None = None) -> str:
    """11月25日 15:20 / 25 Nov 15:20, Shanghai time."""
    return f"{day(value, this_year=this_year)} {local(value):%H:%M}"


def dense(value: dt.date | dt.datetime) -> str:
    """11-25, for dense tables."""
    return f"{local(value):%m-%d}"


def money(yuan: Decimal | None, *, unit_wan: bool = True) -> str:
    """3 万元 / CNY 30,000; empty when there is no amount."""
    if yuan is None:
        return ""
    if not in_chinese():
        return f"CNY {trimmed(yuan)}"
    if unit_wan and yuan >= WAN:
        return f"{trimmed(yuan / WAN)} 万元"
    return f"{trimmed(yuan)} 元"


def trimmed(number: Decimal) -> str:
    """A number with separators and without empty decimals: 30,000 · 1.5."""
    text = f"{number:,.6f}".rstrip("0").rstrip(".")
    return text or "0"


def days_left(left: int | None, *, suspended: bool = False, working: bool = True) -> str:
    """Say how much time is left; due today is today and not 0."""
    if suspended:
        return _("Clock stopped")
    if left is None:
        return _("No date yet")
    if left == 0:
        return _("Due today")
    if working:
        if left < 0:
            return ngettext("%d working day over", "%d working days over", -left) % -left
        return ngettext("%d working day left", "%d working days left", left) % left
    if left < 0:
        return ngettext("%d day over", "%d days over", -left) % -left
    return ngettext("%d day left", "%d days left", left) % left


NUMBERED = re.compile(r"^(?P<title>.*?)(?P<number>（[^（）]*号）)?$")


def cite(instrument: str, article: str | None = None) -> str:
    """《办法》（第36号）第三条: a Chinese title in its brackets, its number, and the article."""
    if not instrument or instrument.startswith("《") or not in_chinese_script(instrument):
        return " ".join(part for part in (instrument, article) if part)
    found = NUMBERED.match(instrument)
    title, number = (found["title"], found["number"]) if found else (instrument, "")
    return f"《{title}》{number or ''}{article or ''}"


def in_chinese_script(text: str) -> bool:
    """True when a text begins with a Chinese character."""
    return "\u4e00" <= text[:1] <= "\u9fff"


SHOWN_AT_THE_END = 4


def masked(identifier: str) -> str:
    """Hide all of an identifier but its last four characters."""
    hidden = max(len(identifier) - SHOWN_AT_THE_END, 0)
    return "·" * min(hidden, SHOWN_AT_THE_END) + identifier[hidden:]


def masked_name(name: str) -> str:
    """Hide a natural person's name but the family name: 苏**."""
    return name[:1] + "*" * (len(name) - 1)


def short_digest(digest: str) -> str:
    """First and last eight characters of a digest."""
    return f"{digest[:8]}…{digest[-8:]}"


GROUP = 8


def grouped_digest(digest: str) -> str:
    """A digest in groups of eight, as one compares by eye."""
    return " ".join(digest[i : i + GROUP] for i in range(0, len(digest), GROUP))


def file_size(size: int) -> str:
    """412 KB, 1.8 MB."""
    kilo = 1024
    if size < kilo * kilo:
        return f"{max(size // kilo, 1)} KB"
    return f"{size / kilo / kilo:.1f} MB"
