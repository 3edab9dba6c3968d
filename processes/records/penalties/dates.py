"""Read a day from what people type; never complete or guess one."""

import datetime as dt
import re

from processes.records.penalties.refusals import Unreadable
from workflow.identifiers import compact, half_width

_NUMERIC = re.compile(
    r"([0-9]{4})(?P<mark>[-/.])([0-9]{1,2})(?P=mark)([0-9]{1,2})"
    r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?\Z"
)
_CHINESE = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]\Z")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})\Z")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?\Z")
_MONTH_ONLY = re.compile(r"[0-9]{4}(?:年[0-9]{1,2}月?|[-/.][0-9]{1,2}|[0-9]{2})\Z")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_DAY = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日\Z"
)
_EPOCH = dt.date(1899, 12, 30)
_EPOCH_1904 = dt.date(1904, 1, 1)
_FIRST_SERIAL, _LAST_SERIAL = 18264, 73050  # 1950-01-01 … 2099-12-31
NO_END = dt.date(2099, 12, 31)


def read_date(cell: str, *, epoch_1904: bool = False) -> dt.date:
    """Return the day that a cell names.

    :raises Unreadable: ``date``, ``date-month`` (no day given) or ``date-impossible``.
    """
    blanks_kept = half_width(cell).strip()
    tight = compact(cell)
    numeric = _NUMERIC.match(re.sub(r" *([-/.]) *", r"\1", blanks_kept))
    if numeric:
        return _day(numeric[1], numeric[3], numeric[4])
    for pattern in (_CHINESE, _COMPACT):
        found = pattern.match(tight)
        if found:
            return _day(found[1], found[2], found[3])
    spelled = _CHINESE_DAY.match(tight)
    if spelled:
        year = spelled[1].translate(_CHINESE_DIGITS)
        return _day(year, str(_small_number(spelled[2])), str(_small_number(spelled[3])))
    if _MONTH_ONLY.match(tight):
        raise Unreadable("date-month")
    return _from_serial(tight, epoch_1904=epoch_1904)


def _from_serial(tight: str, *, epoch_1904: bool) -> dt.date:
    serial = _SERIAL.match(tight)
    if not serial or not _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
        raise Unreadable("date")
    return (_EPOCH_1904 if epoch_1904 else _EPOCH) + dt.timedelta(days=int(serial[1]))


def _day(year: str, month: str, day: str) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable("date-impossible") from None


def _small_number(text: str) -> int:
    tens, ten, ones = text.partition("十")
    if not ten:
        return int(tens.translate(_CHINESE_DIGITS))
    return int((tens or "一").translate(_CHINESE_DIGITS)) * 10 + int(
        (ones or "零").translate(_CHINESE_DIGITS)
    )
