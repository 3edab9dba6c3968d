"""The one clock: ``now()`` in UTC, ``today()`` as the local legal day.

In a demonstration or a test a stored offset moves web, worker, beat and SQL together, because a
journey spans weeks. ``check --deploy`` refuses a movable clock.
"""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

LOCAL = ZoneInfo("Asia/Shanghai")


def now() -> dt.datetime:
    """Return the present instant, aware and in UTC.

    Only the outermost callers (views, tasks, commands) ask; everything below is told.
    """
    if not settings.XINFU_CLOCK_MOVABLE:
        return dt.datetime.now(dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT moved_by FROM clock_offset")
        row = cursor.fetchone()
    return dt.datetime.now(dt.UTC) + (row[0] if row else dt.timedelta())


def local_day(at: dt.datetime) -> dt.date:
    """Return the legal day of an instant: the day in Asia/Shanghai, never the UTC day."""
    return at.astimezone(LOCAL).date()


def today() -> dt.date:
    """Return the present legal day."""
    return local_day(now())
